"""The tables of a report as one workbook (.xlsx): a sheet for each exhibit, and one with notes and sources.

Numbers are numbers, everything else is text: no cell is a formula or becomes one. The same document gives the
same bytes: the day in the file is that of the version, not of the run.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

import milaid
from milaid.blocks.block import Exhibit, KeyFacts, Table
from milaid.blocks.marked import showable
from milaid.blocks.marked_text import words
from milaid.blocks.sheets import OPTIONS, Styles, WorkSheet, put_text, write_table
from milaid.publish.files.document import Document
from milaid.tables import counting

NOTES = "Notes and sources"
_LICENCE = "Text and figures CC BY 4.0. Source documents: public domain."


def render(document: Document) -> bytes:
    """Return the workbook of a document."""
    sheets = list(sheets_of(document))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
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
        styles = Styles(book)
        _write_notes(book.add_worksheet(NOTES), document, sheets, styles)
        for sheet in sheets:
            write_table(book.add_worksheet(sheet.name), sheet, styles)
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


def _write_notes(sheet: Worksheet, document: Document, sheets: Sequence[WorkSheet], styles: Styles) -> None:
    """Write what the report is, how to count, and for each sheet its title, note, sources and alt text."""
    front = document.front
    put_text(sheet, 0, 0, document.title, styles.title, styles.title)
    about = [f"{front.series}. {front.kind}." if front else "", front.standfirst if front else ""]
    about.append(f"milaid version {milaid.__version__} of {milaid.__released__}. {_LICENCE}")
    row = 1
    for line in filter(None, about):
        put_text(sheet, row, 0, line, styles.text, styles.quoted)
        row += 1
    row += 1
    heads = ("Sheet", "Title", "What is shown", "Note", "Sources", "In words")
    for column, head in enumerate(heads):
        put_text(sheet, row, column, head, styles.head, styles.head)
    for content in sheets:
        row += 1
        sheet.write_url(row, 0, f"internal:'{content.name}'!A1", styles.link, content.name)
        sources = "\n".join(f"{s.text} {s.url}" if s.url else s.text for s in content.sources)
        cells = (content.title, content.subtitle, content.note, sources, content.alt)
        for column, cell in enumerate(cells, start=1):
            put_text(sheet, row, column, cell, styles.wrapped, styles.wrapped_quoted)
    row += 2
    put_text(sheet, row, 0, "How to count", styles.head, styles.head)
    for rule, explanation in counting.RULES:
        row += 1
        put_text(sheet, row, 1, rule, styles.wrapped_bold, styles.wrapped_bold)
        sheet.merge_range(row, 2, row, len(heads) - 1, "", styles.wrapped)
        put_text(sheet, row, 2, explanation, styles.wrapped, styles.wrapped_quoted)
        # A merged cell does not grow with its text by itself.
        sheet.set_row(row, 32)
    for column, width in enumerate((12, 44, 40, 60, 60, 60)):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
