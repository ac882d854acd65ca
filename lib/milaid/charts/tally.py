"""Counts as horizontal bars made of parts, with columns of numbers at the right: what agrees, what does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import known, number
from milaid.charts.rows import middle_baseline
from milaid.charts.said import in_rows
from milaid.charts.style import REGULAR, SEMIBOLD, Drawings, Sheet, both, text_width
from milaid.errors import ReportError

_ROW, _STACKED_ROW, _BAR, _LEAST = 22.5, 37.0, 15.0, 3.0
_KEY_LINE, _SWATCH = 19.0, 10.0


@dataclass(frozen=True)
class Part:
    """One part of every bar: its column in the frame, its name and its role colour."""

    column: str
    name: str
    role: str


@dataclass(frozen=True)
class Count:
    """A column of numbers beside the bars: its column in the frame and its head."""

    column: str
    head: str
    main: bool = False


@dataclass(frozen=True)
class _Content:
    labels: list[str]
    values: list[list[float]]
    counts: list[list[str]]
    parts: Sequence[Part]
    columns: Sequence[Count]
    label_head: str


def tally_bars(
    frame: pd.DataFrame,
    *,
    key: str,
    label: str,
    parts: Sequence[Part],
    counts: Sequence[Count],
    label_head: str = "",
) -> Drawings:
    """Draw one bar a row of the frame, from zero, made of ``parts`` in their order, and numbers beside it.

    A missing number is a part of no length and is written as a dash. A part that is there is at least three px
    long, so that one in a thousand can be seen. Raises ReportError for an empty frame or a negative part.
    """
    if frame.empty:
        raise ReportError(f"figure {key!r}: the frame has no row to draw a bar for")
    values = [[known(record[part.column]) or 0.0 for part in parts] for record in frame.to_dict("records")]
    for name, row in zip(frame[label], values, strict=True):
        if min(row) < 0:
            raise ReportError(f"figure {key!r}: {name!r} has a negative part {row}; bars start at zero")
    texts = [
        [number(record[count.column], "integer") for count in counts] for record in frame.to_dict("records")
    ]
    shown = [part for position, part in enumerate(parts) if any(row[position] for row in values)]
    kept = [position for position, part in enumerate(parts) if part in shown]
    content = _Content(
        [str(name) for name in frame[label]],
        [[row[position] for position in kept] for row in values],
        texts, shown, counts, label_head,
    )  # fmt: skip
    return both(lambda sheet: _draw(sheet, key, content), _said(content))


def _said(content: _Content) -> str:
    """Return what each part comes to in the rows."""
    parts = [
        (
            part.name,
            in_rows(
                [(name, row[i]) for name, row in zip(content.labels, content.values, strict=True)], "integer"
            ),
        )
        for i, part in enumerate(content.parts)
    ]
    return " ".join(f"{name}. {text}" for name, text in parts)


def _draw(sheet: Sheet, key: str, content: _Content) -> str:
    rights = _column_rights(sheet, content)
    first = rights[0] - _column_width(sheet, content, 0)
    label = max(text_width(t, sheet.label) for t in [content.label_head, *content.labels])
    left, right = (0.0, sheet.width) if sheet.narrow else (label + 14, first - 22)
    lines = _key_lines(sheet, content.parts)
    head = len(lines) * _KEY_LINE + sheet.axis + 14
    row = _STACKED_ROW if sheet.narrow else _ROW
    canvas = Canvas(sheet, head + 4 + row * len(content.labels), key)
    _draw_key(canvas, lines)
    _draw_heads(canvas, content, rights, head - 8)
    canvas.line([(0, head), (sheet.width, head)], "ink2")
    highest = max(sum(values) for values in content.values) or 1.0
    scale = (right - left - _LEAST * len(content.parts)) / highest
    for position, name in enumerate(content.labels):
        top = head + 3 + position * row
        if position and position % 5 == 0:
            canvas.line([(0, top - 1), (sheet.width, top - 1)], "grid")
        bar = top + 20 if sheet.narrow else top + (_ROW - _BAR) / 2
        baseline = top + 14 if sheet.narrow else middle_baseline(bar, _BAR, sheet.label)
        canvas.text(0, baseline, name)
        _draw_numbers(canvas, content, rights, position, baseline)
        _draw_bar(canvas, content, position, (left, bar, scale))
    if not sheet.narrow:
        canvas.line([(left, head + 3), (left, canvas.height - 1)], "ink2", over=True)
    return canvas.svg()


def _column_width(sheet: Sheet, content: _Content, position: int) -> float:
    weight = SEMIBOLD if content.columns[position].main else REGULAR
    cells = (text_width(row[position], sheet.label, weight) for row in content.counts)
    return max(text_width(content.columns[position].head, sheet.axis, weight), *cells)


def _column_rights(sheet: Sheet, content: _Content) -> list[float]:
    """Return the right edges of the columns of numbers, set against the right edge of the sheet."""
    rights: list[float] = []
    x = sheet.width
    for position in reversed(range(len(content.columns))):
        rights.append(x)
        x -= _column_width(sheet, content, position) + (14 if sheet.narrow else 18)
    return rights[::-1]


def _key_lines(sheet: Sheet, parts: Sequence[Part]) -> list[list[tuple[float, Part]]]:
    """Return the key of the parts as lines of (x, part)."""
    lines: list[list[tuple[float, Part]]] = [[]]
    x = 0.0
    for part in parts:
        width = _SWATCH + 6 + text_width(part.name, sheet.axis)
        if x and x + width > sheet.width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, part))
        x += width + 20
    return lines


def _draw_key(canvas: Canvas, lines: Sequence[Sequence[tuple[float, Part]]]) -> None:
    for position, line in enumerate(lines):
        baseline = position * _KEY_LINE + 12
        for x, part in line:
            canvas.rectangle(Bounds(x, baseline - _SWATCH + 1, x + _SWATCH, baseline + 1), part.role)
            canvas.text(x + _SWATCH + 6, baseline, part.name, size=canvas.sheet.axis)


def _draw_heads(canvas: Canvas, content: _Content, rights: Sequence[float], baseline: float) -> None:
    size = canvas.sheet.axis
    canvas.text(0, baseline, content.label_head, role="ink2", size=size)
    for column, right in zip(content.columns, rights, strict=True):
        role, weight = ("ink", SEMIBOLD) if column.main else ("ink2", REGULAR)
        canvas.text(right, baseline, column.head, role=role, size=size, weight=weight, anchor="end")


def _draw_numbers(
    canvas: Canvas, content: _Content, rights: Sequence[float], position: int, baseline: float
) -> None:
    for column, right, text in zip(content.columns, rights, content.counts[position], strict=True):
        role, weight = ("ink", SEMIBOLD) if column.main else ("ink2", REGULAR)
        canvas.text(right, baseline, text, role=role, weight=weight, anchor="end")


def _draw_bar(canvas: Canvas, content: _Content, row: int, place: tuple[float, float, float]) -> None:
    """Draw the parts of the bar of a row; ``place`` is its left edge, its top and the px of one counted thing."""
    x, top, scale = place
    height = 11.0 if canvas.sheet.narrow else _BAR
    for part, value in zip(content.parts, content.values[row], strict=True):
        if value:
            length = max(value * scale, _LEAST)
            said = f"{content.labels[row]}, {part.name}: {number(value, 'integer')}"
            canvas.rectangle(Bounds(x, top, x + length, top + height), part.role, value=said)
            x += length
