"""From an executed notebook to the document it stands for: front, sections, numbered exhibits.

Markdown cells give headings and text, outputs give blocks and whatever else they show; code is not shown. In a
notebook with a :class:`~milaid.blocks.block.Front`, cells above it speak to the person at the notebook and are
no part of the report; neither are cells tagged ``notebook-only`` and outputs of cells tagged ``remove-output``. A cell
that is only folded in JupyterLab is shown. Without a Front the first heading is the title. Headings of the first two levels start sections, deeper ones stand inside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it.token import Token
from nbformat import NotebookNode

from milaid.blocks import html_tokens, marked, marked_cells, targets
from milaid.blocks.block import PAYLOAD_MIME, Block, Exhibit, Front, from_payload
from milaid.blocks.numbering import Numbering, marked_texts, with_references_shown
from milaid.blocks.targets import Links
from milaid.errors import ReportError, list_problems
from milaid.publish.files import outputs
from milaid.publish.files.embedded import Store, embedded
from milaid.publish.files.made import NOT_BUILT, Making, making
from milaid.publish.files.outputs import Output
from milaid.publish.registry.checking import read
from milaid.publish.registry.known import known
from milaid.publish.registry.places import examples, is_place
from milaid.publish.run.parameters import values_in

NOTEBOOK_ONLY = ("notebook-only", "remove_cell", "remove-cell")
WITHOUT_OUTPUT = ("remove_output", "remove-output")


_DESCRIPTION = re.compile(r"\s*---\s*\n.*\n---\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """Text of a markdown cell, without the headings that start sections."""

    tokens: tuple[Token, ...]


_SILENT = Text(())
"""What stands for a cell of code that shows nothing, until headings above nothing else are left out."""


@dataclass(frozen=True)
class Element:
    """One thing in a section, with the number of the cell it comes from."""

    content: Text | Block | Output
    cell: int


@dataclass
class Section:
    """A section: its heading as inline tokens, () for what stands above the first heading."""

    heading: tuple[Token, ...] = ()
    anchor: str = ""
    elements: list[Element] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The heading as plain text."""
        return marked.plain(self.heading)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the section."""
        for element in self.elements:
            if isinstance(element.content, Block):
                yield element.content


@dataclass(frozen=True)
class Mark:
    """What cover and page say of the whole report: a word such as Draft, a sentence, and what it is about in lines."""

    word: str
    sentence: str
    lines: tuple[str, ...] = ()


@dataclass
class Document:
    """A report ready to be rendered; ``numbering`` knows every exhibit, ``links`` where the report lies.

    ``kind`` is the kind of report, "" for a notebook that was not made as one. ``marks`` are what a reader must know
    before all else; a report of the suite has none. ``made`` says how it was made.
    """

    title: str
    language: str
    front: Front | None
    sections: list[Section]
    numbering: Numbering
    kind: str = ""
    links: Links = targets.NO_LINKS
    marks: tuple[Mark, ...] = ()
    made: Making = NOT_BUILT

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of all sections in order."""
        for section in self.sections:
            yield from section.blocks()

    def exhibits(self) -> Iterator[Exhibit]:
        """Yield the exhibits in order, one that is shown again once."""
        exhibits = (block for block in self.blocks() if isinstance(block, Exhibit))
        return iter({exhibit.key: exhibit for exhibit in exhibits}.values())

    def places(self) -> frozenset[str]:
        """Return the places of the suite that the report could link to, the index among them."""
        used = (t for s in self.sections for t in (*targets.of_tokens(s.heading), *_section_targets(s)))
        return targets.places(used) | {targets.INDEX}


