"""A sentence that names the first names all that share the place."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milaid.analysis.findings import FindingData
from milaid.exhibits import prose, ties
from milaid.exhibits.training import cost

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


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.integers(1, 12))
def test_who_shares_a_place_is_never_left_out(values: list[int], shown: int) -> None:
    frame = pd.DataFrame({"name": range(len(values)), "participants": sorted(values, reverse=True)})
    named = ties.first(frame, "participants")
    assert named["participants"].eq(max(values)).all() and len(named) == values.count(max(values))
    beside = ties.as_many(frame, "participants", shown)
    last = sorted(values, reverse=True)[min(shown, len(values)) - 1]
    complete = {*frame.head(shown)["name"], *beside["name"]}
    assert complete == set(frame.loc[frame["participants"] >= last, "name"])


def test_who_has_as_many_as_the_last_one_named_is_named() -> None:
    assert ties.as_many_said([]) == ""
    assert ties.as_many_said(["A", "B"]) == "A and B had as many as the last of them."
    assert ties.as_many_said(list("ABCD")) == "Others had as many as the last of them."


def test_regions_that_share_the_first_place_are_said_so() -> None:
    region = {"participants": 5, "share": 50.0, "previous_share": None, "percent_change": None}
    values = {
        "fiscal_year": 2014, "comparable": True, "phrase": "", "tied": ["Africa", "Near East"],
        "regions": [{**region, "region": name} for name in ("Africa", "Near East")],
    }  # fmt: skip
    (found,) = prose.sentences([FindingData("regions", None, values)])
    assert found.lead == "Africa and the Near East: the largest regions."
    assert (
        found.text.replace("\\", "")
        == "Africa and the Near East had 5 participants each, 50.0% of the total."
    )


def test_programs_that_share_most_dollars_are_named() -> None:
    frame = pd.DataFrame({
        "name": ["A", "B", "C"], "cost_usd": pd.array([2_000_000, 2_000_000, None], "Int64"), "cost_share": [50.0, 50.0, None],
    })  # fmt: skip
    assert cost._costliest(frame).startswith(
        " The programs with most dollars were A and B, with $2.0 million each (50.0%"
    )
    assert cost._costliest(frame.head(1)).startswith(
        " The program with most dollars was A, with $2.0 million ("
    )
    assert cost._costliest(frame.tail(1)) == ""
