"""Who had most military aid in the report year, beside economic aid and people."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import aid
from milaid.analysis.aid import NEGATIVE_RULE, PER_HEAD_RULE
from milaid.analysis.groups import net_shares
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Table, escape
from milaid.blocks.words import and_list, cardinal, none_or, sentence_start, the
from milaid.charts.bars import ranked_bars
from milaid.exhibits import links
from milaid.exhibits.aid import greenbook
from milaid.exhibits.figures import figure
from milaid.exhibits.once import once
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import Sums, no_sum, table_from_frame
from milaid.tables import store

_RANKED_RULE = "Ranked are countries and territories."
_UNNAMED_RULE = "Aid for a region or without a stated recipient is among all other."


def top_recipients(subject: Subject) -> Figure | None:
    """Return the recipients with most military aid as bars, with the year before; nothing without any."""
    frame = _with_previous(subject)
    shown = frame[frame["rank"].notna()].head(subject.top_n)
    if shown.empty:
        return None
    compared = greenbook.has_previous(subject)
    return figure(
        lambda key: ranked_bars(
            greenbook.above_zero(shown, "previous_usd"),
            key=key,
            report_year=subject.fiscal_year,
            label="recipient",
            value="military_usd",
            previous="previous_usd" if compared else None,
            kind="million",
            label_head="Recipient",
        ),
        key="aid_recipients",
        title=_title(subject, shown),
        subtitle=f"Military aid, million current US dollars, {cardinal(len(shown))} largest recipients"
        f"{greenbook.of_part(subject)}, {subject.year_label}"
        + (f", with {subject.previous_label}" if compared else ""),
        alt=f"Bars of military aid by recipient, {subject.year_label}",
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            _RANKED_RULE,
            _below_before(subject, shown),
        ),
        sources=(greenbook.year_source(subject, compared),),
        csv=shown[
            ["rank", "recipient", "iso3", "military_usd", "share", *(["previous_usd"] if compared else [])]
        ].round({"share": 2}),
    )


def recipients_table(subject: Subject) -> Table | None:
    """Return recipients with military and economic aid, the share that is military, and aid per head."""
    if not greenbook.ranked(subject):
        return None
    frame = _recipients(subject)
    columns = (
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("recipient", "Recipient"),
        Column("military_usd", "Military, USD", "usd", emphasis="main", sorted_descending=True),
        Column("economic_usd", "Economic, USD", "usd"),
        Column("share_military", "Military, % of aid", "share"),
        Column("military_per_head", "Military per head, USD", "decimal", emphasis="secondary"),
        Column("total_per_head", "All aid per head, USD", "decimal", emphasis="secondary"),
    )
    shown = frame.head(subject.top_n)
    mostly = int((shown["share_military"] > 50).sum())
    return table_from_frame(
        frame,
        columns,
        key="aid_recipients_table",
        title=f"More than half of the aid is military for {none_or(mostly)} of the {cardinal(len(shown))} "
        f"recipient{'' if len(shown) == 1 else 's'} shown",
        subtitle=f"Military and economic aid by recipient{greenbook.of_part(subject)}, current US dollars, "
        f"{subject.year_label}",
        alt=f"Table of {the(len(shown), 'recipient')} with most military aid: military and economic aid, share that is "
        "military, aid per head, and all other.",
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            _RANKED_RULE,
            _UNNAMED_RULE,
            NEGATIVE_RULE,
            PER_HEAD_RULE,
            _below_zero(frame),
        ),
        sources=(greenbook.source(subject), *greenbook.population_sources(subject)),
        top=subject.top_n,
        other_label="All other",
        total_label="All recipients",
        links={"recipient": links.country},
        rules={
            "share_military": _share_military,
            "military_per_head": no_sum,
            "total_per_head": no_sum,
        },
    )


@once
def _recipients(subject: Subject, fiscal_year: int | None = None) -> pd.DataFrame:
    return aid.recipients(subject.aid, store.load_population(), fiscal_year or subject.fiscal_year)


def _with_previous(subject: Subject) -> pd.DataFrame:
    """Return the recipients with military aid of the year before as previous_usd and the share of all military aid.

    The share is in percent; no rows where none are ranked.
    """
    frame = _recipients(subject)
    frame = frame.assign(share=net_shares(frame["military_usd"]))
    if not greenbook.ranked(subject):
        frame = frame.iloc[:0]
    before = _recipients(subject, subject.fiscal_year - 1).set_index("recipient")["military_usd"]
    previous = frame["recipient"].map(before).astype("Int64")
    return frame.assign(previous_usd=previous.fillna(0) if greenbook.has_previous(subject) else previous)


def _title(subject: Subject, shown: pd.DataFrame) -> str:
    first = shown.iloc[0]
    text = f"{sentence_start(str(first['recipient']))}: {numbers.dollars(first['military_usd'])}"
    if pd.isna(first["share"]):
        return text
    return f"{text}, {numbers.share(first['share'])} of military aid{greenbook.whom(subject)}"


def _share_military(sums: Sums, _: Sums) -> float | None:
    """The share of a sum that is military; not computed where a part is below zero or nothing divides."""
    military, economic = sums["military_usd"], sums["economic_usd"]
    if military < 0 or economic < 0 or military + economic <= 0:
        return None
    return 100.0 * military / (military + economic)


def _below_zero(frame: pd.DataFrame) -> str:
    low = frame.loc[(frame["military_usd"] < 0) | (frame["economic_usd"] < 0), "recipient"].sort_values()
    if low.empty:
        return ""
    return f"Below zero in military or economic aid: {and_list([escape(name) for name in low])}."


def _below_before(subject: Subject, shown: pd.DataFrame) -> str:
    low = shown[(shown["previous_usd"] < 0).fillna(False).astype(bool)]
    return greenbook.below_zero_note(
        low.assign(fiscal_year=subject.fiscal_year - 1), "previous_usd", "recipient"
    )
