"""The Historical Sales Book of the Defense Security Cooperation Agency (DSCA): agreements by recipient and year.

The book prints one table over many pages. A recipient takes four lines: its name with command, region and
continent, then Foreign Military Sales (FMS), FMS paid with Foreign Military Financing (FMF), and their total. The
columns are the years before the last five as one block, the last five fiscal years, and all years together; the
lines of FMS and FMF leave the block empty. The years are read from the heads, so a later edition is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from milaid.errors import SourceError
from milaid.sources.fmtr.text import Line, Page, read_pages

FMS, FMF, TOTAL = "FMS agreements", "FMF-funded agreements", "all agreements"
WORLD = "world"
LINES = {
    "Title 22 Foreign Military Sales": FMS,
    "Title 22 Foreign Military Financing": FMF,
    "Total": TOTAL,
}
"""The three lines below the name of a recipient, in the order in which they stand."""

_TITLE = re.compile(r"Historical Sales Book Fiscal Years (\d{4}) to (\d{4})")
_FOOT = re.compile(r"Fiscal Year (\d{4}) Edition .* (\d+)")
_YEAR_HEAD = re.compile(r"Fiscal Year (\d{4})")
_PERIOD_HEAD = re.compile(r"Fiscal Years (\d{4})(?: To |-)(\d{4})")
_TEXT_HEADS = ("Country", "Combatant Command", "State Dept. Region", "Continent")
_WORLD_HEADING, _END = "Totals", "Foot Notes:"
_AMOUNT = re.compile(r"(-?)\$?(\d{1,3}(?:,\d{3})+|\d+)")
# The name of a recipient and the columns beside it are set further apart than the words of either.
_GAP = 6.0
_CENTRED = 10.0
# Marks of footnotes stand this much above the name; the lines of a table are twice as far apart.
_RAISED, _SAME_LINE = 2.0, 6.5
_NO_NUMBER = re.compile(r"[^1-9]*")


@dataclass(frozen=True)
class _Piece:
    """Words set without a gap: text, left and right edge, baseline."""

    text: str
    left: float
    right: float
    y: float


@dataclass(frozen=True)
class _Period:
    """One column of amounts: its fiscal years, where its head is centred, and whether it is a total of others."""

    first: int
    last: int
    centre: float
    all_years: bool = False


@dataclass(frozen=True)
class _Heads:
    """The columns of a page: right edges of the heads of text, and the periods from left to right."""

    text_edges: tuple[float, ...]
    periods: tuple[_Period, ...]

    @property
    def years(self) -> tuple[tuple[int, int], ...]:
        return tuple((period.first, period.last) for period in self.periods)


@dataclass
class _Recipient:
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
class _Book:
    """A book as read: edition, columns, recipients in order and the totals of the world."""

    edition: int
    periods: tuple[_Period, ...]
    recipients: list[_Recipient]
    world: _Recipient


class _Mismatch(Exception):
    """The layout is another than the one known; the message says where and what was expected."""


def read_sales(path: Path) -> pd.DataFrame:
    """Return agreements by recipient and period: one row for each fiscal year and for the block of years before.

    Columns as ``schemas_arms.ARMS_SALES`` without those that reference tables add. ``total_agreements_usd`` of a
    fiscal year is the sum of its two parts; of the block it is the printed total, which has no parts. Raises
    SourceError with page and expectation when the file is no Historical Sales Book in the known layout.
    """
    book = _read_book(path)
    rows = [row for recipient in book.recipients for row in _rows(recipient, book)]
    frame = pd.DataFrame(rows)
    amounts = {name: "Int64" for name in frame.columns if name.endswith("_usd")}
    return frame.astype({"fiscal_year": "Int16", **amounts})


def read_sales_totals(path: Path) -> pd.DataFrame:
    """Return every total that the book prints, one row a total, as ``schemas_arms.ARMS_SALES_TOTALS``.

    Errors as with :func:`read_sales`.
    """
    book = _read_book(path)
    rows = [row for recipient in book.recipients for row in _totals(recipient, book, "recipient")]
    return pd.DataFrame([*rows, *_totals(book.world, book, WORLD)])


def _rows(recipient: _Recipient, book: _Book) -> Iterator[dict[str, object]]:
    command, region, continent = recipient.described
    for column, period in enumerate(book.periods):
        printed = {measure: cells[column] for measure, cells in recipient.amounts.items() if column in cells}
        if period.all_years or not printed:
            continue
        block = period.first != period.last
        parts = [printed.get(FMS), printed.get(FMF)]
        yield {
            "edition_fiscal_year": book.edition,
            "recipient": recipient.name,
            "combatant_command": command,
            "region": region,
            "continent": continent,
            "fiscal_year": None if block else period.first,
            "first_fiscal_year": period.first,
            "last_fiscal_year": period.last,
            "fms_agreements_usd": None if block else parts[0],
            "fmf_funded_agreements_usd": None if block else parts[1],
            "total_agreements_usd": printed.get(TOTAL) if block else sum(part or 0 for part in parts),
            "footnote": recipient.footnote,
            "page": recipient.page,
            "printed_page": recipient.printed_page,
            "heading_page": recipient.heading_page,
        }


def _totals(recipient: _Recipient, book: _Book, level: str) -> Iterator[dict[str, object]]:
    """Yield the printed totals of a recipient, or of the world, whose every number is one.

    Of a recipient, its total line is a total in the fiscal years, each of its lines in the column of all years.
    """
    for measure, cells in recipient.amounts.items():
        for column, amount in cells.items():
            period = book.periods[column]
            is_year = period.first == period.last
            if level == "recipient" and not (period.all_years or (is_year and measure == TOTAL)):
                continue
            # The lines of FMS and FMF have no block, so their column of all years begins where it ends.
            without_block = period.all_years and measure != TOTAL
            yield {
                "edition_fiscal_year": book.edition,
                "level": level,
                "recipient": None if level == WORLD else recipient.name,
                "measure": measure,
                "first_fiscal_year": book.periods[1].first if without_block else period.first,
                "last_fiscal_year": period.last,
                "amount_usd": amount,
                "page": recipient.page,
                "printed_page": recipient.printed_page,
            }


def _read_book(path: Path) -> _Book:
    pages = read_pages(path)
    tables = [page for page in pages if _title(page)]
    if not tables:
        raise SourceError(
            f"{path}: this is a PDF of {len(pages)} pages, but no Historical Sales Book: no page is headed "
            "«Historical Sales Book Fiscal Years … to …»; check that it is the right document"
        )
    try:
        return _parse(tables)
    except _Mismatch as error:
        raise SourceError(
            f"{path}, {error}; the layout differs from the one known: read the page and follow it in "
            "lib/milaid/sources/sales_book.py"
        ) from error


def _parse(tables: list[Page]) -> _Book:
    heads = _heads(tables[0])
    edition, first_printed = _foot(tables[0])
    _require_years(tables[0], heads, edition)
    recipients: list[_Recipient] = []
    for position, page in enumerate(tables):
        if (found := _heads(page)).years != heads.years:
            raise _Mismatch(
                f"page {page.number}: heads of the years {heads.years} expected, found {found.years}"
            )
        wanted = (edition, first_printed + position)
        if (foot := _foot(page)) != wanted:
            raise _Mismatch(
                f"page {page.number}: edition and page number {wanted} expected at its foot, found {foot}"
            )
        _read_lines(page, found, str(wanted[1]), recipients)
    last = tables[-1].number
    if recipients and recipients[-1].next_line:
        raise _Mismatch(
            f"page {last}: «{recipients[-1].next_line}» of {recipients[-1].name} expected, the table ends"
        )
    if not recipients or recipients[-1].name != _WORLD_HEADING:
        raise _Mismatch(f"page {last}: the table expected to end with the lines «{_WORLD_HEADING}»")
    return _Book(edition, heads.periods, recipients[:-1], recipients[-1])


def _title(page: Page) -> re.Match[str] | None:
    return next((match for line in page.lines if (match := _TITLE.fullmatch(line.text))), None)


def _foot(page: Page) -> tuple[int, int]:
    match = next((match for line in page.lines if (match := _FOOT.fullmatch(line.text))), None)
    if match is None:
        raise _Mismatch(f"page {page.number}: «Fiscal Year … Edition» and a page number expected at its foot")
    return int(match[1]), int(match[2])


def _heads(page: Page) -> _Heads:
    """Return the columns of a page by the pieces of its heads, which are centred one above the other."""
    stacks: list[list[_Piece]] = []
    for line in _head_lines(page):
        for piece in _pieces(line):
            below = [stack for stack in stacks if abs(_centre(stack[0]) - _centre(piece)) < _CENTRED]
            if below:
                below[0].append(piece)
            else:
                stacks.append([piece])
    texts: list[tuple[str, float, float]] = []
    for stack in stacks:
        words = " ".join(piece.text for piece in sorted(stack, key=lambda piece: -piece.y))
        left, right = min(piece.left for piece in stack), max(piece.right for piece in stack)
        texts.append((words, left, right))
    texts.sort(key=lambda head: head[1])
    found = tuple(words for words, _, _ in texts)
    wanted = len(_TEXT_HEADS)
    if found[:wanted] != _TEXT_HEADS:
        raise _Mismatch(
            f"page {page.number}: columns {', '.join(_TEXT_HEADS)} expected first, found {', '.join(found)}"
        )
    periods = tuple(_period(page, *head) for head in texts[wanted:])
    return _Heads(tuple(right for _, _, right in texts[:wanted]), periods)


def _head_lines(page: Page) -> Iterator[Line]:
    """Yield the lines between the title of a page and its first line of the table, which begins at the margin."""
    lines = iter(page.lines)
    for line in lines:
        if _TITLE.fullmatch(line.text):
            break
    foot = next((line.x for line in page.lines if _FOOT.fullmatch(line.text)), 0.0)
    for line in lines:
        if line.x < foot + 5 * _GAP:
            return
        yield line


def _centre(piece: _Piece) -> float:
    return (piece.left + piece.right) / 2


def _period(page: Page, words: str, left: float, right: float) -> _Period:
    centre = (left + right) / 2
    if match := _YEAR_HEAD.fullmatch(words):
        return _Period(int(match[1]), int(match[1]), centre)
    if match := _PERIOD_HEAD.fullmatch(words):
        return _Period(int(match[1]), int(match[2]), centre, all_years="-" in words)
    raise _Mismatch(
        f"page {page.number}: the head of a fiscal year or of fiscal years expected, found «{words}»"
    )


def _require_years(page: Page, heads: _Heads, edition: int) -> None:
    """Check that the columns are one block, each year after it up to the edition's, and all of them together."""
    years = heads.years
    title = _title(page)
    first, last = (int(title[1]), int(title[2])) if title else (0, 0)
    before = years[0][1] if years else 0
    wanted = ((first, before), *((year, year) for year in range(before + 1, last + 1)), (first, last))
    if years != wanted or last != edition or len(wanted) < 3:
        raise _Mismatch(
            f"page {page.number}: columns for a block of years from FY{first}, for each year after it up to "
            f"FY{edition} and for all of them expected, found {', '.join(f'{one}-{two}' for one, two in years)}"
        )


