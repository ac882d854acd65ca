"""The Equal Earth projection and the outlines of countries in px.

Formulas: Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of Geographical
Information Science 33 (2019), 454-465.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from milaid.charts.bounds import Bounds
from milaid.charts.map_window import around, bounding, central_meridian, clipped, window_of

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
CENTRAL_MERIDIAN = 11.0
"""Degrees east: the edge of the map then runs through the Bering Strait, and no country is cut by it."""
_CLOSER = 0.55
"""Points closer than this many px to the one before are left out."""


def project(
    lon: np.ndarray, lat: np.ndarray, meridian: float = CENTRAL_MERIDIAN
) -> tuple[np.ndarray, np.ndarray]:
    """Return Equal Earth coordinates (x to the right, y up) of degrees; longitudes may exceed 180."""
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(lat)))
    square = theta * theta
    sixth = square**3
    slope = 9 * _A4 * square * sixth + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    x = 2 * np.sqrt(3) / 3 * np.radians(lon - meridian) * np.cos(theta) / slope
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return x, y


@dataclass(frozen=True)
class Outline:
    """A ring of a country in px: ``points`` of shape (n, 2), closed; ``hole`` where it is cut out."""

    iso3: str
    points: np.ndarray
    hole: bool

    @property
    def area(self) -> float:
        """Area in square px."""
        x, y = self.points[:, 0], self.points[:, 1]
        return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2

    @property
    def box(self) -> Bounds:
        """The rectangle around it."""
        (left, top), (right, bottom) = self.points.min(axis=0), self.points.max(axis=0)
        return Bounds(float(left), float(top), float(right), float(bottom))

    def contains(self, points: np.ndarray) -> np.ndarray:
        """Return for each point of shape (n, 2) whether it lies inside."""
        # Labels ask for it: whoever wants outlines alone needs nothing that draws.
        from matplotlib.path import Path

        return Path(self.points).contains_points(points)


def outlines(boundaries: pd.DataFrame, width: float) -> tuple[list[Outline], float]:
    """Return the rings of a map ``width`` px wide, without specks under 1 px, and the map's height in px.

    ``boundaries`` has the columns iso3, part, ring, lon, lat of :mod:`milaid.sources.boundaries`.
    """
    x, y = project(boundaries["lon"].to_numpy(float), boundaries["lat"].to_numpy(float))
    scale = (width - 2) / (x.max() - x.min())
    px = np.column_stack([1 + (x - x.min()) * scale, 1 + (y.max() - y) * scale])
    return _rings(boundaries, px), float((y.max() - y.min()) * scale) + 2


def outlines_within(
    boundaries: pd.DataFrame, width: float, countries: Collection[str], highest: float
) -> tuple[list[Outline], float]:
    """Return the rings of a map that ``countries`` fill, ``width`` px wide and at most ``highest`` px high, and its height.

    All other countries are drawn as far as they reach into it. Raises ReportError when none of the countries is drawn.
    """
    meridian = central_meridian(boundaries, countries)
    x, y = project(around(boundaries, meridian).to_numpy(float), boundaries["lat"].to_numpy(float), meridian)
    inside = bounding(boundaries, countries).index
    shown = boundaries.index.isin(inside)
    window = window_of(x[shown], y[shown], meridian).fitted(width, highest)
    scale = width / (window.right - window.left)
    height = (window.high - window.low) * scale
    px = np.column_stack([(x - window.left) * scale, (window.high - y) * scale])
    # A little more than is shown, so that no outline runs along the edge of the map.
    return _rings(boundaries, px, Bounds(-3, -3, width + 3, height + 3)), height


def _rings(boundaries: pd.DataFrame, px: np.ndarray, within: Bounds | None = None) -> list[Outline]:
    rings = []
    for (iso3, _, ring), rows in boundaries.groupby(["iso3", "part", "ring"], sort=True).indices.items():
        points = px[rows]
        if within is not None:
            points = clipped(points, within.left, within.top, within.right, within.bottom)
        if len(points) < 4:
            continue
        points = _thinned(points)
        size = points.max(axis=0) - points.min(axis=0)
        if len(points) >= 4 and size.max() >= 1:
            rings.append(Outline(str(iso3), points, bool(ring)))
    return rings


def _thinned(points: np.ndarray) -> np.ndarray:
    # One by one, each beside the last that was kept: plain numbers take a tenth of the time of arrays of two.
    first, *others = points[:-1].tolist()
    kept, (last_x, last_y) = [first], first
    for x, y in others:
        if abs(x - last_x) >= _CLOSER or abs(y - last_y) >= _CLOSER:
            kept.append([x, y])
            last_x, last_y = x, y
    return np.array([*kept, first])


def inner_point(ring: Outline) -> tuple[float, float]:
    """Return the point inside a ring that is nearest to its centroid."""
    x, y = ring.points[:-1, 0], ring.points[:-1, 1]
    x1, y1 = ring.points[1:, 0], ring.points[1:, 1]
    cross = x * y1 - x1 * y
    double = cross.sum()
    middle = ring.points[:-1].mean(axis=0)
    if abs(double) > 1e-9:
        middle = np.array([((x + x1) * cross).sum(), ((y + y1) * cross).sum()]) / (3 * double)
    box = ring.box
    across, down = np.meshgrid(np.linspace(box.left, box.right, 33), np.linspace(box.top, box.bottom, 33))
    grid = np.vstack([middle, np.column_stack([across.ravel(), down.ravel()])])
    inside = grid[ring.contains(grid)]
    if not len(inside):
        return float(middle[0]), float(middle[1])
    nearest = inside[((inside - middle) ** 2).sum(axis=1).argmin()]
    return float(nearest[0]), float(nearest[1])
