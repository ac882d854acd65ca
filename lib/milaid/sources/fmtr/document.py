"""One document of the training report: opened, recognised, parsed and turned into tidy rows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from milaid import fiscal
from milaid.errors import SourceError
from milaid.sources.fmtr import program_tables, region_tables, title_lists, two_columns, web_tables
from milaid.sources.fmtr.corrections import Correction, apply_corrections
from milaid.sources.fmtr.hypertext import read_hypertext
from milaid.sources.fmtr.parsed import (
    FUNDER_NOT_PRINTED,
    LOST_HEADING,
    Activity,
    LayoutMismatch,
    ParsedDocument,
    PrintedTotal,
)
from milaid.sources.fmtr.text import read_pages
from milaid.sources.fmtr.values import parse_count, parse_date, parse_dollars, round_together

LAYOUTS: tuple[ModuleType, ...] = (program_tables, web_tables, region_tables, two_columns, title_lists)
HYPERTEXT_SUFFIXES = (".html", ".htm")

# How the documents write the department that pays, and the code used here.
FUNDER_NOT_STATED = "not stated"
FUNDERS = {
    "DoS": "DoS",
    "DOS": "DoS",
    "Department of State": "DoS",
    "DoD": "DoD",
    "DOD": "DoD",
    "Department of Defense": "DoD",
    "DOHS": "DHS",
    "Department of Homeland Security": "DHS",
    FUNDER_NOT_PRINTED: FUNDER_NOT_STATED,
    LOST_HEADING: "not stated",
}


@dataclass(frozen=True)
class DocumentTables:
    """The tidy tables of one document: activities, printed totals, values that could not be read, and places of rows."""

    activities: pd.DataFrame
    totals: pd.DataFrame
    unread: pd.DataFrame
    boxes: pd.DataFrame


def read_document(path: Path, corrections: Iterable[Correction] = ()) -> DocumentTables:
    """Return the tables of one document.

    Raises SourceError naming the file when it cannot be opened, is of no known layout or holds no rows, DataError
    when a correction does not fit.
    """
    layout, content = recognise(path)
    try:
        parsed = layout.parse(content)
    except LayoutMismatch as error:
        raise SourceError(
            f"{path}, page {error.page}: not the layout «{layout.NAME}»: {error.expected}"
        ) from error
    if not parsed.activities or not parsed.totals:
        raise SourceError(
            f"{path}: this has headings of the layout «{layout.NAME}», but {len(parsed.activities)} rows and "
            f"{len(parsed.totals)} totals below them; check that it is the right document"
        )
    apply_corrections(parsed, corrections)
    if parsed.carried_over:
        raise SourceError(
            f"{path}, page 1: it begins with text that carries on a row of another document: "
            f"«{' / '.join(parsed.carried_over)}»; where that document has the page too, list it in "
            "data/reference/corrections.csv as a page to leave out"
        )
    return _tables(parsed, path.name)


def recognise(path: Path) -> tuple[ModuleType, Any]:
    """Return the layout module that a document's own text calls for, and the document as that layout reads it.

    Raises SourceError naming the file when it cannot be opened or no layout knows it.
    """
    hypertext = path.suffix.lower() in HYPERTEXT_SUFFIXES
    content: Any = read_hypertext(path) if hypertext else read_pages(path)
    candidates = [layout for layout in LAYOUTS if (layout.MEDIUM == "HTML") == hypertext]
    for layout in candidates:
        if layout.recognises(content):
            return layout, content
    known = "; ".join(layout.NAME for layout in candidates)
    what = "an HTML page" if hypertext else f"a PDF of {len(content)} pages"
    # A new document has the layout of the latest edition, if any.
    differs = "" if hypertext else f": {program_tables.difference(content)}"
    raise SourceError(
        f"{path}: this is {what}, but not a section of the training report in a known layout "
        f"(known: {known}){differs}; check that it is the right document"
    )


def _tables(parsed: ParsedDocument, document: str) -> DocumentTables:
    common = {"edition": fiscal.edition(parsed.fiscal_year), "document": document}
    activities = pd.DataFrame([{**common, **_activity(activity, parsed)} for activity in parsed.activities])
    activities["cost_usd"] = pd.array(_whole_dollars(parsed.activities), "Int64")
    totals = pd.DataFrame([{**common, **_total(total, parsed)} for total in parsed.totals])
    unread = pd.DataFrame(
        [{**common, **entry} for activity in parsed.activities for entry in _unread(activity, parsed)],
        columns=[
            "fiscal_year",
            *common,
            "page",
            "row_on_page",
            "country",
            "program_printed",
            "field",
            "printed",
        ],
    )
    boxes = _boxes(parsed.activities, document)
    return DocumentTables(_typed_activities(activities), _typed_totals(totals), unread, boxes)


def _boxes(activities: list[Activity], document: str) -> pd.DataFrame:
    """Return where each row stands, in whole points that hold all of it; no rows for a web page."""
    columns = ["page", "row_on_page", "part", "on_page", "left", "bottom", "right", "top"]
    rows = [
        (
            activity.page, activity.row_on_page, part, box.page, math.floor(box.left), math.floor(box.bottom),
            math.ceil(box.right), math.ceil(box.top),
        )
        for activity in activities
        for part, box in enumerate(activity.boxes, start=1)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).astype("int16")
    frame.insert(0, "document", document)
    return frame


def _status(fiscal_year: int | None, parsed: ParsedDocument) -> str:
    """Return what a row or total is of: its edition's own year is done, a later one planned, none is both."""
    if fiscal_year is None:
        return "both"
    return "planned" if fiscal_year > parsed.fiscal_year else "actual"


