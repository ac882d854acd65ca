"""The brief of a report as a PDF of two pages, made by Typst.

Both pages are filled by Typst, which measures what would stand on them and takes the fullest choice that has room:
first fewer findings, then fewer rows (``templates/brief.typ``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pypdfium2

from milaid.blocks import typst as blocks
from milaid.blocks import typst_table
from milaid.blocks.block import Exhibit, Figure, Table
from milaid.blocks.drawing import view_box_of
from milaid.blocks.glyphs import string
from milaid.blocks.marked_typst import TypstWriter, text
from milaid.blocks.targets import is_web_address
from milaid.blocks.words import as_sentence
from milaid.errors import ReportError
from milaid.publish.files import brief
from milaid.publish.files.brief import Brief
from milaid.publish.files.document import Document
from milaid.publish.files.pdf import PAPERS, typesetter

PAGES = 2
_MARGIN = 40.0
_LEAST_SIZE = 7.5
"""The smallest type in print, in points."""
_ROWS = (brief.MOST_ROWS, 8, 6, 4)
_SIZE = re.compile(r'font-size[:=]"?\s*([\d.]+)')


class _Writer(TypstWriter):
    """Writes references to what the brief does not show as plain text."""

    def __init__(self, shown: Brief) -> None:
        super().__init__(shown.document.numbering, shown.document.links)
        self._shown = shown.keys

    def reference(self, key: str, label: str = "") -> str:
        """Return the number of an exhibit, linked where it is in the brief."""
        number = self.references.number(key)
        if key in self._shown or number is None:
            return super().reference(key, label)
        return text(label or number.label)


def render(shown: Brief, paper: str = "a4") -> bytes:
    """Return the PDF of a brief; ``paper`` is "a4" or "letter". Raises ReportError when Typst refuses, or for a third page."""
    document = shown.document
    writer = _Writer(shown)
    source = markup(shown, writer, paper)
    with typesetter(writer.assets, f"{document.title}, brief") as setter:
        content, _ = setter.pdf(source)
    pages = len(pypdfium2.PdfDocument(content))
    if pages > PAGES:
        raise ReportError(
            f"the brief of {document.title!r} takes {pages} pages, {PAGES} is the limit: shorten its title, its key facts "
            "or its sources, or make the report without the format brief"
        )
    return content


def markup(shown: Brief, writer: TypstWriter, paper: str) -> str:
    """Return the whole Typst source of a brief; the files it names are in ``writer.assets``."""
    width, height = PAPERS[paper]
    full = width - 2 * _MARGIN
    template = Path(__file__).with_name("templates") / "brief.typ"
    parts = {
        "head": _head(shown.document),
        "facts": _facts(shown, writer),
        "findings": _findings(shown, writer),
        "figures": _tuple(_figure(figure, writer, full) for figure in shown.figures),
        "tables": _tables(shown, writer, full),
        "reading": _reading(shown, writer),
        "sources": _tuple(_source(source.text, source.url) for source in shown.sources),
        "origin": _report(shown, writer),
    }
    named = ",\n".join(f"{name}: {value}" for name, value in parts.items())
    return "\n".join(
        [
            blocks.preamble(),
            _settings(shown.document, width, height),
            template.read_text(encoding="utf-8"),
            f"#brief(({named}))\n",
        ]
    )


def _settings(document: Document, width: float, height: float) -> str:
    front = document.front
    title = " ".join(document.title.split())
    running = ". ".join([*(mark.word for mark in document.marks), title])
    return (
        f"#let report = (title: {string(f'{title}: brief')}, running-title: {string(running)}, "
        f"series: {string(front.series if front else '')}, "
        f"description: {string(front.standfirst if front else title)}, "
        f"keywords: ({''.join(f'{string(word)}, ' for word in (front.keywords if front else ()))}), "
        f"language: {string(document.language.split('-')[0])}, "
        f"page-width: {width}pt, page-height: {height}pt, margin: {_MARGIN}pt)\n"
    )


def _head(document: Document) -> str:
    front = document.front
    marks = (
        f"({string(mark.word)}, {string(mark.sentence)}, {_tuple(map(string, mark.lines))})"
        for mark in document.marks
    )
    return (
        f"(title: {string(document.title)}, kind: {string(f'{front.kind}: brief' if front else 'Brief')}, "
        f"standfirst: {string(front.standfirst if front else '')}, marks: {_tuple(marks)})"
    )


def _facts(shown: Brief, writer: TypstWriter) -> str:
    facts = shown.key_facts
    items = (
        f"(value: {string(fact.value)}, unit: {string(fact.unit)}, label: {string(fact.label)}, "
        f"comparison: {string(fact.comparison)})"
        for fact in (facts.facts if facts else ())
    )
    return f"(items: {_tuple(items)}, note: [{writer.inline(facts.note) if facts else ''}])"


def _findings(shown: Brief, writer: TypstWriter) -> str:
    return _tuple(
        f"[#lead({string(as_sentence(finding.lead))}); {writer.inline(finding.text)}"
        f"{f' #refs[#box[{blocks.references(finding.refs, writer)}];];' if finding.refs else ''}]"
        for finding in shown.findings
    )


def _figure(figure: Figure, writer: TypstWriter, full: float) -> str:
    """Return a figure at the widths it may have: that of the page, and as small as its letters can be read."""
    _, _, width, height = view_box_of(figure.wide)
    smallest = min((float(size) for size in _SIZE.findall(figure.wide)), default=12.0)
    least = min(full, _LEAST_SIZE * width / smallest)
    file = writer.asset("svg", figure.wide.encode("utf-8"))
    widths = (full, (full + least) / 2, least)
    drawings = (
        f"picture({string(file)}, {string(figure.alt)}, width: {min(each, blocks.TALLEST_FIGURE * width / height):.2f}pt)"
        for each in widths
    )
    return f"({_exhibit(figure, writer)}, drawings: {_tuple(drawings)})"


def _tables(shown: Brief, writer: TypstWriter, full: float) -> str:
    """Return the table with as many rows as there may be, and with fewer."""
    table = shown.table
    if table is None:
        return "()"
    label = shown.document.numbering.number(table.key).label
    return _tuple(
        f"({_exhibit(table, writer, brief.left_out(table, rows, label))}, drawings: ([{_set(table, rows, full)}],))"
        for rows in _ROWS
    )


def _set(table: Table, rows: int, full: float) -> str:
    return typst_table.table(replace(brief.short_table(table, rows), links=()), full)


def _exhibit(exhibit: Exhibit, writer: TypstWriter, left_out: str = "") -> str:
    number = writer.references.number(exhibit.key)
    assert number
    note = " ".join(filter(None, (f"#{string(left_out)};" if left_out else "", writer.inline(exhibit.note))))
    return (
        f"anchor: {string(number.anchor)}, number: {string(f'{number.label} of the report')}, "
        f"title: {string(exhibit.title)}, subtitle: {string(exhibit.subtitle)}, note: [{note}]"
    )


def _reading(shown: Brief, writer: TypstWriter) -> str:
    """Return how the numbers are to be read: a lead and a text."""
    box = shown.how_to_read
    lead = as_sentence(box.lead) if box else "Notes."
    said = [box.text, *shown.notes] if box else list(shown.notes)
    return f"(lead: {string(lead.rstrip('.'))}, body: [{writer.inline(' '.join(said))}])"


def _source(words: str, url: str | None) -> str:
    shown = text(words.rstrip("."))
    return f"[#link({string(url or '')})[{shown}];]" if is_web_address(url) else f"[{shown}]"


def _report(shown: Brief, writer: TypstWriter) -> str:
    document = shown.document
    imprint = document.front.imprint if document.front else ()
    pairs = _tuple(
        f"({string(term)}, {string(meaning)})" for term, meaning in imprint if term != "Main source"
    )
    place = string(document.links.place)
    return f"(citation: [{writer.inline(shown.citation)}], place: {place}, imprint: {pairs})"


def _tuple(values: Iterable[str]) -> str:
    """Return values as an array of Typst."""
    return f"({''.join(f'{value}, ' for value in values)})"
