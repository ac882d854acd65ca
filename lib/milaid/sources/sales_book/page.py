"""One page of the book: its columns by their heads, the lines of its table, edition and page number at its foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from milaid.sources.fmtr.text import Line, Page
from milaid.sources.sales_book.pieces import GAP, Piece, pieces_of

_TITLE = re.compile(r"Historical Sales Book Fiscal Years (\d{4}) to (\d{4})")
_FOOT = re.compile(r"Fiscal Year (\d{4}) Edition .* (\d+)")
_YEAR_HEAD = re.compile(r"Fiscal Year (\d{4})")
_PERIOD_HEAD = re.compile(r"Fiscal Years (\d{4})(?: To |-)(\d{4})")
_TEXT_HEADS = ("Country", "Combatant Command", "State Dept. Region", "Continent")
# Heads set above each other are centred on each other, this exactly.
_CENTRED = 10.0
# A mark of a footnote is raised by less than this; the lines of the table stand further apart.
_SAME_LINE = 6.5


class Mismatch(Exception):
    """The layout is another than the one known; the message says where and what was expected."""


@dataclass(frozen=True)
class Period:
    """One column of amounts: its fiscal years, where its head is centred, and whether it is a total of others."""

    first: int
    last: int
    centre: float
    all_years: bool = False


@dataclass(frozen=True)
class Heads:
    """The columns of a page: right edges of the heads of text, and the periods from left to right."""

    text_edges: tuple[float, ...]
    periods: tuple[Period, ...]

    @property
    def years(self) -> tuple[tuple[int, int], ...]:
        return tuple((period.first, period.last) for period in self.periods)


def title_of(page: Page) -> re.Match[str] | None:
    """Return the title of a page, with first and last fiscal year; None for a page without the table."""
    return next((match for line in page.lines if (match := _TITLE.fullmatch(line.text))), None)


def foot_of(page: Page) -> tuple[int, int]:
    """Return the fiscal year of the edition and the printed page number."""
    match = next((match for line in page.lines if (match := _FOOT.fullmatch(line.text))), None)
    if match is None:
        raise Mismatch(f"page {page.number}: «Fiscal Year … Edition» and a page number expected at its foot")
    return int(match[1]), int(match[2])


def read_heads(page: Page) -> Heads:
    """Return the columns of a page by the pieces of its heads, which are centred one above the other."""
    stacks: list[list[Piece]] = []
    for line in _head_lines(page):
        for piece in pieces_of(line):
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
        raise Mismatch(
            f"page {page.number}: columns {', '.join(_TEXT_HEADS)} expected first, found {', '.join(found)}"
        )
    periods = tuple(_period(page, *head) for head in texts[wanted:])
    return Heads(tuple(right for _, _, right in texts[:wanted]), periods)


def _head_lines(page: Page) -> Iterator[Line]:
    """Yield the lines between the title of a page and its first line of the table, which begins at the margin."""
    lines = iter(page.lines)
    for line in lines:
        if _TITLE.fullmatch(line.text):
            break
    foot = next((line.x for line in page.lines if _FOOT.fullmatch(line.text)), 0.0)
    for line in lines:
        if line.x < foot + 5 * GAP:
            return
        yield line


def _centre(piece: Piece) -> float:
    return (piece.left + piece.right) / 2


def _period(page: Page, words: str, left: float, right: float) -> Period:
    centre = (left + right) / 2
    if match := _YEAR_HEAD.fullmatch(words):
        return Period(int(match[1]), int(match[1]), centre)
    if match := _PERIOD_HEAD.fullmatch(words):
        return Period(int(match[1]), int(match[2]), centre, all_years="-" in words)
    raise Mismatch(
        f"page {page.number}: the head of a fiscal year or of fiscal years expected, found «{words}»"
    )


def require_years(page: Page, heads: Heads, edition: int) -> None:
    """Check that the columns are one block, each year after it up to the edition's, and all of them together."""
    years = heads.years
    title = title_of(page)
    first, last = (int(title[1]), int(title[2])) if title else (0, 0)
    before = years[0][1] if years else 0
    wanted = ((first, before), *((year, year) for year in range(before + 1, last + 1)), (first, last))
    if years != wanted or last != edition or len(wanted) < 3:
        raise Mismatch(
            f"page {page.number}: columns for a block of years from FY{first}, for each year after it up to "
            f"FY{edition} and for all of them expected, found {', '.join(f'{one}-{two}' for one, two in years)}"
        )


def table_lines(page: Page) -> Iterator[list[Piece]]:
    """Yield the pieces of each printed line of the table, from left to right."""
    heads = list(_head_lines(page))
    lines = page.lines[page.lines.index(heads[-1]) + 1 :] if heads else []
    current: list[Piece] = []
    for line in lines:
        if _FOOT.fullmatch(line.text):
            break
        pieces = pieces_of(line)
        if current and pieces and abs(current[0].y - pieces[0].y) > _SAME_LINE:
            yield current
            current = []
        current += pieces
    if current:
        yield current
