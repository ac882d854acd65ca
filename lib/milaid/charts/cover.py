"""The cover: the long series as bare bars, the report year in the accent colour, or all years without one."""

from __future__ import annotations

import pandas as pd

from milaid.charts.axes import YearPlot, draw_year_axis
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.line import by_year
from milaid.charts.multiples import BAR, draw_bars, draw_missing
from milaid.charts.style import Sheet, text_width

_COVER = Sheet("cover", 760, 16, 15.5)
_HEIGHT = 270.0


def cover_bars(
    frame: pd.DataFrame, *, key: str, report_year: int | None, year: str = "fiscal_year", value: str = "value"
) -> str:
    """Return the long series as one SVG of bare bars, 760 px wide, for the title page.

    ``frame`` has one row a fiscal year; a missing value or year is an empty slot "no data". Without a report
    year all bars have the accent colour. Raises ReportError if no year has a value or a year occurs twice.
    """
    values = by_year(frame, year, value, key)
    years = [int(y) for y in frame[year]]
    highest = max(*values.values(), 1.0)
    bars = YearPlot(Bounds(0, 4, _COVER.width, 4 + _HEIGHT), min(years), max(years), highest)
    canvas = Canvas(_COVER, bars.box.bottom + 28, key)
    draw_bars(canvas, bars, values, report_year)
    draw_missing(canvas, bars, values)
    half = text_width(str(bars.first), _COVER.axis) / 2
    inset = max(0.0, bars.slot * (1 - BAR) / 2 - half)
    draw_year_axis(canvas, bars, report_year, bounds=(inset, _COVER.width - inset))
    return canvas.svg()
