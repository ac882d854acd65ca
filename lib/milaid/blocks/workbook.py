"""A workbook (.xlsx) of tables: a sheet of contents, how to read them, and a sheet for each table.

It follows the checklist of the UK Government Analysis Function, "Making spreadsheets accessible": title, author and
language in the file, the title of a sheet in A1, one table a sheet, marked as one and named, unique heads in one row, no
merged cells, no empty rows, notes in cells, what an empty cell means in words, links from the contents and back. The same
tables give the same bytes: the day in the file is that of the version, not of the run.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

import milaid
from milaid import flags
from milaid.blocks.marked import showable
from milaid.blocks.sheets import OPTIONS, Styles, WorkSheet, put_text, write_sheet, write_table

CONTENTS, READING = "Contents", "How to read"
AUTHOR, LANGUAGE = "the milaid authors", "en"
_HEADS = ("Sheet", "Title", "What is shown", "Note", "Sources", "In words")
_CORE = "docProps/core.xml"
_READING: tuple[tuple[str, str], ...] = (
    (
        "Tables",
        "The sheet of a figure or table has one table, whose heads stand in row 6. Above it stand title, note and sources.",
    ),
    (
        "Empty cells",
        "The source lists no value; on the page –. Where the letter m stands beside it, the value is not computed; on the "
        "page two points.",
    ),
    (
        "Columns that end in _flag",
        f"Letters that say what the value before them is: {flags.letters()}; m {flags.MEANINGS[flags.MISSING]}.",
    ),
    ("Cells that begin with = + - or @", "They are marked as text. No cell of this workbook is a formula."),
)


def workbook(
    title: str, about: Sequence[str], sheets: Sequence[WorkSheet], rules: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Return a workbook called ``title``: ``about`` it in lines, its sheets, and ``rules`` (term, meaning) for reading."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        day = datetime.fromisoformat(milaid.__released__).replace(tzinfo=UTC)
        book.set_properties(
            {
                "title": showable(title),
                "author": AUTHOR,
                "comments": f"milaid {milaid.__version__}",
                # Excel keeps days without a zone.
                "created": day.replace(tzinfo=None),
            }
        )
        styles = Styles(book)
        _write_contents(book.add_worksheet(CONTENTS), title, about, sheets, styles)
        for sheet in sheets:
            write_sheet(book.add_worksheet(sheet.name), sheet, CONTENTS, styles)
        _write_reading(book.add_worksheet(READING), (*_READING, *rules), styles)
    return _with_language(buffer.getvalue())


def _write_contents(
    sheet: Worksheet, title: str, about: Sequence[str], sheets: Sequence[WorkSheet], styles: Styles
) -> None:
    """Write what the workbook is, and for each sheet its title, note, sources and alt text, with a link."""
    lines = (
        title,
        *filter(None, about),
        f"This sheet has one table: the sheets of this workbook, and {READING}.",
    )
    for row, line in enumerate(lines):
        style = styles.text if row else styles.title
        put_text(sheet, row, 0, line, style, styles.quoted if row else style)
    rows = [
        (each.name, each.title, each.subtitle, each.note, "\n".join(_addressed(each)), each.alt)
        for each in sheets
    ]
    rows.append((READING, "What cells, columns and words mean", "", "", "", ""))
    write_table(sheet, len(lines), _HEADS, rows, CONTENTS, _HEADS, styles)
    for row, (name, *cells) in enumerate(rows, start=len(lines) + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)
        for column, cell in enumerate(cells, start=1):
            put_text(sheet, row, column, cell, styles.wrapped, styles.wrapped_quoted)
    for column, width in enumerate((14, 44, 40, 60, 60, 60)):
        sheet.set_column(column, column, width)


def _addressed(sheet: WorkSheet) -> list[str]:
    return [f"{source.text} {source.url}" if source.url else source.text for source in sheet.sources]


def _write_reading(sheet: Worksheet, rules: Sequence[tuple[str, str]], styles: Styles) -> None:
    put_text(sheet, 0, 0, READING, styles.title, styles.title)
    put_text(
        sheet, 1, 0, "This sheet has one table: what cells, columns and words mean.", styles.text, styles.text
    )
    sheet.write_url(2, 0, f"internal:'{CONTENTS}'!A1", styles.link, f"To the sheet {CONTENTS}")
    write_table(sheet, 3, ("What", "Meaning"), rules, READING, ("What", "Meaning"), styles)
    for row, (term, meaning) in enumerate(rules, start=4):
        put_text(sheet, row, 0, term, styles.wrapped, styles.wrapped_quoted)
        put_text(sheet, row, 1, meaning, styles.wrapped, styles.wrapped_quoted)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 100)


def _with_language(content: bytes) -> bytes:
    """Return a workbook whose properties name its language, for which the library has no setting."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(buffer, "w") as named:
        for entry in made.infolist():
            part = made.read(entry)
            if entry.filename == _CORE:
                part = part.replace(
                    b"</cp:coreProperties>",
                    f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>".encode(),
                )
            named.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