def build(notebook: NotebookNode, name: str = "Notebook", folder: Path | None = None) -> Document:
    """Return the document of an executed notebook; ``name`` is the title when nothing else gives one.

    Pictures that Markdown names by their files are looked for in ``folder``. ``milaid`` in the notebook's metadata says where the report lies below reports/ (``place``) and which places of
    the suite it links to (``links``). Raises ReportError naming every reference to an unknown key, every key used for
    two exhibits, every link to what is no place, and the cells.
    """
    about = notebook.metadata.get("milaid", {})
    elements = _without_empty_headings(list(_elements(notebook, folder)))
    front = next((e.content for e in elements if isinstance(e.content, Front)), None)
    if front is not None:
        start = next(position for position, e in enumerate(elements) if e.content is front)
        # A front that is shown again says nothing new.
        elements = [element for element in elements[start + 1 :] if element.content != front]
    sections, title = _sections(elements, take_title=front is None)
    document = Document(
        title=front.title if front else title or name,
        language=front.language if front else "en",
        front=front,
        sections=sections,
        numbering=Numbering(),
        kind=about.get("report", ""),
        links=_links(notebook),
        made=making(notebook),
    )
    _number_and_check(document)
    return document


def _links(notebook: NotebookNode) -> Links:
    """Return where the report lies and what it links to; run again with other values, it is one made alone."""
    about = notebook.metadata.get("milaid", {})
    built, now = about.get("parameters", {}), values_in(notebook)
    report = known().get(about.get("report", ""))
    if report is None or not built or built == {name: now.get(name) for name in built}:
        return Links(about.get("place", ""), frozenset(about.get("links", ())))
    request, _ = read(report, {name: value for name, value in now.items() if name in built})
    # What was understood to be the same (a name for its code, a year as text) is the report as it was built.
    same = request.values == built
    return Links(
        about.get("place", "") if same else request.place, frozenset(about.get("links", ()) if same else ())
    )


