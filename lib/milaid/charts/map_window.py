"""The part of the world that a map shows: the countries that fill it, wherever the antimeridian runs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from milaid.errors import ReportError

WIDEST = 90.0
"""Degrees of longitude of a country that still helps to bound a window; a wider one runs on beyond the edge."""
_MARGIN = 0.05


@dataclass(frozen=True)
class Window:
    """A rectangle of projected coordinates (x to the right, y up) around a central meridian in degrees east."""

    meridian: float
    left: float
    right: float
    low: float
    high: float

    def fitted(self, width: float, highest: float) -> Window:
        """Return the window made wider, if need be, so that a map ``width`` px wide is at most ``highest`` px high."""
        missing = (self.high - self.low) * width / highest - (self.right - self.left)
        side = max(0.0, missing) / 2
        return replace(self, left=self.left - side, right=self.right + side)


def central_meridian(boundaries: pd.DataFrame, countries: Collection[str]) -> float:
    """Return the meridian in the middle of countries, in degrees from -180 to 180.

    The widest stretch without any of them is on the other side of the globe, also where that is Greenwich. Raises
    ReportError when none of the countries is drawn.
    """
    lon = np.sort(bounding(boundaries, countries)["lon"].to_numpy(float) % 360)
    gaps = np.diff(np.append(lon, lon[0] + 360))
    widest = int(gaps.argmax())
    start, extent = lon[(widest + 1) % len(lon)], 360 - gaps[widest]
    return float((start + extent / 2 + 180) % 360 - 180)


def bounding(boundaries: pd.DataFrame, countries: Collection[str]) -> pd.DataFrame:
    """Return the points of the countries that bound a window: those up to :data:`WIDEST`, else all of them."""
    rows = boundaries[boundaries["iso3"].isin(set(countries))]
    if rows.empty:
        raise ReportError(f"none of the countries {sorted(countries)} is in the table of boundaries")
    lon = rows.groupby("iso3")["lon"]
    narrow = lon.transform("max") - lon.transform("min") <= WIDEST
    return rows[narrow] if narrow.any() else rows


def around(boundaries: pd.DataFrame, meridian: float) -> pd.Series:
    """Return longitudes such that each ring lies on the side of the meridian that is nearer to it."""
    rings = boundaries.groupby(["iso3", "part", "ring"])["lon"]
    middle = (rings.transform("max") + rings.transform("min")) / 2
    return boundaries["lon"] - 360 * ((middle - meridian) / 360).round()


def window_of(x: np.ndarray, y: np.ndarray, meridian: float) -> Window:
    """Return the window around projected points, with a margin."""
    across, up = _MARGIN * (x.max() - x.min()), _MARGIN * (y.max() - y.min())
    return Window(meridian, x.min() - across, x.max() + across, y.min() - up, y.max() + up)


def clipped(points: np.ndarray, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """Return the part of a closed ring inside a rectangle in px, closed; no points where nothing is inside.

    Sutherland and Hodgman's way: parts of a ring that the rectangle cuts off from each other stay joined along its
    edge.
    """
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        if not len(points):
            break
        points = _cut(points, axis, limit, sign)
    return points


def _cut(points: np.ndarray, axis: int, limit: float, sign: int) -> np.ndarray:
    kept: list[np.ndarray] = []
    inside = sign * (points[:, axis] - limit) >= 0
    for i in range(len(points) - 1):
        start, end = points[i], points[i + 1]
        if inside[i]:
            kept.append(start)
        if inside[i] != inside[i + 1]:
            kept.append(start + (limit - start[axis]) / (end[axis] - start[axis]) * (end - start))
    return np.array([*kept, kept[0]]) if kept else points[:0]
