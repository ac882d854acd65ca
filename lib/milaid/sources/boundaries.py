"""Country boundaries of Natural Earth (public domain, 1:110m) as a tidy table.

The codes of Natural Earth differ from ISO 3166-1 in a few places. ``ISO_A3_EH`` is used where it is set, else
this table; it follows the recognition policy of the United States, whose reports are shown on the map:

=========  ======  =====================================================
ADM0_A3    iso3    why
=========  ======  =====================================================
KOS        XKX     Kosovo has no ISO code; XKX is the one in common use
CYN        CYP     the north of Cyprus is no recipient of its own
SOL        SOM     Somaliland is no recipient of its own
=========  ======  =====================================================

Through ``ISO_A3_EH``: PSX becomes PSE (Palestinian territories), SDS becomes SSD (South Sudan), SAH becomes ESH
(Western Sahara). Antarctica is left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from milaid.errors import SourceError
from milaid.parsing import parse_json

CODES = {"KOS": "XKX", "CYN": "CYP", "SOL": "SOM"}
"""Code of Natural Earth (ADM0_A3) -> iso3, where ISO_A3_EH is not set."""

Ring = list[tuple[float, float]]
_LEFT_OUT = {"ATA"}
_CROSSING = {"RUS", "FJI"}
"""Countries on both sides of the antimeridian; their western parts are moved to longitudes over 180."""


def read_boundaries(geojson_path: Path) -> pd.DataFrame:
    """Return the boundaries as a table of points.

    Columns: ``iso3``, ``name``, ``part`` (number of the polygon of the country), ``ring`` (0 is the outline,
    others are holes), ``lon``, ``lat`` (degrees; the points of a ring follow each other, the first is the last).
    Longitudes lie between −180 and 180, but over 180 in Russia and Fiji, which cross the antimeridian and are
    joined there. Raises SourceError if the file is missing or is no GeoJSON of countries.
    """
    try:
        features = parse_json(Path(geojson_path).read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{geojson_path} is not a GeoJSON file of country boundaries ({type(error).__name__}: {error}); "
            "expected ne_110m_admin_0_countries.geojson of Natural Earth"
        ) from error
    names: dict[str, str] = {}
    polygons: dict[str, list[list[Ring]]] = {}
    for feature in features:
        properties = {key.upper(): value for key, value in feature["properties"].items()}
        iso3 = _iso3(properties, geojson_path)
        if iso3 in _LEFT_OUT:
            continue
        polygons.setdefault(iso3, []).extend(_polygons(feature["geometry"]))
        if properties["ADM0_A3"] not in CODES or iso3 not in names:
            names[iso3] = str(properties["NAME_LONG"])
    rows = []
    for iso3 in sorted(polygons):
        parts = _join_at_antimeridian(polygons[iso3]) if iso3 in _CROSSING else polygons[iso3]
        for part, rings in enumerate(parts):
            for number, ring in enumerate(rings):
                rows += [(iso3, names[iso3], part, number, lon, lat) for lon, lat in _without_repeats(ring)]
    table = pd.DataFrame(rows, columns=["iso3", "name", "part", "ring", "lon", "lat"])
    return table.astype({"part": "int16", "ring": "int16"})


def _iso3(properties: dict[str, Any], path: Path) -> str:
    code, own = str(properties.get("ISO_A3_EH", "-99")), str(properties.get("ADM0_A3", ""))
    if code != "-99":
        return code
    if own not in CODES:
        raise SourceError(
            f"{path}: {properties.get('NAME_LONG')!r} (ADM0_A3 {own!r}) has no ISO code; add it to CODES in "
            "milaid/sources/boundaries.py"
        )
    return CODES[own]


def _polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[[(float(lon), float(lat)) for lon, lat, *_ in ring] for ring in polygon] for polygon in polygons]


def _without_repeats(ring: Ring) -> Ring:
    return [point for i, point in enumerate(ring) if i == 0 or point != ring[i - 1]]


def _join_at_antimeridian(polygons: list[list[Ring]]) -> list[list[Ring]]:
    """Move western parts past 180 degrees and join them with the eastern parts they touch there."""
    east: list[list[Ring]] = []
    west: list[list[Ring]] = []
    for polygon in polygons:
        if max(lon for lon, _ in polygon[0]) <= 0:
            west.append([[(lon + 360, lat) for lon, lat in ring] for ring in polygon])
        else:
            east.append(polygon)
    for moved in west:
        for i, polygon in enumerate(east):
            ring = _merge(polygon[0], moved[0])
            if ring is not None:
                east[i] = [ring, *polygon[1:], *moved[1:]]
                break
        else:
            east.append(moved)
    return east


def _merge(one: Ring, two: Ring) -> Ring | None:
    """Return the outline of two rings that share a stretch of the 180th meridian, or None if they do not."""
    first, second = _open_at_meridian(one), _open_at_meridian(two)
    if first is None or second is None:
        return None
    spans = [sorted((ring[0][1], ring[-1][1])) for ring in (first, second)]
    if max(low for low, _ in spans) >= min(high for _, high in spans):
        return None
    merged = first + second
    return [*merged, merged[0]]


def _open_at_meridian(ring: Ring) -> Ring | None:
    """Return the ring cut open along the 180th meridian: it begins and ends there."""
    points = ring[:-1]
    on = [abs(lon - 180) < 1e-6 for lon, _ in points]
    for i in range(len(points)):
        if on[i] and on[i - 1]:
            turned = points[i:] + points[:i]
            while len(turned) > 2 and abs(turned[1][0] - 180) < 1e-6:
                turned = turned[1:]
            while len(turned) > 2 and abs(turned[-2][0] - 180) < 1e-6:
                turned = turned[:-1]
            return turned
    return None
