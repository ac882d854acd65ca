"""What several notes of a report say in the same words, or explain at length, stands once, as a rule under Data and method.

Exhibits of a notebook carry their whole note, as each of them may be shown alone. A page and its print show all of
them: there a note keeps what is its own and names the rules it shares, and a source that several exhibits have is given
by its first words, with the whole line once beside the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import pairwise

from milaid import flags
from milaid.blocks.block import Block, Box, Definitions, Exhibit, KeyFacts, Prose, Source, escape
from milaid.blocks.marked_cells import parse
from milaid.blocks.numbering import KEY_FACTS, Number
from milaid.blocks.targets import is_web_address
from milaid.blocks.words import and_list
from milaid.publish.files.document import Document, Element, Section, Text

SECTION = "section-data-and-method"
"""The section in which the rules stand; a document without it keeps its notes as they are."""

_HEADING = "### Rules of the figures and tables"
_ENDS = re.compile(r"(?<=[.”])\s+(?=[A-Z0-9*“–]|[a-z] )")
_ABBREVIATED = re.compile(r"(?:\bU\.S\.C|\bU\.S|\bSec|\bVol|\bNo|\bp|\bpp|\bSt)\.$")
_LEANS = re.compile(
    r"(It|A recipient that it|They|Its|Their|These|Those|This|That|There|The two(?! panels)|The others?|Others|Both|So|Such|Here)\b"
)
"""How a sentence begins that is not to be read without the one before it."""


_LEGEND = tuple(f"{letter} {meaning}" for letter, meaning in flags.MEANINGS.items())
"""How the legend of the letters of a table begins, which stays below it."""
_LONG = 20
"""Words from which on an explanation stands with the rules, also where one exhibit alone needs it."""
_PART = ", "


@dataclass(frozen=True)
class _Shared:
    """A source of several exhibits: what each of them says of it, "" for nothing, and the marked whole of it."""

    short: str
    whole: str


@dataclass(frozen=True)
class _Rule:
    text: str
    keys: tuple[str, ...]


def said_once(document: Document) -> Document:
    """Return a document in which what several notes say is a rule of its own, and long sources stand once."""
    section = next((s for s in document.sections if s.anchor == SECTION), None)
    method = (
        next((e for e in section.elements if isinstance(e.content, Definitions)), None) if section else None
    )
    if section is None or method is None:
        return document
    explained = " ".join(_explaining(document))
    numbering = deepcopy(document.numbering)
    rules = _rules(document, explained)
    for position, _ in enumerate(rules, start=1):
        numbering.name(_key(position), Number("Rule", str(position)))
    sources = _shared_sources(document)
    shortened = [
        replace(s, elements=[_shortened(e, rules, explained, sources) for e in s.elements])
        for s in document.sections
    ]
    listed = _listed(rules, sources)
    sections = [
        replace(s, elements=list(_with_rules(s, method.cell, listed))) if s.anchor == SECTION else s
        for s in shortened
    ]
    return replace(document, sections=sections, numbering=numbering)


def _key(position: int) -> str:
    return f"rule-{position}"


def _noted(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the key and the note of all that has one."""
    for block in document.blocks():
        if isinstance(block, Exhibit | KeyFacts):
            yield _key_of(block), block.note


def _key_of(block: Exhibit | KeyFacts) -> str:
    return block.key if isinstance(block, Exhibit) else KEY_FACTS


def _explaining(document: Document) -> Iterator[str]:
    """Yield the texts that explain how the numbers are to be read."""
    for block in document.blocks():
        if isinstance(block, Definitions):
            yield from (meaning for _, meaning in block.items)
        elif isinstance(block, Box | Prose):
            yield block.text


