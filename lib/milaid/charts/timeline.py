"""What happened when: gaps, breaks and changes of a series, one a row, below each other along the years."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from milaid.charts.axes import YearPlot, draw_year_axis, draw_years_above
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.rows import middle_baseline
from milaid.charts.said import when
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, shorten, text_width
from milaid.errors import ReportError

_ROW, _HEAD, _FOOT, _KEY = 23.0, 22.0, 24.0, 24.0
_KINDS = {
    "gap": "No data",
    "break": "Break: totals not comparable with those before",
    "change": "Change: totals comparable",
}


_WORDS = {"gap": "no data", "break": "break", "change": "change"}


@dataclass(frozen=True)
class _Mark:
    first: int
    last: int
    kind: str
    label: str


@dataclass(frozen=True)
class _Content:
    marks: list[_Mark]
    first: int
    last: int


def timeline(
    frame: pd.DataFrame,
    *,
    key: str,
    first: int,
    last: int,
    year: str = "fiscal_year",
    kind: str = "kind",
    label: str = "label",
) -> Drawings:
    """Draw one row a mark, ascending by year, on the years from ``first`` to ``last``, with its label beside it.

    ``kind`` is ``gap`` (a band over the year), ``break`` or ``change`` (a mark before the year, from which on it
    holds). Gaps of following years with the same label are one band. Marks outside the years are left out.
    Raises ReportError for an unknown kind, or when no mark lies within the years.
    """
    unknown = sorted(set(frame[kind]) - set(_KINDS))
    if unknown:
        raise ReportError(f"figure {key!r}: unknown kinds {unknown}; allowed: {', '.join(_KINDS)}")
    marks: list[_Mark] = []
    for record in frame.sort_values([year, kind, label], kind="stable").to_dict("records"):
        at = int(record[year])
        mark = _Mark(at, at, str(record[kind]), str(record[label]))
        before = marks[-1] if marks else None
        if (
            before
            and mark.kind == before.kind == "gap"
            and (before.last, before.label) == (at - 1, mark.label)
        ):
            marks[-1] = _Mark(before.first, at, "gap", mark.label)
        elif first <= at <= last:
            marks.append(mark)
    if not marks:
        raise ReportError(f"figure {key!r}: no mark lies in the years {first} to {last}")
    said = when([(_WORDS[mark.kind], mark.label, mark.first, mark.last) for mark in marks])
    return both(lambda sheet: _draw(sheet, key, _Content(marks, first, last)), said)


def _draw(sheet: Sheet, key: str, content: _Content) -> str:
    kinds = [kind for kind in _KINDS if any(mark.kind == kind for mark in content.marks)]
    top = _KEY * (len(kinds) if sheet.narrow else 1) + _HEAD
    box = Bounds(6, top, sheet.width - 6, top + _ROW * len(content.marks) + 8)
    frame = YearPlot(box, content.first, content.last, 1.0)
    canvas = Canvas(sheet, box.bottom + _FOOT, key)
    _draw_key(canvas, kinds)
    draw_years_above(canvas, frame, 0, 7)
    for position, mark in enumerate(content.marks):
        _draw_mark(canvas, frame, mark, box.top + 4 + position * _ROW)
    draw_year_axis(canvas, frame, None)
    return canvas.svg()


def _draw_key(canvas: Canvas, kinds: list[str]) -> None:
    x, baseline = 0.0, 12.0
    for kind in kinds:
        _draw_sign(canvas, kind, x + 6, baseline - 4)
        name = _KINDS[kind]
        width = canvas.text(x + 18, baseline, name, size=canvas.sheet.axis).width
        if canvas.sheet.narrow:
            baseline += _KEY
        else:
            x += 18 + width + 24


def _draw_mark(canvas: Canvas, frame: YearPlot, mark: _Mark, top: float) -> None:
    middle = top + _ROW / 2
    left = frame.x(mark.first - 0.5)
    right = frame.x(mark.last + 0.5) if mark.kind == "gap" else left
    if mark.kind == "gap":
        canvas.rectangle(Bounds(left, top + 3, right, top + _ROW - 3), "none", outline="mute")
    else:
        _draw_sign(canvas, mark.kind, left, middle)
    _draw_label(canvas, mark, (left, right), middle_baseline(top, _ROW, canvas.sheet.label))


def _draw_sign(canvas: Canvas, kind: str, x: float, y: float) -> None:
    if kind == "gap":
        canvas.rectangle(Bounds(x - 6, y - 5, x + 6, y + 5), "none", outline="mute")
    elif kind == "break":
        canvas.rectangle(Bounds(x - 1.5, y - 8, x + 1.5, y + 8), "other", over=True)
    else:
        canvas.rectangle(Bounds(x - 4.5, y - 4.5, x + 4.5, y + 4.5), "accent", over=True)


def _draw_label(canvas: Canvas, mark: _Mark, span: tuple[float, float], baseline: float) -> None:
    """Write the label on the side of the mark that has more room for it."""
    size, weight = canvas.sheet.label, SEMIBOLD if mark.kind == "break" else 400
    room_right, room_left = canvas.width - span[1] - 10, span[0] - 10
    width = text_width(mark.label, size, weight)
    to_right = width <= room_right or room_right >= room_left
    text = shorten(mark.label, room_right if to_right else room_left, size, weight)
    x = span[1] + 10 if to_right else span[0] - 10
    anchor = "start" if to_right else "end"
    canvas.text(x, baseline, text, weight=weight, anchor=anchor, backed=True)
