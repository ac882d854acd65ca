"""The long series: one value by fiscal year, with its gaps, its breaks and other publishers' points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

import pandas as pd

from milaid.charts.axes import YearPlot, draw_year_axis
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import check_kind, known
from milaid.charts.formats import label as shown
from milaid.charts.line_labels import LongSeries, Points, add_line_obstacles, label_series, parts
from milaid.charts.place import Obstacles
from milaid.charts.said import over_years
from milaid.charts.style import Drawings, Sheet, both
from milaid.charts.year_canvas import lay_out
from milaid.errors import ReportError
from milaid.fiscal import label as year_label

LINE, DOT, REPORT_DOT = 2.2, 5.0, 9.0
PLOT_HEIGHT = {True: 236, False: 264}
"""Height of the plot in px, by whether the sheet is narrow."""


def long_series(
    frame: pd.DataFrame,
    *,
    key: str,
    report_year: int,
    year: str = "fiscal_year",
    value: str = "value",
    kind: str = "integer",
    name: str = "",
    gaps: Mapping[int, str] | None = None,
    breaks: Mapping[int, str] | None = None,
    others: Points | None = None,
    events: Mapping[int, str] | None = None,
) -> Drawings:
    """Draw one series by fiscal year with the report year emphasised, from zero.

    ``frame`` has one row a fiscal year; a missing value or year is a gap, drawn as a grey band and named in
    ``gaps`` (year -> name) or by its years. ``breaks`` maps the first year of the new part to the name of the
    break, ``events`` a year to what happened in it. ``name`` stands beside the line where another publisher's points need telling apart. ``kind`` is
    ``integer``, ``usd``, ``million`` (dollars shown in millions), ``share`` (percent) or ``decimal``. Raises
    ReportError if no year has a value or a year occurs twice.
    """
    values = by_year(frame, year, value, key)
    years = [int(y) for y in frame[year]]
    series = LongSeries(
        min(years),
        max(years),
        report_year,
        check_kind(kind),
        gaps or {},
        breaks or {},
        values,
        name,
        others,
        events=events or {},
    )
    if series.others:
        inside = {y: v for y, v in series.others.values.items() if series.first <= y <= series.last}
        series = replace(series, others=Points(series.others.name, inside) if inside else None)
    return both(lambda sheet: _draw_long(sheet, key, series), said_of(series))


def by_year(frame: pd.DataFrame, year: str, value: str, key: str) -> dict[int, float]:
    """Return the known values of a series by fiscal year; raises ReportError for none or repeated years."""
    values: dict[int, float] = {}
    repeated = sorted({int(y) for y in frame.loc[frame[year].duplicated(), year]})
    if repeated:
        raise ReportError(f"figure {key!r}: fiscal years {repeated} occur more than once in the series")
    for y, raw in zip(frame[year], frame[value], strict=True):
        amount = known(raw)
        if amount is not None:
            values[int(y)] = amount
    if not values:
        raise ReportError(f"figure {key!r}: no fiscal year has a value in column {value!r}")
    return dict(sorted(values.items()))


def said_of(series: LongSeries) -> str:
    """Return what the line shows, and the points of another publisher apart from it."""
    text = over_years({"": series.values}, series.kind, series.breaks, series.events)
    if series.others:
        points = ", ".join(
            f"{year_label(year)} {shown(value, series.kind)}" for year, value in series.others.values.items()
        )
        text += f" Single points of another publisher: {points}."
    return text


def _draw_long(sheet: Sheet, key: str, series: LongSeries) -> str:
    right = sheet.width - (2 if sheet.narrow else 6)
    flat = lay_out(sheet, series, right, PLOT_HEIGHT[sheet.narrow], list(series.values))
    others = series.others.values if series.others else {}
    points = [(flat.plot.x(y), flat.plot.y(min(v, flat.plot.highest))) for y, v in others.items()]
    head, level = flat.room_above(series, max(series.values.values()), points)
    canvas, frame, obstacles = flat.open(key, head, level)
    _draw_line(canvas, frame, series, obstacles)
    if series.others:
        draw_points(canvas, frame, series.others, series.kind, obstacles)
    draw_year_axis(canvas, frame, series.report_year)
    label_series(canvas, frame, series, obstacles)
    return canvas.svg()


def _draw_line(canvas: Canvas, frame: YearPlot, series: LongSeries, obstacles: Obstacles) -> None:
    part = parts(list(series.values), list(series.breaks))
    draw_curve(canvas, frame, series.values, part, "accent")
    dot = min(DOT, max(2.6, frame.slot * 0.3))
    for year, value in series.values.items():
        if year != series.report_year:
            canvas.dot(frame.x(year), frame.y(value), "accent", dot, value=value_of(year, value, series.kind))
    reported = series.values.get(series.report_year)
    if reported is not None:
        size = REPORT_DOT if not canvas.sheet.narrow else REPORT_DOT - 1
        x, y = frame.x(series.report_year), frame.y(reported)
        said = value_of(series.report_year, reported, series.kind)
        canvas.dot(x, y, "accent", size + 1.6, ring=1.6, depth=0.5, value=said)
    add_line_obstacles(obstacles, frame, series.values, part)


def draw_curve(
    canvas: Canvas,
    frame: YearPlot,
    values: Mapping[int, float],
    part: Mapping[int, int],
    role: str,
    depth: float = 0,
) -> None:
    """Draw the line of a series, interrupted between its parts: after a gap and at a break."""
    for _, years in groupby(values, key=lambda year: part[year]):
        canvas.curve([(frame.x(year), frame.y(values[year])) for year in years], role, LINE, depth)


def value_of(year: int, value: float, kind: str, name: str = "") -> str:
    """Return what a mark of a year says when it is pointed at: ``Africa, FY2014: 16,659``."""
    return f"{f'{name}, ' if name else ''}{year_label(year)}: {shown(value, kind)}"


def draw_points(canvas: Canvas, frame: YearPlot, others: Points, kind: str, obstacles: Obstacles) -> None:
    """Draw another publisher's points as hollow diamonds, joined to nothing; those above the scale as arrows at its top."""
    half = 4.69 if not canvas.sheet.narrow else 4.12
    for year, value in others.values.items():
        x, y = frame.x(year), frame.y(min(value, frame.highest))
        said = value_of(year, value, kind, others.name)
        if value > frame.highest:
            canvas.arrow(x, y, "other", half, 1.7, value=said)
        else:
            canvas.diamond(x, y, "other", half, 1.7, value=said)
        obstacles.marks.append(Bounds(x - 6, y - 6, x + 6, y + 6))
