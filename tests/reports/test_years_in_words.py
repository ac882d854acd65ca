"""The years that a figure names are those that it shows."""

from __future__ import annotations

import re

import pytest

from milaid.blocks.block import csv_rows
from milaid.exhibits import scope
from milaid.exhibits.aid import military_economic
from milaid.exhibits.subject import open_subject
from milaid.exhibits.training import places
from milaid.tables import store

YEARS = store.available_years()
pytestmark = pytest.mark.skipif(not YEARS, reason="no activities in data/; run make data")


@pytest.mark.parametrize("name", ["", "Tonga", "Chad", "Colombia"])
@pytest.mark.parametrize("fiscal_year", [2003, 2010, 2020])
def test_the_places_of_years_are_of_the_years_named(name: str, fiscal_year: int) -> None:
    part = scope.recipient(name) if name else scope.EVERYTHING
    shown = places.places_years(open_subject(fiscal_year, scope=part))
    assert shown
    years = [int(row[0]) for row in csv_rows(shown.csv)[1:]]
    for text in (shown.subtitle, shown.alt):
        assert re.findall(r"FY(\d{4})–FY(\d{4})", text)[0] == (str(min(years)), str(max(years)))


@pytest.mark.parametrize(("name", "told"), [("Tonga", False), ("Colombia", True)])
def test_the_quarter_between_two_fiscal_years_is_told_where_years_around_it_are_shown(
    name: str, told: bool
) -> None:
    shown = military_economic.long_series(open_subject(2010, scope=scope.recipient(name)))
    assert shown and ("July to September 1976" in shown.note) == told
