"""Concentration: how much falls on few recipients, and the total without the largest of them."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import concentration, series
from milaid.analysis.concentration import FEW_RECIPIENTS, HERFINDAHL_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text, escape
from milaid.blocks.words import cardinal, counted
from milaid.charts.concentration import top_shares
from milaid.exhibits import events, links, misplaced, ties, year_flags
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import under_each_other
from milaid.exhibits.once import once
from milaid.exhibits.subject import COUNTING_NOTE, Subject
from milaid.exhibits.tables import table_from_frame

_GROUPS = {"Ten largest": "top_10_share", "Five largest": "top_5_share", "Largest": "top_1_share"}


def lead(subject: Subject) -> Prose:
    """Return the share of the five largest recipients and the total without the largest."""
    row = _row(subject)
    name = escape(str(row["largest_recipient"]))
    count = _recipients(subject)
    if count < 2:
        return Prose(
            f"With {'no' if count == 0 else 'only one'} recipient there is nothing to compare the largest with."
        )
    text = (
        f"The five largest recipients had {numbers.share(row['top_5_share'])} of {subject.scope.whole}. "
        if count > FEW_RECIPIENTS
        else f"With {cardinal(count)} recipients ([[recipients_table]]), the shares of the largest five and ten are not shown. "
    )
    return Prose(
        f"{text}Without {_as_largest(subject, name)}, there were {numbers.integer(row['participants_without_largest'])} instead of "
        f"{numbers.integer(row['participants'])}."
    )


def _as_largest(subject: Subject, name: str) -> str:
    """Return the recipient that is left out, as the largest; as one of them where others have as many."""
    first = ties.first(subject.ranking[subject.ranking["rank"].notna()], "participants")
    return f"the largest, {name}" if len(first) < 2 else f"{name}, one of the {cardinal(len(first))} largest"


def shares(subject: Subject) -> Figure | None:
    """Return the share of the largest, the five and the ten largest over the years; nothing of ten or fewer."""
    if _recipients(subject) <= FEW_RECIPIENTS:
        return None
    frame = subject.in_window(_frame(subject))
    row = _row(subject)
    return figure(
        lambda key: top_shares(
            under_each_other(frame, _GROUPS, name="group", value="share"),
            key=key,
            report_year=subject.fiscal_year,
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="concentration",
        title=f"Ten recipients had {numbers.share(row['top_10_share'])} of participants",
        subtitle=f"Share of the largest recipients of each year in all course participants{subject.scope.phrase}, percent, "
        f"{subject.window_label}",
        alt="Lines of the share of the largest, the five and the ten largest recipients by fiscal year.",
        note=f"{COUNTING_NOTE} The largest recipients are those of each year, not the same in all years.",
        sources=subject.series_sources(*subject.window),
        csv=frame[
            ["fiscal_year", "top_1_share", "top_5_share", "top_10_share", "top_20_share", "herfindahl"]
        ].round(4),
    )


def with_without_largest(subject: Subject) -> Table | None:
    """Return the totals of each year with and without its largest recipient; nothing where that is the only one."""
    if _recipients(subject) < 2:
        return None
    frame = subject.in_window(_frame(subject))
    row = _row(subject)
    frame = frame.assign(year=frame["fiscal_year"].map(fiscal.label)).merge(
        _without(subject, str(row["largest_recipient"])), on="fiscal_year", how="left"
    )
    columns = (
        Column("year", "Fiscal year"),
        Column("largest_recipient", "Largest recipient"),
        Column("largest_participants", "Its participants", "integer"),
        Column("top_1_share", "Share, %", "share"),
        Column("participants", "All", "integer", emphasis="main"),
        Column("participants_without_largest", "Without the largest", "integer", emphasis="main"),
        Column("participants_without", f"Without {row['largest_recipient']}", "integer"),
    )
    return table_from_frame(
        frame,
        columns,
        key="with_without_largest",
        title=(
            f"With {row['largest_recipient']} {counted(int(row['participants']), 'participant')}, "
            f"without {numbers.integer(row['participants_without_largest'])}"
        ),
        subtitle=f"Course participants{subject.scope.phrase} with and without the largest recipient of each year, "
        f"{subject.window_label}",
        alt="Table of the largest recipient of each fiscal year and the totals with and without it.",
        note=f"{COUNTING_NOTE} Herfindahl index of {subject.year_label}: {numbers.decimal(row['herfindahl'], 3)}. "
        f"{escape(HERFINDAHL_RULE)}",
        flags=year_flags.of_subject(subject),
        sources=subject.series_sources(*subject.window),
        csv=csv_text(
            frame[
                [
                    *(column.name for column in columns),
                    "percent_change",
                    "participants_without_percent_change",
                ]
            ].rename(columns={"participants_without": "participants_without_largest_of_report_year"})
        ),
        links={"year": links.annual, "largest_recipient": links.country},
    )


def _without(subject: Subject, recipient: str) -> pd.DataFrame:
    """Return by fiscal year the participants without one recipient, and the change with and without it in percent."""
    frame = concentration.with_and_without(subject.trainings, recipient)
    frame = series.with_changes(frame, subject.coverage, ("participants", "participants_without"))
    return frame.rename(columns={"participants_percent_change": "percent_change"})[
        ["fiscal_year", "participants_without", "percent_change", "participants_without_percent_change"]
    ]


def _recipients(subject: Subject) -> int:
    return int((subject.ranking["participants"] > 0).sum())


@once
def _frame(subject: Subject) -> pd.DataFrame:
    return concentration.concentration(subject.trainings, misplaced.unranked())


def _row(subject: Subject) -> pd.Series:
    return subject.in_year(_frame(subject))
