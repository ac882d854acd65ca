"""Corrections to what a document prints, as data: each with its place, what stands there and the reason.

The table is ``data/reference/corrections.csv``. A correction names the value it expects to find; when the
document says something else, the build fails, so that a correction cannot outlive the fault it mends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import takewhile
from pathlib import Path

from milaid.errors import DataError, list_problems
from milaid.handwritten import read_sheet
from milaid.sources.fmtr.parsed import Activity, ParsedDocument

WHOLE_ROW = "row"
WHOLE_PAGE = "page"
COUNTRY_HEADING = "country"


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one row: ``field`` is a cell, or ``row`` to leave the whole row out.

    ``page`` leaves a whole page out, rows and totals, that stands in another document too; ``row_on_page`` is
    then 0 and ``as_printed`` the page number that is printed on it. ``country`` mends a country's heading: the row
    is the first below it, and the correction holds for all its rows and program totals.
    """

    edition: str
    document: str
    page: int
    row_on_page: int
    field: str
    as_printed: str
    corrected: str
    reason: str


_COLUMNS = tuple(field.name for field in fields(Correction))


def read_corrections(path: Path) -> list[Correction]:
    """Return the rows of the table; DataError with file and line where one is none."""
    sheet = read_sheet(path)
    problems = [f"line 1: the column {name!r} is missing" for name in _COLUMNS if name not in sheet.columns]
    if problems:
        raise DataError(list_problems(f"{path}: cannot be read:", problems))
    found = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        try:
            page, row_on_page = int(row["page"]), int(row["row_on_page"])
        except ValueError as error:
            raise DataError(f"{path}, line {line}: {error}") from error
        found.append(
            Correction(
                edition=row["edition"],
                document=row["document"],
                page=page,
                row_on_page=row_on_page,
                field=row["field"],
                as_printed=row["as_printed"],
                corrected=row["corrected"],
                reason=row["reason"],
            )
        )
    return found


def apply_corrections(parsed: ParsedDocument, corrections: Iterable[Correction]) -> None:
    """Make the corrections of one document; DataError naming all that do not fit, and text without its row."""
    corrections = list(corrections)
    problems = [
        *_leave_out_pages(parsed, [c for c in corrections if c.field == WHOLE_PAGE]),
        *_correct_headings(parsed, [c for c in corrections if c.field == COUNTRY_HEADING]),
        *_correct_rows(parsed, [c for c in corrections if c.field not in (WHOLE_PAGE, COUNTRY_HEADING)]),
    ]
    if problems:
        advice = "Look the places up in the document and mend data/reference/corrections.csv."
        raise DataError(list_problems("Corrections do not fit the documents:", problems, advice))


def _leave_out_pages(parsed: ParsedDocument, corrections: list[Correction]) -> list[str]:
    problems = []
    numbers = {activity.page: activity.printed_page for activity in parsed.activities}
    for correction in corrections:
        seen = numbers.get(correction.page)
        if seen != correction.as_printed:
            problems.append(
                f"{correction.document}, page {correction.page}: expected the printed page number "
                f"«{correction.as_printed}», read «{seen or 'no row'}»"
            )
    left_out = {correction.page for correction in corrections}
    parsed.activities[:] = [a for a in parsed.activities if a.page not in left_out]
    parsed.totals[:] = [t for t in parsed.totals if t.page not in left_out]
    if 1 in left_out:
        parsed.carried_over.clear()
    return problems


def _correct_headings(parsed: ParsedDocument, corrections: list[Correction]) -> list[str]:
    places = {(a.page, a.row_on_page): i for i, a in enumerate(parsed.activities)}
    problems = []
    for correction in corrections:
        place = f"{correction.document}, page {correction.page}, row {correction.row_on_page}"
        first = places.get((correction.page, correction.row_on_page))
        seen = parsed.activities[first].country if first is not None else "no such row"
        if first is None or seen != correction.as_printed:
            problems.append(f"{place}, country: expected «{correction.as_printed}», read «{seen}»")
            continue
        _rename_country(parsed, first, correction.corrected)
    return problems


def _rename_country(parsed: ParsedDocument, first: int, name: str) -> None:
    """Give the rows of a country, from the first below its heading, and their totals another country."""
    printed = parsed.activities[first].country
    below = list(takewhile(lambda activity: activity.country == printed, parsed.activities[first:]))
    sections = {activity.section for activity in below}
    for row in below:
        row.country = name
    for total in parsed.totals:
        if total.section in sections:
            total.country = name


def _correct_rows(parsed: ParsedDocument, corrections: list[Correction]) -> list[str]:
    places = {(activity.page, activity.row_on_page): activity for activity in parsed.activities}
    dropped: set[int] = set()
    problems = []
    for correction in corrections:
        place = f"{correction.document}, page {correction.page}, row {correction.row_on_page}"
        activity = places.get((correction.page, correction.row_on_page))
        if activity is None:
            problems.append(f"{place}: there is no such row")
            continue
        whole = correction.field == WHOLE_ROW
        seen = _first_cell(activity) if whole else " ".join(activity.cells.get(correction.field, []))
        if seen != correction.as_printed:
            problems.append(f"{place}, {correction.field}: expected «{correction.as_printed}», read «{seen}»")
        elif whole:
            dropped.add(id(activity))
        else:
            activity.cells[correction.field] = [correction.corrected] if correction.corrected else []
    parsed.activities[:] = [activity for activity in parsed.activities if id(activity) not in dropped]
    return problems


def _first_cell(activity: Activity) -> str:
    return next((" ".join(lines) for lines in activity.cells.values() if lines), "")
