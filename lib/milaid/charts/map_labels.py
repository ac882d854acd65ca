"""Names on a map: beside the country, on the sea where there is some, joined to it by a leader."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from milaid.charts.bounds import Bounds, Segment
from milaid.charts.equal_earth import Outline
from milaid.charts.place import Label, Place

_CELL = 4.0
_ROUNDS = 3
_MISSING = 1000.0
"""What it costs to leave a name out."""


@dataclass(frozen=True)
class Leader:
    """A placed name: its label and place, and the leader from the country to it."""

    label: Label
    place: Place
    line: Segment

    @property
    def box(self) -> Bounds:
        """The box of the name."""
        return self.place.box(self.label)


class Land:
    """Which cells of a map are land, to keep names off it."""

    def __init__(self, rings: Sequence[Outline], width: float, height: float) -> None:
        columns, rows = math.ceil(width / _CELL), math.ceil(height / _CELL)
        x, y = np.meshgrid((np.arange(columns) + 0.5) * _CELL, (np.arange(rows) + 0.5) * _CELL)
        self._land = np.zeros((rows, columns), dtype=bool)
        for ring in rings:
            box = ring.box
            window = (slice(max(0, int(box.top // _CELL)), max(0, int(box.bottom // _CELL) + 1)),
                      slice(max(0, int(box.left // _CELL)), max(0, int(box.right // _CELL) + 1)))  # fmt: skip
            cells = np.column_stack([x[window].ravel(), y[window].ravel()])
            self._land[window] |= ring.contains(cells).reshape(x[window].shape)

    def under(self, box: Bounds) -> float:
        """Return the area of land under a box in square px."""
        rows = slice(max(0, int(box.top // _CELL)), max(0, int(box.bottom // _CELL) + 1))
        columns = slice(max(0, int(box.left // _CELL)), max(0, int(box.right // _CELL) + 1))
        return float(self._land[rows, columns].sum()) * _CELL**2

    def along(self, lines: Sequence[Segment]) -> list[float]:
        """Return how many px of each line lie on land."""
        lengths = [math.dist(line[:2], line[2:]) for line in lines]
        # Lines that are looked at in as many places are looked at together.
        alike: dict[int, list[int]] = {}
        for position, length in enumerate(lengths):
            alike.setdefault(max(2, round(length / _CELL)), []).append(position)
        height, width = self._land.shape
        found = [0.0] * len(lines)
        for count, positions in alike.items():
            left, top, right, bottom = np.array([lines[position] for position in positions]).T[
                :, :, np.newaxis
            ]
            steps = _steps(count)
            rows = ((top + steps * (bottom - top)) // _CELL).astype(int).clip(0, height - 1)
            columns = ((left + steps * (right - left)) // _CELL).astype(int).clip(0, width - 1)
            for position, share in zip(
                positions, self._land[rows, columns].mean(axis=1).tolist(), strict=True
            ):
                found[position] = share * lengths[position]
        return found


@lru_cache(maxsize=256)
def _steps(count: int) -> np.ndarray:
    """Return so many places from the start of a line to its end, from 0 to 1."""
    return np.linspace(0, 1, count)


def place_names(
    anchors: Sequence[tuple[float, float]],
    labels: Sequence[Label],
    land: Land,
    bounds: Bounds,
    *,
    longest: float = 200.0,
    most: float = math.inf,
) -> list[Leader]:
    """Return a place for each name such that none touches another name or another's leader.

    Short leaders (of ``longest`` px at most) and names on the sea are sought for, from several orders of
    placing; a name whose best place costs more than ``most`` is left out.
    """
    choices = [
        [option for option in _choices(anchor, label, land, bounds, longest) if option[0] <= most]
        for anchor, label in zip(anchors, labels, strict=True)
    ]
    count = range(len(labels))
    orders = [list(count)]
    for axis in (0, 1):
        along = sorted(count, key=lambda i: (anchors[i][axis], i))
        orders += [along, along[::-1]]
    results = [_settle(choices, anchors, order, most) for order in orders]
    _, best = min(results, key=lambda result: result[0])
    return [leader for leader in best if leader is not None]


def _settle(
    choices: Sequence[Sequence[tuple[float, Leader]]],
    anchors: Sequence[tuple[float, float]],
    order: Sequence[int],
    most: float,
) -> tuple[float, list[Leader | None]]:
    """Place the names one after another, then again with the others in place, until nothing moves."""
    chosen: list[Leader | None] = [None] * len(choices)
    costs = [_MISSING] * len(choices)
    for _ in range(_ROUNDS):
        before = list(chosen)
        for i in order:
            others = [leader for j, leader in enumerate(chosen) if leader is not None and j != i]
            away = [anchor for j, anchor in enumerate(anchors) if j != i]
            cost, leader = _cheapest(choices[i], others, away)
            chosen[i], costs[i] = (leader, cost) if cost <= most else (None, _MISSING)
        if chosen == before:
            break
    return sum(min(cost, _MISSING) for cost in costs), chosen


def _choices(
    anchor: tuple[float, float], label: Label, land: Land, bounds: Bounds, longest: float
) -> list[tuple[float, Leader]]:
    x, y = anchor
    found: list[tuple[float, Leader]] = []
    for turn in range(32):
        angle = 2 * math.pi * turn / 32
        side = "start" if math.cos(angle) >= 0 else "end"
        gap = 4 if side == "start" else -4
        steep = abs(math.sin(angle))
        for far in range(14, round(longest), 9):
            end_x, end_y = x + far * math.cos(angle), y + far * math.sin(angle)
            place = Place(end_x + gap, end_y - label.height / 2, side)
            box = place.box(label)
            if box.inside(bounds):
                cost = far * 0.26 + steep * 6 + 0.35 * land.under(box.grown(2))
                found.append((cost, Leader(label, place, (x, y, end_x, end_y))))
    on_land = land.along([leader.line for _, leader in found])
    options = [(cost + 0.2 * px, leader) for (cost, leader), px in zip(found, on_land, strict=True)]
    return sorted(options, key=lambda option: option[0])


def _cheapest(
    options: Sequence[tuple[float, Leader]], others: Sequence[Leader], away: Sequence[tuple[float, float]]
) -> tuple[float, Leader | None]:
    best, lowest = None, math.inf
    for cost, leader in options:
        if cost >= lowest:
            break
        box = leader.box.grown(2.5)
        if any(box.overlap(other.box) or box.crossed(other.line) for other in others):
            continue
        if any(other.box.grown(2).crossed(leader.line) for other in others):
            continue
        cost += 60.0 * sum(_cross(leader.line, other.line) for other in others)
        cost += 40.0 * sum(Bounds(x, y, x, y).grown(5).overlap(box) > 0 for x, y in away)
        if cost < lowest:
            best, lowest = leader, cost
    return lowest, best


def _cross(one: Segment, two: Segment) -> bool:
    def side(line: Segment, x: float, y: float) -> float:
        return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])

    return (
        side(one, two[0], two[1]) * side(one, two[2], two[3]) < 0
        and side(two, one[0], one[1]) * side(two, one[2], one[3]) < 0
    )
