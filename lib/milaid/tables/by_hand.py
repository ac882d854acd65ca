"""A table that a person made and a spreadsheet saved: whatever letters, separators and line ends it wrote."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from milaid.errors import RequestError
from milaid.spelling import hint_or_known

_SEPARATORS = ",;\t"
_WORKBOOK = b"PK\x03\x04"


@dataclass(frozen=True)
class HandMade:
    """A table as text: the names of its columns, and a dictionary a row; empty rows are left out.

    ``lines`` has for each row the line of the file on which it ends.
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]

    def column(self, name: str) -> list[str]:
        """Return the cells of a column, its name in any case; RequestError where there is none of that name."""
        found = next((each for each in self.columns if each.casefold() == name.casefold()), None)
        if found is None:
            raise RequestError(f"{self.path}: no column {name!r}{hint_or_known(name, self.columns)}")
        return [row[found] for row in self.rows]


def read_hand_made(path: Path) -> HandMade:
    """Return a CSV file as a spreadsheet saved it: with or without byte order mark, commas, semicolons or tabs.

    Raises RequestError where the file is missing, a workbook, empty, without rows, or has a row longer than its head.
    """
    text = _text(path)
    first, _, rest = text.partition("\n")
    named = first.strip().casefold().startswith("sep=")
    separator = first.strip()[4:5] if named else _separator(first)
    lines = csv.reader(io.StringIO(rest if named else text, newline=""), delimiter=separator or ",")
    head = tuple(cell.strip() for cell in next(lines, []))
    if not any(head):
        raise RequestError(f"{path}: the file is empty; its first line must name the columns")
    rows, ends = [], []
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        line = lines.line_num + named
        if any(cell.strip() for cell in cells[len(head) :]):
            raise RequestError(
                f"{path}, line {line}: {len(cells)} cells, but the first line names {len(head)} columns; "
                f"put quotation marks around a cell that has a “{separator}” in it"
            )
        padded = [cell.strip() for cell in cells] + [""] * (len(head) - len(cells))
        rows.append(dict(zip(head, padded, strict=False)))
        ends.append(line)
    if not rows:
        raise RequestError(f"{path}: there is no row below the first line, {', '.join(head)}")
    return HandMade(path, head, tuple(rows), tuple(ends))


def _separator(head: str) -> str:
    """Return what parts the cells of the first line: what stands in it most often, a comma where nothing does."""
    return max(_SEPARATORS, key=head.count)


def _text(path: Path) -> str:
    """Return the text of a file by its byte order mark, else as UTF-8, else in the letters of Windows."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RequestError(f"{path}: cannot be read: {error.strerror}") from error
    if content.startswith(_WORKBOOK):
        raise RequestError(f"{path}: this is a workbook; save the sheet as CSV and name that file")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
