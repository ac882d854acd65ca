"""Layout of the edition 1999-2000: web pages with short rows of title, number and cost.

A page is one region or a part of it, whose name stands above the table. A heading names country, program and
fiscal year (``Benin, African Crisis Response Initiative (ACRI), FY 99``) and may run over two rows of the
table. Below it stand its rows and the total of the fiscal year. A program is printed twice, for the year that
is done and the year that is planned; then follows its total for both, and after the last program of a country
the country's total for both. A title that is too long goes on in a row of its own. There is no unit, place or
day, and the department that pays is not named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from milaid.sources.fmtr.columns import HEADING_COUNTRY, ends_as_heading, year_of
from milaid.sources.fmtr.hypertext import Hypertext
from milaid.sources.fmtr.parsed import LayoutMismatch, ParsedDocument, PrintedTotal
from milaid.sources.fmtr.position import Position

MEDIUM = "HTML"
NAME = "web page with lists of title, number and cost (1999-2000)"

_TITLE = re.compile(r"^Foreign Military Training Report FY (?P<year>\d{4}) and \d{4}$")
_REGION = re.compile(r"^(?P<region>[A-Z][\w ]*?) Regions?(?: \(Continued\))?$")
_HEADING = re.compile(rf"^{HEADING_COUNTRY}, (?P<program>.+?), ?FY ?(?P<year>\d\d)$")
# One heading lacks the figures of its year; the total below its rows has them.
_HEADING_WITHOUT_YEAR = re.compile(rf"^{HEADING_COUNTRY}, (?P<program>.+?), FY$")
_TOTAL = re.compile(r"^(?:FY ?(?P<year>\d\d)|(?P<level>Program|Country)) Totals:$")
_COUNT = re.compile(r"^[\d,]*$")
_COST = re.compile(r"^(?:\$[\d,.]*)?$")
_COLUMNS = frozenset({"course_title", "quantity", "cost"})
# The rows of the page's own frame end with the title of the report, below the seal of the department.
_LAST_OF_FRAME = "Foreign Military Training and DoD Engagement Activities of Interest"
_ENDS = ("[end of file]", "[end of document]")
# The head of a page of the printed report, left in the table: a heading with its region, and these names.
_PAGE_HEAD = ["Title of", "#", "Cost"]
_LONGEST_HEADING = 4
_YEAR_BELOW = 0


@dataclass(slots=True)
class _State(Position):
    """Where the reader is, and whether the next rows are a heading or activities."""

    in_rows: bool = False
    heading: list[str] = field(default_factory=list)


def recognises(page: Hypertext) -> bool:
    """Return whether a page is of this layout: by its title."""
    return _TITLE.match(page.title) is not None


def parse(page: Hypertext) -> ParsedDocument:
    """Read activities and printed totals; raises LayoutMismatch with the row where it cannot."""
    title = _TITLE.match(page.title)
    regions = [match["region"] for text in page.texts if (match := _REGION.match(text))]
    frame_ends = [
        i for i, row in enumerate(page.rows) if any(cell.startswith(_LAST_OF_FRAME) for cell in row)
    ]
    if title is None or len(regions) != 1 or not frame_ends:
        raise LayoutMismatch(1, f"the report's title and one region above the table, not {regions}")
    if not set(_ENDS) & set(page.texts):
        raise LayoutMismatch(1, f"«{_ENDS[0]}» below the tables; the page is cut off")
    parsed = ParsedDocument(int(title["year"]), _COLUMNS)
    state = _State(region=regions[0])
    for number, row in enumerate(page.rows[frame_ends[-1] + 1 :], start=frame_ends[-1] + 2):
        while row and not row[-1]:
            row.pop()
        if row:
            _read_row(number, row, state, parsed)
    if state.heading:
        raise LayoutMismatch(1, f"a heading with its fiscal year, not «{' '.join(state.heading)}»")
    return parsed


def _read_row(number: int, row: list[str], state: _State, parsed: ParsedDocument) -> None:
    if row == _PAGE_HEAD and state.in_rows and state.activity is None:
        state.section -= 1
        state.in_rows = False
        return
    first, *rest = row
    quantity, cost = (*rest, "", "")[:2]
    if len(rest) > 2 or not _COUNT.match(quantity) or not _COST.match(cost):
        raise LayoutMismatch(1, f"title, number and cost in row {number} of the tables, not {row}")
    if (total := _TOTAL.match(first)) is not None:
        if total["year"]:
            _check_year(year_of(total["year"]), state, parsed)
        parsed.totals.append(_total(total, quantity, cost, state))
        state.in_rows, state.activity = False, None
    elif rest:
        _require_section(number, row, state)
        _add_activity(first, quantity, cost, state, parsed)
    elif state.in_rows and state.activity is not None:
        state.activity.cells["course_title"].append(first)
        if ends_as_heading(state.activity.cells["course_title"]):
            raise LayoutMismatch(
                1, f"the total of fiscal year {state.fiscal_year} above row {number} of the tables, «{first}»"
            )
    else:
        _read_heading(number, first, state)


def _read_heading(number: int, text: str, state: _State) -> None:
    state.heading.append(text)
    match = _HEADING.match(" ".join(state.heading))
    if match:
        _open_section(match, year_of(match["year"]), state)
    elif len(state.heading) == _LONGEST_HEADING:
        raise LayoutMismatch(
            1, f"country, program and year up to row {number}, not «{' '.join(state.heading)}»"
        )


def _require_section(number: int, row: list[str], state: _State) -> None:
    if state.in_rows:
        return
    heading = _HEADING_WITHOUT_YEAR.match(" ".join(state.heading))
    if heading is None:
        raise LayoutMismatch(1, f"a heading above row {number} of the tables, {row}")
    _open_section(heading, _YEAR_BELOW, state)


def _open_section(heading: re.Match[str], fiscal_year: int, state: _State) -> None:
    state.country, state.program, state.fiscal_year = heading["country"], heading["program"], fiscal_year
    state.section += 1
    state.heading.clear()
    state.in_rows = True


def _check_year(fiscal_year: int, state: _State, parsed: ParsedDocument) -> None:
    """See that the total of a fiscal year is of the year that the heading of its rows names, or give it to them."""
    rows = [activity for activity in parsed.activities if activity.section == state.section]
    if state.fiscal_year == _YEAR_BELOW:
        for activity in rows:
            activity.fiscal_year = fiscal_year
    elif state.fiscal_year != fiscal_year:
        heading = f"{state.country}, {state.program}"
        raise LayoutMismatch(
            1, f"a total of fiscal year {state.fiscal_year} under «{heading}», not {fiscal_year}"
        )


def _total(match: re.Match[str], quantity: str, cost: str, state: _State) -> PrintedTotal:
    level = (match["level"] or "fiscal_year").lower()
    fiscal_year = year_of(match["year"]) if match["year"] else None
    return state.total(level, fiscal_year, quantity, cost, page=1)


def _add_activity(title: str, quantity: str, cost: str, state: _State, parsed: ParsedDocument) -> None:
    cells = {"course_title": title, "quantity": quantity, "cost": cost}
    state.add_activity(parsed, 1, {name: [text] if text else [] for name, text in cells.items()})
