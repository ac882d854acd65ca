"""The place of a region in the world: its share of participants and dollars, and its rank, by year."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import trend as trends
from milaid.analysis.share_and_rank import RANK_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text
from milaid.blocks.words import and_list, cardinal, ordinal
from milaid.charts.lines import lines
from milaid.exhibits import events, trend, year_flags
from milaid.exhibits.articles import region_name
from milaid.exhibits.figures import figure, mark_labels, mark_notes
from milaid.exhibits.frames import under_each_other
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.training.regions import REGION_NOTE
from milaid.tables.subjects import NOT_STATED

_SERIES = {"Participants": "share", "Dollars": "cost_share"}


def row(subject: Subject, fiscal_year: int | None = None) -> pd.Series:
    """Return share and rank in a year, by default the report year."""
    rows = subject.share_and_rank.set_index("fiscal_year")
    return rows.loc[fiscal_year or subject.fiscal_year]


def before(subject: Subject) -> pd.Series | None:
    """Return share and rank of the year before; None where the totals of all regions may not be compared with it."""
    listed = subject.fiscal_year - 1 in subject.coverage.years
    return row(subject, subject.fiscal_year - 1) if listed and subject.everyone.has_previous else None


def why_not_compared(subject: Subject) -> str:
    """Return why the shares of the year stand alone."""
    if subject.fiscal_year == subject.everyone.coverage.first:
        return "first year of the series"
    return f"total not comparable with {subject.previous_label}"


def rank_in_words(place: pd.Series) -> str:
    """Return the rank among the regions: ``first of six regions``."""
    return f"{ordinal(int(place['rank']))} of {cardinal(int(place['ranked']))} regions"


def share_trend(subject: Subject, measure: str) -> trends.Trend:
    """Return what a share of the region (share or cost_share) does over the years, seen from the report year."""
    return trends.trend(subject.share_and_rank, subject.fiscal_year, subject.everyone.coverage, measure)


def lead(subject: Subject) -> Prose:
    """Return the average share of five years, share and rank of the year, and the years of largest and smallest share."""
    rows, now, earlier = subject.share_and_rank, row(subject), before(subject)
    name, year = region_name(subject.scope.name), fiscal.words(subject.fiscal_year)
    averages = trend.share_average(share_trend(subject, "share"))
    text = f"Share of all participants: {averages[0]}. " if averages else ""
    text += (
        f"Of the {numbers.integer(now['all_participants'])} course participants of all regions in {year}, "
        f"{numbers.integer(now['participants'])} came from {name}, {numbers.share(now['share'])}"
    )
    if earlier is not None:
        text += f", against {numbers.share(earlier['share'])} a year earlier"
    text += f": {rank_in_words(now)}."
    if pd.notna(now["cost_share"]):
        text += f" Of the dollars it had {numbers.share(now['cost_share'])}."
    shares = rows.dropna(subset=["share"])
    most, least = shares["share"].max(), shares["share"].min()
    return Prose(
        f"{text} Its share of participants was largest in {_years(shares, most)} ({numbers.share(most)}) and smallest in "
        f"{_years(shares, least)} ({numbers.share(least)})."
    )


def _years(shares: pd.DataFrame, share: float) -> str:
    """Return the fiscal years that have just this share."""
    return and_list([fiscal.label(int(year)) for year in shares.loc[shares["share"] == share, "fiscal_year"]])


def shares(subject: Subject) -> Figure:
    """Return the share of the region in all participants and all dollars over the years."""
    rows = subject.share_and_rank
    coverage = subject.everyone.coverage
    filed = rows[["fiscal_year", "participants", "all_participants", "share", "cost_share", "rank", "ranked"]]
    for measure in _SERIES.values():
        filed = trends.with_five_year_averages(filed, coverage, measure)
    filed = filed.drop(columns=[f"{measure}_{trends.AVERAGE_CHANGE}" for measure in _SERIES.values()])
    return figure(
        lambda key: lines(
            under_each_other(rows, _SERIES),
            key=key,
            report_year=subject.fiscal_year,
            kind="share",
            gaps=mark_labels(coverage.gaps),
            breaks=mark_labels(coverage.breaks),
            events=events.labels(subject),
        ),
        key="world_shares",
        title=trend.share_title("Share of all participants", share_trend(subject, "share")),
        subtitle=f"Share of recipients in {region_name(subject.scope.name)} in all course participants and in the cost of all "
        f"training, percent, {subject.window_label_all}",
        alt=f"Lines of the share of {region_name(subject.scope.name)} in all participants and dollars by fiscal year",
        note=joined(
            COUNTING_NOTE,
            REGION_NOTE,
            mark_notes(coverage.breaks),
            subject.everyone.unpriced_note(*subject.coverage.years),
        ),
        sources=subject.everyone.series_sources(),
        csv=filed.round(4),
    )


def years_table(subject: Subject) -> Table:
    """Return participants and dollars of the region beside those of all regions, share and rank, by year."""
    rows = subject.share_and_rank
    rows = rows.assign(year=rows["fiscal_year"].map(fiscal.label))
    columns = (
        Column("year", "Fiscal year"),
        Column("participants", "Participants", "integer", emphasis="main"),
        Column("all_participants", "All regions", "integer", emphasis="secondary"),
        Column("share", "Share, %", "share", emphasis="main"),
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("cost_usd", "Cost, USD", "usd"),
        Column("all_cost_usd", "All regions, USD", "usd", emphasis="secondary"),
        Column("cost_share", "Share, %", "share"),
    )
    best = int(rows["rank"].min())
    rows = rows.assign(years_at_rank=rows["rank"].map(rows["rank"].value_counts()).astype("Int64"))
    count = int((rows["rank"] == best).sum())
    return table_from_frame(
        rows,
        columns,
        key="world_table",
        title=f"Ranked {ordinal(best)} of the regions in {cardinal(count)} of {cardinal(len(rows))} "
        f"year{'' if len(rows) == 1 else 's'}",
        subtitle=f"Course participants and cost of training{subject.scope.part}, beside all regions, "
        f"{subject.window_label_all}",
        alt="Table of participants and cost of the region and of all regions, with shares and rank, by fiscal year.",
        note=joined(
            f"{COUNTING_NOTE} {REGION_NOTE} {RANK_RULE} Cost in current US dollars.",
            _of_no_region(subject),
            subject.everyone.unpriced_note(*subject.coverage.years),
        ),
        flags=year_flags.of_subject(subject),
        sources=subject.everyone.series_sources(),
        csv=csv_text(rows[[*(column.name for column in columns), "ranked", "years_at_rank"]]),
    )


def _of_no_region(subject: Subject) -> str:
    """Return how many participants of no stated region are among those of all regions."""
    rows = subject.world[subject.world["region_harmonised"] == NOT_STATED]
    people = rows.groupby("fiscal_year")["quantity"].sum()
    parts = [f"{numbers.integer(count)} in {fiscal.label(int(year))}" for year, count in people.items()]
    return f"All regions: with the participants of no stated region, {and_list(parts)}." if parts else ""
