"""Where labels go: boxes, what is in their way, and the choice of the best free place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from milaid.charts.bounds import Bounds, Segment
from milaid.charts.style import REGULAR, text_width

ASCENT, DESCENT, LEADING = 0.76, 0.22, 1.34


@dataclass(frozen=True)
class Label:
    """Text of one or more lines, before it has a place."""

    lines: tuple[str, ...]
    size: float
    weight: int = REGULAR
    role: str = "ink"

    @cached_property
    def width(self) -> float:
        """Width of the longest line in px."""
        return max(text_width(line, self.size, self.weight) for line in self.lines)

    @property
    def height(self) -> float:
        """Height from the top of the first line to the foot of the last in px."""
        return self.size * (ASCENT + DESCENT + LEADING * (len(self.lines) - 1))


@dataclass(frozen=True)
class Place:
    """A possible place of a label: ``x`` of the anchor, top of the text, and what choosing it costs."""

    x: float
    top: float
    anchor: str = "start"
    cost: float = 0.0

    def box(self, label: Label) -> Bounds:
        """Return the box that the label fills here."""
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * label.width
        left = self.x - shift
        return Bounds(left, self.top, left + label.width, self.top + label.height)


@dataclass
class Obstacles:
    """What labels keep away from: ``texts`` never to be touched, ``marks`` and ``lines`` to be avoided.

    ``bands`` are light areas that a label may lie on at little cost.
    """

    texts: list[Bounds] = field(default_factory=list)
    marks: list[Bounds] = field(default_factory=list)
    lines: list[Segment] = field(default_factory=list)
    bands: list[Bounds] = field(default_factory=list)

    def cost(self, box: Bounds, clearance: float = 3.0) -> float | None:
        """Return what lies in the way of a box, weighed; None if it is another text."""
        roomy = box.grown(clearance)
        if any(map(roomy.overlap, self.texts)):
            return None
        hidden = sum(map(roomy.overlap, self.marks))
        crossing = sum(map(roomy.crossed, self.lines))
        shaded = sum(map(box.overlap, self.bands))
        return 2.0 * hidden + 4.0 * crossing + 0.15 * shaded


def choose(
    label: Label, places: Iterable[Place], obstacles: Obstacles, bounds: Bounds, most: float = float("inf")
) -> Place | None:
    """Return the cheapest place inside ``bounds`` that touches no other text, or None if there is none.

    Places that cost more than ``most`` are not taken.
    """
    best: Place | None = None
    lowest = most
    for place in places:
        if place.cost > lowest:
            continue
        box = place.box(label)
        if not box.inside(bounds):
            continue
        hindrance = obstacles.cost(box)
        if hindrance is not None and place.cost + hindrance < lowest:
            best, lowest = place, place.cost + hindrance
    return best


def around(x: float, y: float, label: Label, radius: float, prefer: str = "above") -> list[Place]:
    """Return places around a dot at (x, y): above, below, beside, then further off; ``prefer`` comes first."""
    places: list[Place] = []
    middle = y - label.height / 2
    for step, far in enumerate((0.0, 5.0, 11.0, 18.0, 27.0)):
        gap = radius + 4 + far
        above, below = y - gap - label.height, y + gap
        options = [
            ("above", Place(x, above, "middle")),
            ("below", Place(x, below, "middle")),
            ("right", Place(x + gap + 1, middle, "start")),
            ("left", Place(x - gap - 1, middle, "end")),
        ]
        slant = [
            ("above", Place(x - radius, above + 2, "start")),
            ("above", Place(x + radius, above + 2, "end")),
            ("below", Place(x - radius, below - 2, "start")),
            ("below", Place(x + radius, below - 2, "end")),
        ]
        for order, (side, place) in enumerate([*options, *slant]):
            cost = far * 2.5 + order * 0.8 + (0 if side == prefer else 2) + step
            places.append(Place(place.x, place.top, place.anchor, cost))
    return places


def spread(centers: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return centers moved as little as needed so that items of these heights do not overlap.

    All lie between ``low`` and ``high`` px where the room suffices; the order of the centers is kept.
    """
    order = sorted(range(len(centers)), key=lambda i: (centers[i], i))
    groups: list[list[float]] = []  # sum of wished tops, count, total height; members follow in order
    members: list[list[int]] = []
    for i in order:
        groups.append([centers[i] - heights[i] / 2, 1, heights[i]])
        members.append([i])
        while len(groups) > 1 and _top(groups[-2], low, high) + groups[-2][2] > _top(groups[-1], low, high):
            wish, count, height = groups.pop()
            before = groups[-1]
            groups[-1] = [before[0] + wish - count * before[2], before[1] + count, before[2] + height]
            members[-2:] = [members[-2] + members[-1]]
    placed = [0.0] * len(centers)
    for group, inside in zip(groups, members, strict=True):
        top = _top(group, low, high)
        for i in inside:
            placed[i] = top + heights[i] / 2
            top += heights[i]
    return placed


def _top(group: list[float], low: float, high: float) -> float:
    wish, count, height = group
    return max(low, min(wish / count, high - height))
