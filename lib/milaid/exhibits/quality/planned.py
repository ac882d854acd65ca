"""Planned activities, which two editions print too, beside what was done."""

from __future__ import annotations

from milaid import fiscal
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, csv_text
from milaid.blocks.words import and_list
from milaid.exhibits.quality.subject import QualitySubject
from milaid.exhibits.tables import table_from_frame


def planned_table(survey: QualitySubject) -> Table | Prose:
    """Return planned and actual people and dollars of each planned year; a sentence where nothing is planned."""
    found = survey.planned
    if found.empty:
        return Prose("No edition with data prints planned activities.")
    frame = found.assign(
        name=found["edition"].map(fiscal.edition_label),
        year=found["fiscal_year"].map(fiscal.label),
    )
    columns = (
        Column("year", "Fiscal year"),
        Column("name", "Planned in", emphasis="secondary"),
        Column("planned_activities", "Activities planned", "integer"),
        Column("actual_activities", "done", "integer", emphasis="main", computed=True),
        Column("planned_participants", "People planned", "integer"),
        Column("actual_participants", "done", "integer", emphasis="main", computed=True),
        Column("planned_cost_usd", "USD planned", "usd"),
        Column("actual_cost_usd", "done", "usd", emphasis="main", computed=True),
    )
    parts = [
        f"{numbers.integer(row.planned_participants)} people planned for {row.year}"
        for row in frame.itertuples()
    ]
    return table_from_frame(
        frame,
        columns,
        key="planned",
        title=f"{and_list(parts)}, not counted as done",
        subtitle="Planned activities, and those that the next edition reports as done",
        alt="Table of planned and actual activities, people and dollars by fiscal year.",
        note=(
            "Planned rows have the status planned and are in no total of any report. .. where no edition with data reports "
            "the year as done."
        ),
        sources=survey.report_source("activities planned and done"),
        csv=csv_text(found),
    )
