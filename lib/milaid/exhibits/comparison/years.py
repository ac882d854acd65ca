"""Participants, dollars and cost per participant of the members over the years, and the table of all numbers."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from milaid import fiscal
from milaid.analysis.comparison import leading_years
from milaid.analysis.cost import COST_PER_PARTICIPANT_RULE, cost_years
from milaid.analysis.series import with_changes
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Source, Table
from milaid.blocks.palette import MEMBERS
from milaid.blocks.words import and_list, cardinal
from milaid.charts.formats import dollars
from milaid.charts.lines import lines
from milaid.charts.style import Drawings
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.figures import figure, mark_labels, mark_notes
from milaid.exhibits.frames import in_order
from milaid.exhibits.other_sources import DEFLATOR, cite
from milaid.exhibits.subject import COUNTING_NOTE, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store
from milaid.tables.money import constant_label


def participants(comparison: Comparison) -> Figure:
    """Return participants by fiscal year, a line a member."""
    frame = in_window(comparison, comparison.by_member(lambda member: member.series))
    leaders = leading_years(frame)
    if leaders.empty:
        title = "No participant in these years"
    else:
        first = leaders[leaders == leaders.max()]
        names = [name for name in comparison.names if name in first.index]
        title = (
            f"{and_list(names)}: most participants in {cardinal(int(first.iloc[0]))}"
            f"{' each' if len(names) > 1 else ''} of {cardinal(frame['fiscal_year'].nunique())} years"
        )
    return _figure(
        comparison,
        frame,
        "participants",
        key="participants_years",
        kind="integer",
        title=title,
        what="Course participants",
        note=COUNTING_NOTE,
    )


def cost(comparison: Comparison) -> Figure | None:
    """Return the cost of training by fiscal year in dollars of the report year; nothing without a printed cost."""
    frame = _constant(comparison)
    if not frame["cost_usd_constant"].fillna(0).sum():
        return None
    kind, unit = dollars(frame["cost_usd_constant"])
    return _figure(
        comparison,
        frame,
        "cost_usd_constant",
        key="cost_years",
        kind=kind,
        title=_from_to(comparison, frame, "cost_usd_constant", numbers.million, "Cost "),
        what=f"Cost of training, {unit}, {constant_label(comparison.fiscal_year)}",
        note=f"Constant dollars by the gross domestic product (GDP) deflator. {comparison.note(*_years(frame))}",
        sources=(cite(DEFLATOR),),
    )


def cost_per_participant(comparison: Comparison) -> Figure | None:
    """Return cost per participant by fiscal year in dollars of the report year; nothing without a printed cost."""
    frame = _constant(comparison)
    if not frame["cost_per_participant_constant"].fillna(0).sum():
        return None
    return _figure(
        comparison,
        frame,
        "cost_per_participant_constant",
        key="cost_each_years",
        kind="usd",
        title=_from_to(
            comparison, frame, "cost_per_participant_constant", numbers.usd, "For a participant, "
        ),
        what=f"Cost of training for each course participant, {constant_label(comparison.fiscal_year)}",
        note=joined(COST_PER_PARTICIPANT_RULE, comparison.note(*_years(frame))),
        sources=(cite(DEFLATOR),),
    )


def all_numbers(comparison: Comparison) -> Table:
    """Return every year of every member: participants, change, share, rank, dollars."""
    parts = []
    for member in comparison:
        place = member.share_and_rank
        table = with_changes(member.series, member.coverage).merge(
            place[["fiscal_year", "share", "rank"]], on="fiscal_year"
        )
        parts.append(table.assign(member=member.scope.label))
    frame = pd.concat(parts, ignore_index=True)
    frame["year"] = frame["fiscal_year"].map(fiscal.label)
    other = "programs" if comparison.of_recipients else "recipients"
    columns = (
        Column("year", "Fiscal year"),
        Column("participants", "Participants", "integer", emphasis="main"),
        Column("participants_percent_change", "Change, %", "percent_change"),
        Column("share", "Share of all, %", "share"),
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("cost_usd", "Cost, USD", "usd"),
        Column("cost_per_participant", "USD per participant", "usd"),
        Column(other, other.capitalize(), "integer", emphasis="secondary"),
    )
    return table_from_frame(
        frame,
        columns,
        key="all_numbers",
        title=f"Every year of {and_list(comparison.names)}",
        subtitle="Course participants, share of all participants, rank and cost of training in current US dollars by "
        f"fiscal year, {comparison.everyone.window_label_all}",
        alt=f"Table of participants, change, share, rank, cost and {other} by fiscal year for each of those compared.",
        note=joined(
            COUNTING_NOTE,
            f"Years without a row list no activity. Rank: by participants among all {comparison.noun}s that the edition "
            f"lists. {other.capitalize()} are those with at least one participant.",
            comparison.note(*frame["fiscal_year"].unique()),
        ),
        sources=comparison.series_sources(*_span(frame)),
        group="member",
        appendix=True,
    )


def in_window(comparison: Comparison, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows within the window of the charts."""
    return frame[frame["fiscal_year"].between(*comparison.window)].reset_index(drop=True)


