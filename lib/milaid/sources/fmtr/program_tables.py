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
from dataclasses import dataclass, field
from itertools import pairwise

from milaid.sources.fmtr.parsed import LOST_HEADING, Activity, LayoutMismatch, ParsedDocument, PrintedTotal
from milaid.sources.fmtr.position import Position
from milaid.sources.fmtr.program_columns import (
    COLUMN_NAMES,
    EDGE_TOLERANCE,
    FIRST_TITLE,
    Columns,
    cells,
    read_head,
    starts,
)
from milaid.sources.fmtr.text import SAME_BASELINE, Line, Page, joined

MEDIUM = "PDF"
NAME = "program tables (2007-2008 to 2020-2021)"

_YEAR = r"(?:FY|Fiscal Year)\s*(?P<year>\d{4})"
_PROGRAM_HEADING = re.compile(rf"^(?P<program>.+?)\s*-\s*{_YEAR}\s+(?P<funder>.+?)\s+Training$")
_AMOUNTS = r"\s*(?P<quantity>[\d,]+)?\s*(?P<cost>\$\s*[\d,.]*)?$"
_PROGRAM_TOTAL = re.compile(rf"^{_YEAR}\s+Program Totals?{_AMOUNTS}")
_COUNTRY_TOTAL = re.compile(rf"^(?P<country>.+?)\s+{_YEAR}\s+Totals?{_AMOUNTS}")
_RUNNING_HEAD = re.compile(r"^Volume I\b.*?IV-(?:Part )?(?:IV-)?(?P<part>[IV]+)\s*-\s*(?P<region>[A-Z].+)$")
_COUNTRY_TOTAL_NAME = re.compile(rf"^(?!{_YEAR}\s).+\s{_YEAR}\s+Totals?$".replace("?P<year>", ""))
# Of 1,482,600 cells of the editions 2007-2008 to 2020-2021, one stands beside the edge of its column.
_BESIDE_AT_MOST = 0.01
_EXAMPLE = "PKO - Fiscal Year 2014 Department of State Training"
_NO_DATA = re.compile(r"^This page (?:is )?intentionally left blank\.?$", re.IGNORECASE)


@dataclass(slots=True)
class _PlacedLine:
    page: Page
    line: Line
    text: str
    printed_page: str | None


@dataclass(slots=True)
class _Edges:
    """How many cells were read, and those whose text does not begin at the left edge of their column."""

    read: int = 0
    beside: list[LayoutMismatch] = field(default_factory=list)

    def note(self, item: _PlacedLine, columns: Columns) -> None:
        """Count the cells of a line."""
        for name, x, edge in starts(item.line, columns):
            self.read += 1
            if abs(x - edge) > EDGE_TOLERANCE:
                self.beside.append(
                    LayoutMismatch(
                        item.page.number,
                        f"expected cells that begin at the left edge of the name of their column; seen text at "
                        f"{x:.0f} points, below {name!r} at {edge:.0f}: «{item.text}»",
                    )
                )

    def require_few_beside(self) -> None:
        """Raise the first LayoutMismatch where columns are set in another way: a cell or two is an oddity."""
        if len(self.beside) > self.read * _BESIDE_AT_MOST:
            raise self.beside[0]


@dataclass(slots=True)
class _State(Position):
    """Where the reader is, and the columns of the table at hand."""

    columns: Columns = field(default_factory=list)
    # True from a country's total to the next program heading: a line there is a country's name.
    between_countries: bool = True
    last_column: int = -1
    edges: _Edges = field(default_factory=_Edges)


def recognises(pages: list[Page]) -> bool:
    """Return whether a document is of this layout: one of its pages has a program heading of this form."""
    return any(_PROGRAM_HEADING.match(line.text) for page in pages for line in page.lines)


