"""Every recipient of a program in the report year, as its appendix."""

from __future__ import annotations

from milaid.blocks.block import Prose, Table, csv_text
from milaid.blocks.words import counted
from milaid.exhibits import links
from milaid.exhibits.pages import file_note
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.training import recipients


def all_recipients(subject: Subject) -> Table | Prose:
    """Return every recipient with change, cost and page; a sentence where the table of the largest has all of them."""
    frame = recipients.with_pages(subject.ranking_with_former, subject)
    if len(frame) <= recipients.MOST_SHOWN:
        return Prose("Every recipient is in [[recipients_table]].")
    columns = recipients.recipient_columns(subject)
    with_participant = int((frame["participants"] > 0).sum())
    return table_from_frame(
        frame,
        columns,
        key="all_recipients",
        title=f"{counted(with_participant, 'recipient')} had a participant{subject.scope.phrase}",
        subtitle=f"Course participants{subject.scope.phrase} and cost of training by recipient, {subject.year_label}"
        + (f", with change on {subject.previous_label}" if subject.has_previous else ""),
        alt="Table of every recipient with participants, change, cost and page of the document.",
        note=joined(
            f"{COUNTING_NOTE} Recipients that only the year before lists come last. Page: first page of the recipient in its "
            "document. No percentage where the earlier value is under 50 or the rise above 1,000%. Cost in current US dollars.",
            subject.unpriced_note(subject.fiscal_year),
            subject.incomplete_note(previous=True),
            file_note(frame["place"]),
        ),
        sources=subject.year_sources(previous=True),
        total_label="All recipients",
        rules=recipients.total_rules(subject),
        links={"recipient": links.country},
        appendix=True,
        csv=csv_text(frame[[column.name for column in columns]].assign(ranked=with_participant)),
    )
