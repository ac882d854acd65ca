"""Edition 2006-2007: one web page a region, with one table of eight columns."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

import tables_read
from fmtr_documents import BREAK, Row
from milaid.sources.fmtr.corrections import Correction
from milaid.sources.fmtr.document import read_document
from older_documents import Heading, Total, total
from older_web_pages import WEB_HEAD, Overprinted, web_table
from tables_read import column

ROW = Row("AIR WAR COLLEGE", "1", "MAXWELL AFB, AL", "Air Force", "-", "26568", "8/3/2005", "6/5/2006")
ANGOLA = Heading("Angola", "IMET", 2006, department="DoS")
BENIN = Heading("Benin", "CTFP", 2006, department="DoD")
OF_A_TOTAL = ("level", "country", "program_printed", "section", "quantity", "cost_usd")
refusal = partial(
    tables_read.refusal, "Africa_2006_2007.html, page 1: not the layout «web page with program tables"
)
totals = partial(tables_read.totals, names=OF_A_TOTAL)
NAMES = ("course_title", "quantity", "location", "student_unit", "us_unit", "cost_usd")


@pytest.fixture
def read(tmp_path):
    """Return the function that writes a page of these items and reads it; ``change`` alters its text."""

    def read(items, corrections=(), change=str, **options):
        path = tmp_path / "Africa_2006_2007.html"
        path.write_text(change(web_table(items, **options)), encoding="utf-8")
        return read_document(path, corrections)

    return read


def one(heading, *rows):
    """Return one country with one program of these rows."""
    return [heading, *rows, total("Program", rows), total(heading.country, rows)]


def test_every_cell_of_a_row_is_read_with_its_place(read):
    tables = read(one(ANGOLA, replace(ROW, quantity="1,296")))
    assert len(tables.activities) == 1
    assert tables.activities.iloc[0].drop("printed_page").to_dict() == {
        "fiscal_year": 2006,
        "status": "actual",
        "edition": "2006-2007",
        "document": "Africa_2006_2007.html",
        "page": 1,
        "row_on_page": 1,
        "section": 1,
        "region": "Africa",
        "country": "Angola",
        "program_printed": "IMET",
        "funder": "DoS",
        "course_title": "AIR WAR COLLEGE",
        "quantity": 1296,
        "location": "MAXWELL AFB, AL",
        "student_unit": "Air Force",
        "us_unit": "-",
        "cost_printed": "26568",
        "cost_usd": 26568,
        "start_date": pd.Timestamp("2005-08-03"),
        "end_date": pd.Timestamp("2006-06-05"),
    }
    assert pd.isna(tables.activities["printed_page"].iloc[0])
    assert tables.unread.empty


def test_countries_programs_and_totals_keep_their_rows_apart(read):
    second = replace(ANGOLA, program="CTFP", department="DoD")
    rows = [ROW, replace(ROW, quantity="2")]
    items = [
        *one(ANGOLA, *rows)[:-1],
        BREAK,
        second,
        ROW,
        total("Program", [ROW]),
        BREAK,
        total("Angola", [*rows, ROW]),
        *one(BENIN, ROW),
    ]
    tables = read(items)
    assert column(tables, "country", "program_printed", "funder", "section", "quantity", "row_on_page") == [
        ("Angola", "IMET", "DoS", 1, 1, 1),
        ("Angola", "IMET", "DoS", 1, 2, 2),
        ("Angola", "CTFP", "DoD", 2, 1, 3),
        ("Benin", "CTFP", "DoD", 3, 1, 4),
    ]
    assert totals(tables) == [
        ("program", "Angola", "IMET", 1, 3, 53136),
        ("program", "Angola", "CTFP", 2, 1, 26568),
        ("country", "Angola", None, None, 4, 79704),
        ("program", "Benin", "CTFP", 3, 1, 26568),
        ("country", "Benin", None, None, 1, 26568),
    ]
    assert set(tables.totals["status"]) == {"actual"}


def test_the_first_words_of_a_long_title_stand_in_the_row_above(read):
    rows = [
        ROW,
        replace(ROW, title="Democracy Building\nProgram--German"),
        replace(ROW, title="A\nB\nC"),
        ROW,
    ]
    assert column(read(one(ANGOLA, *rows)), "course_title", "quantity") == [
        ("AIR WAR COLLEGE", 1),
        ("Democracy Building Program--German", 1),
        ("A B C", 1),
        ("AIR WAR COLLEGE", 1),
    ]


def test_a_total_that_stands_in_a_row_leaves_its_place_units_and_days(read):
    over = Overprinted(
        Total("Program", "66", "$262,823"), replace(ROW, title="GONE", quantity="9", cost="900")
    )
    tables = read([ANGOLA, ROW, over, replace(ROW, title="SES 06-6"), total("Angola", [ROW])])
    assert column(tables, *NAMES) == [
        ("AIR WAR COLLEGE", 1, "MAXWELL AFB, AL", "Air Force", "-", 26568),
        (None, None, "MAXWELL AFB, AL", "Air Force", "-", None),
        ("SES 06-6", 1, "MAXWELL AFB, AL", "Air Force", "-", 26568),
    ]
    assert column(tables, "section") == [1, 1, 1]
    assert tables.activities["end_date"].tolist() == [pd.Timestamp("2006-06-05")] * 3
    assert totals(tables)[0] == ("program", "Angola", "IMET", 1, 66, 262823)
    assert tables.unread[["row_on_page", "field"]].values.tolist() == [[2, "quantity"], [2, "cost"]]


def test_an_empty_cell_is_null_and_moves_no_other(read):
    names = ("title", "quantity", "location", "student_unit", "us_unit", "cost")
    tables = read(
        one(ANGOLA, *(replace(ROW, **{name: None}) for name in names), replace(ROW, start=None, end=None))
    )
    whole = ("AIR WAR COLLEGE", 1, "MAXWELL AFB, AL", "Air Force", "-", 26568)
    assert column(tables, *NAMES) == [
        *(tuple(None if i == missing else cell for i, cell in enumerate(whole)) for missing in range(6)),
        whole,
    ]
    assert tables.activities["start_date"].isna().tolist() == [False] * 6 + [True]
    assert tables.unread[["row_on_page", "field"]].values.tolist() == [
        [2, "quantity"], [6, "cost"], [7, "start_date"], [7, "end_date"],
    ]  # fmt: skip


def test_cents_become_whole_dollars_that_add_up_within_their_program(read):
    rows = [replace(ROW, cost=cost) for cost in ("2902.9", "933.89", "1204.46")]
    tables = read(one(ANGOLA, *rows))
    assert column(tables, "cost_usd") == [2903, 934, 1204]
    assert totals(tables)[0][-1] == 5041


@pytest.mark.parametrize(("printed", "country"), [("ANGOLA", "Angola"), ("Burkina Faso", "Burkina Faso")])
def test_the_total_of_a_country_has_the_name_that_it_prints(read, printed, country):
    tables = read([*one(ANGOLA, ROW)[:-1], total(printed, [ROW])])
    assert totals(tables)[-1][:2] == ("country", country)
    assert column(tables, "country") == ["Angola"]


def test_a_misprinted_heading_of_a_country_is_mended_for_its_rows_and_program_totals(read):
    misprinted = replace(ANGOLA, program="CTFP", department="DoD")
    items = [
        *one(ANGOLA, ROW),
        misprinted,
        ROW,
        total("Program", [ROW]),
        total("Burkina Faso", [ROW]),
        *one(BENIN, ROW),
    ]
    mended = Correction(
        "2006-2007", "Africa_2006_2007.html", 1, 2, "country", "Angola", "Burkina Faso", "the total names it"
    )
    tables = read(items, [mended])
    assert column(tables, "country") == ["Angola", "Burkina Faso", "Benin"]
    assert [row[:2] for row in totals(tables)] == [
        ("program", "Angola"), ("country", "Angola"),
        ("program", "Burkina Faso"), ("country", "Burkina Faso"),
        ("program", "Benin"), ("country", "Benin"),
    ]  # fmt: skip


def test_a_row_and_cells_can_be_corrected(read):
    made = [
        Correction(
            "2006-2007", "Africa_2006_2007.html", 1, 1, "end_date", "6/5/2006", "6/6/2006", "misprint"
        ),
        Correction("2006-2007", "Africa_2006_2007.html", 1, 2, "row", "AIR WAR COLLEGE", "", "printed twice"),
    ]
    tables = read(one(ANGOLA, ROW, ROW), made)
    assert tables.activities["end_date"].tolist() == [pd.Timestamp("2006-06-06")]


def renamed(old, new):
    return [new if name == old else name for name in WEB_HEAD]


@pytest.mark.parametrize(
    "head", [renamed("Location", "Place"), [*WEB_HEAD[:2], WEB_HEAD[3], WEB_HEAD[2], *WEB_HEAD[4:]]]
)
def test_a_table_with_other_columns_is_refused_with_those_expected_and_seen(read, head):
    message = refusal(read, one(ANGOLA, ROW), head=head)
    assert f"the columns {list(WEB_HEAD)} in row 3 of the tables, not {head}" in message


def test_rows_of_another_number_of_cells_are_refused(read):
    def widen(page):
        return page.replace("<P>26568</P></TD>", "<P>26568</P></TD><TD>new</TD>")

    assert "8 cells in row 4 of the tables, not ['AIR WAR COLLEGE'" in refusal(
        read, one(ANGOLA, ROW), change=widen
    )


def test_rows_without_heading_or_names_of_columns_above_them_are_refused(read):
    message = refusal(read, [*one(ANGOLA, ROW), ROW, *one(BENIN, ROW)])
    assert "a heading and the names of the columns above row 7 of the tables, ['AIR WAR COLLEGE'" in message


@pytest.mark.parametrize(
    ("below", "place"),
    [
        ([total("Angola", [ROW]), *one(BENIN, ROW)], "row 8"),
        ([replace(ANGOLA, program="CTFP"), ROW], "row 7"),
        ([total("Angola", [ROW])], "the end"),
    ],
    ids=["before a country", "before a program", "at the end"],
)
def test_the_words_of_a_title_without_their_row_are_refused(read, below, place):
    # A row without any text but its title is drawn as the title's words alone.
    words = Row("Lost words", *[None] * 7)
    message = refusal(read, [*one(ANGOLA, ROW)[:-1], words, *below])
    assert f"the row of «Lost words» before {place} of the tables" in message


def test_headings_of_two_fiscal_years_are_refused(read):
    message = refusal(read, [*one(ANGOLA, ROW), *one(replace(BENIN, year=2007), ROW)])
    assert "headings of one fiscal year, not of [2006, 2007]" in message
