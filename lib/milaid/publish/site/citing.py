"""How to cite the suite, a report, a number and a row: as text and as BibTeX."""

from __future__ import annotations

import re
from typing import Any

import milaid
from milaid.errors import MilaidError
from milaid.imprint import SERIES_NAME
from milaid.publish.files.cited import AUTHOR, Cited, bibtex, version
from milaid.publish.registry.known import known
from milaid.publish.site.built_reports import BuiltReport
from milaid.tables import citation, datapackage, store
from milaid.tables.origins import REPORT_TITLE


def parts(report: BuiltReport | None) -> list[dict[str, Any]]:
    """Return the sections of the page; ``report`` is the example, None where nothing is built."""
    found = [_suite()]
    if report:
        found.append(_report(report))
    row = _example_row()
    found.append(_number(report))
    if row:
        found.append(_row(row))
    found.append(_data())
    return found


def _suite() -> dict[str, Any]:
    text = f"{AUTHOR}. {SERIES_NAME}. Version {milaid.__version__}, {milaid.__released__}."
    return {
        "anchor": "suite",
        "title": "The suite",
        "lead": "All reports together, or the software that makes them. The version says which data and which code.",
        "examples": [
            {
                "label": "",
                "text": text,
                "bibtex": bibtex("misc", "milaid", title=SERIES_NAME, note=version()),
            }
        ],
    }


def _report(report: BuiltReport) -> dict[str, Any]:
    kind = known()[report.kind].title
    cited = Cited(report.title, SERIES_NAME, kind, report.place)
    return {
        "anchor": "report",
        "title": "A report",
        "lead": "The title on its front, the kind of report and the version. A report in which numbers changed says so on "
        "its page and on the index; add the day of the last change then.",
        "examples": [{"label": "", "text": cited.text, "bibtex": cited.bibtex}],
    }


def _number(report: BuiltReport | None) -> dict[str, Any]:
    example = (
        f"“{report.facts[0].sentence}” ({report.title}, version {milaid.__version__}), from US Departments of State "
        f"and Defense, {REPORT_TITLE}, edition and pages as given below the figure."
        if report and report.facts
        else ""
    )
    return {
        "anchor": "number",
        "title": "A number",
        "lead": "Name the report, and the edition and page of the government document that stands under the figure or "
        "table. Say what is counted: a participant is one place on one course, and a person on two courses counts "
        "twice. Give the fiscal year.",
        "examples": [{"label": "", "text": example, "bibtex": ""}] if example else [],
    }


def _row(row: dict[str, str]) -> dict[str, Any]:
    return {
        "anchor": "row",
        "title": "A row of the data",
        "lead": "Quote its citation and give its source_url; both are columns of the table trainings. Its row_id names "
        "the row for good, also in later versions.",
        "examples": [
            {
                "label": "",
                "text": f"{row['citation']}. {row['source_url']} (row {row['row_id']})",
                "bibtex": bibtex(
                    "misc",
                    re.sub(r"[^A-Za-z0-9]+", "-", row["row_id"]).strip("-"),
                    author="{US Department of State and US Department of Defense}",
                    title=REPORT_TITLE,
                    howpublished=row["citation"],
                    url=row["source_url"],
                    note=f"Row {row['row_id']}",
                    year="",
                ),
            }
        ],
    }


def _data() -> dict[str, Any]:
    title = datapackage.TITLE
    return {
        "anchor": "dataset",
        "title": "The data set",
        "lead": "The tables as a whole. Population and gross domestic product are from the World Bank, to be named too.",
        "examples": [
            {
                "label": "",
                "text": f"{AUTHOR}. {title}. Data set, version {milaid.__version__}, {milaid.__released__}.",
                "bibtex": bibtex("misc", "milaid-data", title=title, note=f"Data set, {version()}"),
            }
        ],
    }


def _example_row() -> dict[str, str] | None:
    """Return row_id, citation and address of the first activity of the newest year; None without data."""
    try:
        years = store.available_years()
        rows = store.load_trainings([years[-1]]).head(1)
        cited = citation.cited(rows, store.load_documents()).iloc[0]
    except (MilaidError, OSError, IndexError):
        return None
    return {name: str(cited[name]) for name in ("row_id", "citation", "source_url")}