def _elements(notebook: NotebookNode, folder: Path | None) -> Iterator[Element]:
    """Yield what the cells show, in order; cells are counted from 1."""
    notes = marked_cells.notes_of(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for number, cell in enumerate(notebook.cells, start=1):
        tags = set(cell.metadata.get("tags", ()))
        if tags & set(NOTEBOOK_ONLY):
            continue
        store = Store(cell.get("attachments", {}), folder)
        if cell.cell_type == "markdown":
            yield Element(Text(tuple(embedded(marked_cells.parse(cell.source, notes), store))), number)
        elif cell.cell_type == "raw":
            yield from _raw(cell, number, store)
        elif cell.cell_type == "code" and not tags & set(WITHOUT_OUTPUT):
            shown = [Element(content, number) for content in _outputs(cell, number, store)]
            yield from shown or [Element(_SILENT, number)]


def _without_empty_headings(elements: Sequence[Element]) -> list[Element]:
    """Return what is shown, without the headings below which there are cells of code and none shows anything.

    A heading below which a person wrote no code stays, and so does a title.
    """
    kept: list[Element] = []
    for element in reversed(elements):
        level = _heading_level(element)
        if level and _is_empty(kept, level):
            continue
        kept.append(element)
    return [element for element in reversed(kept) if element.content != _SILENT]


def _is_empty(below: Sequence[Element], level: int) -> bool:
    """Return whether cells of code stand up to the next heading of the same rank, and nothing but them; nearest last."""
    silent = False
    for element in reversed(below):
        other = _heading_level(element)
        if other and other <= level:
            break
        if element.content != _SILENT:
            return False
        silent = True
    return silent


def _heading_level(element: Element) -> int:
    """Return the rank of a cell that is a heading and nothing else; 0 for others and for a title."""
    if not isinstance(element.content, Text):
        return 0
    kinds = [token.type for token in element.content.tokens]
    if kinds != ["heading_open", "inline", "heading_close"]:
        return 0
    level = int(element.content.tokens[0].tag[1:])
    return level if level > 1 else 0


def _raw(cell: NotebookNode, number: int, store: Store) -> Iterator[Element]:
    """Yield what a raw cell says in a form that is known, else its text; not what describes the notebook itself."""
    if not cell.source.strip() or _DESCRIPTION.match(cell.source):
        return
    kind = cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or ""
    if kind == "text/markdown":
        yield Element(Text(tuple(embedded(marked_cells.parse(cell.source), store))), number)
    elif kind == "text/html":
        html = [*html_tokens.tokens(cell.source), *marked_cells.notice(marked_cells.left_out(cell.source))]
        yield Element(Output(tuple(embedded(html, store)), number), number)
    else:
        yield Element(Output(tuple(outputs.preformatted(cell.source.rstrip())), number), number)


def _outputs(cell: NotebookNode, number: int, store: Store) -> Iterator[Block | Output]:
    beside_picture = outputs.has_picture(cell.get("outputs", ()))
    for output in cell.get("outputs", ()):
        payload = output.get("data", {}).get(PAYLOAD_MIME)
        if payload is not None:
            yield _block(payload, number)
        elif read := outputs.read(output, number, beside_picture):
            yield replace(read, tokens=tuple(embedded(read.tokens, store)))


def _block(payload: dict, number: int) -> Block:
    try:
        return from_payload(payload)
    except (ReportError, TypeError) as error:
        raise ReportError(f"cell {number}: its block cannot be read: {error}") from error


def _sections(elements: Sequence[Element], take_title: bool) -> tuple[list[Section], str]:
    """Return the sections, and the title when the first heading is to be taken as one."""
    sections = [Section()]
    title = ""
    for element in elements:
        if not isinstance(element.content, Text):
            sections[-1].elements.append(element)
            continue
        for heading, text in _split(element.content.tokens):
            plain = marked.plain(heading)
            if heading and take_title and not title and len(sections) == 1 and not sections[0].elements:
                title = plain
            elif heading:
                sections.append(Section(heading, anchor=_anchor(plain, [s.anchor for s in sections])))
            if text:
                sections[-1].elements.append(Element(Text(text), element.cell))
    return [section for section in sections if section.heading or section.elements], title


def _split(tokens: Sequence[Token]) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """Yield pairs of a section heading (inline tokens, () at the start) and the tokens below it."""
    heading: tuple[Token, ...] = ()
    text: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open" and token.tag in ("h1", "h2") and token.level == 0:
            if heading or text:
                yield heading, tuple(text)
            heading, text = tuple(tokens[position + 1].children or ()), []
            position += 3
        else:
            text.append(token)
            position += 1
    if heading or text:
        yield heading, tuple(text)


def _anchor(title: str, taken: Sequence[str]) -> str:
    """Return a name for links: the title in lower case with hyphens, made unique by a number."""
    base = f"section-{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-') or 'x'}"
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def _number_and_check(document: Document) -> None:
    """Number the exhibits in order of appearance and check every reference."""
    problems = []
    reports = known().values()
    placed = [(element, section) for section in document.sections for element in section.elements]
    seen: dict[str, Exhibit] = {}
    for element, _ in placed:
        if isinstance(element.content, Exhibit):
            key = element.content.key
            if seen.setdefault(key, element.content) != element.content:
                problems.append(
                    f"cell {element.cell}: the key {key!r} is used a second time, for another exhibit; give it a key of "
                    f"its own: dataclasses.replace(exhibit, key={key + '_2'!r})"
                )
            document.numbering.add(element.content)
        owner = element.content if isinstance(element.content, Block) else None
        problems += [
            f"cell {element.cell}: {problem}"
            for problem in targets.problems(
                _targets(element.content), lambda place: is_place(place, reports), examples(reports), owner
            )
        ]
    for section in document.sections:
        section.elements = [_with_references_shown(e, document.numbering) for e in section.elements]
    for element, section in placed:
        problems += [
            f"cell {element.cell}{f' below {section.title!r}' if section.title else ''}: "
            f"{document.numbering.unknown(key)}"
            for key in _keys(element.content)
            if key not in document.numbering
        ]
    if problems:
        raise ReportError(list_problems("the exhibits of the notebook do not fit together:", problems))


def _section_targets(section: Section) -> Iterator[str]:
    for element in section.elements:
        yield from _targets(element.content)


def _targets(content: Text | Block | Output) -> Iterator[str]:
    match content:
        case Text(tokens=tokens):
            yield from targets.of_tokens(tokens)
        case Block():
            yield from targets.of_block(content)
        case Output(tokens=tokens):
            yield from targets.of_tokens(tokens)


def _with_references_shown(element: Element, numbering: Numbering) -> Element:
    if not isinstance(element.content, Block):
        return element
    return replace(element, content=with_references_shown(element.content, numbering))


def _keys(content: Text | Block | Output) -> list[str]:
    if isinstance(content, Text | Output):
        return marked.keys(content.tokens)
    if isinstance(content, Block):
        return [key for value in marked_texts(content) for key in marked.keys(marked.parse(value))]
    return []
