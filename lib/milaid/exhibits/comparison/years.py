"""Participants, dollars and cost per participant of the members over the years, and the table of all numbers."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from milaid import fiscal
from milaid.analysis import trend as trends
from milaid.analysis.comparison import leading_years, years_with_most
from milaid.analysis.cost import COST_PER_PARTICIPANT_RULE, cost_years
from milaid.analysis.series import with_changes
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Source, Table
from milaid.blocks.palette import MEMBERS
from milaid.blocks.words import and_list, cardinal
from milaid.charts.formats import dollars
from milaid.charts.lines import lines
from milaid.charts.style import Drawings
from milaid.exhibits import events, trend, year_flags
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.figures import figure, mark_labels, mark_notes
from milaid.exhibits.frames import in_order
from milaid.exhibits.other_sources import DEFLATOR, cite
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store
from milaid.tables.coverage import Coverage
from milaid.tables.money import constant_label


def participants(comparison: Comparison) -> Figure:
    """Return participants by fiscal year, a line a member."""
    frame = in_window(
        comparison,
        comparison.by_member(lambda member: averaged(member.series, member.coverage, "participants")),
    )
    return _figure(
        comparison,
        frame,
        "participants",
        key="participants_years",
        kind="integer",
        title=_participants_title(comparison, frame),
        what="Course participants",
        note=COUNTING_NOTE,
        sources=events.sources(*comparison),
    )


def _participants_title(comparison: Comparison, frame: pd.DataFrame) -> str:
    """Return who had most participants in most years, and the highest count of all."""
    leaders = leading_years(frame)
    if leaders.empty:
        return "No participant in these years"
    first = leaders[leaders == leaders.max()]
    names = [name for name in comparison.names if name in first.index]
    return (
        f"{and_list(names)}: most participants in {cardinal(int(first.iloc[0]))}{' each' if len(names) > 1 else ''} of "
        f"{cardinal(frame['fiscal_year'].nunique())} years; highest count: {highest(frame, 'participants', numbers.integer)}"
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
        title=over_years(comparison, frame, "cost_usd_constant", numbers.million, "Cost"),
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
        title=over_years(
            comparison,
            frame,
            "cost_per_participant_constant",
            numbers.usd,
            "Cost per participant",
            "on average",
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
        Column("cost_per_participant", "USD per participant", "usd", computed=True),
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
        flags=year_flags.of_members({member.scope.label: member for member in comparison}, "member"),
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
        events=events.labels(*comparison),
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
    return figure(
        lambda key: draw(comparison, frame, value, key, kind),
        key=key,
        title=title,
        subtitle=f"{what}, by fiscal year, {comparison.window_label}",
        alt=f"Lines of {what[:1].lower()}{what[1:]} by fiscal year, {comparison.window_label}",
        note=joined(
            note,
            comparison.unlisted_note(),
            mark_notes(comparison.breaks.values()),
        ),
        sources=(*comparison.series_sources(), *sources),
        csv=years_with_most(frame, value)[
            ["fiscal_year", "member", value, f"{value}_{trends.AVERAGE}", "years_with_most"]
        ].round(2),
    )


def _constant(comparison: Comparison) -> pd.DataFrame:
    """Return the dollars of the members by fiscal year, constant ones of the report year, with averages of five years."""
    deflator = store.load_deflator()

    def of(member: Subject) -> pd.DataFrame:
        frame = cost_years(member.series, deflator, comparison.fiscal_year)
        for measure in ("cost_usd_constant", "cost_per_participant_constant"):
            frame = averaged(frame, member.coverage, measure)
        return frame

    return in_window(comparison, comparison.by_member(of))


def averaged(series: pd.DataFrame, coverage: Coverage, measure: str) -> pd.DataFrame:
    """Return an annual series with averages of five years and without their change, which no title of a comparison says."""
    frame = trends.with_five_year_averages(series, coverage, measure)
    return frame.drop(columns=f"{measure}_{trends.AVERAGE_CHANGE}")


def over_years(
    comparison: Comparison,
    frame: pd.DataFrame,
    value: str,
    show: Callable[[object], str],
    what: str,
    per: str = "a year",
) -> str:
    """Return whose average of five years is the highest, and the highest year of all.

    ``frame`` has the value and its :func:`averaged` by fiscal_year and member; ``per`` is as in
    :func:`milaid.exhibits.trend.title`. The averages are those that end with the report year; without any, the highest
    year alone is named.
    """
    average = f"{value}_{trends.AVERAGE}"
    now = frame[frame["fiscal_year"] == comparison.fiscal_year].dropna(subset=[average])
    one_year = highest(frame, value, show)
    if now.empty:
        return f"{what}: most for {one_year}"
    most = now[average].max()
    whose = and_list(now.loc[now[average] == most, "member"].tolist())
    return f"{what}: most for {whose}, {show(most)} {per} in {trend.years(comparison.fiscal_year)}; highest year: {one_year}"


def highest(frame: pd.DataFrame, value: str, show: Callable[[object], str]) -> str:
    """Return whose the highest value of all years is, when, and how much; all of them where several are as high."""
    most = frame[value].max()
    tops = frame[frame[value] == most]
    where = [f"{row['member']} in {fiscal.label(int(row['fiscal_year']))}" for _, row in tops.iterrows()]
    return f"{and_list(where)}, {show(most)}"


def _years(frame: pd.DataFrame) -> list[int]:
    return sorted({int(year) for year in frame["fiscal_year"]})


def _span(frame: pd.DataFrame) -> tuple[int, int]:
    return int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max())
