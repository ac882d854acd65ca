"""A workbook (.xlsx) of tables: a sheet of contents, one for each table, their notes and how to read them.

It follows the checklist of the UK Government Analysis Function, "Making spreadsheets accessible": title, author and
language in the file, the title of a sheet in A1, one table a sheet, marked as one and named, unique heads in one row, no
merged cells, no empty rows, notes in cells, what an empty cell means in words, links from the contents and back. The same
tables give the same bytes: the day in the file is that of the version, not of the run.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import milaid
from milaid import flags
from milaid.blocks.marked import showable
from milaid.blocks.sheet_layout import lines, set_heights, set_print
from milaid.blocks.sheets import OPTIONS, Styles, WorkSheet, make_table, put_text, write_sheet
from milaid.blocks.table_sheet import Book, TableSheet

CONTENTS, NOTES, READING = "Contents", "Notes", "How to read"
AUTHOR, LANGUAGE = "the milaid authors", "en"
_HEADS = {
    CONTENTS: {"Sheet": 12, "Title": 70, "What is shown": 70},
    NOTES: {"Sheet": 12, "Note": 60, "Sources": 60, "In words": 90},
    READING: {"What": 40, "Meaning": 100},
}
"""The heads of the sheets of words, and how wide their columns are."""
_WHAT = {
    NOTES: "notes and sources of the sheets of this workbook, and what they show in words",
    READING: "what cells, columns and words mean",
}
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
    with Book(buffer, OPTIONS, LANGUAGE) as book:
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
        notes = [(each.name, each.note, "\n".join(_addressed(each)), each.alt) for each in sheets]
        _write_words(book.add_worksheet(NOTES), NOTES, notes, styles)
        _write_words(book.add_worksheet(READING), READING, (*_READING, *rules), styles)
    return buffer.getvalue()


def _write_contents(
    sheet: TableSheet, title: str, about: Sequence[str], sheets: Sequence[WorkSheet], styles: Styles
) -> None:
    """Write what the workbook is, and the title of each sheet and what it shows, with a link."""
    above = (title, *filter(None, about), "This sheet has one table: the sheets of this workbook.")
    for row, line in enumerate(above):
        style = styles.text if row else styles.title
        put_text(sheet, row, 0, line, style, styles.quoted if row else style)
    rows = [(each.name, each.title, each.subtitle) for each in sheets]
    rows += [(name, _WHAT[name][:1].upper() + _WHAT[name][1:], "") for name in (NOTES, READING)]
    _write_table_of_words(sheet, CONTENTS, len(above), rows, styles)
    for row, (name, *_) in enumerate(rows, start=len(above) + 1):
        _write_link(sheet, row, name, name, styles)


def _addressed(sheet: WorkSheet) -> list[str]:
    return [f"{source.text} {source.url}" if source.url else source.text for source in sheet.sources]


def _write_words(sheet: TableSheet, name: str, rows: Sequence[Sequence[str]], styles: Styles) -> None:
    put_text(sheet, 0, 0, name, styles.title, styles.title)
    put_text(sheet, 1, 0, f"This sheet has one table: {_WHAT[name]}.", styles.text, styles.text)
    _write_link(sheet, 2, CONTENTS, f"To the sheet {CONTENTS}", styles)
    _write_table_of_words(sheet, name, 3, rows, styles)


def _write_link(sheet: TableSheet, row: int, to: str, said: str, styles: Styles) -> None:
    sheet.write_url(row, 0, f"internal:'{to}'!A1", styles.link, said)


def _write_table_of_words(
    sheet: TableSheet, name: str, first: int, rows: Sequence[Sequence[str]], styles: Styles
) -> None:
    """Write a table of texts, wrapped and whole on the screen and on paper, with its head in row ``first``."""
    heads, widths = list(_HEADS[name]), list(_HEADS[name].values())
    for row, cells in enumerate(rows, start=first + 1):
        for column, cell in enumerate(cells):
            if cell:
                put_text(sheet, row, column, cell, styles.wrapped, styles.wrapped_quoted)
    make_table(sheet, first, heads, [styles.head] * len(heads), max(len(rows), 1), name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    heights = {n: max(map(lines, cells, widths)) for n, cells in enumerate(rows, start=first + 1)}
    set_heights(sheet, heights)
    set_print(sheet, "", (0, 0, first + len(rows), len(widths) - 1), first, widths)
