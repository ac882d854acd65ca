"""The recipients of IMET: most dollars beside participants, and how many have either."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import trend as trends
from milaid.analysis.aid import ZERO_RULE
from milaid.analysis.amount_years import trend_columns
from milaid.analysis.imet import imet_recipients
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Table
from milaid.blocks.words import cardinal, counted, the
from milaid.charts.lines import lines
from milaid.exhibits import events, links, trend
from milaid.exhibits.aid import greenbook, imet
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import under_each_other
from milaid.exhibits.scope import PROGRAM, RECIPIENT
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame


def recipients_table(subject: Subject) -> Table | None:
    """Return the recipients with most IMET dollars beside their participants; nothing for a single recipient."""
    if imet.absence(subject) is not None or subject.scope.kind == RECIPIENT:
        return None
    # Of a program alone it could not be told whom the report lists at all.
    activities = subject.world if subject.scope.kind == PROGRAM else subject.trainings
    frame = imet_recipients(subject.aid, activities, subject.fiscal_year)
    first = frame[frame["rank"] == 1]
    if first.empty:
        return None
    columns = (
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("recipient", "Recipient"),
        Column("obligations_usd", "Obligations, USD", "usd", emphasis="main", sorted_descending=True),
        Column("participants", "Participants", "integer"),
        Column("training_cost_usd", "Cost in the training report, USD", "usd", emphasis="secondary"),
    )
    row = first.iloc[0]
    listed = "no participants listed"
    if pd.notna(row["participants"]):
        listed = counted(int(row["participants"]), "participant")
    shown = min(subject.top_n, len(frame))
    return table_from_frame(
        frame,
        columns,
        key="imet_recipients",
        title=f"Most IMET dollars: {row['recipient']}, {numbers.dollars(row['obligations_usd'])}, {listed}",
        subtitle=f"IMET obligations, current US dollars, and course participants, {cardinal(shown)} recipients with most "
        f"obligations{greenbook.of_part(subject)}, {subject.year_label}",
        alt=f"Table of {the(shown, 'recipient')} with most IMET obligations, with participants and printed cost, and all "
        "other.",
        note=joined(
            imet.APART_RULE,
            COUNTING_NOTE,
            ZERO_RULE,
            "– in participants: the training report lists no activity under IMET for the recipient. Obligations for a "
            "region or without a stated recipient are among all other.",
        ),
        sources=(greenbook.source(subject), *subject.year_sources()),
        top=subject.top_n,
        other_label="All other",
        total_label="All recipients",
        links={"recipient": links.country},
    )


def counts(subject: Subject) -> Figure | None:
    """Return how many recipients have IMET dollars, and how many participants, by year; nothing for a single one."""
    if imet.absence(subject) is not None or subject.scope.kind == RECIPIENT:
        return None
    frame = imet.years(subject)
    series = {"With participants": "recipients_trained", "With obligations": "recipients_obligations"}
    known = {name: column for name, column in series.items() if frame[column].notna().any()}
    return figure(
        lambda key: lines(
            under_each_other(frame, known),
            key=key,
            report_year=subject.fiscal_year,
            roles={"With participants": "accent", "With obligations": "soft"},
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="imet_counts",
        title=_counts_title(subject, frame),
        subtitle=f"Recipients with at least one participant under IMET and with IMET obligations above zero"
        f"{greenbook.of_part(subject)}, {greenbook.years_label(frame)}",
        alt="Lines of the number of recipients by fiscal year, with participants and with obligations",
        note=joined(
            "Counted with obligations are countries and territories named in the Greenbook; with participants, every "
            "recipient of the training report.",
            ZERO_RULE,
            imet.break_reference(subject),
        ),
        sources=imet.sources(subject, frame),
        csv=frame[
            [
                "fiscal_year", "recipients_trained", "recipients_obligations",
                *trend_columns("recipients_trained", "recipients_obligations"),
            ]
        ].round(2),
    )  # fmt: skip


def _counts_title(subject: Subject, frame: pd.DataFrame) -> str:
    """Return what the numbers of recipients with participants and with obligations do over the years."""
    year = subject.fiscal_year
    trained = trends.trend(frame, year, subject.coverage, "recipients_trained")
    paid = trends.trend(frame, year, greenbook.coverage(), "recipients_obligations")
    return trend.pair(
        ("Recipients with IMET participants", trained, numbers.integer),
        ("with obligations", paid, numbers.integer),
    )
