"""A page of an official document as a picture: a row framed, what names persons covered."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from milaid.blocks import palette
from milaid.publish.evidence.rows import Box
from milaid.sources.fmtr.text import placer
from milaid.tables.withheld import MARKS

_PAGE_SCALE, _STRIP_SCALE = 2.0, 3.0
"""Pixels a point, of the whole page and of the strip around a row."""
_BESIDE, _OVER, _LINE = 3.0, 0.6, 1.0
"""Points between a row and its frame, left and right of it and above and below it, and how thick the frame is."""
_ABOVE_AND_BELOW = 30.0
"""Points of the page above and below a row that its strip shows."""
_COLOURS = 32
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Pictures:
    """A page and the strip of it around a row, as PNG, and whether words of persons are covered on it."""

    page: bytes
    strip: bytes
    covered: bool


def pictures(path: Path, boxes: Sequence[Box], withheld: Sequence[tuple[Box, dict[str, Any]]]) -> Pictures:
    """Return pictures of the page of ``boxes``, all on one page, each framed; one without a width only names the page.

    ``withheld``: see :func:`covers`.
    """
    framed = boxes[0].right > boxes[0].left
    document = pdfium.PdfDocument(path)
    page = document[boxes[0].page - 1]
    try:
        hidden = covers(page, withheld)
        whole = _drawn(page, boxes, hidden, _PAGE_SCALE, framed)
        near = _drawn(page, boxes, hidden, _STRIP_SCALE, framed)
        height = page.get_height()
    finally:
        page.close()
        document.close()
    top = height - max(box.top for box in boxes) - _ABOVE_AND_BELOW
    bottom = height - min(box.bottom for box in boxes) + _ABOVE_AND_BELOW
    rows = (int(max(top, 0) * _STRIP_SCALE), int(min(bottom, height) * _STRIP_SCALE))
    return Pictures(_png(whole), _png(near.crop((0, rows[0], near.width, rows[1]))), bool(hidden))


def covers(page: pdfium.PdfPage, withheld: Sequence[tuple[Box, dict[str, Any]]]) -> list[Box]:
    """Return what is to be covered of a page: in the boxes of rows with something withheld, each word that is not shown.

    ``withheld`` are boxes with the activity as the tables show it. A word that the tables show of the row stays.
    """
    found = []
    for box, activity in withheld:
        shown = _words_shown(activity)
        for word, letters in words_in(page, box):
            if word.casefold() not in shown:
                found.append(letters)
    return found


def words_in(page: pdfium.PdfPage, box: Box) -> Iterator[tuple[str, Box]]:
    """Yield the words of a page whose letters stand in a box, as pdfium reads them, each with what it takes up."""
    text = page.get_textpage()
    place = placer(page)
    run: list[tuple[str, Box]] = []
    try:
        for index in range(pdfium_c.FPDFText_CountChars(text.raw)):
            letter = chr(pdfium_c.FPDFText_GetUnicode(text.raw, index))
            edges = pdfium_c.FS_RECTF()
            pdfium_c.FPDFText_GetLooseCharBox(text.raw, index, edges)
            (x, y), (u, v) = place(edges.left, edges.bottom), place(edges.right, edges.top)
            at = Box(box.page, min(x, u), min(y, v), max(x, u), max(y, v))
            across, up = (at.left + at.right) / 2, (at.bottom + at.top) / 2
            if _WORD.match(letter) and box.left <= across <= box.right and box.bottom <= up <= box.top:
                if run and not _adjoins(run[-1][1], at):
                    yield _joined(run)
                    run = []
                run.append((letter, at))
            elif run:
                yield _joined(run)
                run = []
    finally:
        text.close()
    if run:
        yield _joined(run)


def _adjoins(before: Box, letter: Box) -> bool:
    """Return whether a letter stands on the line of the one before it, right behind it."""
    return (
        abs(before.bottom - letter.bottom) < 2
        and letter.left - before.right < 2
        and letter.left > before.left - 1
    )


def _joined(run: Sequence[tuple[str, Box]]) -> tuple[str, Box]:
    boxes = [box for _, box in run]
    around = Box(
        boxes[0].page,
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )
    return "".join(letter for letter, _ in run), around


def _words_shown(activity: dict[str, Any]) -> set[str]:
    """Return the words that the tables show of an activity; of its days each way to write day, month and year."""
    names = ("course_title", "quantity", "location", "student_unit", "us_unit", "cost_printed")
    text = " ".join(str(activity[name]) for name in names)
    for mark in MARKS.values():
        text = text.replace(mark, " ")
    for name in ("start_date", "end_date"):
        if (day := activity[name]) == day and day is not None:
            text += f" {day.month} {day.month:02} {day.day} {day.day:02} {day.year} {day.year % 100:02}"
    return {word.casefold() for word in _WORD.findall(text)}


def _drawn(
    page: pdfium.PdfPage, boxes: Sequence[Box], hidden: Sequence[Box], scale: float, framed: bool
) -> Image.Image:
    picture = page.render(scale=scale).to_pil().convert("RGB")
    height = page.get_height()
    draw = ImageDraw.Draw(picture)

    def corners(box: Box, beside: float, over: float) -> list[float]:
        left, right = (box.left - beside) * scale, (box.right + beside) * scale
        return [left, (height - box.top - over) * scale, right, (height - box.bottom + over) * scale]

    for box in hidden:
        draw.rectangle(corners(box, 0.5, 0.5), fill="black")
    for box in boxes if framed else ():
        around = corners(box, _BESIDE + _LINE, _OVER + _LINE)
        draw.rectangle(around, outline=palette.ROLES["accent"][0], width=round(_LINE * scale))
    return picture


def _png(picture: Image.Image) -> bytes:
    """Return a picture as PNG of few colours, which is a third of the size."""
    buffer = io.BytesIO()
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
