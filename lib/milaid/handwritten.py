"""Tables that people edit: CSV as text editors and spreadsheets save it, read alike, or refused with line and column.

Read are a byte order mark, any end of line, commas, semicolons and tabs, a first line that names them (``sep=;``), and
empty rows and columns at the end. What is in the cells is not looked at here: :mod:`milaid.tables.edited` holds it against
the schema of the table.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from milaid.errors import DataError, list_problems

SEPARATORS = (",", ";", "\t")
_LONGEST = 2**20
"""Letters of a cell: a quotation mark that is never closed would swallow the file."""
_SAVE_AS = "Save it as CSV in UTF-8."
_WORKBOOK = b"PK\x03\x04"
_NAMED = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_OTHER_MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


@dataclass(frozen=True)
class Sheet:
    """A table as it is written: the names of its columns, its rows, and the line of the file on which each row starts."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]

    @property
    def text(self) -> str:
        """The same table in the form that milaid writes: commas, no byte order mark, quotation marks where needed."""
        return as_text(self.columns, [list(row.values()) for row in self.rows])


def as_text(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as the text of its file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def is_plain(path: Path) -> bool:
    """Return whether a file has the form that milaid writes, so that any reader of CSV reads it alike."""
    content = path.read_bytes()
    first = content.partition(b"\n")[0]
    named = first[:4].lower() == b"sep="
    return not (
        named or content.startswith(codecs.BOM_UTF8) or b"\r" in content or b";" in first or b"\t" in first
    )


def read_sheet(path: Path, a_list: bool = False) -> Sheet:
    """Return the table in a file; DataError with file and line for each row that is none.

    ``a_list``: a list of a user's own, which may be in UTF-16 and whose rows may end early, as spreadsheets save a table.
    """
    return parse(_decoded(path, a_list), str(path), a_list)


def parse(text: str, name: str, a_list: bool = False) -> Sheet:
    """Return the table in a text; ``name`` is that of its file in the DataError that says what is wrong with it."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DataError(f"{name}, line {line}: holds a byte 0, which no table has. {_SAVE_AS}")
    named = _NAMED.fullmatch(text.partition("\n")[0])
    separator = named[1] if named else _separator(text)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[tuple[int, list[str]]] = []
    before = csv.field_size_limit(_LONGEST)
    try:
        start = 1
        for cells in read:
            if any(cell.strip() for cell in cells):
                records.append((start, cells))
            start = read.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"{name}, line {start}: this row cannot be read: {error}; look for a quotation mark that is not closed"
        ) from error
    finally:
        csv.field_size_limit(before)
    if named:
        del records[0]
    if not records:
        raise DataError(f"{name}: is empty; its first line must name the columns")
    return _sheet(records, name, a_list)


def _decoded(path: Path, a_list: bool) -> str:
    content = path.read_bytes()
    if content.startswith(_WORKBOOK):
        raise DataError(f"{path}: is a workbook, not a table as text. {_SAVE_AS}")
    for mark, encoding in _OTHER_MARKS.items():
        if content.startswith(mark):
            if a_list:
                return _in_utf16(content, path)
            raise DataError(f"{path}: is written in {encoding}, not in UTF-8. {_SAVE_AS}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark.
        content = content.removeprefix(codecs.BOM_UTF8)
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise DataError(
            f"{path}, line {line}, letter {column}: the byte 0x{content[error.start]:02X} is no UTF-8; the file seems to "
            f"be written in another encoding, such as Windows-1252. {_SAVE_AS}"
        ) from error


def _in_utf16(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as error:
        line = content[: error.start].decode("utf-16").count("\n") + 1
        raise DataError(
            f"{path}, line {line}: is no UTF-16, although it begins so; it may be cut off. {_SAVE_AS}"
        ) from error


def _separator(text: str) -> str:
    """Return what stands between the cells: of the marks that can, the one that stands most often in the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _sheet(records: Sequence[tuple[int, list[str]]], name: str, a_list: bool) -> Sheet:
    (line, head), *body = records
    head = [cell.strip() for cell in head]
    width = max((number for number, cell in enumerate(head, start=1) if cell), default=0)
    columns = head[:width]
    problems = [
        f"line {line}: column {number} has no name"
        for number, cell in enumerate(columns, start=1)
        if not cell
    ]
    problems += [
        f"line {line}: the column {cell!r} stands a second time"
        for number, cell in enumerate(columns)
        if cell and cell in columns[:number]
    ]
    for line, cells in body:
        if len(cells) < width and not a_list:
            problems.append(f"line {line}: has {len(cells)} cells, the first line {width}")
        elif len(cells) > width and any(cell.strip() for cell in cells[width:]):
            problems.append(
                f"line {line}: has {len(cells)} cells, the first line {width}; a cell that holds a separator needs "
                "quotation marks"
            )
    if problems:
        raise DataError(list_problems(f"{name}: cannot be read as a table:", problems))
    return Sheet(
        tuple(columns),
        tuple(_row(columns, cells) for _, cells in body),
        tuple(line for line, _ in body),
    )


def _row(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) < len(columns):
        return dict(zip_longest(columns, cells, fillvalue=""))
    return dict(zip(columns, cells, strict=False))
