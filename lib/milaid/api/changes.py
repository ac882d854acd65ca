"""One year against another, where they may be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from pandas.api import types

from milaid import fiscal
from milaid.analysis.change import PERCENT_RULE
from milaid.analysis.two_years import beside_each_other
from milaid.api.asked import Door, Names
from milaid.api.row_sources import find_sources
from milaid.api.selection import in_words, marked
from milaid.api.totals import BY, MEASURES, counted, query_of, series_of, series_of_frame, totals
from milaid.api.trainings import door_of, sources_of_years
from milaid.blocks.block import Source
from milaid.errors import RequestError
from milaid.exhibits.figures import mark_notes
from milaid.spelling import hint_or_known
from milaid.tables import store
from milaid.tables.coverage import Coverage

_OF_ACTIVITIES = {"participants": "quantity"}
"""The column of activities that holds a measure of ``m.totals``."""


def change(
    first: int | str,
    last: int | str,
    by: str | Sequence[str] = "country",
    measure: str = "participants",
    *,
    country: Names = None,
    program: Names = None,
    region: Names = None,
    department: Names = None,
    frame: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return a measure in two fiscal years side by side, largest change first, by what ``m.totals`` adds up by.

    Columns: ``by``, the measure of both years (participants_2018 and so on), change, percent_change. A group that one
    year does not list has zero there; a cost that is not printed is missing. No change is computed across a gap or a break of the
    series, and no percent change on less than 50: ``attrs["notes"]`` says why.

    ``frame`` is one of your own, instead of a selection: its rows are added up by any of its columns; it needs fiscal_year,
    and ``measure`` is a column of numbers. Activities have participants too.

    >>> import milaid as m
    >>> m.change(2019, 2020, by="program", country="Mali").head(1).values.tolist()
    [['PKO', 64, 140, 76, 118.75]]
    >>> bool(m.change(2003, 2004, by="region")["change"].isna().all())
    True
    >>> rows = m.trainings("Mali", years=[2019, 2020])
    >>> int(m.change(2019, 2020, by="student_unit", frame=rows[rows["program"] == "PKO"])["change"].sum())
    76
    """
    if isinstance(first, pd.DataFrame):
        raise RequestError(
            "m.change: first: a frame of your own is given by name: m.change(2019, 2020, by=..., frame=frame)"
        )
    keys = [by] if isinstance(by, str) else list(by)
    selection = {"country": country, "program": program, "region": region, "department": department}
    if frame is not None:
        return _of_frame(
            frame, (first, last), keys, measure, [name for name in selection if selection[name] is not None]
        )
    door = door_of("m.change", country, [first, last], program, region, department)
    known = [name for name in BY if BY[name] not in ("fiscal_year", "status")]
    _check_names(door, keys, known)
    door.one_of("measure", measure, MEASURES)
    earlier, later = _two_years(door, first, last)
    asked = door.close()
    sums = totals([*keys, "fiscal_year"], measure, years=[earlier, later], **selection)  # type: ignore[arg-type]
    return _compared(
        sums,
        keys,
        measure,
        (earlier, later),
        series_of(asked.filters, store.available_years()),
        counted=counted(keys, [measure], None, False),
        filters=asked.filters,
        sources=sources_of_years(asked),
        said=asked.said,
        query=query_of(asked, keys, [measure], of_years=(earlier, later)),
    )


def _of_frame(
    frame: pd.DataFrame,
    years: tuple[int | str, int | str],
    keys: list[str],
    measure: str,
    selected: list[str],
) -> pd.DataFrame:
    """Return a measure of a frame of one's own in two of its fiscal years."""
    door = Door("m.change")
    if not isinstance(frame, pd.DataFrame):
        raise RequestError(f"m.change: frame: {type(frame).__name__} is no frame of pandas")
    door.problems += [f"{name}: select rows before; the frame is taken as it is" for name in selected]
    columns = {key: key if key in frame.columns else BY.get(key, key) for key in keys}
    _check_names(door, [key for key, column in columns.items() if column not in frame.columns], frame.columns)
    value = measure if measure in frame.columns else _OF_ACTIVITIES.get(measure, measure)
    if value not in frame.columns or not _is_number(frame[value]):
        numeric = [str(name) for name in frame.columns if _is_number(frame[name])]
        door.problems.append(f"measure: {measure!r} is no column of numbers{hint_or_known(measure, numeric)}")
    if "fiscal_year" not in frame.columns:
        door.problems.append("frame: it has no column fiscal_year")
    else:
        door.years([*years], frame["fiscal_year"].dropna().astype(int).unique())
    earlier, later = _two_years(door, *years)
    asked = door.close()
    rows = frame.rename(columns={column: key for key, column in columns.items()})
    sums = rows.groupby([*keys, "fiscal_year"], dropna=False, observed=True)[value].sum(min_count=1)
    said = dict(frame.attrs)
    return _compared(
        sums.rename(measure).reset_index(),
        keys,
        measure,
        (earlier, later),
        series_of_frame(frame, store.available_years()),
        counted=str(said.get("counted", f"{in_words([measure])} by {in_words(keys)}.")),
        filters={**dict(said.get("filters", {})), **asked.filters},
        sources=find_sources(frame[frame["fiscal_year"].isin((earlier, later))]),
        said=asked.said,
    )


def _is_number(values: pd.Series) -> bool:
    return types.is_numeric_dtype(values) and not types.is_bool_dtype(values)


def _check_names(door: Door, keys: Sequence[str], known: Sequence[str]) -> None:
    door.problems += [
        f"by: {key!r} is not allowed{hint_or_known(str(key), known)}" for key in keys if key not in known
    ]


def _two_years(door: Door, first: int | str, last: int | str) -> tuple[int, int]:
    """Return the two years that were read; what is wrong with them is told at the door."""
    years = door.chosen_years or ()
    if len(years) == 2:
        return years[0], years[1]
    if not door.problems:
        door.problems.append(f"first, last: {first!r} and {last!r} are not two years")
    return 0, 0


def _compared(
    sums: pd.DataFrame,
    keys: list[str],
    measure: str,
    years: tuple[int, int],
    series: Coverage | None,
    *,
    counted: str,
    filters: Mapping[str, str],
    sources: tuple[Source, ...],
    said: tuple[str, ...],
    query: str = "",
) -> pd.DataFrame:
    """Return sums of two years side by side, and why they are not compared where the series does not allow it."""
    comparable = series is None or series.comparable(*years)
    marks = series.window(*years) if series else None
    why = f"Not compared: {mark_notes((*marks.gaps, *marks.breaks))}" if marks and not comparable else ""
    return marked(
        beside_each_other(sums, keys, measure, years, comparable),
        counted=f"{counted} {PERCENT_RULE}",
        filters={
            **filters,
            "by": in_words(keys),
            "compared": ", ".join(fiscal.label(year) for year in years),
        },
        sources=sources,
        notes=[why],
        said=said,
        query=query,
    )
