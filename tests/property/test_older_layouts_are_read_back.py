"""Whatever stands in the rows of an older edition is read back, and adds up to the totals that are printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmtr_documents import BREAK, Row
from milaid.sources.fmtr.document import read_document
from older_documents import Heading, country, program, total
from older_region_tables import EDITION_2001, EDITION_2002, EDITION_2005, RegionLayout, write_region_tables
from older_two_columns import write_two_columns
from older_web_pages import title_list, web_table
from tables_read import cells as cells_of

COUNTRIES = ("Angola", "Congo, Republic of", "Sao Tome And Principe", "Zambia")
PROGRAMS = (
    "Exchange Training",
    "Miscellaneous, DOS/DOD, Non-Security Assistance (Note 3)",
    "Asia-Pacific Center(APC)",
)
TEXTS = ("course_title", "location", "student_unit", "us_unit")

words = st.text("abcXYZ019-'&(),./é’ó", min_size=1, max_size=7)
lines = st.lists(words, min_size=1, max_size=2).map(" ".join)
titles = st.lists(lines, min_size=1, max_size=3)
cells = st.none() | titles
costs = st.none() | st.integers(0, 9_999_999)
quantities = st.integers(0, 99_999)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2049, 12, 31))
shares = st.floats(0, 1, exclude_max=True)
full_rows = st.tuples(cells, cells, cells, cells, quantities, costs, days, days)
short_rows = st.tuples(titles, quantities, costs)


def tables_of(rows):
    """Return countries in the order of the alphabet, each with programs, each with one list of rows."""
    some = st.lists(rows, min_size=1, max_size=6)
    programs = st.dictionaries(st.sampled_from(PROGRAMS), some, min_size=1, max_size=2)
    found = st.dictionaries(st.sampled_from(COUNTRIES), programs, min_size=1, max_size=3)
    return found.map(lambda countries: dict(sorted(countries.items())))


def blocks_of(rows, years):
    """Return the same with the rows of one or both fiscal years, of the later year at least once."""
    some = st.lists(rows, min_size=1, max_size=5)
    block = st.fixed_dictionaries({years[0]: some, years[1]: some}) | st.fixed_dictionaries({years[0]: some})
    programs = st.dictionaries(st.sampled_from(PROGRAMS), block, min_size=1, max_size=2)
    found = st.dictionaries(st.sampled_from(COUNTRIES), programs, min_size=1, max_size=3)
    both = found.filter(
        lambda countries: any(years[1] in b for programs in countries.values() for b in programs.values())
    )
    return both.map(lambda countries: dict(sorted(countries.items())))


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("older")


def broken(items, places):
    """Return the items with page or column breaks between them, each at a share of their number."""
    items = list(items)
    for place in places:
        items.insert(1 + int(place * (len(items) - 1)), BREAK)
    return items


def wrapped(cell):
    return "\n".join(cell) if cell else None


def day(value, figures):
    return f"{value.month}/{value.day}/{value.year if figures == 4 else value.year % 100:02}"


def full_row(described, figures=2):
    title, location, unit, us_unit, quantity, cost, start, end = described
    printed = None if cost is None else f"${cost:,}"
    return Row(
        wrapped(title), f"{quantity:,}", wrapped(location), wrapped(unit), wrapped(us_unit), printed,
        day(start, figures), day(end, figures),
    )  # fmt: skip


def short_row(described):
    title, quantity, cost = described
    return Row(wrapped(title), f"{quantity:,}", cost=None if cost is None else f"${cost:,}")


def read_back(tables, columns):
    """Return the rows read, country and program first, None where a cell is empty."""
    frame = tables.activities
    for column in {"start_date", "end_date"} & set(columns):
        frame[column] = frame[column].dt.date
    return cells_of(frame, ["country", "program_printed", *columns])


FULL = [*TEXTS, "quantity", "cost_usd", "start_date", "end_date"]


def full_back(described):
    """Return the rows of a document of eight columns as they must be read."""
    return [
        (name, label, *(" ".join(cell) if cell else None for cell in row[:4]), *row[4:])
        for name, programs in described.items()
        for label, rows in programs.items()
        for row in rows
    ]


def add_up(tables):
    """Check that the rows of every country and program add up to the totals read, level by level."""
    rows, totals = tables.activities, tables.totals
    for level, keys in {
        "country": ["country"],
        "program": ["country", "program_printed"],
        "fiscal_year": ["country", "program_printed", "fiscal_year"],
    }.items():
        printed = totals[totals["level"] == level]
        if printed.empty:
            continue
        for name in ("quantity", "cost_usd"):
            sums = rows.groupby(keys)[name].sum().astype("int64").to_dict()
            assert sums == printed.set_index(keys)[name].fillna(0).astype("int64").to_dict()


@settings(max_examples=30)
@given(
    tables_of(full_rows),
    st.sampled_from([EDITION_2001, EDITION_2002, RegionLayout(), EDITION_2005]),
    st.sampled_from([2, 4]),
    st.lists(shares, max_size=2),
)
def test_tables_under_headings_of_regions(directory, described, layout, figures, breaks):
    items = [
        item
        for name, programs in described.items()
        for item in country(
            *(
                program(Heading(name, label), {2004: [full_row(row, figures) for row in rows]})
                for label, rows in programs.items()
            )
        )
    ]
    path = directory / "any.pdf"
    tables = read_document(write_region_tables(path, broken(items, breaks), layout, before=items[0]))
    assert read_back(tables, FULL) == full_back(described)
    add_up(tables)


def listed(described, years):
    """Return the items of a document with done and planned rows."""
    return [
        item
        for name, programs in described.items()
        for item in country(
            *(
                program(
                    Heading(name, label),
                    {year: [short_row(row) for row in rows] for year, rows in blocks.items()},
                )
                for label, blocks in programs.items()
            )
        )
    ]


def listed_back(described, first):
    return [
        (name, label, year, "actual" if year == first else "planned", " ".join(title), quantity, cost)
        for name, programs in described.items()
        for label, blocks in programs.items()
        for year, rows in blocks.items()
        for title, quantity, cost in rows
    ]


LISTED = ["fiscal_year", "status", "course_title", "quantity", "cost_usd"]


@settings(max_examples=30)
@given(blocks_of(short_rows, (2000, 2001)), st.lists(shares, min_size=1, max_size=3))
def test_two_columns(directory, described, breaks):
    items = broken(listed(described, (2000, 2001)), breaks)
    tables = read_document(write_two_columns(directory / "any.pdf", items))
    assert read_back(tables, LISTED) == listed_back(described, 2000)
    add_up(tables)


@settings(max_examples=30)
@given(blocks_of(short_rows, (1999, 2000)))
def test_title_lists(directory, described):
    path = directory / "any.html"
    path.write_text(title_list(listed(described, (1999, 2000))), encoding="utf-8")
    tables = read_document(path)
    assert read_back(tables, LISTED) == listed_back(described, 1999)
    add_up(tables)


@settings(max_examples=30)
@given(tables_of(full_rows))
def test_web_tables(directory, described):
    items = []
    for name, programs in described.items():
        drawn = [full_row(row, 4) for rows in programs.values() for row in rows]
        for label, rows in programs.items():
            below = [full_row(row, 4) for row in rows]
            items += [Heading(name, label, 2006, department="DoS"), *below, total("Program", below)]
        items.append(total(name, drawn))
    path = directory / "any.html"
    path.write_text(web_table(items), encoding="utf-8")
    tables = read_document(path)
    assert read_back(tables, FULL) == full_back(described)
    add_up(tables)
