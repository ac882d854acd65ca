"""The blocks of a report as Typst, for the PDF.

The markup calls the functions of ``exhibits.typ``; :func:`preamble` returns them with the colours they use.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from pathlib import Path

from milaid.blocks import block as blocks
from milaid.blocks import palette, typst_table
from milaid.blocks.cells import fact_columns, left_out_in_words, printed
from milaid.blocks.drawing import view_box_of
from milaid.blocks.glyphs import string
from milaid.blocks.marked_typst import TypstWriter, text
from milaid.blocks.numbering import KEY_FACTS, Number, labelled
from milaid.blocks.targets import is_web_address
from milaid.blocks.words import as_sentence
from milaid.errors import ReportError

TALLEST_FIGURE = 560.0
"""The height of a figure that still fits on a page with its title and notes, in points."""


@cache
def preamble() -> str:
    """Return the Typst definitions that the markup of blocks relies on."""
    colours = ", ".join(f'"{role}": rgb("{light}")' for role, (light, _) in palette.ROLES.items())
    return (
        f"#let palette = ({colours})\n{Path(__file__).with_name('exhibits.typ').read_text(encoding='utf-8')}"
    )


def render(block: blocks.Block, writer: TypstWriter, full: float = typst_table.FULL_WIDTH) -> str:
    """Return a block as Typst, exhibits ``full`` points wide; raises ReportError for what is not known."""
    match block:
        case blocks.Figure():
            return _figure(block, writer, full)
        case blocks.Table():
            return _table(block, writer, full)
        case blocks.KeyFacts():
            return _key_facts(block, writer)
        case blocks.Findings():
            return _findings(block, writer)
        case blocks.Prose():
            return f"#text-column[{writer.blocks(block.text)}];\n"
        case blocks.Box():
            lead = f"#lead({string(as_sentence(block.lead))});"
            return f"#note-box[{writer.blocks(block.text, lead)}];\n"
        case blocks.Definitions():
            return _definitions(block, writer)
        case blocks.Related():
            return _related(block, writer)
    raise ReportError(f"no Typst for a block of kind {type(block).__name__}")


def _number(block: blocks.Exhibit, writer: TypstWriter) -> Number:
    number = writer.references.number(block.key)
    if number is None:
        raise ReportError(f"exhibit {block.key!r} has no number")
    return number


def _head(block: blocks.Exhibit, writer: TypstWriter, sticky: bool = False) -> str:
    number = _number(block, writer)
    anchor = writer.place_of(number.anchor)
    return (
        f"exhibit-head({string(anchor)}, {writer.depth + 1}, {string(number.label)}, "
        f"{string(block.title)}, {string(block.subtitle)}, sticky: {'true' if sticky else 'false'}"
        f"{'' if anchor == number.anchor else ', again: true'})"
    )


def _notes(note: str, sources: tuple[blocks.Source, ...], writer: TypstWriter, left_out: str = "") -> str:
    """Return the note and the source line below an exhibit, behind a line on rows that are left out."""
    lines = [f"[*In print:* #{string(left_out)};]"] if left_out else []
    if note.strip():
        first, *others = [part for part in re.split(r"\n\s*\n", note.strip()) if part]
        lines.append(f"[*Note:* {writer.inline(first)}]")
        lines += [f"[{writer.inline(part)}]" for part in others]
    parts = []
    for source in sources:
        shown = text(source.text.rstrip("."))
        parts.append(f"#link({string(source.url or '')})[{shown}];" if is_web_address(source.url) else shown)
    lines.append(f"[*{'Source:' if len(sources) == 1 else 'Sources:'}* {'; '.join(parts)}.]")
    return f"exhibit-notes({', '.join(lines)})"


def _figure(block: blocks.Figure, writer: TypstWriter, full: float) -> str:
    _, _, width, height = view_box_of(block.wide)
    shown_width = min(full, TALLEST_FIGURE * width / height)
    file = writer.asset("svg", block.wide.encode("utf-8"))
    picture = f"picture({string(file)}, {string(block.alt)}, width: {shown_width:.2f}pt)"
    return f"#exhibit({_head(block, writer)}, {picture}, {_notes(block.note, block.sources, writer)});\n"


def _table(block: blocks.Table, writer: TypstWriter, full: float) -> str:
    notes = _notes(
        block.note, block.sources, writer, left_out_in_words(block, f"{_number(block, writer).anchor}.csv")
    )
    shown = printed(block)
    if typst_table.is_long(shown):
        body = typst_table.table(shown, full, notes)
        return f"#long-exhibit({_head(block, writer, sticky=True)}, [{body}]);\n"
    return f"#exhibit({_head(block, writer)}, [{typst_table.table(shown, full)}], {notes});\n"


def _key_facts(block: blocks.KeyFacts, writer: TypstWriter) -> str:
    facts = []
    for fact in block.facts:
        ref = f"[{writer.reference(fact.ref)}]" if fact.ref else "none"
        facts.append(
            f"(value: {string(fact.value)}, unit: {string(fact.unit)}, label: {string(fact.label)}, "
            f"comparison: {string(fact.comparison)}, ref: {ref}),\n"
        )
    columns = 2 if len(facts) <= 4 else fact_columns(len(facts))
    notes = _notes(block.note, block.sources, writer)
    name = writer.place_of(KEY_FACTS)
    anchor = f"[#metadata({string(name)}) <{name}>]"
    return f"#{anchor};#key-facts({columns}, ({''.join(facts)}), {notes});\n"


def _definitions(block: blocks.Definitions, writer: TypstWriter) -> str:
    rows = []
    for (term, meaning), anchor in zip_longest(block.items, block.anchors):
        named = f"#metadata({string(anchor)}) <{writer.place_of(anchor)}>" if anchor else ""
        rows.append(f"({string(term)}, [{named}{writer.blocks(meaning)}]),\n")
    return f"#definitions({''.join(rows)});\n"


def _related(block: blocks.Related, writer: TypstWriter) -> str:
    """Return the reports of a list that are part of the suite by name, "" for none."""
    labels = [label for label, place in block.items if writer.links.address(place)]
    return f"#related({', '.join(map(string, labels))});\n" if labels else ""


def references(keys: tuple[str, ...], writer: TypstWriter) -> str:
    """Return linked numbers, each kind named once: Figures 2, 3, Table 1."""
    return ", ".join(writer.reference(key, label) for key, label in labelled(keys, writer.references))


def _findings(block: blocks.Findings, writer: TypstWriter) -> str:
    items = []
    for finding in block.findings:
        refs = f" #refs[#box[{references(finding.refs, writer)}];];" if finding.refs else ""
        items.append(f"[#lead({string(as_sentence(finding.lead))}); {writer.inline(finding.text)}{refs}],\n")
    return f"#findings({''.join(items)});\n"
