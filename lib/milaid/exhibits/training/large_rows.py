"""Single rows that hold a large part of a total or of its change: their table, and the findings that name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from milaid import fiscal
from milaid.analysis import large_rows as analysis
from milaid.blocks import numbers
from milaid.blocks.block import Column, Finding, Table, csv_text, escape
from milaid.blocks.words import cardinal, counted, sentence_start
from milaid.exhibits import links, misplaced
from milaid.exhibits.once import once
from milaid.exhibits.pages import DocumentPages, file_note
from milaid.exhibits.scope import RECIPIENT
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.training import derived
from milaid.tables import citation, store

KEY = "large_rows"
MOST_SHOWN = 5
"""Rows of each measure in the table; its file has all."""
MOST_NAMED = 2
"""Rows of each measure that a finding names."""
_LONGEST = 90
"""Letters up to which a sentence gives course and unit in full."""
_LONGEST_IN_TABLE = 55
"""The same of a cell: the table has to fit on a page."""
_MOST_PERCENT = 1000
"""A greater rise says more of how little there was before it, and is not set beside that without a row."""
_HEADINGS = {"participants": "Participants", "cost_usd": "Cost, US dollars"}
_TURNED = {
    "participants": ("more participants instead of fewer", "fewer participants instead of more"),
    "cost_usd": ("a higher cost instead of a lower one", "a lower cost instead of a higher one"),
}
"""What a fall and a rise become without a row that is more than all of it."""
_FILED = [
    "measure", "fiscal_year", "recipient", "iso3", "program", "course_title", "student_unit", "named", "participants",
    "cost_usd", "derived", "total", "share", "change", "percent_change", "share_of_change", "total_without", "change_without",
    "percent_change_without", "rows_alike", "row_id", "citation", "official_page", "source_url",
]  # fmt: skip
_ROUNDED = {"share": 4, "percent_change": 4, "share_of_change": 4, "percent_change_without": 4}


def large_rows(subject: Subject) -> Table | None:
    """Return the rows that hold a large part of a total or of a change, with the figures without them; nothing of none."""
    frame = _found(subject)
    if frame.empty:
        return None
    shown = _shown(frame)
    return table_from_frame(
        shown,
        _columns(subject),
        key=KEY,
        title=_title(frame),
        subtitle=f"Single rows of {_years(frame)}, {subject.scope.subtitle}, and what is left without them, current US dollars",
        alt="Table of rows with participants, cost, share of the total and of the change, the total without the row, and page.",
        note=joined(
            COUNTING_NOTE,
            "Which rows these are: “Rows that hold much” under Data and method. Without it: the total of the year of the row, "
            "without that row alone. Share of the change and change without it: not given for rows that hold a third or less.",
            _alike(shown),
            f"The {cardinal(MOST_SHOWN)} largest by each measure are shown; the CSV file has all."
            if len(shown) < len(frame)
            else "",
            _misplaced(shown),
            file_note(shown["place"]),
        ),
        sources=subject.year_sources(previous=bool((frame["fiscal_year"] < subject.fiscal_year).any())),
        group="heading",
        csv=csv_text(frame[_FILED].round(_ROUNDED)),
        links={"place": "source_url"}
        | ({} if subject.scope.kind == RECIPIENT else {"recipient": links.country}),
    )


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the largest rows of each measure, those of the report year first, with course and unit as one text."""
    largest = frame.groupby("measure", sort=False).head(MOST_SHOWN)
    order = {measure: place for place, measure in enumerate(_HEADINGS)}
    largest = derived.titled(largest.assign(_order=largest["measure"].map(order)))
    ordered = largest.sort_values(["_order", "of_report_year"], ascending=[True, False], kind="stable")
    texts = [_course_and_unit(row, _LONGEST_IN_TABLE) for row in ordered.to_dict("records")]
    return ordered.drop(columns="_order").assign(what=texts).reset_index(drop=True)


def findings(subject: Subject) -> dict[str, Finding]:
    """Return the finding that names the largest rows of a total or change, by the finding on that: total, cost."""
    frame = _found(subject)
    keys = {"participants": "total", "cost_usd": "cost"}
    return {
        keys[str(measure)]: _finding(subject, rows) for measure, rows in frame.groupby("measure", sort=False)
    }


