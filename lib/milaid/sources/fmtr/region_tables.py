"""Layout of the editions 2001-2002 to 2005-2006: one table of eight columns, broken by headings.

A heading names department, region, country, program and fiscal year (``DOD Africa Region, Angola, DoD
Regional Centers for Strategic Studies,FY04``). Below it stand the rows, then the totals of the fiscal
year and of the program; after the last program of a country its total. Each page repeats the heading
at hand, without the department, and the names of the columns. A document may begin within a country of
the document before, so that everything follows from the headings.

A row begins on the line that has its number, cost and days; the lines below carry on its texts. The names
of the columns stand above the middle of their cells, so the edges of the cells are given here, counted
from the left margin of the table. Numbers and amounts are set flush right.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from milaid.sources.fmtr.columns import HEADING_COUNTRY, Placed, folded, split_flush_right, year_of
from milaid.sources.fmtr.parsed import FUNDER_NOT_PRINTED, LayoutMismatch, ParsedDocument, PrintedTotal
from milaid.sources.fmtr.position import Position
from milaid.sources.fmtr.text import Line, Page, joined

MEDIUM = "PDF"
NAME = "tables under headings of region, country and program (2001-2002 to 2005-2006)"

# One edition has rows under a heading whose region and country are blank.
_BLANK = "not stated"
_HEADING = re.compile(
    rf"^(?:(?P<region>[A-Z][\w ]*?) )?Region, {HEADING_COUNTRY}, (?P<program>.+?),\s*FY ?(?P<year>\d\d)$"
)
_FUNDER = re.compile(r"^(?P<funder>D[A-Za-z]{2,3}) (?=(?:[A-Z][\w ]*? )?Region, )")
_TOTAL = re.compile(
    r"^(?:FY ?(?P<year>\d\d)|(?P<level>Program|Country)) Totals:\s*(?P<quantity>[\d,]+)?\s*(?P<cost>\$\s*[\d,.]*)?$"
)
_PAGE_NUMBER = re.compile(r"^IV-\d+$")
_HEAD = re.compile(
    r"^Title of(?: Training)? #(?: Students/Activities)? Location Students'(?: Units)? US Units(?: Involved)? "
    r"Cost Start(?: Date)? End(?: Date)?$"
)

# The head's first word stands this far right of the margin; the cells begin this far from it.
_HEAD_INDENT = 4.5
_EDGES: tuple[tuple[str, float], ...] = (
    ("course_title", -4.0),
    ("location", 140.0),
    ("student_unit", 276.5),
    ("us_unit", 399.5),
    ("cost", 567.0),
    ("start_date", 612.0),
    ("end_date", 664.0),
)
# The last figure of the number of people begins this far from the margin.
_QUANTITY_LAST = 133.7
_COLUMNS = frozenset({"quantity", *(name for name, _ in _EDGES)})
_TOLERANCE = 1.5
# Where the texts of place and units begin; the step from one letter to the next within a text is narrower.
_TEXTS = ("location", "student_unit", "us_unit")
_STOPS = (142.3, 279.0, 402.0)
_WIDEST_STEP = 12.0
_AT_STOP = 0.3
# A cell may begin this little before its stop; a word that does carries on the text before it.
_BEFORE_STOP = 2.1
# A text that begins further to the right of its stop was pushed there.
_PUSHED = 3.0
_CLOSING = frozenset(",;.)&")
_DAY = re.compile(r"^\d{1,2}/\d{1,2}/(?:\d{2}){1,2}$")
# A row ends with its last day, or with its cost where it has no days.
_ENDS_ROW = re.compile(r"(?:\d/\d{1,2}/\d{2,4}|\$[\d,.]+)$")
_BEGINS_ROW = ("quantity", "cost", "start_date", "end_date")


@dataclass(slots=True)
class _State(Position):
    """Where the reader is, the heading on top of the page, and the first line of the row at hand."""

    margin: float = 0.0
    page_head: tuple[str, str, str] = ("", "", "")
    first_line: Line | None = None


def recognises(pages: list[Page]) -> bool:
    """Return whether a document is of this layout: a page has a heading of this form and the head of the table."""
    return any(_HEAD.match(line.text) for page in pages[:3] for line in joined(page.lines)) and any(
        _HEADING.match(line.text) for page in pages[:3] for line in joined(page.lines)
    )


def parse(pages: list[Page]) -> ParsedDocument:
    """Read activities and printed totals; raises LayoutMismatch with page and line where it cannot."""
    lines = {page.number: joined(page.lines) for page in pages}
    everything = [line for page in pages for line in lines[page.number]]
    state = _State(_fiscal_year(everything), margin=_margin(everything))
    parsed = ParsedDocument(state.fiscal_year, _COLUMNS)
    for page in pages:
        _read_page(page, lines[page.number], state, parsed)
    return parsed


def _fiscal_year(lines: list[Line]) -> int:
    headings = (_HEADING.match(_FUNDER.sub("", line.text)) for line in lines)
    years = Counter(year_of(match["year"]) for match in headings if match)
    if len(years) != 1:
        raise LayoutMismatch(1, f"the headings name {len(years)} fiscal years: {dict(years)}")
    return next(iter(years))


def _margin(lines: list[Line]) -> float:
    """Return the left margin of the tables, the same on every page of a document."""
    margins = Counter(round(line.x - _HEAD_INDENT, 1) for line in lines if _HEAD.match(line.text))
    return margins.most_common(1)[0][0]


def _read_page(page: Page, lines: list[Line], state: _State, parsed: ParsedDocument) -> None:
    """Read one page; the first page of a document may lack the heading and the head of the table."""
    printed_page = next((line.text for line in lines if _PAGE_NUMBER.match(line.text)), None)
    for position, line in enumerate(lines):
        text = line.text
        heading = _HEADING.match(_FUNDER.sub("", text))
        if _PAGE_NUMBER.match(text):
            continue
        if _HEAD.match(text):
            _check_head(page, line, state)
        elif heading and (_FUNDER.match(text) or not state.section):
            _open_section(text, heading, state)
        elif heading:
            _check_page_head(page, position, heading, state)
        elif not state.section:
            _check_preface(page, text)
        elif (total := _TOTAL.match(text)) is not None:
            parsed.totals.append(_total(total, page, state))
            state.activity = None
        else:
            _read_cells(page, line, printed_page, state, parsed)


def _check_preface(page: Page, text: str) -> None:
    """See that a line above every heading is part of the title or a note, which the first page alone has."""
    if page.number > 1 or _TOTAL.match(text) or _ENDS_ROW.search(text):
        raise LayoutMismatch(page.number, f"a heading of region, country and program above «{text}»")


def _check_head(page: Page, line: Line, state: _State) -> None:
    if abs(line.x - _HEAD_INDENT - state.margin) > _TOLERANCE:
        raise LayoutMismatch(
            page.number, f"the head of the table {line.x - state.margin:.0f} points to the right"
        )


def _check_page_head(page: Page, position: int, heading: re.Match[str], state: _State) -> None:
    """See that a heading without a department is on top of the page; it names what comes first on the page.

    Its region and country must be those at hand. Its program need not: where the documents print the rows of
    two programs under one heading, the head of the page names the program of its first row.
    """
    if position:
        raise LayoutMismatch(page.number, f"a department before «{heading[0]}»")
    state.page_head = _place(heading)


def _place(heading: re.Match[str]) -> tuple[str, str, str]:
    return heading["region"] or _BLANK, heading["country"] or _BLANK, heading["program"]


def _open_section(text: str, heading: re.Match[str], state: _State) -> None:
    funder = _FUNDER.match(text)
    state.region, state.country, state.program = state.page_head = _place(heading)
    state.funder = funder["funder"] if funder else FUNDER_NOT_PRINTED
    state.section += 1
    state.activity = None


def _total(match: re.Match[str], page: Page, state: _State) -> PrintedTotal:
    level = (match["level"] or "fiscal_year").lower()
    fiscal_year = year_of(match["year"]) if match["year"] else state.fiscal_year
    return state.total(level, fiscal_year, match["quantity"], match["cost"], page.number)


def _read_cells(
    page: Page, line: Line, printed_page: str | None, state: _State, parsed: ParsedDocument
) -> None:
    if _is_pushed_out(line, state):
        _put_back(page, line, state)
        return
    if state.page_head[:2] != (state.region, state.country):
        raise LayoutMismatch(page.number, f"a heading «{', '.join(state.page_head)}» above «{line.text}»")
    cells = _cells(page, line, state.margin)
    if any(name in cells for name in _BEGINS_ROW):
        state.add_activity(parsed, page.number, printed_page=printed_page)
        state.first_line = line
    if state.activity is None and not parsed.activities:
        parsed.carried_over.append(line.text)
        return
    if state.activity is None:
        raise LayoutMismatch(page.number, f"a row with number, cost or days, not «{line.text}»")
    state.activity.take_up(page.number, line)
    for name, text in cells.items():
        state.activity.cells.setdefault(name, []).append(text)


def _is_pushed_out(line: Line, state: _State) -> bool:
    """Return whether a line is the last day of the row above it, pushed out of its line."""
    indented = abs(line.x - state.margin - _HEAD_INDENT) <= _TOLERANCE
    return state.activity is not None and indented and _DAY.match(line.text) is not None


def _put_back(page: Page, day: Line, state: _State) -> None:
    """Sort out a row in which a cell that reached into the next one pushed the rest of its line to the right.

    The cells stand in their order still, the last day alone on the line below. What stands between the place
    and the cost are the two units.
    """
    row, line = state.activity, state.first_line
    if row is None or line is None:
        return
    _, *texts = _runs(line, state.margin)
    row.take_up(page.number, day)
    row.cells["end_date"] = [day.text]
    row.cells["start_date"] = [texts.pop()]
    if texts and texts[-1].startswith("$"):
        row.cells["cost"] = [texts.pop()]
    else:
        row.cells.pop("cost", None)
    for name in _TEXTS:
        row.cells.pop(name, None)
    row.cells.update({name: [text] for name, text in zip(_TEXTS, texts, strict=False)})


def _runs(line: Line, margin: float) -> list[str]:
    """Return the texts of a line that stand apart: first title and number, then each cell."""
    runs: list[str] = [""]
    last = line.x
    for x, character in zip(line.xs, line.characters, strict=True):
        at_stop = any(abs(x - margin - stop) <= 1 for stop in _STOPS)
        if not character.isspace():
            began_cell = x - last > _WIDEST_STEP or (runs[-1].endswith(" ") and (at_stop or character == "$"))
            if began_cell and x >= margin + _STOPS[0] - 1:
                runs.append("")
            last = x
        runs[-1] += character
    return [" ".join(run.split()) for run in runs]


def _cells(page: Page, line: Line, margin: float) -> dict[str, str]:
    """Return the text of a line by column; a text is divided only where a word or a cell begins.

    A word too long for its column stands whole in it. A text that was pushed to the right of its stop by the one
    before it carries on until the next cell.
    """
    if line.x < margin + _EDGES[0][1]:
        raise LayoutMismatch(page.number, f"no text left of the table: «{line.text}»")
    parts: dict[str, list[Placed]] = {}
    column, before, last = "", " ", float("-inf")
    for x, character in zip(line.xs, line.characters, strict=True):
        if not character.isspace():
            apart = x - last > _WIDEST_STEP
            at_stop = any(abs(x - margin - stop) <= _AT_STOP for stop in _STOPS)
            place = _column(x - _BEFORE_STOP if column in _TEXTS and not apart else x, margin)
            runs_on = place in _TEXTS and _is_pushed(parts, column, margin)
            may_begin = column not in _TEXTS or before.isspace() or (at_stop and _meet(before, character))
            if may_begin and (apart or at_stop or not runs_on):
                column = place
            last = x
        before = character
        parts.setdefault(column, []).append((x, character))
    title, quantity = split_flush_right(parts.pop("course_title", []), margin + _QUANTITY_LAST)
    cells = {
        "course_title": title,
        "quantity": quantity,
        **{name: folded(part) for name, part in parts.items()},
    }
    return {name: text for name, text in cells.items() if text}


def _column(x: float, margin: float) -> str:
    return next((name for name, edge in reversed(_EDGES) if x >= margin + edge), _EDGES[0][0])


def _is_pushed(parts: dict[str, list[Placed]], column: str, margin: float) -> bool:
    """Return whether the text of a column begins to the right of its stop."""
    if column not in _TEXTS:
        return False
    begins = next((x for x, character in parts.get(column, []) if not character.isspace()), 0.0)
    return begins - margin > _STOPS[_TEXTS.index(column)] + _PUSHED


def _meet(before: str, character: str) -> bool:
    """Return whether two letters that stand side by side at a stop belong to two cells, by their kinds."""
    if character.isdigit():
        return before.isalpha() or before in _CLOSING
    return character.isupper() and (before.islower() or before in _CLOSING)
