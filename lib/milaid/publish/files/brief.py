"""What of a report stands in its brief: its key facts, first findings, two figures and a table, as they are in the report.

Nothing is computed, and nothing worded anew but that abbreviations stand in full where the brief first uses them. Which exhibits these are is said by the kind of report
(:class:`milaid.publish.registry.report.Report`); of their notes a brief keeps what is not said elsewhere in it, and what
several of them say stands once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from milaid.blocks.block import (
    Block,
    Box,
    Exhibit,
    Figure,
    Finding,
    Findings,
    KeyFacts,
    Prose,
    Source,
    Table,
    escape,
)
from milaid.blocks.cells import plain_rows, printed, with_rows
from milaid.blocks.targets import Links
from milaid.blocks.typst_table import DENSE_COLUMNS
from milaid.blocks.words import counted
from milaid.publish.files.document import Document
from milaid.publish.files.in_full import part_in_full
from milaid.publish.files.said_once import units

MOST_FINDINGS = 5
MOST_ROWS = 10
_FIGURES = 2
_YEAR = re.compile(r"(FY)?\d{4}")
Kind = TypeVar("Kind", bound=Block)
_MOST_WORDS = 70
"""Words of a note that stand below an exhibit; the whole of a longer one is in the report."""


@dataclass(frozen=True)
class Brief:
    """The parts of a brief, in the order in which they stand.

    Notes of key facts and exhibits are shortened to what is their own; ``notes`` are marked texts that hold for several
    of them, ``citation`` is that of the report as marked text, "" where it gives none.
    """

    document: Document
    key_facts: KeyFacts | None
    findings: tuple[Finding, ...]
    figures: tuple[Figure, ...]
    table: Table | None
    how_to_read: Box | None
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    citation: str

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the exhibits that it shows."""
        return frozenset(e.key for e in (*self.figures, self.table) if e is not None)


def choose(document: Document, wanted: Sequence[str]) -> Brief:
    """Return the brief of a document; ``wanted`` are keys of exhibits, those to be shown first in front."""
    there = {exhibit.key: exhibit for exhibit in document.exhibits()}
    found = [there[key] for key in wanted if key in there]
    figures = islice((exhibit for exhibit in found if isinstance(exhibit, Figure)), _FIGURES)
    tables = (exhibit for exhibit in found if isinstance(exhibit, Table))
    # What must be set very small to fit is not to be read beside a text.
    table = next((table for table in tables if len(table.columns) < DENSE_COLUMNS), None)
    findings = _first(document, Findings)
    box = _first(document, Box)
    shown: list[KeyFacts | Exhibit] = [
        block for block in (_first(document, KeyFacts), *figures, table) if block is not None
    ]
    shared, own = _notes(shown, box.text if box else "")
    blocks = [replace(block, note=note) for block, note in zip(shown, own, strict=True)]
    told = Findings(findings.findings[:MOST_FINDINGS] if findings else ())
    order = [
        *(b for b in blocks if isinstance(b, KeyFacts)),
        told,
        *(b for b in blocks if isinstance(b, Exhibit)),
    ]
    headed, read, abbreviations = part_in_full(
        document,
        [*map(_as_shown, order), *([box] if box else []), *(Prose(note) for note in shared)],
    )
    return Brief(
        document=headed,
        key_facts=_of(read, KeyFacts),
        findings=next(block for block in read if isinstance(block, Findings)).findings,
        figures=tuple(block for block in read if isinstance(block, Figure)),
        table=_whole(_of(read, Table), table),
        how_to_read=_of(read, Box),
        notes=(
            *(block.text for block in read if isinstance(block, Prose)),
            *([abbreviations] if abbreviations else []),
        ),
        sources=tuple({source.text: source for block in shown for source in block.sources}.values()),
        citation=_citation(document),
    )


def _first(document: Document, kind: type[Kind]) -> Kind | None:
    return _of(document.blocks(), kind)


def _of(blocks: Iterable[Block], kind: type[Kind]) -> Kind | None:
    return next((block for block in blocks if isinstance(block, kind)), None)


