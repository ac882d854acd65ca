"""A document as a PDF, made by Typst: tagged (PDF/UA-1), with bookmarks, contents and running heads."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from milaid.blocks import typst as blocks
from milaid.blocks.block import Block, Definitions, Exhibit, Front, Prose, Table
from milaid.blocks.drawing import view_box_of
from milaid.blocks.fonts import fonts_dir
from milaid.blocks.glyphs import fallback_fonts_dir, string
from milaid.blocks.marked_typst import TypstWriter
from milaid.blocks.typst_table import FULL_WIDTH
from milaid.errors import ReportError
from milaid.publish.files.document import Document, Element, Output, Section, Text
from milaid.publish.files.typesetting import typeset

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Paper -> width and height in points."""

_TEXT_MEASURE = 404.0
_FLIPPED_MARGIN = 62.0
_TALLEST_COVER = 190.0


def render(document: Document, paper: str = "a4") -> bytes:
    """Return the PDF of a document; ``paper`` is "a4" or "letter". Raises ReportError when Typst refuses."""
    try:
        return _set(document, paper, frozenset())
    except ReportError:
        # Typst reads drawings of users more strictly than browsers do; one that it refuses leaves a line.
        refused = _refused(document, paper)
        if not refused:
            raise
        return _set(document, paper, refused)


def _set(document: Document, paper: str, unreadable: frozenset[bytes]) -> bytes:
    writer = TypstWriter(document.numbering, document.links)
    writer.unreadable = unreadable
    return _typeset(markup(document, writer, paper), writer.assets, document.title)


def _refused(document: Document, paper: str) -> frozenset[bytes]:
    """Return the pictures of a document that Typst cannot read, each tried by itself."""
    writer = TypstWriter(document.numbering, document.links)
    markup(document, writer, paper)
    refused = set()
    for name, content in writer.assets.items():
        alone = f'#set document(title: "picture")\n#image({string(name)}, alt: "picture")\n'
        try:
            _typeset(alone, {name: content}, name)
        except ReportError:
            refused.add(content)
    return frozenset(refused)


def _typeset(source: str, assets: Mapping[str, bytes], what: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="milaid-pdf-") as folder:
        for name, content in assets.items():
            (Path(folder) / name).write_bytes(content)
        main = Path(folder) / "report.typ"
        main.write_text(source, encoding="utf-8", newline="")
        goal = Path(folder) / "report.pdf"
        typeset(main, goal, [fonts_dir(), fallback_fonts_dir()], what)
        return goal.read_bytes()


def markup(document: Document, writer: TypstWriter, paper: str = "a4") -> str:
    """Return the whole Typst source of a document; the files it names are in ``writer.assets``."""
    width, height = PAPERS[paper]
    template = Path(__file__).with_name("templates") / "report.typ"
    parts = [
        blocks.preamble(),
        _settings(document, width, height),
        template.read_text(encoding="utf-8"),
        _marks(document) if document.marks else "",
        _cover(document.front, writer) if document.front else "#plain-cover\n",
    ]
    if any(section.heading for section in document.sections):
        parts.append("#pagebreak()\n#contents()\n")
    parts.append("#pagebreak(weak: true)\n")
    flipped_width = height - 2 * _FLIPPED_MARGIN
    for position, section in enumerate(document.sections):
        starts = _starts_page(document.sections, position)
        parts.append(_section(section, writer, starts, flipped_width))
    return "\n".join(parts)


def _settings(document: Document, width: float, height: float) -> str:
    front = document.front
    title = " ".join(document.title.split())
    running = ". ".join([*(mark.word for mark in document.marks), title])
    keywords = "".join(f"{string(word)}, " for word in front.keywords) if front else ""
    return (
        f"#let report = (title: {string(title)}, running-title: {string(running)}, "
        f"series: {string(front.series if front else '')}, "
        f"description: {string(front.standfirst if front else title)}, keywords: ({keywords}), "
        f"language: {string(document.language.split('-')[0])}, "
        f"page-width: {width}pt, page-height: {height}pt, "
        f"text-width: {FULL_WIDTH}pt, text-measure: {_TEXT_MEASURE}pt)\n"
    )


