"""Layout of the editions 2007-2008 to 2020-2021: under a country, one table a program.

A document is one region. A country's name stands alone on a line, then follow its programs. A program
begins with a heading (``PKO - Fiscal Year 2014 Department of State Training``; until 2009-2010
``GPOI - FY 2009 DoS Training``), then a head that names the columns, the rows and a line with the
program's total; a line with the country's total ends the country. A table that runs over the page
repeats its head. Text in every column begins at the column's left edge, below its name in the head, and
the cells of a row are set one after another, so a cell to the left of the last one begins a new row.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from milaid.sources.fmtr.parsed import LOST_HEADING, Activity, LayoutMismatch, ParsedDocument, PrintedTotal
from milaid.sources.fmtr.text import Line, Page

NAME = "program tables (2007-2008 to 2020-2021)"

_YEAR = r"(?:FY|Fiscal Year)\s*(?P<year>\d{4})"
_PROGRAM_HEADING = re.compile(rf"^(?P<program>.+?)\s*-\s*{_YEAR}\s+(?P<funder>.+?)\s+Training$")
_AMOUNTS = r"\s*(?P<quantity>[\d,]+)?\s*(?P<cost>\$\s*[\d,.]*)?$"
_PROGRAM_TOTAL = re.compile(rf"^{_YEAR}\s+Program Totals?{_AMOUNTS}")
_COUNTRY_TOTAL = re.compile(rf"^(?P<country>.+?)\s+{_YEAR}\s+Totals?{_AMOUNTS}")
_RUNNING_HEAD = re.compile(r"^Volume I\b.*?IV-(?:Part )?(?:IV-)?(?P<part>[IV]+)\s*-\s*(?P<region>[A-Z].+)$")
_COUNTRY_TOTAL_NAME = re.compile(rf"^(?!{_YEAR}\s).+\s{_YEAR}\s+Totals?$".replace("?P<year>", ""))
_NO_DATA = re.compile(r"^This page (?:is )?intentionally left blank\.?$", re.IGNORECASE)

# The names of a column over the years, in the order in which the columns stand on the page.
_COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("course_title", ("Course Title",)),
    ("quantity", ("Students", "Qty")),
    ("location", ("Training Location", "Location")),
    ("student_unit", ("Student's Unit",)),
    ("us_unit", ("US Unit - US Qty", "US Units", "US Unit")),
    ("cost", ("Total Cost",)),
    ("start_date", ("Start Date",)),
    ("end_date", ("End Date",)),
)
_OPTIONAL_COLUMNS = frozenset({"us_unit"})
_SAME_BASELINE = 1.0
# Pieces of a line stand less than 0.5 points apart where nothing is between them, over 1 where a blank is.
_BLANK_WIDTH = 0.8
# A cell's text may be set this far left of the head above it.
_EDGE_TOLERANCE = 3.0


@dataclass(slots=True)
class _PlacedLine:
    page: Page
    line: Line
    text: str
    printed_page: str | None


@dataclass(slots=True)
class _State:
    """Where the reader is: country, program and the columns of the table at hand."""

    region: str
    country: str = ""
    program: str = ""
    funder: str = ""
    section: int = 0
    columns: list[tuple[str, float]] = field(default_factory=list)
    # True from a country's total to the next program heading: a line there is a country's name.
    between_countries: bool = True
    activity: Activity | None = None
    last_column: int = -1
    row_on_page: Counter[int] = field(default_factory=Counter)


def recognises(pages: list[Page]) -> bool:
    """Return whether a document is of this layout: one of its pages has a program heading of this form."""
    return any(_PROGRAM_HEADING.match(line.text) for page in pages for line in page.lines)


def parse(pages: list[Page]) -> ParsedDocument:
    """Read activities and printed totals; raises LayoutMismatch with page and line where it cannot."""
    region = _region(pages)
    placed = [line for page in pages for line in _body(page)]
    state = _State(region)
    parsed = ParsedDocument(region=region, fiscal_year=_fiscal_year(placed))
    blank = {page.number for page in pages if not page.lines}
    for position, item in enumerate(placed):
        before = placed[position - 1].page.number if position else 0
        if blank.intersection(range(before + 1, item.page.number)):
            _lose_place(state)
        _read_line(placed, position, state, parsed)
    _name_lost_country(parsed, "")
    _separate_totals(parsed)
    return parsed


def region_of(page: Page) -> str | None:
    """Return the region that a page's running head names, None for a page without such a head."""
    heads = (_RUNNING_HEAD.match(line.text) for line in _joined(page.lines))
    return next((match["region"] for match in heads if match), None)