def parse(pages: list[Page]) -> ParsedDocument:
    """Read activities and printed totals; raises LayoutMismatch with page and line where it cannot."""
    placed = [line for page in pages for line in _body(page)]
    state = _State(_fiscal_year(placed), _region(pages))
    parsed = ParsedDocument(state.fiscal_year, COLUMN_NAMES)
    blank = {page.number for page in pages if not page.lines}
    for position, item in enumerate(placed):
        before = placed[position - 1].page.number if position else 0
        if blank.intersection(range(before + 1, item.page.number)):
            _lose_place(state)
        _read_line(placed, position, state, parsed)
    _name_lost_country(parsed, "")
    _separate_totals(parsed)
    state.edges.require_few_beside()
    _require_totals(parsed)
    return parsed


def difference(pages: list[Page]) -> str:
    """Return what a document would need to be of this layout, and what it has instead."""
    lines = [(page.number, line.text) for page in pages for line in page.lines]
    if not lines:
        return "its pages hold no text: a scan is a picture, and only a PDF with text can be read"
    expected = f"expected a program heading such as «{_EXAMPLE}»"
    for (page, text), (_, following) in pairwise(lines):
        if following.startswith(FIRST_TITLE):
            return f"page {page}: {expected} above the table head; seen «{text}»"
    return f"{expected}; there is none on any page, and page {lines[0][0]} begins «{lines[0][1]}»"


def region_of(page: Page) -> str | None:
    """Return the region that a page's running head names, None for a page without such a head."""
    heads = (_RUNNING_HEAD.match(line.text) for line in joined(page.lines))
    return next((match["region"] for match in heads if match), None)


def fiscal_years_of(page: Page) -> set[int]:
    """Return the fiscal years that the program headings of a page name."""
    headings = (_PROGRAM_HEADING.match(line.text) for line in page.lines)
    return {int(match["year"]) for match in headings if match}


def _region(pages: list[Page]) -> str:
    found: dict[str, int] = {}
    for page in pages:
        region = region_of(page)
        if region is not None:
            found.setdefault(region, page.number)
    if not found:
        first = next(page for page in pages if page.lines)
        raise LayoutMismatch(
            first.number,
            "expected a running head such as «Volume I, Section IV-I - Africa»; there is no running head of this "
            f"form on any page, and this one begins «{first.lines[0].text}»",
        )
    if len(found) > 1:
        seen = ", ".join(f"«{region}» (from page {page})" for region, page in found.items())
        raise LayoutMismatch(
            max(found.values()), f"expected one region in the running heads of all pages; seen {seen}"
        )
    return next(iter(found))


def _fiscal_year(placed: list[_PlacedLine]) -> int:
    years: dict[int, int] = {}
    for item in placed:
        if match := _PROGRAM_HEADING.match(item.text):
            years.setdefault(int(match["year"]), item.page.number)
    if len(years) > 1:
        seen = ", ".join(f"{year} (from page {page})" for year, page in years.items())
        raise LayoutMismatch(
            max(years.values()),
            f"expected one fiscal year in all program headings; seen {len(years)}: {seen}",
        )
    return next(iter(years))


def _body(page: Page) -> list[_PlacedLine]:
    """Return the lines of a page without running head, foot and page number."""
    lines = [(line, line.text) for line in joined(page.lines)]
    furniture = [line.y for line, text in lines if text.startswith("Volume I")]
    foot = min(furniture, default=0.0)
    number = "".join(text for line, text in lines if line.y < foot - SAME_BASELINE).replace(" ", "")
    return [
        _PlacedLine(page, line, text, number.strip("-") or None)
        for line, text in lines
        if line.y > foot - SAME_BASELINE
        and not any(abs(line.y - y) < SAME_BASELINE for y in furniture)
        and not _NO_DATA.match(text)
    ]


def _read_line(placed: list[_PlacedLine], position: int, state: _State, parsed: ParsedDocument) -> None:
    item = placed[position]
    text = item.text
    heading = _PROGRAM_HEADING.match(text)
    if text.startswith(FIRST_TITLE):
        _require_heading_above(placed, position)
        state.columns = read_head(item.line, item.page.number)
        state.activity = None
    elif (total := _PROGRAM_TOTAL.match(text)) is not None:
        parsed.totals.append(_total("program", total, item, state))
        state.activity = None
    elif heading:
        _require_head_below(placed, position)
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


