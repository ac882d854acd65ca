"""Arms of the program's main recipients: agreements and excess articles beside participants, never added."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import arms
from milaid.analysis.arms import AGREEMENTS_RULE, BLOCK_RULE, EXCESS_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, escape
from milaid.blocks.words import and_list, cardinal, counted, sentence_start
from milaid.exhibits import links, ties
from milaid.exhibits.arms import agreements
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import excess_report_rows, sales_book_pages
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

MAIN_RECIPIENTS = 10
_APART = (
    "Agreements, excess articles and training are different things: they stand beside each other and are in no sum, nor "
    "in one with aid."
)


def lead(subject: Subject) -> Prose:
    """Return which main recipients have agreements and excess articles; or in one line that there is none to show."""
    if not arms.single_years(store.load_arms_sales()):
        return agreements.NO_TABLE
    frame = _frame(subject)
    if frame.empty:
        return Prose(
            "No recipient had a participant: there are no main recipients whose arms could be shown."
        )
    first = ties.first(frame, "agreements_usd")
    buyers = int((frame["agreements_usd"].fillna(0) > 0).sum())
    given = int((frame["delivered_items"].fillna(0) > 0).sum())
    whom = _whom(frame)
    if not buyers and not given:
        return Prose(f"{sentence_start(whom)}: no agreements above zero and no delivered excess articles.")
    text = (
        f"Of {whom}, {_none_or(buyers)} had agreements of Foreign Military Sales above zero in {fiscal.span(_years()[0], _years()[-1])}, and "
        f"{_none_or(given)} received excess articles requested in {fiscal.span(*_excess_years())}."
    )
    if buyers > 1:
        names = escape(sentence_start(and_list([str(name) for name in first["recipient"]])))
        each = " each" if len(first) > 1 else ""
        text += f" {names} had most agreements, {numbers.dollars(first['agreements_usd'].iloc[0])}{each}."
    return Prose(f"{text} Neither says anything of what the program paid for.")


def recipients_table(subject: Subject) -> Table | None:
    """Return agreements and excess articles of the recipients with most participants; nothing without the tables."""
    frame = _frame(subject)
    if frame.empty or not frame[["agreements_usd", "delivered_items"]].notna().to_numpy().any():
        return None
    years, requested = fiscal.span(_years()[0], _years()[-1]), fiscal.span(*_excess_years())
    columns = (
        Column("recipient", "Recipient"),
        Column("participants", f"Participants, {subject.year_label}", "integer", emphasis="main"),
        Column("agreements_usd", f"Agreements {years}, USD", "usd"),
        Column("fmf_funded_usd", "of these FMF-funded, USD", "usd", emphasis="secondary"),
        Column("delivered_items", f"Excess items {requested}", "integer"),
        Column("acquisition_value_usd", "their acquisition value, USD", "usd", emphasis="secondary"),
    )
    top = ties.first(frame, "agreements_usd")
    most = numbers.dollars(frame["agreements_usd"].max())
    title = (
        f"{and_list([str(name) for name in top['recipient']])}: {most} of agreements in {years}, the most of {_whom(frame)}"
        if (frame["agreements_usd"].fillna(0) > 0).any()
        else f"No agreements above zero in {years}"
    )
    return table_from_frame(
        frame,
        columns,
        key="program_arms",
        title=title if len(frame) > 1 else title.split(", the most of ")[0],
        subtitle=f"Recipients with most participants under {subject.scope.label} in {subject.year_label}: agreements of "
        "Foreign Military Sales and delivered excess articles, current US dollars",
        alt="Table of the recipients with most participants, with their agreements and delivered excess articles.",
        note=joined(
            COUNTING_NOTE,
            _APART,
            AGREEMENTS_RULE,
            BLOCK_RULE,
            EXCESS_RULE,
            "– the book or the report has no line of the recipient.",
        ),
        sources=(*subject.year_sources(), *_sources(subject)),
        links={"recipient": links.country},
    )


@once
def _frame(subject: Subject) -> pd.DataFrame:
    """Return the main recipients with their agreements of all single years and their delivered excess articles."""
    every = subject.ranking[subject.ranking["participants"] > 0].head(MAIN_RECIPIENTS)
    frame = every[["recipient", "iso3", "participants"]].reset_index(drop=True)
    sold = arms.agreements(store.load_arms_sales()).groupby("recipient")
    given = arms.excess_articles(store.load_excess_defense_articles()).groupby("recipient")
    found = {
        "agreements_usd": sold["total_agreements_usd"].sum(min_count=1),
        "fmf_funded_usd": sold["fmf_funded_agreements_usd"].sum(min_count=1),
        "delivered_items": given["delivered_items"].sum(min_count=1),
        "acquisition_value_usd": given["acquisition_value_usd"].sum(min_count=1),
    }
    for name, values in found.items():
        frame[name] = frame["recipient"].map(values).astype("Int64")
    return frame


def _whom(frame: pd.DataFrame) -> str:
    if len(frame) == 1:
        return "the only recipient"
    return f"the {counted(len(frame), 'recipient').replace(numbers.integer(len(frame)), cardinal(len(frame)))} with most participants"


def _years() -> tuple[int, ...]:
    return arms.single_years(store.load_arms_sales())


def _excess_years() -> tuple[int, int]:
    years = store.load_excess_defense_articles()["fiscal_year"]
    return (int(years.min()), int(years.max()))


def _sources(subject: Subject) -> tuple:
    names = set(_frame(subject)["recipient"])
    pages = arms.agreements(store.load_arms_sales())
    pages = pages[pages["recipient"].isin(names)]
    articles = store.load_excess_defense_articles()
    rows = articles[articles["recipient_harmonised"].isin(names)]
    return (
        *([sales_book_pages(pages)] if len(pages) else []),
        *([excess_report_rows(rows)] if len(rows) else []),
    )


def _none_or(count: int) -> str:
    return cardinal(count) if count else "none"