def fiscal_years_of(page: Page) -> set[int]:
    """Return the fiscal years that the program headings of a page name."""
    headings = (_PROGRAM_HEADING.match(line.text) for line in page.lines)
    return {int(match["year"]) for match in headings if match}


def _region(pages: list[Page]) -> str:
    found = Counter(region for page in pages if (region := region_of(page)) is not None)
    if not found:
        raise LayoutMismatch(1, "no running head «Volume I Section IV ... - region» on any page")
    return found.most_common(1)[0][0]


def _fiscal_year(placed: list[_PlacedLine]) -> int:
    years = Counter(
        int(match["year"]) for item in placed if (match := _PROGRAM_HEADING.match(item.text)) is not None
    )
    if len(years) != 1:
        raise LayoutMismatch(1, f"program headings name {len(years)} fiscal years: {dict(years)}")
    return next(iter(years))


def _body(page: Page) -> list[_PlacedLine]:
    """Return the lines of a page without running head, foot and page number."""
    lines = [(line, line.text) for line in _joined(page.lines)]
    furniture = [line.y for line, text in lines if text.startswith("Volume I")]
    foot = min(furniture, default=0.0)
    number = "".join(text for line, text in lines if line.y < foot - _SAME_BASELINE).replace(" ", "")
    return [
        _PlacedLine(page, line, text, number.strip("-") or None)
        for line, text in lines
        if line.y > foot - _SAME_BASELINE
        and not any(abs(line.y - y) < _SAME_BASELINE for y in furniture)
        and not _NO_DATA.match(text)
    ]


def _joined(lines: list[Line]) -> list[Line]:
    """Join neighbours on one baseline that were set in several pieces, from left to right.

    pdfium breaks a line at some hyphens and swallows the blank before them; where the pieces stand apart,
    it is put back.
    """
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and abs(before.y - line.y) <= _SAME_BASELINE and line.x >= before.xs[-1] - 1:
            apart = line.x - before.end > _BLANK_WIDTH
            joined[-1] = Line(
                before.y,
                [*before.xs, *([line.x] if apart else []), *line.xs],
                [*before.characters, *([" "] if apart else []), *line.characters],
                line.end,
            )
        else:
            joined.append(line)
    return joined


def _read_line(placed: list[_PlacedLine], position: int, state: _State, parsed: ParsedDocument) -> None:
    item = placed[position]
    text = item.text
    heading = _PROGRAM_HEADING.match(text)
    if text.startswith("Course Title"):
        state.columns = _columns(item)
        state.activity = None
    elif (total := _PROGRAM_TOTAL.match(text)) is not None:
        parsed.totals.append(_total("program", total, item, state))
        state.activity = None
    elif heading:
        state.program, state.funder = heading["program"], heading["funder"]
        state.section += 1
        state.between_countries = False
        state.activity = None
    elif (total := _COUNTRY_TOTAL.match(text)) is not None:
        _name_lost_country(parsed, total["country"])
        parsed.totals.append(_total("country", total, item, state))
        state.between_countries = True
        state.activity = None
    elif _is_country_name(placed, position, state):
        state.country = text
        state.activity = None
    else:
        _read_cells(item, state, parsed)


def _lose_place(state: _State) -> None:
    """Forget country and program: a page without text lies between, and headings may have stood on it."""
    state.country, state.program, state.funder = "", LOST_HEADING, LOST_HEADING
    state.section += 1
    state.between_countries = False
    state.activity = None


def _name_lost_country(parsed: ParsedDocument, country: str) -> None:
    """Give rows and totals after an unreadable page the country that their country total names."""
    found: list[Activity | PrintedTotal] = [*parsed.activities, *parsed.totals]
    lost = [item for item in found if not item.country]
    if lost and not country:
        raise LayoutMismatch(lost[0].page, "no country heading above this row and no country total below it")
    for item in lost:
        item.country = country


def _is_country_name(placed: list[_PlacedLine], position: int, state: _State) -> bool:
    """Return whether a line names a country: it follows a country's total, or stands alone before a heading."""
    line = placed[position].line
    if state.columns and line.x > state.columns[0][1] + _EDGE_TOLERANCE:
        return False
    if state.between_countries:
        return True
    following = placed[position + 1].text if position + 1 < len(placed) else ""
    alone = not state.columns or list(_cells(line, state.columns)) == [0]
    return alone and _PROGRAM_HEADING.match(following) is not None


