"""Exhibits of a frame of one's own, in the look of the reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import pandas as pd
from pandas.api import types

from milaid import fiscal
from milaid.api.explained import ask, gives
from milaid.api.row_sources import Given, find_sources
from milaid.api.totals import series_of_frame
from milaid.blocks.block import Column, Figure, How, Source, Table, explain_by
from milaid.blocks.words import counted
from milaid.charts import formats
from milaid.charts.distribution import distribution
from milaid.charts.line import long_series
from milaid.charts.lines import lines
from milaid.charts.relation import relation
from milaid.charts.style import Drawings
from milaid.errors import ReportError, RequestError, list_problems
from milaid.exhibits.figures import figure, mark_labels, mark_notes
from milaid.exhibits.subject import joined
from milaid.exhibits.tables import table_from_frame
from milaid.spelling import hint_or_known
from milaid.tables.coverage import Coverage

Made = TypeVar("Made", Figure, Table)
_YEARS = range(1900, 2101)
_MOST_LINES, _MOST_BARS = 8, 40
_WIDE = 8
"""A table of more columns is printed on a turned page."""


def chart(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str | None = None,
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    source: Given = None,
    kind: str | None = None,
) -> Figure:
    """Return a figure of a frame: by fiscal year a line, or one for each value of ``by``; else a bar for each row.

    Two columns of numbers make dots, named by the column ``by``. ``kind`` is integer, usd, million, share or decimal; by
    default what the column holds. The source is that of the rows (document and page), of the frame, or ``source``; where
    nothing says it, the source line says so. Gaps and breaks of the training reports are drawn. Raises RequestError with
    all that is wrong.

    >>> import milaid as m
    >>> own = m.chart(m.totals("fiscal_year", country="Mali"), "fiscal_year", "participants", title="Mali")
    >>> own.sources[0].text
    'Foreign Military Training Report, 1999–2000 to 2020–2021, Vol. I, Sec. IV, pages of Mali'
    >>> own.frame.tail(1).values.tolist()
    [[2020, 203]]
    """
    _check(frame, "m.chart", {"x": x, "y": y, **({"by": by} if by is not None else {})}, title, {"y": y})
    columns = [x, *([by] if by is not None else []), y]
    rows = frame[columns].reset_index(drop=True)
    series = series_of_frame(frame, {int(year) for year in rows[x].unique()}) if _is_year(rows[x]) else None
    draw = _draw(rows, x, y, by, kind or _kind(rows[y], y), series)
    marks = mark_notes((*series.gaps, *series.breaks)) if series else ""
    sources = find_sources(frame, source)
    try:
        made = figure(
            draw,
            key=_key(title),
            title=title,
            subtitle=subtitle,
            alt=_alt(rows, x, y, by),
            note=joined(note, marks),
            sources=sources,
            csv=rows,
        )
    except ReportError as error:
        raise RequestError(f"m.chart: {error}") from error
    return _explained(made, frame, rows, [name for name in (x, by) if name], [y], sources)


def table(
    frame: pd.DataFrame,
    columns: Sequence[str] | None = None,
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    source: Given = None,
    labels: Mapping[str, str] | None = None,
    total: str | None = None,
) -> Table:
    """Return a table of a frame; ``columns`` are those shown, by default all, ``labels`` their heads.

    ``total`` names a last row with the sums of participants, activities and dollars. Sources are as for :func:`chart`, and
    the file holds the columns shown. Raises RequestError with all that is wrong.

    >>> import milaid as m
    >>> own = m.table(m.totals("program", country="Mali", years=2020), title="Programs", total="All")
    >>> own.rows[-1]
    ('All', 203)
    """
    there = list(frame.columns) if isinstance(frame, pd.DataFrame) else []
    shown = there if columns is None else list(columns)
    _check(frame, "m.table", {f"columns {name}": name for name in shown}, title, {})
    if not shown:
        raise RequestError("m.table: the frame has no columns")
    rows = frame[shown].reset_index(drop=True)
    if rows.columns.duplicated().any():
        raise RequestError("m.table: two columns have the same name")
    names = labels or {}
    kinds = {name: _column_kind(rows[name], name) for name in shown}
    if "text" not in kinds.values():
        kinds[shown[0]] = "text"
        years = _is_year(rows[shown[0]])
        rows[shown[0]] = rows[shown[0]].map(fiscal.label if years else str).astype("str")
    heads = tuple(Column(name, names.get(name, _words(name)), kinds[name]) for name in shown)
    sources = find_sources(frame, source)
    made = table_from_frame(
        rows,
        heads,
        key=_key(title),
        title=title,
        subtitle=subtitle,
        alt=f"Table of {', '.join(head.label.lower() for head in heads)}; {counted(len(rows), 'row')}.",
        note=note,
        sources=sources,
        total_label=total,
        landscape=len(shown) > _WIDE,
    )
    measures = [name for name in shown if kinds[name] not in ("text", "year")]
    return _explained(
        made, frame, frame[shown], [name for name in shown if name not in measures], measures, sources
    )


def _check(
    frame: object, call: str, named: Mapping[str, str], title: str, numeric: Mapping[str, str]
) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise RequestError(f"{call}: {type(frame).__name__} is no frame of pandas")
    problems = [
        f"{argument}: {name!r} is no column{hint_or_known(str(name), map(str, frame.columns))}"
        for argument, name in named.items()
        if name not in frame.columns
    ]
    problems += [
        f"{argument}: {name!r} holds no numbers"
        for argument, name in numeric.items()
        if name in frame.columns and not types.is_numeric_dtype(frame[name])
    ]
    problems += ["title: say in a few words what is found"] if not title.strip() else []
    problems += ["the frame has no row"] if frame.empty else []
    if problems:
        raise RequestError(list_problems(f"{call} cannot be made as asked:", problems))


def _draw(
    rows: pd.DataFrame, x: str, y: str, by: str | None, kind: str, series: Coverage | None
) -> Callable[[str], Drawings]:
    if _is_year(rows[x]):
        found: dict[str, Any] = (
            {"gaps": mark_labels(series.gaps), "breaks": mark_labels(series.breaks)} if series else {}
        )
        last = int(rows[x].max())
        if by is None:
            return lambda key: long_series(
                rows, key=key, report_year=last, year=x, value=y, kind=kind, **found
            )
        count = rows[by].nunique()
        if count > _MOST_LINES:
            raise RequestError(
                f"m.chart: by: {by!r} has {count} values; at most {_MOST_LINES} lines can be told apart"
            )
        return lambda key: lines(
            rows, key=key, report_year=last, year=x, series=by, value=y, kind=kind, **found
        )
    if types.is_numeric_dtype(rows[x]):
        if by is None:
            raise RequestError(
                f"m.chart: by: name the column that says what each dot is; x is {x!r}, numbers"
            )
        across = _kind(rows[x], x)
        return lambda key: relation(
            rows,
            key=key,
            x=x,
            y=y,
            label=by,
            x_title=_words(x),
            y_title=_words(y),
            x_kind=across,
            y_kind=kind,
        )
    if by is not None:
        raise RequestError(
            f"m.chart: by: bars have one value each; leave it out, or put a fiscal year on x, not {x!r}"
        )
    if len(rows) > _MOST_BARS or (rows[y] < 0).any():
        few = (
            f"there are {len(rows)} rows, and at most {_MOST_BARS} bars can be read: take .head({_MOST_BARS})"
        )
        below = f"y: bars start at zero, and {y!r} has values below"
        raise RequestError(f"m.chart: {below if (rows[y] < 0).any() else few}")
    return lambda key: distribution(rows, key=key, label=x, value=y, kind=kind, share=False)


def _is_year(values: pd.Series) -> bool:
    whole = types.is_integer_dtype(values) and values.notna().all()
    return bool(whole and len(values) and values.between(_YEARS.start, _YEARS.stop - 1).all())


def _kind(values: pd.Series, name: str) -> str:
    """Return the kind of values as charts know it."""
    if re.search(r"usd|dollars|cost", name):
        return formats.dollars(values)[0]
    if re.search(r"share|percent", name):
        return "share"
    return "integer" if types.is_integer_dtype(values) else "decimal"


def _column_kind(values: pd.Series, name: str) -> str:
    """Return the kind of a column of a table."""
    if not types.is_numeric_dtype(values) or types.is_bool_dtype(values):
        return "text"
    if _is_year(values):
        return "year"
    if re.search(r"percent_change", name):
        return "percent_change"
    if re.search(r"usd|dollars|cost", name):
        return "usd"
    if name in ("rank", "page", "change"):
        return name
    if re.search(r"share|percent", name):
        return "share"
    return "integer" if types.is_integer_dtype(values) else "decimal"


def _words(name: str) -> str:
    text = str(name).replace("_usd", ", USD").replace("_", " ")
    return text[:1].upper() + text[1:]


def _key(title: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", title.lower()))[:60] or "exhibit"


def _alt(rows: pd.DataFrame, x: str, y: str, by: str | None) -> str:
    extent = f"{rows[x].min()} to {rows[x].max()}" if _is_year(rows[x]) else counted(len(rows), "row")
    lowest, highest = rows[y].min(), rows[y].max()
    return f"{_words(y)} by {_words(x).lower()}{f' and {_words(by).lower()}' if by else ''}, {extent}: from {lowest} to {highest}."


def _explained(
    made: Made,
    frame: pd.DataFrame,
    rows: pd.DataFrame,
    keys: list[str],
    measures: list[str],
    sources: Sequence[Source],
) -> Made:
    explain_by(made, partial(_how, dict(frame.attrs), rows, keys, measures, tuple(sources)))
    return made


def _how(
    said: Mapping[str, object],
    rows: pd.DataFrame,
    keys: list[str],
    measures: list[str],
    sources: tuple[Source, ...],
) -> How:
    """Return what a frame says of itself; its query only where it still gives the numbers shown."""
    how = How(
        counted=str(said.get("counted", "")),
        filters=tuple(dict(said.get("filters", {})).items()),  # type: ignore[call-overload]
        notes=tuple(said.get("notes", ())),  # type: ignore[arg-type]
        sources=sources,
        query=str(said.get("query", "")),
        answer=ask,
    )
    if how.query and gives(how, rows, keys, measures):
        return how
    return How(how.counted, how.filters, how.notes, how.sources)
