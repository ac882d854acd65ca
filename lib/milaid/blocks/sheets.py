"""Tables as sheets of a workbook (.xlsx), one a sheet, for :mod:`milaid.blocks.workbook`.

Numbers are numbers, everything else is text: no cell is a formula or becomes one. A sheet says in its first rows what it
holds; the table below is a table to the program too, with a name and heads of their own, and no cell is merged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from milaid.blocks.block import Source, csv_rows
from milaid.blocks.csv_form import TAKEN_FOR_FORMULA
from milaid.blocks.marked import showable
from milaid.blocks.sheet_layout import lines, set_heights, set_print, width_for, wraps
from milaid.blocks.table_sheet import EMPTY, TableSheet

_MOST_IN_A_CELL = 32_767
"""Units of UTF-16 that a program takes in a cell."""
_LONGEST_HEAD = 240
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_MOST_DIGITS = 15
_NUMBER_FORMAT = re.compile(r"#,##0(\.0+)?_-")
_DATE = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_IDENTIFIER = re.compile(r"(.*_)?(code|id|iso3|document|edition|row_id|sha256|printed_page)")
_YEAR = re.compile(r"((base|first|last|previous)_)?(fiscal_)?year")
"""Columns of years; ``all_participants_of_year`` counts people."""
_MOST_DECIMALS = 3
_DAY_ZERO = date(1899, 12, 30)
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class WorkSheet:
    """What stands in one sheet: its name, what is said of it, and the table as CSV text."""

    name: str
    title: str
    subtitle: str
    note: str
    alt: str
    sources: tuple[Source, ...]
    csv: str
    text_columns: frozenset[str] = frozenset()

    @property
    def said(self) -> tuple[str, ...]:
        """What the sheet says above its table, line by line, the title first; as many lines in every sheet."""
        title = self.title if self.title.startswith(self.name) else f"{self.name}. {self.title}"
        sources = "; ".join(
            f"{s.text.rstrip('.')} {s.url}" if s.url else s.text.rstrip(".") for s in self.sources
        )
        return (
            title,
            f"This sheet has one table. {self.subtitle}".rstrip(),
            f"Note: {self.note or 'none.'}",
            f"Sources: {sources or 'none named'}",
        )


class Styles:
    """The formats of cells, each once in the book."""

    def __init__(self, book: Workbook) -> None:
        text = {"valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        self.head = book.add_format(head)
        self.number_head = book.add_format({**head, "align": "right", "indent": 1})
        self.text = book.add_format(text)
        self.quoted = book.add_format({**text, "quote_prefix": True})
        self.wrapped = book.add_format({**text, "text_wrap": True})
        self.wrapped_quoted = book.add_format({**text, "text_wrap": True, "quote_prefix": True})
        self.wrapped_bold = book.add_format({**text, "text_wrap": True, "bold": True})
        self.link = book.add_format({**text, "font_color": "#1F5F99", "underline": 1})
        # Years and days are labels of rows: they stand at the left as text does, and no letter touches them.
        self.year = book.add_format({**text, "num_format": "0", "align": "left"})
        self.date = book.add_format({**text, "num_format": "yyyy-mm-dd", "align": "left"})
        # The space of a hyphen keeps a number from the text of the next column.
        self.whole = book.add_format({**text, "num_format": "#,##0_-"})
        self.decimals = [
            book.add_format({**text, "num_format": f"#,##0.{'0' * places}_-"})
            for places in range(1, _MOST_DECIMALS + 1)
        ]
        self.numbers = (self.whole, *self.decimals)


def write_sheet(sheet: TableSheet, content: WorkSheet, contents: str, styles: Styles) -> None:
    """Write what a table is, a link to the sheet ``contents``, and the table, whose head stays in sight."""
    for row, line in enumerate(content.said):
        style = styles.text if row else styles.title
        put_text(sheet, row, 0, line, style, style if not row else styles.quoted)
    first = len(content.said)
    sheet.write_url(first, 0, f"internal:'{contents}'!A1", styles.link, f"To the sheet {contents}")
    head, *rows = csv_rows(content.csv) or [[]]
    widths = _write_table(sheet, first + 1, head, rows, content.name, content.text_columns, styles)
    area = (first + 1, 0, first + 1 + max(len(rows), 1), max(len(head), 1) - 1)
    set_print(sheet, content.said[0], area, first + 1, widths)


def _write_table(
    sheet: TableSheet,
    first: int,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    name: str,
    text_columns: Collection[str],
    styles: Styles,
) -> list[int]:
    """Write a table called ``name`` with its head in row ``first``, from 0; its columns get names of their own.

    Returns the widths of the columns.
    """
    heights: dict[int, int] = {}
    formats, widths, columns = [], [], []
    nothing = [""] * len(rows)
    given = zip_longest(*rows, fillvalue="")
    for position, heading in enumerate(head):
        cells = next(given, nothing)
        # Most columns say few different things; all that is asked of a cell is asked once of each.
        said = dict.fromkeys(cells)
        said.pop("", None)
        column = _column(sheet, heading, [*said], heading in text_columns, styles)
        written = {cell: column.cell(cell) for cell in said} | {"": EMPTY}
        columns.append([written[cell] for cell in cells])
        longest = _longest([*said], column.style.num_format)
        of_numbers = column.style in styles.numbers
        formats.append(styles.number_head if of_numbers else styles.head)
        widths.append(width_for(max(longest, len(heading) + 2 * of_numbers)))
        sheet.set_column(position, position, widths[-1])
        _note_heights(heights, first, [heading], [heading], widths[-1])
        if column.style is styles.wrapped:
            _note_heights(heights, first + 1, cells, said, widths[-1])
    sheet.add_rows(first + 1, columns)
    make_table(sheet, first, head, formats, max(len(rows), 1), name)
    set_heights(sheet, heights)
    return widths


def _note_heights(
    heights: dict[int, int], first: int, cells: Sequence[str], said: Iterable[str], width: int
) -> None:
    """Note for rows from ``first`` on how many lines their cells take; ``said`` is what these hold, each once."""
    higher = {cell: lines(cell, width) for cell in said if wraps(cell)}
    if higher:
        for row, cell in enumerate(cells, start=first):
            if cell in higher:
                heights[row] = max(heights.get(row, 1), higher[cell])


def make_table(
    sheet: TableSheet, first: int, head: Sequence[str], formats: Sequence[Format], rows: int, name: str
) -> None:
    """Make cells a table called ``name`` with its head in row ``first``; without a column there is none."""
    if not head:
        return
    columns = [{"header": h, "header_format": f} for h, f in zip(_unique(head), formats, strict=True)]
    about = {"name": re.sub(r"\W+", "_", name), "style": "Table Style Light 1", "banded_rows": False}
    sheet.add_long_table(first, rows, len(columns), {**about, "columns": columns})
    sheet.freeze_panes(first + 1, 0)


def _unique(heads: Sequence[str]) -> list[str]:
    """Return heads as a table of a workbook needs them: none empty, none too long, no two alike but for capitals."""
    found: list[str] = []
    for number, head in enumerate(heads, start=1):
        shown = showable(head)[:_LONGEST_HEAD] or f"column {number}"
        name, again = shown, 1
        while name.casefold() in {each.casefold() for each in found}:
            again += 1
            name = f"{shown} ({again})"
        found.append(name)
    return found


class _Column(NamedTuple):
    """What stands for a cell of a column in its sheet, and the format that the most of them have."""

    cell: Callable[[str], int]
    style: Format


def _column(sheet: TableSheet, name: str, said: Sequence[str], text: bool, styles: Styles) -> _Column:
    """Return how the cells of a column are written; ``said`` is what they hold, each once and none empty."""
    if text or not said or _IDENTIFIER.fullmatch(name) or not all(map(_is_number, said)):
        if not text and said and all(map(_is_day, said)):
            return _Column(lambda cell: sheet.number(_day(cell), styles.date), styles.date)
        plain, quoted = styles.text, styles.quoted
        if any(map(wraps, said)):
            plain, quoted = styles.wrapped, styles.wrapped_quoted
        return _Column(lambda cell: _text(sheet, cell, plain, quoted), plain)
    whole = styles.year if _YEAR.fullmatch(name) else styles.whole
    places = max(map(_decimals, said))
    style = styles.decimals[min(places, _MOST_DECIMALS) - 1] if places else whole
    # A column of several units, as key facts have, says a count without a decimal.
    return _Column(lambda cell: sheet.number(float(cell), style if _decimals(cell) else whole), style)


def _text(sheet: TableSheet, text: str, plain: Format, quoted: Format) -> int:
    shown, as_text = _in_a_cell(text)
    return sheet.text(shown, quoted if as_text else plain)


@lru_cache(maxsize=16_384)
def _decimals(cell: str) -> int:
    """Return how many decimals a number is written with."""
    match = _NUMBER.fullmatch(cell)
    if match is None or match[3]:
        return _MOST_DECIMALS
    return len(match[2] or ".") - 1


@lru_cache(maxsize=16_384)
def _is_number(cell: str) -> bool:
    """Return whether a text is a number that a workbook holds without losing a digit of a whole number."""
    match = _NUMBER.fullmatch(cell)
    if match is None or not -1e300 < float(cell) < 1e300:
        return False
    return bool(match[2] or match[3]) or len(match[1]) <= _MOST_DIGITS


@lru_cache(maxsize=16_384)
def _day(cell: str) -> int:
    """Return a day as a workbook counts it."""
    return (date.fromisoformat(cell) - _DAY_ZERO).days


@lru_cache(maxsize=16_384)
def _is_day(cell: str) -> bool:
    if not _DATE.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _longest(said: Sequence[str], number_format: str) -> int:
    """Return about how many letters wide the widest of the cells is shown in a format; decimals are shown short."""
    places = _NUMBER_FORMAT.fullmatch(number_format)
    if places is None:
        return max(map(len, "\n".join(said).split("\n")))
    decimals = len(places[1] or ".") - 1
    return max((_length_of_number(cell, decimals) for cell in said), default=0)


@lru_cache(maxsize=16_384)
def _length_of_number(cell: str, decimals: int) -> int:
    return len(f"{float(cell):,.{decimals}f}") if _is_number(cell) else len(cell)


def put_text(sheet: TableSheet, row: int, column: int, text: str, style: Format, quoted: Format) -> None:
    """Write a text as text; one that a program would take for a formula is marked as text in its format too."""
    shown, as_text = _in_a_cell(text)
    sheet.write_string(row, column, shown, quoted if as_text else style)


@lru_cache(maxsize=16_384)
def _in_a_cell(text: str) -> tuple[str, bool]:
    """Return what a cell can show of a text, and whether a program would take it for a formula."""
    shown = showable(text)
    if len(shown) > _MOST_IN_A_CELL // 2 and len(in_units := shown.encode("utf-16-le")) > 2 * _MOST_IN_A_CELL:
        shown = in_units[: 2 * (_MOST_IN_A_CELL - 1)].decode("utf-16-le", errors="ignore") + "…"
    return shown, shown.startswith(TAKEN_FOR_FORMULA)
