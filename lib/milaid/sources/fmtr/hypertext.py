"""The text of an HTML page: what stands outside of tables, and the rows of the tables with their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from milaid.errors import SourceError

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_HTML = re.compile(rb"<html|<!doctype html", re.IGNORECASE)
# Some pages of the first edition end with the mark-up of their last quotation.
_END = re.compile(rb"</(?:html|blockquote)\s*>\s*$", re.IGNORECASE)
# A mark-up of these begins a new line, so that words before and behind it are two.
_BREAKS = frozenset({"br", "p", "div", "li"})
_HIDDEN = frozenset({"script", "style"})


@dataclass(slots=True)
class Hypertext:
    """One HTML page: its title, the texts outside of tables, and the rows of all tables, blanks folded."""

    title: str = ""
    texts: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def read_hypertext(path: Path) -> Hypertext:
    """Return the text of an HTML page; SourceError with the cause in words when it is none, or not whole."""
    content = path.read_bytes()
    problem = _problem(content)
    if problem:
        raise SourceError(f"{path}: {problem}; save it again from its official address")
    declared = _CHARSET.search(content)
    charset = declared[1].decode("ascii") if declared else "utf-8"
    try:
        text = content.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceError(
            f"{path}: its text cannot be read as {charset}: {error}; save the page as it is"
        ) from error
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


def _problem(content: bytes) -> str:
    if not content.strip():
        return "the file is empty"
    if content.lstrip().startswith(b"%PDF"):
        return "this is a PDF, not an HTML page; give it the name ending .pdf"
    if not _HTML.search(content[:4096]):
        return f"this is not an HTML page (it begins with {content[:12]!r})"
    if not _END.search(content[-4096:]):
        return f"the page is cut off (its mark-up is not closed, after {len(content):,} bytes)"
    return ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Hypertext()
        self._row: list[str] | None = None
        self._text: list[str] = []
        self._in_cell = False
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("tr", "td", "th", "table"):
            self._close_text()
        if tag == "tr":
            self._row = []
            self.page.rows.append(self._row)
        elif tag in ("td", "th"):
            self._in_cell = True
        elif tag in _BREAKS:
            self._text.append(" ")
        if tag in (*_HIDDEN, "title"):
            self._close_text()
            self._tag = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close_text()
        elif tag in _BREAKS:
            self._text.append(" ")
        elif tag == self._tag:
            self._close_text()
            self._tag = ""
        elif not self._in_cell:
            self._close_text()

    def handle_data(self, data: str) -> None:
        if self._tag not in _HIDDEN:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._close_text()

    def _close_text(self) -> None:
        """File the text read so far: as a cell, as the title, or as text outside of tables."""
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if self._in_cell:
            self._in_cell = False
            if self._row is None:
                self._row = []
                self.page.rows.append(self._row)
            self._row.append(text)
        elif self._tag == "title":
            self.page.title = text
        elif text:
            self.page.texts.append(text)
