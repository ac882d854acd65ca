"""Layout of the edition 2000-2001: short rows of title, number and cost in two columns a page.

A heading names country, program and fiscal year (``Benin, African Crisis Response Initiative, FY 00``) and
may run over several lines. Below it stand its rows and the total of the fiscal year. A program is printed
twice, for the year that is done and the year that is planned; then follows its total for both, and after the
last program of a country the country's total for both. On top of each column stand region, country, program
and year of what comes first in it, and the names of the cells. There is no unit, place or day, and the
department that pays is not named.

Only the heads of the columns name the region. Within a region the countries stand in the order of the alphabet,
so that a new region begins where that order begins again; the next head of a column names it. After the last
head of a document there is none: the region of what stands there is left empty, to be taken from the next one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from milaid.sources.fmtr.columns import (
    HEADING_COUNTRY,
    Placed,
    ends_as_heading,
    folded,
    split_flush_right,
    year_of,
)
from milaid.sources.fmtr.parsed import (
    REGION_NOT_PRINTED,
    Activity,
    LayoutMismatch,
    ParsedDocument,
    PrintedTotal,
)
from milaid.sources.fmtr.position import Position
from milaid.sources.fmtr.text import Line, Page, joined

MEDIUM = "PDF"
NAME = "two columns of title, number and cost (2000-2001)"

_COLUMN_HEAD = re.compile(
    rf"^(?P<region>[A-Z][\w ]*?) Region, {HEADING_COUNTRY}, (?P<program>.+?), FY (?P<year>\d\d)$"
)
_HEADING = re.compile(rf"^{HEADING_COUNTRY}, (?P<program>.+?), FY (?P<year>\d\d)$")
_HEAD = "Title of # Cost"
_TOTAL = re.compile(
    r"^(?:FY (?P<year>\d\d)|(?P<level>Program|Country)) Totals:\s*(?P<quantity>[\d,]+)?\s*(?P<cost>\$\s*[\d,.]*)?$"
)
_SECTION_TITLE = "IV. COUNTRY TRAINING ACTIVITIES"
_PAGE_NUMBER = re.compile(r"^\d+$")
_COLUMNS = frozenset({"course_title", "quantity", "cost"})
_LONGEST_HEADING = 5

# Where the two columns begin; from there, where the last figure of the number begins, and the cost.
_LEFT, _RIGHT = 57.7, 324.1
_QUANTITY_LAST = 152.0
_COST = 160.0
_INDENT = 10.0


@dataclass(slots=True)
class _State(Position):
    """Where the reader is, and whether the next lines are a heading or rows."""

    column_head: tuple[str, str, int] = ("", "", 0)
    in_rows: bool = False
    heading: list[str] = field(default_factory=list)
    # What was read since the last head of a column that named a region.
    unplaced: list[Activity | PrintedTotal] = field(default_factory=list)


def recognises(pages: list[Page]) -> bool:
    """Return whether a document is of this layout: its first page has the short head of the table twice."""
    return [line.text for page in pages[:1] for line in joined(page.lines)].count(_HEAD) == 2


def parse(pages: list[Page]) -> ParsedDocument:
    """Read activities and printed totals; raises LayoutMismatch with page and line where it cannot."""
    parsed = ParsedDocument(_first_year(pages), _COLUMNS)
    state = _State()
    for page in pages:
        lines = [line for line in joined(page.lines) if line.text != _SECTION_TITLE]
        number = next((line.text for line in lines if _is_page_number(line)), None)
        body = [line for line in lines if not _is_page_number(line)]
        for column in (_LEFT, _RIGHT):
            mine = [line for line in body if (line.x >= _RIGHT - 1) == (column == _RIGHT)]
            _read_column(page, column, mine, number, state, parsed)
    _place(state, REGION_NOT_PRINTED, len(pages))
    return parsed


def _first_year(pages: list[Page]) -> int:
    """Return the earlier of the two fiscal years that the totals name: the one that is done."""
    totals = (_TOTAL.match(line.text) for page in pages for line in joined(page.lines))
    years = sorted({year_of(match["year"]) for match in totals if match and match["year"]})
    if len(years) != 2 or years[1] - years[0] != 1:
        raise LayoutMismatch(1, f"totals of two fiscal years in a row, not of {years}")
    return years[0]


def _is_page_number(line: Line) -> bool:
    """Return whether a line is the number of the page, which stands between the columns."""
    return _PAGE_NUMBER.match(line.text) is not None and _LEFT + 200 < line.x < _RIGHT - 1


def _read_column(
    page: Page, margin: float, lines: list[Line], number: str | None, state: _State, parsed: ParsedDocument
) -> None:
    if not lines:
        return
    head = next((i for i, line in enumerate(lines) if line.text == _HEAD), None)
    if head is None:
        raise LayoutMismatch(
            page.number, f"a head «{_HEAD}» in each column; the column begins «{lines[0].text}»"
        )
    _read_column_head(page, " ".join(line.text for line in lines[:head]), state)
    for line in lines[head + 1 :]:
        _read_line(page, margin, line, number, state, parsed)


def _read_column_head(page: Page, text: str, state: _State) -> None:
    """Take the region from the head of a column; its country, program and year must be what comes first in it."""
    match = _COLUMN_HEAD.match(text)
    if match is None:
        raise LayoutMismatch(
            page.number, f"region, country, program and year on top of a column, not «{text}»"
        )
    _place(state, match["region"], page.number)
    state.column_head = _named(match)


def _named(heading: re.Match[str]) -> tuple[str, str, int]:
    return heading["country"], heading["program"], year_of(heading["year"])


def _place(state: _State, region: str, page: int) -> None:
    """Give what was read since the last head of a column its region; ``region`` is the one that the next names."""
    countries = [item.country for item in state.unplaced]
    starts = [i for i in range(1, len(countries)) if countries[i].casefold() < countries[i - 1].casefold()]
    at_end = region == REGION_NOT_PRINTED
    expected = (0, 1) if at_end else (int(bool(state.region) and region != state.region),)
    if len(starts) not in expected:
        raise LayoutMismatch(
            page,
            f"the countries of «{state.region}» and «{region}» in the order of the alphabet, not {countries}",
        )
    first_of_next = starts[0] if starts else len(countries)
    for i, item in enumerate(state.unplaced):
        item.region = state.region if i < first_of_next else region
    state.unplaced.clear()
    state.region = region


def _read_line(
    page: Page, margin: float, line: Line, number: str | None, state: _State, parsed: ParsedDocument
) -> None:
    text = line.text
    if (total := _TOTAL.match(text)) is not None:
        _check_year(page, total, state)
        parsed.totals.append(_total(total, page, state))
        state.unplaced.append(parsed.totals[-1])
        state.in_rows, state.activity = False, None
    elif state.in_rows or _carries_on(margin, line, state):
        _read_row(page, margin, line, number, state, parsed)
    else:
        state.heading.append(text)
        match = _HEADING.match(" ".join(state.heading))
        if match:
            _open_section(_named(match), state)
        elif len(state.heading) == _LONGEST_HEADING:
            raise LayoutMismatch(page.number, f"country, program and year, not «{' '.join(state.heading)}»")


def _carries_on(margin: float, line: Line, state: _State) -> bool:
    """Open the section that the first head of a document names where rows of the document before go on below it."""
    _, quantity = split_flush_right(_halves(margin, line)[0], margin + _QUANTITY_LAST)
    carries_on = not state.section and not state.heading and bool(quantity)
    if carries_on:
        _open_section(state.column_head, state)
    return carries_on


def _open_section(heading: tuple[str, str, int], state: _State) -> None:
    state.column_head = heading
    state.country, state.program, state.fiscal_year = heading
    state.section += 1
    state.heading.clear()
    state.in_rows, state.activity = True, None


def _check_year(page: Page, total: re.Match[str], state: _State) -> None:
    """See that the total of a fiscal year is of the year that the heading of its rows names."""
    if total["year"] and year_of(total["year"]) != state.fiscal_year:
        raise LayoutMismatch(
            page.number,
            f"a total of fiscal year {state.fiscal_year} under «{state.country}, {state.program}», "
            f"not {year_of(total['year'])}",
        )


def _total(match: re.Match[str], page: Page, state: _State) -> PrintedTotal:
    level = (match["level"] or "fiscal_year").lower()
    fiscal_year = year_of(match["year"]) if match["year"] else None
    return state.total(level, fiscal_year, match["quantity"], match["cost"], page.number)


def _read_row(
    page: Page, margin: float, line: Line, number: str | None, state: _State, parsed: ParsedDocument
) -> None:
    if state.column_head != (state.country, state.program, state.fiscal_year):
        raise LayoutMismatch(page.number, f"a heading {state.column_head} above «{line.text}»")
    cells = _cells(page, margin, line)
    if "quantity" in cells or "cost" in cells:
        state.unplaced.append(state.add_activity(parsed, page.number, printed_page=number))
    if state.activity is None:
        raise LayoutMismatch(page.number, f"a row with number or cost, not «{line.text}»")
    state.activity.take_up(page.number, line, margin)
    for name, text in cells.items():
        state.activity.cells.setdefault(name, []).append(text)
    if set(cells) == {"course_title"} and ends_as_heading(state.activity.cells["course_title"]):
        raise LayoutMismatch(page.number, f"the total of fiscal year {state.fiscal_year} above «{line.text}»")


def _cells(page: Page, margin: float, line: Line) -> dict[str, str]:
    left, right = _halves(margin, line)
    cost = folded(right)
    if line.x > margin + _INDENT or (cost and not cost.startswith("$")):
        raise LayoutMismatch(page.number, f"title, number and cost, not «{line.text}»")
    title, quantity = split_flush_right(left, margin + _QUANTITY_LAST)
    cells = {"course_title": title, "quantity": quantity, "cost": cost}
    return {name: text for name, text in cells.items() if text}


def _halves(margin: float, line: Line) -> tuple[list[Placed], list[Placed]]:
    """Return the characters of title and number, and those of the cost."""
    left: list[Placed] = []
    right: list[Placed] = []
    for x, character in zip(line.xs, line.characters, strict=True):
        (right if x >= margin + _COST else left).append((x, character))
    return left, right
