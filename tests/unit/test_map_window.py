"""The window of a map of a part of the world, wherever the antimeridian runs, and rings cut at its edge."""

import numpy as np
import pandas as pd
import pytest

from milaid.charts.equal_earth import outlines_within
from milaid.charts.map_window import around, bounding, central_meridian, clipped, window_of
from milaid.charts.world_map import world_map
from milaid.errors import ReportError


def square(iso3, west, south, size=10.0):
    lon = [west, west + size, west + size, west, west]
    lat = [south, south, south + size, south + size, south]
    return pd.DataFrame({"iso3": iso3, "name": iso3, "part": 0, "ring": 0, "lon": lon, "lat": lat})


def countries(*squares):
    return pd.concat(squares, ignore_index=True)


PACIFIC = countries(square("FJI", 175, -20, 5), square("WSM", -175, -15, 5), square("AUS", 120, -35, 25))


def test_the_middle_of_countries_on_both_sides_of_the_antimeridian():
    assert central_meridian(PACIFIC, {"FJI", "WSM"}) == pytest.approx(-177.5)
    assert central_meridian(PACIFIC, {"AUS", "WSM"}) == pytest.approx(155)
    assert central_meridian(countries(square("GHA", -5, 5)), {"GHA"}) == pytest.approx(0)


def test_rings_lie_on_the_nearer_side_of_the_meridian():
    lon = around(PACIFIC, 155)
    assert lon[PACIFIC["iso3"] == "WSM"].min() == 185
    assert lon[PACIFIC["iso3"] == "AUS"].min() == 120


def test_a_very_wide_country_bounds_no_window_unless_it_is_alone():
    world = countries(square("RUS", 30, 50, 100), square("UKR", 22, 45))
    assert set(bounding(world, {"RUS", "UKR"})["iso3"]) == {"UKR"}
    assert set(bounding(world, {"RUS"})["iso3"]) == {"RUS"}
    with pytest.raises(ReportError, match="none of the countries"):
        bounding(world, {"XXX"})


def test_a_high_window_becomes_wider_to_fit_and_keeps_its_height():
    window = window_of(np.array([0.0, 1.0]), np.array([0.0, 4.0]), 0.0).fitted(760, 470)
    assert (window.right - window.left) / (window.high - window.low) == pytest.approx(760 / 470)
    assert (window.high + window.low) / 2 == pytest.approx(2)


def test_rings_are_cut_at_the_edge_and_left_out_beyond_it():
    ring = np.array([[-5.0, 2.0], [5.0, 2.0], [5.0, 8.0], [-5.0, 8.0], [-5.0, 2.0]])
    cut = clipped(ring, 0, 0, 10, 10)
    assert cut[:, 0].min() == 0 and cut[:, 0].max() == 5
    assert tuple(cut[0]) == tuple(cut[-1])
    assert len(clipped(ring, 20, 0, 30, 10)) == 0


def test_only_what_reaches_into_the_window_is_drawn_and_it_is_not_too_high():
    world = countries(square("KEN", 35, 0), square("BRA", -60, -20), square("TCD", 15, -30, 40))
    rings, height = outlines_within(world, 760, {"KEN", "TCD"}, 470)
    assert {ring.iso3 for ring in rings} == {"KEN", "TCD"}
    assert height <= 470.001
    frame = pd.DataFrame({"iso3": ["KEN"], "recipient": ["Kenya"], "value": [3]})
    drawings = world_map(
        frame, world, key="m", not_covered={"BRA"}, countries={"KEN", "TCD"}, land="Other countries"
    )
    assert "Other countries" in drawings.wide and "Not covered" not in drawings.wide
