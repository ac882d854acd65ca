"""Edition 1999-2000: web pages with title, number and cost, for the year that is done and the year that is planned."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

import tables_read
from fmtr_documents import BREAK, Row
from milaid.sources.fmtr.corrections import Correction
from milaid.sources.fmtr.document import read_document
from older_documents import Heading, Total, country, program
from older_web_pages import title_list
from tables_read import column, totals

ROW = Row("COMBINED LOG OFF ADV", "1", cost="$1,199")
ANGOLA = Heading("Angola", "Africa Center for Strategic Studies", 1999)
BENIN = Heading("Benin", "African Crisis Response Initiative (ACRI)", 1999)
BOTH = {1999: [ROW], 2000: [ROW, ROW]}
refusal = partial(tables_read.refusal, "cta_af_a2gam.html, page 1: not the layout «web page with lists")


@pytest.fixture
def read(tmp_path):
    """Return the function that writes a page of these items and reads it; ``change`` alters its text."""

    def read(items, corrections=(), change=str, **options):
        path = tmp_path / "cta_af_a2gam.html"
        path.write_text(change(title_list(items, **options)), encoding="utf-8")
        return read_document(path, corrections)

    return read


def test_every_cell_is_read_with_its_place_and_what_the_edition_does_not_print_is_null(read):
    tables = read(country(program(ANGOLA, BOTH)))
    first = tables.activities.iloc[0]
    absent = ["printed_page", "location", "student_unit", "us_unit", "start_date", "end_date"]
    assert first.drop(absent).to_dict() == {
        "fiscal_year": 1999,
        "status": "actual",
        "edition": "1999-2000",
        "document": "cta_af_a2gam.html",
        "page": 1,
        "row_on_page": 1,
        "section": 1,
        "region": "Africa",
        "country": "Angola",
        "program_printed": "Africa Center for Strategic Studies",
        "funder": "not stated",
        "course_title": "COMBINED LOG OFF ADV",
        "quantity": 1,
        "cost_printed": "$1,199",
        "cost_usd": 1199,
    }
    assert tables.activities[absent].isna().all(axis=None)
    assert tables.unread.empty


def test_the_first_year_is_done_the_second_planned_and_totals_of_programs_and_countries_are_of_both(read):
    tables = read([*country(program(ANGOLA, BOTH)), *country(program(BENIN, {2000: [ROW]}))])
    assert column(tables, "country", "fiscal_year", "status", "section", "row_on_page") == [
        ("Angola", 1999, "actual", 1, 1),
        ("Angola", 2000, "planned", 2, 2),
        ("Angola", 2000, "planned", 2, 3),
        ("Benin", 2000, "planned", 3, 4),
    ]
    assert totals(tables) == [
        ("fiscal_year", 1999, "actual", "Africa", "Angola", ANGOLA.program, 1, 1199, 1),
        ("fiscal_year", 2000, "planned", "Africa", "Angola", ANGOLA.program, 2, 2398, 1),
        ("program", 1999, "both", "Africa", "Angola", ANGOLA.program, 3, 3597, 1),
        ("country", 1999, "both", "Africa", "Angola", None, 3, 3597, 1),
        ("fiscal_year", 2000, "planned", "Africa", "Benin", BENIN.program, 1, 1199, 1),
        ("program", 1999, "both", "Africa", "Benin", BENIN.program, 1, 1199, 1),
        ("country", 1999, "both", "Africa", "Benin", None, 1, 1199, 1),
    ]


@pytest.mark.parametrize(
    ("above", "region"),
    [
        ("Africa Region", "Africa"),
        ("Africa Region (Continued)", "Africa"),
        ("East Asia and Pacific Regions", "East Asia and Pacific"),
    ],
)
def test_the_region_stands_above_the_table(read, above, region):
    tables = read(country(program(ANGOLA, BOTH)), region=above)
    assert set(column(tables, "region")) == {total[3] for total in totals(tables)} == {region}


def test_a_heading_over_several_rows_and_a_title_over_two_are_each_one_text(read):
    name = "Non-Security Assistance, Unified Command and Other Engagement Activities of a Very Long Name"
    rows = [replace(ROW, title="JCET: SOF METL TNG: SMALL\nUNIT"), ROW]
    tables = read(country(program(Heading("Congo, Republic of", name), {1999: rows})))
    assert column(tables, "country", "program_printed", "course_title") == [
        ("Congo, Republic of", name, "JCET: SOF METL TNG: SMALL UNIT"),
        ("Congo, Republic of", name, "COMBINED LOG OFF ADV"),
    ]


def test_signs_of_the_mark_up_and_runs_of_blanks_are_read_as_they_are_shown(read):
    rows = [replace(ROW, title="CONSTRUCT  P&E <SPECIALIST> \u00a0 A")]
    tables = read(country(program(replace(ANGOLA, country="Cote d'Ivoire"), {1999: rows})))
    assert column(tables, "country", "course_title") == [("Cote d'Ivoire", "CONSTRUCT P&E <SPECIALIST> A")]


def test_a_row_without_cost_or_without_number_is_null_there_and_listed(read):
    rows = [
        replace(ROW, cost=None),
        replace(ROW, quantity=None),
        replace(ROW, cost="$10.60"),
        replace(ROW, cost="$0"),
    ]
    tables = read(country(program(ANGOLA, {1999: rows})))
    assert column(tables, "course_title", "quantity", "cost_usd") == [
        ("COMBINED LOG OFF ADV", 1, None),
        ("COMBINED LOG OFF ADV", None, 1199),
        ("COMBINED LOG OFF ADV", 1, 11),
        ("COMBINED LOG OFF ADV", 1, 0),
    ]
    assert tables.unread[["row_on_page", "field", "printed"]].values.tolist() == [
        [1, "cost", ""],
        [2, "quantity", ""],
    ]


def test_totals_without_an_amount_have_none(read):
    tables = read(country(program(ANGOLA, {1999: [replace(ROW, cost=None)]})))
    assert [total[6:8] for total in totals(tables)] == [(1, None)] * 3


def test_a_heading_without_the_figures_of_its_year_takes_those_of_the_total_below_it(read):
    items = [*program(ANGOLA, {1999: [ROW]})[:-1], *program(ANGOLA, {2000: [ROW, ROW]})]
    tables = read(
        items, change=lambda page: page.replace("Strategic Studies, FY 00<", "Strategic Studies, FY <")
    )
    assert column(tables, "fiscal_year", "section", "program_printed") == [
        (1999, 1, ANGOLA.program),
        (2000, 2, ANGOLA.program),
        (2000, 2, ANGOLA.program),
    ]


def test_the_head_of_a_printed_page_left_in_the_table_begins_no_program(read):
    items = [*program(ANGOLA, {1999: [ROW]}), BREAK, *program(BENIN, {1999: [ROW]})]
    tables = read(items)
    assert column(tables, "country", "section") == [("Angola", 1), ("Benin", 2)]
    assert tables.totals["section"].tolist() == [1, 1, 2, 2]


def test_a_heading_and_a_cell_can_be_corrected(read):
    made = [
        Correction("1999-2000", "cta_af_a2gam.html", 1, 2, "country", "Angola", "Algeria", "misprint"),
        Correction("1999-2000", "cta_af_a2gam.html", 1, 1, "cost", "$1,199", "$1,200", "misprint"),
        Correction(
            "1999-2000", "cta_af_a2gam.html", 1, 3, "row", "COMBINED LOG OFF ADV", "", "printed twice"
        ),
    ]
    tables = read(
        [*country(program(ANGOLA, {1999: [ROW]})), *country(program(ANGOLA, {1999: [ROW, ROW]}))], made
    )
    assert column(tables, "country", "cost_usd") == [("Angola", 1200), ("Algeria", 1199)]
    assert [total[4] for total in totals(tables)] == ["Angola"] * 3 + ["Algeria"] * 2 + ["Angola"]


def test_a_total_of_another_year_than_its_heading_is_refused(read):
    message = refusal(read, [ANGOLA, ROW, Total("FY 00", "1", "$1,199"), Total("Program", "1", "$1,199")])
    assert (
        "a total of fiscal year 1999 under «Angola, Africa Center for Strategic Studies», not 2000" in message
    )


@pytest.mark.parametrize(("heading", "row"), [(BENIN, 6), (replace(ANGOLA, year=2000), 5)])
def test_a_heading_right_below_rows_whose_total_is_missing_is_refused(read, heading, row):
    message = refusal(read, [ANGOLA, ROW, heading, ROW, *program(BENIN, BOTH)])
    assert f"the total of fiscal year 1999 above row {row} of the tables" in message


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (replace(ROW, cost="1,199"), "['COMBINED LOG OFF ADV', '1', '1,199']"),
        (replace(ROW, quantity="one"), "['COMBINED LOG OFF ADV', 'one', '$1,199']"),
    ],
)
def test_a_row_with_something_else_than_a_number_and_a_cost_is_refused(read, row, shown):
    message = refusal(read, [ANGOLA, row, *program(BENIN, BOTH)])
    assert f"title, number and cost in row 4 of the tables, not {shown}" in message


def test_a_row_of_four_cells_is_refused(read):
    def widen(page):
        return page.replace("<TD>$1,199</TD>", "<TD>$1,199</TD><TD>CONUS</TD>")

    assert "title, number and cost in row 4" in refusal(read, country(program(ANGOLA, BOTH)), change=widen)


def test_a_row_without_a_heading_is_refused(read):
    message = refusal(read, [*program(ANGOLA, BOTH), ROW])
    assert "a heading above row 11 of the tables, ['COMBINED LOG OFF ADV', '1', '$1,199']" in message


def test_a_heading_that_never_names_its_year_is_refused(read):
    def cut(page):
        return page.replace("FY 99<", "<")

    items = [*program(ANGOLA, {2000: [ROW]}), BENIN]
    assert "a heading with its fiscal year, not «Benin, African Crisis" in refusal(read, items, change=cut)
    many = [*program(ANGOLA, {2000: [ROW]}), *[BENIN] * 4]
    assert "country, program and year up to row" in refusal(read, many, change=cut)


def test_a_page_without_a_region_or_with_two_is_refused(read):
    items = country(program(ANGOLA, BOTH))
    assert "one region above the table, not []" in refusal(read, items, region="Africa")
    two = "Africa Region</I><BR><I>Europe Region"
    assert "one region above the table, not ['Africa', 'Europe']" in refusal(read, items, region=two)


def test_a_page_without_the_end_of_its_tables_is_refused_as_cut_off(read):
    message = refusal(read, country(program(ANGOLA, BOTH)), end="")
    assert "«[end of file]» below the tables; the page is cut off" in message
    assert len(read(country(program(ANGOLA, BOTH)), end="[end of document]").activities) == 3
