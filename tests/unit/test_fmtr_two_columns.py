"""Edition 2000-2001: short rows in two columns a page, for the year that is done and the year that is planned."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

import tables_read
from fmtr_documents import BREAK, Row
from milaid.sources.fmtr.corrections import Correction
from milaid.sources.fmtr.document import read_document
from older_documents import Heading, Total, country, program
from older_two_columns import write_two_columns
from tables_read import column, totals

ROW = Row("INFANTRY OFFICER BASIC", "1", cost="$3,350")
ANGOLA = Heading("Angola", "Africa Center for Strategic Studies", 2000)
BENIN = Heading("Benin", "International Military Education and Training (IMET)", 2000)
BOTH = {2000: [ROW], 2001: [ROW, ROW]}
refusal = partial(tables_read.refusal, "3164.pdf, page ")


@pytest.fixture
def read(tmp_path):
    """Return the function that draws these items and reads them."""
    return lambda items, corrections=(), **options: read_document(
        write_two_columns(tmp_path / "3164.pdf", items, **options), corrections
    )


def split(heading, *more):
    """Return a country whose second column begins before its last total."""
    items = country(program(heading, BOTH), *more)
    return [*items[:-1], BREAK, items[-1]]


def test_every_cell_is_read_with_its_place_and_what_the_edition_does_not_print_is_null(read):
    tables = read(split(ANGOLA), first_page=33)
    first = tables.activities.iloc[0]
    assert first.drop(["location", "student_unit", "us_unit", "start_date", "end_date"]).to_dict() == {
        "fiscal_year": 2000,
        "status": "actual",
        "edition": "2000-2001",
        "document": "3164.pdf",
        "page": 1,
        "printed_page": "33",
        "row_on_page": 1,
        "section": 1,
        "region": "Africa",
        "country": "Angola",
        "program_printed": "Africa Center for Strategic Studies",
        "funder": "not stated",
        "course_title": "INFANTRY OFFICER BASIC",
        "quantity": 1,
        "cost_printed": "$3,350",
        "cost_usd": 3350,
    }
    assert (
        tables.activities[["location", "student_unit", "us_unit", "start_date", "end_date"]]
        .isna()
        .all(axis=None)
    )
    assert tables.unread.empty


def test_the_first_year_is_done_the_second_planned_and_totals_of_programs_and_countries_are_of_both(read):
    tables = read(split(ANGOLA))
    assert column(tables, "fiscal_year", "status", "section") == [
        (2000, "actual", 1), (2001, "planned", 2), (2001, "planned", 2),
    ]  # fmt: skip
    name = "Africa Center for Strategic Studies"
    assert totals(tables) == [
        ("fiscal_year", 2000, "actual", "Africa", "Angola", name, 1, 3350, 1),
        ("fiscal_year", 2001, "planned", "Africa", "Angola", name, 2, 6700, 1),
        ("program", 2000, "both", "Africa", "Angola", name, 3, 10050, 1),
        ("country", 2000, "both", "Africa", "Angola", None, 3, 10050, 1),
    ]


def test_a_heading_over_several_lines_is_country_program_and_year(read):
    name = "Non-Security Assistance, Unified Command and Other Engagement Activities of a Very Long Name"
    tables = read(split(Heading("Congo, Republic of", name, 2000)))
    assert set(column(tables, "country", "program_printed")) == {("Congo, Republic of", name)}


def test_a_title_that_is_too_long_goes_on_in_the_next_line(read):
    rows = [replace(ROW, title="AMPHIB WARFARE SCHOOL\nUSMC"), replace(ROW, title="SIM, FY00", quantity="30")]
    items = country(program(ANGOLA, {2000: rows, 2001: [ROW]}))
    tables = read([*items[:2], BREAK, *items[2:]])
    assert column(tables, "course_title", "quantity") == [
        ("AMPHIB WARFARE SCHOOL USMC", 1),
        ("SIM, FY00", 30),
        ("INFANTRY OFFICER BASIC", 1),
    ]


def test_a_row_without_cost_or_without_number_is_null_there_and_listed(read):
    rows = [
        replace(ROW, cost=None),
        replace(ROW, quantity=None),
        replace(ROW, cost="$10.60"),
        replace(ROW, cost="$0"),
    ]
    items = country(program(ANGOLA, {2000: rows, 2001: [ROW]}))
    tables = read([*items[:2], BREAK, *items[2:]])
    assert column(tables, "quantity", "cost_usd")[:4] == [(1, None), (None, 3350), (1, 11), (1, 0)]
    assert tables.unread[["row_on_page", "field", "printed"]].values.tolist() == [
        [1, "cost", ""],
        [2, "quantity", ""],
    ]


def test_totals_without_an_amount_have_none(read):
    free = replace(ROW, cost=None)
    tables = read([*program(ANGOLA, {2000: [free], 2001: [free]}), BREAK, *country(program(BENIN, BOTH))])
    assert [total[6:8] for total in totals(tables)[:3]] == [(1, None), (1, None), (2, None)]


def test_a_table_goes_on_over_columns_and_pages(read):
    rows = [replace(ROW, title=f"COURSE {number}") for number in range(150)]
    tables = read(country(program(ANGOLA, {2000: rows, 2001: [ROW]})), first_page=7)
    found = column(tables, "course_title", "section")
    assert found == [(f"COURSE {number}", 1) for number in range(150)] + [("INFANTRY OFFICER BASIC", 2)]
    pages = tables.activities.groupby("page")
    assert pages["printed_page"].agg(set).tolist() == [{"7"}, {"8"}]
    for _, rows_on_page in pages["row_on_page"]:
        assert rows_on_page.tolist() == list(range(1, len(rows_on_page) + 1))
    assert [total[6] for total in totals(tables)] == [150, 1, 151, 151]


def test_a_document_may_begin_within_the_rows_that_the_head_of_its_column_names(read):
    rest = program(BENIN, {2000: [ROW, ROW]})[1:]
    later = program(replace(BENIN, year=2001), {2001: [ROW]})
    tables = read([*rest, BREAK, *later], before=BENIN)
    assert column(tables, "region", "country", "program_printed", "fiscal_year", "section") == [
        ("Africa", "Benin", BENIN.program, 2000, 1),
        ("Africa", "Benin", BENIN.program, 2000, 1),
        ("Africa", "Benin", BENIN.program, 2001, 2),
    ]


def test_a_region_begins_where_the_countries_begin_the_alphabet_again(read):
    albania = Heading("Albania", "IMET", 2000, region="Europe")
    items = [
        *country(program(replace(ANGOLA, country="Viet Nam"), BOTH)),
        *country(program(albania, BOTH))[:-1],
        BREAK,
        *country(program(replace(albania, program="PKO"), BOTH)),
    ]
    tables = read(items)
    assert set(column(tables, "country", "region")) == {("Viet Nam", "Africa"), ("Albania", "Europe")}
    assert {(total[4], total[3]) for total in totals(tables)} == {
        ("Viet Nam", "Africa"),
        ("Albania", "Europe"),
    }


def test_a_region_that_begins_after_the_last_head_of_a_column_is_left_open(read):
    albania = Heading("Albania", "IMET", 2000, region="Europe")
    items = [*split(replace(ANGOLA, country="Benin")), *country(program(albania, BOTH))]
    tables = read(items)
    assert set(column(tables, "country", "region")) == {("Benin", "Africa"), ("Albania", "")}
    assert {(total[4], total[3]) for total in totals(tables)} == {("Benin", "Africa"), ("Albania", "")}


def test_a_heading_and_a_cell_can_be_corrected(read):
    made = [
        Correction("2000-2001", "3164.pdf", 1, 1, "country", "Angola", "Algeria", "misprint"),
        Correction("2000-2001", "3164.pdf", 1, 3, "quantity", "1", "5", "misprint"),
        Correction("2000-2001", "3164.pdf", 1, 2, "row", "INFANTRY OFFICER BASIC", "", "printed twice"),
    ]
    tables = read(split(ANGOLA), made)
    assert column(tables, "country", "fiscal_year", "quantity") == [
        ("Algeria", 2000, 1),
        ("Algeria", 2001, 5),
    ]
    assert [total[4] for total in totals(tables)] == ["Algeria"] * 3 + ["Angola"]


def test_countries_out_of_the_alphabet_within_one_region_are_refused(read):
    items = [
        *country(program(BENIN, BOTH)),
        *country(program(ANGOLA, BOTH)),
        BREAK,
        *country(program(BENIN, BOTH)),
    ]
    message = refusal(read, items)
    assert "page 1" in message
    assert "the countries of «Africa» and «Africa» in the order of the alphabet" in message


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            None,
            "a head «Title of # Cost» in each column; the column begins «INFANTRY OFFICER BASIC 1 $3,350»",
        ),
        (
            replace(ANGOLA, region=""),
            "region, country, program and year on top of a column, not «Region, Angola",
        ),
        (
            BENIN,
            "a heading ('Benin', 'International Military Education and Training (IMET)', 2000) above «INFANTRY",
        ),
    ],
    ids=["no head", "a head without a region", "the head of another country"],
)
def test_a_column_whose_head_is_not_that_of_its_rows_is_refused(read, head, expected):
    items = [ANGOLA, ROW, BREAK, ROW, BREAK, ROW, ROW, BREAK, *program(ANGOLA, BOTH)[2:]]
    message = refusal(read, items, column_heads={3: head})
    assert "page 2" in message
    assert expected in message


def test_totals_of_other_years_than_two_in_a_row_are_refused(read):
    assert "totals of two fiscal years in a row, not of [2000]" in refusal(
        read, [*program(ANGOLA, {2000: [ROW]}), BREAK, *program(BENIN, {2000: [ROW]})]
    )
    assert "totals of two fiscal years in a row, not of [2000, 2002]" in refusal(
        read, [*program(ANGOLA, {2000: [ROW], 2002: [ROW]}), BREAK, *program(BENIN, {2000: [ROW]})]
    )


def test_rows_below_a_total_without_a_heading_are_refused(read):
    items = [*program(ANGOLA, BOTH), *[ROW] * 5, BREAK, *program(BENIN, BOTH)]
    message = refusal(read, items)
    assert "country, program and year, not «INFANTRY OFFICER BASIC 1 $3,350 INFANTRY" in message


@pytest.mark.parametrize("year", [2000, 2001])
def test_a_heading_right_below_rows_whose_total_is_missing_is_refused(read, year):
    first, *rest = program(ANGOLA, BOTH)
    items = [first, ROW, replace(ANGOLA, year=year), ROW, *rest[-1:], BREAK, *program(BENIN, BOTH)]
    message = refusal(read, items)
    assert "page 1" in message
    assert "the total of fiscal year 2000 above «" in message


def test_a_total_of_another_year_than_its_heading_is_refused(read):
    items = [ANGOLA, ROW, Total("FY 01", "1", "$3,350"), BREAK, *program(BENIN, BOTH)]
    message = refusal(read, items)
    assert "page 1" in message
    assert (
        "a total of fiscal year 2000 under «Angola, Africa Center for Strategic Studies», not 2001" in message
    )


def test_a_cost_without_a_dollar_sign_is_refused(read):
    items = [ANGOLA, replace(ROW, cost="3,350"), BREAK, *program(ANGOLA, BOTH)]
    assert "title, number and cost, not «INFANTRY OFFICER BASIC 1 3,350»" in refusal(read, items)


def test_a_row_set_in_from_the_margin_is_refused(read):
    items = [*program(ANGOLA, BOTH), BREAK, replace(BENIN), Row(None, None, cost="$5"), *program(BENIN, BOTH)]
    assert "title, number and cost, not «$5»" in refusal(read, items)
