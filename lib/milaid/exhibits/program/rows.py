"""The full data set of a program: every activity with the page it stands on, of all years or of the report year."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, csv_text
from milaid.blocks.words import counted
from milaid.exhibits.pages import file_note
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import heads_in_words, table_from_frame
from milaid.exhibits.training import derived
from milaid.exhibits.training.activities import cited

ALL_YEARS = 1000
"""Activities up to which the table holds all years; a program with more has those of the report year."""
MOST_ROWS = 1500
"""Activities up to which each has a row on the page; more are added up by recipient, course and place: a page has limits."""
_PRINTED = 30
_FILED = [
    "row_id", "fiscal_year", "recipient", "iso3", "program_printed", "course_title", "quantity", "cost_usd", "derived", "location",
    "student_unit", "us_unit", "start_date", "end_date", "citation", "official_page", "source_url",
]  # fmt: skip


def lead(subject: Subject) -> Prose:
    """Return how many activities there are, which of them the table has, and where all of them are."""
    total, shown = len(subject.trainings), len(_rows(subject))
    every = counted(total, "activity").replace("activitys", "activities")
    which = (
        "all of them"
        if shown == total
        else f"the {numbers.integer(shown)} of {fiscal.words(subject.fiscal_year)}"
    )
    verb = "is" if total == 1 else "are"
    has = (
        f"[[activities]] has {which}, and its CSV file the same rows with citation and address."
        if shown <= MOST_ROWS
        else f"[[activities]] has {which}, added up by recipient, course and place; its CSV file has each of them with units, "
        "dates, citation and address."
    )
    return Prose(
        f"There {verb} {every}{subject.scope.phrase} in {subject.window_label_all} ([[labels]]). {has} The activities of all programs and years, "
        "as CSV and Parquet with every column, are on the [data page](report:data); the column program is "
        f"{subject.scope.code} there."
    )


def activities(subject: Subject) -> Table:
    """Return every activity with recipient, course, place, units, dates, cost and page; many are added up on the page."""
    frame = _cited(subject)
    if len(frame) > MOST_ROWS:
        return _table(subject, frame, _added_up(frame), _ADDED_UP, ", by recipient, course and place")
    several = frame["fiscal_year"].nunique() > 1
    columns = (*((Column("year", "Fiscal year", width=0.08),) if several else ()), *_EACH)
    return _table(subject, frame, frame, columns, "")


_EACH = (
    Column("recipient", "Recipient", width=0.14),
    Column("course_title", "Course", width=0.2),
    Column("location", "Place", emphasis="secondary", width=0.15),
    Column("student_unit", "Unit of the students", emphasis="secondary", width=0.16),
    Column("dates", "Dates", emphasis="secondary", width=0.1),
    Column("quantity", "People", "integer", emphasis="main", width=0.06),
    Column("cost_usd", "Cost, USD", "usd", width=0.08),
    Column("place", "Page", "page", emphasis="secondary", width=0.07),
)
_ADDED_UP = (
    Column("recipient", "Recipient", width=0.18),
    Column("course_title", "Course", width=0.28),
    Column("location", "Place", emphasis="secondary", width=0.2),
    Column("activities", "Activities", "integer", emphasis="secondary", width=0.09),
    Column("quantity", "People", "integer", emphasis="main", width=0.08),
    Column("cost_usd", "Cost, USD", "usd", width=0.09),
    Column("place", "Page", "page", emphasis="secondary", width=0.08),
)


def _table(
    subject: Subject, frame: pd.DataFrame, shown: pd.DataFrame, columns: tuple[Column, ...], how: str
) -> Table:
    several = frame["fiscal_year"].nunique() > 1
    span = subject.window_label_all if several else fiscal.label(int(frame["fiscal_year"].iloc[0]))
    first = frame.iloc[0]
    return table_from_frame(
        derived.titled(shown),
        columns,
        key="activities",
        title=f"{numbers.integer(len(frame))} activities{subject.scope.phrase}, {span}"
        if len(frame) > 1
        else f"One activity{subject.scope.phrase}: {first['recipient']}, {first['course_title']}",
        subtitle=f"Every activity of Section IV{subject.scope.phrase} that was done, {span}{how}",
        alt=f"Table of activities with {heads_in_words(columns)}.",
        note=joined(
            COUNTING_NOTE,
            "Course, place and unit as printed. Page: document and its page; on the web page it leads to the official file.",
            file_note(shown["place"]),
            "Activities of one course on several pages have a row for each page. The CSV file has every activity."
            if how
            else "",
            "– not printed, or not by this edition.",
            ""
            if subject.is_small
            else subject.unpriced_note(*(subject.coverage.years if several else (subject.fiscal_year,))),
        ),
        sources=subject.series_sources() if several else subject.year_sources(),
        csv=csv_text(frame[_FILED]),
        links={"place": "source_url"},
        pdf_rows=_PRINTED,
    )


def _added_up(frame: pd.DataFrame) -> pd.DataFrame:
    """Return activities added up by recipient, course, place and page, in the order of the first of each."""
    keys = ["recipient", "course_title", "location", "place", "source_url", "derived"]
    grouped = frame.groupby(keys, dropna=False, sort=False)
    sums = grouped.agg(activities=("quantity", "size"), quantity=("quantity", "sum"))
    sums["cost_usd"] = grouped["cost_usd"].sum(min_count=1)
    return sums.reset_index()


def _rows(subject: Subject) -> pd.DataFrame:
    return subject.activities if len(subject.trainings) <= ALL_YEARS else subject.year_rows


def _cited(subject: Subject) -> pd.DataFrame:
    """Return the rows of the table: newest year first, then by recipient in the order of the document."""
    return cited(_rows(subject), subject.documents)
