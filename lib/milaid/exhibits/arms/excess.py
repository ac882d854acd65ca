"""Excess defense articles requested in the report year: what was delivered, given and sold apart."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import arms
from milaid.analysis.arms import EXCESS_RULE
from milaid.exhibits import links, numbers
from milaid.exhibits.charts.bars import Group, ranked_bars
from milaid.exhibits.exhibit import Column, Figure, Prose, Source, Table, csv_text
from milaid.exhibits.other_sources import EXCESS_REPORT, cite, extent
from milaid.exhibits.subject import Subject
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.words import counted, sentence_start
from milaid.tables import store

_APART = "These articles are in no sum with agreements, licences or other deliveries."
_GROUPS = {"grant": ("Given", "accent"), "sale": ("Sold", "other")}


def lead(subject: Subject) -> Prose:
    """Return what was requested and delivered, or that the report does not cover the year."""
    articles = store.load_excess_defense_articles()
    first, last = int(articles["fiscal_year"].min()), int(articles["fiscal_year"].max())
    frame = _year(subject)
    if frame.empty:
        return Prose(
            f"The report of Excess Defense Articles covers requests of {fiscal.label(first)} to {fiscal.label(last)}; it "
            f"has none of {subject.year_label}."
        )
    asked, done = int(frame["requested_items"].sum()), int(frame["delivered_items"].sum())
    words = f"In {fiscal.words(subject.fiscal_year)}, {counted(asked, 'item')} of excess US defense articles "
    if not done:
        latest = articles["status_date"].max()
        return Prose(
            f"{words}were requested. The report states none of them as delivered; its latest status is of "
            f"{latest.day} {latest:%B %Y}."
        )
    given, sold = (int(frame[f"{authority}_value_usd"].sum()) for authority in _GROUPS)
    return Prose(
        f"{words}were requested, of which the report states {numbers.integer(done)} as delivered. Their "
        f"original acquisition value was {numbers.million(given + sold)}: {numbers.million(given)} given, "
        f"{numbers.million(sold)} sold."
    )


def delivered(subject: Subject) -> Figure | None:
    """Return the recipients of delivered articles as bars, given and sold apart; nothing without a delivery."""
    rows = _delivered_rows(subject)
    if rows.empty:
        return None
    shown = rows.groupby("transfer_authority", sort=False).head(subject.top_n)
    groups = [
        Group(
            _GROUPS[name][0], _GROUPS[name][1], float(part["acquisition_value_usd"].sum()), None, _items(part)
        )
        for name, part in rows.groupby("transfer_authority", sort=True)
    ]
    drawings = ranked_bars(
        shown.assign(heading=shown["transfer_authority"].map(lambda name: _GROUPS[name][0])),
        key="excess",
        report_year=subject.fiscal_year,
        label="recipient",
        value="acquisition_value_usd",
        kind="million",
        group="heading",
        groups=groups,
        label_head="Recipient",
    )
    return Figure(
        key="excess",
        title=_title(rows),
        subtitle=f"Excess defense articles requested in {subject.year_label} and delivered, acquisition value, million US "
        "dollars, by recipient",
        alt="Bars of acquisition value: "
        + ", ".join(
            f"{r.recipient} {numbers.million(r.acquisition_value_usd)} ({_GROUPS[r.transfer_authority][0].lower()})"
            for r in shown.itertuples()
        )
        + ".",
        note=f"{EXCESS_RULE} {_APART} At most {subject.top_n} recipients of each kind are shown; the sums are of all.",
        sources=_sources(subject),
        csv=csv_text(
            shown[["transfer_authority", "recipient", "iso3", "delivered_items", "acquisition_value_usd"]]
        ),
        wide=drawings.wide,
        narrow=drawings.narrow,
    )


def excess_table(subject: Subject) -> Table | None:
    """Return items and values by recipient, given and sold apart; nothing without a delivery."""
    frame = _year(subject)
    if not frame["delivered_items"].sum():
        return None
    columns = (
        Column("recipient", "Recipient"),
        Column("requested_items", "Items requested", "integer", emphasis="secondary"),
        Column("delivered_items", "Items delivered", "integer"),
        Column("grant_value_usd", "Given, USD", "usd"),
        Column("sale_value_usd", "Sold, USD", "usd"),
        Column(
            "acquisition_value_usd", "Acquisition value, USD", "usd", emphasis="main", sorted_descending=True
        ),
        Column("current_value_usd", "Current value, USD", "usd"),
    )
    asked, done = int(frame["requested_items"].sum()), int(frame["delivered_items"].sum())
    return table_from_frame(
        frame,
        columns,
        key="excess_table",
        title=f"{numbers.integer(done)} of {numbers.integer(asked)} items requested were delivered",
        subtitle=f"Excess defense articles requested in {subject.year_label}: items, and value of the delivered ones, "
        "current US dollars",
        alt="Table of excess defense articles by recipient: items requested and delivered, value given and sold, "
        "acquisition and current value.",
        note=f"{EXCESS_RULE} Given and sold are acquisition values. {_APART}",
        sources=_sources(subject),
        top=subject.top_n,
        other_label="All other",
        total_label="All recipients",
        links={"recipient": links.country},
    )


def _year(subject: Subject) -> pd.DataFrame:
    return arms.excess_of_year(store.load_excess_defense_articles(), subject.fiscal_year)


def _delivered_rows(subject: Subject) -> pd.DataFrame:
    """Return recipients with delivered items by authority, most dollars first."""
    rows = arms.excess_articles(store.load_excess_defense_articles())
    rows = rows[(rows["fiscal_year"] == subject.fiscal_year) & (rows["delivered_items"] > 0)]
    return rows.sort_values(["acquisition_value_usd", "recipient"], ascending=[False, True])


def _title(rows: pd.DataFrame) -> str:
    first, total = rows.iloc[0], float(rows["acquisition_value_usd"].sum())
    share = f", {numbers.share(100.0 * first['acquisition_value_usd'] / total)} of the value" if total else ""
    verb = _GROUPS[first["transfer_authority"]][0].lower()
    return f"{sentence_start(str(first['recipient']))} was {verb} most: {numbers.million(first['acquisition_value_usd'])}{share}"


def _items(rows: pd.DataFrame) -> str:
    return f"{counted(int(rows['delivered_items'].sum()), 'item')} delivered"


def _sources(subject: Subject) -> tuple[Source, ...]:
    articles = store.load_excess_defense_articles()
    lines = articles.loc[articles["fiscal_year"] == subject.fiscal_year, "file_row"]
    return (cite(EXCESS_REPORT, extent("row", lines.astype(int)) + " of the file"),)