def _require_heading_above(placed: list[_PlacedLine], position: int) -> None:
    """Check that a table head stands below a program heading, or first on a page where its table goes on."""
    item, above = placed[position], placed[position - 1]
    if position and above.page is item.page and not _PROGRAM_HEADING.match(above.text):
        raise LayoutMismatch(
            item.page.number,
            f"expected a program heading such as «{_EXAMPLE}» above the table head; seen «{above.text}»",
        )


def _require_head_below(placed: list[_PlacedLine], position: int) -> None:
    """Check that the head of its table stands below a program heading, if not on a page that is lost."""
    item = placed[position]
    below = placed[position + 1] if position + 1 < len(placed) else None
    if below and below.page.number <= item.page.number + 1 and not below.text.startswith(FIRST_TITLE):
        raise LayoutMismatch(
            below.page.number,
            f"expected a table head that begins with «{FIRST_TITLE}» below the program heading «{item.text}»; "
            f"seen «{below.text}»",
        )


def _require_totals(parsed: ParsedDocument) -> None:
    """Check that the document prints totals of programs and of countries in the form that is known.

    A single total that is missing is found where rows and totals are compared.
    """
    forms = {"program": "Fiscal Year {year} Program Totals", "country": "{country} Fiscal Year {year} Totals"}
    for level, form in forms.items():
        if parsed.activities and not any(total.level == level for total in parsed.totals):
            first = parsed.activities[0]
            same = [
                row
                for row in parsed.activities
                if (row.section == first.section if level == "program" else row.country == first.country)
            ]
            last = " ".join(part for cell in same[-1].cells.values() for part in cell)
            example = form.format(year=parsed.fiscal_year, country=first.country)
            raise LayoutMismatch(
                same[-1].page,
                f"expected a total «{example}» after the rows of each {level}; seen none, and the first {level} "
                f"ends with «{last}»",
            )


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
    if state.columns and line.x > state.columns[0][1] + EDGE_TOLERANCE:
        return False
    if state.between_countries:
        return True
    following = placed[position + 1].text if position + 1 < len(placed) else ""
    alone = not state.columns or list(cells(line, state.columns)) == [0]
    return alone and _PROGRAM_HEADING.match(following) is not None


def _total(level: str, match: re.Match[str], item: _PlacedLine, state: _State) -> PrintedTotal:
    if int(match["year"]) != state.fiscal_year:
        raise LayoutMismatch(
            item.page.number, f"expected totals of fiscal year {state.fiscal_year}; seen «{item.text}»"
        )
    country = match["country"] if level == "country" else None
    return state.total(level, state.fiscal_year, match["quantity"], match["cost"], item.page.number, country)


def _read_cells(item: _PlacedLine, state: _State, parsed: ParsedDocument) -> None:
    if not state.columns:
        raise LayoutMismatch(item.page.number, f"text before any table head: «{item.text}»")
    state.edges.note(item, state.columns)
    found = cells(item.line, state.columns)
    first = min(found)
    activity = state.activity
    if activity is None or first < state.last_column:
        activity = state.add_activity(parsed, item.page.number, printed_page=item.printed_page)
    activity.take_up(item.page.number, item.line)
    for column, text in found.items():
        activity.cells.setdefault(state.columns[column][0], []).append(text)
    state.last_column = max(found)
    title = " ".join(activity.cells.get("course_title", []))
    state.between_countries = _COUNTRY_TOTAL_NAME.match(title) is not None


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
        fiscal_year=activity.fiscal_year,
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
        fiscal_year=activity.fiscal_year,
        region=activity.region,
        country=activity.country,
        program_printed=activity.program_printed,
        section=activity.section,
        quantity_printed=" ".join(activity.cells.pop("quantity", [])) or None,
        cost_printed=" ".join(activity.cells.pop("cost", [])) or None,
        page=activity.page,
    )
