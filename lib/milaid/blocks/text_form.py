"""Blocks as plain text, as a terminal shows them: title, data, note and sources.

Importing this module makes every block show itself this way too (:func:`milaid.blocks.block.show_as`).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from milaid.blocks import block as blocks
from milaid.blocks.cells import head_label, row_flags, shown
from milaid.blocks.marked_text import words
from milaid.blocks.numbering import Number

WIDTH = 100
"""Letters in a line of text; a table may be wider."""
MOST_ROWS = 24
_WIDEST_CELL = 44
_REFERENCE = re.compile(r"\[\[([^\[\]]+)\]\]")
_NUMERIC = re.compile(r"[+−-]?\$?[\d,]+(\.\d+)?%?( [a-z]+)?|–|\.\.|")


class _Unnumbered:
    """An exhibit that stands alone has no number, and names no other by one."""

    def number(self, key: str) -> Number | None:
        return None


def alone(marked: str) -> str:
    """Return marked text whose references name other exhibits in words: of one exhibit alone no other has a number."""
    return _REFERENCE.sub(lambda found: f"the exhibit “{found[1].replace('_', ' ')}”", marked)


def plain(marked: str) -> str:
    """Return marked text letter for letter, without markup."""
    return words(alone(marked), _Unnumbered())


def text_form(block: blocks.Block) -> str:
    """Return a block as text; of a long table the first rows, and how many there are."""
    match block:
        case blocks.Table():
            return _exhibit(block, _table(block))
        case blocks.Figure():
            head, *body = blocks.csv_rows(block.csv) or [[]]
            return _exhibit(block, _rows([head, *body[:MOST_ROWS]], len(body) - MOST_ROWS))
        case blocks.KeyFacts():
            facts = [f"{fact.value} {fact.unit}".strip() for fact in block.facts]
            lines = [
                [fact.label, value, fact.comparison] for fact, value in zip(block.facts, facts, strict=True)
            ]
            return _joined("Key facts", "", _aligned(lines), _notes(block.note, block.sources))
        case blocks.Findings():
            return "\n".join(_filled(f"{finding.lead} {plain(finding.text)}") for finding in block.findings)
        case blocks.Box():
            return _filled(f"{block.lead} {plain(block.text)}")
        case blocks.Prose():
            return _filled(plain(block.text))
        case blocks.Definitions():
            return "\n".join(_filled(f"{term}: {plain(meaning)}") for term, meaning in block.items)
        case blocks.Related():
            return "\n".join(label for label, _ in block.items)
        case blocks.Front():
            return _joined(block.title, block.standfirst, block.scope, "")
    return f"<{block.block}>"


def _exhibit(block: blocks.Exhibit, body: str) -> str:
    return _joined(block.title, block.subtitle, body, _notes(block.note, block.sources))


def _joined(title: str, subtitle: str, body: str, notes: str) -> str:
    head = "\n".join(_filled(line) for line in (title, subtitle) if line)
    return "\n\n".join(part for part in (head, body, notes) if part)


def _notes(note: str, sources: Sequence[blocks.Source]) -> str:
    lines = [f"Note: {plain(note)}"] if note.strip() else []
    named = "; ".join(f"{source.text} {source.url or ''}".strip() for source in sources)
    lines.append(f"{'Source' if len(sources) == 1 else 'Sources'}: {named}")
    return "\n".join(_filled(line) for line in lines)


def _filled(text: str) -> str:
    return "\n".join(textwrap.fill(line, WIDTH, break_on_hyphens=False) for line in text.splitlines())


def _table(block: blocks.Table) -> str:
    heads = [head_label(column) for column in block.columns]
    rows = list(zip(block.rows, block.roles, row_flags(block), strict=True))
    body = [
        [
            f"{shown(column, value, role)} {code}".rstrip() if role != "group" or not place else ""
            for place, (column, value, code) in enumerate(zip(block.columns, row, codes, strict=True))
        ]
        for row, role, codes in rows[:MOST_ROWS]
    ]
    return _rows([heads, *body], len(rows) - MOST_ROWS)


def _rows(rows: Sequence[Sequence[str]], left: int) -> str:
    """Return a head and the rows below it, and how many are ``left`` out."""
    text = _aligned(rows, head=True)
    return (
        f"{text}\n… and {left:,} more row{'s' if left > 1 else ''}: all are in .frame" if left > 0 else text
    )


def _aligned(rows: Sequence[Sequence[str]], head: bool = False) -> str:
    """Return rows as columns under each other, those of numbers to the right, with a rule below a head."""
    cut = [[_short(cell) for cell in row] for row in rows]
    columns = list(zip(*cut, strict=True))
    sizes = [max(map(len, column)) for column in columns]
    right = [all(_NUMERIC.fullmatch(cell) for cell in column[head:]) for column in columns]
    lines = [
        "  ".join(c.rjust(s) if r else c.ljust(s) for c, s, r in zip(row, sizes, right, strict=True)).rstrip()
        for row in cut
    ]
    if head:
        lines.insert(1, "  ".join("─" * size for size in sizes))
    return "\n".join(lines)


def _short(cell: str) -> str:
    one_line = " ".join(cell.split())
    return one_line if len(one_line) <= _WIDEST_CELL else f"{one_line[: _WIDEST_CELL - 1]}…"


def without_references(block: blocks.Block) -> blocks.Block:
    """Return a block that names other exhibits in words, to stand alone."""
    match block:
        case blocks.Exhibit():
            return replace(block, note=alone(block.note))
        case blocks.KeyFacts():
            facts = tuple(replace(fact, ref="") for fact in block.facts)
            return replace(block, facts=facts, note=alone(block.note))
        case blocks.Findings():
            findings = (replace(each, text=alone(each.text), refs=()) for each in block.findings)
            return replace(block, findings=tuple(findings))
        case blocks.Prose() | blocks.Box():
            return replace(block, text=alone(block.text))
        case blocks.Definitions():
            return replace(block, items=tuple((term, alone(meaning)) for term, meaning in block.items))
    return block


blocks.show_as("text/plain", text_form)
