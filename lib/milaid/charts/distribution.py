"""Distributions: how many of something fall into each class, as labelled bars."""

from __future__ import annotations

import pandas as pd

from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import check_kind, known, number
from milaid.charts.formats import label as shown
from milaid.charts.rows import middle_baseline
from milaid.charts.said import in_rows
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, shorten, text_width, wrap
from milaid.errors import ReportError

_PLOT = 190.0


def distribution(
    frame: pd.DataFrame,
    *,
    key: str,
    label: str = "class",
    value: str = "count",
    kind: str = "integer",
    share: bool = True,
    role: str = "accent",
    axis_label: str = "",
) -> Drawings:
    """Draw a bar for each class of the frame, in its order, with the count and the share of all above it.

    Columns: ``label`` (the class as written, "1–5 days") and ``value``; the last rows may hold what has no
    class ("not stated"). ``axis_label`` names the classes below the bars. On a phone, and where labels need
    more room than a class has, the bars are horizontal. Raises ReportError for an empty frame or a missing or
    negative value.
    """
    check_kind(kind)
    rows = [(str(name), known(raw)) for name, raw in zip(frame[label], frame[value], strict=True)]
    wrong = [f"{name}: {amount}" for name, amount in rows if amount is None or amount < 0]
    if wrong or not rows:
        raise ReportError(f"figure {key!r}: classes without a count of zero or more: {wrong or 'no rows'}")
    counts = [(name, float(amount or 0)) for name, amount in rows]

    def draw(sheet: Sheet) -> str:
        room = sheet.width / len(counts) - 8
        crowded = any(
            text_width(line, sheet.axis) > room or len(_class_lines(name, sheet, room)) > 2
            for name, _ in counts
            for line in _class_lines(name, sheet, room)
        ) or any(text_width(shown(amount, kind), sheet.label, SEMIBOLD) > room for _, amount in counts)
        cut = any(line.endswith("…") for name, _ in counts for line in _class_lines(name, sheet, room))
        if sheet.narrow or crowded or cut:
            return _draw_rows(sheet, key, counts, kind, share, role)
        return _draw_columns(sheet, key, counts, kind, share, role, axis_label)

    return both(draw, in_rows(rows, kind))


def _class_lines(name: str, sheet: Sheet, room: float) -> tuple[str, ...]:
    return wrap(name, room, sheet.axis, most=2)


def _percent(amount: float, total: float) -> str:
    return number(amount / total * 100 if total else None, "share")


def _draw_columns(
    sheet: Sheet,
    key: str,
    counts: list[tuple[str, float]],
    kind: str,
    share: bool,
    role: str,
    axis_label: str,
) -> str:
    total, highest = sum(amount for _, amount in counts), max(amount for _, amount in counts) or 1.0
    head = 40.0 if share else 24.0
    width = sheet.width / len(counts)
    labels = [_class_lines(name, sheet, width - 8) for name, _ in counts]
    lines = max(len(label) for label in labels)
    foot = 8 + 15.5 * lines + (18 if axis_label else 0)
    canvas = Canvas(sheet, head + _PLOT + foot, key)
    bottom = head + _PLOT
    for i, (name, amount) in enumerate(counts):
        middle = width * (i + 0.5)
        canvas.bar(
            Bounds(middle - 0.45 * width, bottom - amount / highest * _PLOT, middle + 0.45 * width, bottom),
            role,
            value=f"{name}: {shown(amount, kind)}",
        )
    canvas.line([(0, bottom), (sheet.width, bottom)], "ink2")
    for i, (_, amount) in enumerate(counts):
        middle, top = width * (i + 0.5), bottom - amount / highest * _PLOT
        if share:
            canvas.text(middle, top - 6, _percent(amount, total), role="ink2", anchor="middle")
        canvas.text(middle, top - (22 if share else 6), shown(amount, kind), weight=SEMIBOLD, anchor="middle")
        for count, line in enumerate(labels[i]):
            canvas.text(
                middle, bottom + 18 + 15.5 * count, line, role="ink2", size=sheet.axis, anchor="middle"
            )
    if axis_label:
        canvas.text(0, bottom + foot - 3, axis_label, role="ink2", size=sheet.axis)
    return canvas.svg()


def _draw_rows(
    sheet: Sheet, key: str, counts: list[tuple[str, float]], kind: str, share: bool, role: str
) -> str:
    total, highest = sum(amount for _, amount in counts), max(amount for _, amount in counts) or 1.0
    row = 23.0
    canvas = Canvas(sheet, row * len(counts) + 4, key)
    left = min(max(text_width(name, sheet.label) for name, _ in counts), sheet.width * 0.36) + 12
    values = max(text_width(shown(amount, kind), sheet.label, SEMIBOLD) for _, amount in counts)
    shares = text_width("100.0%", sheet.label) + 12 if share else 0.0
    right = sheet.width - shares
    longest = right - values - 10 - left
    for i, (name, amount) in enumerate(counts):
        top = 2 + row * i
        baseline = middle_baseline(top, row, sheet.label)
        canvas.text(0, baseline, shorten(name, left - 10, sheet.label))
        if amount:
            end = left + amount / highest * longest
            box = Bounds(left, top + 4, end, top + row - 4)
            canvas.rectangle(box, role, value=f"{name}: {shown(amount, kind)}")
        canvas.text(right, baseline, shown(amount, kind), weight=SEMIBOLD, anchor="end")
        if share:
            canvas.text(sheet.width, baseline, _percent(amount, total), role="ink2", anchor="end")
    canvas.line([(left, 1), (left, 3 + row * len(counts))], "ink2", over=True)
    return canvas.svg()
