"""Shares as a table of shaded cells: one row a thing, one column a field, the share written in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.blocks.palette import OUTLINED
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import known
from milaid.charts.rows import middle_baseline
from milaid.charts.said import shares
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, text_width, wrap
from milaid.errors import ReportError

_CLASSES = ((50.0, "m1", "ink"), (90.0, "m2", "ink"), (99.5, "m4", "paper"), (float("inf"), "m5", "paper"))
"""Shares below the first number have this fill and this colour of text."""
_CELL, _SPACE, _LABEL_GAP = 22.0, 2.0, 12.0
_NARROW_COLUMNS = 5
_NO_COLUMN = "–"
_EVERY = 5


@dataclass(frozen=True)
class _Content:
    rows: list[str]
    columns: dict[str, str]
    values: Mapping[tuple[str, str], float | None]
    row_head: str


def heat_table(
    frame: pd.DataFrame,
    *,
    key: str,
    row: str,
    column: str,
    value: str,
    heads: Mapping[str, str],
    row_head: str = "",
) -> Drawings:
    """Draw a table of shares in percent, further from paper the more; a missing one is grey with a dash.

    ``frame`` has one line a cell; rows come in the order of the frame, columns in that of ``heads`` (value of
    ``column`` -> head). Only a share of just 100 is written as 100, and only 0 as 0. On a phone the columns stand
    in panels of five below each other. Raises ReportError for no cell, a cell given twice, or a share outside
    0 to 100.
    """
    cells: dict[tuple[str, str], float | None] = {}
    for name, field, share in zip(frame[row], frame[column], frame[value], strict=True):
        amount = known(share)
        if (str(name), str(field)) in cells:
            raise ReportError(f"figure {key!r}: the cell {name!r}, {field!r} is given twice")
        if amount is not None and not 0 <= amount <= 100:
            raise ReportError(f"figure {key!r}: {name!r}, {field!r} is {amount}, no share in percent")
        cells[str(name), str(field)] = amount
    columns = {name: head for name, head in heads.items() if any(field == name for _, field in cells)}
    if not columns:
        raise ReportError(f"figure {key!r}: no cell belongs to the columns {', '.join(heads)}")
    content = _Content(list(dict.fromkeys(str(name) for name in frame[row])), columns, cells, row_head)
    return both(lambda sheet: _draw(sheet, key, content), shares(columns, content.rows, cells))


def percent_text(share: float | None) -> str:
    """Return a share as a cell shows it: ``100`` and ``0`` only when it is just that, a dash where none."""
    if share is None:
        return _NO_COLUMN
    if 0 < share < 0.5:
        return "<1"
    return ">99" if 99.5 <= share < 100 else f"{share:.0f}"


def _draw(sheet: Sheet, key: str, content: _Content) -> str:
    names = list(content.columns)
    size = _NARROW_COLUMNS if sheet.narrow else len(names)
    # Panels of about the same number of columns: six fields are three and three, not five and one.
    count = -(-len(names) // size)
    per = -(-len(names) // count)
    panels = [names[i : i + per] for i in range(0, len(names), per)]
    label = max(text_width(t, sheet.label) for t in [content.row_head, *content.rows]) + _LABEL_GAP
    heads = [_heads(sheet, content, panel, (sheet.width - label) / per) for panel in panels]
    heights = [max(len(lines) for lines in panel) * sheet.axis * 1.3 + 8 for panel in heads]
    body = len(content.rows) * (_CELL + _SPACE)
    canvas = Canvas(sheet, sum(heights) + count * (body + 14), key)
    top = 0.0
    for panel, lines, head in zip(panels, heads, heights, strict=True):
        _draw_panel(canvas, content, panel, lines, (label, top, head, (sheet.width - label) / per))
        top += head + body + 14
    return canvas.svg()


def _heads(sheet: Sheet, content: _Content, panel: Sequence[str], width: float) -> list[tuple[str, ...]]:
    return [wrap(content.columns[name], width - 6, sheet.axis, SEMIBOLD, most=3) for name in panel]


def _draw_panel(
    canvas: Canvas,
    content: _Content,
    panel: Sequence[str],
    heads: Sequence[tuple[str, ...]],
    place: tuple[float, float, float, float],
) -> None:
    """Draw heads and cells; ``place`` is where cells begin, top, height of the heads and width of a column."""
    left, top, head, width = place
    size = canvas.sheet.axis
    canvas.text(0, top + head - 8, content.row_head, role="ink2", size=size, weight=SEMIBOLD)
    for position, lines in enumerate(heads):
        middle = left + (position + 0.5) * width
        for count, line in enumerate(reversed(lines)):
            baseline = top + head - 8 - count * size * 1.3
            canvas.text(middle, baseline, line, role="ink2", size=size, weight=SEMIBOLD, anchor="middle")
    canvas.line([(0, top + head - 1), (canvas.width, top + head - 1)], "ink2")
    for number, name in enumerate(content.rows):
        y = top + head + number * (_CELL + _SPACE) + _SPACE
        if number and number % _EVERY == 0:
            canvas.line([(0, y - 1), (left - 4, y - 1)], "rule")
        canvas.text(0, middle_baseline(y, _CELL, canvas.sheet.label), name)
        for position, field in enumerate(panel):
            x = left + position * width
            box = Bounds(x + 1, y, x + width - 1, y + _CELL)
            share = content.values.get((name, field))
            _draw_cell(canvas, box, share, f"{name}, {content.columns[field]}: {percent_text(share)}")


def _draw_cell(canvas: Canvas, box: Bounds, share: float | None, said: str) -> None:
    fill, ink = ("none", "ink2")
    if share is not None:
        fill, ink = next((role, text) for bound, role, text in _CLASSES if share < bound)
        if share == 0:
            fill, ink = ("land", "ink")
    canvas.rectangle(box, fill, outline="mute" if fill in OUTLINED else None, value=said)
    middle = (box.left + box.right) / 2
    baseline = middle_baseline(box.top, box.height, canvas.sheet.axis)
    canvas.text(middle, baseline, percent_text(share), role=ink, size=canvas.sheet.axis, anchor="middle")
