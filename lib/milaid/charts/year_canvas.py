"""What charts of values by fiscal year share: the values from zero at the left, gaps and breaks named above.

A chart lays its plot out flat first, at the top of the sheet; how high the names of gaps and breaks stand decides
how much room is left above it, and only then the canvas is opened.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from milaid.charts.annotations import Placed, arrange, draw_notes, note_level, notes_of, zone_height
from milaid.charts.axes import YEAR_LABELS, YearPlot, draw_gridlines, round_ticks, value_axis_width
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.place import Obstacles
from milaid.charts.style import Sheet


@dataclass(frozen=True)
class YearContent(ABC):
    """What a chart of values by fiscal year shows: its years, the one it reports, the kind of its values.

    ``gaps`` names years without a value (year -> name), ``breaks`` maps the first year of the new part of the
    series to the name of the break, ``events`` a fiscal year to what happened in it.
    """

    first: int
    last: int
    report_year: int
    kind: str
    gaps: Mapping[int, str]
    breaks: Mapping[int, str]
    events: Mapping[int, str] = field(default_factory=dict, kw_only=True)

    @property
    @abstractmethod
    def highest(self) -> float:
        """The highest value that is drawn."""


class YearCanvas(NamedTuple):
    """A canvas with gridlines and notes drawn, the plot on it, and what labels must keep away from."""

    canvas: Canvas
    plot: YearPlot
    obstacles: Obstacles


@dataclass(frozen=True)
class FlatPlot:
    """A plot at the top of its sheet, with the notes that are to stand above it."""

    sheet: Sheet
    plot: YearPlot
    kind: str
    ticks: Sequence[float]
    placed: Sequence[Placed]

    @property
    def notes_height(self) -> float:
        """Height in px of the names of gaps and breaks."""
        return zone_height(self.placed)

    def room_above(
        self, content: YearContent, line: float, points: Sequence[tuple[float, float]]
    ) -> tuple[float, float]:
        """Return the room in px above a plot of lines, and the px on the sheet up to which bands reach.

        Names stand within the plot where they are clear of ``line``, the highest value of a line, and of
        ``points``, px of other publishers' values.
        """
        level = note_level(self.plot, self.ticks, line, points, self.placed)
        above_ticks = content.highest > self.ticks[-1] * 0.97
        head = max(14.0 + (8 if above_ticks else 0), self.notes_height - level)
        return head, head + level

    def open(self, key: str, head: float, level: float) -> YearCanvas:
        """Return the canvas with the plot ``head`` px below its top, bands and break lines up to ``level``."""
        flat = self.plot
        box = Bounds(flat.box.left, head, flat.box.right, head + flat.box.height)
        plot = YearPlot(box, flat.first, flat.last, flat.highest)
        canvas = Canvas(self.sheet, box.bottom + YEAR_LABELS, key)
        obstacles = Obstacles()
        obstacles.texts += draw_gridlines(canvas, plot, self.ticks, self.kind)
        draw_notes(canvas, plot, self.placed, level, obstacles)
        return YearCanvas(canvas, plot, obstacles)


def lay_out(
    sheet: Sheet, content: YearContent, right: float, height: float, present: Sequence[int]
) -> FlatPlot:
    """Return the flat plot of a chart, from the labels of its values to ``right`` (px).

    ``present`` are the years that are no gap to be named.
    """
    ticks = round_ticks(content.highest, content.kind)
    left = value_axis_width(ticks, content.kind, sheet)
    highest = max(content.highest, ticks[-1])
    plot = YearPlot(Bounds(left, 0, right, height), content.first, content.last, highest)
    notes = notes_of(plot, sheet, present, content.gaps, content.breaks, content.events)
    return FlatPlot(sheet, plot, content.kind, ticks, arrange(notes, (left + 2, sheet.width)))
