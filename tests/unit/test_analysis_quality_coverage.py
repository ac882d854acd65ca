"""Columns that are printed, and cells that say something."""

import pandas as pd
import pytest

from milaid.analysis.quality_coverage import CoveredField, field_coverage, says_nothing
from milaid.errors import DataError
from quality_frames import edition_fields
from training_frames import trainings

ROWS = trainings(
    {"us_unit": "DLIELC, Lackland AFB TX - 4", "student_unit": "Army"},
    {"us_unit": "N/A - 12", "student_unit": None},
    {"us_unit": "-", "student_unit": "Not Reported"},
    {"us_unit": None, "student_unit": "Navy"},
    {"fiscal_year": 2015, "quantity": None},
)


def coverage(*absent):
    fields = edition_fields("2014-2015", "2015-2016", absent=absent)
    return field_coverage(ROWS, fields).set_index(["edition", "field"])


def test_a_cell_that_holds_only_a_placeholder_is_not_filled():
    unit = coverage().loc[("2014-2015", "us_unit")]
    assert unit[["activities", "empty", "placeholders", "filled"]].tolist() == [4, 1, 2, 1]
    assert unit["share"] == 25.0
    assert coverage().loc[("2014-2015", "student_unit"), "share"] == 50.0


def test_a_column_that_is_not_printed_has_no_share_and_an_empty_one_has_zero():
    frame = coverage(("2015-2016", "us_unit"))
    assert pd.isna(frame.loc[("2015-2016", "us_unit"), "share"])
    assert not frame.loc[("2015-2016", "us_unit"), "printed"]
    assert coverage().loc[("2015-2016", "us_unit"), "share"] == 0.0


def test_numbers_and_dates_are_filled_when_they_are_there():
    frame = coverage()
    assert frame.loc[("2015-2016", "quantity"), "share"] == 0.0
    assert frame.loc[("2014-2015", "quantity"), "share"] == 100.0
    assert frame.loc[("2014-2015", "start_date"), "share"] == 0.0


def test_a_field_worked_out_from_a_column_is_missing_where_that_column_is():
    rows = ROWS.assign(place=["Lackland", None, None, None, "Rome"])
    fields = (CoveredField("place", "Place", "location"),)
    frame = field_coverage(
        rows, edition_fields("2014-2015", "2015-2016", absent=(("2015-2016", "location"),)), fields
    )
    assert frame["share"].tolist()[0] == 25.0
    assert pd.isna(frame["share"].tolist()[1])
    assert frame["derived"].all()


def test_fields_that_the_activities_do_not_have_are_left_out():
    listed = edition_fields("2014-2015", "2015-2016")
    assert "no_such_column" not in set(
        field_coverage(
            ROWS,
            listed,
            (CoveredField("no_such_column", "x", "location"), CoveredField("us_unit", "u", "us_unit")),
        )["field"]
    )


def test_an_edition_that_the_table_does_not_list_is_an_error_that_says_what_to_add():
    with pytest.raises(DataError) as caught:
        field_coverage(ROWS, edition_fields("2014-2015"))
    assert "edition 2015-2016, us_unit" in str(caught.value)
    assert "edition_fields.csv" in str(caught.value)


@pytest.mark.parametrize("text", ["-", "n/a", "N/A - 0", "UNK - N/A", "Unknown", " TBD "])
def test_placeholders(text):
    assert says_nothing(pd.Series([text])).all()


@pytest.mark.parametrize(
    "text", ["Army", "N/A - KAMAN AEROSPACE", "VARIOUS", "X-ray school", "UNKNOWN UNIT 4", None]
)
def test_what_says_something_is_no_placeholder(text):
    assert not says_nothing(pd.Series([text, "Army"])).any()
