"""Several lines by fiscal year on one scale, each named in ink at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.blocks.palette import REGIONS
from milaid.charts.axes import YearPlot, draw_year_axis
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import check_kind
from milaid.charts.formats import label as shown
from milaid.charts.line import DOT, PLOT_HEIGHT, by_year, draw_curve, draw_points, value_of
from milaid.charts.line_labels import Points, add_line_obstacles, name_others, parts
from milaid.charts.place import LEADING, Label, Obstacles, Place, around, choose, spread
from milaid.charts.said import over_years
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, check_roles, text_width, wrap
from milaid.charts.year_canvas import YearContent, lay_out
from milaid.errors import ReportError

_LABELLED = 3
"""Up to so many lines get the values of the report year and the first year beside their dots."""


@dataclass(frozen=True)
class _Lines(YearContent):
    values: dict[str, dict[int, float]]
    roles: Mapping[str, str]
    others: Sequence[Points]

    @property
    def present(self) -> list[int]:
        return sorted({year for line in self.values.values() for year in line})

    @property
    def highest(self) -> float:
        return max(value for line in self.values.values() for value in line.values())


def lines(
    frame: pd.DataFrame,
    *,
    key: str,
    report_year: int,
    year: str = "fiscal_year",
    series: str = "series",
    value: str = "value",
    kind: str = "integer",
    roles: Mapping[str, str] | None = None,
    gaps: Mapping[int, str] | None = None,
    breaks: Mapping[int, str] | None = None,
    others: Sequence[Points] = (),
    events: Mapping[int, str] | None = None,
) -> Drawings:
    """Draw lines by fiscal year from zero, each with its name and last value at its end.

    ``frame`` has one row a fiscal year and series. ``roles`` maps a series to its role colour; without it
    regions have their colours, else the first series is accented and the others are context. Years without any
    value are gaps; ``gaps``, ``breaks`` and ``events`` as in :func:`milaid.charts.line.long_series`. ``others`` are
    points of another publisher, none negative; the axis goes on to the last of their years. Raises ReportError if
    a series has no value, and for a role too faint for a line.
    """
    names = list(dict.fromkeys(frame[series].astype(str)))
    if not names:
        raise ReportError(f"figure {key!r}: the frame has no row")
    values = {name: by_year(frame[frame[series] == name], year, value, f"{key}: {name}") for name in names}
    if roles is None:
        regions = all(name in REGIONS for name in names)
        roles = {
            name: REGIONS[name] if regions else "accent" if i == 0 else "soft" for i, name in enumerate(names)
        }
    years = [int(y) for y in frame[year]]
    last = max([*years, *(y for points in others for y in points.values)])
    content = _Lines(
        min(years),
        last,
        report_year,
        check_kind(kind),
        gaps or {},
        breaks or {},
        values,
        check_roles(key, roles),
        others,
        events=events or {},
    )
    return both(lambda sheet: _draw(sheet, key, content), _said(content))


def _said(content: _Lines) -> str:
    """Return what the lines show, and the points of other publishers apart from them."""
    text = over_years(content.values, content.kind, content.breaks, content.events)
    for points in content.others:
        text += f" {over_years({points.name: points.values}, content.kind)}"
    return text


def _draw(sheet: Sheet, key: str, content: _Lines) -> str:
    ends = _ends(content, sheet)
    right = sheet.width - max(end.width for end in ends.values()) - (16 if sheet.narrow else 22)
    height = max(PLOT_HEIGHT[sheet.narrow], sum(end.height + 5 for end in ends.values()))
    present = {*content.present, *(year for points in content.others for year in points.values)}
    flat = lay_out(sheet, content, right, height, sorted(present))
    canvas, frame, obstacles = flat.open(key, *flat.room_above(content, content.highest, []))
    draw_year_axis(canvas, frame, content.report_year)
    _draw_lines(canvas, frame, content, obstacles)
    _draw_ends(canvas, frame, content, ends, obstacles)
    for points in content.others:
        draw_points(canvas, frame, points, content.kind, obstacles)
    for points in content.others:
        name_others(canvas, frame, points, obstacles, Bounds(frame.box.left, 0, right, frame.box.bottom))
    if len(content.values) <= _LABELLED:
        _label_values(canvas, frame, content, obstacles)
    return canvas.svg()


@dataclass(frozen=True)
class _End:
    """What stands at the end of a line: its name, and its last value after or below the name."""

    name: Label
    value: Label
    inline: bool

    @property
    def width(self) -> float:
        last = text_width(self.name.lines[-1], self.name.size, SEMIBOLD)
        return max(self.name.width, last + 6 + self.value.width if self.inline else self.value.width)

    @property
    def height(self) -> float:
        return self.name.height if self.inline else self.name.height + self.name.size * LEADING


def _ends(content: _Lines, sheet: Sheet) -> dict[str, _End]:
    """Return the names and last values; the values follow the names on their line if all have room there."""
    measure = 96 if sheet.narrow else 200
    names = {name: wrap(name, measure, sheet.axis, SEMIBOLD) for name in content.values}
    values = {
        name: Label((_last_value(line, content),), sheet.axis, role="ink2")
        for name, line in content.values.items()
    }
    inline = all(
        text_width(names[name][-1], sheet.axis, SEMIBOLD) + 6 + values[name].width <= measure
        for name in names
    )
    return {name: _End(Label(names[name], sheet.axis, SEMIBOLD), values[name], inline) for name in names}


def _last_value(line: Mapping[int, float], content: _Lines) -> str:
    """Return the last value of a line; with its year where other lines go on."""
    last = max(line)
    year = f" in {last}" if last < content.present[-1] else ""
    return f"{shown(line[last], content.kind)}{year}"


def _draw_lines(canvas: Canvas, frame: YearPlot, content: _Lines, obstacles: Obstacles) -> None:
    dot = min(DOT, max(2.4, frame.slot * 0.26))
    order = sorted(content.values, key=lambda name: content.roles[name] != "soft")
    for place, name in enumerate(order):
        line, role, depth = content.values[name], content.roles[name], place / len(order) / 2
        part = parts(list(line), list(content.breaks))
        draw_curve(canvas, frame, line, part, role, depth)
        for year, value in line.items():
            said = value_of(year, value, content.kind, name)
            if year == content.report_year:
                canvas.dot(frame.x(year), frame.y(value), role, dot + 4.4, ring=1.4, depth=0.9, value=said)
            else:
                canvas.dot(frame.x(year), frame.y(value), role, dot, depth=depth, value=said)
        add_line_obstacles(obstacles, frame, line, part)


def _draw_ends(
    canvas: Canvas, frame: YearPlot, content: _Lines, ends: Mapping[str, _End], obstacles: Obstacles
) -> None:
    """Name the lines at the right, moved apart where they end close together, with a thin leader."""
    names = list(ends)
    tips = [frame.y(content.values[name][max(content.values[name])]) for name in names]
    heights = [ends[name].height + 5 for name in names]
    low = min(frame.box.top, frame.box.bottom - sum(heights)) - 8
    x = frame.box.right + (12 if canvas.sheet.narrow else 18)
    for name, tip, middle in zip(names, tips, spread(tips, heights, low, frame.box.bottom + 6), strict=True):
        end = ends[name]
        last = max(content.values[name])
        start = frame.x(last) + 5
        # A line that ends before the others must not seem to go on: its leader is dashed, in no colour of a line.
        early = last < content.present[-1]
        role, dashes = ("mute", (1.5, 3.0)) if early else (content.roles[name], None)
        canvas.line([(start, tip), (x - 4, middle)], role, 1, dashes=dashes)
        obstacles.texts.append(_write_end(canvas, end, x, middle - end.height / 2))


def _write_end(canvas: Canvas, end: _End, x: float, top: float) -> Bounds:
    """Write a name in ink and the last value in the second ink; returns the box of both."""
    canvas.label(end.name, Place(x, top))
    last = text_width(end.name.lines[-1], end.name.size, SEMIBOLD)
    left = x + last + 6 if end.inline else x
    canvas.label(end.value, Place(left, top + end.height - end.value.height))
    return Bounds(x, top, x + end.width, top + end.height)


def _label_values(canvas: Canvas, frame: YearPlot, content: _Lines, obstacles: Obstacles) -> None:
    bounds = Bounds(0, 0, frame.box.right + 8, frame.box.bottom - 3)
    order: Sequence[str] = sorted(content.values, key=lambda name: content.roles[name] == "soft")
    for year in dict.fromkeys((content.report_year, content.first)):
        written = set()
        for name in order:
            line = content.values[name]
            # Lines that meet in a year, as current and constant dollars do in the base year, have one label there.
            if year not in line or year == max(line) or shown(line[year], content.kind) in written:
                continue
            written.add(shown(line[year], content.kind))
            reported = year == content.report_year
            above = all(line[year] >= other.get(year, 0) for other in content.values.values())
            label = Label(
                (shown(line[year], content.kind),), canvas.sheet.label, SEMIBOLD if reported else 400
            )
            places = around(
                frame.x(year), frame.y(line[year]), label, 5 if reported else 3, "above" if above else "below"
            )
            place = choose(label, places, obstacles, bounds, 120 if reported else 60)
            if place is not None:
                obstacles.texts.append(canvas.label(label, place, backed=True))
