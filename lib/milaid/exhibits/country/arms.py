"""Arms of one recipient by year: agreements that the book gives by year, the block of years before, excess articles."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import arms
from milaid.analysis.amount_years import with_sums_to_date
from milaid.analysis.arms import AGREEMENTS_RULE, BLOCK_RULE, EXCESS_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, csv_text, escape
from milaid.blocks.words import and_list, counted
from milaid.exhibits.arms import excess
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import excess_report_rows, sales_book_pages
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import Rule, plain, table_from_frame
from milaid.tables import store

_TO_DATE = "total_agreements_usd_to_date"
_MOST_TIES = 3
_BLOCK_ROW = (
    "The first row is one sum of many years, which the book gives for them together; it is in no total."
)
_APART = "Agreements, deliveries, notifications, licences and donated articles are different things; none is added to another."


def block(subject: Subject) -> Prose:
    """Return in a sentence the agreements that the book gives as one sum of many years, or that it has none."""
    whom = escape(subject.scope.in_sentence)
    rows = arms.block_agreements(subject.scope.aid(store.load_arms_sales()))
    if rows.empty:
        return Prose(
            f"The Historical Sales Book has no sum of agreements with {whom} for the years before it gives them by year."
        )
    row = rows.iloc[0]
    years = f"{fiscal.label(int(row['first_fiscal_year']))} to {fiscal.label(int(row['last_fiscal_year']))}"
    if not row["total_agreements_usd"]:
        return Prose(f"For {years} together the book gives no agreements with {whom}.")
    return Prose(
        f"For {years} together the book gives agreements with {whom} of {numbers.dollars(row['total_agreements_usd'])} (page "
        f"{int(row['page'])}; [[agreements_years]]); how they fall on the years it does not say."
    )


def agreements_years(subject: Subject) -> Table | None:
    """Return agreements of each year that the book gives by itself, below the sum of the years before; nothing without any.

    The sum of many years is no single year: it stands in a row of its own, and no total has it.
    """
    sales = subject.scope.aid(store.load_arms_sales())
    years, before = _years(sales), arms.block_agreements(sales)
    before = before[before["total_agreements_usd"] != 0]
    if years.empty and before.empty:
        return None
    first = fiscal.spans(years["fiscal_year"])
    before = before.assign(
        year=[fiscal.span(int(r.first_fiscal_year), int(r.last_fiscal_year)) for r in before.itertuples()]
    )
    names = ["year", *arms.AMOUNTS, "page"]
    frame = pd.concat([before.reindex(columns=names), years], ignore_index=True).astype(
        dict.fromkeys(arms.AMOUNTS, "Int64")
    )
    columns = (
        Column("year", "Fiscal year"),
        Column("fms_agreements_usd", "FMS, USD", "usd"),
        Column("fmf_funded_agreements_usd", "FMF-funded, USD", "usd"),
        Column("total_agreements_usd", "All agreements, USD", "usd", emphasis="main"),
        Column("page", "Page", "page", emphasis="secondary"),
    )
    return table_from_frame(
        frame,
        columns,
        key="agreements_years",
        title=_agreements_title(before, years, first),
        subtitle=f"Agreements of Foreign Military Sales by fiscal year, {subject.scope.label}, current US dollars",
        alt="Table of agreements of Foreign Military Sales by fiscal year, FMS and FMF-funded apart.",
        note=joined(
            AGREEMENTS_RULE, _APART, _BLOCK_ROW if len(before) else BLOCK_RULE, "Page: page of the book."
        ),
        sources=(sales_book_pages(frame),),
        csv=csv_text(frame[[*names, *([_TO_DATE] if len(years) else [])]]),
        total_label=first if len(years) > 1 else None,
        rules={name: _of_years(years, name) for name in arms.AMOUNTS},
    )


def _years(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the agreements of each year that the book gives by itself, with their sum to date; none where all are zero."""
    frame = arms.agreements(sales)
    if not (frame[list(arms.AMOUNTS)].fillna(0) != 0).to_numpy().any():
        frame = frame.iloc[:0]
    return with_sums_to_date(
        frame.assign(year=frame["fiscal_year"].map(fiscal.label)), "total_agreements_usd"
    )


def _of_years(years: pd.DataFrame, name: str) -> Rule:
    """Return a rule for the sum of the single years."""
    total = plain(years[name].sum(min_count=1))
    return lambda _, __: total