def _columns(item: _PlacedLine) -> list[tuple[str, float]]:
    """Return the columns that the head names, each with its left edge."""
    line = item.line
    inked = [i for i, character in enumerate(line.characters) if not character.isspace()]
    text = "".join(line.characters[i] for i in inked).replace("’", "'")
    columns: list[tuple[str, float]] = []
    start = 0
    for name, titles in _COLUMNS:
        places = [(text.find(t.replace(" ", ""), start), -len(t), t) for t in titles]
        place, _, title = min((p for p in places if p[0] >= 0), default=(-1, 0, ""))
        if place >= 0:
            columns.append((name, line.xs[inked[place]]))
            start = place + len(title.replace(" ", ""))
        elif name not in _OPTIONAL_COLUMNS:
            raise LayoutMismatch(item.page.number, f"table head has no column {titles[-1]!r}: «{line.text}»")
    return columns


def _total(level: str, match: re.Match[str], item: _PlacedLine, state: _State) -> PrintedTotal:
    return PrintedTotal(
        level=level,
        region=state.region,
        country=match["country"] if level == "country" else state.country,
        program_printed=state.program if level == "program" else None,
        section=state.section if level == "program" else None,
        quantity_printed=match["quantity"],
        cost_printed=match["cost"],
        page=item.page.number,
    )


def _read_cells(item: _PlacedLine, state: _State, parsed: ParsedDocument) -> None:
    if not state.columns:
        raise LayoutMismatch(item.page.number, f"text before any table head: «{item.text}»")
    cells = _cells(item.line, state.columns)
    first = min(cells)
    if state.activity is None or first < state.last_column:
        state.row_on_page[item.page.number] += 1
        state.activity = Activity(
            region=state.region,
            country=state.country,
            program_printed=state.program,
            funder_printed=state.funder,
            section=state.section,
            page=item.page.number,
            row_on_page=state.row_on_page[item.page.number],
            printed_page=item.printed_page,
            cells={},
        )
        parsed.activities.append(state.activity)
    for column, text in cells.items():
        state.activity.cells.setdefault(state.columns[column][0], []).append(text)
    state.last_column = max(cells)
    title = " ".join(state.activity.cells.get("course_title", []))
    state.between_countries = _COUNTRY_TOTAL_NAME.match(title) is not None


def _cells(line: Line, columns: list[tuple[str, float]]) -> dict[int, str]:
    """Return the text of a line by the number of the column that each character stands in."""
    edges = [left - _EDGE_TOLERANCE for _, left in columns]
    last = len(edges) - 1
    parts: dict[int, list[str]] = {}
    column = 0
    for x, character in zip(line.xs, line.characters, strict=True):
        while column < last and x >= edges[column + 1]:
            column += 1
        while column > 0 and x < edges[column]:
            column -= 1
        parts.setdefault(column, []).append(character)
    texts = {column: " ".join("".join(part).split()) for column, part in parts.items()}
    return {column: text for column, text in texts.items() if text}


def _separate_totals(parsed: ParsedDocument) -> None:
    """Take printed totals out of the rows they were read into.

    A country's name may be too long for one line, which leaves a total that looks like a row. And a
    program's total may be printed over the last row of its table: what stands below it (title's last
    line, quantity, cost) is lost, the rest of the row is kept.
    """
    rows: list[Activity] = []
    for activity in parsed.activities:
        country_total = _wrapped_country_total(activity)
        if country_total:
            parsed.totals.append(country_total)
            continue
        rows.append(activity)
        if any(_PROGRAM_TOTAL.match(text) for text in activity.cells.get("course_title", [])):
            parsed.totals.append(_take_overprinted_total(activity))
    parsed.activities[:] = rows


def _wrapped_country_total(activity: Activity) -> PrintedTotal | None:
    title = activity.cells.get("course_title", [])
    parts = [
        part for column in ("course_title", "quantity", "cost") for part in activity.cells.get(column, [])
    ]
    match = _COUNTRY_TOTAL.match(" ".join(parts)) if len(title) > 1 else None
    if match is None or _PROGRAM_TOTAL.match(title[-1]):
        return None
    return PrintedTotal(
        level="country",
        region=activity.region,
        country=match["country"],
        program_printed=None,
        section=None,
        quantity_printed=match["quantity"],
        cost_printed=match["cost"],
        page=activity.page,
    )


def _take_overprinted_total(activity: Activity) -> PrintedTotal:
    title = activity.cells["course_title"]
    activity.cells["course_title"] = [text for text in title if not _PROGRAM_TOTAL.match(text)]
    return PrintedTotal(
        level="program",
        region=activity.region,
        country=activity.country,
        program_printed=activity.program_printed,
        section=activity.section,
        quantity_printed=" ".join(activity.cells.pop("quantity", [])) or None,
        cost_printed=" ".join(activity.cells.pop("cost", [])) or None,
        page=activity.page,
    )
