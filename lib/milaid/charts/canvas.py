"""A sheet to draw on in pixels, with plots of matplotlib and seaborn at any place of it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from milaid.blocks.fonts import SANS
from milaid.blocks.palette import light
from milaid.charts.place import ASCENT, DESCENT, LEADING, Bounds, Label, Place
from milaid.charts.style import REGULAR, Sheet, text_width
from milaid.charts.svg import clean

_HALIGN = {"start": "left", "middle": "center", "end": "right"}


class Canvas:
    """A figure of ``sheet.width`` x ``height`` px; x grows to the right, y downwards from the top.

    ``key`` begins all ids of the drawing. ``texts`` are the boxes of the text written so far.
    """

    def __init__(self, sheet: Sheet, height: float, key: str) -> None:
        self.sheet = sheet
        self.width, self.height = sheet.width, round(height)
        self.texts: list[Bounds] = []
        self._prefix = f"{key}-{sheet.name}"
        self._figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72)
        self._plots: list[tuple[Axes, tuple[float, float], tuple[float, float]]] = []
        whole = Bounds(0, 0, self.width, self.height)
        self._under = self.plot(whole, (0, self.width), (self.height, 0), order=0)
        self._over = self.plot(whole, (0, self.width), (self.height, 0), order=20)

    def plot(
        self, box: Bounds, x_range: tuple[float, float], y_range: tuple[float, float], order: int = 10
    ) -> Axes:
        """Return axes without axis lines that fill ``box``; the ranges stay whatever is plotted."""
        place = (
            box.left / self.width,
            1 - box.bottom / self.height,
            box.width / self.width,
            box.height / self.height,
        )
        axes = self._figure.add_axes(place, zorder=order)
        axes.set_axis_off()
        axes.set_xlim(*x_range)
        axes.set_ylim(*y_range)
        self._plots.append((axes, x_range, y_range))
        return axes

    def rectangle(self, box: Bounds, role: str, *, outline: str | None = None, over: bool = False) -> None:
        """Fill a rectangle with a role colour, with an outline of 1 px if a role is given for it."""
        patch = Rectangle(
            (box.left, box.top),
            box.width,
            box.height,
            facecolor=light(role),
            edgecolor=light(outline) if outline else "none",
            linewidth=1 if outline else 0,
            clip_on=False,
        )
        (self._over if over else self._under).add_artist(patch)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        role: str,
        width: float = 1.0,
        *,
        dashes: tuple[float, float] | None = None,
        over: bool = False,
    ) -> None:
        """Draw a line through points; ``dashes`` are the lengths of dash and gap in px."""
        xs, ys = zip(*points, strict=True)
        pattern: Any = (0, tuple(part / width for part in dashes)) if dashes else "solid"
        line = Line2D(
            xs,
            ys,
            color=light(role),
            linewidth=width,
            linestyle=pattern,
            clip_on=False,
            solid_capstyle="butt",
        )
        (self._over if over else self._under).add_artist(line)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        role: str = "ink",
        size: float | None = None,
        weight: int = REGULAR,
        anchor: str = "start",
        backed: bool = False,
    ) -> Bounds:
        """Write a line of text and return its box; ``backed`` puts a paper-coloured box behind it."""
        size = size or self.sheet.label
        width = text_width(text, size, weight)
        left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
        box = Bounds(left, baseline - ASCENT * size, left + width, baseline + DESCENT * size)
        if backed:
            self.rectangle(
                Bounds(box.left - 4, box.top - 1, box.right + 4, box.bottom + 1), "paper", over=True
            )
        self._write(x, baseline, text, role, size, weight, ha=_HALIGN[anchor])
        self.texts.append(box)
        return box

    def turned(self, x: float, bottom: float, text: str, *, role: str = "ink2", size: float) -> Bounds:
        """Write a line that reads upwards, its middle on ``x`` and its beginning at ``bottom``."""
        baseline = x + (ASCENT - DESCENT) * size / 2
        self._write(baseline, bottom, text, role, size, REGULAR, ha="left", rotation=90)
        box = Bounds(
            baseline - ASCENT * size, bottom - text_width(text, size), baseline + DESCENT * size, bottom
        )
        self.texts.append(box)
        return box

    def label(self, label: Label, place: Place, *, backed: bool = False) -> Bounds:
        """Write a label of one or more lines at its place and return its box."""
        box = place.box(label)
        for count, line in enumerate(label.lines):
            baseline = box.top + label.size * (ASCENT + LEADING * count)
            self.text(
                place.x,
                baseline,
                line,
                role=label.role,
                size=label.size,
                weight=label.weight,
                anchor=place.anchor,
                backed=backed,
            )
        return box

    def svg(self) -> str:
        """Return the drawing as SVG text, the same for the same drawing."""
        for axes, x_range, y_range in self._plots:
            axes.set_xlim(*x_range)
            axes.set_ylim(*y_range)
            for artist in axes.get_children():
                artist.set_clip_on(False)
        FigureCanvasSVG(self._figure)
        content = io.StringIO()
        with rc_context({"svg.hashsalt": self._prefix}):
            nothing = {"Creator": None, "Date": None, "Format": None, "Type": None}
            self._figure.savefig(content, format="svg", metadata=nothing)
        return clean(content.getvalue(), self._prefix)

    def _write(self, x: float, y: float, text: str, role: str, size: float, weight: int, **how: Any) -> None:
        self._over.text(
            x,
            y,
            text,
            color=light(role),
            fontsize=size,
            fontweight=weight,
            fontfamily=SANS,
            va="baseline",
            clip_on=False,
            rotation_mode="anchor",
            parse_math=False,
            **how,
        )