def _total(total: PrintedTotal, parsed: ParsedDocument) -> dict[str, object]:
    return {
        "fiscal_year": total.fiscal_year or parsed.fiscal_year,
        "status": _status(total.fiscal_year, parsed),
        "level": total.level,
        "region": total.region,
        "country": total.country,
        "program_printed": total.program_printed,
        "section": total.section,
        "quantity": parse_count(total.quantity_printed),
        "cost_usd": _integer(parse_dollars(total.cost_printed)),
        "page": total.page,
    }


def _activity(activity: Activity, parsed: ParsedDocument) -> dict[str, object]:
    def cell(name: str) -> str | None:
        return " ".join(activity.cells.get(name, [])) or None

    return {
        "fiscal_year": activity.fiscal_year,
        "status": _status(activity.fiscal_year, parsed),
        "page": activity.page,
        "printed_page": activity.printed_page,
        "row_on_page": activity.row_on_page,
        "section": activity.section,
        "region": activity.region,
        "country": activity.country,
        "program_printed": activity.program_printed,
        # A department that is not known stays as printed; the build names it with all else that is unknown.
        "funder": FUNDERS.get(activity.funder_printed, activity.funder_printed),
        "course_title": cell("course_title"),
        "quantity": parse_count(cell("quantity")),
        "location": cell("location"),
        "student_unit": cell("student_unit"),
        "us_unit": cell("us_unit"),
        "cost_printed": cell("cost"),
        "start_date": parse_date(cell("start_date")),
        "end_date": parse_date(cell("end_date")),
    }


def _whole_dollars(activities: list[Activity]) -> list[int | None]:
    """Return whole dollars that add up, within each program table, to the rounded exact sum."""
    sections: dict[int, list[int]] = {}
    for index, activity in enumerate(activities):
        sections.setdefault(activity.section, []).append(index)
    rounded: list[int | None] = [None] * len(activities)
    for indices in sections.values():
        amounts = [parse_dollars(" ".join(activities[i].cells.get("cost", []))) for i in indices]
        for index, amount in zip(indices, round_together(amounts), strict=True):
            rounded[index] = amount
    return rounded


def _integer(amount: object) -> int | None:
    return None if amount is None else int(amount)  # type: ignore[call-overload]


def _unread(activity: Activity, parsed: ParsedDocument) -> list[dict[str, object]]:
    """Return the cells of a row that hold no value where there should be one.

    A column that the tables do not have is not unread. An empty cost (``$``) is no value printed, not one that
    cannot be read, and is not listed.
    """
    readers = {
        "quantity": parse_count,
        "cost": parse_dollars,
        "start_date": parse_date,
        "end_date": parse_date,
    }
    entries = []
    # In the order of the columns, so that the same document always gives the same table.
    for name, read in readers.items():
        if name not in parsed.columns:
            continue
        printed = " ".join(activity.cells.get(name, []))
        if read(printed) is None and not (name == "cost" and printed == "$"):
            entries.append(
                {
                    "fiscal_year": activity.fiscal_year,
                    "page": activity.page,
                    "row_on_page": activity.row_on_page,
                    "country": activity.country,
                    "program_printed": activity.program_printed,
                    "field": name,
                    "printed": printed,
                }
            )
    return entries


def _typed_activities(frame: pd.DataFrame) -> pd.DataFrame:
    frame["start_date"] = pd.to_datetime(frame["start_date"]).astype("datetime64[s]")
    frame["end_date"] = pd.to_datetime(frame["end_date"]).astype("datetime64[s]")
    return frame.astype(
        {
            "fiscal_year": "int16",
            "page": "int16",
            "row_on_page": "int16",
            "section": "int16",
            "quantity": "Int32",
        }
    )


def _typed_totals(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(
        {
            "fiscal_year": "int16",
            "section": "Int16",
            "quantity": "Int64",
            "cost_usd": "Int64",
            "page": "int16",
        }
    )
