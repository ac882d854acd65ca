"""The appendix: every recipient by every program."""

from __future__ import annotations

from milaid.analysis import programs
from milaid.exhibits import links
from milaid.exhibits.exhibit import Column, Prose, Table
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.training import recipients
from milaid.exhibits.words import counted
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
        group="region",
        total_label="All recipients",
        appendix=True,
        landscape=True,
    )


def all_recipients(subject: Subject) -> Table | Prose:
    """Return every recipient with change, cost and page; a sentence where the table of the largest has all of them."""
    frame = recipients.with_pages(subject.ranking_with_former, subject)
    if len(frame) <= recipients.MOST_SHOWN:
        return Prose("Every recipient is in [[recipients_table]].")
    return table_from_frame(
        frame,
        recipients.recipient_columns(subject),
        key="all_recipients",
        title=f"{counted(int((frame['participants'] > 0).sum()), 'recipient')} had a participant{subject.scope.phrase}",
        subtitle=f"Course participants{subject.scope.phrase} and cost of training by recipient, {subject.year_label}"
        + (f", with change on {subject.previous_label}" if subject.has_previous else ""),
        alt="Table of every recipient with participants, change, cost and page of the document.",
        note=joined(
            f"{COUNTING_NOTE} Recipients that only the year before lists come last. Page: first page of the recipient in its "
            "document. No percentage where the earlier value is under 50. Cost in current US dollars.",
            subject.unpriced_note(subject.fiscal_year),
            subject.incomplete_note(previous=True),
        ),
        sources=subject.year_sources(previous=True),
        total_label="All recipients",
        rules=recipients.total_rules(subject),
        links={"recipient": links.country},
        appendix=True,
    )
