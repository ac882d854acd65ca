"""Reading the tables of a document: countries, programs and totals, over lines and pages."""

from __future__ import annotations

import pandas as pd
import pytest

from fmtr_documents import (
    BREAK,
    FY2008,
    FY2014,
    FY2017,
    Country,
    Document,
    Program,
    Row,
    one_table,
    write,
)
from milaid.sources.fmtr.document import read_document
from tables_read import printed_totals

KINSHASA = "Congo, Democratic Republic of (Kinshasa)"


def test_several_programs_and_countries_each_keep_their_rows_and_totals(read):
    tables = read(
        Country(
            "Angola",
            (
                Program("IMET-1", (Row(quantity="2"), Row(quantity="3"))),
                Program("FMF", (Row(quantity="5"),), "Department of Defense"),
            ),
        ),
        Country("Cape Verde, Republic of", (Program("IMET-1", (Row(quantity="7", cost="$1,000"),)),)),
    )
    rows = tables.activities[["country", "program_printed", "funder", "section", "quantity", "row_on_page"]]
    assert [tuple(row) for row in rows.itertuples(index=False)] == [
        ("Angola", "IMET-1", "DoS", 1, 2, 1),
        ("Angola", "IMET-1", "DoS", 1, 3, 2),
        ("Angola", "FMF", "DoD", 2, 5, 3),
        ("Cape Verde, Republic of", "IMET-1", "DoS", 3, 7, 4),
    ]
    assert printed_totals(tables) == [
        ("program", "Angola", "IMET-1", 5, 200, 1),
        ("program", "Angola", "FMF", 5, 100, 1),
        ("country", "Angola", None, 10, 300, 1),
        ("program", "Cape Verde, Republic of", "IMET-1", 7, 1000, 1),
        ("country", "Cape Verde, Republic of", None, 7, 1000, 1),
    ]


def test_a_program_that_runs_over_the_page_is_one_table_with_rows_on_both_pages(read):
    rows = (Row("First"), Row("Second"), BREAK, Row("Third"))
    tables = read(one_table(*rows), first_page=8)
    found = tables.activities[["course_title", "page", "printed_page", "row_on_page", "section"]]
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("First", 1, "8", 1, 1),
        ("Second", 1, "8", 2, 1),
        ("Third", 2, "9", 1, 1),
    ]
    assert printed_totals(tables)[0] == ("program", "Angola", "IMET-1", 3, 300, 2)


def test_a_long_table_fills_several_pages_and_loses_no_row(read):
    titles = [f"Course {number}" for number in range(150)]
    wrapped = [Row(title, student_unit="Two lines \nof a unit") for title in titles]
    tables = read(one_table(*wrapped))
    assert tables.activities["course_title"].tolist() == titles
    assert tables.activities["page"].max() > 3
    assert printed_totals(tables)[1][:4] == ("country", "Angola", None, 150)
    assert (
        tables.activities.groupby("page")["row_on_page"].max() == tables.activities.groupby("page").size()
    ).all()


def test_a_page_may_end_between_country_name_and_program_heading(read):
    tables = read(Country("Angola"), Country("Benin", (BREAK, Program("PKO"))), Country("Chad"))
    assert tables.activities["country"].tolist() == ["Angola", "Benin", "Chad"]
    assert tables.activities["program_printed"].tolist() == ["IMET-1", "PKO", "IMET-1"]
    assert tables.activities["page"].tolist() == [1, 2, 2]


def test_a_page_may_end_between_program_total_and_country_total(read):
    tables = read(Country("Angola", (Program(), BREAK)), Country("Benin"))
    assert [total[0::5] for total in printed_totals(tables)] == [
        ("program", 1),
        ("country", 2),
        ("program", 2),
        ("country", 2),
    ]
    assert tables.activities["country"].tolist() == ["Angola", "Benin"]


def test_a_country_total_that_wraps_beside_its_numbers_is_a_total_and_no_row(read):
    tables = read(
        Country(KINSHASA, (Program(rows=(Row(quantity="18", cost="$348,578"),)),), wrapped_total=True),
        Country("Congo, Republic of (Brazzaville)"),
    )
    assert tables.activities["country"].tolist() == [KINSHASA, "Congo, Republic of (Brazzaville)"]
    assert ("country", KINSHASA, None, 18, 348578, 1) in printed_totals(tables)
    assert len(tables.totals) == 4


def test_a_country_total_of_one_line_is_read_whatever_its_length(read):
    tables = read(Country(KINSHASA), layout=FY2008, fiscal_year=2008)
    assert printed_totals(tables)[-1] == ("country", KINSHASA, None, 1, 100, 1)


