"""Small multiples: one panel of vertical bars a region, the report year accented, a scale a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.blocks.numbers import percent_change
from milaid.charts.annotations import draw_lines, legend
from milaid.charts.axes import YearPlot, covering_ticks, draw_year_axis
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import check_kind, known, tick
from milaid.charts.formats import label as shown
from milaid.charts.place import ASCENT, DESCENT
from milaid.charts.said import over_years
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, text_width, wrap
from milaid.errors import ReportError
from milaid.fiscal import label as year_label
from milaid.fiscal import runs

BAR = 0.82
"""Width of a bar as a share of its year."""
NO_DATA = "no data"
_HEADING, _BETWEEN_ROWS = 42.0, 20.0
_AXIS = 24.0


@dataclass(frozen=True)
class _Panel:
    name: str
    values: dict[int, float]
    change: str
    kind: str

    @property
    def highest(self) -> float:
        return max(self.values.values(), default=0.0)


@dataclass(frozen=True)
class _Content:
    panels: list[_Panel]
    rows: Sequence[int]
    first: int
    last: int
    report_year: int
    breaks: Mapping[int, str]
    events: Mapping[int, str]

    @property
    def single(self) -> bool:
        """Whether every panel has a row of its own, over the whole width of the sheet."""
        return max(self.rows) == 1


def small_multiples(
    frame: pd.DataFrame,
    *,
    key: str,
    report_year: int,
    panel: str = "region",
    year: str = "fiscal_year",
    value: str = "value",
    kind: str = "integer",
    kinds: Mapping[str, str] | None = None,
    changes: Mapping[str, float | None] | None = None,
    rows: Sequence[int] | None = None,
    breaks: Mapping[int, str] | None = None,
    events: Mapping[int, str] | None = None,
) -> Drawings:
    """Draw a panel of vertical bars for each name in column ``panel``, in the order they come.

    ``frame`` has one row a fiscal year and panel; a missing value or year is an empty slot "no data".
    Panels in which nothing would be seen are to be left out: see :func:`empty_panels`.
    ``changes`` gives the change in percent written beside the value, None where it is not computed (..).
    ``rows`` is the number of panels in each row of the wide drawing; panels of one row share a scale. With one
    in each row, panels are as wide as the sheet, on a phone too, and may differ in the kind of their values:
    ``kinds`` (panel -> kind). Raises ReportError for kinds with several panels in a row.
    ``breaks`` maps the first year of a new part of the series to the name of the break, ``events`` a year to what
    happened in it: lines in every panel, named once above them. Raises ReportError for no panel.
    """
    names = [str(name) for name in dict.fromkeys(frame[panel])]
    if not names:
        raise ReportError(f"figure {key!r}: the frame has no row, so there is no panel to draw")
    panels = []
    for name in names:
        part = frame[frame[panel] == name]
        amounts = {int(y): known(v) for y, v in zip(part[year], part[value], strict=True)}
        values = {y: amount for y, amount in sorted(amounts.items()) if amount is not None}
        change = percent_change(changes.get(name)) if changes is not None else ""
        panels.append(_Panel(name, values, change, check_kind((kinds or {}).get(name, kind))))
    years = [int(y) for y in frame[year]]
    widths = list(rows) if rows else _default_rows(len(panels))
    if sum(widths) != len(panels):
        raise ReportError(
            f"figure {key!r}: rows {widths} hold {sum(widths)} panels, but there are {len(panels)}"
        )
    content = _Content(panels, widths, min(years), max(years), report_year, breaks or {}, events or {})
    if kinds and not content.single:
        raise ReportError(f"figure {key!r}: panels of several kinds share the scale of a row {widths}")
    said = over_years(
        {panel.name: panel.values for panel in panels},
        {panel.name: panel.kind for panel in panels},
        content.breaks,
        content.events,
    )
    return both(lambda sheet: _draw(sheet, key, content), said)


_LEAST_SEEN = 0.01
"""A panel without a value in the report year is empty if its highest is less than this part of that of all panels."""


def empty_panels(
    frame: pd.DataFrame,
    report_year: int,
    *,
    panel: str = "region",
    year: str = "fiscal_year",
    value: str = "value",
) -> list[str]:
    """Return the panels in which nothing would be seen: none in the report year, next to none in all years."""
    highest = frame.groupby(panel, sort=False)[value].max().astype("float64").fillna(0.0)
    now = frame[frame[year] == report_year].groupby(panel)[value].max().astype("float64")
    least = highest.max() * _LEAST_SEEN
    return [str(name) for name, top in highest.items() if top < least and not now.get(name, 0.0) > 0]


def _default_rows(count: int) -> list[int]:
    """Return two large panels and then rows of up to four, as even as can be."""
    if count <= 3:
        return [count]
    rest, rows = count - 2, [2]
    lines = -(-rest // 4)
    for line in range(lines):
        rows.append(rest // lines + (1 if line < rest % lines else 0))
    return rows


def _draw(sheet: Sheet, key: str, content: _Content) -> str:
    """Lay out the rows of panels; a row is higher where a name needs two lines."""
    count = len(content.panels)
    pairs = sheet.narrow and not content.single
    rows = [min(2, count - i) for i in range(0, count, 2)] if pairs else list(content.rows)
    gap = 18.0 if sheet.narrow else 24.0
    placed: list[tuple[list[_Panel], list[Bounds]]] = []
    named = legend(sheet, content.first, content.last, content.breaks, content.events)
    top, done = named.height, 0
    for size in rows:
        panels = content.panels[done : done + size]
        slots = max(size, 2) if len(rows) > 1 and not content.single else size
        width = (sheet.width - gap * (slots - 1)) / slots
        height = 88.0 if sheet.narrow else 108.0 if size <= 2 else 84.0
        start = top + _HEADING + 15.5 * max(len(_name_lines(sheet, panel, width)) - 1 for panel in panels)
        lefts = [i * (width + gap) for i in range(size)]
        placed.append((panels, [Bounds(left, start, left + width, start + height) for left in lefts]))
        done += size
        top = start + height + _AXIS + _BETWEEN_ROWS
    canvas = Canvas(sheet, top - _BETWEEN_ROWS + 2, key)
    named.draw(canvas)
    missing_named = False
    for panels, boxes in placed:
        missing_named = _draw_row(canvas, content, panels, boxes, missing_named) or missing_named
    return canvas.svg()


def _draw_row(
    canvas: Canvas, content: _Content, panels: Sequence[_Panel], boxes: Sequence[Bounds], named: bool
) -> bool:
    """Draw panels that share a scale; returns True if one of them names its missing years."""
    kind = panels[0].kind
    ticks = covering_ticks(max(panel.highest for panel in panels), kind)
    frames = [YearPlot(box, content.first, content.last, ticks[-1]) for box in boxes]
    chosen, scale = _scale(canvas.sheet, panels, frames, ticks)
    for panel, frame in zip(panels, frames, strict=True):
        for value in ticks[1:]:
            y = frame.y(value)
            canvas.line([(frame.box.left, y), (frame.box.right, y)], "grid")
        draw_bars(canvas, frame, panel.values, content.report_year, panel.kind, panel.name)
        named = draw_missing(canvas, frame, panel.values, not named) or named
        draw_lines(canvas, frame, content.breaks, content.events)
        draw_year_axis(canvas, frame, content.report_year, bounds=(frame.box.left, frame.box.right), few=True)
    for value, box in scale.items():
        canvas.text(
            box.right,
            box.bottom - DESCENT * canvas.sheet.axis,
            tick(value, kind),
            role="ink2",
            size=canvas.sheet.axis,
            anchor="end",
        )
    for i, (panel, frame) in enumerate(zip(panels, frames, strict=True)):
        _draw_heading(canvas, panel, frame, content, list(scale.values()) if i == chosen else [])
    return named


def draw_bars(
    canvas: Canvas,
    frame: YearPlot,
    values: Mapping[int, float],
    report_year: int | None,
    kind: str = "",
    name: str = "",
) -> None:
    """Draw vertical bars, the report year accented, the others as context; without a report year all accented.

    With a ``kind`` each bar tells its value, and what ``name`` it is of.
    """
    half = frame.slot * BAR / 2
    for year, value in values.items():
        x = frame.x(year)
        role = "accent" if report_year in (None, year) else "soft"
        said = f"{name}, {year_label(year)}: {shown(value, kind)}" if kind else ""
        canvas.bar(Bounds(x - half, frame.y(value), x + half, frame.box.bottom), role, value=said)


def draw_missing(canvas: Canvas, frame: YearPlot, present: Collection[int], name_it: bool = True) -> bool:
    """Write "no data" into the empty slots, or shade them where it does not fit; True if written.

    ``name_it`` False leaves slots empty that would hold the words.
    """
    size = canvas.sheet.axis
    missing = [y for y in range(frame.first, frame.last + 1) if y not in present]
    written = False
    for first, last in runs(missing):
        fits = (last - first + 1) * frame.slot >= size * 0.9
        if name_it and fits and frame.box.height > text_width(NO_DATA, size) + 6:
            canvas.turned((frame.x(first) + frame.x(last)) / 2, frame.box.bottom - 5, NO_DATA, size=size)
            written = True
        elif not fits:
            left, right = frame.x(first) - frame.slot * BAR / 2, frame.x(last) + frame.slot * BAR / 2
            canvas.rectangle(Bounds(left, frame.box.top, right, frame.box.bottom), "none", outline="mute")
    return written


def _scale_boxes(sheet: Sheet, frame: YearPlot, ticks: Sequence[float], kind: str) -> dict[float, Bounds]:
    """Return where the labels of the gridlines would stand: above them, at the right edge."""
    boxes = {}
    for value in ticks[1:]:
        baseline = frame.y(value) - 4
        width = text_width(tick(value, kind), sheet.axis)
        boxes[value] = Bounds(
            frame.box.right - width,
            baseline - ASCENT * sheet.axis,
            frame.box.right,
            baseline + DESCENT * sheet.axis,
        )
    return boxes


def _scale(
    sheet: Sheet, panels: Sequence[_Panel], frames: Sequence[YearPlot], ticks: Sequence[float]
) -> tuple[int, dict[float, Bounds]]:
    """Return the panel to label the scale in, and the labels that no bar hits there.

    It is the panel where most labels stay clear of bars and of the words in empty slots, the rightmost of
    equals. The highest label always does.
    """
    clear: list[dict[float, Bounds]] = []
    for panel, frame in zip(panels, frames, strict=True):
        words = frame.box.bottom - text_width(NO_DATA, sheet.axis) - 8
        half = frame.slot * BAR / 2
        bars = [
            Bounds(
                frame.x(year) - half,
                frame.y(panel.values[year]) if year in panel.values else words,
                frame.x(year) + half,
                frame.box.bottom,
            )
            for year in range(frame.first, frame.last + 1)
        ]
        boxes = _scale_boxes(sheet, frame, ticks, panels[0].kind)
        free = {
            value: box for value, box in boxes.items() if not any(box.grown(1).overlap(bar) for bar in bars)
        }
        clear.append({**free, ticks[-1]: boxes[ticks[-1]]})
    chosen = max(range(len(clear)), key=lambda i: (len(clear[i]), i))
    return chosen, clear[chosen]


def _draw_heading(
    canvas: Canvas, panel: _Panel, frame: YearPlot, content: _Content, taken: Sequence[Bounds]
) -> None:
    """Write name, value and change above a panel, short of the labels of the scale."""
    sheet, left, baseline = canvas.sheet, frame.box.left, frame.box.top - 10
    lines = _name_lines(sheet, panel, frame.box.width)
    for count, line in enumerate(reversed(lines)):
        canvas.text(left, baseline - 17 - 15.5 * count, line, weight=SEMIBOLD)
    value = panel.values.get(content.report_year)
    written = canvas.text(left, baseline, shown(value, panel.kind), role="accent", weight=SEMIBOLD)
    if panel.change and value is not None:
        high = [
            box.left - 5 for box in taken if box.bottom > baseline - sheet.label and box.top < baseline + 3
        ]
        start = written.right + 9
        if start + text_width(panel.change, sheet.label) <= min(high, default=frame.box.right):
            canvas.text(start, baseline, panel.change, role="ink2")


def _name_lines(sheet: Sheet, panel: _Panel, width: float) -> tuple[str, ...]:
    return wrap(panel.name, width, sheet.label, SEMIBOLD, most=2)