def _read_lines(page: Page, heads: _Heads, printed_page: str, recipients: list[_Recipient]) -> None:
    """Add the lines of a page to the recipients read so far; a recipient may begin at the foot of the page before."""
    for pieces in _table_lines(page):
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
            raise _Mismatch(f"page {page.number}: {name} expected, found «{found}»")
        if label is None:
            recipients.append(_heading(page, pieces, heads))
        elif current:
            current.page, current.printed_page = page.number, printed_page
            current.amounts[LINES[label]] = _amounts(page, current.name, pieces[1:], heads)


def _table_lines(page: Page) -> Iterator[list[_Piece]]:
    """Yield the pieces of each printed line of the table, from left to right."""
    heads = list(_head_lines(page))
    lines = page.lines[page.lines.index(heads[-1]) + 1 :] if heads else []
    current: list[_Piece] = []
    for line in lines:
        if _FOOT.fullmatch(line.text):
            break
        pieces = _pieces(line)
        if current and pieces and abs(current[0].y - pieces[0].y) > _SAME_LINE:
            yield current
            current = []
        current += pieces
    if current:
        yield current


def _is_repeated_head(pieces: list[_Piece], heads: _Heads) -> bool:
    """Return whether a line repeats the years below the totals of the world."""
    years = [f"FY {one}" if one == two else f"FYs {one}-{two}" for one, two in heads.years]
    return [piece.text for piece in pieces] == years


