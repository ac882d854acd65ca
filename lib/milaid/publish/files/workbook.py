"""The tables of a report as one workbook (.xlsx): a sheet for each exhibit, and one with notes and sources.

Numbers are numbers, everything else is text: no cell is a formula or becomes one. The same document gives the
same bytes: the day in the file is that of the version, not of the run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

import milaid
from milaid.blocks.block import Exhibit, KeyFacts, Source, Table, csv_rows
from milaid.blocks.marked import showable
from milaid.blocks.marked_text import words
from milaid.publish.files.document import Document
from milaid.tables import counting

NOTES = "Notes and sources"
_MOST_IN_A_CELL = 32_767
_NARROWEST, _WIDEST = 9, 60
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_MOST_DIGITS = 15
_DATE = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_IDENTIFIER = re.compile(r"(.*_)?(code|id|iso3|document|edition|row_id|sha256|printed_page)")
_YEAR = re.compile(r"(.*_)?year")
_DAY_ZERO = date(1899, 12, 30)
_TAKEN_FOR_FORMULA = tuple("=+-@\t\r")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_LICENCE = "Text and figures CC BY 4.0. Source documents: public domain."


@dataclass(frozen=True)
class WorkSheet:
    """What stands in one sheet: its name, what the notes say of it, and the table as CSV text."""

    name: str
    title: str
    subtitle: str
    note: str
    alt: str
    sources: tuple[Source, ...]
    csv: str
    text_columns: frozenset[str] = frozenset()


def render(document: Document) -> bytes:
    """Return the workbook of a document."""
    sheets = list(sheets_of(document))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        day = datetime.fromisoformat(milaid.__released__).replace(tzinfo=UTC)
        book.set_properties(
            {
                "title": showable(document.title),
                "author": "the milaid authors",
                "comments": f"milaid {milaid.__version__}",
                # Excel keeps days without a zone.
                "created": day.replace(tzinfo=None),
            }
        )
        styles = _Styles(book)
        _write_notes(book.add_worksheet(NOTES), document, sheets, styles)
        for sheet in sheets:
            _write_table(book.add_worksheet(sheet.name), sheet, styles)
    return buffer.getvalue()


def sheets_of(document: Document) -> Iterator[WorkSheet]:
    """Yield a sheet for the key facts and for each exhibit, in the order of the report."""
    for block in document.blocks():
        if isinstance(block, KeyFacts):
            note = words(block.note, document.numbering)
            yield WorkSheet("Key facts", "Key facts", "", note, "", block.sources, block.csv)
        elif isinstance(block, Exhibit):
            columns = block.columns if isinstance(block, Table) else ()
            yield WorkSheet(
                document.numbering.number(block.key).label.replace("\N{NO-BREAK SPACE}", " "),
                block.title,
                block.subtitle,
                words(block.note, document.numbering),
                block.alt,
                block.sources,
                block.csv,
                frozenset(column.name for column in columns if column.kind == "text"),
            )


class _Styles:
    """The formats of cells, each once in the book."""

    def __init__(self, book: Workbook) -> None:
        text = {"valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.text = book.add_format(text)
        self.quoted = book.add_format({**text, "quote_prefix": True})
        self.wrapped = book.add_format({**text, "text_wrap": True})
        self.wrapped_quoted = book.add_format({**text, "text_wrap": True, "quote_prefix": True})
        self.wrapped_bold = book.add_format({**text, "text_wrap": True, "bold": True})
        self.link = book.add_format({**text, "font_color": "#1F5F99", "underline": 1})
        self.year = book.add_format({**text, "num_format": "0"})
        self.whole = book.add_format({**text, "num_format": "#,##0"})
        self.decimal = book.add_format({**text, "num_format": "#,##0.0##"})
        self.date = book.add_format({**text, "num_format": "yyyy-mm-dd"})


def _write_table(sheet: Worksheet, content: WorkSheet, styles: _Styles) -> None:
    """Write a table with its head in the first row, which stays in sight."""
    head, *rows = csv_rows(content.csv) or [[]]
    for position, name in enumerate(head):
        cells = [row[position] if position < len(row) else "" for row in rows]
        write, style = _column(sheet, name, cells, name in content.text_columns, styles)
        _text(sheet, 0, position, name, styles.head, styles.head)
        for number, cell in enumerate(cells, start=1):
            if cell != "":
                write(number, position, cell)
        longest = max([_shown_length(cell, style is not styles.text) for cell in cells], default=0)
        sheet.set_column(position, position, min(max(longest, len(name), _NARROWEST) + 2, _WIDEST))
    if head:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _column(sheet: Worksheet, name: str, cells: Sequence[str], text: bool, styles: _Styles) -> Any:
    """Return the function that writes a cell of a column, and the format of its cells."""
    filled = [cell for cell in cells if cell != ""]
    if text or not filled or _IDENTIFIER.fullmatch(name) or not all(map(_is_number, filled)):
        if not text and filled and all(map(_is_day, filled)):
            return lambda row, at, cell: sheet.write_number(row, at, _day(cell), styles.date), styles.date
        return lambda row, at, cell: _text(sheet, row, at, cell, styles.text, styles.quoted), styles.text
    style = styles.whole
    if _YEAR.fullmatch(name):
        style = styles.year
    elif any("." in cell or "e" in cell.lower() for cell in filled):
        style = styles.decimal
    return lambda row, at, cell: sheet.write_number(row, at, float(cell), style), style


@lru_cache(maxsize=100_000)
def _is_number(cell: str) -> bool:
    """Return whether a text is a number that a workbook holds without losing a digit of a whole number."""
    match = _NUMBER.fullmatch(cell)
    if match is None or not -1e300 < float(cell) < 1e300:
        return False
    return bool(match[2] or match[3]) or len(match[1]) <= _MOST_DIGITS


@lru_cache(maxsize=100_000)
def _day(cell: str) -> int:
    """Return a day as a workbook counts it."""
    return (date.fromisoformat(cell) - _DAY_ZERO).days


@lru_cache(maxsize=100_000)
def _is_day(cell: str) -> bool:
    if not _DATE.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _shown_length(cell: str, number: bool) -> int:
    """Return about how many letters wide a cell is shown; decimals are shown short."""
    return len(f"{float(cell):,.3f}") if number and _is_number(cell) else len(cell)


def _text(sheet: Worksheet, row: int, column: int, text: str, style: Format, quoted: Format) -> None:
    """Write a text as text; one that a program would take for a formula is marked as text in its format too."""
    shown, as_text = _in_a_cell(text)
    sheet.write_string(row, column, shown, quoted if as_text else style)


@lru_cache(maxsize=100_000)
def _in_a_cell(text: str) -> tuple[str, bool]:
    """Return what a cell can show of a text, and whether a program would take it for a formula."""
    shown = showable(text)
    if len(shown) > _MOST_IN_A_CELL:
        shown = shown[: _MOST_IN_A_CELL - 1] + "…"
    return shown, shown.startswith(_TAKEN_FOR_FORMULA)


def _write_notes(sheet: Worksheet, document: Document, sheets: Sequence[WorkSheet], styles: _Styles) -> None:
    """Write what the report is, how to count, and for each sheet its title, note, sources and alt text."""
    front = document.front
    _text(sheet, 0, 0, document.title, styles.title, styles.title)
    about = [f"{front.series}. {front.kind}." if front else "", front.standfirst if front else ""]
    about.append(f"milaid version {milaid.__version__} of {milaid.__released__}. {_LICENCE}")
    row = 1
    for line in filter(None, about):
        _text(sheet, row, 0, line, styles.text, styles.quoted)
        row += 1
    row += 1
    heads = ("Sheet", "Title", "What is shown", "Note", "Sources", "In words")
    for column, head in enumerate(heads):
        _text(sheet, row, column, head, styles.head, styles.head)
    for content in sheets:
        row += 1
        sheet.write_url(row, 0, f"internal:'{content.name}'!A1", styles.link, content.name)
        sources = "\n".join(f"{s.text} {s.url}" if s.url else s.text for s in content.sources)
        cells = (content.title, content.subtitle, content.note, sources, content.alt)
        for column, cell in enumerate(cells, start=1):
            _text(sheet, row, column, cell, styles.wrapped, styles.wrapped_quoted)
    row += 2
    _text(sheet, row, 0, "How to count", styles.head, styles.head)
    for rule, explanation in counting.RULES:
        row += 1
        _text(sheet, row, 1, rule, styles.wrapped_bold, styles.wrapped_bold)
        sheet.merge_range(row, 2, row, len(heads) - 1, "", styles.wrapped)
        _text(sheet, row, 2, explanation, styles.wrapped, styles.wrapped_quoted)
        # A merged cell does not grow with its text by itself.
        sheet.set_row(row, 32)
    for column, width in enumerate((12, 44, 40, 60, 60, 60)):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