def _agreements_title(before: pd.DataFrame, years: pd.DataFrame, span: str) -> str:
    """Return the sum of the years and the year with most, or the sum of the years before alone."""
    if years.empty:
        row = before.iloc[0]
        return f"Agreements of {row['year']}: {numbers.dollars(row['total_agreements_usd'])}, none in later years"
    total, most = years["total_agreements_usd"].sum(), years["total_agreements_usd"].max()
    text = f"Agreements of {span}: {numbers.dollars(total)}"
    tops = list(years.loc[years["total_agreements_usd"] == most, "year"])
    if len(years) == 1 or most <= 0 or len(tops) == len(years):
        return text
    if (years["total_agreements_usd"].fillna(0) != 0).sum() == 1:
        return f"{text}, all of {tops[0]}"
    return f"{text}; most in {and_list(tops)}, {numbers.dollars(most)}"


def excess_lead(subject: Subject) -> Prose:
    """Return how many excess articles were requested and delivered in all years of the report, or that there are none."""
    articles = store.load_excess_defense_articles()
    whom = escape(subject.scope.in_sentence)
    if articles.empty:
        return excess.NO_TABLE
    first, last = (
        fiscal.label(int(year)) for year in (articles["fiscal_year"].min(), articles["fiscal_year"].max())
    )
    frame = _excess(subject)
    if frame.empty:
        return Prose(
            f"The report of Excess Defense Articles, which covers requests of {first} to {last}, has none for {whom}."
        )
    asked, done = int(frame["requested_items"].sum()), int(frame["delivered_items"].sum())
    verb = "was" if asked == 1 else "were"
    return Prose(
        f"From {first} to {last}, {counted(asked, 'item')} of excess US defense articles for {whom} {verb} requested; the report "
        f"states {'none' if not done else numbers.integer(done)} as delivered."
    )


def _excess_title(frame: pd.DataFrame) -> str:
    """Return how many of all items were delivered, and in which years most were requested."""
    text, most = excess.delivered_title(frame), frame["requested_items"].max()
    tops = list(frame.loc[frame["requested_items"] == most, "fiscal_year"].map(fiscal.label))
    if len(frame) == 1:
        return f"{text}, in {tops[0]}"
    if len(tops) > _MOST_TIES:
        return f"{text}, in {fiscal.spans(frame['fiscal_year'])}"
    return f"{text}; most requested in {and_list(tops)}, {numbers.integer(most)}"


def excess_years(subject: Subject) -> Table | None:
    """Return excess articles by fiscal year of request, given and sold apart; nothing where none was requested."""
    frame = _excess(subject)
    if frame.empty:
        return None
    frame = with_sums_to_date(frame, "requested_items", "delivered_items")
    frame = frame.assign(year=frame["fiscal_year"].map(fiscal.label))
    columns = (
        Column("year", "Requested in"),
        Column("requested_items", "Items requested", "integer", emphasis="secondary"),
        Column("delivered_items", "Items delivered", "integer", emphasis="main"),
        Column("grant_value_usd", "Given, USD", "usd"),
        Column("sale_value_usd", "Sold, USD", "usd"),
        Column("current_value_usd", "Current value, USD", "usd", emphasis="secondary"),
    )
    articles = subject.scope.aid(store.load_excess_defense_articles())
    return table_from_frame(
        frame,
        columns,
        key="excess_years",
        title=_excess_title(frame),
        subtitle=f"Excess defense articles by fiscal year of request, {subject.scope.label}: items, and acquisition and current "
        "value of the delivered ones, current US dollars",
        alt="Table of excess defense articles by fiscal year of request: items requested and delivered, value given and sold.",
        note=joined(EXCESS_RULE, "Given and sold are acquisition values.", _APART),
        sources=(excess_report_rows(articles),),
        csv=csv_text(frame.drop(columns=["year"])),
        total_label="All years",
    )


@once
def _excess(subject: Subject) -> pd.DataFrame:
    """Return a row a fiscal year of request: items requested and delivered, values given, sold and current."""
    frame = arms.excess_recipients(subject.scope.aid(store.load_excess_defense_articles()))
    return frame[
        [
            "fiscal_year", "requested_items", "delivered_items", "grant_value_usd", "sale_value_usd", "current_value_usd",
        ]
    ]  # fmt: skip
