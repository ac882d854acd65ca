"""The text of a PDF as lines of placed characters, read with pdfium.

pdfium hands out characters in the order of the page's content stream, with the point at which each is
set. The reports set a table cell by cell, row by row, so this order is kept: a line here is a run of
characters set one after another on one baseline, and a cell of several text lines is several lines.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from milaid.errors import SourceError
from milaid.sources.fmtr import glyphs

Placer = Callable[[float, float], tuple[float, float]]

SAME_BASELINE = 1.0
_BASELINE_TOLERANCE = 1.5
# Pieces of a line stand less than 0.5 points apart where nothing is between them, over 1 where a blank is.
_BLANK_WIDTH = 0.8
# Letters, accents on capitals among them, end below the height that a font declares, which leaves room for the next line.
_ASCENDER = 0.9
_BREAKS = frozenset((0, 10, 13))
_BLANKS = frozenset((32, 160))
# The end mark of a PDF stands in its last bytes; some programs write a little behind it.
_TAIL = 2048
_ASCII = 126
_SOFT_HYPHEN = {2: "-", 0xAD: "-", 0xFFFE: "-"}


@dataclass(slots=True)
class Line:
    """Characters set one after another on one baseline: ``y`` up from the foot of the page, in points.

    ``end`` is the right edge of the last character; ``above`` and ``below`` say how far the letters of its font may
    reach from the baseline.
    """

    y: float
    xs: list[float]
    characters: list[str]
    end: float = float("inf")
    above: float = 7.0
    below: float = 2.0

    @property
    def x(self) -> float:
        """Return where the line begins."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Return where the last letter ends, by a wide letter of its font where pdfium does not know."""
        last = max(self.xs)
        return self.end if last < self.end < float("inf") else last + self.above

    @property
    def text(self) -> str:
        """Return the text with runs of blanks folded into one."""
        return " ".join("".join(self.characters).split())


@dataclass(slots=True)
class Page:
    """One page: its number in the document (1 = first), its height in points and its lines in order."""

    number: int
    height: float
    lines: list[Line]


def read_pages(path: Path) -> list[Page]:
    """Return the pages of a PDF.

    Raises SourceError with the cause in words when the file is no PDF, is cut off or is encrypted.
    """
    if not _has_end_mark(path):
        # pdfium mends some files that lost their end; one that is not whole is refused all the same.
        raise SourceError(f"{path}: {diagnose(path)}")
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise SourceError(f"{path}: {diagnose(path)}") from error
    ghostscript = glyphs.made_with_ghostscript(document)
    try:
        return [_read_page(document, index, ghostscript) for index in range(len(document))]
    except pdfium.PdfiumError as error:
        raise SourceError(f"{path}: {diagnose(path)}") from error
    finally:
        document.close()


def joined(lines: list[Line]) -> list[Line]:
    """Join neighbours on one baseline that were set in several pieces, from left to right.

    pdfium breaks a line at some hyphens and swallows the blank before them; where the pieces stand apart,
    it is put back.
    """
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before and abs(before.y - line.y) <= SAME_BASELINE and line.x >= before.xs[-1] - 1:
            apart = line.x - before.end > _BLANK_WIDTH
            whole[-1] = Line(
                before.y,
                [*before.xs, *([line.x] if apart else []), *line.xs],
                [*before.characters, *([" "] if apart else []), *line.characters],
                line.end,
                max(before.above, line.above),
                max(before.below, line.below),
            )
        else:
            whole.append(line)
    return whole


def count_pages(path: Path) -> int:
    """Return the number of pages of a PDF that :func:`read_pages` can read."""
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def diagnose(path: Path) -> str:
    """Return in words why a file cannot be read as a PDF, and what to do about it."""
    content = path.read_bytes()
    start = content[:2048].lstrip().lower()
    again = "download it again from its official address"
    if not content:
        return f"the file is empty; {again}"
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in start:
        return f"this is an HTML page, not a PDF (often the error page of a web server); {again}"
    if not start.startswith(b"%pdf"):
        return f"this is not a PDF (it begins with {content[:8]!r}); {again}"
    if b"/Encrypt" in content:
        return "the PDF is encrypted and needs a password; use the unprotected official file"
    if not _has_end_mark(path):
        return f"the PDF is cut off (it has no end mark after {len(content):,} bytes); {again}"
    return f"the PDF is damaged and cannot be opened; {again}"


def _has_end_mark(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-min(_TAIL, path.stat().st_size), os.SEEK_END)
        return b"%%EOF" in stream.read()


def _read_page(document: pdfium.PdfDocument, index: int, ghostscript: bool) -> Page:
    page = document[index]
    text = page.get_textpage()
    try:
        lines = _lines(text.raw, placer(page), ghostscript)
        return Page(index + 1, page.get_height(), lines)
    finally:
        text.close()
        page.close()


def placer(page: pdfium.PdfPage) -> Placer:
    """Return the function that turns a point of the page's own space into one as the page is shown."""
    left, bottom, right, top = page.get_mediabox()
    turn = page.get_rotation()
    if turn == 90:
        return lambda x, y: (y - bottom, right - x)
    if turn == 180:
        return lambda x, y: (right - x, top - y)
    if turn == 270:
        return lambda x, y: (top - y, x - left)
    return lambda x, y: (x - left, y - bottom)


def _lines(text: Any, place: Placer, ghostscript: bool) -> list[Line]:
    x, y = ctypes.c_double(), ctypes.c_double()
    origin_of = pdfium_c.FPDFText_GetCharOrigin
    lines: list[Line] = []
    current: Line | None = None
    for index, code in enumerate(_codes(text)):
        if code in _BREAKS:
            _close(current, text, index - 1, place)
            current = None
            continue
        origin_of(text, index, x, y)
        across, up = place(x.value, y.value)
        if current is None or abs(current.y - up) > _BASELINE_TOLERANCE:
            if code in _BLANKS:
                continue
            _close(current, text, index - 1, place)
            current = Line(up, [], [])
            _measure(current, text, index, place)
            lines.append(current)
        character = _SOFT_HYPHEN.get(code) or chr(code)
        if ghostscript and code > _ASCII:
            character = glyphs.repaired(text, index, character)
        if (
            ghostscript
            and character == "l"
            and glyphs.completes_sharp_s(current.characters, current.xs, across)
        ):
            current.characters[-1] = "ß"
            continue
        current.xs.append(across)
        current.characters.append(character)
    return lines


def _codes(text: Any) -> list[int]:
    """Return the code of every character: in one call where each takes one place, else one by one."""
    count = pdfium_c.FPDFText_CountChars(text)
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium_c.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        return buffer[:count]
    return [pdfium_c.FPDFText_GetUnicode(text, index) for index in range(count)]


def _measure(line: Line, text: Any, first: int, place: Placer) -> None:
    """Note how far the letters of a line may reach up and down, by the font of the first."""
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text, first, box)
    (_, one), (_, other) = place(box.left, box.bottom), place(box.right, box.top)
    line.above, line.below = (max(one, other) - line.y) * _ASCENDER, line.y - min(one, other)


def _close(line: Line | None, text: Any, last: int, place: Placer) -> None:
    """Note where a line ends: the right edge of its last character."""
    if line is not None:
        box = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(text, last, box)
        line.end = place(box.right, box.bottom)[0]
