"""Sheets of evidence as Typst: the page with the row framed, the fields as read, and how to look it all up again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

import milaid
from milaid.blocks import numbers, typst
from milaid.blocks.glyphs import string
from milaid.blocks.words import counted
from milaid.publish.evidence.picture import Pictures
from milaid.publish.evidence.rows import Box, Row

_FIELDS = {
    "fiscal_year": "Fiscal year",
    "status": "Status",
    "region": "Region",
    "country": "Country as printed",
    "program_printed": "Program as printed",
    "funder": "Department",
    "course_title": "Course",
    "quantity": "Participants",
    "location": "Place",
    "student_unit": "Unit",
    "us_unit": "US unit",
    "cost_printed": "Cost as printed",
    "cost_usd": "Cost, US dollars",
    "start_date": "Begins",
    "end_date": "Ends",
    "derived": "Follows from totals",
}
_EMPTY = "–"
_TALLEST_PAGE = 330
"""Points that the picture of a whole page in portrait takes at most."""
_COVERED = (
    "Black on the picture: names and personal numbers of persons, which milaid withholds. The official document at the "
    "address below shows them."
)
_NO_PICTURE = (
    "This edition was published as web pages, which have no pages and no places to frame: there is no picture. The fields "
    "below are those of the table on the page at the official address."
)
_NO_PLACE = "The place of this row on its page is not recorded: the page has no layer of text there. The whole page is shown."


@dataclass(frozen=True)
class Shown:
    """A row with pictures of the pages that it stands on, by page; none for a web page."""

    row: Row
    pictures: Mapping[int, Pictures]


def source(sheets: Sequence[Shown], size: tuple[str, str]) -> tuple[str, dict[str, bytes]]:
    """Return the Typst source of sheets, a row each, and the files it names; ``size``: width and height of the paper."""
    files: dict[str, bytes] = {}
    title = (
        f"Evidence: {sheets[0].row.row_id}"
        if len(sheets) == 1
        else f"Evidence: {counted(len(sheets), 'row')}"
    )
    description = "Rows of the Foreign Military Training Report on the pages that they stand on."
    parts = [
        typst.preamble(),
        f"#let report = (title: {string(title)}, description: {string(description)}, "
        f"page-width: {size[0]}, page-height: {size[1]})\n",
        (Path(__file__).with_name("templates") / "evidence.typ").read_text(encoding="utf-8"),
    ]
    for number, sheet in enumerate(sheets):
        parts.append("#pagebreak()\n" if number else "")
        parts += _sheet(sheet, number, files)
    return "\n".join(parts), files


def _sheet(sheet: Shown, number: int, files: dict[str, bytes]) -> Iterator[str]:
    row = sheet.row
    activity = row.activity
    yield f"#heading(level: 1, {string(_title(activity))})\n#said({string(activity['citation'] + '.')})\n"
    if row.is_web_page:
        yield f"#said({string(_NO_PICTURE)})\n"
    elif not row.boxes:
        yield f"#said({string(_NO_PLACE)})\n"
    for page, drawn in sheet.pictures.items():
        for part, content in (("strip", drawn.strip), ("page", drawn.page)):
            name = f"row{number}-{page}-{part}.png"
            files[name] = content
            tall = "auto" if part == "strip" else f"{_TALLEST_PAGE}pt"
            if part == "strip" and not row.boxes:
                continue
            yield f"#shown({string(name)}, {string(_alt(row, page, part))}, tall: {tall})\n"
    if any(drawn.covered for drawn in sheet.pictures.values()):
        yield f"#said({string(_COVERED)})\n"
    yield "#heading(level: 2)[As read]\n"
    yield _facts((label, _value(activity, name)) for name, label in _FIELDS.items() if name in activity)
    if row.corrections:
        yield "#heading(level: 2)[Corrected]\n"
        yield "".join(f"#said({string(line)})\n" for line in row.corrections)
    yield "#heading(level: 2)[Where it stands]\n"
    yield _facts(_whereabouts(row))


def _title(activity: Mapping[str, Any]) -> str:
    course = activity["course_title"]
    return f"{activity['country']}, fiscal year {activity['fiscal_year']}: {course if _there(course) else 'no course named'}"


def _alt(row: Row, page: int, part: str) -> str:
    fields = "; ".join(
        f"{label}: {_value(row.activity, name)}"
        for name, label in _FIELDS.items()
        if _there(row.activity.get(name))
    )
    where = f"page {page} of {row.document['file']}"
    if part == "page":
        return f"The whole {where}, the row framed where it stands." if row.boxes else f"The whole {where}."
    return f"The row, framed, on {where}. As read: {fields}."


def _whereabouts(row: Row) -> Iterator[tuple[str, str]]:
    activity, document = row.activity, row.document
    yield "Row", row.row_id
    yield "Edition", f"{document['edition']}, {document['region'] or 'all regions'}"
    if row.is_web_page:
        yield "Page", f"web page {document['file']}, row {activity['row_on_page']} of its table of activities"
    else:
        pages = [f"{activity['page']} of {document['file']}"]
        if _there(activity["printed_page"]):
            pages.append(f"printed {activity['printed_page']}")
        if _there(activity["official_page"]):
            pages.append(f"{activity['official_page']} of the official file")
        yield "Page", "; ".join(pages)
    yield (
        "Official address",
        str(activity["source_url"]) if _there(activity["source_url"]) else "not recorded",
    )
    yield "Document", f"{document['kind']}, {numbers.integer(int(float(document['bytes'])))} bytes"
    yield "SHA-256 of the document", document["sha256"]
    yield (
        "To repeat it",
        f"milaid evidence {row.row_id} (version {milaid.__version__}); or open the address, "
        + ("find the row in its table" if row.is_web_page else "turn to the page")
        + ", and compare the file by sha256sum.",
    )


def _facts(rows: Iterator[tuple[str, str]]) -> str:
    items = []
    for term, value in rows:
        if value.startswith(("http://", "https://")):
            shown = f"link({string(value)}, breaking({string(value)}))"
        elif " " not in value and len(value) > 40:
            shown = f"breaking({string(value)})"
        else:
            shown = string(value)
        items.append(f"({string(term)}, {shown})")
    return f"#facts({', '.join(items)})\n"


def _value(activity: Mapping[str, Any], name: str) -> str:
    value = activity[name]
    if not _there(value):
        return _EMPTY
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return numbers.integer(int(value)) if name in ("quantity", "cost_usd") else str(value)


def _there(value: object) -> bool:
    return value is not None and not pd.isna(value) and value != ""


def by_page(boxes: Sequence[Box]) -> list[list[Box]]:
    """Return the boxes of a row page by page."""
    return [list(group) for _, group in groupby(boxes, key=lambda box: box.page)]
