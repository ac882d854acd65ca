"""What a layout reads from a document, still as printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from milaid.sources.fmtr.text import Line

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
class RowBox:
    """What a row takes up of a page, or of a column of one, in points from the lower left corner of the page as shown."""

    page: int
    column: float
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Activity:
    """One row of a table: where it stands and the text lines of each of its cells, in reading order.

    ``fiscal_year`` is the year that the row's heading names; a later year than the edition's own is planned.
    ``section`` numbers the program tables of a document, ``row_on_page`` the rows of a page, from 1. ``boxes`` are
    what it takes up, more than one where it goes on in the next column or on the next page; a row of a web page has none.
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
    boxes: list[RowBox] = field(default_factory=list)

    def take_up(self, page: int, line: Line, column: float = 0.0) -> None:
        """Note that a line of a page, in the column that begins at ``column``, is part of this row."""
        last = self.boxes[-1] if self.boxes else None
        if last is None or (last.page, last.column) != (page, column):
            last = RowBox(page, column, line.x, line.y - line.below, line.right, line.y + line.above)
            self.boxes.append(last)
        last.left, last.right = min(last.left, *line.xs), max(last.right, line.right)
        last.bottom, last.top = min(last.bottom, line.y - line.below), max(last.top, line.y + line.above)


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
