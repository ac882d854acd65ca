"""Layout of the edition 2006-2007: one web page a region, with one table of eight columns.

A country's name stands alone in its row. A program begins with a heading (``IMET - FY 2006 DoS Training``) and
the names of the columns, and ends with its total; a row with the country's total ends the country.

A title that was too long for its line has its first words alone in the row above. Below it the column of
the titles stands lower than the others, so that the total of the program falls on the last rows: its words,
people and dollars take the place of the title, the people and the dollars of an activity, of which place,
units and days are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from milaid.sources.fmtr.hypertext import Hypertext
from milaid.sources.fmtr.parsed import LayoutMismatch, ParsedDocument, PrintedTotal
from milaid.sources.fmtr.position import Position

MEDIUM = "HTML"
NAME = "web page with program tables (2006-2007)"

_TITLE = re.compile(r"^IV\. Country Training Activities--(?P<region>.+)$")
_HEADING = re.compile(r"^(?P<program>.+?) - FY (?P<year>\d{4}) (?P<funder>.+?) Training$")
_PROGRAM_TOTAL = re.compile(r"^FY (?P<year>\d{4}) Program Totals?$")
_COUNTRY_TOTAL = re.compile(r"^(?P<country>.+?) FY (?P<year>\d{4}) Totals?$")
_HEAD = [
    "Course Title",
    "Students",
    "Location",
    "Student's Unit",
    "US Units",
    "Total Cost",
    "Start Date",
    "End Date",
]
_NAMES = ("course_title", "quantity", "location", "student_unit", "us_unit", "cost", "start_date", "end_date")
_OVERPRINTED = ("location", "student_unit", "us_unit", "start_date", "end_date")


@dataclass(slots=True)
class _State(Position):
    """Where the reader is, whether the names of the columns stand above, and the first words of the next title."""

    below_head: bool = False
    begun_title: list[str] = field(default_factory=list)


def recognises(page: Hypertext) -> bool:
    """Return whether a page is of this layout: by its title and a program heading."""
    return _TITLE.match(page.title) is not None and any(row and _HEADING.match(row[0]) for row in page.rows)


def parse(page: Hypertext) -> ParsedDocument:
    """Read activities and printed totals; raises LayoutMismatch with the row where it cannot."""
    title = _TITLE.match(page.title)
    headings = (_HEADING.match(row[0]) for row in page.rows if row)
    years = sorted({int(match["year"]) for match in headings if match})
    if title is None or len(years) != 1:
        raise LayoutMismatch(1, f"headings of one fiscal year, not of {years}")
    parsed = ParsedDocument(years[0], frozenset(_NAMES))
    state = _State(years[0], title["region"])
    for number, row in enumerate(page.rows, start=1):
        if len(row) == 1:
            _check_no_title(f"row {number}", state)
            state.country, state.below_head = row[0], False
        elif any(row):
            _read_row(number, row, state, parsed)
    _check_no_title("the end", state)
    return parsed


def _read_row(number: int, row: list[str], state: _State, parsed: ParsedDocument) -> None:
    if len(row) != len(_HEAD):
        raise LayoutMismatch(1, f"{len(_HEAD)} cells in row {number} of the tables, not {row}")
    first, alone = row[0], not any(row[1:])
    if (heading := _HEADING.match(first)) is not None and alone:
        _check_no_title(f"row {number}", state)
        state.program, state.funder = heading["program"], heading["funder"]
        state.section += 1
        state.below_head = False
    elif first == _HEAD[0]:
        if row != _HEAD:
            raise LayoutMismatch(1, f"the columns {_HEAD} in row {number} of the tables, not {row}")
        state.below_head = True
    elif (match := _PROGRAM_TOTAL.match(first)) is not None:
        parsed.totals.append(_total("program", match, state.country, row, state))
        if any(row[_NAMES.index(name)] for name in _OVERPRINTED):
            _add_activity(["", "", *row[2:5], "", *row[6:]], state, parsed)
    elif (match := _COUNTRY_TOTAL.match(first)) is not None:
        # The same name may be written with another capital; another name is kept as it stands.
        same = match["country"].casefold() == state.country.casefold()
        country = state.country if same else match["country"]
        parsed.totals.append(_total("country", match, country, row, state))
        state.below_head = False
    elif not state.below_head:
        raise LayoutMismatch(
            1, f"a heading and the names of the columns above row {number} of the tables, {row}"
        )
    elif alone:
        state.begun_title.append(first)
    else:
        _add_activity(row, state, parsed)


def _check_no_title(place: str, state: _State) -> None:
    if state.begun_title:
        raise LayoutMismatch(1, f"the row of «{' '.join(state.begun_title)}» before {place} of the tables")


def _total(level: str, match: re.Match[str], country: str, row: list[str], state: _State) -> PrintedTotal:
    return state.total(level, int(match["year"]), row[1], row[5], 1, country)


def _add_activity(row: list[str], state: _State, parsed: ParsedDocument) -> None:
    cells = {name: [text] if text else [] for name, text in zip(_NAMES, row, strict=True)}
    cells["course_title"] = [*state.begun_title, *cells["course_title"]]
    state.begun_title.clear()
    state.add_activity(parsed, 1, cells)
