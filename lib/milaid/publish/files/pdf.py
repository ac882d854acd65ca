"""A document as a PDF, made by Typst: tagged (PDF/UA-1), with bookmarks, contents and running heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from milaid.blocks import typst as blocks
from milaid.blocks import typst_table
from milaid.blocks.block import Block, Box, Definitions, Exhibit, Figure, Findings, Front, Prose, Table
from milaid.blocks.cells import printed
from milaid.blocks.drawing import view_box_of
from milaid.blocks.fonts import fonts_dir
from milaid.blocks.glyphs import fallback_fonts_dir, string
from milaid.blocks.marked_typst import TypstWriter
from milaid.blocks.typst_table import FULL_WIDTH
from milaid.errors import ReportError
from milaid.publish.files import card, pieces
from milaid.publish.files.document import Document, Element, Output, Section, Text
from milaid.publish.files.edited import edited
from milaid.publish.files.pagination import Kind
from milaid.publish.files.pieces import Code
from milaid.publish.files.typesetting import Typesetter
from milaid.temporary import temporary_folder

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Paper -> width and height in points."""

_TEXT_MEASURE = 404.0
_ABOVE_TEXT, _BELOW_TEXT = 76.0, 60.0
_FLIPPED_MARGIN = 62.0
_TALLEST_COVER = 190.0


@dataclass(frozen=True)
class Printed:
    """A document in print, and the picture that stands for it elsewhere, b"" for one without a front."""

    pdf: bytes
    card: bytes


def render(document: Document, paper: str = "a4") -> bytes:
    """Return the PDF of a document; ``paper`` is "a4" or "letter". Raises ReportError when Typst refuses."""
    return render_with_card(document, paper).pdf


def render_with_card(document: Document, paper: str = "a4") -> Printed:
    """Return the PDF of a document and its card, made by one process of Typst; raises ReportError when it refuses."""
    document = edited(document)
    try:
        return _set(document, paper, frozenset())
    except ReportError:
        # Typst reads drawings of users more strictly than browsers do; one that it refuses leaves a line.
        refused = _refused(document, paper)
        if not refused:
            raise
        return _set(document, paper, refused)


def _set(document: Document, paper: str, unreadable: frozenset[bytes]) -> Printed:
    """Return the PDF, its pieces measured first and then put where they fill the pages best, and the card."""
    writer = TypstWriter(document.numbering, document.links)
    writer.unreadable = unreadable
    start, codes = _frame(document, writer, paper), _codes(document, writer, paper)
    height = PAPERS[paper][1] - _ABOVE_TEXT - _BELOW_TEXT
    with typesetter(writer.assets, document.title) as setter:
        # The appendix fills its pages by itself.
        body = next((part for part, code in enumerate(codes) if code.breaks or code.flipped), len(codes))
        measured = setter.measure(start + pieces.source(codes[:body], pieces.unplaced(codes[:body])))
        appendix = pieces.unplaced(codes)[body:]
        for room in (height - 3, height, height - 9):
            placed = pieces.placed(codes[:body], measured, room)
            content, places = setter.pdf(start + pieces.source(codes, [*placed, *appendix]), places=True)
            if pieces.stands(codes, placed, places):
                break
        else:
            source = pieces.source(codes, [*pieces.without_breaks(placed), *appendix])
            content = setter.pdf(start + source)[0]
        return Printed(content, _card(document.front, writer, setter) if document.front else b"")


def _card(front: Front, writer: TypstWriter, setter: Typesetter) -> bytes:
    drawing = front.cover.encode("utf-8")
    cover = next((name for name, content in writer.assets.items() if content == drawing), "")
    return setter.png(card.source(front, blocks.preamble(), cover))


def _refused(document: Document, paper: str) -> frozenset[bytes]:
    """Return the pictures of a document that Typst cannot read, each tried by itself."""
    writer = TypstWriter(document.numbering, document.links)
    markup(document, writer, paper)
    refused = set()
    for name, content in writer.assets.items():
        alone = f'#set document(title: "picture")\n#image({string(name)}, alt: "picture")\n'
        try:
            with typesetter({name: content}, name) as setter:
                setter.pdf(alone)
        except ReportError:
            refused.add(content)
    return frozenset(refused)


@contextmanager
def typesetter(assets: Mapping[str, bytes], what: str) -> Iterator[Typesetter]:
    """Yield Typst with the fonts of reports and some files at hand; ``what`` names the document in messages."""
    with temporary_folder() as folder:
        for name, content in assets.items():
            (folder / name).write_bytes(content)
        with Typesetter(folder, [fonts_dir(), fallback_fonts_dir()], what) as setter:
            yield setter


