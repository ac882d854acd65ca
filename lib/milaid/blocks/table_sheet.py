"""A workbook of XlsxWriter that names its language, and whose sheets take the rows of a table as whole columns.

XlsxWriter looks at every cell by itself, when it is given and again when the file is written: 7 µs each, which for the
300,000 cells of a large report is more than running its notebook takes. Here a value that stands in many cells is looked at
once. What is written is what XlsxWriter writes, byte for byte (``tests/unit/test_table_sheet.py``); all that is used of it
and is not public is used in this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

EMPTY = 0
"""Stands for a cell with nothing in it."""
_ROWS_OF_A_SPAN = 16
_Cell = tuple[str, str, Format]
"""What cells hold: a number, or the place of a text in the list of all texts; the attribute of its kind; its format."""


class TableSheet(Worksheet):
    """A sheet with cells of its own, and one table below them whose rows are given at once."""

    dim_rowmin: int | None
    dim_rowmax: int | None
    row_spans: dict[int, str]

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[_Cell] = []
        self._first = 0
        self._columns: Sequence[Sequence[int]] = ()

    def text(self, shown: str, style: Format) -> int:
        """Return what stands for a text in the columns of :meth:`add_rows`; it may have 32,767 units of UTF-16."""
        return self._known((str(self.str_table._get_shared_string_index(shown)), ' t="s"', style))

    def number(self, value: float, style: Format) -> int:
        """Return what stands for a number in the columns of :meth:`add_rows`."""
        return self._known((f"{value:.16G}", "", style))

    def _known(self, cell: _Cell) -> int:
        self._cells.append(cell)
        return len(self._cells)

    def add_rows(self, first: int, columns: Sequence[Sequence[int]]) -> None:
        """Put columns of cells at the left, from row ``first`` on, below all other cells of the sheet."""
        self._first, self._columns = first, columns
        # How often texts stand in cells, which is counted where each is looked up, is said in the file.
        is_text = [0, *(int(bool(kind)) for _, kind, _ in self._cells)]
        self.str_table.count += sum(sum(map(is_text.__getitem__, column)) for column in columns) - sum(
            is_text
        )
        filled = [row for row, cells in enumerate(zip(*columns, strict=True)) if any(cells)]
        if filled:
            self._check_dimensions(first + filled[0], 0)
            self._check_dimensions(first + filled[-1], len(columns) - 1)

    def add_long_table(self, first: int, rows: int, columns: int, options: dict[str, Any]) -> None:
        """Make a range with its head in row ``first`` a table; XlsxWriter would make a note of each cell of it."""
        self.add_table(first, 0, first + 1, columns - 1, options)
        area = xl_range(first, 0, first + rows, columns - 1)
        self.tables[-1].update(range=area, a_range=area, autofilter=area)

    def _rows(self) -> range:
        return range(self._first, self._first + len(self._columns[0])) if self._columns else range(0)

    def _calculate_spans(self) -> None:
        if self.row_spans:
            return
        spans: dict[int, tuple[int, int]] = {}
        given = ((row, [*cells]) for row, cells in self.table.items())
        added = (
            (row, [column for column, cell in enumerate(cells) if cell])
            for row, cells in zip(self._rows(), zip(*self._columns, strict=True), strict=True)
        )
        for rows in (given, added):
            for row, columns in rows:
                if columns:
                    block = row // _ROWS_OF_A_SPAN
                    least, most = spans.get(block, (columns[0], columns[0]))
                    spans[block] = (min(least, *columns), max(most, *columns))
        self.row_spans = {block: f"{least + 1}:{most + 1}" for block, (least, most) in spans.items()}

    def _write_rows(self) -> None:
        first, last = self.dim_rowmin, self.dim_rowmax
        body = self._rows()
        if first is None or last is None or not body:
            super()._write_rows()
            return
        self.dim_rowmax = body.start - 1
        super()._write_rows()
        self._write_body()
        self.dim_rowmin, self.dim_rowmax = body.stop, last
        super()._write_rows()
        self.dim_rowmin = first

    def _write_body(self) -> None:
        letters = [f'<c r="{xl_col_to_name(column)}' for column in range(len(self._columns))]
        written = [
            "",
            *(
                f'" s="{style._get_xf_index()}"{kind}><v>{content}</v></c>'
                for content, kind, style in self._cells
            ),
        ]
        for row, cells in zip(self._rows(), zip(*self._columns, strict=True), strict=True):
            number = row + 1
            content = "".join(
                [
                    f"{letter}{number}{written[cell]}"
                    for letter, cell in zip(letters, cells, strict=True)
                    if cell
                ]
            )
            if content:
                self._write_row(row, self.row_spans[row // _ROWS_OF_A_SPAN], self.row_info.get(row))
                self.fh.write(content)
                self._xml_end_tag("row")
            elif row in self.row_info:
                self._write_empty_row(row, self.row_spans.get(row // _ROWS_OF_A_SPAN), self.row_info[row])


class Book(Workbook):
    """A workbook whose properties name its language, for which XlsxWriter has no setting."""

    worksheet_class = TableSheet

    def __init__(self, file: BinaryIO, options: Mapping[str, Any], language: str) -> None:
        self._language = language
        super().__init__(file, dict(options))

    def _get_packager(self) -> Packager:
        return _Packager(self._language)


class _Packager(Packager):
    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = f"<dc:language>{language}</dc:language>"

    def _write_core_file(self) -> None:
        super()._write_core_file()
        written = self.filenames[-1][0]
        before, end, after = written.getvalue().rpartition("</cp:coreProperties>")
        written.seek(0)
        written.write(before + self._language + end + after)
