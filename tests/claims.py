"""Every number that a report says, and the exhibit that has to show it: read from an executed notebook."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from pathlib import Path

import nbformat

from chart_labels import in_millions, values_of
from milaid.blocks.block import (
    PAYLOAD_MIME,
    Block,
    Box,
    Definitions,
    Exhibit,
    Findings,
    KeyFacts,
    Prose,
    from_payload,
)
from milaid.exhibits import misplaced
from milaid.tables import store
from number_words import in_figures

_NUMBER = re.compile(
    r"(?<![\w.,/])(?P<sign>[+−])?(?P<dollar>\$)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>%| percent| million| billion|m\b|bn\b)?(?![\d\w])"
)
_SCALES = {" million": 10**6, "m": 10**6, " billion": 10**9, "bn": 10**9}
_YEARS = re.compile(
    r"’\d\d\b|\bFY\d{4}(?:–(?:FY)?\d{2,4})?|\b(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?\b(?![,.]\d)"
)
_REFERENCE = re.compile(r"\[\[([^\]]+)\]\]")
_NO_FIGURES = re.compile(
    r"\^\[[^\]]*\]|\]\([^)]*\)|\b(?:Section|Sections|Title|version|page|pages|Part|Law) \d[\w.–]*|\d+ U\.S\.C\. \w+|[Ff]or each \$100\b|the first \d+\b|more than \d+ days|\bCOVID-19\b|Of fewer than \d+|\(file \d+\)|\b\d+ (?:October|September)\b"
)
"""Footnotes, addresses, names of laws, pages, the hundred dollars that a ratio is of, and limits that a rule sets."""
_LESS = re.compile(r"\b([Ll]ess than )0\.1%")
"""How a share above zero is said that rounds to it: the exhibit has to show one."""
_TWO_SECTIONS = re.compile(r"\bSection \d+ and \d{3,4}\b")
_MARKS = re.compile(r"\\([\\`*_{}\[\]<>#^|~$&+=.)-])")


@dataclass(frozen=True)
class Claim:
    """A text of a report, where it stands, and the keys of the exhibits that have to show its numbers."""

    place: str
    text: str
    refs: tuple[str, ...]
    in_millions: bool = False
    """Whether numbers stand below a head that says million dollars."""


@dataclass(frozen=True)
class Shown:
    """What an exhibit shows: the numbers and the texts of its CSV."""

    content: str

    @cached_property
    def rows(self) -> list[list[str]]:
        """The rows below the head."""
        return list(csv.reader(io.StringIO(self.content)))[1:]

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """All numbers, without their sign, and what can be counted.

        Counted are the rows, and in each column the values, those above zero, the different ones, and those that are equal.
        """
        found = set()
        for cell in (cell for row in self.rows for cell in row):
            try:
                value = Decimal(cell)
            except InvalidOperation:
                continue
            if value.is_finite():
                found.add(abs(value))
        columns = [[cell for cell in column if cell] for column in zip(*self.rows, strict=True)]
        counts = {len(self.rows), *map(len, columns), *(len(set(column)) for column in columns)}
        counts |= {sum(_is_above_zero(cell) for cell in column) for column in columns}
        # Several rows of one year count once: a title says in how many years a value is reached.
        cells = [(place, cell, row[0]) for row in self.rows for place, cell in enumerate(row)]
        for counted in (cells, set(cells)):
            counts |= set(Counter((place, cell) for place, cell, _ in counted).values())
        return frozenset(found | {Decimal(count) for count in counts})

    @cached_property
    def words(self) -> frozenset[str]:
        """All texts that hold a number, such as Section 1206 and Four other programs."""
        return frozenset(
            cell
            for row in self.rows
            for cell in row
            if re.search(r"\d", in_figures(cell)) and re.search(r"[^\d.,-]", cell)
        )


def _is_above_zero(cell: str) -> bool:
    try:
        return Decimal(cell) > 0
    except InvalidOperation:
        return False


def read(notebook: Path) -> list[tuple[str, Block]]:
    """Return the blocks of an executed notebook, each with the heading of the section it stands in."""
    section, found = "", []
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            section = cell.source.splitlines()[0].lstrip("# ")
        for output in cell.get("outputs", ()):
            payload = output.get("data", {}).get(PAYLOAD_MIME)
            if payload:
                found.append((section, from_payload(payload)))
    return found


def claims(blocks: Iterable[tuple[str, Block]]) -> Iterator[Claim]:
    """Yield titles, alt texts, labels of charts, findings, key facts and running text, with the exhibits that they lead to."""
    blocks = list(blocks)
    for section, block in blocks:
        match block:
            case Exhibit():
                for name in ("title", "alt"):
                    yield Claim(f"{block.key}.{name}", getattr(block, name), (block.key,))
                for name in ("wide", "narrow"):
                    if drawing := getattr(block, name, ""):
                        said_there = values_of(drawing)
                        yield Claim(f"{block.key}.{name}", said_there, (block.key,), in_millions(drawing))
            case Findings():
                for finding in block.findings:
                    yield Claim("finding", f"{finding.lead} {finding.text}", finding.refs)
            case KeyFacts():
                for fact in block.facts:
                    value = f"{fact.value} {fact.unit}".strip()
                    if value not in ("–", ".."):
                        yield Claim(f"fact: {fact.label}", f"{value} | {fact.comparison}", (fact.ref,))
            case Prose() | Box():
                here = tuple(
                    other.key for name, other in blocks if name == section and isinstance(other, Exhibit)
                )
                kind = type(block).__name__.lower()
                yield Claim(
                    f"{kind}: {section}",
                    block.text,
                    (*_REFERENCE.findall(block.text), *here, _listed(section)),
                )


@cache
def _own_sources() -> tuple[str, ...]:
    """Return what tables say of breaks and of rows that name another country; its numbers have their source there."""
    breaks = store.load_series_breaks()
    cases = misplaced.cases().to_dict("records")
    return (*breaks["description"], *breaks["label"], *map(misplaced.sentence, cases))


def said(text: str, names: Iterable[str] = ()) -> Iterator[tuple[str, Decimal, int]]:
    """Yield the numbers of a text: as written, the value, and the places after the point that it is rounded to.

    Years are left out, and what is part of a name; numbers in words are read like those in figures.
    """
    for known in _own_sources():
        text = text.replace(known, " ")
    plain = _MARKS.sub(r"\1", text)
    plain = _NO_FIGURES.sub(" ", _REFERENCE.sub(" ", _TWO_SECTIONS.sub(" ", plain)))
    for name in sorted(names, key=len, reverse=True):
        plain = plain.replace(name, " ")
    plain = in_figures(_LESS.sub(r"\g<1>0.0%", plain))
    for match in _NUMBER.finditer(_YEARS.sub(" ", plain)):
        figure = match["number"].replace(",", "")
        scale = _SCALES.get(match["unit"] or "", 1)
        decimals = len(figure.partition(".")[2])
        yield match[0].strip(), Decimal(figure) * scale, decimals - len(str(scale)) + 1


def missing(claim: Claim, exhibits: dict[str, Shown]) -> list[str]:
    """Return the numbers of a claim that none of its exhibits shows."""
    known = [exhibits[ref] for ref in claim.refs if ref in exhibits]
    names = [name for shown in known for name in shown.words]
    numbers = {number for shown in known for number in shown.numbers}
    return [
        written
        for written, value, decimals in said(claim.text, names)
        if not _is_among(value, decimals, numbers)
        and not (claim.in_millions and _is_among(value * 10**6, decimals - 6, numbers))
    ]


def _is_among(value: Decimal, decimals: int, numbers: Iterable[Decimal]) -> bool:
    step = Decimal(1).scaleb(-decimals)
    # The shown value is the number rounded half up, so that the number lies within half a step.
    return any(abs(number - value) <= step / 2 for number in numbers)


def shown_by(blocks: Iterable[tuple[str, Block]]) -> dict[str, Shown]:
    """Return what exhibits show by their key; a list of definitions, which has none, by the section it stands in."""
    found = {}
    for section, block in blocks:
        match block:
            case Exhibit():
                found[block.key] = Shown(block.csv)
            case Definitions():
                found[_listed(section)] = Shown(
                    "\n".join(["term", *(f'"{term}"' for term, _ in block.items)])
                )
    return found


def _listed(section: str) -> str:
    return f"definitions: {section}"


def unfounded(notebook: Path) -> list[tuple[Claim, list[str]]]:
    """Return the claims of a report with numbers that no exhibit they lead to shows."""
    blocks = read(notebook)
    exhibits = shown_by(blocks)
    found = ((claim, missing(claim, exhibits)) for claim in claims(blocks))
    return [(claim, numbers) for claim, numbers in found if numbers]
