"""Where some participants have no length of course, no sentence and no title gives a share of the others as one of all."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest

from milaid.analysis.courses import WITH_LENGTH
from milaid.blocks.block import Figure
from milaid.exhibits import scope
from milaid.exhibits.subject import Subject, open_subject
from milaid.exhibits.training import courses
from milaid.exhibits.training.overview import findings
from milaid.paths import trainings_dir
from milaid.tables import store

pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")
YEARS = (2008, 2009, 2014)
COUNTRIES = ("Belize", "Mali", "Kenya", "Jordan", "Ghana", "Peru")


@cache
def without_length(year: int, recipient: str = "") -> int:
    """Return how many participants have no length of course, counted by another program."""
    whose = "and recipient = ?" if recipient else ""
    found = duckdb.execute(
        f"select coalesce(sum(quantity), 0) from '{trainings_dir()}/fy{year}.parquet' where status = 'actual' "
        f"and (start_date is null or end_date is null or end_date < start_date) {whose}",
        [recipient] if recipient else [],
    ).fetchall()
    return int(found[0][0])


def opened(year: int, recipient: str) -> Subject:
    return open_subject(year, 10, 10, scope.recipient(recipient) if recipient else scope.EVERYTHING)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("recipient", ["", *COUNTRIES])
def test_of_whom_a_share_is_one_is_said_where_it_is_not_all(recipient: str, year: int) -> None:
    subject = opened(year, recipient)
    figure, lead = courses.course_lengths(subject), courses.lead(subject).text
    assert isinstance(figure, Figure)
    said = bool(without_length(year, recipient))
    assert (WITH_LENGTH in figure.title) is said
    assert (f"Half of the participants {WITH_LENGTH}" in lead) is said
    both = said or bool(without_length(year - 1, recipient))
    for finding in findings(subject).findings:
        if "length of course was" in finding.text:
            assert (f"participants {WITH_LENGTH}" in finding.text) is both
            assert finding.lead.startswith(
                f"Half of participants{' with usable dates' if both else ''} on courses"
            )


def test_both_cases_are_among_those_tried() -> None:
    tried = [without_length(year, recipient) for year in YEARS for recipient in COUNTRIES]
    assert 0 in tried and any(tried)
