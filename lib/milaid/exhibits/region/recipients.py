"""The largest recipients of a region over the years."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis.groups import totals
from milaid.blocks import numbers
from milaid.blocks.block import Figure, escape
from milaid.blocks.words import and_list, cardinal, none_or
from milaid.charts.multiples import small_multiples
from milaid.exhibits import events
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import in_order, with_changes_of
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined

_MOST_PANELS = 12


def recipients_years(subject: Subject) -> Figure | None:
    """Return a panel of bars over the years for each of the largest recipients; nothing without a participant."""
    ranked = subject.ranking[subject.ranking["participants"] > 0].head(min(subject.top_n, _MOST_PANELS))
    if ranked.empty:
        return None
    names = ranked["recipient"].tolist()
    frame = subject.in_window(totals(subject.trainings, ["fiscal_year", "recipient"]))
    frame = in_order(frame[frame["recipient"].isin(names)].sort_values("fiscal_year"), "recipient", names)
    changes = dict(zip(names, ranked["percent_change"], strict=True)) if subject.has_previous else None
    return figure(
        lambda key: small_multiples(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            panel="recipient",
            value="participants",
            changes=changes,
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="recipients_years",
        title=_title(subject, frame, names),
        subtitle=f"Course participants{subject.scope.phrase}, the {cardinal(len(names))} largest recipients of "
        f"{subject.year_label} by fiscal year, {subject.window_label}"
        + (f"; percent: change on {subject.previous_label}" if subject.has_previous else ""),
        alt=f"Small bar charts of course participants by fiscal year, {subject.window_label}, one for each recipient",
        note=joined(
            f"{COUNTING_NOTE} Panels of one row share a scale; the rows have different scales.",
            _not_listed(subject, frame, names),
        ),
        sources=subject.series_sources(*subject.window),
        csv=with_changes_of(frame, "recipient", changes, subject.fiscal_year)[
            ["fiscal_year", "recipient", "participants", "percent_change"]
        ],
    )


def _title(subject: Subject, frame: pd.DataFrame, names: list[str]) -> str:
    """Return the most that any of them had in a year of the window, and how many have their highest year in the report year."""
    most = frame["participants"].max()
    tops = frame[frame["participants"] == most]
    where = [f"{row.recipient} in {fiscal.label(row.fiscal_year)}" for row in tops.itertuples()]
    text = f"Most in one year: {and_list(where)}, {numbers.integer(most)}"
    if len(names) == 1:
        return text
    highest = frame.groupby("recipient")["participants"].transform("max")
    at_highest = frame.loc[frame["participants"] == highest]
    now = int((at_highest["fiscal_year"] == subject.fiscal_year).sum())
    return (
        f"{text}; {none_or(now)} of the {cardinal(len(names))} largest recipients had {'its' if now < 2 else 'their'} highest "
        f"count in {subject.year_label}"
    )


def _not_listed(subject: Subject, frame: pd.DataFrame, names: list[str]) -> str:
    """Return which years within the window list nothing of a recipient."""
    years = [year for year in subject.coverage.years if subject.window[0] <= year <= subject.window[1]]
    parts = []
    for name in names:
        have = set(frame.loc[frame["recipient"] == name, "fiscal_year"])
        missing = [fiscal.label(year) for year in years if year not in have]
        if missing:
            parts.append(f"{escape(name)} in {and_list(missing)}")
    return f"No activity is listed for {'; '.join(parts)}." if parts else ""