def markup(document: Document, writer: TypstWriter, paper: str = "a4") -> str:
    """Return the whole Typst source of a document as it stands; the files it names are in ``writer.assets``."""
    codes = _codes(document, writer, paper)
    return _frame(document, writer, paper) + pieces.source(codes, pieces.unplaced(codes))


def _frame(document: Document, writer: TypstWriter, paper: str) -> str:
    """Return all that stands before the first piece: definitions, cover, contents."""
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
    return "\n".join(parts)


def _codes(document: Document, writer: TypstWriter, paper: str) -> list[Code]:
    """Return the pieces of all sections."""
    flipped_width = PAPERS[paper][1] - 2 * _FLIPPED_MARGIN
    codes = []
    for position, section in enumerate(document.sections):
        codes += _section(section, writer, _starts_page(document.sections, position), flipped_width)
    return codes


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
    """Return whether a section starts a page: the appendix does, the others follow on."""
    return is_appendix(sections[position]) and not any(map(is_appendix, sections[:position]))


def is_appendix(section: Section) -> bool:
    """Return whether a section is the appendix of a document or a part of it."""
    return any(isinstance(block, Exhibit) and block.appendix for block in section.blocks())


def _section(section: Section, writer: TypstWriter, new_page: bool, flipped_width: float) -> list[Code]:
    """Return the pieces of a section; a landscape table goes on turned pages, with the text and heading above it."""
    writer.depth = 1 if section.heading else 0
    title = writer.tokens(section.heading) if section.heading else ""
    head = f"#section-heading({string(section.anchor)}, [{title}])\n" if title else ""
    codes = [Code("heading", head)] if head else []
    waiting: list[Code] = []
    for element, following in zip(section.elements, _exhibits_below(section), strict=True):
        flipped = following is not None and _is_flipped(following)
        waiting.append(_element(element, writer, flipped_width if _is_flipped(element) else FULL_WIDTH))
        if flipped and not _is_text(element):
            # Whatever stands right above goes on the turned page too.
            above = [codes.pop()] if codes and codes[-1].kind == "heading" else []
            text = "".join(code.text for code in (*above, *waiting))
            codes.append(Code("block", text, flipped=True))
            waiting = []
        elif not flipped:
            codes += waiting
            waiting = []
    codes = _opened([*codes, *waiting])
    return [replace(codes[0], breaks=new_page), *codes[1:]] if codes else []


def _exhibits_below(section: Section) -> list[Element | None]:
    """Return for each element the first one from it on that is no text."""
    return [
        next((below for below in section.elements[position:] if not _is_text(below)), None)
        for position in range(len(section.elements))
    ]


def _opened(codes: list[Code]) -> list[Code]:
    """Return the pieces of a section with its first text marked as opening it."""
    if len(codes) < 2 or codes[0].kind != "heading" or codes[1].kind != "text":
        return codes
    heading, text, *others = codes
    if "#footnote" in text.text:
        # Typst leaves a footnote behind on the page from which a sticky heading takes its text along.
        return [Code("text", f"#together[{heading.text}{text.text}]\n", opens=True), *others]
    return [heading, replace(text, opens=True), *others]


def _is_flipped(element: Element) -> bool:
    return isinstance(element.content, Table) and element.content.landscape


def _is_text(element: Element) -> bool:
    return isinstance(element.content, Text | Prose | Box)


def _element(element: Element, writer: TypstWriter, full: float) -> Code:
    match element.content:
        case Text(tokens=tokens):
            # A heading at the end of the text belongs to what follows.
            sticky = "true" if tokens and tokens[-1].type == "heading_close" else "false"
            opens = any(token.type == "heading_open" for token in tokens)
            return Code("text", f"#text-column(sticky: {sticky})[{writer.tokens(tokens)}];\n", opens=opens)
        case Block() as block:
            return Code(_kind(block), blocks.render(block, writer, full), rows=_has_rows(block))
        case Output() as output:
            return Code("block", _output(output, writer))


def _kind(block: Block) -> Kind:
    match block:
        case Figure():
            return "figure"
        case Table():
            return "table"
        case Prose():
            return "text"
    return "block"


def _has_rows(block: Block) -> bool:
    """Return whether a block may break between its rows."""
    if isinstance(block, Table):
        return typst_table.is_long(printed(block))
    return isinstance(block, Definitions | Findings)


_LABELS = {"error": "Error", "stderr": "Warnings and messages"}


def _output(output: Output, writer: TypstWriter) -> str:
    """Return an output that is no block."""
    label = f"#output-label({string(_LABELS[output.kind])});\n" if output.kind else ""
    return f"{label}#output[{writer.tokens(output.tokens)}];\n"