def units(note: str) -> list[str]:
    """Return the parts of a note that can stand alone: sentences, each with those that lean on it."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", note.strip()):
        for sentence in _ENDS.split(" ".join(paragraph.split())):
            leans = found and (_LEANS.match(sentence) or _ABBREVIATED.search(found[-1]))
            if leans:
                found[-1] = f"{found[-1]} {sentence}"
            elif sentence:
                found.append(sentence)
    return found


def _rules(document: Document, explained: str) -> list[_Rule]:
    """Return what several notes share, in the order in which it is first said; what is said together stays together."""
    keys: dict[str, list[str]] = {}
    for key, note in dict(_noted(document)).items():
        for unit in units(note):
            keys.setdefault(unit, []).append(key)
    rules: list[_Rule] = []
    for unit, of in keys.items():
        if unit in explained or unit.startswith(_LEGEND) or (len(set(of)) < 2 and not _defines(unit)):
            continue
        if rules and rules[-1].keys == tuple(of):
            rules[-1] = _Rule(f"{rules[-1].text} {unit}", tuple(of))
        else:
            rules.append(_Rule(unit, tuple(of)))
    return rules


def _defines(unit: str) -> bool:
    """Return whether a part of a note explains at length how numbers are made, and has none itself."""
    return len(unit.split()) >= _LONG and not any(character.isdigit() for character in unit)


def _own_note(key: str, note: str, rules: list[_Rule], explained: str) -> str:
    """Return a note without what its rules and the explanations say, and the numbers of its rules."""
    shared = {unit for rule in rules if key in rule.keys for unit in units(rule.text)}
    own = " ".join(unit for unit in units(note) if unit not in shared and unit not in explained)
    numbers = [f"[[{_key(position)}]]" for position, rule in enumerate(rules, start=1) if key in rule.keys]
    named = f"{', '.join(numbers)}." if numbers else ""
    return f"{own} {named}".strip()


def _shared_sources(document: Document) -> dict[str, _Shared]:
    """Return by its whole line each source whose first words several exhibits have, and each that always follows one."""
    noted = {_key_of(block): block for block in document.blocks() if isinstance(block, Exhibit | KeyFacts)}
    lists = [block.sources for block in noted.values()]
    followers = _followers(lists)
    groups: dict[str, list[Source]] = {}
    for source in (source for sources in lists for source in sources if source.text not in followers):
        groups.setdefault(source.text.split(_PART)[0], []).append(source)
    shared = {}
    for found in groups.values():
        if len(found) > 1:
            lines = [source.text.rstrip(".").split(_PART) for source in found]
            common = [part for part in lines[0] if all(part in line for line in lines)]
            whole = _linked(_PART.join(common), found[0].url)
            for source, line in zip(found, lines, strict=True):
                own = (part for part in line[1:] if part not in common)
                shared[source.text] = _Shared(_PART.join([line[0], *own]), whole)
    for text, (leader, source) in followers.items():
        led = shared[leader]
        shared[leader] = replace(led, whole=f"{led.whole}; {_linked(source.text, source.url)}")
        shared[text] = _Shared("", "")
    return {text: source for text, source in shared.items() if source.short != text}


def _followers(lists: Sequence[tuple[Source, ...]]) -> dict[str, tuple[str, Source]]:
    """Return the sources that stand behind one and the same other wherever either stands: the first of all and itself."""
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    sources: dict[str, Source] = {}
    for found in lists:
        for one, other in pairwise((None, *found, None)):
            if other:
                before.setdefault(other.text, set()).add(one.text if one else "")
                sources[other.text] = other
            if one:
                after.setdefault(one.text, set()).add(other.text if other else "")
    leaders: dict[str, str] = {}
    for text in sources:
        [*previous] = before[text]
        if len(lists) > 1 and len(previous) == 1 and previous[0] and after[previous[0]] == {text}:
            leaders[text] = leaders.get(previous[0], previous[0])
    uses = Counter(source.text for found in lists for source in found)
    return {text: (leader, sources[text]) for text, leader in leaders.items() if uses[leader] > 1}


def _shortened(element: Element, rules: list[_Rule], explained: str, sources: dict[str, _Shared]) -> Element:
    block = element.content
    if not isinstance(block, Exhibit | KeyFacts):
        return element
    key = _key_of(block)
    shown: dict[str, Source] = {}
    for source in block.sources:
        short = sources[source.text].short if source.text in sources else source.text
        if short:
            shown.setdefault(short, replace(source, text=short))
    changed = replace(block, note=_own_note(key, block.note, rules, explained), sources=tuple(shown.values()))
    return replace(element, content=changed)


def _listed(rules: list[_Rule], sources: dict[str, _Shared]) -> list[Block]:
    """Return the rules with the exhibits each holds for, and the sources."""
    items = [
        (f"Rule {position}", f"{rule.text} {_holds_for(rule.keys)}")
        for position, rule in enumerate(rules, start=1)
    ]
    anchors = [_key(position) for position, _ in enumerate(rules, start=1)]
    for whole, source in {source.whole: source for source in sources.values() if source.whole}.items():
        items.append((source.short.split(_PART)[0], f"{whole}."))
        anchors.append("")
    return [Definitions(tuple(items), anchors=tuple(anchors))] if items else []


def _holds_for(keys: tuple[str, ...]) -> str:
    named = ["the key facts" if key == KEY_FACTS else f"[[{key}]]" for key in keys]
    return f"({and_list(named)}.)"


def _linked(line: str, url: str | None) -> str:
    return f"[{escape(line)}]({url})" if is_web_address(url) else escape(line)


def _with_rules(section: Section, cell: int, listed: list[Block]) -> Iterator[Element]:
    """Yield the elements of the section with the rules behind its first definitions."""
    for element in section.elements:
        yield element
        if listed and isinstance(element.content, Definitions):
            yield Element(Text(tuple(parse(_HEADING))), cell)
            yield from (Element(block, cell) for block in listed)
            listed = []
