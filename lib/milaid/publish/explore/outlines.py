"""The outlines of countries for the map of the explorer: paths in a picture of fixed width, one for each ISO code."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from milaid.charts.equal_earth import outlines
from milaid.tables import store

WIDTH = 760.0
"""Width of the map in px; a phone shows the same drawing smaller."""


def map_of_the_world() -> dict[str, Any]:
    """Return width and height of the map, and by ISO code the path of a country in whole tenths of a px."""
    boundaries = store.load_boundaries()
    if boundaries.empty:
        return {"width": WIDTH, "height": 0, "paths": {}}
    rings, height = outlines(boundaries, WIDTH)
    paths: dict[str, list[str]] = defaultdict(list)
    for ring in rings:
        tenths = (ring.points[:-1] * 10).round().astype(int)
        steps = tenths[1:] - tenths[:-1]
        first = f"M{tenths[0][0]} {tenths[0][1]}"
        paths[ring.iso3].append(first + "l" + " ".join(f"{x} {y}" for x, y in steps) + "z")
    return {
        "width": WIDTH,
        "height": round(height, 1),
        "paths": {iso3: "".join(parts) for iso3, parts in sorted(paths.items())},
    }
