"""Editions 2001-2002 to 2005-2006: one table of eight columns under headings of region, country and program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
import pytest

from fmtr_documents import BREAK
from older_documents import ENTRY, Heading, country, program
from older_region_tables import (
    ANGOLA,
    BENIN,
    EDITION_2001,
    EDITION_2002,
    EDITION_2005,
    PushedOut,
    RegionLayout,
    one,
    read_region_tables,
)
from tables_read import column, totals

LONG = "HARBOUR DEFENCE BATTALION AND FIRST COMPANY"


@pytest.fixture
def read(tmp_path):
    """Return the function that draws these items and reads them; the first page repeats the first heading."""
    return partial(read_region_tables, tmp_path / "10965.pdf")


def test_every_cell_of_a_row_is_read_with_its_place(read):
    row = replace(ENTRY, quantity="1,296", cost="$89,567", start="11/30/00", end="2/3/01")
    tables = read(one(replace(ANGOLA, region="East Asia and Pacific"), row))
    assert len(tables.activities) == 1
    assert tables.activities.iloc[0].to_dict() == {
        "fiscal_year": 2001,
        "status": "actual",
        "edition": "2001-2002",
        "document": "10965.pdf",
        "page": 1,
        "printed_page": "IV-35",
        "row_on_page": 1,
        "section": 2,
        "region": "East Asia and Pacific",
        "country": "Angola",
        "program_printed": "Exchange Training",
        "funder": "DoD",
        "course_title": "RADIO REPAIRER",
        "quantity": 1296,
        "location": "FT EXAMPLE GA 31905",
        "student_unit": "Signal Company",
        "us_unit": "1/9 SFG",
        "cost_printed": "$89,567",
        "cost_usd": 89567,
        "start_date": pd.Timestamp("2000-11-30"),
        "end_date": pd.Timestamp("2001-02-03"),
    }
    assert tables.unread.empty


@pytest.mark.parametrize(
    ("layout", "year", "days", "edition"),
    [
        (EDITION_2001, 2001, ("1/5/01", "2/9/01"), "2001-2002"),
        (EDITION_2002, 2002, ("1/5/01", "2/9/01"), "2002-2003"),
        (RegionLayout(), 2003, ("1/5/2001", "2/9/2001"), "2003-2004"),
        (EDITION_2005, 2005, ("1/5/2001", "2/9/2001"), "2005-2006"),
    ],
)
def test_each_edition_with_its_own_head_margin_and_form_of_years_gives_the_same_rows(
    read, layout, year, days, edition
):
    row = replace(ENTRY, start=days[0], end=days[1])
    tables = read(one(replace(ANGOLA, year=year), row, replace(row, title="SECOND")), layout)
    assert column(tables, "course_title", "quantity", "us_unit") == [
        ("RADIO REPAIRER", 1, "1/9 SFG"),
        ("SECOND", 1, "1/9 SFG"),
    ]
    assert tables.activities["start_date"].dt.date.tolist() == [date(2001, 1, 5)] * 2
    assert tables.activities["end_date"].dt.date.tolist() == [date(2001, 2, 9)] * 2
    assert set(column(tables, "edition", "fiscal_year", "program_printed")) == {
        (edition, year, "Exchange Training")
    }
    assert [total[6:8] for total in totals(tables)] == [(2, 200)] * 3


def test_rows_and_totals_are_those_of_the_heading_above_them(read):
    near_east = Heading("Oman", "Near East South Asia Center(NESA)", region="Near East", department="DoD")
    items = [
        *country(
            program(ANGOLA, {2001: [ENTRY, replace(ENTRY, quantity="2")]}),
            program(
                replace(ANGOLA, program="Miscellaneous, DOS/DOD (Note 3)", department="DoS"), {2001: [ENTRY]}
            ),
        ),
        *one(near_east, replace(ENTRY, quantity="7", cost="$1,000")),
    ]
    tables = read(items)
    assert column(tables, "region", "country", "program_printed", "funder", "quantity") == [
        ("Africa", "Angola", "Exchange Training", "DoD", 1),
        ("Africa", "Angola", "Exchange Training", "DoD", 2),
        ("Africa", "Angola", "Miscellaneous, DOS/DOD (Note 3)", "DoS", 1),
        ("Near East", "Oman", "Near East South Asia Center(NESA)", "DoD", 7),
    ]
    second = "Miscellaneous, DOS/DOD (Note 3)"
    assert totals(tables) == [
        ("fiscal_year", 2001, "actual", "Africa", "Angola", "Exchange Training", 3, 200, 1),
        ("program", 2001, "actual", "Africa", "Angola", "Exchange Training", 3, 200, 1),
        ("fiscal_year", 2001, "actual", "Africa", "Angola", second, 1, 100, 1),
        ("program", 2001, "actual", "Africa", "Angola", second, 1, 100, 1),
        ("country", 2001, "actual", "Africa", "Angola", None, 4, 300, 1),
        ("fiscal_year", 2001, "actual", "Near East", "Oman", near_east.program, 7, 1000, 1),
        ("program", 2001, "actual", "Near East", "Oman", near_east.program, 7, 1000, 1),
        ("country", 2001, "actual", "Near East", "Oman", None, 7, 1000, 1),
    ]
    found = tables.totals.set_index(["country", "level"])["section"]
    assert found["Angola", "program"].tolist() == column(tables, "section")[1:3]
    assert tables.totals.loc[tables.totals["level"] == "country", "section"].isna().all()


@pytest.mark.parametrize(
    "name",
    ["Congo, Republic of", "Congo, Democratic Republic Of", "China (Peoples Republic of)", "Cote d'Ivoire"],
)
def test_a_name_turned_round_at_a_comma_is_the_country_and_the_rest_the_program(read, name):
    tables = read(
        one(replace(ANGOLA, country=name, program="Non-Security Assistance, Unified Command"), ENTRY)
    )
    assert column(tables, "country", "program_printed") == [
        (name, "Non-Security Assistance, Unified Command")
    ]


def test_a_heading_with_blank_region_and_country_says_that_they_are_not_stated(read):
    tables = read(one(Heading(country="", region=""), ENTRY), EDITION_2005)
    assert column(tables, "region", "country") == [("not stated", "not stated")]


def test_wrapped_texts_are_joined_cell_by_cell(read):
    row = replace(
        ENTRY,
        title="METALWORKER DL -\nRES",
        location="Asia Center\nHonolulu,  Hawaii",
        student_unit="1ST COMMANDO REG, 1ST\nCOMMANDO CO, 2ND\nREG (40 PAX)",
        us_unit="353 SOG,\n320 STS",
    )
    tables = read(one(ANGOLA, row, replace(ENTRY, title="NEXT")))
    assert column(tables, "course_title", "location", "student_unit", "us_unit") == [
        (
            "METALWORKER DL - RES",
            "Asia Center Honolulu, Hawaii",
            "1ST COMMANDO REG, 1ST COMMANDO CO, 2ND REG (40 PAX)",
            "353 SOG, 320 STS",
        ),
        ("NEXT", "FT EXAMPLE GA 31905", "Signal Company", "1/9 SFG"),
    ]


def test_texts_that_fill_their_cells_to_the_next_stay_in_them(read):
    full = {
        "title": "WHLD VEH MECH BNCOC - RES",
        "location": "USMC CAMP HANSEN, USMC CAMP FU",
        "student_unit": "1ST SPECIAL BOAT SERVICE UNIT",
        "us_unit": "353 SOG, 320 STS, 22 STS, 1/9 SFG, 3/15 SFG",
    }
    tables = read(one(ANGOLA, replace(ENTRY, **full, quantity="105", cost="$1,180,000")))
    names = ("course_title", "location", "student_unit", "us_unit", "quantity", "cost_printed")
    assert column(tables, *names) == [(*full.values(), 105, "$1,180,000")]


def test_figures_at_the_end_of_a_title_are_no_number_of_people(read):
    rows = [
        replace(ENTRY, title="Executive Course 00-3", quantity="105"),
        replace(ENTRY, title="JCET 12", quantity="0"),
    ]
    tables = read(one(ANGOLA, *rows))
    assert column(tables, "course_title", "quantity") == [("Executive Course 00-3", 105), ("JCET 12", 0)]


def test_an_empty_cell_is_null_and_moves_no_other(read):
    empty = {"title": None, "location": None, "student_unit": None, "us_unit": None}
    rows = [
        *(replace(ENTRY, **{name: None}) for name in empty),
        replace(ENTRY, quantity=None),
        replace(ENTRY, cost=None),
    ]
    tables = read(
        one(ANGOLA, *rows, replace(ENTRY, **empty), replace(ENTRY, start=None), replace(ENTRY, end=None))
    )
    whole = ("RADIO REPAIRER", 1, "FT EXAMPLE GA 31905", "Signal Company", "1/9 SFG", 100)
    names = ("course_title", "quantity", "location", "student_unit", "us_unit", "cost_usd")

    def without(*missing):
        return tuple(None if i in missing else cell for i, cell in enumerate(whole))

    assert column(tables, *names) == [
        without(0), without(2), without(3), without(4), without(1), without(5), without(0, 2, 3, 4), whole, whole,
    ]  # fmt: skip
    assert tables.activities["start_date"].isna().tolist() == [False] * 7 + [True, False]
    assert tables.activities["end_date"].isna().tolist() == [False] * 8 + [True]
    assert tables.unread[["row_on_page", "field", "printed"]].values.tolist() == [
        [5, "quantity", ""],
        [6, "cost", ""],
        [8, "start_date", ""],
        [9, "end_date", ""],
    ]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("9/30/00", "12/31/00", [date(2000, 9, 30), date(2000, 12, 31)]),
        ("20/10/13", "10/20/13", [None, date(2013, 10, 20)]),
        ("2/29/01", "3/1/01", [None, date(2001, 3, 1)]),
    ],
)
def test_a_year_of_two_figures_is_of_this_century_and_no_day_is_guessed(read, start, end, days):
    tables = read(one(ANGOLA, replace(ENTRY, start=start, end=end)))
    found = [tables.activities[name].iloc[0] for name in ("start_date", "end_date")]
    assert [None if pd.isna(day) else day.date() for day in found] == days


def test_cents_become_whole_dollars_that_add_up_within_their_program(read):
    rows = [replace(ENTRY, cost=cost) for cost in ("$10.40", "$10.40", "$10.40")]
    tables = read(one(ANGOLA, *rows))
    assert column(tables, "cost_printed") == ["$10.40"] * 3
    assert column(tables, "cost_usd") == [11, 10, 10]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (
            PushedOut(**vars(ENTRY) | {"student_unit": LONG}, long="student_unit"),
            ("FT EXAMPLE GA 31905", LONG, "1/9 SFG", "$100"),
        ),
        (
            PushedOut(**vars(ENTRY) | {"location": LONG}, long="location"),
            (LONG, "Signal Company", "1/9 SFG", "$100"),
        ),
        (
            PushedOut(**vars(ENTRY) | {"student_unit": LONG, "cost": None}, long="student_unit"),
            ("FT EXAMPLE GA 31905", LONG, "1/9 SFG", None),
        ),
        (
            PushedOut(**vars(ENTRY) | {"student_unit": LONG, "us_unit": None}, long="student_unit"),
            ("FT EXAMPLE GA 31905", LONG, None, "$100"),
        ),
    ],
)
def test_an_end_date_alone_on_the_next_line_belongs_to_the_row_whose_cells_were_pushed_out(read, row, cells):
    tables = read(one(ANGOLA, ENTRY, row, ENTRY))
    assert column(tables, "location", "student_unit", "us_unit", "cost_printed")[1] == cells
    second = tables.activities.iloc[1]
    assert (second["course_title"], second["quantity"]) == ("RADIO REPAIRER", 1)
    assert (second["start_date"], second["end_date"]) == (
        pd.Timestamp("2001-01-05"),
        pd.Timestamp("2001-02-09"),
    )
    assert len(tables.activities) == 3


def test_a_row_pushed_out_goes_on_in_the_lines_below_the_date(read):
    row = PushedOut(**vars(ENTRY) | {"location": "CAMP\nFUJI", "student_unit": f"{LONG}\nBRIGADE"})
    tables = read(one(ANGOLA, row))
    assert column(tables, "location", "student_unit", "us_unit") == [
        ("CAMP FUJI", f"{LONG} BRIGADE", "1/9 SFG")
    ]


def test_a_table_goes_on_over_the_page_under_the_heading_that_is_repeated(read):
    rows = [ENTRY, replace(ENTRY, title="SECOND"), BREAK, replace(ENTRY, title="THIRD")]
    tables = read(one(ANGOLA, *rows))
    assert column(tables, "course_title", "page", "printed_page", "row_on_page", "section") == [
        ("RADIO REPAIRER", 1, "IV-35", 1, 2),
        ("SECOND", 1, "IV-35", 2, 2),
        ("THIRD", 2, "IV-36", 1, 2),
    ]
    assert [total[-3:] for total in totals(tables)] == [(3, 300, 2)] * 3
    assert column(tables, "funder") == ["DoD"] * 3


def test_a_row_goes_on_over_the_page(read):
    rest = replace(
        ENTRY, title=None, quantity=None, location=None, us_unit=None, cost=None, start=None, end=None
    )
    tables = read(one(ANGOLA, ENTRY, BREAK, replace(rest, student_unit="SECOND COMPANY")))
    assert column(tables, "student_unit", "page") == [("Signal Company SECOND COMPANY", 1)]


def test_totals_alone_on_a_page_are_those_of_the_heading_at_hand(read):
    below = one(ANGOLA, ENTRY)
    tables = read([*below[:2], BREAK, *below[2:], *one(BENIN, ENTRY)])
    assert [(total[0], total[4], total[-1]) for total in totals(tables)] == [
        ("fiscal_year", "Angola", 2),
        ("program", "Angola", 2),
        ("country", "Angola", 2),
        ("fiscal_year", "Benin", 2),
        ("program", "Benin", 2),
        ("country", "Benin", 2),
    ]


def test_a_document_that_begins_within_a_country_takes_region_country_and_program_from_the_head_of_its_page(
    read,
):
    rest = program(BENIN, {2001: [ENTRY]})[1:]
    tables = read([*rest, *one(ANGOLA, ENTRY)], before=BENIN)
    assert column(tables, "region", "country", "program_printed", "funder") == [
        ("Africa", "Benin", BENIN.program, "not stated"),
        ("Africa", "Angola", "Exchange Training", "DoD"),
    ]
    assert [total[:6] for total in totals(tables)][:2] == [
        ("fiscal_year", 2001, "actual", "Africa", "Benin", BENIN.program),
        ("program", 2001, "actual", "Africa", "Benin", BENIN.program),
    ]


def test_the_first_page_may_lack_the_heading_of_the_page_and_have_a_note_above_its_table(read):
    preface = [
        "IV. COUNTRY TRAINING ACTIVITIES",
        "Note: This section leaves out training after October 1, 2001.",
    ]
    tables = read(one(ANGOLA, ENTRY, BREAK, ENTRY), before=None, preface=preface)
    assert column(tables, "country", "page", "section") == [("Angola", 1, 1), ("Angola", 2, 1)]
