"""Regions: now and over the years, and the world map."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import regions
from milaid.analysis import trend as trends
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Source, Table, csv_text
from milaid.blocks.words import and_list, cardinal, counted, sentence_start
from milaid.charts.bars import ranked_bars
from milaid.charts.multiples import empty_panels, small_multiples
from milaid.charts.world_map import world_map
from milaid.exhibits import events, links, ties, trend
from milaid.exhibits.articles import region_name
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import in_order, with_changes_of
from milaid.exhibits.once import once
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import change_of, percent_change_of, share_of_total, table_from_frame
from milaid.tables import store

_AVERAGES = ("participants_five_year_average", "participants_five_year_percent_change")
REGION_NOTE = "Regions are those of the Department of State; one region for each recipient in all years."


def lead(subject: Subject) -> Prose:
    """Return the two largest regions with their shares, now and a year earlier."""
    frame = _totals(subject)
    sentences = []
    for i, row in enumerate(frame.head(2).itertuples()):
        name = sentence_start(region_name(row.region))
        text = f"{name} had {counted(int(row.participants), 'participant')}, {numbers.share(row.share)}"
        text += f" of {subject.scope.whole}" if i == 0 else ""
        if _has_shares_before(frame, subject):
            text += f", against {numbers.share(row.previous_share)} in {subject.previous_label}"
        sentences.append(text + ".")
    return Prose(" ".join(sentences))


def _has_shares_before(frame: pd.DataFrame, subject: Subject) -> bool:
    """Return whether shares of the year before may be said: it is comparable, and its participants are not few."""
    return subject.has_previous and bool(frame["previous_participants"].sum() >= LEAST_PARTICIPANTS)


def regions_now(subject: Subject) -> Figure:
    """Return participants by region as bars, with the year before."""
    frame = _totals(subject)
    first = frame.iloc[0]
    title = f"{sentence_start(region_name(first['region']))}: {numbers.share(first['share'])} of participants"
    if _has_shares_before(frame, subject):
        title += f", against {numbers.share(first['previous_share'])} a year earlier"
    return figure(
        lambda key: ranked_bars(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            label="region",
            value="participants",
            previous="previous_participants" if subject.has_previous else None,
            label_head="Region",
        ),
        key="regions_now",
        title=title,
        subtitle=f"Course participants{subject.scope.phrase} by region, {subject.year_label}{subject.with_previous}",
        alt=f"Bars of course participants by region, {subject.year_label}",
        note=f"{COUNTING_NOTE} {REGION_NOTE}",
        sources=subject.year_sources(previous=True),
        csv=frame[
            ["region", "participants", "share", "previous_participants", "previous_share", "percent_change"]
        ],
    )


def regions_table(subject: Subject) -> Table:
    """Return participants, change, recipients and cost by region."""
    frame = _totals(subject)
    columns = [Column("region", "Region"), _main(subject)]
    rules = {"share": share_of_total("participants")}
    if subject.has_previous:
        columns += [
            Column("previous_participants", subject.previous_label, "integer"),
            Column("change", "Change", "change"),
            Column("percent_change", "Change, %", "percent_change"),
        ]
        rules |= {
            "change": change_of("participants", "previous_participants"),
            "percent_change": percent_change_of("participants", "previous_participants"),
        }
    columns += [
        Column("share", "Share, %", "share"),
        Column("recipients", "Recipients", "integer", emphasis="secondary"),
        Column("cost_usd", "Cost, USD", "usd"),
    ]
    dearest = frame.loc[frame["cost_usd"].idxmax()]
    return table_from_frame(
        frame,
        columns,
        key="regions_table",
        title=f"Most dollars: {dearest['region']}, {numbers.million(dearest['cost_usd'])}",
        subtitle=f"Course participants{subject.scope.phrase}, recipients and cost of training by region, {subject.year_label}",
        alt="Table of participants, change, share, recipients and cost by region.",
        note=joined(
            f"{COUNTING_NOTE} {REGION_NOTE} Recipients are those with at least one participant.",
            subject.unpriced_note(subject.fiscal_year),
        ),
        sources=subject.year_sources(previous=True),
        total_label="All regions",
        rules=rules,
        csv=csv_text(frame[[*(column.name for column in columns), "previous_share"]]),
        links={"region": links.region},
    )


def regions_years(subject: Subject) -> Figure:
    """Return a panel of bars over the years for each region, largest region of the report year first."""
    totals = _totals(subject)
    every = regions.region_years(subject.trainings)
    frame = subject.in_window(_with_averages(every, subject))
    largest = totals["region"].iloc[0]
    own = every[every["region"] == largest]
    frame = in_order(frame.sort_values("fiscal_year"), "region", [*totals["region"], *frame["region"]])
    empty = empty_panels(frame, subject.fiscal_year, value="participants")
    changes = (
        dict(zip(totals["region"], totals["percent_change"], strict=True)) if subject.has_previous else None
    )
    return figure(
        lambda key: small_multiples(
            frame[~frame["region"].isin(empty)],
            key=key,
            report_year=subject.fiscal_year,
            value="participants",
            changes=changes,
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="regions_years",
        title=trend.title(
            str(largest), trends.trend(own, subject.fiscal_year, subject.coverage, first=subject.window[0])
        ),
        subtitle=f"Course participants{subject.scope.phrase} by region and fiscal year, {subject.window_label}"
        + (f"; percent: change on {subject.previous_label}" if subject.has_previous else ""),
        alt=f"Small bar charts of course participants by fiscal year, one for each region, {subject.window_label}.",
        note=joined(
            f"{COUNTING_NOTE} {REGION_NOTE} Panels of one row share a scale; the rows have different scales.",
            f"Too few to draw, in the file alone: {and_list(empty)}." if empty else "",
        ),
        sources=subject.series_sources(*subject.window),
        csv=with_changes_of(frame, "region", changes, subject.fiscal_year)[
            ["fiscal_year", "region", "participants", "share", *_AVERAGES, "percent_change"]
        ],
    )


def _with_averages(years: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    """Return regions by fiscal year, each with its averages of five years."""
    parts = [
        trends.with_five_year_averages(own, subject.coverage)
        for _, own in years.groupby("region", sort=False)
    ]
    return pd.concat(parts, ignore_index=True)


def recipients_map(subject: Subject) -> Figure:
    """Return the world map of participants; countries that no edition lists are told apart."""
    ranked = subject.ranking
    with_code = by_code(ranked)
    boundaries = store.load_boundaries()
    listed = set(subject.world["iso3"].dropna().unique())
    drawn = set(boundaries["iso3"].dropna())
    small = with_code[~with_code["iso3"].isin(drawn) & (with_code["participants"] > 0)]
    without = ranked[ranked["iso3"].isna() & (ranked["participants"] > 0)]
    return figure(
        lambda key: world_map(
            with_code,
            boundaries,
            key=key,
            value="participants",
            not_covered=drawn - listed,
        ),
        key="world_map",
        title=_map_title(subject),
        subtitle=f"Course participants{subject.scope.phrase} by recipient, {subject.year_label}",
        alt=f"World map of course participants by recipient, {subject.year_label}",
        note=_map_note(subject, small, without),
        sources=(*subject.year_sources(), *map_sources()),
        csv=ranked[["recipient", "iso3", "region", "participants", "cost_usd"]].assign(
            regions_of_largest=ranked.head(5)["region"].nunique()
        ),
    )


def by_code(ranking: pd.DataFrame) -> pd.DataFrame:
    """Return iso3, recipient and participants of a ranking as a map takes them: one row a code, none without one."""
    rows = ranking[ranking["iso3"].notna()].groupby("iso3", as_index=False)
    return rows.agg(recipient=("recipient", "first"), participants=("participants", "sum"))


@once
def _totals(subject: Subject) -> pd.DataFrame:
    return regions.region_totals(subject.trainings, subject.fiscal_year, subject.coverage)


def _main(subject: Subject) -> Column:
    return Column("participants", subject.year_label, "integer", emphasis="main", sorted_descending=True)


def _map_title(subject: Subject) -> str:
    top = subject.ranking.head(5)
    if len(top) == 1:
        return f"{top['recipient'].iloc[0]} the only recipient"
    count = top["region"].nunique()
    where = "in one region" if count == 1 else f"in {cardinal(count)} regions"
    several = f"The {cardinal(len(top))}"
    if len(ties.as_many(subject.ranking, "participants", len(top))):
        several = f"{sentence_start(cardinal(len(top)))} of the"
    return f"{several} largest recipients lie {where}"


def _map_note(subject: Subject, small: pd.DataFrame, without: pd.DataFrame) -> str:
    text = (
        f"{COUNTING_NOTE} Not covered: no edition from {_all_years(subject)} lists the country; Section IV leaves out "
        f"most NATO members, Australia, Japan and New Zealand. None reported: {_none_reported(subject)}."
    )
    if len(small):
        text += (
            f" {numbers.integer(len(small))} small recipients ({numbers.integer(small['participants'].sum())} "
            "participants) are too small to draw; the CSV file lists them."
        )
    if len(without):
        text += f" Without a country code: {', '.join(without['recipient'])}."
    return joined(text, subject.misplaced_note([]), "Boundaries are not a statement on status.")


def _all_years(subject: Subject) -> str:
    years = subject.world["fiscal_year"]
    return f"{fiscal.label(int(years.min()))} to {fiscal.label(int(years.max()))}"


def _none_reported(subject: Subject) -> str:
    if subject.scope.is_world:
        return "other editions list it"
    return f"listed in some edition, without a participant{subject.scope.phrase} in {subject.year_label}"


def map_sources() -> tuple[Source, ...]:
    """Return the source of the outlines of countries."""
    row = store.load_other_sources().set_index("path").loc["geo/ne_110m_admin_0_countries.geojson"]
    return (Source(f"{row['publisher']}, {row['title'].lower()}", row["url"]),)
