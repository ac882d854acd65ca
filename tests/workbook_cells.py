"""The cells of a workbook with their kinds, read without the library that wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

HEAD = 5
"""The row, from 0, with the heads of the table of a sheet: above it stand what it is, note, sources and a link."""
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Cell:
    """One cell: its text or number as written, whether it is text, and whether it holds a formula."""

    value: str
    is_text: bool
    is_formula: bool = False


def sheets(content: bytes) -> dict[str, list[list[Cell | None]]]:
    """Return the rows of each sheet by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [
            sheet.get("name")
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_SPACE}sheet")
        ]
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in item.iter(f"{_SPACE}t")) for item in shared]
        return {
            str(name): _rows(ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")), texts)
            for number, name in enumerate(names, start=1)
        }


def _rows(sheet: ElementTree.Element, texts: list[str]) -> list[list[Cell | None]]:
    rows = []
    for row in sheet.iter(f"{_SPACE}row"):
        cells: list[Cell | None] = []
        for cell in row:
            letters = re.match("[A-Z]+", cell.attrib["r"])[0]
            place = sum((ord(x) - 64) * 26**i for i, x in enumerate(reversed(letters))) - 1
            cells.extend([None] * (place - len(cells)))
            value = cell.findtext(f"{_SPACE}v")
            text = cell.get("t") == "s"
            shown = unescaped(texts[int(value)]) if text and value is not None else value
            cells.append(None if shown is None else Cell(shown, text, cell.find(f"{_SPACE}f") is not None))
        rows.append(cells)
    return rows


def unescaped(text: str) -> str:
    """Return a text with the _xHHHH_ of the format turned back into letters."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
