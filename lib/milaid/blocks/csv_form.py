"""Frames as CSV text, and back; CSV text as the file that leaves the house, and back.

One form for every CSV of reports, pages, archives and exports: UTF-8 with a byte order mark, without which a spreadsheet
takes Côte for CÃ´te, commas, line feeds, numbers without separators. A text that a spreadsheet would take for a formula has an
apostrophe in front: one that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return, after any number of
apostrophes, unless it is a number or has none of A to Z and 0 to 9, as the lone hyphen of the documents. Reading takes one
apostrophe off such a text, so that every text comes back as it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

import pandas as pd

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
TAKEN_FOR_FORMULA = tuple("=+-@\t\r")
"""How a text begins that a spreadsheet takes for a formula."""
FORMULA = r"^'*[=+\-@\t\r](?s:.)*[A-Za-z0-9]"
"""Which texts have an apostrophe in front, unless they are numbers; Arrow reads it as Python does."""
NUMBER = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_FORMULA, _PLAIN_NUMBER = re.compile(FORMULA), re.compile(NUMBER.replace("$", r"\Z"))
_MAY_BE_FORMULA = re.compile(
    r"""(?:^|,)(?=['=+\-@\t])(?!-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?:[,\n]|\Z))'*[=+\-@\t]|"'*[=+\-@\t]""",
    re.MULTILINE,
)
"""Where a cell of a CSV text may begin a formula and is no number: most texts have no such place, and are left as they are."""
_QUOTED = re.compile(r'[,"\n\r]')
"""What a cell stands in quotes for."""
_SUSPECT = frozenset("'=+-@\t\r")
"""How a text begins that has an apostrophe in front."""
ROWS_AT_ONCE = 2_000
"""Rows of a long table that are texts and numbers of Python at the same time: so they take a multiple of their room."""
_RETURN = "\ue00d"
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d+)?([eE][+-]?\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def csv_text(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text: line feeds, dates in ISO form, no index; :func:`csv_file` makes a file of it."""
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False, lineterminator="\n", date_format="%Y-%m-%d", chunksize=ROWS_AT_ONCE)
    return buffer.getvalue()


def csv_file(text: str) -> bytes:
    """Return CSV text as the content of a file, with byte order mark and without a cell that could be a formula."""
    if "\r" in text or _MAY_BE_FORMULA.search(text):
        text = _changed(text, harmless)
    return (BYTE_ORDER_MARK + text).encode("utf-8")


def text_of_file(content: bytes) -> str:
    """Return the CSV text that :func:`csv_file` made a file of; a file without byte order mark is taken as it is."""
    text = content.decode("utf-8")
    if not text.startswith(BYTE_ORDER_MARK):
        return text
    text = text.removeprefix(BYTE_ORDER_MARK)
    return _changed(text, verbatim) if "'" in text else text


def harmless(cell: str) -> str:
    """Return a cell as it stands in a file: with an apostrophe in front where a spreadsheet would see a formula."""
    return f"'{cell}" if cell[:1] in _SUSPECT and _is_formula(cell) else cell


def verbatim(cell: str) -> str:
    """Return the text of a cell of a file: without the apostrophe that :func:`harmless` put in front."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return bool(_FORMULA.match(cell)) and not _PLAIN_NUMBER.match(cell)


def _changed(text: str, change: Callable[[str], str]) -> str:
    """Return CSV text with each cell changed."""
    rows = [[change(cell) for cell in row] for row in csv_rows(text)]
    if "\r" in text:
        return "".join(map(_line, rows))
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _line(cells: list[str]) -> str:
    """Return one line of CSV; a cell with a carriage return is quoted too, which the writer of Python 3.11 leaves bare."""
    quoted = ['"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in cells]
    return ('""' if cells == [""] else ",".join(quoted)) + "\n"


def csv_rows(text: str) -> list[list[str]]:
    """Return the rows of CSV text, the head first; a carriage return inside a cell ends no row."""
    return list(csv_lines(text))


def csv_lines(text: str) -> Iterator[list[str]]:
    """Yield the rows of CSV text as :func:`csv_rows` returns them."""
    if "\r" not in text:
        yield from csv.reader(_lines(text))
        return
    for row in csv.reader(_lines(text.replace("\r", _RETURN))):
        yield [cell.replace(_RETURN, "\r") for cell in row]


def _lines(text: str) -> Iterator[str]:
    """Yield a text line by line, each with its line feed. A StringIO would take four bytes for each of its letters."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def csv_frame(text: str) -> pd.DataFrame:
    """Return CSV text as a frame: a column of numbers as Int64 or Float64, days as dates, all else as text."""
    head, *rows = csv_rows(text) or [[]]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(head)
    return pd.DataFrame({name: _series(cells) for name, cells in zip(head, columns, strict=True)})


def _series(cells: tuple[str, ...]) -> pd.Series:
    filled = [cell for cell in cells if cell]
    if filled and all(map(_NUMBER.fullmatch, filled)):
        kind = "Float64" if any(not cell.lstrip("-").isdecimal() for cell in filled) else "Int64"
        return pd.Series(pd.to_numeric(pd.Series([cell or None for cell in cells], dtype="object"))).astype(
            kind
        )
    text = pd.Series([cell or None for cell in cells], dtype="str")
    return pd.to_datetime(text) if filled and all(map(_DAY.fullmatch, filled)) else text
