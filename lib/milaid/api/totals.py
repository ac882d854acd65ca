"""Activities added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from milaid.analysis import groups
from milaid.analysis.beside import PER_MILLION_RULE, per
from milaid.analysis.programs import FUNDER_NOT_STATED, with_departments
from milaid.api.asked import Asked, Door, Names, Years
from milaid.api.selection import in_words, marked
from milaid.api.trainings import FILES, condition_of, door_of, rows_of, sources_of_years
from milaid.exhibits import other_sources
from milaid.exhibits.figures import mark_notes
from milaid.exhibits.subject import COUNTING_NOTE
from milaid.spelling import hint_or_known
from milaid.tables import store
from milaid.tables.coverage import NO_DATA, Coverage, coverage
from milaid.tables.money import constant_label, to_constant

BY = {
    "fiscal_year": "fiscal_year", "country": "recipient", "recipient": "recipient", "iso3": "iso3",
    "region": "region_harmonised", "program": "program", "department": "funder", "place": "place", "us_state": "us_state",
    "location_country": "location_country", "institution": "institution", "status": "status", "year": "fiscal_year",
}  # fmt: skip
"""What activities can be added up by, and the column that says it."""
MEASURES = tuple(name for name in groups.COUNTS if name != "participants_with_cost")
_MEANS = {
    "participants": "course participants",
    "cost_usd": "the printed cost in current US dollars",
    "activities": "activities",
    "recipients": "recipients with a participant",
}
_SQL = {
    "participants": "sum(quantity)::bigint",
    "cost_usd": "sum(cost_usd)::bigint",
    "activities": "count(*)",
    "recipients": "count(distinct recipient) filter (quantity > 0)",
}

_COUNTED_IN = {
    "participants": "coalesce(sum(quantity) filter (fiscal_year = {year}), 0)::bigint",
    "cost_usd": "sum(cost_usd) filter (fiscal_year = {year})::bigint",
    "activities": "count(*) filter (fiscal_year = {year})",
    "recipients": "count(distinct recipient) filter (quantity > 0 and fiscal_year = {year})",
}


def totals(
    by: str | Sequence[str] = "fiscal_year",
    measure: str | Sequence[str] = "participants",
    *,
    country: Names = None,
    years: Years = None,
    program: Names = None,
    region: Names = None,
    department: Names = None,
    constant: int | None = None,
    per_million: bool = False,
) -> pd.DataFrame:
    """Return activities that were done, added up by one or several of fiscal_year, country, region, program, department,
    place, us_state, location_country, institution.

    ``measure`` is one or several of participants, cost_usd, activities, recipients. ``constant`` names the fiscal year in
    whose prices cost_usd_constant is given too (GDP deflator). ``per_million`` adds participants_per_million, people of
    the calendar year, by country and fiscal year. A cost is missing, not zero, where none is printed. ``attrs["notes"]``
    tells gaps and breaks of the series. ``department`` is read as :func:`m.trainings` does.

    >>> import milaid as m
    >>> m.totals("fiscal_year", country="Mali", years="2018-2020")["participants"].to_list()
    [749, 153, 203]
    >>> m.totals(["fiscal_year", "program"], "cost_usd", country="Mali", years=2020).values.tolist()
    [[2020, 'CTIWFP', 297749], [2020, 'IMET', 1016004], [2020, 'PKO', 161054], [2020, 'REGCTR', 51205]]
    """
    keys, measures = _listed(by), _listed(measure)
    door = door_of("m.totals", country, years, program, region, department)
    _check(door, keys, measures, constant, per_million)
    asked = door.close()
    frame = _added(asked, keys, measures, constant)
    if per_million:
        frame = _with_rate(frame, keys)
    return marked(
        frame,
        counted=counted(keys, measures, constant, per_million),
        filters={**asked.filters, "by": in_words(keys)},
        sources=(
            *sources_of_years(asked),
            *([other_sources.cite(other_sources.DEFLATOR)] if constant else []),
            *([other_sources.cite(other_sources.POPULATION)] if per_million else []),
        ),
        notes=[notes_of(asked, frame)],
        said=asked.said,
        query=query_of(asked, keys, measures, constant),
    )


def counted(keys: Sequence[str], measures: Sequence[str], constant: int | None, per_million: bool) -> str:
    """Return in words what is counted."""
    means = ", ".join(_MEANS[name] for name in measures)
    parts = [f"{means[:1].upper()}{means[1:]} by {in_words(keys)}.", COUNTING_NOTE]
    if constant:
        parts.append(f"Constant dollars: {constant_label(constant)}.")
    return " ".join([*parts, *([PER_MILLION_RULE] if per_million else [])])


def _listed(given: str | Iterable[str]) -> list[str]:
    return [given] if isinstance(given, str) else [str(each) for each in given]


def _check(door: Door, keys: list[str], measures: list[str], constant: int | None, per_million: bool) -> None:
    for name, given, allowed in (("by", keys, list(BY)), ("measure", measures, list(MEASURES))):
        door.problems += [
            f"{name}: {each!r} is not allowed{hint_or_known(each, allowed)}"
            for each in given
            if each not in allowed
        ]
        if not given:
            door.problems.append(f"{name}: name one or several of {', '.join(allowed)}")
    summed_by = [BY[key] for key in keys if key in BY]
    if len(set(summed_by)) < len(summed_by):
        door.problems.append(f"by: two of {', '.join(keys)} are the same")
    deflated = store.load_deflator()["fiscal_year"]
    if constant is not None and constant not in set(deflated):
        door.problems.append(
            f"constant: {constant!r} is no fiscal year from {deflated.min()} to {deflated.max()}"
        )
    if constant is not None and "cost_usd" not in measures:
        door.problems.append("constant: prices are of dollars; ask for measure='cost_usd'")
    if per_million:
        columns = {BY.get(key) for key in keys}
        if not {"recipient", "fiscal_year"} <= columns or "participants" not in measures:
            door.problems.append("per_million: ask for participants by country and fiscal_year")


def _added(asked: Asked, keys: list[str], measures: list[str], constant: int | None) -> pd.DataFrame:
    columns = list(dict.fromkeys(BY[key] for key in keys))
    rows = rows_of(asked, {*columns, "fiscal_year", "recipient", "quantity", "cost_usd", "program"})
    if "funder" in columns:
        rows = with_departments(rows, store.load_programs())
    frame = groups.totals(rows, columns)
    if constant is not None:
        dollars = to_constant(rows, store.load_deflator(), constant)
        sums = dollars.groupby(columns, dropna=False, observed=True)["cost_usd_constant"].sum(min_count=1)
        frame = frame.merge(sums.reset_index(), on=columns, how="left")
    names = {BY[key]: key for key in keys}
    added = [*measures, *(["cost_usd_constant"] if constant is not None else [])]
    return frame.rename(columns=names)[[*dict.fromkeys(names.values()), *added]]


def _with_rate(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    country, year = (
        next(key for key in keys if BY[key] == column) for column in ("recipient", "fiscal_year")
    )
    named = rows_with_codes().drop_duplicates("recipient").set_index("recipient")["iso3"]
    people = store.load_population().set_index(["iso3", "year"])["population"]
    places = pd.MultiIndex.from_arrays([frame[country].map(named), frame[year]])
    counts = pd.Series(people.reindex(places).to_numpy(), index=frame.index).astype("Int64")
    return frame.assign(population=counts, participants_per_million=per(frame["participants"], counts, 1e6))


def rows_with_codes() -> pd.DataFrame:
    """Return recipients with their ISO codes: recipient, iso3; missing for former states, whose code is another's today."""
    known = store.load_countries()
    return known.assign(iso3=known["iso3"].where(known["kind"] != "former state"))[["recipient", "iso3"]]


