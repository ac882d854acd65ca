"""A sheet to draw on in pixels: text, rules, bars, curves and dots as SVG, and plots of matplotlib at any place of it.

What every report has dozens of is written as it is, for a plot with axes costs twenty times as much
(docs/decisions/0011-drawings-without-axes.md). :meth:`Canvas.plot` gives axes of matplotlib for all else.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from milaid.blocks.fonts import SANS
from milaid.blocks.marked import showable
from milaid.blocks.palette import light
from milaid.charts.bounds import Bounds
from milaid.charts.place import ASCENT, DESCENT, LEADING, Label, Place
from milaid.charts.style import REGULAR, Sheet, text_width, theme
from milaid.charts.svg import clean, document, path_data, short
from milaid.errors import ReportError

UNDER, MARKS, OVER = 0, 10, 20
"""The layers of a drawing, the lowest first; in each shapes lie under lines, and lines under text."""
_SHAPE, _LINE, _TEXT = 1, 2, 3


class Canvas:
    """A drawing of ``sheet.width`` x ``height`` px; x grows to the right, y downwards from the top.

    ``key`` begins all ids of the drawing. ``texts`` are the boxes of the text written so far.
    """

    def __init__(self, sheet: Sheet, height: float, key: str) -> None:
        self.sheet = sheet
        self.width, self.height = sheet.width, round(height)
        self.texts: list[Bounds] = []
        self._prefix = f"{key}-{sheet.name}"
        self._drawn: list[tuple[int, float, str]] = []
        self._plots: list[tuple[int, Axes, tuple[float, float], tuple[float, float]]] = []

    def plot(
        self, box: Bounds, x_range: tuple[float, float], y_range: tuple[float, float], order: int = MARKS
    ) -> Axes:
        """Return axes of matplotlib without axis lines that fill ``box``; the ranges stay whatever is plotted.

        Plot in :func:`~milaid.charts.style.theme`, and in role colours.
        """
        figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72)
        place = (
            box.left / self.width,
            1 - box.bottom / self.height,
            box.width / self.width,
            box.height / self.height,
        )
        axes = figure.add_axes(place)
        figure.patch.set_visible(False)
        axes.set_axis_off()
        axes.set_xlim(*x_range)
        axes.set_ylim(*y_range)
        self._plots.append((order, axes, x_range, y_range))
        return axes

    def rectangle(
        self, box: Bounds, role: str, *, outline: str | None = None, over: bool = False, value: str = ""
    ) -> None:
        """Fill a rectangle with a role colour, with an outline of 1 px if a role is given for it."""
        self._shape(_corners(box), role, OVER if over else UNDER, outline, value)

    def bar(self, box: Bounds, role: str, *, outline: str | None = None, value: str = "") -> None:
        """Draw a bar; one without height or width shows nothing and is left out."""
        if round(box.width, 1) > 0 and round(box.height, 1) > 0:
            self._shape(_corners(box), role, MARKS, outline, value)

    def hollow_bar(self, box: Bounds, role: str, *, value: str = "") -> None:
        """Draw the outline of a bar, filled like the page; one without height or width is left out."""
        if round(box.width, 1) > 0 and round(box.height, 1) > 0:
            self._shape(_corners(box), "paper", MARKS, role, value)

    def area(
        self,
        rings: Iterable[Iterable[tuple[float, float]]],
        role: str,
        outline: str,
        width: float,
        *,
        value: str = "",
    ) -> None:
        """Fill what lies within rings, with an outline of ``width`` px; a ring that turns the other way is a hole."""
        data = "".join(path_data(ring, closed=True) for ring in rings)
        style = f"fill: {light(role)}; stroke: {light(outline)}; stroke-width: {short(width)}"
        path = f'<path{_told(value)} d="{data}" style="{style}; stroke-linejoin: miter"/>'
        self._add(MARKS, _SHAPE, path)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        role: str,
        width: float = 1.0,
        *,
        dashes: tuple[float, float] | None = None,
        over: bool = False,
    ) -> None:
        """Draw a rule through points; ``dashes`` are the lengths of dash and gap in px."""
        dashed = f"stroke-dasharray: {dashes[0]:g},{dashes[1]:g}; stroke-dashoffset: 0; " if dashes else ""
        wide = "" if width == 1 else f"; stroke-width: {short(width)}"
        style = f"fill: none; {dashed}stroke: {light(role)}{wide}"
        self._add(OVER if over else UNDER, _LINE, f'<path d="{path_data(points)}" style="{style}"/>')

    def curve(self, points: Sequence[tuple[float, float]], role: str, width: float, depth: float = 0) -> None:
        """Draw the line of a series, over those of less ``depth``; a single point shows nothing."""
        if len(points) < 2:
            return
        style = f"fill: none; stroke: {light(role)}; stroke-width: {short(width)}; stroke-linecap: round"
        self._add(MARKS, _LINE + depth, f'<path d="{path_data(points)}" style="{style}"/>')

    def dot(
        self,
        x: float,
        y: float,
        role: str,
        diameter: float,
        *,
        ring: float = 0,
        depth: float = 0,
        value: str = "",
    ) -> None:
        """Draw a dot, with a ring of paper of so many px around it if need be."""
        edge = f"; stroke: {light('paper')}; stroke-width: {short(ring)}" if ring else ""
        circle = f'<circle{_told(value)} cx="{short(x)}" cy="{short(y)}" r="{diameter / 2:.2f}" style="fill: {light(role)}{edge}"/>'
        self._add(MARKS, _LINE + depth, circle)

    def diamond(self, x: float, y: float, role: str, half: float, width: float, *, value: str = "") -> None:
        """Draw a hollow diamond over all marks, ``half`` px from its middle to its points."""
        corners = [(x, y + half), (x + half, y), (x, y - half), (x - half, y)]
        style = f"fill: {light('paper')}; stroke: {light(role)}; stroke-width: {short(width)}"
        data = path_data(corners, closed=True)
        path = f'<path{_told(value)} d="{data}" style="{style}; stroke-linejoin: miter"/>'
        self._add(MARKS, _TEXT, path)

    def arrow(self, x: float, y: float, role: str, half: float, width: float, *, value: str = "") -> None:
        """Draw a hollow arrow head that points up from ``y``: what it stands for lies above the plot."""
        corners = [(x - half, y + half), (x + half, y + half), (x, y - half)]
        style = f"fill: {light('paper')}; stroke: {light(role)}; stroke-width: {short(width)}"
        data = path_data(corners, closed=True)
        path = f'<path{_told(value)} d="{data}" style="{style}; stroke-linejoin: miter"/>'
        self._add(MARKS, _TEXT, path)

    def spot(self, x: float, y: float, radius: float, value: str) -> None:
        """Mark a place of a plot of matplotlib as that of a value; nothing is seen there."""
        at = f'cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"'
        self._add(OVER, _SHAPE, f'<circle{_told(value)} {at} style="fill: none"/>')

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
        self._write(x, baseline, text, role, size, weight, anchor)
        self.texts.append(box)
        return box

    def turned(self, x: float, bottom: float, text: str, *, role: str = "ink2", size: float) -> Bounds:
        """Write a line that reads upwards, its middle on ``x`` and its beginning at ``bottom``."""
        baseline = x + (ASCENT - DESCENT) * size / 2
        self._write(baseline, bottom, text, role, size, REGULAR, "start", turned=True)
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
        plots = [
            (order, float(_LINE), self._plotted(axes, x_range, y_range, f"{self._prefix}-{number}"))
            for number, (order, axes, x_range, y_range) in enumerate(self._plots, start=1)
        ]
        ordered = sorted([*self._drawn, *plots], key=lambda each: each[:2])
        return document(self.width, self.height, [text for _, _, text in ordered])

    def _plotted(
        self, axes: Axes, x_range: tuple[float, float], y_range: tuple[float, float], prefix: str
    ) -> str:
        """Return what was plotted on axes, each id begun by ``prefix``."""
        axes.set_xlim(*x_range)
        axes.set_ylim(*y_range)
        for artist in axes.get_children():
            artist.set_clip_on(False)
        figure = axes.get_figure(root=True)
        if figure is None:
            raise ReportError(f"figure {prefix!r}: its axes were taken out of their figure")
        FigureCanvasSVG(figure)
        content = io.StringIO()
        with theme(), rc_context({"svg.hashsalt": prefix}):
            nothing = {"Creator": None, "Date": None, "Format": None, "Type": None}
            figure.savefig(content, format="svg", metadata=nothing)
        return clean(content.getvalue(), prefix)

    def _add(self, layer: int, rank: float, element: str) -> None:
        self._drawn.append((layer, rank, element))

    def _shape(
        self,
        points: Sequence[tuple[float, float]],
        role: str,
        layer: int,
        outline: str | None = None,
        value: str = "",
    ) -> None:
        edge = f"; stroke: {light(outline)}; stroke-linejoin: miter" if outline else ""
        data = path_data(points, closed=True)
        self._add(layer, _SHAPE, f'<path{_told(value)} d="{data}" style="fill: {light(role)}{edge}"/>')

    def _write(
        self,
        x: float,
        y: float,
        text: str,
        role: str,
        size: float,
        weight: int,
        anchor: str,
        turned: bool = False,
    ) -> None:
        heavy = "" if weight == REGULAR else f"font-weight: {weight}; "
        style = f"{heavy}font-size: {short(size)}px; font-family: '{SANS}'; text-anchor: {anchor}; fill: {light(role)}"
        at = f'x="{short(x)}" y="{short(y)}"'
        turn = f' transform="rotate(-90 {short(x)} {short(y)})"' if turned else ""
        element = f'<text style="{style}" {at}{turn}>{escape(showable(text), quote=False)}</text>'
        self._add(OVER, _TEXT, element)


@lru_cache(maxsize=4096)
def _told(value: str) -> str:
    """Return the value of a mark as an attribute: what a page says of it when it is pointed at."""
    return f' data-value="{escape(showable(value))}"' if value else ""


def _corners(box: Bounds) -> list[tuple[float, float]]:
    return [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)]
