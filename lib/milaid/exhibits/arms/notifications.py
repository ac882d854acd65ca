"""Offers of arms sales told to Congress, where a user has added the notices: what is offered, and where training is named."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import notifications
from milaid.analysis.notifications import OFFERS_RULE, REPLACED_RULE, TRAINING_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Source, Table, csv_text, escape
from milaid.blocks.words import counted, sentence_start
from milaid.exhibits import links, ties
from milaid.exhibits.aid import greenbook
from milaid.exhibits.once import once
from milaid.exhibits.scope import PROGRAM, RECIPIENT
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store
from milaid.tables.schemas_notifications import ENHANCEMENT, FIRST_NAMED, NAMED, OFFER

SOURCE = Source(
    "US Department of Defense, notices of arms sales in the Federal Register, as downloaded by the user",
    "https://www.federalregister.gov/",
)
KEY = "notifications"
_MOST_LETTERS = 240
_TRAINING = {FIRST_NAMED: "first", NAMED: "yes"}
_KINDS = {OFFER: "New offer", ENHANCEMENT: "Enhancement"}


def lead(subject: Subject) -> Prose | None:
    """Return how many offers were told to Congress and up to what value, and how many name training; nothing without notices.

    Of a recipient all years count, of the world and a region the report year.
    """
    if not _given(subject):
        return None
    frame = _offers(subject)
    first, last = _covered()
    whom = escape(greenbook.whom(subject, "for"))
    when = (
        f"From {fiscal.label(first)} to {fiscal.label(last)}"
        if subject.scope.kind == RECIPIENT
        else f"In {fiscal.words(subject.fiscal_year)}"
    )
    if frame.empty:
        return Prose(
            f"Among the notices of {fiscal.span(first, last)} there is no offer of an arms sale{whom}"
            f"{'' if subject.scope.kind == RECIPIENT else f' of {subject.year_label}'}."
        )
    offers = frame[frame["kind"] == OFFER]
    ceiling = numbers.dollars(int(offers["total_value_usd"].sum()))
    trained = int(offers["names_training"].sum())
    named = (
        f"{sentence_start(numbers.integer(trained))} of them {'names' if trained == 1 else 'name'} training"
    )
    text = (
        f"{when}, {counted(len(offers), 'offer')} of arms sales{whom} {'was' if len(offers) == 1 else 'were'} told to Congress, up to "
        f"{ceiling} in all ([[{KEY}]]). {named if trained else 'None of them names training'}. An offer is no agreement "
        "and no delivery."
    )
    return Prose(text)


def offers_table(subject: Subject) -> Table | None:
    """Return the offers and enhancements, the newest first, with what is offered; nothing without any.

    Of a recipient all years, of the world and a region the report year.
    """
    if not _given(subject):
        return None
    frame = _offers(subject)
    if frame.empty:
        return None
    alone = subject.scope.kind == RECIPIENT
    frame = frame.assign(
        day=frame["delivered"].dt.strftime("%Y-%m-%d"),
        kind_shown=frame["kind"].map(_KINDS)
        + frame["refers_to"].map(lambda text: "" if pd.isna(text) else f" of {text}"),
        shown=frame["equipment"].map(_shortened),
        training_shown=frame["training"].map(_TRAINING).fillna("–"),
        total_value_usd=frame["total_value_usd"].astype("Int64"),
    )
    columns = [
        Column("transmittal", "Transmittal", width=0.1),
        Column("day", "Told on", width=0.11),
        *([] if alone else [Column("recipient", "Purchaser", width=0.13)]),
        Column("kind_shown", "Kind", emphasis="secondary", width=0.12),
        Column("shown", "What is offered", width=0.32 if not alone else 0.43),
        Column("training_shown", "Training", emphasis="secondary", width=0.09),
        Column("total_value_usd", "Up to, USD", "usd", emphasis="main"),
    ]
    offers = frame[frame["kind"] == OFFER]
    trained = int(offers["names_training"].sum())
    return table_from_frame(
        frame,
        columns,
        key=KEY,
        title=f"{counted(len(offers), 'new offer')}, up to {numbers.dollars(int(offers['total_value_usd'].sum()))}; "
        f"training is named in {numbers.integer(trained) if trained else 'none'}",
        subtitle=f"Offers of arms sales told to Congress, {subject.scope.subtitle}, "
        + (fiscal.span(*_covered()) if alone else subject.year_label),
        alt="Table of offers of arms sales told to Congress: transmittal, day, kind, what is offered, whether training is named, value.",
        note=joined(
            OFFERS_RULE,
            REPLACED_RULE,
            TRAINING_RULE,
            f"Notices that were added cover {fiscal.span(*_covered())}.",
        ),
        sources=(SOURCE,),
        csv=csv_text(_filed(frame, offers)),
        links={"transmittal": "url", **({} if alone else {"recipient": links.country})},
    )


def offers_years(subject: Subject) -> Table | None:
    """Return the offers by fiscal year with those that name training; nothing without notices of two years."""
    if not _given(subject):
        return None
    frame = notifications.offers_by_year(_scoped(subject))
    if len(frame) < 2:
        return None
    frame = frame.assign(year=frame["fiscal_year"].map(fiscal.label))
    most = ties.first(frame, "total_value_usd")
    columns = (
        Column("year", "Fiscal year"),
        Column("offers", "Offers", "integer"),
        Column("total_value_usd", "Up to, USD", "usd", emphasis="main"),
        Column("offers_with_training", "With training", "integer"),
        Column("training_value_usd", "These up to, USD", "usd", emphasis="secondary"),
    )
    return table_from_frame(
        frame,
        columns,
        key="notification_years",
        title=f"Most offered in {ties.when(most['fiscal_year'])}: up to {numbers.dollars(int(most['total_value_usd'].iloc[0]))}",
        subtitle=f"New offers of arms sales told to Congress by fiscal year, {subject.scope.subtitle}, current US dollars",
        alt="Table of new offers of arms sales by fiscal year: number, value, and those that name training.",
        note=joined(OFFERS_RULE, REPLACED_RULE, TRAINING_RULE),
        sources=(SOURCE,),
        csv=csv_text(frame.drop(columns="year")),
    )


def _given(subject: Subject) -> bool:
    return subject.scope.kind != PROGRAM and not store.load_arms_notifications().empty


@once
def _offers(subject: Subject) -> pd.DataFrame:
    """Return what was told: of a recipient in all years, of the world and a region in the report year."""
    rows = notifications.current(_scoped(subject))
    if subject.scope.kind != RECIPIENT:
        rows = rows[rows["fiscal_year"] == subject.fiscal_year]
    return rows.reset_index(drop=True)


def _scoped(subject: Subject) -> pd.DataFrame:
    return subject.scope.aid(store.load_arms_notifications())


def _covered() -> tuple[int, int]:
    years = store.load_arms_notifications()["fiscal_year"]
    return int(years.min()), int(years.max())


def _shortened(text: str) -> str:
    """Return a description up to where a word ends before the most letters; the file has the whole of it."""
    if len(text) <= _MOST_LETTERS:
        return text
    return f"{text[:_MOST_LETTERS].rsplit(' ', 1)[0].rstrip(',;:.')} …"


def _filed(frame: pd.DataFrame, offers: pd.DataFrame) -> pd.DataFrame:
    names = [
        "transmittal", "day", "kind", "refers_to", "recipient", "purchaser", "iso3", "total_value_usd",
        "major_defense_equipment_usd", "other_usd", "equipment", "training", "military_department", "funding_source",
        "fiscal_year", "document", "page", "url",
    ]  # fmt: skip
    filed = frame[names].rename(columns={"day": "delivered"})
    return filed.assign(
        all_offers=len(offers),
        all_offers_usd=int(offers["total_value_usd"].sum()),
        all_offers_with_training=int(offers["names_training"].sum()),
    )
