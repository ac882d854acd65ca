"""An abbreviation stands in full where a report first uses it; what cannot be written out in place is in its glossary.

Exhibits of a notebook keep their texts, as each may be shown alone. A page and its print show all of them in one order:
there the first sentence, title or note that uses an abbreviation has it in full. Heads of columns, labels of charts, cells
and words as a document prints them stay; their abbreviations are listed, below the glossary that the report has or one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from milaid.blocks import marked
from milaid.blocks.block import (
    Block,
    Box,
    Definitions,
    Exhibit,
    Figure,
    Finding,
    Findings,
    Front,
    KeyFacts,
    Prose,
    Table,
    escape,
)
from milaid.blocks.marked_cells import parse
from milaid.paths import reference_dir
from milaid.publish.files.document import Document, Element, Section, Text
from milaid.publish.registry.entries import SUITE
from milaid.tables import store, terms

HEADING = "Abbreviations"
SECTIONS = ("section-data-and-method", "section-sources")
"""Where the abbreviations of a report without a glossary stand."""
_KEPT = re.compile(r"(\[\[[^\]]*\]\]|\]\(<?[^)>]*>?\)|`[^`]*`|https?://\S+)")
_AS_PRINTED = re.compile(r"\brows?\b[^,.]*, .*?,? lists? ")
"""How a sentence names a row by its printed words, which stay as they are."""
_LABEL = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_FISCAL_YEAR = re.compile(r"\bFY(?=\d)")
_FEW = 2
"""Letters of the shortest abbreviation."""
_SHORT = 12
"""Letters of the longest cell that is a label or a place; a longer one gives what a document prints."""
_NEAR = 20
"""Letters behind an abbreviation within which its meaning stands beside it."""


def meanings() -> dict[str, tuple[str, str]]:
    """Return abbreviations with what stands for each in a sentence ("" for nothing) and in a glossary (marked).

    Those of the reports, and the labels of programs that are letters alone. Where the reference tables are not at hand,
    only the former.
    """
    found = {short: (dict(terms.IN_FULL).get(short, ""), escape(text)) for short, text in terms.ABBREVIATIONS}
    if not (reference_dir() / "programs.csv").is_file():
        return found
    for row in store.load_programs().itertuples():
        label, name = str(row.label), str(row.name)
        if label.isupper() and label.isalpha() and len(label) >= _FEW and label not in name:
            found.setdefault(label, (name, f"{escape(name)}."))
    return found


def in_full(document: Document) -> Document:
    """Return a report in which each abbreviation stands in full at first use or in the glossary.

    Notebooks that are no report of the suite stay as they are: their words are their author's.
    """
    if not _of_the_suite(document):
        return document
    reader = _Reader(meanings())
    front = _front(document, reader)
    if front:
        reader.seen(" ".join((front.scope, front.cover_lead, front.cover_note)))
    sections = []
    for section in document.sections:
        reader.seen(section.title)
        sections.append(replace(section, elements=[_element(each, reader) for each in section.elements]))
    return replace(document, front=front, sections=list(_with_glossary(sections, reader)))


def part_in_full(document: Document, blocks: Sequence[Block]) -> tuple[Document, list[Block], str]:
    """Return a report and some of its blocks as they are read below its head alone, abbreviations as in :func:`in_full`.

    The text, marked, says what those stand for that are used and cannot be written out; "" for none.
    """
    if not _of_the_suite(document):
        return document, list(blocks), ""
    reader = _Reader(meanings())
    headed = replace(document, front=_front(document, reader))
    read = [_block(block, reader) for block in blocks]
    listed = [
        f"{escape(name)}, {reader.meanings[name][1].rstrip('.')}"
        for name in sorted(reader.unexplained - reader.explained, key=str.lower)
    ]
    return headed, read, f"Abbreviations: {'; '.join(listed)}." if listed else ""


def _of_the_suite(document: Document) -> bool:
    return document.kind in {report.kind for report in SUITE}


def _front(document: Document, reader: _Reader) -> Front | None:
    front = document.front
    return replace(front, standfirst=reader.text(front.standfirst)) if front else None


@dataclass
class _Reader:
    """Reads texts in their order: what is explained by now, and what was used before it was."""

    meanings: Mapping[str, tuple[str, str]]
    explained: set[str] = field(default_factory=set)
    unexplained: set[str] = field(default_factory=set)
    _pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        names = "|".join(sorted(map(re.escape, set(self.meanings) - {"FY"}), key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![\w/.\-])(?P<article>\b[Aa]n? )?(?P<name>{names})(?![\w/])")

    def seen(self, text: str) -> None:
        """Take note of the abbreviations of a text that stays as it is."""
        names = {match["name"] for match in self._pattern.finditer(text)}
        names |= {"FY"} if _FISCAL_YEAR.search(text) else set()
        self.unexplained |= names - self.explained

    def text(self, text: str, is_marked: bool = False) -> str:
        """Return a text with the abbreviations that nothing has explained yet in full."""
        printed = [match.span() for match in _AS_PRINTED.finditer(text)]
        parts, position = [], 0
        for order, part in enumerate(_KEPT.split(text)):
            found = partial(self._written_out, position=position, printed=printed, is_marked=is_marked)
            parts.append(part if order % 2 else self._pattern.sub(found, part))
            position += len(part)
        if "(FY)" in text:
            self.explained.add("FY")
        if _FISCAL_YEAR.search(text):
            self.unexplained |= {"FY"} - self.explained
        return "".join(parts)

    def _written_out(
        self, match: re.Match[str], position: int, printed: list[tuple[int, int]], is_marked: bool
    ) -> str:
        name = match["name"]
        full = self.meanings[name][0]
        before, behind = match.string[: match.start()], match.string[match.end() :]
        if name in self.explained:
            return match[0]
        said = (
            before.lower().endswith(f"{full.lower()} (")
            or full.lower() in behind[: len(full) + _NEAR].lower()
        )
        if full and said:
            self.explained.add(name)
            return match[0]
        start = position + match.start()
        if (
            not full
            or any(first <= start < last for first, last in printed)
            or _part_of_a_name(before, behind)
        ):
            self.unexplained.add(name)
            return match[0]
        self.explained.add(name)
        if match["article"] or before.lower().endswith("the "):
            full = full.removeprefix("the ")
        if _starts_sentence(before) and not match["article"]:
            full = full[0].upper() + full[1:]
        article = match["article"] or ""
        if article:
            article = f"{article[0]}{'n' if full[0].lower() in 'aeiou' else ''} "
        opening, closing = ("[", "]") if before.count("(") > before.count(")") else ("(", ")")
        short = f"{opening}{name}{closing}"
        return f"{article}{full} {escape(short) if is_marked else short}"


def _starts_sentence(before: str) -> bool:
    return not before.strip() or bool(re.search(r"[.!?]\s+$", before))


def _part_of_a_name(before: str, behind: str) -> bool:
    """Return whether an abbreviation stands within a name or a compound: beside a word with a capital, or a hyphen."""
    if re.match(r"-|\s[A-Z0-9]", behind):
        return True
    last = re.search(r"(\S+)\s$", before)
    if not last or last[1] == "US" or not last[1][0].isupper() or not last[1][-1].isalnum():
        return False
    return not _starts_sentence(before[: last.start()])


def _element(element: Element, reader: _Reader) -> Element:
    content = element.content
    if isinstance(content, Text):
        reader.seen(marked.plain(content.tokens))
        return element
    return replace(element, content=_block(content, reader)) if isinstance(content, Block) else element


def _block(block: Block, reader: _Reader) -> Block:
    """Return a block with its texts read in the order in which they are shown."""
    match block:
        case Front():
            return block
        case KeyFacts():
            for fact in block.facts:
                reader.seen(f"{fact.label} {fact.unit} {fact.comparison}")
            return replace(block, note=reader.text(block.note, is_marked=True))
        case Findings():
            return replace(block, findings=tuple(_finding(each, reader) for each in block.findings))
        case Prose():
            return replace(block, text=reader.text(block.text, is_marked=True))
        case Box():
            reader.seen(block.lead)
            return replace(block, text=reader.text(block.text, is_marked=True))
        case Definitions():
            return replace(block, items=tuple(_item(term, text, reader) for term, text in block.items))
        case Exhibit():
            return _exhibit(block, reader)
    return block


def _finding(finding: Finding, reader: _Reader) -> Finding:
    lead = reader.text(finding.lead)
    return replace(finding, lead=lead, text=reader.text(finding.text, is_marked=True))


def _item(term: str, text: str, reader: _Reader) -> tuple[str, str]:
    if term in reader.meanings:
        reader.seen(text)
        return term, text
    reader.seen(term)
    return term, reader.text(text, is_marked=True)


def _exhibit(exhibit: Exhibit, reader: _Reader) -> Exhibit:
    title, subtitle = reader.text(exhibit.title), reader.text(exhibit.subtitle)
    for text in _fixed(exhibit):
        reader.seen(text)
    return replace(exhibit, title=title, subtitle=subtitle, note=reader.text(exhibit.note, is_marked=True))


def _fixed(exhibit: Exhibit) -> Iterator[str]:
    """Yield what an exhibit shows that is not written out: labels of a chart, heads of columns, short cells."""
    match exhibit:
        case Figure():
            yield from (re.sub(r"<[^>]*>", "", label) for label in _LABEL.findall(exhibit.wide))
        case Table():
            yield from (column.label for column in exhibit.columns)
            cells = {cell for row in exhibit.rows for cell in row if isinstance(cell, str)}
            yield from (cell for cell in cells if len(cell) <= _SHORT)


def _with_glossary(sections: list[Section], reader: _Reader) -> Iterator[Section]:
    """Yield the sections with a meaning for every abbreviation that was used before it was explained."""
    blocks = (block for section in sections for block in section.blocks() if isinstance(block, Definitions))
    glossaries = [block for block in blocks if any(term in reader.meanings for term, _ in block.items)]
    listed = {name for block in glossaries for term, _ in block.items for name in term.split(", ")}
    items = tuple(
        (name, reader.meanings[name][1]) for name in sorted(reader.unexplained - listed, key=str.lower)
    )
    home = next((s for name in SECTIONS for s in sections if s.anchor == name), None)
    for section in sections:
        if items and glossaries:
            elements = [
                replace(e, content=_longer(glossaries[-1], items)) if e.content is glossaries[-1] else e
                for e in section.elements
            ]
            yield replace(section, elements=elements)
        elif items and section is home:
            cell = section.elements[-1].cell if section.elements else 0
            more = (Text(tuple(parse(f"### {HEADING}"))), Definitions(items))
            yield replace(section, elements=[*section.elements, *(Element(each, cell) for each in more)])
        else:
            yield section


def _longer(glossary: Definitions, items: tuple[tuple[str, str], ...]) -> Definitions:
    anchors = (*glossary.anchors, *("" for _ in items)) if glossary.anchors else ()
    return replace(glossary, items=(*glossary.items, *items), anchors=anchors)