def _columns(subject: Subject) -> tuple[Column, ...]:
    """Return the columns of the table: of one recipient the program stands in the place of the recipient."""
    one_recipient = subject.scope.kind == RECIPIENT
    return (
        Column("label", "Program", width=0.11)
        if one_recipient
        else Column("recipient", "Recipient", width=0.11),
        Column("what", "Course (unit as printed)", emphasis="secondary", width=0.24),
        Column("participants", "People", "integer", width=0.07),
        Column("cost_usd", "Cost, USD", "usd", width=0.125),
        Column("share", "% of total", "share", emphasis="main", width=0.065),
        Column("share_of_change", "% of change", "share", emphasis="main", width=0.075),
        Column("total_without", "Total without it", "integer", width=0.14),
        *(
            (Column("percent_change_without", "Change without it, %", "percent_change", width=0.085),)
            if subject.has_previous
            else ()
        ),
        Column("place", "Page", "page", emphasis="secondary", width=0.09),
    )


@once
def _found(subject: Subject) -> pd.DataFrame:
    """Return the large rows with page, address and what a sentence calls them."""
    found = analysis.large_rows(subject.year_rows, _rows_before(subject))
    frame = citation.cited(found, subject.documents)
    pages = {
        int(year): DocumentPages(subject.documents[subject.documents["fiscal_year"] == year])
        for year in frame["fiscal_year"].unique()
    }
    labels = store.load_programs().set_index("code")["label"]
    frame = frame.assign(label=frame["program"].map(labels).fillna(frame["program"]))
    rows = frame.to_dict("records")
    return frame.assign(
        heading=[f"{_HEADINGS[row['measure']]}, {fiscal.label(int(row['fiscal_year']))}" for row in rows],
        participants=frame["quantity"],
        of_report_year=frame["fiscal_year"] == subject.fiscal_year,
        place=[pages[int(row["fiscal_year"])].place(row["document"], int(row["page"])) for row in rows],
        named=[_named(row, subject) for row in rows],
    )


def _rows_before(subject: Subject) -> pd.DataFrame | None:
    """Return the activities of the scope in the year before; None where that may not be compared."""
    if not subject.has_previous:
        return None
    where = {} if subject.scope.is_world else {subject.scope.column: subject.scope.value}
    return store.load_trainings(subject.fiscal_year - 1, where=where)


def _named(row: Mapping[str, Any], subject: Subject) -> str:
    """Return what a sentence calls a row: ``Iraq: Free Iraqi Forces (Iraq Liberation opposition groups)``."""
    what = _course_and_unit(row, _LONGEST)
    return what if subject.scope.kind == RECIPIENT else f"{row['recipient']}: {what}"


def _course_and_unit(row: Mapping[str, Any], longest: int) -> str:
    """Return course and unit of a row as printed, each cut where it is longer than ``longest``."""
    course, unit = (_short(row[name], longest) for name in ("course_title", "student_unit"))
    # A unit that the clean spelling has not is a text such as N/A.
    unit = (
        "" if numbers.is_missing(row["student_unit_clean"]) or unit.casefold() == course.casefold() else unit
    )
    return f"{course} ({unit})" if course and unit else course or unit or "without course and unit"


def _short(text: Any, longest: int) -> str:
    """Return a printed text on one line, cut behind a word where it is long."""
    line = "" if numbers.is_missing(text) else " ".join(str(text).split())
    return line if len(line) <= longest else f"{line[:longest].rpartition(' ')[0].rstrip(',;:-/ ')} …"


def _title(frame: pd.DataFrame) -> str:
    rows = frame["row_id"].nunique()
    if rows == 1:
        return f"One row holds {' and '.join(_held(frame))}"
    return f"{sentence_start(cardinal(rows))} rows each hold {' or '.join(_held(frame))}"


def _held(frame: pd.DataFrame) -> list[str]:
    """Return what rows hold, each only where one of them does."""
    of_total = (frame["share"] > analysis.LEAST_SHARE) & frame["of_report_year"]
    of_change = frame["share_of_change"].notna()
    parts = ((of_total, "over a tenth of a total"), (of_change, "over a third of a change"))
    return [what for found, what in parts if found.any()]


def _years(frame: pd.DataFrame) -> str:
    years = sorted({int(year) for year in frame["fiscal_year"]}, reverse=True)
    return " and ".join(fiscal.label(year) for year in years)


def _alike(shown: pd.DataFrame) -> str:
    """Return that some rows have others of the same words beside them; "" where none has."""
    if not (shown["rows_alike"] > 1).any():
        return ""
    return (
        "Rows of one year that agree in recipient, program, course and unit are several rows, as the report prints them; "
        "the CSV file says how many."
    )


