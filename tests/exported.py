"""What is read of an exported notebook: the words of its page and of its print, and what the page asks for."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pypdfium2
from nbformat import NotebookNode, v4

from milaid.publish.files import document, page, pdf
from samples import notebook

LOADING = ("src", "srcset", "href", "action", "formaction", "data", "poster", "background", "ping", "style")


def main_of(html: str) -> str:
    """Return what a page shows, without its own head and scripts."""
    return html.partition("<main")[2].partition("</main>")[0]


def exported(parts: list[Any], **metadata: Any) -> tuple[str, str]:
    """Return the page of a notebook of these parts, and the words of its print."""
    return of_notebook(notebook(parts, **metadata))


def of_notebook(made: NotebookNode) -> tuple[str, str]:
    built = document.build(made)
    return main_of(page.render(built)), words_of(pdf.render(built))


def shown(data: dict[str, Any], **about: Any) -> tuple[str, str]:
    """Return page and print of one output in these forms."""
    return exported(["# T", [v4.new_output("display_data", data, metadata=about)]])


def words_of(content: bytes) -> str:
    """Return the text of a PDF on one line, words that a line end divides not joined."""
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def words(html: str) -> str:
    """Return the text of HTML on one line."""
    kept = re.sub(r"</?span[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", kept)).split())


class _Dangers(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in (
            "script",
            "iframe",
            "object",
            "embed",
            "form",
            "link",
            "base",
            "meta",
            "style",
            "video",
            "audio",
        ):
            self.found.append(tag)
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or text.startswith(("javascript:", "vbscript:", "data:text")):
                self.found.append(f"{tag} {name}")
            elif (
                name in LOADING and (tag, name) != ("a", "href") and not text.startswith(("data:image/", "#"))
            ):
                self.found.append(f"{tag} {name}={text}")


def dangers(html: str) -> list[str]:
    """Return what in the shown part of a page runs, or is loaded from elsewhere."""
    reader = _Dangers()
    reader.feed(html)
    return reader.found
