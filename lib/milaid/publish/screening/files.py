"""What came of a list of units, as files: every candidate as CSV, the first of them as a workbook and a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, TextIO

import milaid
from milaid.analysis.name_search import LEAST_SCORE, SEARCH_RULE
from milaid.analysis.screening import FOUND, MOST_CANDIDATES, MOST_SPELLINGS, Candidate, Screened
from milaid.blocks.block import Box, Column, Source, Table
from milaid.blocks.csv_form import harmless
from milaid.blocks.numbering import Numbering
from milaid.blocks.sheets import WorkSheet
from milaid.blocks.workbook import workbook
from milaid.exhibits.subject import COUNTING_NOTE
from milaid.publish.files import page
from milaid.publish.files.document import Document, Element, Section
from milaid.tables import counting

COLUMNS = (
    Column("line", "Line", "rank"),
    Column("name", "Name in the list"),
    Column("searched_in", "Searched in"),
    Column("result", "Result"),
    Column("spellings", "Spellings that fit", "integer"),
    Column("candidate", "Candidate", "rank"),
    Column("score", "Score", "decimal"),
    Column("unit", "Unit as printed"),
    Column("recipient", "Recipient"),
    Column("fiscal_years", "Fiscal years"),
    Column("participants", "Participants", "integer"),
    Column("activities", "Activities", "integer"),
    Column("other_spellings", "Other spellings"),
    Column("pages", "Pages"),
    Column("row_ids", "Rows"),
    Column("note", "What to know"),
)
_ON_THE_PAGE = (
    "line", "name", "searched_in", "result", "score", "unit", "recipient", "fiscal_years", "participants", "other_spellings",
    "pages",
)  # fmt: skip
MOST_IN_THE_WORKBOOK, MOST_ON_THE_PAGE = 5_000, 1_000
"""Rows; the CSV file has all."""

NOT_CLEARANCE = (
    "This is a search in what the reports print, not a vetting of any unit. “No candidate found” says that no printed name "
    "is like the name in the list; it is not evidence that no training took place. The reports leave out Foreign Military "
    "Sales, most members of NATO, Australia, Japan, New Zealand and classified activities. The editions for fiscal years 1999 and 2000 "
    "print no units, many activities of other years name none or only a service such as “Army”, and units are renamed and "
    "translated. A candidate may be another unit of a similar name: open the page, and compare country, year and course "
    "before you conclude anything."
)
"""What every file of a screening says before its results."""


_cells = attrgetter(*(each.name for each in fields(Candidate)))


def rows_of(screened: Screened) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of an entry in the order of :data:`COLUMNS`: one a candidate, one where there is none."""
    entry = screened.entry
    start = (
        entry.line,
        entry.name,
        entry.recipient or "all recipients",
        screened.outcome,
        screened.spellings,
    )
    note = entry.note
    if screened.spellings > MOST_SPELLINGS:
        general = f"{screened.spellings:,} spellings fit: the name is too general; candidates are of the first {MOST_SPELLINGS}"
        note = ". ".join(filter(None, (note, general)))
    for number, candidate in enumerate(screened.candidates, start=1):
        yield (*start, number, *_cells(candidate), note)
    if not screened.candidates:
        yield (*start, *[None] * 10, note)


def write_csv(rows: Iterable[tuple[Any, ...]], stream: TextIO) -> Iterator[tuple[Any, ...]]:
    """Write rows into a file as they come, and yield them again."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
        yield row


def render_workbook(
    title: str, about: Sequence[str], rows: Sequence[tuple[Any, ...]], sources: tuple[Source, ...]
) -> bytes:
    """Return the rows as a workbook; what they do not say stands on its first sheet and above the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows(rows)
    named = frozenset(column.name for column in COLUMNS if column.kind == "text")
    sheet = WorkSheet("Candidates", title, _SUBTITLE, NOT_CLEARANCE, _ALT, sources, text.getvalue(), named)
    version = f"milaid version {milaid.__version__} of {milaid.__released__}."
    reading = (("Score", SEARCH_RULE), ("Result", NOT_CLEARANCE), *counting.RULES)
    return workbook(title, [*about, NOT_CLEARANCE, version], [sheet], reading)


def render_page(
    title: str, about: Sequence[str], rows: Sequence[tuple[Any, ...]], sources: tuple[Source, ...]
) -> str:
    """Return the rows as a page that loads nothing from elsewhere."""
    places = [position for position, column in enumerate(COLUMNS) if column.name in _ON_THE_PAGE]
    shown = tuple(tuple(row[place] for place in places) for row in rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([[COLUMNS[place].name for place in places], *shown])
    table = Table(
        key="candidates",
        title="Candidates, entry by entry",
        subtitle=_SUBTITLE,
        alt=_ALT,
        note=f"{SEARCH_RULE} {COUNTING_NOTE}",
        sources=sources,
        csv=text.getvalue(),
        columns=tuple(COLUMNS[place] for place in places),
        rows=shown,
        roles=tuple("" for _ in shown),
    )
    numbering = Numbering()
    numbering.add(table)
    blocks = (Box("What this is not", NOT_CLEARANCE), Box("What was asked", " ".join(about)), table)
    section = Section(elements=[Element(block, number) for number, block in enumerate(blocks)])
    return page.render(Document(title, "en", None, [section], numbering))


_SUBTITLE = (
    f"Up to {MOST_CANDIDATES} candidates of each name, best first; the score is from {LEAST_SCORE:.0f} to 100. "
    f"“{FOUND.capitalize()}” means that printed names are alike, not that they are the same unit."
)
_ALT = (
    "Table of the names of the list with candidates among the printed units, their years, people and pages."
)
