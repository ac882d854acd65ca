"""Excess defense articles requested in the report year: what was delivered, given and sold apart."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import arms
from milaid.analysis.arms import EXCESS_RULE
from milaid.analysis.groups import shares
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Source, Table, csv_text, escape
from milaid.blocks.words import agreeing, counted, sentence_start
from milaid.charts.bars import Group, ranked_bars
from milaid.exhibits import links
from milaid.exhibits.aid import greenbook
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import with_sums
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import excess_report_rows
from milaid.exhibits.scope import PROGRAM, RECIPIENT
from milaid.exhibits.subject import Subject
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

NO_TABLE = Prose("This project has no table of excess defense articles: there are none to show.")
_APART = "These articles are in no sum with agreements, licences or other deliveries."
_GROUPS = {"grant": ("Given", "accent"), "sale": ("Sold", "other")}


def lead(subject: Subject) -> Prose:
    """Return what was requested and delivered, or that there is nothing to show and why."""
    absent = _absence(subject)
    if absent is not None:
        return absent
    frame = _year(subject)
    asked, done = int(frame["requested_items"].sum()), int(frame["delivered_items"].sum())
    words = (
        f"In {fiscal.words(subject.fiscal_year)}, {counted(asked, 'item')} of excess US defense articles"
        f"{escape(greenbook.whom(subject, 'for'))} "
    )
    verb = "was" if asked == 1 else "were"
    if not done:
        latest = _articles(subject)["status_date"].max()
        until = "" if pd.isna(latest) else f"; its latest status is of {latest.day} {latest:%B %Y}"
        none = "does not state it" if asked == 1 else "states none of them"
        return Prose(f"{words}{verb} requested. The report {none} as delivered{until}.")
    given, sold = (int(frame[f"{authority}_value_usd"].sum()) for authority in _GROUPS)
    return Prose(
        f"{words}{verb} requested, of which the report states {numbers.integer(done)} as delivered. The original "
        f"acquisition value of the delivered ones was {numbers.dollars(given + sold)}: {numbers.dollars(given)} given, "
        f"{numbers.dollars(sold)} sold."
    )


def delivered(subject: Subject) -> Figure | None:
    """Return the recipients of delivered articles as bars, given and sold apart; nothing without a delivery."""
    if not _listed(subject) or not _year(subject)["delivered_items"].sum():
        return None
    rows = _delivered_rows(subject)
    shown = rows.groupby("transfer_authority", sort=False).head(subject.top_n)
    groups = [
        Group(
            _GROUPS[name][0], _GROUPS[name][1], float(part["acquisition_value_usd"].sum()), None, _items(part)
        )
        for name, part in rows.groupby("transfer_authority", sort=True)
    ]
    return figure(
        lambda key: ranked_bars(
            shown.assign(heading=shown["transfer_authority"].map(lambda name: _GROUPS[name][0])),
            key=key,
            report_year=subject.fiscal_year,
            label="recipient",
            value="acquisition_value_usd",
            kind="million",
            group="heading",
            groups=groups,
            label_head="Recipient",
        ),
        key="excess",
        title=_title(rows),
        subtitle=f"Excess defense articles requested in {subject.year_label} and delivered, acquisition value, million US "
        f"dollars, by recipient{greenbook.of_part(subject)}",
        alt="Bars of acquisition value by recipient, what is given and what is sold apart",
        note=f"{EXCESS_RULE} {_APART} At most {subject.top_n} recipients of each kind are shown; the sums are of all.",
        sources=_sources(subject),
        csv=shown[
            [
                "transfer_authority", "recipient", "iso3", "delivered_items", "acquisition_value_usd",
                "share", "delivered_items_of_authority", "acquisition_value_usd_of_authority",
            ]
        ].round({"share": 2}),
    )  # fmt: skip


def excess_table(subject: Subject) -> Table | None:
    """Return items and values by recipient, given and sold apart; nothing without a request."""
    if not _listed(subject):
        return None
    frame = _year(subject)
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
    counted_columns = [column.name for column in columns[1:]]
    return table_from_frame(
        frame,
        columns,
        key="excess_table",
        title=delivered_title(frame),
        subtitle=f"Excess defense articles requested in {subject.year_label}{greenbook.of_part(subject)}: items, and value of the delivered ones, "
        "current US dollars",
        alt="Table of excess defense articles by recipient: items requested and delivered, value given and sold, "
        "acquisition and current value.",
        note=f"{EXCESS_RULE} Given and sold are acquisition values. {_APART}",
        csv=csv_text(
            with_sums(frame, *counted_columns)[
                [*(c.name for c in columns), *(f"all_{name}" for name in counted_columns)]
            ]
        ),
        sources=_sources(subject),
        top=subject.top_n,
        other_label="All other",
        total_label="All recipients",
        links={"recipient": links.country},
    )


def delivered_title(frame: pd.DataFrame) -> str:
    """Return how many of the items requested (requested_items) were delivered (delivered_items)."""
    asked, done = int(frame["requested_items"].sum()), int(frame["delivered_items"].sum())
    if not done:
        return f"{counted(asked, 'item')} requested, none stated as delivered"
    return f"{sentence_start(agreeing(done, asked, 'item'))} requested {'was' if done == 1 else 'were'} delivered"


def _absence(subject: Subject) -> Prose | None:
    """Return the one line of a section without excess articles; None where some were requested."""
    articles = store.load_excess_defense_articles()
    if articles.empty:
        return NO_TABLE
    if subject.scope.kind == PROGRAM:
        return Prose(
            "The report of Excess Defense Articles is by recipient, not by training program: there are none to show."
        )
    if _articles(subject)["fiscal_year"].eq(subject.fiscal_year).any():
        return None
    first, last = int(articles["fiscal_year"].min()), int(articles["fiscal_year"].max())
    return Prose(
        f"The report of Excess Defense Articles covers requests of {fiscal.label(first)} to {fiscal.label(last)}; it "
        f"has none{escape(greenbook.whom(subject, 'for'))} of {subject.year_label}."
    )


def _listed(subject: Subject) -> bool:
    """Return whether there are articles to list by recipient: not for a single one."""
    return _absence(subject) is None and subject.scope.kind != RECIPIENT


def _articles(subject: Subject) -> pd.DataFrame:
    return subject.scope.aid(store.load_excess_defense_articles())


@once
def _year(subject: Subject) -> pd.DataFrame:
    return arms.excess_of_year(_articles(subject), subject.fiscal_year)


def _delivered_rows(subject: Subject) -> pd.DataFrame:
    """Return recipients with delivered items by authority, most dollars first, with their share and the sums of each.

    share is in percent of the value of all that was delivered, given or sold.
    """
    rows = arms.excess_articles(_articles(subject))
    rows = rows[(rows["fiscal_year"] == subject.fiscal_year) & (rows["delivered_items"] > 0)]
    rows = rows.assign(share=shares(rows["acquisition_value_usd"]))
    sums = rows.groupby("transfer_authority")
    for name in ("delivered_items", "acquisition_value_usd"):
        rows[f"{name}_of_authority"] = sums[name].transform("sum")
    return rows.sort_values(["acquisition_value_usd", "recipient"], ascending=[False, True])


def _title(rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    share = f", {numbers.share(first['share'])} of the value" if pd.notna(first["share"]) else ""
    verb = _GROUPS[first["transfer_authority"]][0].lower()
    return f"{sentence_start(str(first['recipient']))} was {verb} most: {numbers.dollars(first['acquisition_value_usd'])}{share}"


def _items(rows: pd.DataFrame) -> str:
    return f"{counted(int(rows['delivered_items'].sum()), 'item')} delivered"


def _sources(subject: Subject) -> tuple[Source, ...]:
    articles = _articles(subject)
    return (excess_report_rows(articles[articles["fiscal_year"] == subject.fiscal_year]),)
