"""Rows after the last head of a region take it from the other documents of their edition."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.errors import DataError
from milaid.tables.printed_regions import complete_regions

COLUMNS = ["edition", "region", "country", "document", "page"]


def frame(*rows):
    return pd.DataFrame([("2000-2001", *row) if len(row) == 4 else row for row in rows], columns=COLUMNS)


BEGUN = ("", "Albania", "3164.pdf", 32)
GOES_ON = ("Europe", "Albania", "3165.pdf", 1)
OTHER = ("Africa", "Benin", "3164.pdf", 2)


def test_an_open_region_is_that_of_the_country_in_the_other_documents():
    rows = frame(OTHER, BEGUN, GOES_ON, GOES_ON)
    completed = complete_regions(rows, rows)
    assert completed["region"].tolist() == ["Africa", "Europe", "Europe", "Europe"]
    assert completed.drop(columns="region").equals(rows.drop(columns="region"))
    assert rows["region"].tolist()[1] == ""


def test_totals_take_the_region_from_the_activities():
    totals = frame(BEGUN, OTHER)
    assert complete_regions(totals, frame(BEGUN, GOES_ON))["region"].tolist() == ["Europe", "Africa"]


def test_rows_that_all_have_a_region_are_left_alone():
    rows = frame(OTHER, GOES_ON)
    assert complete_regions(rows, rows).equals(rows)


def test_another_edition_says_nothing_about_the_region():
    rows = frame(BEGUN, ("2001-2002", *GOES_ON))
    with pytest.raises(DataError, match=r"Albania \(3164\.pdf, page 32\): none"):
        complete_regions(rows, rows)


def test_every_country_without_one_region_is_named_once():
    rows = frame(
        BEGUN,
        BEGUN,
        GOES_ON,
        ("NIS", "Albania", "3166.pdf", 4),
        ("", "Armenia", "3165.pdf", 39),
        OTHER,
    )
    with pytest.raises(DataError) as caught:
        complete_regions(rows, rows)
    message = str(caught.value)
    assert message.count("Albania (3164.pdf, page 32): Europe and NIS") == 1
    assert "Armenia (3165.pdf, page 39): none" in message
    assert "Benin" not in message
    assert "need one region in the other documents of their edition" in message


def test_a_row_without_a_region_does_not_count_as_a_second_region():
    rows = frame(BEGUN, ("", "Albania", "3164.pdf", 31), GOES_ON)
    assert complete_regions(rows, rows)["region"].tolist() == ["Europe"] * 3
