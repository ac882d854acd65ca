"""What a layout reads from a document, still as printed."""

from __future__ import annotations

from dataclasses import dataclass, field

# Program and department of rows whose heading stands on a page that cannot be read.
LOST_HEADING = "heading not readable"


class LayoutMismatch(Exception):
    """A page is not as the layout expects; carries the page and what was expected."""

    def __init__(self, page: int, expected: str) -> None:
        super().__init__(page, expected)
        self.page = page
        self.expected = expected


@dataclass(slots=True)
class Activity:
    """One row of a table: where it stands and the text lines of each of its cells, in reading order.

    ``section`` numbers the program tables of a document, ``row_on_page`` the rows of a page, from 1.
    """

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
    """One total as printed: of a program within a country, or of a country."""

    level: str
    region: str
    country: str
    program_printed: str | None
    section: int | None
    quantity_printed: str | None
    cost_printed: str | None
    page: int


@dataclass(slots=True)
class ParsedDocument:
    """All that was read from one document, in reading order."""

    region: str
    fiscal_year: int
    activities: list[Activity] = field(default_factory=list)
    totals: list[PrintedTotal] = field(default_factory=list)