def test_a_total_printed_over_the_last_row_is_taken_out_and_the_rest_of_the_row_kept(read):
    over = Row(
        "Workshop on the \nlost second line",
        "9",
        "Garmisch, Germany",
        "UNK",
        "-",
        "$900",
        "1/23/2014",
        "1/24/2014",
    )
    tables = read(one_table(Row(), over, overprinted=True), Country("Benin"))
    first, row, last = (row for _, row in tables.activities.iterrows())
    assert set(printed_totals(tables)) == {
        ("program", "Angola", "IMET-1", 10, 1000, 1),
        ("country", "Angola", None, 10, 1000, 1),
        ("program", "Benin", "IMET-1", 1, 100, 1),
        ("country", "Benin", None, 1, 100, 1),
    }
    assert (first["quantity"], last["country"], last["quantity"]) == (1, "Benin", 1)
    assert row["course_title"] == "Workshop on the"
    assert pd.isna(row["quantity"]) and pd.isna(row["cost_usd"])
    assert row[["location", "student_unit", "us_unit"]].tolist() == ["Garmisch, Germany", "UNK", "-"]
    assert (row["start_date"], row["end_date"]) == (pd.Timestamp("2014-01-23"), pd.Timestamp("2014-01-24"))
    assert tables.unread[["row_on_page", "field"]].values.tolist() == [[2, "quantity"], [2, "cost"]]


def test_a_total_printed_over_a_row_of_one_line_leaves_no_title(read):
    tables = read(one_table(Row(), Row("Gone", "4"), overprinted=True))
    assert tables.activities["course_title"].isna().tolist() == [False, True]
    assert ("program", "Angola", "IMET-1", 5, 200, 1) in printed_totals(tables)


def test_a_country_without_programs_gives_no_rows_to_another(read):
    tables = read(
        Country("Angola", total=None, programs=()), Country("Benin"), Country("Chad", total=None, programs=())
    )
    assert tables.activities["country"].tolist() == ["Benin"]
    assert [total[1] for total in printed_totals(tables)] == ["Benin", "Benin"]


def test_a_country_that_prints_a_total_but_no_program_takes_none_from_the_next(read):
    tables = read(Country("Angola"), Country("Benin", (), ("0", "$0")), Country("Chad"))
    assert tables.activities["country"].tolist() == ["Angola", "Chad"]
    assert ("country", "Benin", None, 0, 0, 1) in printed_totals(tables)


def test_totals_are_read_as_printed_even_where_they_are_wrong(read):
    tables = read(Country("Angola", (Program(total=("12", "$3,400")),), ("13", "$")))
    assert printed_totals(tables) == [
        ("program", "Angola", "IMET-1", 12, 3400, 1),
        ("country", "Angola", None, 13, None, 1),
    ]


def test_a_blank_page_names_rows_after_it_by_the_country_total_and_leaves_their_program_open(read):
    tables = read(
        Country("Angola", (Program("PKO", (Row("Seen"), BREAK, Row("Lost"))),)),
        Country("Benin", (Program("IMET-1", (Row("Lost too"), BREAK, Row("After"))), Program("FMF"))),
        Country("Chad"),
        blank_pages=frozenset({2}),
    )
    rows = tables.activities[["course_title", "page", "country", "program_printed", "funder"]]
    assert [tuple(row) for row in rows.itertuples(index=False)] == [
        ("Seen", 1, "Angola", "PKO", "DoS"),
        ("After", 3, "Benin", "heading not readable", "not stated"),
        ("Officer Course", 3, "Benin", "FMF", "DoS"),
        ("Officer Course", 3, "Chad", "IMET-1", "DoS"),
    ]
    assert tables.activities["section"].is_monotonic_increasing
    assert tables.activities["section"].nunique() == 4
    assert [total[:4] for total in printed_totals(tables)][:3] == [
        ("program", "Benin", "heading not readable", 2),
        ("program", "Benin", "FMF", 1),
        ("country", "Benin", None, 3),
    ]


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("layout", [FY2008, FY2014])
def test_a_page_stored_turned_reads_as_it_is_shown(tmp_path, rotation, layout):
    countries = (
        Country("Angola", (Program("PKO", (Row("Two \nlines", us_unit="Unit \nof two"), BREAK, Row())),)),
        Country(KINSHASA, wrapped_total=True),
    )
    upright, turned = (
        read_document(
            write(tmp_path / "x.pdf", Document(countries=countries, layout=layout, rotation=degrees))
        )
        for degrees in (0, rotation)
    )
    pd.testing.assert_frame_equal(turned.activities, upright.activities)
    pd.testing.assert_frame_equal(turned.totals, upright.totals)
    assert upright.activities["course_title"].iloc[0] == "Two lines"


def test_the_region_is_that_of_the_running_head(read):
    assert set(read(region="East Asia and Pacific", layout=FY2017).activities["region"]) == {
        "East Asia and Pacific"
    }
