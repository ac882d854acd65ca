"""The largest recipients of a region over the years."""

from __future__ import annotations

from milaid import fiscal
from milaid.analysis.groups import totals
from milaid.blocks import numbers
from milaid.blocks.block import Figure, escape
from milaid.blocks.words import and_list, cardinal, counted, none_or, sentence_start
from milaid.charts.multiples import small_multiples
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import in_order
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
    peaks = frame.loc[frame.groupby("recipient")["participants"].idxmax()]
    at_peak = int((peaks["fiscal_year"] == subject.fiscal_year).sum())
    return figure(
        lambda key: small_multiples(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            panel="recipient",
            value="participants",
            changes=changes,
            breaks=[mark.fiscal_year for mark in subject.coverage.breaks],
            missing="none listed",
        ),
        key="recipients_years",
        title=(
            f"{sentence_start(none_or(at_peak))} of the {cardinal(len(names))} largest recipients had most participants "
            f"in {subject.year_label}"
            if len(names) > 1
            else f"{names[0]}: {counted(int(ranked['participants'].iloc[0]), 'participant')}"
        ),
        subtitle=f"Course participants{subject.scope.phrase}, the {cardinal(len(names))} largest recipients of "
        f"{subject.year_label} by fiscal year, {subject.window_label}"
        + (f"; percent: change on {subject.previous_label}" if subject.has_previous else ""),
        alt=f"Small bar charts of course participants by fiscal year, {subject.window_label}, one for each recipient: "
        f"{numbers.listed(names, ranked['participants'], numbers.integer)} in {subject.year_label}.",
        note=joined(
            f"{COUNTING_NOTE} Panels of one row share a scale; the rows have different scales.",
            _not_listed(subject, frame, names),
        ),
        sources=subject.series_sources(*subject.window),
        csv=frame[["fiscal_year", "recipient", "participants"]],
    )


def _not_listed(subject: Subject, frame, names: list[str]) -> str:
    """Return which years within the window list nothing of a recipient."""
    years = [year for year in subject.coverage.years if subject.window[0] <= year <= subject.window[1]]
    parts = []
    for name in names:
        have = set(frame.loc[frame["recipient"] == name, "fiscal_year"])
        missing = [fiscal.label(year) for year in years if year not in have]
        if missing:
            parts.append(f"{escape(name)} in {and_list(missing)}")
    return f"No activity is listed for {'; '.join(parts)}." if parts else ""
