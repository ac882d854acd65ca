"""How a sheet is laid out on the screen and on paper: widths, heights and prints of :mod:`milaid.blocks.sheets`.

Programs differ in whether they make a row high enough for wrapped text, so that heights are always given. A printed sheet
is its table with the title in the head of the page: the lines above a table run far beyond it, and a program that fits
them on the paper makes everything too small to read.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

NARROWEST, WIDEST = 9, 60
_LINE, _HIGHEST = 15, 409
"""Points of a line of text, and the highest row that a program takes."""
_FILLED = 0.9
"""Which share of a width is filled with letters: fonts that stand in for that of the file are wider."""
_WIDEST_PAGE = 260
"""Letters beside each other on a page; a wider table goes over several, its first column on each."""
_A4, _MARGIN = 9, 0.4
_LONGEST_PAGE_HEAD, _PAGE_HEAD_LINE, _PAGE_HEAD_LINES = 230, 110, 3


def width_for(longest: int) -> int:
    """Return the width of a column whose longest text has so many letters."""
    return min(max(longest, NARROWEST) + 2, WIDEST)


def wraps(text: str) -> bool:
    """Return whether a text is longer than the widest column."""
    return len(text) > WIDEST - 2 or "\n" in text


def lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of this width."""
    room = max(int(width * _FILLED), 1)
    return sum(_lines(part.split(), room) for part in text.split("\n"))


def _lines(words: Sequence[str], room: int) -> int:
    """Return how many lines words fill; one that is longer than a line goes on below."""
    count, used = 1, 0
    for word in words:
        if used and used + 1 + len(word) > room:
            count, used = count + 1, 0
        used += len(word) + (used > 0)
        count, used = count + (used - 1) // room, (used - 1) % room + 1
    return count


def set_heights(sheet: Worksheet, heights: Mapping[int, int]) -> None:
    """Make rows, by number from 0, as high as their lines of text need."""
    for row, count in heights.items():
        if count > 1:
            sheet.set_row(row, min(count * _LINE, _HIGHEST))


def set_print(
    sheet: Worksheet, title: str, area: tuple[int, int, int, int], head: int, widths: Sequence[int]
) -> None:
    """Print the cells of ``area`` (rows and columns, from 0) on A4 across, the row ``head`` on each page.

    ``title`` stands in the head of the page, where it is not empty, and the number of the page at its foot.
    """
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=1.0 if title else _MARGIN, bottom=0.7)
    if title:
        sheet.set_header(f"&L{_page_head(title)}")
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.print_area(*area)
    sheet.repeat_rows(head)
    across = math.ceil(sum(widths) / _WIDEST_PAGE)
    sheet.fit_to_pages(across, 0)
    if across > 1:
        sheet.repeat_columns(0)


def _page_head(title: str) -> str:
    """Return a title for the head of a page, which wraps nothing, takes few letters and has a sign of its own, &."""
    told = textwrap.shorten(title, _LONGEST_PAGE_HEAD - title.count("&") - _PAGE_HEAD_LINES, placeholder=" …")
    return "\n".join(textwrap.wrap(told, _PAGE_HEAD_LINE)).replace("&", "&&")
