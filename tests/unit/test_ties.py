"""A sentence that names the first names all that share the place."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.analysis.findings import FindingData
from milaid.exhibits import prose, ties

PROGRAM = {
    "fiscal_year": 2014, "comparable": True, "phrase": "", "name": "A", "participants": 2, "share": 25.0,
    "previous_participants": 1, "percent_change": None, "predecessor": None, "predecessor_participants": None, "other": None,
}  # fmt: skip


def test_all_rows_with_the_highest_value_are_first() -> None:
    frame = pd.DataFrame({"course": ["A", "B", "C"], "participants": [3, 3, 1]})
    assert ties.first(frame, "participants")["course"].tolist() == ["A", "B"]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([2003], "FY2003"),
        ([2003, 2005], "FY2003 and FY2005"),
        ([2001, 2003, 2005, 2019], "4 years from FY2001 to FY2019"),
    ],
)
def test_years_that_share_a_value_are_named_or_counted(years: list[int], said: str) -> None:
    assert ties.when(years) == said


@pytest.mark.parametrize(
    ("tied", "lead", "text"),
    [
        ([], "A: the largest program.", "A had 2 participants, 25.0% of the total, against 1 in fiscal year 2013."),
        (["A", "B"], "A and B: the largest programs.", "A and B had 2 participants each, 25.0% of the total."),
        (["A", "B", "C", "D"], "Four programs the largest.", "Four programs had 2 participants each, 25.0% of the total."),
    ],
)  # fmt: skip
def test_programs_that_share_the_first_place_are_said_so(tied: list[str], lead: str, text: str) -> None:
    (found,) = prose.sentences([FindingData("programs", None, {**PROGRAM, "tied": tied})])
    assert (found.lead, found.text.replace("\\", "")) == (lead, text)
