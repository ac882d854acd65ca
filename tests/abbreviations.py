"""Abbreviations that a report uses before they are written out, and in no list of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from milaid.analysis.quality_coverage import PLACEHOLDERS
from milaid.blocks.block import Block, Box, Definitions, Exhibit, Findings, KeyFacts, Prose
from milaid.blocks.marked import parse, plain
from milaid.publish.files import document
from milaid.publish.files.in_full import meanings

NO_ABBREVIATIONS = frozenset(
    [
        "US",
        "USD",
        "COVID",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "CC",
        "BY",
        "NY",
        "GDP.MKTP.CD",
        "SP",
        "POP",
        "TOTL",
    ]
)
"""What every reader knows, numbers of sections, a licence, and the codes of the World Bank's series."""
AS_PRINTED = frozenset(word for text in PLACEHOLDERS for word in text.split())
"""What stands in a cell that says nothing; the data quality report lists it."""
_CAPITALS = re.compile(r"(?<![\w/.&-])(?:[A-Z]{2,}|DoD|DoS)(?![\w&-])")
_EXPLAINED = re.compile(r"[(\[]([A-Z][A-Za-z]+)[)\]]")


def running(block: Block) -> Iterator[str]:
    """Yield the sentences and titles of a block as they are shown, in their order."""
    match block:
        case KeyFacts():
            yield block.note
        case Findings():
            for finding in block.findings:
                yield from (finding.lead, finding.text)
        case Prose() | Box():
            yield block.text
        case Definitions():
            yield from (text for _, text in block.items)
        case Exhibit():
            yield from (block.title, block.subtitle, block.note)


def unexplained(report: document.Document, printed: frozenset[str]) -> list[str]:
    """Return abbreviations that stand before their explanation and in no list, each with its sentence."""
    listed = {
        part.strip() for block in report.blocks() if isinstance(block, Definitions) for term, _ in block.items
        for part in term.split(",")
    }  # fmt: skip
    known, found = set(listed | NO_ABBREVIATIONS | AS_PRINTED), []
    for block in report.blocks():
        for text in running(block):
            said = plain(parse(text))
            known |= set(_EXPLAINED.findall(said))
            names = set(_CAPITALS.findall(said)) - known - (printed - set(meanings()))
            found += [f"{name} in: {said[:200]}" for name in sorted(names)]
    return found


def printed_in(report: document.Document) -> frozenset[str]:
    """Return the words in capitals that the tables of a report give as documents print them."""
    return frozenset(name for exhibit in report.exhibits() for name in _CAPITALS.findall(exhibit.csv))
