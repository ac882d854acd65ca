"""What bar tables share: columns of values at the right, heads, hairlines, labels beside or above bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from milaid.charts.canvas import Canvas
from milaid.charts.formats import UNITS, number
from milaid.charts.style import REGULAR, SEMIBOLD, Sheet, text_width
from milaid.fiscal import label as year_label

GAP = 16
"""Room in px between two columns."""


@dataclass(frozen=True)
class ValueColumn:
    """A column of values: right edge and width in px, head, type weight and role."""

    right: float
    width: float
    head: str
    weight: int
    role: str


def short_year(year: int) -> str:
    """Return a fiscal year for a narrow head: ``’14``."""
    return f"’{year % 100:02d}"


def value_columns(
    sheet: Sheet, kind: str, columns: Sequence[tuple[int, Sequence[Any], bool]]
) -> tuple[list[ValueColumn], float]:
    """Return the value columns, placed against the right edge, and the px where they begin.

    ``columns`` holds (fiscal year, values, emphasised) from left to right.
    """
    right, placed = sheet.width, []
    for year, values, emphasised in reversed(columns):
        weight = SEMIBOLD if emphasised else REGULAR
        head = year_label(year)
        width = max(
            text_width(head, sheet.axis, weight),
            *(text_width(number(value, kind), sheet.label, weight) for value in values),
        )
        placed.append(ValueColumn(right, width, head, weight, "ink" if emphasised else "ink2"))
        right -= width + (10 if sheet.narrow else GAP)
    return placed[::-1], placed[-1].right - placed[-1].width


def draw_value_heads(canvas: Canvas, columns: Sequence[ValueColumn], baseline: float, kind: str) -> None:
    """Write the heads of the value columns, with the unit above them where there is one."""
    size = canvas.sheet.axis
    for column in columns:
        canvas.text(
            column.right,
            baseline,
            column.head,
            role=column.role,
            size=size,
            weight=column.weight,
            anchor="end",
        )
    if UNITS[kind]:
        canvas.text(canvas.width, baseline - size * 1.35, UNITS[kind], role="ink2", size=size, anchor="end")


def draw_values(
    canvas: Canvas,
    columns: Sequence[ValueColumn],
    baseline: float,
    kind: str,
    values: Sequence[Any],
    role: str | None = None,
) -> None:
    """Write the values of a row; ``role`` replaces the role of emphasised columns."""
    for column, value in zip(columns, values, strict=True):
        emphasised = column.weight == SEMIBOLD
        canvas.text(
            column.right,
            baseline,
            number(value, kind),
            role=role if role and emphasised else column.role,
            weight=column.weight,
            anchor="end",
        )


def middle_baseline(top: float, height: float, size: float) -> float:
    """Return the baseline that centres a line of text on a row."""
    return top + height / 2 + size * 0.36