def _misplaced(shown: pd.DataFrame) -> str:
    """Return what rows of these recipients and years name another country; "" for none."""
    found = (
        misplaced.note(rows["recipient"].unique(), [int(str(year))])
        for year, rows in shown.groupby("fiscal_year", sort=True)
    )
    return joined(*found)


def _finding(subject: Subject, rows: pd.DataFrame) -> Finding:
    """Return the finding on the large rows of one measure: the largest of them, each with the figures without it."""
    named = rows.drop_duplicates(["fiscal_year", "named"]).head(MOST_NAMED)
    sentences = [
        _sentence(row, subject, first=not place) for place, row in enumerate(named.to_dict("records"))
    ]
    rest = rows.drop(index=named.index)
    if len(rest):
        hold = "row holds" if len(rest) == 1 else "rows each hold"
        sentences.append(f"{sentence_start(cardinal(len(rest)))} more {hold} {' or '.join(_held(rest))}.")
    return Finding(_lead(rows.iloc[0].to_dict()), " ".join(sentences), (KEY,))


def _lead(row: Mapping[str, Any]) -> str:
    """Return the share of the largest row in the change or total; of a change that turns without it, how it turns."""
    people = row["measure"] == "participants"
    what = "participants" if people else "cost"
    if numbers.is_missing(row["share_of_change"]):
        return f"One row holds {numbers.share(row['share'])} of the {what}."
    rises = bool(row["change"] > 0)
    if row["change_without"] * row["change"] < 0:
        whose = "" if row["of_report_year"] else f" of {fiscal.words(int(row['fiscal_year']))}"
        turned = _TURNED[str(row["measure"])]
        return f"Without one row{whose}, {turned[rises]}."
    return f"One row holds {numbers.share(row['share_of_change'])} of the {_moved(row)} in {what}."


def _moved(row: Mapping[str, Any]) -> str:
    return "rise" if row["change"] > 0 else "fall"


def _sentence(row: Mapping[str, Any], subject: Subject, first: bool) -> str:
    """Return what a row holds and the figures without it: two sentences of marked text."""
    of_year = fiscal.words(int(row["fiscal_year"]))
    rows = int(row["rows_alike"])
    begin = ("One" if first else "Another") + (
        f" of {cardinal(rows)} rows of the same words" if rows > 1 else " row"
    )
    when = "" if row["of_report_year"] else f" of {of_year}"
    held = f"{begin}{when}, {escape(row['named'])}, lists {_people(row)} and {_dollars(row)}: {_parts(row)}."
    if row["measure"] == "participants":
        without = f"Without it the count is {numbers.integer(row['total_without'])} in {of_year}"
    else:
        without = f"Without it training cost {numbers.million(row['total_without'])} in {of_year}"
    return f"{held} {without}{_change(row, subject)}."


def _change(row: Mapping[str, Any], subject: Subject) -> str:
    """Return the change without a row that holds a large part of it, to end a sentence; "" for another."""
    if numbers.is_missing(row["percent_change_without"]) or row["percent_change"] > _MOST_PERCENT:
        return ""
    now, then = (numbers.percent_change(row[name]) for name in ("percent_change_without", "percent_change"))
    if row["of_report_year"]:
        return f", {now} on {fiscal.words(subject.fiscal_year - 1)} instead of {then}"
    return f", and the change to {fiscal.words(subject.fiscal_year)} is {now} instead of {then}"


def _parts(row: Mapping[str, Any]) -> str:
    """Return what share a row has in the total of its year and, where it is large in it, in the change."""
    what = "participants" if row["measure"] == "participants" else "cost"
    part = f"{numbers.share(row['share'])} of the {what}"
    if not row["of_report_year"]:
        part += " of its year"
    if numbers.is_missing(row["share_of_change"]):
        return part
    return f"{part} and {numbers.share(row['share_of_change'])} of the {_moved(row)}"


def _people(row: Mapping[str, Any]) -> str:
    if numbers.is_missing(row["quantity"]):
        return "participants that cannot be read"
    return counted(int(row["quantity"]), "participant")


def _dollars(row: Mapping[str, Any]) -> str:
    if numbers.is_missing(row["cost_usd"]):
        return "no printed cost"
    return numbers.usd(row["cost_usd"]) if row["cost_usd"] else "a printed cost of $0"
