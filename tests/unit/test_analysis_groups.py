import math

import pandas as pd
import pytest

from milaid.analysis.cost import cost_by_program, cost_years
from milaid.analysis.groups import beside_previous
from milaid.analysis.programs import (
    department_name,
    department_totals,
    program_totals,
    program_years,
    recipient_by_program,
    recipient_program_table,
)
from milaid.analysis.published import published_beside_ours
from milaid.analysis.regions import region_totals, region_years
from milaid.analysis.series import annual_totals
from training_frames import covered, programs, trainings


@pytest.fixture
def rows():
    return trainings(
        {"fiscal_year": 2012, "program": "GPOI", "quantity": 200, "cost_usd": 400},
        {
            "fiscal_year": 2012,
            "program": "IMET",
            "quantity": 100,
            "cost_usd": 1000,
            "region_harmonised": "Near East",
        },
        {"fiscal_year": 2013, "program": "PKO", "quantity": 180, "cost_usd": 900},
        {
            "fiscal_year": 2013,
            "program": "IMET",
            "quantity": 80,
            "cost_usd": 600,
            "region_harmonised": "Near East",
        },
        {"fiscal_year": 2013, "program": "IMET", "quantity": 40, "cost_usd": None, "recipient": "Togo"},
        {"fiscal_year": 2013, "program": "FMF", "quantity": 0, "cost_usd": 50, "funder": "DoD"},
    )


NAMES = programs("GPOI", "PKO", "IMET", "FMF", PKO="GPOI")


def test_programs_are_sorted_by_participants_beside_the_year_before(rows):
    frame = program_totals(rows, NAMES, 2013).set_index("program")
    assert frame.index.tolist() == ["PKO", "IMET", "FMF"]
    assert frame.loc["IMET", ["participants", "previous_participants", "change"]].tolist() == [120, 100, 20]
    assert frame.loc["IMET", "percent_change"] == 20.0
    assert frame.loc["IMET", "share"] == 40.0
    assert frame.loc["IMET", "participants_with_cost"] == 80  # the 40 without a cost are not divided by
    assert frame.loc["IMET", "cost_per_participant"] == 7.5
    assert frame.loc["FMF", "department"] == "Department of Defense"


def test_a_relabelled_program_names_its_predecessor_and_computes_no_change(rows):
    pko = program_totals(rows, NAMES, 2013).set_index("program").loc["PKO"]
    assert pd.isna(pko["previous_participants"]) and pd.isna(pko["change"])
    assert (pko["predecessor"], pko["predecessor_participants"]) == ("GPOI", 200)


def test_cost_per_participant_of_a_program_without_participants_is_missing(rows):
    frame = cost_by_program(rows, NAMES, 2013).set_index("program")
    assert math.isnan(frame.loc["FMF", "cost_per_participant"])
    assert frame.index.tolist() == ["PKO", "IMET", "FMF"]
    assert frame["cost_share"].sum() == pytest.approx(100)


def test_departments_have_shares_of_both_years(rows):
    frame = department_totals(rows, 2013).set_index("funder")
    assert frame.loc["DoS", ["participants", "share", "previous_share"]].tolist() == [300, 100.0, 100.0]
    assert pd.isna(frame.loc["DoD", "previous_share"])
    assert department_name("XYZ") == "XYZ"


def test_program_years_have_zero_where_a_program_is_not_listed(rows):
    frame = program_years(rows, NAMES).set_index(["fiscal_year", "program"])["participants"]
    assert frame[2013, "GPOI"] == 0
    assert frame[2012, "GPOI"] == 200


def test_regions_compare_with_the_year_before(rows):
    frame = region_totals(rows, 2013, covered(2012, 2013)).set_index("region")
    assert frame.loc["Near East", ["participants", "change", "percent_change"]].tolist() == [80, -20, -20.0]
    assert frame.loc["Near East", "previous_share"] == pytest.approx(100 / 3)
    broken = region_totals(rows, 2013, covered(2012, 2013, (2013, "break"))).set_index("region")
    assert pd.isna(broken.loc["Near East", "change"])


def test_every_region_has_a_row_in_every_year():
    frame = region_years(
        trainings(
            {"fiscal_year": 2012, "quantity": 4},
            {"fiscal_year": 2013, "quantity": 6, "region_harmonised": "Near East"},
        )
    )
    assert frame[["fiscal_year", "region", "participants"]].to_numpy().tolist() == [
        [2012, "Africa", 4], [2012, "Near East", 0], [2013, "Africa", 0], [2013, "Near East", 6],
    ]  # fmt: skip


def test_recipient_by_program_tells_zero_from_no_activity(rows):
    assert len(recipient_by_program(rows, 2013)) == 4
    table = recipient_program_table(rows, 2013).set_index(["region", "recipient"])
    assert table.loc[("Africa", "Burundi"), "FMF"] == 0
    assert pd.isna(table.loc[("Africa", "Togo"), "FMF"])
    assert table.loc[("Africa", "Burundi"), "total"] == 180
    assert table.columns.tolist() == ["PKO", "IMET", "FMF", "total", "cost_usd"]


def test_cost_years_are_equal_in_the_base_year(rows):
    deflator = pd.DataFrame({"fiscal_year": [2012, 2013], "gdp_deflator": [0.5, 1.0]})
    frame = cost_years(annual_totals(rows), deflator, 2013).set_index("fiscal_year")
    assert frame.loc[2013, "cost_usd_constant"] == 1550
    assert frame.loc[2012, "cost_usd_constant"] == 2800
    assert frame.loc[2012, "cost_per_participant_constant"] == pytest.approx(2800 / 300)


def test_published_totals_stand_beside_ours_and_only_those_of_the_world(rows):
    figures = pd.DataFrame(
        [
            ("SAM", "Total trainees", "2013", "World", "All", 360.0, "people", "with sales", "https://a"),
            ("SAM", "Trainees", "2013", "World", "FMS", 60.0, "people", "sales", "https://a"),
            ("SAM", "Trainees", "2010-2013", "World", "All", 999.0, "people", "four years", "https://a"),
            ("DSCA", "FMS sales", "2013", "World", "All", 47.0, "billion USD", "sales", "https://a"),
            ("SAM", "Total trainees", "2016", "World", "All", 500.0, "people", "with sales", "https://a"),
        ],
        columns=[
            "publisher",
            "measure",
            "fiscal_year",
            "place",
            "program",
            "value",
            "unit",
            "definition",
            "source_url",
        ],
    )
    frame = published_beside_ours(annual_totals(rows), figures)
    assert frame["published"].tolist() == [360, 500]
    assert frame["difference"].tolist()[0] == 60
    assert frame["percent"].tolist()[0] == 20.0
    assert frame["participants"].isna().tolist() == [False, True]


def test_a_group_whose_activities_print_no_cost_has_none_and_not_zero() -> None:
    frame = pd.DataFrame(
        {
            "fiscal_year": [2011, 2011, 2011, 2010],
            "recipient": ["Kuwait", "Qatar", "Qatar", "Oman"],
            "quantity": pd.array([3, 4, 6, 2], "Int32"),
            "cost_usd": pd.array([None, None, 0, 50], "Int64"),
        }
    )
    found = beside_previous(frame, 2011, ["recipient"], former=True).set_index("recipient")
    assert pd.isna(found.loc["Kuwait", "cost_usd"]), "no printed cost"
    assert found.loc["Qatar", "cost_usd"] == 0, "a printed zero"
    assert found.loc["Oman", "cost_usd"] == 0 and found.loc["Oman", "participants"] == 0, (
        "no activity any more"
    )
