"""The recipients of the book with the amounts of their lines, and the totals of the world."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from milaid.errors import SourceError
from milaid.sources.fmtr.text import Page, read_pages
from milaid.sources.sales_book.measures import FMF, FMS, TOTAL
from milaid.sources.sales_book.page import (
    Heads,
    Mismatch,
    Period,
    foot_of,
    read_heads,
    require_years,
    table_lines,
    title_of,
)
from milaid.sources.sales_book.pieces import Piece

LINES = {
    "Title 22 Foreign Military Sales": FMS,
    "Title 22 Foreign Military Financing": FMF,
    "Total": TOTAL,
}
"""The three lines below the name of a recipient, in the order in which they stand."""

_WORLD_HEADING, _END = "Totals", "Foot Notes:"
_AMOUNT = re.compile(r"(-?)\$?(\d{1,3}(?:,\d{3})+|\d+)")
# Marks of footnotes stand this much above the name.
_RAISED = 2.0
_NO_NUMBER = re.compile(r"[^1-9]*")


@dataclass
class Recipient:
    """The four lines of a recipient, or of the world: name and amounts by line and column, as read."""

    name: str
    heading_page: int
    footnote: str | None = None
    described: tuple[str | None, ...] = (None, None, None)
    page: int = 0
    printed_page: str = ""
    amounts: dict[str, dict[int, int]] = field(default_factory=dict)

    @property
    def next_line(self) -> str | None:
        """Return the line that comes next; None when the recipient has all of them."""
        wanted = [label for label, measure in LINES.items() if measure not in self.amounts]
        return wanted[0] if wanted else None


@dataclass(frozen=True)
class Book:
    """A book as read: edition, columns, recipients in order and the totals of the world."""

    edition: int
    periods: tuple[Period, ...]
    recipients: list[Recipient]
    world: Recipient


def read_book(path: Path) -> Book:
    """Return the book that a PDF holds; raises SourceError with page and expectation where it is none in the layout known."""
    pages = read_pages(path)
    tables = [page for page in pages if title_of(page)]
    if not tables:
        raise SourceError(
            f"{path}: this is a PDF of {len(pages)} pages, but no Historical Sales Book: no page is headed "
            "«Historical Sales Book Fiscal Years … to …»; check that it is the right document"
        )
    try:
        return _parse(tables)
    except Mismatch as error:
        raise SourceError(
            f"{path}, {error}; the layout differs from the one known: read the page and follow it in "
            "lib/milaid/sources/sales_book/"
        ) from error


def _parse(tables: list[Page]) -> Book:
    heads = read_heads(tables[0])
    edition, first_printed = foot_of(tables[0])
    require_years(tables[0], heads, edition)
    recipients: list[Recipient] = []
    for position, page in enumerate(tables):
        if (found := read_heads(page)).years != heads.years:
            raise Mismatch(
                f"page {page.number}: heads of the years {heads.years} expected, found {found.years}"
            )
        wanted = (edition, first_printed + position)
        if (foot := foot_of(page)) != wanted:
            raise Mismatch(
                f"page {page.number}: edition and page number {wanted} expected at its foot, found {foot}"
            )
        _read_lines(page, found, str(wanted[1]), recipients)
    last = tables[-1].number
    if recipients and recipients[-1].next_line:
        raise Mismatch(
            f"page {last}: «{recipients[-1].next_line}» of {recipients[-1].name} expected, the table ends"
        )
    if not recipients or recipients[-1].name != _WORLD_HEADING:
        raise Mismatch(f"page {last}: the table expected to end with the lines «{_WORLD_HEADING}»")
    return Book(edition, heads.periods, recipients[:-1], recipients[-1])


def _read_lines(page: Page, heads: Heads, printed_page: str, recipients: list[Recipient]) -> None:
    """Add the lines of a page to the recipients read so far; a recipient may begin at the foot of the page before."""
    for pieces in table_lines(page):
        if pieces[0].text == _END or _is_repeated_head(pieces, heads):
            if pieces[0].text == _END:
                return
            continue
        label = next((label for label in LINES if pieces[0].text == label), None)
        current = recipients[-1] if recipients else None
        expected = current.next_line if current else None
        if label != expected:
            found = " ".join(piece.text for piece in pieces)
            name = f"«{expected}» of {current.name}" if current and expected else "the name of a recipient"
            raise Mismatch(f"page {page.number}: {name} expected, found «{found}»")
        if label is None:
            recipients.append(_heading(page, pieces, heads))
        elif current:
            current.page, current.printed_page = page.number, printed_page
            current.amounts[LINES[label]] = _amounts(page, current.name, pieces[1:], heads)


def _is_repeated_head(pieces: list[Piece], heads: Heads) -> bool:
    """Return whether a line repeats the years below the totals of the world."""
    years = [f"FY {one}" if one == two else f"FYs {one}-{two}" for one, two in heads.years]
    return [piece.text for piece in pieces] == years


def _heading(page: Page, pieces: list[Piece], heads: Heads) -> Recipient:
    """Return a recipient by its first line: name, mark of a footnote, command, region and continent.

    Some first lines have a zero or a full stop in a column of amounts, which says nothing; a number is refused.
    """
    name, *others = pieces
    footnote = None
    if others and others[0].text.isdigit() and others[0].y - name.y > _RAISED:
        footnote = others.pop(0).text
    described: list[str | None] = [None, None, None]
    for piece in others:
        column = sum(piece.left >= edge for edge in heads.text_edges) - 1
        if 0 <= column < len(described) and described[column] is None:
            described[column] = piece.text
        elif column != len(described) or not _NO_NUMBER.fullmatch(piece.text):
            raise Mismatch(
                f"page {page.number}: nothing beside the name of {name.text} expected, found «{piece.text}»"
            )
    return Recipient(name.text, page.number, footnote, tuple(described))


def _amounts(page: Page, name: str, pieces: list[Piece], heads: Heads) -> dict[int, int]:
    """Return amounts in dollars by column: they are set flush right, so each ends right of the centre of its head."""
    found: dict[int, int] = {}
    for piece in pieces:
        column = sum(piece.right > period.centre for period in heads.periods) - 1
        match = _AMOUNT.fullmatch(piece.text)
        if match is None or column < 0 or column in found:
            raise Mismatch(
                f"page {page.number}: one amount in whole dollars a column expected for {name}, found «{piece.text}»"
            )
        found[column] = int(match[1] + match[2].replace(",", ""))
    return found
