"""The values of each finding: what it says in numbers, and the score that may pick it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from milaid.analysis import courses, places
from milaid.analysis.change import change, percent_change
from milaid.analysis.concentration import concentration, with_and_without
from milaid.analysis.groups import of_years
from milaid.analysis.other_countries import Unranked
from milaid.analysis.programs import department_totals, program_totals
from milaid.analysis.recipients import entering, largest_changes, leaving, ranking
from milaid.analysis.regions import region_totals
from milaid.analysis.series import annual_totals, extreme, five_year_average, value
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.tables.coverage import Coverage
from milaid.tables.money import to_constant

CONSTANT_YEARS = 5
"""Years over which the change of cost in constant dollars is computed."""


@dataclass(frozen=True)
class Material:
    """What findings are computed from: tidy tables, the report year and the coverage of the series."""

    trainings: pd.DataFrame
    programs: pd.DataFrame
    deflator: pd.DataFrame
    fiscal_year: int
    coverage: Coverage
    unranked: Unranked = field(default_factory=dict)

    @property
    def comparable(self) -> bool:
        """Whether the year before is there and comparable."""
        return self.coverage.comparable(self.fiscal_year - 1, self.fiscal_year)

    @property
    def shares_comparable(self) -> bool:
        """Whether shares of the year before may be said beside those of the year: it is comparable, and not of few."""
        before = value(self.annual, self.fiscal_year - 1)
        return self.comparable and (before or 0) >= LEAST_PARTICIPANTS

    @cached_property
    def annual(self) -> pd.DataFrame:
        """The totals by fiscal year (:func:`milaid.analysis.series.annual_totals`)."""
        return annual_totals(self.trainings)

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """The recipients of the report year (:func:`milaid.analysis.recipients.ranking`)."""
        return ranking(self.trainings, self.fiscal_year, self.coverage, unranked=self.unranked)


def _frame(material: Material, **values: Any) -> dict[str, Any]:
    return {"fiscal_year": material.fiscal_year, "comparable": material.comparable, **values}


def _plain(number: Any) -> Any:
    """Return a value of a frame as a plain Python value, with None for missing."""
    if number is None or pd.isna(number):
        return None
    return number.item() if hasattr(number, "item") else number


def _total(material: Material) -> dict[str, Any]:
    series = material.annual
    year, coverage = material.fiscal_year, material.coverage
    now, before = value(series, year), value(series, year - 1)
    found = extreme(series, year, coverage)
    return _frame(
        material,
        participants=now,
        previous_participants=before if material.comparable else None,
        percent_change=percent_change(now, before, material.comparable),
        change=change(now, before, material.comparable),
        extreme=found.kind if found else None,
        since=found.since if found else None,
        compared_from=found.first if found else None,
        tied=found.tied if found else False,
        before_run=found.before if found else None,
        beyond=found.beyond if found else None,
        beyond_participants=found.beyond_value if found else None,
        average=five_year_average(series, year, coverage),
        first_year=coverage.first,
        last_year=coverage.last,
    )


def _cost(material: Material) -> dict[str, Any]:
    series = material.annual
    year = material.fiscal_year
    now, before = value(series, year, "cost_usd"), value(series, year - 1, "cost_usd")
    return _frame(
        material,
        cost_usd=now,
        previous_cost_usd=before if material.comparable else None,
        percent_change=percent_change(now, before, material.comparable),
        change=change(now, before, material.comparable),
        cost_per_participant=value(series, year, "cost_per_participant"),
        previous_cost_per_participant=(
            value(series, year - 1, "cost_per_participant") if material.comparable else None
        ),
        without_cost_share=value(series, year, "without_cost_share"),
    )


def _recipients(material: Material) -> dict[str, Any]:
    ranked = material.ranked
    leaders = ranked[ranked["rank"] == 1]
    before = ranked.iloc[:0]
    if material.comparable:
        before = ranking(material.trainings, material.fiscal_year - 1, unranked=material.unranked)
    earlier = before[before["rank"] == 1]["recipient"].tolist()
    earlier_leader = earlier[0] if len(earlier) == 1 else None
    now = ranked[ranked["recipient"] == earlier_leader]
    both = of_years(material.trainings, material.fiscal_year - 1, material.fiscal_year)
    shares = concentration(both, material.unranked).set_index("fiscal_year")["top_5_share"]
    return _frame(
        material,
        leaders=leaders["recipient"].tolist(),
        participants=_plain(leaders["participants"].iloc[0]),
        earlier_leader=earlier_leader,
        earlier_leader_before=_plain(before["participants"].iloc[0]) if earlier_leader else None,
        earlier_leader_now=_plain(now["participants"].iloc[0]) if len(now) else None,
        earlier_leader_rank=_plain(now["rank"].iloc[0]) if len(now) else None,
        recipients=int((ranked["participants"] > 0).sum()),
        top_5_share=_plain(shares[material.fiscal_year]),
        previous_top_5_share=_plain(shares[material.fiscal_year - 1]) if material.shares_comparable else None,
    )


def _regions(material: Material) -> dict[str, Any]:
    frame = region_totals(material.trainings, material.fiscal_year, material.coverage)
    frame = frame[(frame["participants"] > 0) & (frame["region"] != "Not stated")]
    columns = ["region", "participants", "share", "previous_share", "percent_change"]
    records = [{name: _plain(row[name]) for name in columns} for _, row in frame.head(2).iterrows()]
    if not material.shares_comparable:
        records = [{**record, "previous_share": None} for record in records]
    tied = frame.loc[frame["participants"] == frame["participants"].max(), "region"].tolist()
    return _frame(material, regions=records, tied=tied if len(tied) > 1 else [])


def _programs(material: Material) -> dict[str, Any]:
    frame = program_totals(material.trainings, material.programs, material.fiscal_year, material.coverage)
    largest = frame.iloc[0]
    others = frame.iloc[1:].dropna(subset=["change"])
    others = others.assign(_size=others["change"].abs()).sort_values(
        ["_size", "program"], ascending=[False, True]
    )
    columns = ["name", "participants", "share", "previous_participants", "change", "percent_change"]
    other = {name: _plain(others.iloc[0][name]) for name in columns} if len(others) else None
    predecessor = material.programs.set_index("code")["name"].get(largest["predecessor"] or "")
    values = {name: _plain(largest[name]) for name in columns}
    if not material.comparable:
        values["previous_participants"] = None
    took_over = material.comparable and values["previous_participants"] is None and predecessor is not None
    tied = frame.loc[frame["participants"] == largest["participants"], "name"].tolist()
    return _frame(
        material,
        **values,
        tied=tied if len(tied) > 1 and largest["participants"] else [],
        predecessor=predecessor if took_over else None,
        predecessor_participants=_plain(largest["predecessor_participants"]) if took_over else None,
        other=other if other and other["change"] else None,
    )


def _departments(material: Material) -> dict[str, Any]:
    frame = department_totals(material.trainings, material.fiscal_year, material.coverage)
    columns = ["department", "participants", "share", "previous_share"]
    records = [{name: _plain(row[name]) for name in columns} for _, row in frame.head(2).iterrows()]
    if not material.shares_comparable:
        records = [{**record, "previous_share": None} for record in records]
    return _frame(material, departments=records)


def _changes(material: Material) -> dict[str, Any]:
    ranked = material.ranked
    changed = largest_changes(ranked, 1).frame.set_index("direction")
    if not {"increase", "decrease"} <= set(changed.index):
        return _frame(material, score=None)
    columns = ["recipient", "participants", "previous_participants", "change"]
    up, down = (
        {name: _plain(changed.loc[key, name]) for name in columns} for key in ("increase", "decrease")
    )
    before = value(material.annual, material.fiscal_year - 1)
    score = 100.0 * (up["change"] - down["change"]) / before if before else None
    return _frame(material, increase=up, decrease=down, score=score)


def _with_without_largest(material: Material) -> dict[str, Any]:
    year = material.fiscal_year
    largest = material.ranked["recipient"].iloc[0]
    series = with_and_without(material.trainings, largest)
    pairs = {
        name: (value(series, year, name), value(series, year - 1, name))
        for name in ("participants", "participants_without")
    }
    with_it, without = (percent_change(*pair, material.comparable) for pair in pairs.values())
    now, before = pairs["participants_without"]
    # Without the only one nothing is left, and no exhibit shows that.
    alone = int((material.ranked["participants"] > 0).sum()) < 2
    return _frame(
        material,
        recipient=largest,
        as_large=int((material.ranked["rank"] == 1).sum()),
        participants=now,
        previous_participants=before if material.comparable else None,
        percent_change=without,
        percent_change_with=with_it,
        score=None if alone or with_it is None or without is None else abs(with_it - without),
    )


def _turnover(material: Material) -> dict[str, Any]:
    given = material.trainings, material.fiscal_year, material.coverage, material.unranked
    arrivals, departures = entering(*given), leaving(*given)
    came, went = _first_ranked(arrivals), _first_ranked(departures)
    before = value(material.annual, material.fiscal_year - 1) if material.comparable else None
    people = int(arrivals["participants"].sum() + departures["participants"].sum())
    return _frame(
        material,
        entering=len(arrivals),
        leaving=len(departures),
        largest_entering=came[0],
        largest_entering_participants=came[1],
        largest_leaving=went[0],
        largest_leaving_participants=went[1],
        score=100.0 * people / before if before else None,
    )


def _first_ranked(moved: pd.DataFrame) -> tuple[str | None, int | None]:
    """Return the largest of those that came or went, with its participants; none where all are unranked."""
    ranked = moved[moved["ranked"]]
    if ranked.empty:
        return None, None
    return str(ranked["recipient"].iloc[0]), int(ranked["participants"].iloc[0])


def _constant_dollars(material: Material) -> dict[str, Any]:
    year = material.fiscal_year
    first = year - CONSTANT_YEARS
    if not material.coverage.comparable(first, year):
        return _frame(material, score=None)
    series = material.annual
    constant = to_constant(series[["fiscal_year", "cost_usd"]], material.deflator, year)
    now, before = (value(constant, each, "cost_usd_constant") for each in (year, first))
    percent = percent_change(now, before)
    return _frame(
        material,
        cost=now,
        earlier_cost=before,
        earlier_year=first,
        percent_change=percent,
        score=None if percent is None else abs(percent) / CONSTANT_YEARS,
    )


def _places(material: Material) -> dict[str, Any]:
    shares, known, people = _place_shares(material, material.fiscal_year)
    earlier, known_before, people_before = (
        _place_shares(material, material.fiscal_year - 1) if material.comparable else ({}, 0.0, 0)
    )
    enough = (
        min(known, known_before) >= places.LEAST_KNOWN and min(people, people_before) >= LEAST_PARTICIPANTS
    )
    return _frame(
        material,
        classified_share=known,
        united_states=shares[places.UNITED_STATES],
        own_country=shares[places.OWN_COUNTRY],
        other_country=shares[places.OTHER_COUNTRY],
        online=shares[places.ONLINE],
        score=abs(shares[places.OWN_COUNTRY] - earlier[places.OWN_COUNTRY]) if enough else None,
    )


def _place_shares(material: Material, fiscal_year: int) -> tuple[dict[str, float], float, int]:
    """Return the share of each place in those that are known, and of how many these are: percent of all, and people."""
    frame = places.place_totals(material.trainings, fiscal_year).set_index("place")
    known = frame["known_share"].fillna(0.0).to_dict()
    unknown = frame.loc[[places.NOT_STATED, places.NOT_RECOGNISED], "share"].fillna(0.0).sum()
    people = int(frame["participants"].drop([places.NOT_STATED, places.NOT_RECOGNISED]).sum())
    return known, float(100.0 - unknown), people


def _course_lengths(material: Material) -> dict[str, Any]:
    year = material.fiscal_year
    short = courses.LENGTH_CLASSES[0][0]
    classes, earlier = (courses.length_classes(material.trainings, each) for each in (year, year - 1))
    now, before = (frame.set_index("length")["share"] for frame in (classes, earlier))
    dated = min(int(frame.loc[frame["counted"], "participants"].sum()) for frame in (classes, earlier))
    said = (classes, earlier) if material.comparable else (classes,)
    long = [name for name, least, _ in courses.LENGTH_CLASSES if least > 180]
    usable = (
        material.comparable
        and dated >= LEAST_PARTICIPANTS
        and not pd.isna(now[short])
        and not pd.isna(before[short])
    )
    return _frame(
        material,
        median_days=courses.median_length(material.trainings, year).days,
        all_dated=not any(int(frame.loc[~frame["counted"], "participants"].sum()) for frame in said),
        short_share=_plain(now[short]),
        previous_short_share=_plain(before[short]) if material.comparable else None,
        long_share=_plain(now[long].sum()),
        score=abs(now[short] - before[short]) if usable else None,
    )


COMPUTED: dict[str, Callable[[Material], dict[str, Any]]] = {
    "total": _total,
    "cost": _cost,
    "recipients": _recipients,
    "regions": _regions,
    "programs": _programs,
    "departments": _departments,
    "changes": _changes,
    "with_without_largest": _with_without_largest,
    "turnover": _turnover,
    "constant_dollars": _constant_dollars,
    "places": _places,
    "course_lengths": _course_lengths,
}
"""For each key of a finding, the function that computes its values; the optional ones with a score."""