def _as_shown(block: Block) -> Block:
    """Return a block as readers see it: a table with the rows that stand in a brief."""
    return short_table(block, MOST_ROWS) if isinstance(block, Table) else block


def _whole(shown: Table | None, table: Table | None) -> Table | None:
    """Return the whole of a table with the texts of what is shown of it."""
    if shown is None or table is None:
        return None
    return replace(table, title=shown.title, subtitle=shown.subtitle, note=shown.note)


def _notes(shown: Sequence[KeyFacts | Exhibit], explained: str) -> tuple[tuple[str, ...], list[str]]:
    """Return what the notes of several blocks say, and of each block what is its own; not what is ``explained``."""
    parts = [[unit for unit in units(block.note) if not _is_in(unit, explained)] for block in shown]
    counts = Counter(unit for of_block in parts for unit in dict.fromkeys(of_block))
    shared = tuple(unit for unit, count in counts.items() if count > 1)
    return shared, [_shortened([unit for unit in of_block if unit not in shared]) for of_block in parts]


def _is_in(unit: str, text: str) -> bool:
    return unit.rstrip(".").casefold() in text.casefold()


def _shortened(note: Sequence[str]) -> str:
    """Return the first parts of a note that are not too long together, and that there are more."""
    kept: list[str] = []
    for unit in note:
        if sum(len(each.split()) for each in (*kept, unit)) > _MOST_WORDS:
            return " ".join([*kept, "The report has the whole note." if not kept else "More in the report."])
        kept.append(unit)
    return " ".join(kept)


def _citation(document: Document) -> str:
    """Return how the report is to be cited: the text of it that begins with its title, without what follows."""
    start = f"*{escape(document.title)}*."
    texts = (block.text for block in document.blocks() if isinstance(block, Prose))
    return next((text.partition("\n\n")[0] for text in texts if text.startswith(start)), "")


def short_table(table: Table, rows: int) -> Table:
    """Return a table of its first ``rows`` plain rows and its total; of years, which end with the newest, the last rows."""
    if plain_rows(table) <= rows:
        return replace(table, pdf_rows=None)
    roles = table.roles or ("",) * len(table.rows)
    # "All other" would seem to sum up what is left out here.
    kept = [position for position, role in enumerate(roles) if role != "other"]
    if _ends_with_newest(table):
        plain = [position for position in kept if roles[position] == ""]
        kept = [position for position in kept if position >= plain[-rows] or roles[position] == "total"]
    return printed(replace(with_rows(table, kept), pdf_rows=rows))


def _ends_with_newest(table: Table) -> bool:
    names = [
        str(row[0])
        for row, role in zip(table.rows, table.roles or ("",) * len(table.rows), strict=True)
        if role == ""
    ]
    return (
        "group" not in table.roles and all(_YEAR.fullmatch(name) for name in names) and names == sorted(names)
    )


def left_out(table: Table, rows: int, label: str) -> str:
    """Return which rows of a table ``label`` of the report the brief shows, "" for all."""
    count = plain_rows(table)
    if count <= rows:
        return ""
    which = "last" if _ends_with_newest(table) else "first"
    total = " The total is that of all rows." if "total" in table.roles else ""
    return f"The {which} {counted(rows, 'row').removeprefix('1 ')} of {count}; {label} of the report has all.{total}"


@dataclass(frozen=True)
class BesideReport(Links):
    """Links from the brief, which lies beside its report; ``page`` is the file of the report's page, "" for none."""

    page: str = ""

    def address(self, target: str | None) -> str | None:
        """Return the address to follow from the brief; None where the text is to stand plain."""
        place, mark, part = (target or "").partition("#")
        if target and place == self.place:
            return f"{self.page}{mark}{part}" if self.page else None
        return super().address(target)


def links_of(document: Document, formats: Collection[str]) -> BesideReport:
    """Return the links of the brief of a document that is made in some formats."""
    place = document.links.place
    page = f"{place.rpartition('/')[2]}.html" if place and "html" in formats else ""
    return BesideReport(place, document.links.linked, page)
