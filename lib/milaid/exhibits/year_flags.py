"""What is known of the values of a fiscal year: breaks, other definitions, and years that are poorly covered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from milaid import flags
from milaid.analysis.groups import percent_of
from milaid.analysis.places import LEAST_KNOWN, NOT_RECOGNISED, NOT_STATED, classify
from milaid.exhibits.flagged import Flags, Row, fiscal_year_of
from milaid.exhibits.subject import Subject
from milaid.tables.coverage import Mark

PEOPLE = frozenset(
    {
        "participants", "all_participants", "largest_participants", "participants_without_largest",
        "participants_without", "participants_per_million", "recipients", "recipients_trained", "programs", "share",
        "top_1_share", "entered", "left",
    }
)  # fmt: skip
PRICED = frozenset({"cost_usd", "cost_per_participant"})
COST = PRICED | {"all_cost_usd", "training_cost_usd", "cost_share"}
PLACES = frozenset({"own_country_share", "united_states_share"})
WITHOUT_COST = frozenset({"without_cost_share"})
MEASURES = {
    **dict.fromkeys(sorted(PEOPLE), "participants"),
    **dict.fromkeys(sorted(COST | WITHOUT_COST), "cost"),
    **dict.fromkeys(sorted(PLACES), "places"),
}
"""Columns of tables over the years that hold what the training report counts -> the measure they are of."""

LOST = "rows that cannot be read are missing"
UNPRICED = f"no cost is printed for over {100 - LEAST_KNOWN}% of participants"
UNPLACED = f"the place is known for under {LEAST_KNOWN}% of participants"


def of_subject(subject: Subject) -> Flags:
    """Return the flags of the years of a subject, for a table with one row a fiscal year."""
    known = _YearsKnown(subject)
    return Flags(frozenset(MEASURES), lambda column, row: known.letters(column, fiscal_year_of(row)))


def of_members(subjects: Mapping[str, Subject], column: str) -> Flags:
    """Return the flags of several subjects, for a table in which ``column`` names the subject of a row."""
    known = {name: _YearsKnown(subject) for name, subject in subjects.items()}

    def letters(name: str, row: Row) -> Mapping[str, str]:
        return known[str(row[column])].letters(name, fiscal_year_of(row))

    return Flags(frozenset(MEASURES), letters)


class _YearsKnown:
    """What is known of each fiscal year of one subject."""

    def __init__(self, subject: Subject) -> None:
        self._breaks = {mark.fiscal_year: mark for mark in subject.coverage.breaks}
        self._changes: dict[tuple[int, str], Mark] = {
            (mark.fiscal_year, measure): mark
            for mark in subject.coverage.changes
            for measure in mark.concerns
        }
        self._lost = subject.lost_years
        series = subject.series
        # Of the costs of a part, such as one program, the share without one is another.
        unpriced = series["without_cost_share"] > 100 - LEAST_KNOWN
        self._unpriced = frozenset(series.loc[unpriced, "fiscal_year"].astype(int))
        self._subject = subject

    @cached_property
    def _unplaced(self) -> frozenset[int]:
        return _unplaced(self._subject.trainings)

    def letters(self, column: str, year: int | None) -> dict[str, str]:
        if year is None:
            return {}
        found = {}
        measure = MEASURES[column]
        if year in self._breaks:
            found[flags.BREAK] = self._breaks[year].label
        if (year, measure) in self._changes:
            found[flags.DIFFERS] = self._changes[year, measure].label
        if column in PLACES and year in self._unplaced:
            found[flags.UNRELIABLE] = UNPLACED
        elif column in PRICED and year in self._unpriced:
            found[flags.UNRELIABLE] = UNPRICED
        elif year in self._lost:
            found[flags.UNRELIABLE] = LOST
        return found


def _unplaced(trainings: pd.DataFrame) -> frozenset[int]:
    """Return the fiscal years in which the place of too few participants is known for a share."""
    known = ~classify(trainings).isin([NOT_STATED, NOT_RECOGNISED])
    people = trainings.assign(known=trainings["quantity"].where(known))
    sums = people.groupby("fiscal_year")[["quantity", "known"]].sum()
    share = percent_of(sums["known"], sums["quantity"])
    return frozenset(int(year) for year in share.index[share < LEAST_KNOWN])
