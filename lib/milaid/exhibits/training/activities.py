"""Every activity of a report on few participants, as one table."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.blocks import numbers
from milaid.blocks.block import Column, Table, csv_text
from milaid.blocks.words import counted
from milaid.exhibits.pages import DocumentPages, file_note
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import heads_in_words, table_from_frame
from milaid.exhibits.training import derived
from milaid.tables import citation, store

_FILED = [
    "row_id", "fiscal_year", "recipient", "program", "program_name", "course_title", "quantity", "cost_usd", "derived", "location",
    "student_unit", "us_unit", "start_date", "end_date", "citation", "source_url",
]  # fmt: skip


def of_few(subject: Subject) -> Table | None:
    """Return every activity of a year with few participants, of all years where they are as few; nothing for many.

    A row has unit, course, place, dates, program, participants, cost and page; it is for a report on one recipient.
    """
    if not subject.is_small:
        return None
    every = subject.series["participants"].sum() < LEAST_PARTICIPANTS
    frame = cited(subject.activities if every else subject.year_rows, subject.documents)
    names = store.load_programs().set_index("code")["name"]
    frame = frame.assign(
        program_name=frame["program"].map(names).fillna(frame["program"]), unit=frame["student_unit"]
    )
    span = fiscal.spans(frame["fiscal_year"])
    columns = _columns(several=frame["fiscal_year"].nunique() > 1)
    return table_from_frame(
        derived.titled(frame),
        columns,
        key="activities",
        title=f"{_activities(len(frame))}, {counted(int(frame['quantity'].sum()), 'participant')}{subject.scope.phrase}, {span}",
        subtitle=f"Every activity that Section IV lists{subject.scope.on}, {span}, current US dollars",
        alt=f"Table of activities with {heads_in_words(columns)}.",
        note=joined(
            COUNTING_NOTE,
            "Unit, course and place as printed. Page: document and its page; on the web page it leads to the official file.",
            file_note(frame["place"]),
            "– not printed, or not by this edition.",
        ),
        sources=subject.series_sources() if frame["fiscal_year"].nunique() > 1 else subject.year_sources(),
        csv=csv_text(frame.assign(all_participants=frame["quantity"].sum())[[*_FILED, "all_participants"]]),
        links={"place": "source_url"},
    )


def _activities(count: int) -> str:
    return "One activity" if count == 1 else f"{numbers.integer(count)} activities"


def _columns(several: bool) -> tuple[Column, ...]:
    """Return the columns, with the year where there are several."""
    return (
        *((Column("year", "Fiscal year", width=0.065),) if several else ()),
        Column("unit", "Unit", width=0.132),
        Column("course_title", "Course", width=0.14),
        Column("location", "Place", emphasis="secondary", width=0.2),
        Column("dates", "Dates", emphasis="secondary", width=0.12),
        Column("program_name", "Program", width=0.13),
        Column("quantity", "People", "integer", emphasis="main", width=0.055),
        Column("cost_usd", "Cost, USD", "usd", width=0.073),
        Column("place", "Page", "page", emphasis="secondary", width=0.08),
    )


def cited(activities: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return activities with citation, address, label of the year, dates and page in words.

    Added to ``schemas.TRAININGS``: what :func:`milaid.tables.citation.cited` adds, year, dates and place (document and
    page). The newest year stands first, then they go by recipient in the order of the document.
    """
    frame = citation.cited(activities, documents)
    frame = frame.sort_values(
        ["fiscal_year", "recipient", "document", "page", "row_on_page"],
        ascending=[False, True, True, True, True],
        kind="stable",
    ).reset_index(drop=True)
    pages = {int(year): DocumentPages(rows) for year, rows in documents.groupby("fiscal_year", sort=True)}
    return frame.assign(
        year=frame["fiscal_year"].map(fiscal.label),
        dates=[_dates(a, b) for a, b in zip(frame["start_date"], frame["end_date"], strict=True)],
        place=[
            pages[int(year)].place(document, int(page))
            for year, document, page in zip(
                frame["fiscal_year"], frame["document"], frame["page"], strict=True
            )
        ],
    )


def _dates(start: pd.Timestamp, end: pd.Timestamp) -> str | None:
    known = [f"{day:%Y-%m-%d}" for day in (start, end) if pd.notna(day)]
    return " – ".join(dict.fromkeys(known)) or None
