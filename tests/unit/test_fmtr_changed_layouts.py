"""A document of the latest kind with one thing changed: refused with its page, what was expected and what is seen.

Each of these looks enough like the known layout to be read; most would be read wrongly without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fmtr_documents import (
    BREAK,
    FY2008,
    FY2014,
    FY2017,
    Country,
    Document,
    Layout,
    Program,
    Row,
    write,
)
from milaid.errors import SourceError
from milaid.sources.fmtr.document import read_document

Columns = list[tuple[str, str, float]]
ROWS = (Row("First \nline", "2"), Row("Second", "3"), BREAK, Row("Third", "4"))
COUNTRIES = (
    Country("Angola", (Program("IMET-1", ROWS), Program("PKO", department="Department of Defense"))),
    Country("Benin"),
)
HEAD = "Course Title Qty Training Location Student's Unit US Unit Total Cost Start Date End Date"


def columns(change: Callable[[Columns], Columns], **added: str) -> Layout:
    return replace(FY2014, columns=tuple(change(list(FY2014.columns))), added=added)


def renamed(name: str, head: str) -> Layout:
    return columns(lambda found: [(n, head if n == name else h, x) for n, h, x in found])


def swapped(one: str, other: str) -> Layout:
    """Return the layout with two columns in each other's place."""
    turn = {one: other, other: one}
    place = {name: x for name, _, x in FY2014.columns}
    moved = [(name, head, place[turn.get(name, name)]) for name, head, _ in FY2014.columns]
    return columns(lambda _: sorted(moved, key=lambda column: column[2]))


def with_new(head: str, x: float) -> Layout:
    """Return the layout with one more column, which every row fills."""
    wider = [*FY2014.columns, ("new", head, x)]
    return columns(lambda _: sorted(wider, key=lambda column: column[2]), new="B171")


LAYOUTS = {
    "a column that may be missing has another name": (
        renamed("us_unit", "US Organisation"),
        1,
        ["«USOrganisation» is no column of this layout", "US Unit"],
    ),
    "a column has another name": (
        renamed("location", "Place"),
        1,
        ["«Place» is no column of this layout", "it has no column 'Location'", "seen «Course Title Qty Place"],
    ),
    "a new column between two known ones": (
        with_new("Sponsor", 330.0),
        1,
        ["«Sponsor» is no column of this layout"],
    ),
    "a new column below the title": (with_new("MASL", 190.0), 1, ["«MASL» is no column of this layout"]),
    "a new last column": (with_new("Notes", 770.0), 1, ["«Notes» is no column of this layout"]),
    "a new first column": (
        with_new("No.", 20.0),
        1,
        ["expected a table head that begins with «Course Title» below the program heading «IMET-1", "seen «No."],
    ),
    "a column twice": (with_new("Qty", 330.0), 1, ["the columns stand in another order"]),
    "places and units change places": (
        swapped("location", "student_unit"),
        1,
        ["the columns stand in another order", "seen «Course Title Qty Student's Unit Training Location"],
    ),
    "the units change places": (
        swapped("us_unit", "student_unit"),
        1,
        ["the columns stand in another order"],
    ),
    "the dates change places": (swapped("start_date", "end_date"), 1, ["columns stand in another order"]),
    "people and dollars change places": (
        swapped("quantity", "cost"),
        1,
        ["the columns stand in another order"],
    ),
    "cells to the left of their heads": (
        replace(FY2014, cell_shift=-9.0),
        1,
        ["below 'course_title' at 36: «First»", "seen text at 27 points"],
    ),
    "cells to the right of their heads": (replace(FY2014, cell_shift=9.0), 1, ["seen text at 45 points"]),
    "headings in another form": (
        replace(FY2014, heading="{program}: {year}, {department}"),
        None,
        ["page 1: expected a program heading such as «PKO - Fiscal Year 2014 Department of State Training»",
         "seen «IMET-1: Fiscal Year 2014, Department of State»"],
    ),
    "headings with another dash": (
        replace(FY2014, heading="{program} – {year} {department} Training"),
        None,
        ["seen «IMET-1 – Fiscal Year 2014 Department of State Training»"],
    ),
    "a line above the head of a table that goes on": (
        replace(FY2014, continued="IMET-1 (continued)"),
        2,
        ["expected a program heading", "seen «IMET-1 (continued)»"],
    ),
    "program totals in other words": (
        replace(FY2014, program_total="{year} Program Sum"),
        2,
        ["expected a total «Fiscal Year 2014 Program Totals»", "ends with «Fiscal Year 2014 Program Sum 9 $300»"],
    ),
    "country totals in other words": (
        replace(FY2014, country_total="Total of {country}, {year}"),
        2,
        ["expected a total «Angola Fiscal Year 2014 Totals»", "ends with «Total of Angola, Fiscal Year 2014 10 $400»"],
    ),
    "a running head in another form": (
        replace(FY2014, running_head="Volume 1, Section 4 - {region}"),
        1,
        ["expected a running head such as", "begins «Volume 1, Section 4 - Africa»"],
    ),
}  # fmt: skip

