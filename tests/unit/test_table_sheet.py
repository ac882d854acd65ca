"""A table given as columns is written as XlsxWriter writes it cell by cell, byte for byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from milaid.blocks.sheets import OPTIONS
from milaid.blocks.table_sheet import EMPTY, TableSheet

FIRST = 6
Cells = Sequence[str | float | None]
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)
numbers = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False, width=32)
cells = st.none() | texts | numbers


@st.composite
def tables(draw) -> list[list[str | float | None]]:
    """Columns of equal length, most cells repeated as in tables of reports."""
    few = draw(st.lists(cells, min_size=1, max_size=4))
    rows = draw(st.integers(0, 40))
    return [
        draw(st.lists(st.sampled_from(few), min_size=rows, max_size=rows))
        for _ in range(draw(st.integers(1, 5)))
    ]


def written(kind: type[Worksheet], put: Callable[..., None], columns: Sequence[Cells]) -> dict[str, bytes]:
    """Return the parts of a workbook whose sheet has lines above a table, and rows of several heights."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        plain, bold = book.add_format({"valign": "top"}), book.add_format({"bold": True})
        sheet = book.add_worksheet("A", worksheet_class=kind)
        for row in range(FIRST - 2):
            sheet.write_string(row, 0, f"line {row}", bold)
        heads = [{"header": f"head {n}", "header_format": bold} for n in range(len(columns))]
        put(sheet, columns, plain, bold, {"name": "A_", "columns": heads})
        sheet.set_row(FIRST + 1, 30)
        sheet.set_row(FIRST + 20, 45)
    with zipfile.ZipFile(buffer) as made:
        # The properties tell the time.
        return {name: made.read(name) for name in made.namelist() if name != "docProps/core.xml"}


def by_cells(sheet, columns, plain, bold, options) -> None:
    for position, column in enumerate(columns):
        for row, cell in enumerate(column, start=FIRST):
            if isinstance(cell, str):
                sheet.write_string(row, position, cell, plain)
            elif cell is not None:
                sheet.write_number(row, position, cell, bold)
    sheet.add_table(FIRST - 1, 0, FIRST - 1 + max(len(columns[0]), 1), len(columns) - 1, options)


def by_columns(sheet, columns, plain, bold, options) -> None:
    def code(cell: str | float | None) -> int:
        if cell is None:
            return EMPTY
        return sheet.text(cell, plain) if isinstance(cell, str) else sheet.number(cell, bold)

    coded = []
    for column in columns:
        codes = {(type(cell), cell): code(cell) for cell in column}
        coded.append([codes[type(cell), cell] for cell in column])
    sheet.add_rows(FIRST, coded)
    sheet.add_long_table(FIRST - 1, max(len(columns[0]), 1), len(columns), options)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_columns_are_written_as_their_cells_are(columns):
    assert written(TableSheet, by_columns, columns) == written(Worksheet, by_cells, columns)
