"""Which fiscal years something is in: one row each, a bar over every run of years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.charts.axes import YearPlot, draw_year_axis, draw_years_above
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.rows import middle_baseline
from milaid.charts.said import years_of
from milaid.charts.style import Drawings, Sheet, both, shorten, text_width
from milaid.errors import ReportError
from milaid.fiscal import runs, span

_ROW, _HEAD, _FOOT, _GROUP = 17.0, 20.0, 26.0, 5


@dataclass(frozen=True)
class _Content:
    rows: Sequence[tuple[str, str, tuple[int, ...]]]
    first: int
    last: int


def spans(
    frame: pd.DataFrame,
    *,
    key: str,
    first: int,
    last: int,
    label: str = "label",
    role: str = "role",
    year: str = "fiscal_year",
) -> Drawings:
    """Draw a row for each label, in the order of the frame, with a bar over the years it has.

    ``frame`` has one row a label and year; ``role`` holds the role colour of the label's bars. Years that follow each
    other are one bar. Raises ReportError for no row, or a year outside ``first`` to ``last``.
    """
    outside = sorted({int(y) for y in frame[year] if not first <= int(y) <= last})
    if frame.empty or outside:
        raise ReportError(f"figure {key!r}: {f'years outside the axis: {outside}' if outside else 'no row'}")
    rows = [
        (str(name), str(part[role].iloc[0]), tuple(int(y) for y in part[year]))
        for name, part in frame.groupby(label, sort=False)
    ]
    content = _Content(rows, first, last)
    return both(
        lambda sheet: _draw(sheet, key, content), years_of([(name, years) for name, _, years in rows])
    )


def _draw(sheet: Sheet, key: str, content: _Content) -> str:
    size = sheet.axis if sheet.narrow else sheet.label
    widest = max(text_width(name, size) for name, _, _ in content.rows)
    left = min(widest + 12, sheet.width * (0.42 if sheet.narrow else 0.4))
    box = Bounds(left, _HEAD, sheet.width - 4, _HEAD + _ROW * len(content.rows) + 4)
    frame = YearPlot(box, content.first, content.last, 1.0)
    canvas = Canvas(sheet, box.bottom + _FOOT, key)
    draw_years_above(canvas, frame, left, 6)
    for position, (name, role, years) in enumerate(content.rows):
        top = box.top + 2 + position * _ROW
        if position and position % _GROUP == 0:
            canvas.line([(0, top), (canvas.width, top)], "grid")
        canvas.text(0, middle_baseline(top, _ROW, size), shorten(name, left - 8, size), size=size)
        for begin, end in runs(years):
            bar = Bounds(frame.x(begin - 0.5) + 1, top + 3.5, frame.x(end + 0.5) - 1, top + _ROW - 3.5)
            canvas.rectangle(bar, role, value=f"{name}: {span(begin, end)}")
    draw_year_axis(canvas, frame, None, bounds=(left, canvas.width))
    return canvas.svg()
