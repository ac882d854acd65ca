"""Reading the rows of a document: every cell, over several lines, and cells without a readable value."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from fmtr_documents import (
    FY2007,
    FY2008,
    FY2014,
    FY2017,
    Country,
    Program,
    Row,
    one_table,
)
from tables_read import printed_totals


def test_every_cell_of_a_row_is_read_with_its_place(read):
    tables = read(
        one_table(
            Row(
                "Aviation Medicine",
                "1,296",
                "Fort Rucker, AL",
                "Air Force",
                "USAAVNC",
                "$89,567",
                "2/3/2014",
                "11/30/2014",
            )
        ),
        first_page=41,
    )
    assert len(tables.activities) == 1
    row = tables.activities.iloc[0].to_dict()
    assert row == {
        "fiscal_year": 2014,
        "status": "actual",
        "edition": "2014-2015",
        "document": "africa.pdf",
        "page": 1,
        "printed_page": "41",
        "row_on_page": 1,
        "section": 1,
        "region": "Africa",
        "country": "Angola",
        "program_printed": "IMET-1",
        "funder": "DoS",
        "course_title": "Aviation Medicine",
        "quantity": 1296,
        "location": "Fort Rucker, AL",
        "student_unit": "Air Force",
        "us_unit": "USAAVNC",
        "cost_printed": "$89,567",
        "cost_usd": 89567,
        "start_date": pd.Timestamp("2014-02-03"),
        "end_date": pd.Timestamp("2014-11-30"),
    }
    assert tables.unread.empty


@pytest.mark.parametrize(
    ("layout", "year", "department", "edition"),
    [
        (FY2007, 2007, "DoS", "2007-2008"),
        (FY2014, 2014, "Department of State", "2014-2015"),
        (FY2017, 2017, "Department of State", "2017-2018"),
    ],
)
def test_editions_with_other_heads_and_headings_give_the_same_rows(read, layout, year, department, edition):
    tables = read(
        Country("Angola", (Program("PKO", (Row(), Row("Second")), department),)),
        layout=layout,
        fiscal_year=year,
    )
    assert tables.activities["course_title"].tolist() == ["Officer Course", "Second"]
    assert tables.activities["quantity"].tolist() == [1, 1]
    assert tables.activities["us_unit"].tolist() == ["DLIELC, Lackland AFB TX"] * 2
    assert tables.activities["start_date"].dt.date.tolist() == [date(2013, 10, 21)] * 2
    assert set(tables.activities["edition"]) == {edition}
    assert set(tables.activities["program_printed"]) == {"PKO"}
    assert printed_totals(tables) == [
        ("program", "Angola", "PKO", 2, 200, 1),
        ("country", "Angola", None, 2, 200, 1),
    ]


def test_an_edition_without_us_units_leaves_them_empty_and_keeps_the_cost(read):
    tables = read(Country("Angola", (Program(department="DoD"),)), layout=FY2008, fiscal_year=2008)
    row = tables.activities.iloc[0]
    assert row["us_unit"] is None or pd.isna(row["us_unit"])
    assert (row["student_unit"], row["cost_usd"], row["funder"]) == ("Military", 100, "DoD")
    assert tables.unread.empty


def test_wrapped_cells_are_joined_in_reading_order_with_single_blanks(read):
    tables = read(
        one_table(
            Row(
                "2013-12 Security Sector Reform and Transformation in Central \nAfrica ",
                location="Washington  D.C., US",
                student_unit="Embassy of the Republic of Angola to the \nUnited States of America \nDefense Attaché ",
                us_unit="Defense Institute Of International Legal \nStudies",
            ),
            Row("Next row"),
            Row("Another", us_unit="Long name of a \nUS unit"),
        )
    )
    first, second, third = (row for _, row in tables.activities.iterrows())
    assert first["course_title"] == "2013-12 Security Sector Reform and Transformation in Central Africa"
    assert first["location"] == "Washington D.C., US"
    assert (
        first["student_unit"]
        == "Embassy of the Republic of Angola to the United States of America Defense Attaché"
    )
    assert first["us_unit"] == "Defense Institute Of International Legal Studies"
    assert (second["course_title"], second["student_unit"]) == ("Next row", "Military")
    assert third["us_unit"] == "Long name of a US unit"
    assert tables.activities["quantity"].sum() == 3


def test_a_hyphen_at_the_end_of_a_line_stays(read):
    row = Row(student_unit="Special Works Repair Platoon, Repair-\nTechnical Company", us_unit="NDNG - 2")
    activity = read(one_table(row)).activities.iloc[0]
    assert activity["student_unit"] == "Special Works Repair Platoon, Repair- Technical Company"
    assert activity["us_unit"] == "NDNG - 2"


def test_accents_apostrophes_and_signs_are_kept(read):
    row = Row(
        "Four year international, CLASS of '18", location="São Tomé & Príncipe", student_unit="L’Armée n° 1"
    )
    country = Country("Côte d’Ivoire", (Program("Misc DOD/DOS Non-SA", (row,), "Department of Defense"),))
    activity = read(country).activities.iloc[0]
    assert activity[["country", "course_title", "location", "student_unit", "program_printed"]].tolist() == [
        "Côte d’Ivoire",
        "Four year international, CLASS of '18",
        "São Tomé & Príncipe",
        "L’Armée n° 1",
        "Misc DOD/DOS Non-SA",
    ]


def test_a_missing_cell_is_null_and_listed_and_moves_no_other_cell(read):
    tables = read(
        one_table(
            Row("No people", quantity=None),
            Row("No place", location=None),
            Row("No dates", start=None, end=None),
            Row("No cost", cost=None),
            Row("Last"),
        )
    )
    assert tables.activities["quantity"].isna().tolist() == [True, False, False, False, False]
    assert tables.activities["location"].isna().tolist() == [False, True, False, False, False]
    assert tables.activities["end_date"].isna().tolist() == [False, False, True, False, False]
    assert tables.activities["student_unit"].tolist() == ["Military"] * 5
    assert tables.activities["cost_usd"].isna().tolist() == [False, False, False, True, False]
    listed = tables.unread[["row_on_page", "field", "printed", "country", "program_printed"]].values.tolist()
    assert listed == [
        [1, "quantity", "", "Angola", "IMET-1"],
        [3, "start_date", "", "Angola", "IMET-1"],
        [3, "end_date", "", "Angola", "IMET-1"],
        [4, "cost", "", "Angola", "IMET-1"],
    ]


def test_an_empty_title_does_not_join_the_row_to_the_one_above(read):
    tables = read(one_table(Row("First"), Row(None, "5"), Row("Third", "7")))
    assert tables.activities["quantity"].tolist() == [1, 5, 7]
    assert tables.activities["course_title"].isna().tolist() == [False, True, False]


def test_a_lone_dollar_sign_is_no_value_and_not_listed_as_unread(read):
    tables = read(one_table(Row(cost="$"), Row(cost="$0")))
    assert tables.activities["cost_usd"].isna().tolist() == [True, False]
    assert tables.activities["cost_printed"].tolist() == ["$", "$0"]
    assert tables.unread.empty


@pytest.mark.parametrize(
    ("field", "printed", "column"),
    [
        ("start", "12/10/207", "start_date"),
        ("end", "2/30/2014", "end_date"),
        ("quantity", "1O", "quantity"),
        ("quantity", "1.5", "quantity"),
        ("cost", "$12,34", "cost"),
        ("cost", "$-5", "cost"),
    ],
)
def test_what_cannot_be_read_is_null_and_listed_as_printed(read, field, printed, column):
    tables = read(one_table(Row(**{field: printed}), Row()))
    value = {"cost": "cost_usd"}.get(column, column)
    assert tables.activities[value].isna().tolist() == [True, False]
    assert tables.unread[["page", "row_on_page", "field", "printed"]].values.tolist() == [
        [1, 1, column, printed]
    ]


def test_rows_with_cents_become_whole_dollars_that_add_up_to_the_total_of_their_table(read):
    cents = [Row(cost="2902.9"), Row(cost="933.89"), Row(cost="1204.46"), Row(cost="26688")]
    more = [Row(cost="0.4"), Row(cost="0.4"), Row(cost="0.4")]
    tables = read(
        Country("Angola", (Program("IMET-1", tuple(cents), "DoS"), Program("PKO", tuple(more), "DoS"))),
        layout=FY2007,
        fiscal_year=2007,
    )
    printed = {total[2]: total[4] for total in printed_totals(tables) if total[0] == "program"}
    sums = tables.activities.groupby("program_printed")["cost_usd"].sum()
    assert sums.to_dict() == printed == {"IMET-1": 31729, "PKO": 1}
    assert tables.activities["cost_usd"].tolist() == [2903, 934, 1204, 26688, 1, 0, 0]
    assert tables.activities["cost_printed"].tolist()[:3] == ["2902.9", "933.89", "1204.46"]