def _heading(page: Page, pieces: list[_Piece], heads: _Heads) -> _Recipient:
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
            raise _Mismatch(
                f"page {page.number}: nothing beside the name of {name.text} expected, found «{piece.text}»"
            )
    return _Recipient(name.text, page.number, footnote, tuple(described))


def _amounts(page: Page, name: str, pieces: list[_Piece], heads: _Heads) -> dict[int, int]:
    """Return amounts in dollars by column: they are set flush right, so each ends right of the centre of its head."""
    found: dict[int, int] = {}
    for piece in pieces:
        column = sum(piece.right > period.centre for period in heads.periods) - 1
        match = _AMOUNT.fullmatch(piece.text)
        if match is None or column < 0 or column in found:
            raise _Mismatch(
                f"page {page.number}: one amount in whole dollars a column expected for {name}, found «{piece.text}»"
            )
        found[column] = int(match[1] + match[2].replace(",", ""))
    return found


def _pieces(line: Line) -> list[_Piece]:
    """Return a line cut where its words stand apart."""
    pieces: list[_Piece] = []
    for text, left, right in _words(line):
        before = pieces[-1] if pieces else None
        if before and left - before.right <= _GAP:
            pieces[-1] = _Piece(f"{before.text} {text}", before.left, right, line.y)
        else:
            pieces.append(_Piece(text, left, right, line.y))
    return pieces


def _words(line: Line) -> Iterator[tuple[str, float, float]]:
    """Yield the words of a line with their left and right edges; a blank is set where the word before it ends."""
    word, left = "", 0.0
    for x, character in zip(line.xs, line.characters, strict=True):
        if not character.isspace():
            word, left = word + character, left if word else x
        elif word:
            yield word, left, x
            word = ""
    if word:
        yield word, left, line.end
