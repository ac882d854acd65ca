"""The world map and the table of boundaries it is drawn from."""

import itertools
import json
import re

import numpy as np
import pandas as pd
import pytest

from drawing_texts import check, texts, words
from milaid.blocks.palette import light
from milaid.charts.equal_earth import outlines, project
from milaid.charts.map_labels import Land
from milaid.charts.world_map import class_bounds, class_labels, not_drawn, world_map
from milaid.errors import ReportError, SourceError
from milaid.sources.boundaries import read_boundaries


def square(west, south, size=10.0):
    return [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]


def feature(own, code, name, *rings):
    return {
        "properties": {"ADM0_A3": own, "ISO_A3_EH": code, "NAME_LONG": name},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
    }


@pytest.fixture
def geojson(tmp_path):
    features = [
        feature("BDI", "BDI", "Burundi", square(28, -5, 3)),
        feature("COL", "COL", "Colombia", square(-78, -2, 12), square(-60, 30, 0.05)),
        feature("MEX", "MEX", "Mexico", square(-110, 18)),
        feature("AUS", "AUS", "Australia", square(120, -35, 25)),
        feature("KOS", "-99", "Kosovo", square(20, 42, 2)),
        feature("SOL", "-99", "Somaliland", square(44, 9, 4)),
        feature("SOM", "SOM", "Somalia", square(44, 0, 9)),
        feature("PSX", "PSE", "Palestine", square(34, 31, 2)),
        feature("RUS", "RUS", "Russia", square(160, 60, 20), square(-180, 62)),
        feature("ATA", "ATA", "Antarctica", square(-180, -90)),
    ]
    path = tmp_path / "countries.geojson"
    path.write_text(json.dumps({"features": features}), encoding="utf-8")
    return path


@pytest.fixture
def boundaries(geojson):
    return read_boundaries(geojson)


def test_codes_of_natural_earth_become_iso3(boundaries):
    names = boundaries.drop_duplicates("iso3").set_index("iso3")["name"].to_dict()
    assert names["XKX"] == "Kosovo" and names["PSE"] == "Palestine"
    assert names["SOM"] == "Somalia" and "ATA" not in names
    assert boundaries[boundaries["iso3"] == "SOM"]["part"].nunique() == 2
    assert list(boundaries.columns) == ["iso3", "name", "part", "ring", "lon", "lat"]


def test_parts_on_both_sides_of_the_antimeridian_are_joined(boundaries):
    russia = boundaries[boundaries["iso3"] == "RUS"]
    assert russia["part"].nunique() == 1
    assert russia["lon"].min() == 160 and russia["lon"].max() == 190
    ring = list(zip(russia["lon"], russia["lat"], strict=True))
    assert ring[0] == ring[-1]
    on_meridian = [(a, b) for a, b in itertools.pairwise(ring) if a[0] == b[0] == 180]
    assert all(abs(a[1] - b[1]) < 10 for a, b in on_meridian), "the shared border is gone"


def test_a_file_that_is_no_geojson_is_named(tmp_path):
    page = tmp_path / "page.geojson"
    page.write_text("<html>not found</html>")
    with pytest.raises(SourceError, match=r"page\.geojson"):
        read_boundaries(page)


def test_a_country_without_any_code_is_an_error(tmp_path):
    path = tmp_path / "new.geojson"
    path.write_text(json.dumps({"features": [feature("XYZ", "-99", "New Land", square(0, 0))]}))
    with pytest.raises(SourceError, match="New Land"):
        read_boundaries(path)


def test_equal_earth_keeps_areas_and_is_symmetric():
    x, y = project(np.array([11.0, 11.0, 191.0]), np.array([0.0, 90.0, 0.0]))
    assert (x[0], y[0]) == (0, 0) and x[1] == 0
    assert y[1] == pytest.approx(1.3173, abs=1e-4) and x[2] == pytest.approx(2.7066, abs=1e-4)

    def area(south):
        lon = np.array([0, 1, 1, 0, 0.0]) + 11
        lat = np.array([south, south, south + 1, south + 1, south])
        a, b = project(lon, lat)
        return abs(np.dot(a[:-1], b[1:]) - np.dot(a[1:], b[:-1])) / 2

    expected = np.sin(np.radians(61)) - np.sin(np.radians(60))
    assert area(60) / area(0) == pytest.approx(expected / np.sin(np.radians(1)), rel=1e-3)