def draw(comparison: Comparison, frame: pd.DataFrame, value: str, key: str, kind: str) -> Drawings:
    """Draw one measure over the years, a line a member; members without any value have none."""
    shown = frame[frame[value].notna()]
    return lines(
        in_order(shown, "member", comparison.names),
        key=key,
        report_year=comparison.fiscal_year,
        series="member",
        value=value,
        kind=kind,
        roles=dict(zip(comparison.names, MEMBERS, strict=False)),
        breaks=mark_labels(comparison.breaks.values()),
    )


def _figure(
    comparison: Comparison,
    frame: pd.DataFrame,
    value: str,
    *,
    key: str,
    kind: str,
    title: str,
    what: str,
    note: str,
    sources: tuple[Source, ...] = (),
) -> Figure:
    now = frame[frame["fiscal_year"] == comparison.fiscal_year].set_index("member")[value]
    show = {"million": numbers.million, "usd": numbers.usd}.get(kind, numbers.integer)
    return figure(
        lambda key: draw(comparison, frame, value, key, kind),
        key=key,
        title=title,
        subtitle=f"{what}, by fiscal year, {comparison.window_label}",
        alt=f"Lines of {what[:1].lower()}{what[1:]} by fiscal year, {comparison.window_label}. {comparison.year_label}: "
        f"{numbers.listed(comparison.names, map(now.get, comparison.names), show)}.",
        note=joined(
            note,
            comparison.unlisted_note(),
            mark_notes(comparison.breaks.values()),
        ),
        sources=(*comparison.series_sources(), *sources),
        csv=frame[["fiscal_year", "member", value]].round(2),
    )


def _constant(comparison: Comparison) -> pd.DataFrame:
    deflator = store.load_deflator()
    return in_window(
        comparison,
        comparison.by_member(lambda member: cost_years(member.series, deflator, comparison.fiscal_year)),
    )


def _from_to(
    comparison: Comparison, frame: pd.DataFrame, value: str, show: Callable[[object], str], begin: str
) -> str:
    """Return the lowest and the highest value of the report year, with whose they are."""
    now = frame[frame["fiscal_year"] == comparison.fiscal_year].dropna(subset=[value])
    if now.empty:
        return f"No dollars are printed for {comparison.year_label}"
    ordered = now.sort_values(value, kind="stable")
    low, high = (f"{show(row[value])} ({row['member']})" for _, row in ordered.iloc[[0, -1]].iterrows())
    if len(ordered) == 1:
        return f"{begin}{high} in {comparison.year_label}"
    return f"{begin}from {low} to {high} in {comparison.year_label}"


def _years(frame: pd.DataFrame) -> list[int]:
    return sorted({int(year) for year in frame["fiscal_year"]})


def _span(frame: pd.DataFrame) -> tuple[int, int]:
    return int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max())
