"""The rows of a sheet of an Office Open XML workbook (.xlsx), as the text of each cell.

Reads what a table needs and no more: the cells of one sheet with the shared texts. Numbers stay the text that
the file holds, so that none is rounded on the way. A sheet of 30 MB is read in one pass, one row in memory.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from milaid.errors import SourceError

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile("[A-Z]+")


def read_sheet(path: Path, sheet: str = "xl/worksheets/sheet1.xml") -> Iterator[tuple[int, list[str | None]]]:
    """Yield the number of each row of a sheet and its cells in order; None stands for an empty cell.

    ``sheet`` is the place of the sheet in the workbook. Raises SourceError where the file is no such workbook or
    is damaged.
    """
    try:
        with zipfile.ZipFile(path) as book:
            texts = _shared_texts(book)
            with book.open(sheet) as stream:
                yield from _rows(stream, texts)
    except (OSError, KeyError, IndexError, ValueError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise SourceError(
            f"{path}: cannot be read as an Excel workbook (.xlsx): {error}; "
            "download it again from its official address"
        ) from error


def _shared_texts(book: zipfile.ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in book.namelist():
        return []
    root = ElementTree.fromstring(book.read(name))
    return [_text(item) for item in root]


def _text(item: ElementTree.Element) -> str:
    """Return a text, whose parts in different type are put together; how it is pronounced is no part of it."""
    parts = [item, *item.findall(f"{_SPACE}r")]
    return "".join(part.findtext(f"{_SPACE}t") or "" for part in parts)


def _rows(stream, texts: list[str]) -> Iterator[tuple[int, list[str | None]]]:
    table = None
    for event, element in ElementTree.iterparse(stream, ("start", "end")):
        if event == "start":
            table = element if element.tag == f"{_SPACE}sheetData" else table
        elif element.tag == f"{_SPACE}row" and table is not None:
            yield int(element.attrib["r"]), _cells(element, texts)
            table.clear()


def _cells(row: ElementTree.Element, texts: list[str]) -> list[str | None]:
    cells: list[str | None] = []
    for cell in row:
        place = _column(cell.attrib["r"])
        cells.extend([None] * (place - len(cells)))
        cells.append(_value(cell, texts))
    return cells


def _column(reference: str) -> int:
    """Return the number of the column of a cell such as AB12, from 0."""
    letters = _COLUMN.match(reference)
    if letters is None:
        raise ValueError(f"«{reference}» is no place of a cell")
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ElementTree.Element, texts: list[str]) -> str | None:
    kind = cell.get("t")
    if kind == "inlineStr":
        inline = cell.find(f"{_SPACE}is")
        return None if inline is None else _text(inline) or None
    value = cell.findtext(f"{_SPACE}v")
    if value is None or kind == "e":
        return None
    return texts[int(value)] or None if kind == "s" else value
