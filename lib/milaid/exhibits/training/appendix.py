"""The appendix: every recipient by every program."""

from __future__ import annotations

from milaid.analysis import programs
from milaid.blocks.block import Column, Table
from milaid.blocks.words import counted
from milaid.exhibits import links
from milaid.exhibits.scope import REGION
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store


def recipient_by_program(subject: Subject) -> Table:
    """Return participants by recipient and program, regions as headings, total and dollars last."""
    frame = programs.recipient_program_table(subject.trainings, subject.fiscal_year)
    labels = store.load_programs().set_index("code")["label"]
    codes = [name for name in frame.columns if name in labels.index]
    columns = (
        Column("recipient", "Recipient"),
        *(Column(code, str(labels[code]), "integer", emphasis="secondary", turned=True) for code in codes),
        Column("total", "All", "integer", emphasis="main"),
        Column("cost_usd", "Cost, USD", "usd"),
    )
    return table_from_frame(
        frame,
        columns,
        key="appendix",
        title=f"Every recipient by program: {counted(len(frame), 'recipient')}, {counted(len(codes), 'program')}",
        subtitle=f"Course participants{subject.scope.phrase} by recipient and program; cost in current US dollars, "
        f"{subject.year_label}",
        alt="Table of course participants of every recipient under every program, with total and cost.",
        note=joined(
            f"{COUNTING_NOTE} Programs from the largest to the smallest; the glossary says what the labels mean. "
            "– no activity of the program, or no printed cost; 0 an activity without a participant.",
            subject.unpriced_note(subject.fiscal_year),
        ),
        sources=subject.year_sources(),
        group=None if subject.scope.kind == REGION else "region",
        total_label="All recipients",
        links={"recipient": links.country},
        appendix=True,
        landscape=True,
    )
