"""The relation of two measures by recipient, with the outliers named."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.blocks.palette import light
from milaid.charts.axes import TICK, round_ticks
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import check_kind, known, tick
from milaid.charts.formats import label as shown
from milaid.charts.place import Label, Obstacles, around, choose
from milaid.charts.said import pairs
from milaid.charts.style import Drawings, Sheet, both, text_width, theme
from milaid.errors import ReportError

_DOT = 6.0


@dataclass(frozen=True)
class _Axis:
    """One measure: its range, round ticks and how values become px between ``start`` and ``end``."""

    ticks: list[float]
    low: float
    high: float
    kind: str
    title: str
    logarithmic: bool

    def share(self, value: float) -> float:
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def at(self, value: float, start: float, end: float) -> float:
        return start + self.share(value) * (end - start)


def relation(
    frame: pd.DataFrame,
    *,
    key: str,
    x: str,
    y: str,
    label: str,
    x_title: str,
    y_title: str,
    x_kind: str = "integer",
    y_kind: str = "integer",
    logarithmic: bool = False,
    named: int = 8,
    always: Collection[str] = (),
) -> Drawings:
    """Draw a dot a recipient at its two measures; those furthest from the others are named.

    ``frame`` has one row a recipient with the numbers ``x`` and ``y`` and the name ``label``; rows without
    both, and with ``logarithmic`` axes those that are not above zero, are not drawn. ``named`` limits the
    names, ``always`` holds names that come first. A name that has no room beside its dot is left out. Dots with
    a name are drawn in the accent colour over the grey ones of the rest. Raises ReportError if no row can be drawn.
    """
    points = [(str(n), known(a), known(b)) for n, a, b in zip(frame[label], frame[x], frame[y], strict=True)]
    least = 0.0 if logarithmic else -math.inf
    drawn = [(n, a, b) for n, a, b in points if a is not None and b is not None and min(a, b) > least]
    if not drawn:
        raise ReportError(f"figure {key!r}: no row has values of {x!r} and {y!r} that can be drawn")
    across = _axis([a for _, a, _ in drawn], check_kind(x_kind), x_title, logarithmic)
    up = _axis([b for _, _, b in drawn], check_kind(y_kind), y_title, logarithmic)
    order = _outliers(drawn, across, up, always)[: max(named, len(always))]
    said = pairs(drawn, (x_title, x_kind), (y_title, y_kind), [drawn[i][0] for i in order])
    return both(lambda sheet: _draw(sheet, key, drawn, across, up, order), said)


def _axis(values: Sequence[float], kind: str, title: str, logarithmic: bool) -> _Axis:
    if not logarithmic:
        ticks = round_ticks(max(values), kind, most=4)
        return _Axis(ticks, min(0.0, *values), max(*values, ticks[-1]), kind, title, False)
    low = math.floor(math.log10(min(values)))
    high = max(low + 1, math.ceil(math.log10(max(values)) + 1e-9))
    ticks = [10.0**power for power in range(low, high + 1)]
    return _Axis(ticks, ticks[0], ticks[-1], kind, title, True)


def _outliers(
    points: Sequence[tuple[str, float, float]], across: _Axis, up: _Axis, always: Collection[str]
) -> list[int]:
    """Return the points in the order in which they deserve a name: furthest from the middle of all first."""
    places = [(across.share(a), up.share(b)) for _, a, b in points]
    middle = (pd.Series([p[0] for p in places]).median(), pd.Series([p[1] for p in places]).median())
    distance = [math.dist(place, middle) for place in places]
    return sorted(range(len(points)), key=lambda i: (points[i][0] not in always, -distance[i], points[i][0]))


def _draw(
    sheet: Sheet,
    key: str,
    points: Sequence[tuple[str, float, float]],
    across: _Axis,
    up: _Axis,
    order: Sequence[int],
) -> str:
    size = sheet.axis
    left = max(text_width(tick(value, up.kind), size) for value in up.ticks) + 10
    top = 30.0
    box = Bounds(left, top, sheet.width - 18, top + (260 if sheet.narrow else 300))
    canvas = Canvas(sheet, box.bottom + 46, key)
    obstacles = Obstacles()
    _draw_axes(canvas, box, across, up, obstacles)
    px = [(across.at(a, box.left, box.right), up.at(b, box.bottom, box.top)) for _, a, b in points]
    bounds = Bounds(box.left + 1, 18, sheet.width, box.bottom - 2)
    told = set()
    for i in order:
        # A name keeps further from other dots that may be named, so that each stands nearest to its own.
        obstacles.marks = [
            Bounds(x, y, x, y).grown(9 if j in order and j != i else 3) for j, (x, y) in enumerate(px)
        ]
        label = Label((points[i][0],), sheet.axis)
        place = choose(label, around(*px[i], label, 3, "right"), obstacles, bounds, 60)
        if place is not None:
            obstacles.texts.append(canvas.label(label, place))
            told.add(i)
    for (name, a, b), (x, y) in zip(points, px, strict=True):
        canvas.spot(x, y, _DOT / 2, f"{name}: {shown(a, across.kind)}, {shown(b, up.kind)}")
    _draw_dots(canvas, box, [(across.share(a), up.share(b)) for _, a, b in points], told)
    return canvas.svg()


def _draw_dots(
    canvas: Canvas, box: Bounds, places: Sequence[tuple[float, float]], named: Collection[int]
) -> None:
    """Draw the dots at their shares of both axes: the unnamed in grey, the named over them."""
    import seaborn as sns

    frame = pd.DataFrame(places, columns=["x", "y"]).assign(named=[i in named for i in range(len(places))])
    with theme():
        sns.scatterplot(
            data=frame.sort_values("named", kind="stable"), x="x", y="y", hue="named",
            palette={False: light("soft"), True: light("accent")}, ax=canvas.plot(box, (0, 1), (0, 1)),
            edgecolor=light("paper"), s=_DOT**2 * 1.2, linewidth=0.7, legend=False, clip_on=False,
        )  # fmt: skip


def _draw_axes(canvas: Canvas, box: Bounds, across: _Axis, up: _Axis, obstacles: Obstacles) -> None:
    size = canvas.sheet.axis
    for value in up.ticks:
        y = up.at(value, box.bottom, box.top)
        base = value == up.ticks[0]
        canvas.line([(box.left, y), (box.right, y)], "ink2" if base else "grid")
        shown = canvas.text(
            box.left - 10, y + 0.36 * size, tick(value, up.kind), role="ink2", size=size, anchor="end"
        )
        obstacles.texts.append(shown)
    taken = -math.inf
    for value in across.ticks:
        x, text = across.at(value, box.left, box.right), tick(value, across.kind)
        half = text_width(text, size) / 2
        canvas.line([(x, box.bottom), (x, box.bottom + TICK)], "ink2")
        middle = min(x, canvas.width - half)
        if middle - half > taken + 8:
            canvas.text(middle, box.bottom + TICK + size + 2, text, role="ink2", size=size, anchor="middle")
            taken = middle + half
    canvas.text(0, size, up.title, role="ink2", size=size)
    canvas.text(
        box.right, box.bottom + TICK + 2 * size + 7, across.title, role="ink2", size=size, anchor="end"
    )