def _marks(document: Document) -> str:
    """Return what the cover says of the whole report before all else."""
    marks = [
        f"({string(mark.word)}, {string(mark.sentence)}, ({''.join(f'{string(line)}, ' for line in mark.lines)})), "
        for mark in document.marks
    ]
    return f"#cover-marks(({''.join(marks)}))\n"


def _cover(front: Front, writer: TypstWriter) -> str:
    drawing = "none"
    if front.cover:
        _, _, width, height = view_box_of(front.cover)
        shown = min(FULL_WIDTH, _TALLEST_COVER * width / height)
        file = writer.asset("svg", front.cover.encode("utf-8"))
        drawing = f"picture({string(file)}, {string(front.cover_alt)}, width: {shown:.2f}pt)"
    imprint = "".join(f"({string(term)}, {string(meaning)}), " for term, meaning in front.imprint)
    return (
        f"#cover((series: {string(front.series)}, kind: {string(front.kind)}, scope: {string(front.scope)}, "
        f"cover-lead: {string(front.cover_lead)}, cover-note: {string(front.cover_note)}, "
        f"imprint: ({imprint})), {drawing})\n"
    )


def _starts_page(sections: list[Section], position: int) -> bool:
    """Return whether a section starts a page: the method and the appendix do, the others follow on."""
    section = sections[position]
    before = sections[:position]

    def has(part: Section, kind: type[Block]) -> bool:
        return any(isinstance(block, kind) for block in part.blocks())

    def is_appendix(part: Section) -> bool:
        return any(isinstance(block, Exhibit) and block.appendix for block in part.blocks())

    first_definitions = has(section, Definitions) and not any(has(part, Definitions) for part in before)
    first_appendix = is_appendix(section) and not any(is_appendix(part) for part in before)
    return first_definitions or first_appendix


def _section(section: Section, writer: TypstWriter, new_page: bool, flipped_width: float) -> str:
    """Return a section; a landscape table goes on turned pages, with the text and heading right above it."""
    writer.depth = 1 if section.heading else 0
    pieces: list[tuple[bool, str]] = []
    waiting = ""
    for position, element in enumerate(section.elements):
        following = next((e for e in section.elements[position:] if not _is_text(e)), None)
        flipped = following is not None and _is_flipped(following)
        full = flipped_width if _is_flipped(element) else FULL_WIDTH
        waiting += _element(element, writer, full)
        if not (flipped and _is_text(element)):
            pieces.append((flipped, waiting))
            waiting = ""
    pieces += [(False, waiting)] if waiting or not pieces else []
    if section.heading:
        # A turned page is a new one anyway.
        breaks = new_page and not pieces[0][0]
        title = writer.tokens(section.heading)
        flag = "true" if breaks else "false"
        head = f"#section-heading({string(section.anchor)}, new-page: {flag}, [{title}])\n"
        text = head + pieces[0][1]
        if "#footnote" in pieces[0][1] and not breaks and _is_text(section.elements[0]):
            # Typst leaves a footnote behind on the page from which a sticky heading takes its text along.
            text = f"#together[{text}]\n"
        pieces[0] = (pieces[0][0], text)
    return "".join(f"#flipped-page[{piece}]\n" if flipped else piece for flipped, piece in pieces)


def _is_flipped(element: Element) -> bool:
    return isinstance(element.content, Table) and element.content.landscape


def _is_text(element: Element) -> bool:
    return isinstance(element.content, Text | Prose)


def _element(element: Element, writer: TypstWriter, full: float) -> str:
    match element.content:
        case Text(tokens=tokens):
            # A heading at the end of the text belongs to what follows.
            sticky = "true" if tokens and tokens[-1].type == "heading_close" else "false"
            return f"#text-column(sticky: {sticky})[{writer.tokens(tokens)}];\n"
        case Block() as block:
            return blocks.render(block, writer, full)
        case Output() as output:
            return _output(output, writer)


_LABELS = {"error": "Error", "stderr": "Warnings and messages"}


def _output(output: Output, writer: TypstWriter) -> str:
    """Return an output that is no block."""
    label = f"#output-label({string(_LABELS[output.kind])});\n" if output.kind else ""
    return f"{label}#output[{writer.tokens(output.tokens)}];\n"
