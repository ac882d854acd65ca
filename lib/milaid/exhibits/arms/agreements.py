"""Agreements of Foreign Military Sales of the report year, where the book gives them by year."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import arms
from milaid.analysis.arms import AGREEMENTS_RULE, BLOCK_RULE
from milaid.exhibits import links, numbers
from milaid.exhibits.charts.bars import ranked_bars
from milaid.exhibits.exhibit import Column, Figure, Prose, Source, Table, csv_text, escape
from milaid.exhibits.other_sources import SALES_BOOK, cite, extent
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.words import and_list, cardinal, region_name
from milaid.tables import store

_APART = (
    "Agreements are not deliveries, notifications, licences or donated articles and are in no sum with them."
)


def lead(subject: Subject) -> Prose:
    """Return the agreements of the year in a sentence, or that the book does not give them by year."""
    if not _given(subject):
        return Prose(
            "The Historical Sales Book gives agreements of Foreign Military Sales by fiscal year only from "
            f"{fiscal.label(arms.single_years(store.load_arms_sales())[0])} on; those of FY1950 to FY2019 stand in one "
            f"sum, so that there are none to show for {subject.year_label}."
        )
    frame = _year(subject)
    regions = arms.agreement_regions(store.load_arms_sales(), subject.fiscal_year)
    first, top = frame.iloc[0], regions.iloc[0]
    total = int(frame["total_agreements_usd"].sum())
    funded = int(frame["fmf_funded_agreements_usd"].sum())
    counted = int((frame["total_agreements_usd"] != 0).sum())
    return Prose(
        f"Agreements of Foreign Military Sales came to {numbers.million(total)} in {fiscal.words(subject.fiscal_year)}, "
        f"{numbers.million(funded)} of it paid with US Foreign Military Financing. {numbers.integer(counted)} recipients "
        f"have an amount other than zero. {escape(str(first['recipient']))} stands first with "
        f"{numbers.million(first['total_agreements_usd'])}; among the regions {region_name(str(top['region']))} with "
        f"{numbers.million(top['total_agreements_usd'])}. [[agreements_table]] has both kinds apart."
    )


def largest(subject: Subject) -> Figure | None:
    """Return the recipients with the largest agreements as bars; nothing where the book has no such year."""
    if not _given(subject):
        return None
    frame = _year(subject)
    shown = frame[frame["total_agreements_usd"] > 0].head(subject.top_n)
    first = shown.iloc[0]
    drawings = ranked_bars(
        shown,
        key="agreements",
        report_year=subject.fiscal_year,
        label="recipient",
        value="total_agreements_usd",
        kind="million",
        label_head="Recipient",
    )
    return Figure(
        key="agreements",
        title=f"{first['recipient']}: {numbers.million(first['total_agreements_usd'])}, {numbers.share(first['share'])} of agreements",
        subtitle=f"Agreements of Foreign Military Sales, FMF-funded ones included, million US dollars, {cardinal(len(shown))} "
        f"largest recipients, {subject.year_label}",
        alt="Bars of agreements: "
        + ", ".join(f"{r.recipient} {numbers.million(r.total_agreements_usd)}" for r in shown.itertuples())
        + ".",
        note=f"{AGREEMENTS_RULE} {_APART} Shares are of the total of all recipients, net of reductions. {BLOCK_RULE}",
        sources=_sources(shown),
        csv=csv_text(shown[["rank", "recipient", "iso3", "total_agreements_usd", "share", "page"]].round(2)),
        wide=drawings.wide,
        narrow=drawings.narrow,
    )


def agreements_table(subject: Subject) -> Table | None:
    """Return the largest agreements, FMS and FMF-funded apart; nothing where the book has no such year."""
    if not _given(subject):
        return None
    frame = _year(subject)
    columns = (
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("recipient", "Recipient"),
        Column("fms_agreements_usd", "FMS, USD", "usd"),
        Column("fmf_funded_agreements_usd", "FMF-funded, USD", "usd"),
        Column("total_agreements_usd", "All agreements, USD", "usd", emphasis="main", sorted_descending=True),
        Column("page", "Page", "page", emphasis="secondary"),
    )
    paid_by_recipient = frame["fms_agreements_usd"].clip(lower=0)
    mostly = int((frame["fmf_funded_agreements_usd"] > paid_by_recipient).sum())
    return table_from_frame(
        frame,
        columns,
        key="agreements_table",
        title=f"For {cardinal(mostly)} recipients, FMF-funded agreements are larger than FMS agreements",
        subtitle=f"Agreements of Foreign Military Sales by recipient, current US dollars, {subject.year_label}",
        alt=f"Table of the {subject.top_n} recipients with the largest agreements, FMS and FMF-funded apart, and all other.",
        note=joined(AGREEMENTS_RULE, _APART, _negative_note(frame), "Page: page of the book."),
        sources=_sources(frame),
        top=subject.top_n,
        other_label="All other",
        total_label="All recipients",
        links={"recipient": links.country},
    )


def _given(subject: Subject) -> bool:
    return subject.fiscal_year in arms.single_years(store.load_arms_sales())


def _year(subject: Subject) -> pd.DataFrame:
    return arms.agreements_of_year(store.load_arms_sales(), subject.fiscal_year)


def _sources(frame: pd.DataFrame) -> tuple[Source, ...]:
    return (cite(SALES_BOOK, extent("page", frame["page"].astype(int))),)


def _negative_note(frame: pd.DataFrame) -> str:
    below = frame.loc[frame["total_agreements_usd"] < 0, "recipient"].sort_values()
    return (
        f"Below zero in all: {and_list([escape(name) for name in below])}; these are in the sums as they are."
        if len(below)
        else ""
    )
