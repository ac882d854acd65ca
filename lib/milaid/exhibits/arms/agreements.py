"""Agreements of Foreign Military Sales of the report year, where the book gives them by year."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import arms
from milaid.analysis.arms import AGREEMENTS_RULE, BLOCK_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text, escape
from milaid.blocks.words import and_list, cardinal, counted, sentence_start, the
from milaid.charts.bars import ranked_bars
from milaid.exhibits import links
from milaid.exhibits.aid import greenbook
from milaid.exhibits.articles import region_name
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import with_sums
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import sales_book_pages
from milaid.exhibits.scope import PROGRAM, RECIPIENT
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

NO_TABLE = Prose("This project has no table of arms sales: there are no agreements to show.")
_APART = (
    "Agreements are not deliveries, notifications, licences or donated articles and are in no sum with them."
)


def lead(subject: Subject) -> Prose:
    """Return the agreements of the year in a sentence, or that there are none to show and why."""
    absent = _absence(subject)
    if absent is not None:
        return absent
    frame = _year(subject)
    total = int(frame["total_agreements_usd"].sum())
    funded = int(frame["fmf_funded_agreements_usd"].sum())
    text = (
        f"Agreements of Foreign Military Sales{escape(greenbook.whom(subject, 'with'))} came to {numbers.dollars(total)} in "
        f"{fiscal.words(subject.fiscal_year)}"
    )
    if total < 0 or funded < 0:
        text += f", less reductions of earlier ones; those paid with US Foreign Military Financing to {numbers.dollars(funded)}."
    elif total:
        text += f", {numbers.dollars(funded)} of it paid with US Foreign Military Financing."
    else:
        text += "."
    return Prose(text if subject.scope.kind == RECIPIENT else f"{text} {_who_leads(subject, frame)}")


def largest(subject: Subject) -> Figure | None:
    """Return the recipients with the largest agreements as bars; nothing where the book has no such year."""
    if not _ranked(subject):
        return None
    frame = _year(subject)
    shown = frame[frame["total_agreements_usd"] > 0].head(subject.top_n)
    if shown.empty:
        return None
    first = shown.iloc[0]
    return figure(
        lambda key: ranked_bars(
            shown,
            key=key,
            report_year=subject.fiscal_year,
            label="recipient",
            value="total_agreements_usd",
            kind="million",
            label_head="Recipient",
        ),
        key="agreements",
        title=f"{first['recipient']}: {numbers.dollars(first['total_agreements_usd'])}"
        + ("" if pd.isna(first["share"]) else f", {numbers.share(first['share'])} of agreements"),
        subtitle=f"Agreements of Foreign Military Sales, FMF-funded ones included, million US dollars, {cardinal(len(shown))} "
        f"largest recipients{greenbook.of_part(subject)}, {subject.year_label}",
        alt="Bars of agreements by recipient",
        note=f"{AGREEMENTS_RULE} {_APART} Shares are of the total of all recipients, net of reductions. {BLOCK_RULE}",
        sources=(sales_book_pages(shown),),
        csv=shown[["rank", "recipient", "iso3", "total_agreements_usd", "share", "page"]].round(2),
    )


def agreements_table(subject: Subject) -> Table | None:
    """Return the largest agreements, FMS and FMF-funded apart; nothing where the book has no such year."""
    if not _ranked(subject):
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
        title=f"FMF-funded agreements are larger than FMS agreements for {cardinal(mostly)} "
        f"recipient{'' if mostly == 1 else 's'}",
        subtitle=f"Agreements of Foreign Military Sales by recipient{greenbook.of_part(subject)}, current US "
        f"dollars, {subject.year_label}",
        alt=f"Table of {the(min(subject.top_n, len(frame)), 'recipient')} with the largest agreements, FMS and FMF-funded apart, and all other.",
        note=joined(AGREEMENTS_RULE, _APART, _negative_note(frame), "Page: page of the book."),
        csv=_filed(frame, [column.name for column in columns]),
        sources=(sales_book_pages(frame),),
        top=subject.top_n,
        other_label="All other",
        total_label="All recipients",
        links={"recipient": links.country},
    )


def _filed(frame: pd.DataFrame, columns: list[str]) -> str:
    """Return the file of all agreements of the year, each beside the sums of all and of its region."""
    filed = with_sums(frame, *arms.AMOUNTS)
    of_region = frame.groupby(frame["region"].fillna(arms.NO_REGION))["total_agreements_usd"]
    filed = filed.assign(
        region=frame["region"].fillna(arms.NO_REGION), region_agreements_usd=of_region.transform("sum")
    )
    filed = filed.assign(recipients_with_agreements=int((frame["total_agreements_usd"] != 0).sum()))
    sums = [f"all_{name}" for name in arms.AMOUNTS]
    added = ["region", "region_agreements_usd", *sums, "recipients_with_agreements"]
    return csv_text(filed[[*columns, *added]])


def _absence(subject: Subject) -> Prose | None:
    """Return the one line of a section without agreements; None where there are some."""
    years = arms.single_years(store.load_arms_sales())
    if not years:
        return NO_TABLE
    if subject.scope.kind == PROGRAM:
        return Prose(
            "The Historical Sales Book gives agreements by recipient, not by training program: there are none to show."
        )
    if subject.fiscal_year not in years:
        return Prose(
            "The Historical Sales Book gives agreements of Foreign Military Sales by fiscal year only from "
            f"{fiscal.label(years[0])} on, up to {fiscal.label(years[-1])}; those of FY1950 to FY2019 stand in one sum, so that "
            f"there are none to show for {subject.year_label}."
        )
    if subject.fiscal_year not in arms.single_years(_sales(subject)):
        return Prose(
            f"The Historical Sales Book has no agreements of Foreign Military Sales{escape(greenbook.whom(subject, 'with'))} in "
            f"{fiscal.words(subject.fiscal_year)}."
        )
    return None


def _ranked(subject: Subject) -> bool:
    return _absence(subject) is None and subject.scope.kind != RECIPIENT


def _who_leads(subject: Subject, frame: pd.DataFrame) -> str:
    """Return how many recipients have agreements, and which recipient and region stand first."""
    count = int((frame["total_agreements_usd"] != 0).sum())
    verb = "has" if count == 1 else "have"
    first = frame.iloc[0]
    text = (
        f"{counted(count, 'recipient')} {verb} an amount other than zero. {sentence_start(escape(str(first['recipient'])))} "
        f"stands first with {numbers.dollars(first['total_agreements_usd'])}"
    )
    if subject.scope.is_world:
        top = arms.agreement_regions(_sales(subject), subject.fiscal_year).iloc[0]
        text += f"; among the regions {region_name(str(top['region']))} with {numbers.dollars(top['total_agreements_usd'])}"
    return f"{text}. [[agreements_table]] has both kinds apart."


def _sales(subject: Subject) -> pd.DataFrame:
    return subject.scope.aid(store.load_arms_sales())


@once
def _year(subject: Subject) -> pd.DataFrame:
    return arms.agreements_of_year(_sales(subject), subject.fiscal_year)


def _negative_note(frame: pd.DataFrame) -> str:
    below = frame.loc[frame["total_agreements_usd"] < 0, "recipient"].sort_values()
    return (
        f"Below zero in all: {and_list([escape(name) for name in below])}; these are in the sums as they are."
        if len(below)
        else ""
    )
