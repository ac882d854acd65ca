"""The tables of recipient units: every activity with unit, course, days, place, program and page, and the units by name."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import units
from milaid.analysis.units import SAME_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Source, Table, csv_text
from milaid.blocks.words import counted
from milaid.exhibits.frames import in_order
from milaid.exhibits.once import once
from milaid.exhibits.pages import file_note, in_file
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.training import derived
from milaid.tables import citation, store

MOST_ROWS = 3_000
"""Rows of activities on the page: more make it heavier than a mail attachment or a phone bears."""

PRINTED_ROWS = 150
PRINTED_ROWS_OF_FEW = 30
"""A report on few participants is short in print; the page and the file have every row."""
_PRINTED_NAMES = 100
_WEB_PAGE = "web"
_CSV = [
    "fiscal_year", "student_unit", "course_title", "quantity", "start_date", "end_date", "location", "program",
    "us_unit", "cost_usd", "derived", "printed_page", "official_page", "source_url", "row_id",
]  # fmt: skip


@once
def _listed(subject: Subject) -> pd.DataFrame:
    return units.listed(subject.activities)


def units_table(subject: Subject) -> Table:
    """Return every activity of the recipient with its unit, the report year first; its CSV has each row of all years.

    Rows that agree but for participants are one. A recipient with very many has those of the years that fit.
    """
    listed = _listed(subject)
    years = units.years_that_fit(listed, subject.fiscal_year, MOST_ROWS)
    frame = in_order(listed[listed["fiscal_year"].isin(years)], "fiscal_year", years)
    frame = _with_pages(_labelled(frame.reset_index(drop=True)))
    columns = (
        Column("fiscal_year", "Fiscal year", "year", emphasis="secondary", width=0.07),
        Column("unit", "Unit as printed", width=0.21),
        Column("course_title", "Course", width=0.2),
        Column("participants", "Participants", "integer", emphasis="main", width=0.08),
        Column("label", "Program", width=0.08),
        Column("place", "Page", "page", width=0.05),
        Column("start", "Start", "page", emphasis="secondary", width=0.08),
        Column("end", "End", "page", emphasis="secondary", width=0.08),
        Column("location", "Place as printed", width=0.15),
    )
    return table_from_frame(
        derived.titled(frame),
        columns,
        key="units",
        title=_title(subject, years),
        subtitle=f"Unit, course, days, place and program of every activity{subject.scope.on}, {_span(years)}",
        alt="Table of activities: fiscal year, unit as printed, course, start, end, participants, place, program, page.",
        note=joined(
            COUNTING_NOTE,
            SAME_RULE,
            _choice(subject, listed, years),
            f"{subject.year_label} stands first, then the years before it" + _later(subject, years) + ".",
            "Page: page of the section; web: a web page without pages.",
            file_note(frame["place"]),
        ),
        sources=_sources(subject, years),
        links={"place": "source_url"},
        pdf_rows=PRINTED_ROWS_OF_FEW if subject.is_small else PRINTED_ROWS,
        csv=_csv(subject),
        landscape=True,
    )


def names_table(subject: Subject) -> Table | None:
    """Return every unit of all years by name; nothing where the table of activities holds all years anyway."""
    listed = _listed(subject)
    if len(units.years_that_fit(listed, subject.fiscal_year, MOST_ROWS)) == listed["fiscal_year"].nunique():
        return None
    frame = units.by_unit(subject.activities)
    columns = (
        Column("unit", "Unit as printed", width=0.52),
        Column("first_year", "First year", "year", width=0.12),
        Column("last_year", "Last year", "year", width=0.12),
        Column("activities", "Activities", "integer", width=0.12),
        Column("participants", "Participants", "integer", emphasis="main", width=0.12),
    )
    first, last = subject.coverage.first, subject.coverage.last
    return table_from_frame(
        frame,
        columns,
        key="unit_names",
        title=f"{counted(len(frame), 'different spelling')} of units in {fiscal.label(first)} to {fiscal.label(last)}",
        subtitle=f"Every unit as printed{subject.scope.on}, with its first and last fiscal year, "
        f"{subject.window_label_all}",
        alt="Table of units by name with first and last fiscal year, activities and participants.",
        note=joined(
            COUNTING_NOTE,
            "Spellings are not drawn together: one unit can stand under several. Activities without a printed unit are not here. "
            "The file of [[units]] has every activity of each unit.",
        ),
        sources=subject.series_sources(),
        pdf_rows=_PRINTED_NAMES,
    )


def names_lead(subject: Subject) -> Prose | None:
    """Return the line before the units by name; nothing where there is no such table."""
    listed = _listed(subject)
    years = units.years_that_fit(listed, subject.fiscal_year, MOST_ROWS)
    if len(years) == listed["fiscal_year"].nunique():
        return None
    return Prose(
        f"The activities are too many for one page: [[units]] shows those of {_span(years)}, its file those of all years. "
        "[[unit_names]] has every unit of all years by name, so that a search finds it here."
    )


def _labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the label of the program and the days as text."""
    labels = store.load_programs().set_index("code")["label"]
    return frame.assign(
        unit=frame["student_unit"],
        label=frame["program"].map(labels).fillna(frame["program"]),
        start=_days(frame["start_date"]),
        end=_days(frame["end_date"]),
    )


def _days(dates: pd.Series) -> pd.Series:
    return dates.dt.strftime("%Y-%m-%d").astype("object").where(dates.notna(), None)


def _with_pages(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with their page of the section and of the official file as text, and its address."""
    documents = store.load_documents()
    official = citation.official_page(frame, documents)
    web = frame["document"].map(documents.set_index("file")["pages"].isna())
    places = [
        _WEB_PAGE if is_web else in_file(int(page), None if pd.isna(in_volume) else int(in_volume))
        for is_web, page, in_volume in zip(web, frame["page"], official, strict=True)
    ]
    address = citation.source_url(frame, documents)
    return frame.assign(place=places, source_url=address.where(address.notna(), None))


def _csv(subject: Subject) -> str:
    """Return every activity of all years as a row of its own, with its lasting identifier and address."""
    rows = citation.cited(subject.activities, store.load_documents())[_CSV]
    return csv_text(rows.sort_values(["fiscal_year", "row_id"], ascending=[False, True], kind="stable"))


def _title(subject: Subject, years: list[int]) -> str:
    """Return how many activities of all years the file has, and which years of them the table shows."""
    count = len(subject.activities)
    text = f"{numbers.integer(count)} activit{'y' if count == 1 else 'ies'} with the units that the reports print"
    if len(years) == subject.activities["fiscal_year"].nunique():
        return f"{text}, {_span(years)}"
    return f"{text}; here those of {_span(years)}"


def _choice(subject: Subject, listed: pd.DataFrame, years: list[int]) -> str:
    """Return which years the page leaves to the file; that all are there where it leaves none."""
    every = counted(len(subject.activities), "row")
    file = f"The CSV has all years, each activity a row of its own ({every})."
    if len(years) == listed["fiscal_year"].nunique():
        return file
    return f"The page has the years that fit into {numbers.integer(MOST_ROWS)} rows: {_span(years)}. {file}"


def _later(subject: Subject, years: list[int]) -> str:
    return ", then those after it" if any(year > subject.fiscal_year for year in years) else ""


def _span(years: list[int]) -> str:
    """Return the years as labels, from the first to the last."""
    first, last = fiscal.label(min(years)), fiscal.label(max(years))
    return first if first == last else f"{first} to {last}"


def _sources(subject: Subject, years: list[int]) -> tuple[Source, ...]:
    return subject.series_sources(min(years), max(years))
