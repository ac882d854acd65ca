"""The ratio of military to economic aid: by region, and over the years."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from milaid.analysis import aid
from milaid.analysis import trend as trends
from milaid.analysis.aid import NEGATIVE_RULE, WORLD
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Table
from milaid.blocks.words import sentence_start
from milaid.charts.lines import lines
from milaid.charts.multiples import small_multiples
from milaid.exhibits import events, trend
from milaid.exhibits.aid import greenbook
from milaid.exhibits.articles import region_name
from milaid.exhibits.figures import Draw, figure
from milaid.exhibits.frames import in_order
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import Sums, table_from_frame
from milaid.tables import store

_RATIO = "military_per_100_economic"
_AVERAGE = f"{_RATIO}_{trends.AVERAGE}"
_NO_REGION = "Several regions or none"
_UNIT = "US dollars of military aid for each 100 of economic aid"
_REGION_NOTE = "Regions are those of the training report; one region for each recipient in all years."


def ratio_table(subject: Subject) -> Table | None:
    """Return military and economic aid and their ratio by region, with the year before; nothing for a part of the world."""
    if not (greenbook.given(subject) and subject.scope.is_world):
        return None
    frame = _by_region(subject)
    compared = greenbook.has_previous(subject)
    columns = [
        Column("region", "Region"),
        Column("military_usd", "Military, USD", "usd"),
        Column("economic_usd", "Economic, USD", "usd"),
        Column(_RATIO, f"Military for each 100 economic, {subject.year_label}", "decimal", emphasis="main"),
    ]
    rules = {_RATIO: _ratio_of("")}
    if compared:
        columns.append(Column("previous_ratio", f"The same, {subject.previous_label}", "decimal"))
        rules["previous_ratio"] = _ratio_of("previous_")
    return table_from_frame(
        frame,
        columns,
        key="aid_ratio_table",
        title=_table_title(frame),
        subtitle=f"Military and economic aid, current US dollars, and {_UNIT}, by region, {subject.year_label}"
        + (f", with {subject.previous_label}" if compared else ""),
        alt="Table of military aid, economic aid and their ratio by region.",
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            _REGION_NOTE,
            f"{_NO_REGION}: aid for more than one region, or without a stated recipient.",
            NEGATIVE_RULE,
        ),
        sources=(greenbook.year_source(subject, compared),),
        total_label=WORLD,
        rules=rules,
    )


def ratio_years(subject: Subject) -> Figure | None:
    """Return the ratio over the years: a panel a region for the world, else a line beside that of all recipients.

    Nothing where it is computed for no year.
    """
    if not greenbook.given(subject):
        return None
    years = greenbook.window(subject)
    return _region_panels(subject, years) if subject.scope.is_world else _two_lines(subject, years)


def _region_panels(subject: Subject, years: tuple[int, ...]) -> Figure:
    every = aid.region_years(store.load_aid())
    frame = _with_averages(every, years)
    now = frame[frame["fiscal_year"] == subject.fiscal_year].sort_values(
        [_RATIO, "region"], ascending=[False, True]
    )
    order = [WORLD, *(name for name in now["region"] if name != WORLD)]
    frame = in_order(frame.sort_values("fiscal_year"), "region", order)
    return _figure(
        lambda key: small_multiples(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            value=_RATIO,
            kind="decimal",
            rows=(-(-len(order) // 2), len(order) // 2) if len(order) > 1 else (1,),
            events=events.labels(subject),
        ),
        subject,
        frame,
        title=_years_title(subject, every[every["region"] == WORLD], years),
        who="all recipients and by region",
        alt=f"Small bar charts of the ratio by fiscal year, one for all recipients and one for each region, "
        f"{greenbook.years_label(frame)}",
        note=joined(_REGION_NOTE, "Panels of one row share a scale; the rows have different scales."),
        gap="An empty slot is a year in which it is not computed.",
    )


def _two_lines(subject: Subject, years: tuple[int, ...]) -> Figure | None:
    every = aid.year_totals(subject.aid, greenbook.covered()).assign(region=subject.scope.label)
    own = every[every["fiscal_year"].isin(years)]
    if own[_RATIO].isna().all():
        return None
    world = aid.year_totals(store.load_aid()).assign(region=WORLD)
    frame = _with_averages(pd.concat([every, world], ignore_index=True), years)
    return _figure(
        lambda key: lines(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            series="region",
            value=_RATIO,
            kind="decimal",
            roles={subject.scope.label: "accent", WORLD: "soft"},
            events=events.labels(subject),
        ),
        subject,
        frame,
        title=_years_title(subject, every, years),
        who=f"{subject.scope.subtitle} and all recipients",
        alt=f"Lines of the ratio by fiscal year, {subject.scope.label} and all recipients",
        note="",
        gap="The line stops at a year in which it is not computed.",
    )


def _with_averages(every: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    """Return the rows of the years shown, each with the average of the ratio over five years, those before them too."""
    parts = [
        trends.with_five_year_averages(part, greenbook.coverage(), _RATIO)
        for _, part in every.groupby("region", sort=False)
    ]
    frame = pd.concat(parts, ignore_index=True)
    return frame[frame["fiscal_year"].isin(years)]


def _years_title(subject: Subject, every: pd.DataFrame, years: tuple[int, ...]) -> str:
    """Return what the ratio does over the years: its average of five years, and the years shown that have most."""
    found = trends.trend(every, subject.fiscal_year, greenbook.coverage(), _RATIO)
    shown = trends.trend(
        every[every["fiscal_year"].isin(years)], subject.fiscal_year, greenbook.coverage(), _RATIO
    )
    # How much a ratio changed in percent would be one quotient more than a reader holds.
    found = replace(found, change=None, peak=shown.peak, peak_years=shown.peak_years)
    text = trend.title("Military aid for each $100 of economic aid", found, _dollars, "on average")
    return text if found.value is not None else f"{text}; not computed for {subject.year_label}"


def _figure(
    draw: Draw,
    subject: Subject,
    frame: pd.DataFrame,
    *,
    title: str,
    who: str,
    alt: str,
    note: str,
    gap: str,
) -> Figure:
    columns = ["fiscal_year", "region", "military_usd", "economic_usd", _RATIO, _AVERAGE]
    first, last = int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max())
    return figure(
        draw,
        key="aid_ratio",
        title=title,
        subtitle=f"{_UNIT}, {who}, {greenbook.years_label(frame)}",
        alt=alt,
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            note,
            NEGATIVE_RULE,
            gap if frame[_RATIO].isna().any() else "",
        ),
        sources=(greenbook.source(subject, first, last),),
        csv=frame[columns].round({_RATIO: 2, _AVERAGE: 2}),
    )


def _by_region(subject: Subject) -> pd.DataFrame:
    """Return the regions of the year, highest ratio first, then what belongs to none, with the year before."""
    years = aid.region_years(store.load_aid())
    parts = []
    for year in (subject.fiscal_year, subject.fiscal_year - 1):
        rows = years[years["fiscal_year"] == year].set_index("region")[["military_usd", "economic_usd"]]
        if len(rows):
            rows.loc[_NO_REGION] = rows.loc[WORLD] - rows.drop(index=WORLD).sum()
        parts.append(rows.drop(index=WORLD, errors="ignore"))
    now, before = parts
    frame = now.join(before.add_prefix("previous_"))
    frame[_RATIO] = [_ratio(row, "") for row in frame.to_dict("records")]
    frame["previous_ratio"] = [_ratio(row, "previous_") for row in frame.to_dict("records")]
    frame = frame.rename_axis("region").reset_index()
    frame = frame.assign(_last=frame["region"] == _NO_REGION)
    return frame.sort_values(["_last", _RATIO, "region"], ascending=[True, False, True]).reset_index(
        drop=True
    )


def _ratio_of(prefix: str):
    return lambda sums, _: _ratio(sums, prefix)


def _ratio(sums: Sums, prefix: str) -> float | None:
    """The ratio by :data:`milaid.analysis.aid.NEGATIVE_RULE`."""
    military, economic = sums[f"{prefix}military_usd"], sums[f"{prefix}economic_usd"]
    if pd.isna(military) or pd.isna(economic) or military < 0 or economic <= 0:
        return None
    return 100.0 * float(military) / float(economic)


def _table_title(frame: pd.DataFrame) -> str:
    regions = frame[(frame["region"] != _NO_REGION) & frame[_RATIO].notna()]
    if regions.empty:
        return "The ratio of military to economic aid is not computed for any region"
    first, last = regions.iloc[0], regions.iloc[-1]
    return (
        f"{sentence_start(region_name(str(first['region'])))}: {_dollars(first[_RATIO])} of military aid for each $100 "
        f"of economic aid; {region_name(str(last['region']))}: {_dollars(last[_RATIO])}"
    )


def _dollars(ratio: float) -> str:
    return f"${numbers.decimal(ratio, 2)}"
