"""Aid of the years after the Greenbook by ForeignAssistance.gov, where a user has added its table: a series of its own."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal, flags
from milaid.analysis import aid_later
from milaid.analysis.amount_years import with_sums_to_date
from milaid.blocks import numbers
from milaid.blocks.block import Column, Source, Table, csv_text
from milaid.exhibits.aid import greenbook
from milaid.exhibits.flagged import Flags, fiscal_year_of
from milaid.exhibits.scope import PROGRAM
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR
from milaid.tables import schemas_aid, store

SOURCE = Source(
    "US Department of State, ForeignAssistance.gov, file of aid as downloaded by the user",
    "https://foreignassistance.gov/data",
)
KEY = "aid_later"
APART = Column("apart_usd", "Either or not known, USD", "usd")
_NOT_OVER = "the year was not over in the file"


def later_years(subject: Subject) -> Table | None:
    """Return military and economic aid of the years after the Greenbook, newest provisional; nothing without such a table."""
    if subject.scope.kind == PROGRAM:
        return None
    table = store.load_foreignassistance()
    if table.empty or not greenbook.covered():
        return None
    frame = years(subject, greenbook.covered()[-1])
    return None if frame.empty else table_of(subject, frame)


def years(subject: Subject, after: int) -> pd.DataFrame:
    """Return the columns of :func:`milaid.analysis.aid_later.later_years` for the scope, years not over among them."""
    rows = subject.scope.aid(store.load_foreignassistance())
    return aid_later.later_years(rows, after, store.load_deflator(), CONSTANT_FISCAL_YEAR, with_partial=True)


def table_of(subject: Subject, frame: pd.DataFrame) -> Table:
    """Return the table of :func:`years`, with the letters of what is provisional or not over."""
    whole = frame[~frame["partial"]]
    told = whole if len(whole) else frame
    span = greenbook.years_label(told)
    names = [*aid_later.AMOUNTS, *(f"{name}_constant" for name in aid_later.AMOUNTS)]
    filed = frame.drop(columns="partial").round(dict.fromkeys(names, 0)).astype(dict.fromkeys(names, "Int64"))
    filed = with_sums_to_date(filed, *aid_later.AMOUNTS)
    sums = {name: int(filed.loc[told.index, name].sum()) for name in aid_later.AMOUNTS}
    columns = [
        Column("year", "Fiscal year"),
        Column("military_usd", "Military aid, USD", "usd", emphasis="main"),
        Column("economic_usd", "Economic aid, USD", "usd"),
    ]
    apart = bool(frame["apart_usd"].any())
    if apart:
        columns.append(APART)
    shown = filed.assign(year=filed["fiscal_year"].map(fiscal.label))
    return table_from_frame(
        shown,
        columns,
        key=KEY,
        title=f"ForeignAssistance.gov, {span}: {numbers.dollars(sums['military_usd'])} military, "
        f"{numbers.dollars(sums['economic_usd'])} economic"
        + (f", {numbers.dollars(sums['apart_usd'])} of either kind or not known" if apart else ""),
        subtitle=f"Obligations of military and economic aid by fiscal year, {subject.scope.subtitle}, current US dollars: a "
        "series apart from that of the Greenbook",
        alt="Table of military and economic aid by fiscal year after the last of the Greenbook.",
        note=joined(
            aid_later.OBLIGATIONS_RULE,
            "It is never joined to the Greenbook, and no change is computed from one to the other.",
            aid_later.APART_RULE if by_account() else "",
        ),
        sources=(SOURCE,),
        csv=csv_text(filed),
        flags=flags_of(frame),
    )


def flags_of(frame: pd.DataFrame) -> Flags:
    """Return the letters of the years of a frame of :func:`years`: p for the newest of the file and those not over in it."""
    start = aid_later.provisional_from(store.load_foreignassistance())
    partial = set(frame.loc[frame["partial"], "fiscal_year"])

    def letters(column: str, row: object) -> dict[str, str]:
        year = fiscal_year_of(row)  # type: ignore[arg-type]
        if year in partial:
            return {flags.PROVISIONAL: _NOT_OVER}
        return {flags.PROVISIONAL: aid_later.PROVISIONAL_RULE} if year and start and year >= start else {}

    constant = {f"{name}_constant" for name in aid_later.AMOUNTS}
    return Flags(frozenset({*aid_later.AMOUNTS, *constant}), letters)


def by_account() -> bool:
    """Return whether the kind of aid follows from the account in any row of the table."""
    basis = store.load_foreignassistance()["category_basis"]
    return bool((basis.notna() & (basis != schemas_aid.BY_OBJECTIVE)).any())
