"""The tables of a report as one workbook (.xlsx): contents, a sheet for each exhibit, and how to read them."""

from __future__ import annotations

from collections.abc import Iterator

import milaid
from milaid.blocks.block import Exhibit, KeyFacts, Table
from milaid.blocks.marked_text import words
from milaid.blocks.sheets import WorkSheet
from milaid.blocks.workbook import workbook
from milaid.imprint import LICENCE
from milaid.publish.files.document import Document
from milaid.tables import counting


def render(document: Document) -> bytes:
    """Return the workbook of a document."""
    front = document.front
    about = [f"{front.series}. {front.kind}." if front else "", front.standfirst if front else ""]
    about.append(f"milaid version {milaid.__version__} of {milaid.__released__}. {LICENCE}.")
    return workbook(document.title, about, list(sheets_of(document)), counting.RULES)


def sheets_of(document: Document) -> Iterator[WorkSheet]:
    """Yield a sheet for the key facts and for each exhibit, in the order of the report."""
    for block in document.blocks():
        if isinstance(block, KeyFacts):
            note = words(block.note, document.numbering)
            yield WorkSheet("Key facts", "Key facts", "", note, "", block.sources, block.csv)
        elif isinstance(block, Exhibit):
            columns = block.columns if isinstance(block, Table) else ()
            yield WorkSheet(
                document.numbering.number(block.key).label.replace("\N{NO-BREAK SPACE}", " "),
                block.title,
                block.subtitle,
                words(block.note, document.numbering),
                block.alt,
                block.sources,
                block.csv,
                frozenset(column.name for column in columns if column.kind == "text"),
            )
