"""What a layout reads from a document, still as printed."""

from __future__ import annotations

from dataclasses import dataclass, field

# Program and department of rows whose heading stands on a page that cannot be read.
LOST_HEADING = "heading not readable"
# Department of rows whose heading names none.
FUNDER_NOT_PRINTED = ""
# Region of rows that stand in their document before any head that names it.
REGION_NOT_PRINTED = ""


class LayoutMismatch(Exception):
    """A page is not as the layout expects; carries the page and what was expected."""

    def __init__(self, page: int, expected: str) -> None:
        super().__init__(page, expected)
        self.page = page
        self.expected = expected


@dataclass(slots=True)
class Activity:
    """One row of a table: where it stands and the text lines of each of its cells, in reading order.

    ``fiscal_year`` is the year that the row's heading names; a later year than the edition's own is planned.
    ``section`` numbers the program tables of a document, ``row_on_page`` the rows of a page, from 1.
    """

    fiscal_year: int
    region: str
    country: str
    program_printed: str
    funder_printed: str
    section: int
    page: int
    row_on_page: int
    printed_page: str | None
    cells: dict[str, list[str]]


@dataclass(slots=True)
class PrintedTotal:
    """One total as printed, of what its level says: ``fiscal_year``, ``program`` or ``country``.

    A total of a fiscal year is of that year within a program of a country. ``fiscal_year`` is the year that the
    total covers, or None where it covers every year above it.
    """

    level: str
    fiscal_year: int | None
    region: str
    country: str
    program_printed: str | None
    section: int | None
    quantity_printed: str | None
    cost_printed: str | None
    page: int


@dataclass(slots=True)
class ParsedDocument:
    """All that was read from one document, in reading order.

    ``fiscal_year`` is the year that the edition reports as done. ``columns`` are the names of the cells that
    the tables of this document have. ``carried_over`` are lines on top of the first page that belong to the last
    row of the document before.
    """

    fiscal_year: int
    columns: frozenset[str]
    activities: list[Activity] = field(default_factory=list)
    totals: list[PrintedTotal] = field(default_factory=list)
    carried_over: list[str] = field(default_factory=list)
