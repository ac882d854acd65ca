"""Risers and fallers about one zero line, with both values in columns."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import UNITS, check_kind, known, signed
from milaid.charts.rows import ValueColumn, draw_value_heads, draw_values, middle_baseline, value_columns
from milaid.charts.said import changes
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, shorten, text_width, wrap
from milaid.errors import ReportError

_ROW, _BAR, _BETWEEN = 22.5, 15.0, 18.0


@dataclass(frozen=True)
class _Change:
    label: str
    previous: float
    value: float

    @property
    def change(self) -> float:
        return self.value - self.previous


@dataclass(frozen=True)
class _Content:
    sections: list[list[_Change]]
    kind: str
    report_year: int
    previous_year: int
    label_head: str
    words: tuple[str, str]

    @property
    def rows(self) -> list[_Change]:
        return [row for rows in self.sections for row in rows]


@dataclass(frozen=True)
class _Layout:
    label_width: float
    zero: float
    scale: float
    values: list[ValueColumn]


def risers_and_fallers(
    frame: pd.DataFrame,
    *,
    key: str,
    report_year: int,
    label: str,
    value: str,
    previous: str,
    previous_year: int | None = None,
    kind: str = "integer",
    label_head: str = "Recipient",
    words: tuple[str, str] = ("Fewer", "More"),
) -> Drawings:
    """Draw increases above and decreases below, in the order of the frame, from one zero line.

    Columns: ``label``, ``value`` (report year) and ``previous`` (``previous_year``, the year before unless
    given); the change is their difference. ``words`` stand left and right of the zero line. Raises ReportError
    for an empty frame or a missing value, for which no change can be computed.
    """
    rows = []
    for name, now, before in zip(frame[label], frame[value], frame[previous], strict=True):
        amounts = known(before), known(now)
        if amounts[0] is None or amounts[1] is None:
            raise ReportError(
                f"figure {key!r}: no change can be drawn for {name!r}, values {before!r}, {now!r}"
            )
        rows.append(_Change(str(name), amounts[0], amounts[1]))
    if not rows:
        raise ReportError(f"figure {key!r}: the frame has no row to draw a change for")
    up, down = [row for row in rows if row.change >= 0], [row for row in rows if row.change < 0]
    sections = [section for section in (up, down) if section]
    before_year = previous_year if previous_year is not None else report_year - 1
    content = _Content(sections, check_kind(kind), report_year, before_year, label_head, words)
    said = changes([(row.label, row.change) for row in content.rows], content.kind)
    return both(lambda sheet: _draw(sheet, key, content), said)


def _layout(sheet: Sheet, content: _Content) -> _Layout:
    rows = content.rows
    columns = [
        (content.previous_year, [row.previous for row in rows], False),
        (content.report_year, [row.value for row in rows], True),
    ]
    values, begin = value_columns(sheet, content.kind, columns)
    head = text_width(content.label_head, sheet.axis)
    widest = min(262.0, max(head, *(text_width(row.label, sheet.label) for row in rows)))
    # On the narrow sheet the bars have lines of their own and run under labels and values.
    left, right = (0.0, sheet.width) if sheet.narrow else (widest + 18, begin - 20)
    room, longest = [0.0, 0.0], [0.0, 0.0]
    for row in rows:
        side = int(row.change >= 0)
        width = text_width(signed(row.change, content.kind), sheet.label, SEMIBOLD) + 7
        room[side] = max(room[side], width)
        longest[side] = max(longest[side], abs(row.change))
    for side in {int(row.change >= 0) for row in rows}:
        room[side] = max(room[side], text_width(content.words[side], sheet.axis, SEMIBOLD) + 10)
    scale = (right - left - sum(room)) / (sum(longest) or 1.0)
    return _Layout(widest, left + room[0] + longest[0] * scale, scale, values)


def _lines(sheet: Sheet, layout: _Layout, row: _Change) -> tuple[str, ...]:
    if sheet.narrow:
        first = layout.values[0]
        return wrap(row.label, first.right - first.width - 12, sheet.label, most=2)
    return (shorten(row.label, layout.label_width, sheet.label),)


def _height(sheet: Sheet, layout: _Layout, row: _Change) -> float:
    return 21 + 15.5 * len(_lines(sheet, layout, row)) if sheet.narrow else _ROW


def _draw(sheet: Sheet, key: str, content: _Content) -> str:
    layout = _layout(sheet, content)
    head = sheet.axis * (1 + 1.35 * _upper_lines(sheet, content)) + 10
    height = head + 4 + _BETWEEN * (len(content.sections) - 1)
    height += sum(_height(sheet, layout, row) for row in content.rows)
    canvas = Canvas(sheet, height + 2, key)
    _draw_head(canvas, layout, content, head - 8)
    canvas.line([(0, head), (sheet.width, head)], "ink2")
    top = head + 3
    for count, section in enumerate(content.sections):
        if count:
            middle = top + _BETWEEN / 2 + 1
            canvas.line([(0, middle), (sheet.width, middle)], "rule")
            top += _BETWEEN
        start = top
        for position, row in enumerate(section, start=1):
            height = _height(sheet, layout, row)
            _draw_change(canvas, layout, row, top, height, content.kind)
            top += height
            if sheet.narrow and position < len(section):
                canvas.line([(0, top), (sheet.width, top)], "grid")
        if not sheet.narrow:
            canvas.line([(layout.zero, start), (layout.zero, top)], "ink2", over=True)
    return canvas.svg()


def _upper_lines(sheet: Sheet, content: _Content) -> int:
    """Return how many lines of the head stand above the last: the unit, and on a phone the words."""
    return int(sheet.narrow) + int(bool(UNITS[content.kind]))


def _draw_head(canvas: Canvas, layout: _Layout, content: _Content, baseline: float) -> None:
    size = canvas.sheet.axis
    lines = _upper_lines(canvas.sheet, content) if canvas.sheet.narrow else 0
    upper = baseline - size * 1.35 * lines
    draw_value_heads(canvas, layout.values, baseline, content.kind)
    canvas.text(0, baseline, content.label_head, role="ink2", size=size)
    fewer, more = content.words
    if any(row.change < 0 for row in content.rows):
        canvas.text(layout.zero - 8, upper, fewer, role="other", size=size, weight=SEMIBOLD, anchor="end")
    if any(row.change >= 0 for row in content.rows):
        canvas.text(layout.zero + 8, upper, more, role="accent", size=size, weight=SEMIBOLD)


def _draw_change(canvas: Canvas, layout: _Layout, row: _Change, top: float, height: float, kind: str) -> None:
    sheet, size = canvas.sheet, canvas.sheet.label
    thick = 12.0 if sheet.narrow else _BAR
    bar_top = top + height - 17.5 if sheet.narrow else top + (height - thick) / 2
    baseline = middle_baseline(bar_top, thick, size)
    first = top + size + 2 if sheet.narrow else baseline
    for count, line in enumerate(_lines(sheet, layout, row)):
        canvas.text(0, first + 15.5 * count, line)
    draw_values(canvas, layout.values, first, kind, [row.previous, row.value])
    end = layout.zero + row.change * layout.scale
    role = "accent" if row.change >= 0 else "other"
    if row.change:
        box = Bounds(min(end, layout.zero), bar_top, max(end, layout.zero), bar_top + thick)
        canvas.rectangle(box, role, value=f"{row.label}: {signed(row.change, kind)}")
    shift, anchor = (5, "start") if row.change >= 0 else (-5, "end")
    canvas.text(end + shift, baseline, signed(row.change, kind), role=role, weight=SEMIBOLD, anchor=anchor)
    if sheet.narrow:
        canvas.line([(layout.zero, bar_top - 2), (layout.zero, bar_top + thick + 2)], "ink2", over=True)