def series_of(filters: Mapping[str, str], years: Iterable[int]) -> Coverage:
    """Return the coverage of a selection that has these years, with the gaps and breaks that concern it.

    A break of a region is that recipients of it came or went, which leaves the series of any one recipient whole.
    """
    breaks = store.load_series_breaks()
    named = breaks["region"].notna()
    if "country" in filters:
        breaks = breaks[~named]
    elif "region" in filters:
        breaks = breaks[~named | breaks["region"].isin(filters["region"].split(", "))]
    part = {"country", "region", "program", "department"} & set(filters)
    label = (NO_DATA[0], "No activity of these is listed for fiscal year {year}.") if part else NO_DATA
    return coverage(years, breaks, label)


def series_of_frame(frame: pd.DataFrame, years: Iterable[int]) -> Coverage | None:
    """Return the gaps and breaks of the training reports among these years for a frame that was made of them, else None."""
    if "data/trainings" not in str(frame.attrs.get("query", "")) and not {"edition", "document"} <= {
        *frame.columns
    }:
        return None
    return series_of(frame.attrs.get("filters", {}), years)


def notes_of(asked: Asked, frame: pd.DataFrame) -> str:
    """Return what gaps and breaks of the series lie within the years of a frame by fiscal year, as sentences."""
    column = next((name for name in ("fiscal_year", "year") if name in frame.columns), None)
    years = asked.years or store.available_years()
    listed = years if column is None else sorted({int(year) for year in frame[column].unique()})
    if not listed:
        return "No activity is listed."
    window = series_of(asked.filters, {*listed} if column else {*years})
    return mark_notes((*window.gaps, *window.breaks))


def query_of(
    asked: Asked,
    keys: Sequence[str],
    measures: Sequence[str],
    constant: int | None = None,
    of_years: Sequence[int] = (),
) -> str:
    """Return the query that gives the same numbers; with ``of_years`` a column of each measure for each of these."""
    columns = dict.fromkeys(keys)
    shown = [f"{_column(key)} as {key}" if _column(key) != key else key for key in columns]
    shown += [f"{_SQL[name]} as {name}" for name in measures if not of_years]
    shown += [
        f"{_COUNTED_IN[name].format(year=year)} as {name}_{year}" for name in measures for year in of_years
    ]
    tables = f"from {FILES}"
    if constant is not None:
        ratio = (
            f"(select gdp_deflator from 'data/deflator.csv' where fiscal_year = {constant}) / gdp_deflator"
        )
        shown.append(f"sum(cost_usd * {ratio}) as cost_usd_constant")
        tables += "\njoin 'data/deflator.csv' using (fiscal_year)"
    if "department" in keys:
        tables += "\njoin (select code as program, funder as usual from 'data/reference/programs.csv') using (program)"
    where = condition_of(asked)
    return f"select {', '.join(shown)}\n{tables}\nwhere {where}\ngroup by {_places(len(columns))} order by {_places(len(columns))}"


def _places(count: int) -> str:
    return ", ".join(str(place) for place in range(1, count + 1))


def _column(key: str) -> str:
    if key == "department":
        return f"if(funder = '{FUNDER_NOT_STATED}', usual, funder)"
    return BY[key]
