"""Editions 2001-2002 to 2005-2006: what of a document is refused, and what its corrections mend."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

import tables_read
from fmtr_documents import BREAK
from milaid.errors import DataError, SourceError
from milaid.sources.fmtr import region_tables, text
from milaid.sources.fmtr.corrections import Correction
from older_documents import ENTRY, Total, program
from older_region_tables import ANGOLA, BENIN, one, read_region_tables, write_region_tables
from tables_read import column, totals

refusal = partial(tables_read.refusal, "10965.pdf, page ")


@pytest.fixture
def read(tmp_path):
    """Return the function that draws these items and reads them; the first page repeats the first heading."""
    return partial(read_region_tables, tmp_path / "10965.pdf")


@pytest.mark.parametrize(
    "first",
    [
        ENTRY,
        Total("Program", "15", "$92,365"),
        Total("FY 01", "15", "$92,365"),
        Total("Country", "15", "$92,365"),
    ],
    ids=["a row", "a total of a program", "a total of a year", "a total of a country"],
)
def test_rows_and_totals_of_the_first_page_above_every_heading_are_refused(read, first):
    message = refusal(read, [first, *one(ANGOLA, ENTRY, BREAK, ENTRY)], before=None)
    assert "page 1: not the layout «tables under headings of region" in message
    assert "a heading of region, country and program above «" in message


def test_a_line_that_carries_on_a_row_of_the_document_before_is_refused_unless_its_page_is_left_out(read):
    rest = replace(
        ENTRY, title=None, quantity=None, location=None, us_unit=None, cost=None, start=None, end=None
    )
    items = [rest, *program(ANGOLA, {2001: [ENTRY]})[1:], BREAK, *one(BENIN, replace(ENTRY, quantity="5"))]
    with pytest.raises(
        SourceError, match=r"page 1: it begins with text that carries on a row .*«Signal Company»"
    ):
        read(items, before=ANGOLA)
    left_out = Correction(
        "2001-2002", "10965.pdf", 1, 0, "page", "IV-35", "", "the page stands in 10964.pdf too"
    )
    tables = read(items, corrections=[left_out], before=ANGOLA)
    assert column(tables, "country", "page", "quantity") == [("Benin", 2, 5)]
    assert {total[4] for total in totals(tables)} == {"Benin"}


def test_a_page_to_leave_out_must_bear_the_printed_number_that_the_correction_names(read):
    wrong = [
        Correction("2001-2002", "10965.pdf", 1, 0, "page", "IV-36", "", "another page"),
        Correction("2001-2002", "10965.pdf", 9, 0, "page", "IV-43", "", "no page"),
    ]
    with pytest.raises(DataError) as caught:
        read(one(ANGOLA, ENTRY), corrections=wrong)
    message = str(caught.value)
    assert "10965.pdf, page 1: expected the printed page number «IV-36», read «IV-35»" in message
    assert "10965.pdf, page 9: expected the printed page number «IV-43», read «no row»" in message


def test_a_misprinted_heading_is_mended_for_the_rows_and_program_totals_below_it(read):
    items = [
        *one(ANGOLA, ENTRY),
        *program(ANGOLA, {2001: [replace(ENTRY, title="FIRST"), replace(ENTRY, title="SECOND")]}),
        *program(replace(ANGOLA, program="IMET"), {2001: [replace(ENTRY, title="THIRD")]}),
        *one(BENIN, ENTRY),
    ]
    mended = Correction("2001-2002", "10965.pdf", 1, 2, "country", "Angola", "Algeria", "printed twice")
    tables = read(items, corrections=[mended])
    assert column(tables, "course_title", "country") == [
        ("RADIO REPAIRER", "Angola"),
        ("FIRST", "Algeria"),
        ("SECOND", "Algeria"),
        ("THIRD", "Algeria"),
        ("RADIO REPAIRER", "Benin"),
    ]
    assert [(total[0], total[4]) for total in totals(tables)] == [
        ("fiscal_year", "Angola"), ("program", "Angola"), ("country", "Angola"),
        ("fiscal_year", "Algeria"), ("program", "Algeria"),
        ("fiscal_year", "Algeria"), ("program", "Algeria"),
        ("fiscal_year", "Benin"), ("program", "Benin"), ("country", "Benin"),
    ]  # fmt: skip


def test_corrections_of_headings_rows_and_cells_that_do_not_fit_are_named_together(read):
    wrong = [
        Correction("2001-2002", "10965.pdf", 1, 1, "country", "Benin", "Burkina Faso", "misprint"),
        Correction("2001-2002", "10965.pdf", 1, 7, "country", "Benin", "Burkina Faso", "misprint"),
        Correction("2001-2002", "10965.pdf", 1, 1, "end_date", "2/8/01", "2/9/01", "misprint"),
    ]
    with pytest.raises(DataError) as caught:
        read(one(ANGOLA, ENTRY), corrections=wrong)
    message = str(caught.value)
    assert "10965.pdf, page 1, row 1, country: expected «Benin», read «Angola»" in message
    assert "10965.pdf, page 1, row 7, country: expected «Benin», read «no such row»" in message
    assert "10965.pdf, page 1, row 1, end_date: expected «2/8/01», read «2/9/01»" in message


def test_a_cell_is_corrected_and_a_row_left_out(read):
    made = [
        Correction("2001-2002", "10965.pdf", 1, 1, "end_date", "2/9/01", "2/10/01", "misprint"),
        Correction("2001-2002", "10965.pdf", 1, 2, "row", "TWICE", "", "stands above too"),
    ]
    tables = read(one(ANGOLA, ENTRY, replace(ENTRY, title="TWICE")), corrections=made)
    assert column(tables, "course_title") == ["RADIO REPAIRER"]
    assert tables.activities["end_date"].tolist() == [pd.Timestamp("2001-02-10")]


def test_a_page_whose_head_names_another_program_of_the_country_keeps_its_rows_where_they_are_added_up(read):
    head = replace(ANGOLA, program="Non-Security Assistance, Unified Command")
    tables = read(one(ANGOLA, ENTRY, BREAK, ENTRY), page_heads={2: head})
    assert column(tables, "program_printed") == ["Exchange Training"] * 2


@pytest.mark.parametrize("head", [BENIN, replace(ANGOLA, region="Europe")])
def test_a_page_whose_head_names_another_place_than_the_rows_below_it_is_refused(read, head):
    message = refusal(read, one(ANGOLA, ENTRY, BREAK, ENTRY), page_heads={2: head})
    assert "page 2" in message
    assert f"a heading «{head.region}, {head.country}, " in message
    assert "above «RADIO REPAIRER 1 FT EXAMPLE" in message


def test_a_table_whose_head_stands_elsewhere_on_one_page_is_refused(tmp_path):
    path = write_region_tables(
        tmp_path / "10965.pdf", one(ANGOLA, ENTRY, BREAK, ENTRY, BREAK, ENTRY), before=ANGOLA
    )
    pages = text.read_pages(path)
    for line in pages[1].lines:
        line.xs = [x + 20 for x in line.xs]
    with pytest.raises(region_tables.LayoutMismatch) as caught:
        region_tables.parse(pages)
    assert (caught.value.page, "to the right" in caught.value.expected) == (2, True)


def test_text_left_of_the_table_is_refused(tmp_path):
    pages = text.read_pages(write_region_tables(tmp_path / "10965.pdf", one(ANGOLA, ENTRY), before=ANGOLA))
    row = next(line for line in pages[0].lines if line.text.startswith("RADIO"))
    row.xs[0] -= 10
    with pytest.raises(region_tables.LayoutMismatch) as caught:
        region_tables.parse(pages)
    assert "no text left of the table: «RADIO REPAIRER" in caught.value.expected


def test_headings_of_two_fiscal_years_are_refused(read):
    message = refusal(read, [*one(ANGOLA, ENTRY), *one(replace(BENIN, year=2002), ENTRY)])
    assert "the headings name 2 fiscal years: {2001: 2, 2002: 1}" in message


def test_a_text_below_a_total_that_belongs_to_no_row_is_refused(read):
    stray = replace(ENTRY, quantity=None, cost=None, start=None, end=None)
    message = refusal(read, [*one(ANGOLA, ENTRY), stray])
    assert "page 1" in message
    assert "a row with number, cost or days, not «RADIO REPAIRER FT EXAMPLE" in message
