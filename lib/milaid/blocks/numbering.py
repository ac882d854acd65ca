"""The numbers of exhibits: Figure 1, Table 1, and in the appendix Table A1, by order of appearance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from milaid import spelling
from milaid.blocks.block import Block, Box, Definitions, Exhibit, Findings, KeyFacts, Prose
from milaid.errors import ReportError

KEY_FACTS = "key-facts"


@dataclass(frozen=True)
class Number:
    """The number of one exhibit; ``kind`` is "Figure" or "Table", ``mark`` "1" or "A1"."""

    kind: str
    mark: str

    @property
    def label(self) -> str:
        """The number as shown, ``Figure 1``, with a space that does not break."""
        return f"{self.kind}\N{NO-BREAK SPACE}{self.mark}"

    @property
    def anchor(self) -> str:
        """The name for links and files: ``figure-1``, ``table-a1``."""
        return f"{self.kind}-{self.mark}".lower()


class References(Protocol):
    """What renderers ask for the number of a key; None where a reference is to stand as it is."""

    def number(self, key: str) -> Number | None: ...


def labelled(keys: Sequence[str], references: References) -> list[tuple[str, str]]:
    """Return keys with the label to show for each, the kind named once: Figures 2, 3, Table 1.

    The label is empty for a key that has no number yet.
    """
    numbers = [(key, references.number(key)) for key in keys]
    shown: list[tuple[str, str]] = []
    for _, group in groupby(numbers, key=lambda pair: pair[1].kind if pair[1] else None):
        members = list(group)
        for position, (key, number) in enumerate(members):
            if number is None or len(members) == 1:
                label = number.label if number else ""
            elif position == 0:
                label = f"{number.kind}s\N{NO-BREAK SPACE}{number.mark}"
            else:
                label = number.mark
            shown.append((key, label))
    return shown


class Numbering:
    """Numbers given to exhibits in the order they are added."""

    def __init__(self) -> None:
        self._numbers: dict[str, Number] = {}
        self._counts: Counter[tuple[str, bool]] = Counter()

    def add(self, exhibit: Exhibit) -> Number:
        """Return the number of an exhibit; a key that is known keeps its number."""
        if exhibit.key not in self._numbers:
            self._counts[exhibit.kind, exhibit.appendix] += 1
            count = self._counts[exhibit.kind, exhibit.appendix]
            self._numbers[exhibit.key] = Number(exhibit.kind, f"A{count}" if exhibit.appendix else str(count))
        return self._numbers[exhibit.key]

    def name(self, key: str, number: Number) -> None:
        """Give a key, of what is no exhibit, a number that is known."""
        self._numbers[key] = number

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def number(self, key: str) -> Number:
        """Return the number of a key; raises ReportError naming the nearest key."""
        if key not in self._numbers:
            raise ReportError(self.unknown(key))
        return self._numbers[key]

    def unknown(self, key: str) -> str:
        """Return what to say of a key that no exhibit has."""
        return f"no exhibit has the key {key!r}{spelling.hint_or_known(key, self._numbers)}"


def marked_texts(block: Block) -> list[str]:
    """Return the marked texts of a block, in reading order."""
    match block:
        case Exhibit() | KeyFacts():
            return [block.note]
        case Findings():
            return [finding.text for finding in block.findings]
        case Prose() | Box():
            return [block.text]
        case Definitions():
            return [meaning for _, meaning in block.items]
    return []


def with_references_shown(block: Block, shown: Container[str]) -> Block:
    """Return key facts or findings whose references lead only to exhibits that the report shows.

    The same facts and findings serve reports that show fewer exhibits, or none of a year that prints nothing for it.
    Other blocks come back as they are: what a text names must be there.
    """
    match block:
        case KeyFacts():
            facts = (replace(fact, ref=fact.ref if fact.ref in shown else "") for fact in block.facts)
            return replace(block, facts=tuple(facts))
        case Findings():
            findings = (
                replace(finding, refs=tuple(key for key in finding.refs if key in shown))
                for finding in block.findings
            )
            return replace(block, findings=tuple(findings))
    return block
