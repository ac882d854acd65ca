"""The text of a notice as lines that know where they stand: line of the file and page of the Federal Register."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from milaid.errors import SourceError

_PAGE = re.compile(r"\[\[Page (\w+)\]\]")
_LEFT_OUT = re.compile(
    r"^[ \t]*\[GRAPHIC\].*$|^[ \t]*\[TIFF OMITTED\].*$|^[ \t]*(?:BILLING|Billing) (?:CODE|Code).*$",
    re.MULTILINE,
)
_WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_PLAIN = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>\n]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


@dataclass(frozen=True)
class NoticeText:
    """The text of a notice without page marks, pictures and markup; every line stands where it does in the file."""

    path: Path
    text: str
    pages: tuple[tuple[int, str], ...]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line(self, position: int) -> int:
        """Return the line of the file that a position in the text is on, counted from 1."""
        return bisect_right(self._line_starts, position)

    def page(self, position: int) -> str | None:
        """Return the page of the Federal Register that a position is on, None before the first mark."""
        line = self.line(position)
        return next((page for start, page in reversed(self.pages) if start <= line), None)


def read_lines(path: Path) -> NoticeText:
    """Return the text of a notice as plain text, or of a page that holds it as such.

    Raises SourceError with the line where the file is empty, is no text in UTF-8, or is a web page of another kind.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start : error.start + 1].hex()
        raise SourceError(
            f"{path}: line {line}: the byte 0x{byte} is not UTF-8: no text of a notice"
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise SourceError(f"{path}: line {line}: the character {control[0]!r} stands in no text of a notice")
    if not text.strip():
        raise SourceError(f"{path}: the file is empty")
    if _WEB_PAGE.match(text):
        text = _of_page(path, text)
    pages = tuple((text.count("\n", 0, mark.start()) + 1, mark[1]) for mark in _PAGE.finditer(text))
    return NoticeText(path, _LEFT_OUT.sub("", _PAGE.sub("", text)), pages)


def _of_page(path: Path, text: str) -> str:
    """Return the plain text that a page of the Federal Register holds, on the lines on which it stands there."""
    plain = _PLAIN.search(text)
    if plain is None:
        title = re.search(r"<title[^>]*>\s*([^<]*?)\s*<", text, re.IGNORECASE)
        named = f" titled «{title[1]}»" if title else ""
        raise SourceError(f"{path}: line 1: a web page{named}, not the text of a notice")
    before = "\n" * text.count("\n", 0, plain.start(1))
    return before + html.unescape(_TAG.sub("", plain[1]))