DOCUMENTS = {
    "no program total": (
        Document((Country("Angola", (Program(total=None), Program("PKO", total=None))),)),
        1,
        ["expected a total «Fiscal Year 2014 Program Totals»", "seen none"],
    ),
    "no country total": (
        Document((Country("Angola", total=None),)),
        1,
        ["expected a total «Angola Fiscal Year 2014 Totals»"],
    ),
    "a total of another year": (
        Document((Country(programs=(Program(), BREAK, Program("PKO", total_year=2013))),)),
        2,
        ["expected totals of fiscal year 2014; seen «Fiscal Year 2013 Program Totals 1 $100»"],
    ),
    "a heading of another year": (
        Document((Country(programs=(Program(), BREAK, Program("PKO", fiscal_year=2013))),)),
        2,
        ["expected one fiscal year in all program headings; seen 2: 2014 (from page 1), 2013 (from page 2)"],
    ),
    "a scan without text": (
        Document(COUNTRIES, blank_pages=frozenset(range(1, 9))),
        None,
        ["its pages hold no text", "a scan is a picture"],
    ),
}


def refusal(tmp_path, document: Document) -> str:
    path = write(tmp_path / "new.pdf", document)
    with pytest.raises(SourceError) as caught:
        read_document(path)
    return str(caught.value)


def assert_says(message: str, page: int | None, words: list[str]) -> None:
    assert "new.pdf" in message
    if page:
        assert f"new.pdf, page {page}: not the layout" in message
    for text in words:
        assert text in message, message


@pytest.mark.parametrize("case", LAYOUTS)
def test_a_changed_layout_is_refused(tmp_path, case):
    layout, page, words = LAYOUTS[case]
    assert_says(refusal(tmp_path, Document(COUNTRIES, layout=layout)), page, words)


@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_changed_document_is_refused(tmp_path, case):
    document, page, words = DOCUMENTS[case]
    assert_says(refusal(tmp_path, document), page, words)


def test_regions_put_together_in_one_document_are_refused(tmp_path):
    import pypdfium2

    both = pypdfium2.PdfDocument.new()
    for region in ("Africa", "Europe"):
        both.import_pages(pypdfium2.PdfDocument(write(tmp_path / f"{region}.pdf", Document(region=region))))
    both.save(tmp_path / "new.pdf")
    with pytest.raises(SourceError) as caught:
        read_document(tmp_path / "new.pdf")
    assert_says(
        str(caught.value),
        2,
        ["expected one region in the running heads of all pages; seen «Africa» (from page 1), «Europe» (from page 2)"],
    )  # fmt: skip


@pytest.mark.parametrize("layout", [FY2008, FY2014, FY2017])
def test_a_cell_or_two_beside_their_column_are_an_oddity_and_no_other_layout(tmp_path, layout):
    rows = tuple(Row(f"Course {number}") for number in range(60))
    document = Document(
        (Country(programs=(Program(rows=(*rows, Row("Last", location="    Beside its edge"))),)),),
        layout=layout,
        fiscal_year=2014,
    )
    tables = read_document(write(tmp_path / "odd.pdf", document))
    assert len(tables.activities) == 61
    assert tables.activities["location"].iloc[-1] == "Beside its edge"