def test_specks_are_dropped(boundaries):
    rings, height = outlines(boundaries, 760)
    assert sum(ring.iso3 == "COL" for ring in rings) == 1
    assert 200 < height < 600
    assert all(len(ring.points) >= 4 for ring in rings)


VALUES = pd.DataFrame(
    [("BDI", 5_449, "Burundi"), ("COL", 3_775, "Colombia"), ("MEX", 120, "Mexico"), ("RUS", 3, "Russia"),
     ("XKX", 0, "Kosovo"), ("MLT", 25, "Malta"), (None, 600, "Regional")],
    columns=["iso3", "value", "recipient"],
)  # fmt: skip


def test_the_map_names_the_largest_and_tells_none_reported_from_not_covered(boundaries):
    drawings = world_map(VALUES, boundaries, key="map", not_covered=["AUS"])
    check(drawings, "map")
    found = words(drawings.wide)
    assert {"Burundi 5,449", "Colombia 3,775", "None reported", "Not covered", "Course participants"} <= set(
        found
    )
    assert f"fill: {light('land')}; stroke: {light('mute')}" in drawings.wide
    assert f"fill: {light('none')}" in drawings.wide
    assert world_map(VALUES, boundaries, key="map", not_covered=["AUS"]) == drawings
    assert all(t.weight == 600 for t in texts(drawings.wide) if t.text == "Burundi 5,449")


def test_each_recipient_tells_its_value_and_all_others_are_one_path_a_class(boundaries):
    svg = world_map(VALUES, boundaries, key="map").wide
    told = re.findall(r'<path data-value="([^"]+)"', svg)
    assert sorted(told) == sorted({"Burundi: 5,449", "Colombia: 3,775", "Mexico: 120", "Russia: 3"})
    for role in ("land", "none"):
        assert (
            len(
                re.findall(rf"<path d[^>]*fill: {light(role)}; stroke: {light('mute')}; stroke-width: 0", svg)
            )
            <= 1
        )


def test_recipients_the_map_cannot_show_are_told(boundaries):
    assert list(not_drawn(VALUES, boundaries)["recipient"]) == ["Malta", "Regional"]


def test_a_country_with_two_rows_is_an_error(boundaries):
    with pytest.raises(ReportError, match="BDI"):
        world_map(pd.concat([VALUES, VALUES]), boundaries, key="map")
    with pytest.raises(ReportError, match="above zero"):
        world_map(VALUES.assign(value=0), boundaries, key="map")


@pytest.mark.parametrize(
    "values",
    [[1], [1, 1, 1], [1, 2, 3], list(range(1, 200)), [1] * 100 + [50_000], [3, 7, 49, 300, 49_228]],
)
def test_class_bounds_are_round_rising_and_reached(values):
    bounds = class_bounds(values)
    assert bounds[0] == 1 and bounds == sorted(set(bounds)) and len(bounds) <= 5
    assert bounds[-1] <= max(values)
    assert all(
        float(str(bound).rstrip("0.").ljust(1, "0")) in (1, 2, 25, 5) or bound == 1 for bound in bounds
    )
    labels = class_labels(bounds, "integer")
    assert len(labels) == len(bounds) and labels[-1].endswith("or more")


def test_class_labels_leave_no_hole():
    assert class_labels([1, 50, 1000], "integer") == ["1–49", "50–999", "1,000 or more"]
    assert class_labels([0, 1e6, 5e6], "million") == ["under $1m", "$1m to $5m", "$5m or more"]


def test_each_line_lies_on_as_much_land_as_by_itself(boundaries):
    rings, height = outlines(boundaries, 700.0)
    land = Land(rings, 700, height)
    lines = [
        (x, y, x + far * np.cos(turn), y + far * np.sin(turn))
        for x, y in ((5.0, 5.0), (350.0, height / 2), (690.0, height - 3), (120.5, 80.25))
        for turn in np.linspace(0, 6, 9)
        for far in (0.0, 1.0, 14.0, 95.0, 194.0)
    ]
    together = land.along(lines)
    assert together == [land.along([line])[0] for line in lines]
    assert 0 < sum(together) < sum(np.hypot(x1 - x0, y1 - y0) for x0, y0, x1, y1 in lines)
    assert all(
        px <= np.hypot(x1 - x0, y1 - y0) + 1e-9 for px, (x0, y0, x1, y1) in zip(together, lines, strict=True)
    )
    assert land.along([]) == []
