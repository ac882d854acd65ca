"""Axes of values and of fiscal years: round steps, few labels, hairlines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import tick
from milaid.charts.style import REGULAR, SEMIBOLD, Sheet, text_width

_STEPS = (1, 2, 2.5, 5, 10)
TICK = 4
YEAR_LABELS = 24
"""Height in px of the labels under the zero line."""


def round_ticks(highest: float, kind: str, most: int = 5) -> list[float]:
    """Return round values from 0 up to about ``highest``: at most ``most`` above zero, equal steps.

    People are counted in whole steps; the last value may lie a little above or below ``highest``.
    """
    if highest <= 0:
        return [0.0, 1e6 if kind == "million" else 1.0]
    power = 10.0 ** math.floor(math.log10(highest / most))
    whole = kind in ("integer", "usd")
    steps = [step * power * scale for scale in (1, 10) for step in _STEPS]
    for step in steps:
        if whole and (step < 1 or step % 1):
            continue
        count = math.floor(highest / step + 1e-9)
        if count <= most:
            if count == 0 or (highest - count * step > 0.45 * step and count < most):
                count += 1
            return [step * i for i in range(count + 1)]
    return [0.0, float(math.ceil(highest))]


def covering_ticks(highest: float, kind: str, most: int = 3) -> list[float]:
    """Return round values from 0 to the least that reaches ``highest``: two or three equal steps, one at need."""
    scale = 1e6 if kind == "million" else 1.0
    if highest <= 0:
        return [0.0, scale]
    power = 10.0 ** math.floor(math.log10(highest / most))
    found = []
    for step in (step * power * tens for tens in (1, 10) for step in _STEPS):
        count = math.ceil(highest / step - 1e-9)
        whole = kind not in ("integer", "usd") or (step >= 1 and step % 1 == 0)
        if whole and count <= most:
            found.append((count * step, count != 2, count, step))
    _, _, count, step = min(found)
    return [step * i for i in range(count + 1)]


def value_axis_width(ticks: Sequence[float], kind: str, sheet: Sheet) -> float:
    """Return the room in px that the labels of a value axis take on the left."""
    return max(text_width(tick(value, kind), sheet.axis) for value in ticks) + 10


@dataclass(frozen=True)
class YearPlot:
    """A plot of values by fiscal year: where it lies and how years and values become px."""

    box: Bounds
    first: int
    last: int
    highest: float

    @property
    def slot(self) -> float:
        """Width of a year in px."""
        return self.box.width / (self.last - self.first + 1)

    @property
    def year_range(self) -> tuple[float, float]:
        """The years at the left and right edge, for axes of matplotlib."""
        return self.first - 0.5, self.last + 0.5

    def x(self, year: float) -> float:
        """Return the px of the middle of a year."""
        return self.box.left + (year - self.first + 0.5) * self.slot

    def y(self, value: float) -> float:
        """Return the px of a value."""
        return self.box.bottom - value / self.highest * self.box.height


def draw_gridlines(canvas: Canvas, frame: YearPlot, ticks: Sequence[float], kind: str) -> list[Bounds]:
    """Draw the gridlines and their labels left of the plot; returns the boxes of the labels."""
    size = canvas.sheet.axis
    boxes = []
    for value in ticks:
        y = frame.y(value)
        if value:
            canvas.line([(frame.box.left, y), (frame.box.right, y)], "grid")
        shown = tick(value, kind)
        boxes.append(
            canvas.text(frame.box.left - 10, y + 0.36 * size, shown, role="ink2", size=size, anchor="end")
        )
    return boxes


def year_labels(
    frame: YearPlot, report_year: int | None, size: float, bounds: tuple[float, float], few: bool = False
) -> list[tuple[int, float]]:
    """Return the years to be labelled and the middle of each label in px.

    The report year comes first, then the first and the last year, then, unless ``few``, years in round steps
    that leave room; ``bounds`` are the px no label may pass.
    """
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100) if n * frame.slot >= 1.45 * text_width("2000", size))
    wished: list[int] = [report_year] if report_year is not None else []
    wished += [frame.first, frame.last]
    if not few:
        wished += [year for year in range(frame.first, frame.last + 1) if year % step == 0]
    taken: dict[int, tuple[float, float]] = {}
    for year in wished:
        if year in taken or not frame.first <= year <= frame.last:
            continue
        half = text_width(str(year), size, SEMIBOLD) / 2
        middle = min(max(frame.x(year), bounds[0] + half), bounds[1] - half)
        if all(abs(middle - other) >= 1.32 * (half + width) for other, width in taken.values()):
            taken[year] = (middle, half)
    return [(year, middle) for year, (middle, _) in sorted(taken.items())]


def draw_years_above(canvas: Canvas, frame: YearPlot, left: float, rise: float) -> None:
    """Draw a hairline before each year that is labelled, and the years ``rise`` px above the plot too.

    No label passes ``left`` (px).
    """
    size = canvas.sheet.axis
    for year, middle in year_labels(frame, None, size, (left, canvas.width)):
        x = frame.x(year - 0.5)
        canvas.line([(x, frame.box.top), (x, frame.box.bottom)], "grid")
        canvas.text(middle, frame.box.top - rise, str(year), role="ink2", size=size, anchor="middle")


def draw_year_axis(
    canvas: Canvas,
    frame: YearPlot,
    report_year: int | None,
    *,
    bounds: tuple[float, float] | None = None,
    few: bool = False,
) -> None:
    """Draw the zero line, and the years under it with the report year in the accent colour."""
    bottom, size = frame.box.bottom, canvas.sheet.axis
    canvas.line([(frame.box.left, bottom), (frame.box.right, bottom)], "ink2")
    for year, middle in year_labels(frame, report_year, size, bounds or (0, canvas.width), few):
        x = frame.x(year)
        canvas.line([(x, bottom), (x, bottom + TICK)], "ink2")
        reported = year == report_year
        canvas.text(
            middle,
            bottom + TICK + size + 2,
            str(year),
            role="accent" if reported else "ink2",
            size=size,
            weight=SEMIBOLD if reported else REGULAR,
            anchor="middle",
        )
