"""Economic and military aid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.analysis import aid_later
from milaid.analysis.aid import NEGATIVE_RULE, TRANSITION_RULE, covered_years
from milaid.analysis.obligations import years_only
from milaid.api.asked import Door, Names, Years
from milaid.api.selection import condition, in_words, marked
from milaid.blocks.block import Source
from milaid.errors import RequestError
from milaid.exhibits import other_sources
from milaid.exhibits.aid import later
from milaid.spelling import hint_or_known
from milaid.tables import store
from milaid.tables.schemas_aid import AID_CATEGORIES

_BY = {
    "fiscal_year": "fiscal_year", "country": "recipient_harmonised", "region": "region_harmonised",
    "category": "category", "account": "account", "account_code": "account_code", "agency": "agency",
}  # fmt: skip
GREENBOOK, FOREIGN_ASSISTANCE = "Greenbook", "ForeignAssistance.gov"
PUBLISHERS = (GREENBOOK, FOREIGN_ASSISTANCE)
_COUNTED = (
    "Obligations of the fiscal year in the Greenbook, in current US dollars, and in constant dollars of FY2020 as printed. "
    f"{NEGATIVE_RULE} {TRANSITION_RULE}"
)


def aid(
    country: Names = None,
    *,
    years: Years = None,
    category: str | None = None,
    account: str | None = None,
    region: Names = None,
    by: str | Sequence[str] | None = None,
    publisher: str = GREENBOOK,
) -> pd.DataFrame:
    """Return aid as the Greenbook prints it, one row a line, or added up ``by`` fiscal_year, country, region, category,
    account, account_code, agency.

    ``category`` is "Military" or "Economic", ``account`` a code such as "IMET" or "FMF", or an account as printed. Added up:
    obligations_usd and obligations_usd_constant. A recipient that a year does not list has no row, which is not zero.
    ``publisher="ForeignAssistance.gov"`` gives the obligations of the table that ``milaid data add-aid`` adds, to newer years: a
    series of its own. They are added up ``by`` category_basis too, and have obligations_usd alone.

    >>> import milaid as m
    >>> m.aid("Egypt", years=range(2017, 2021), category="Military", by="fiscal_year")["obligations_usd"].to_list()
    [201103590, 1002517764, 1305992891, 1302018964]
    >>> m.aid("Mali", years=2019, account="IMET")["obligations_usd"].to_list()
    [1649620]
    """
    door = Door("m.aid")
    door.one_of("publisher", publisher, PUBLISHERS)
    newer = publisher == FOREIGN_ASSISTANCE
    table = _newer_table() if newer else years_only(store.load_aid())
    allowed = {**_BY, "category_basis": "category_basis"} if newer else _BY
    door.recipient_of(country, "recipient_harmonised", table["recipient_harmonised"].dropna().unique())
    door.region(region)
    door.years(years, covered_years(table))
    _category(door, category)
    _account(door, account, table)
    keys = [by] if isinstance(by, str) else list(by or [])
    door.problems += [
        f"by: {key!r} is not allowed{hint_or_known(str(key), allowed)}" for key in keys if key not in allowed
    ]
    asked = door.close()
    for name, values in asked.where.items():
        table = table[table[name].isin(values)]
    if asked.years is not None:
        table = table[table["fiscal_year"].isin(asked.years)]
    there = asked.years or covered_years(table)
    of_rows = {"period": ("year",), **({"transaction_type": ("Obligations",)} if newer else {})}
    where = condition({**of_rows, **asked.where}, asked.years)
    made = _Made(allowed, where, newer)
    frame, query = made.of(table, keys)
    return marked(
        frame,
        counted=made.counted,
        filters={
            **({"publisher": publisher} if newer else {}),
            **asked.filters,
            **({"by": in_words(keys)} if keys else {}),
        },
        sources=(made.source(table, there),),
        said=asked.said,
        query=query,
    )


def _newer_table() -> pd.DataFrame:
    """Return the obligations of the added table; RequestError where there is none."""
    table = aid_later.obligations(store.load_foreignassistance())
    if table.empty:
        raise RequestError(
            f"m.aid: publisher: there is no table of {FOREIGN_ASSISTANCE}; milaid data add-aid --download adds one"
        )
    return table


def _category(door: Door, category: str | None) -> None:
    if category is None:
        return
    found = {each.casefold(): each for each in AID_CATEGORIES}.get(str(category).casefold(), category)
    door.one_of("category", found, AID_CATEGORIES)
    door.where["category"] = (str(found),)
    door.filters["category"] = str(found)


def _account(door: Door, account: str | None, table: pd.DataFrame) -> None:
    if account is None:
        return
    codes, printed = sorted(set(table["account_code"].dropna())), sorted(set(table["account"]))
    named = {name.casefold(): name for name in (*printed, *codes)}.get(str(account).casefold())
    if named is None:
        door.problems.append(
            f"account: {account!r} is no account{hint_or_known(str(account), codes + printed)}"
        )
        return
    door.where["account_code" if named in codes else "account"] = (named,)
    door.filters["account"] = named


@dataclass(frozen=True)
class _Made:
    """How rows of a table become what is returned: the names of columns by key, the condition, whether of the added table."""

    columns: Mapping[str, str]
    where: str
    newer: bool

    @property
    def counted(self) -> str:
        """What is counted, and by which rules."""
        return f"{aid_later.OBLIGATIONS_RULE} {aid_later.APART_RULE}" if self.newer else _COUNTED

    def source(self, table: pd.DataFrame, years: Sequence[int]) -> Source:
        """Return what the rows are from."""
        return later.SOURCE if self.newer else other_sources.greenbook_lines(table, years[0], years[-1])

    def of(self, table: pd.DataFrame, keys: Sequence[str]) -> tuple[pd.DataFrame, str]:
        """Return the rows, or their sums by ``keys``, and the query that gives the same."""
        file = "foreignassistance" if self.newer else "aid"
        body = f"from 'data/{file}.parquet'\nwhere {self.where}"
        if not keys:
            order = "" if self.newer else "\norder by sheet_row"
            return table.reset_index(drop=True), f"select *\n{body}{order}"
        columns = [self.columns[key] for key in keys]
        amounts = {"obligations_usd": "amount_usd" if self.newer else "obligations_usd"}
        if not self.newer:
            amounts["obligations_usd_constant"] = "obligations_usd_constant"
        sums = table.groupby(columns, dropna=False, sort=True)[list(amounts.values())].sum()
        frame = sums.round().astype("Int64").reset_index()
        shown = [f"{self.columns[key]} as {key}" if self.columns[key] != key else key for key in keys]
        shown += [
            f"{f'round(sum({column}))' if self.newer else f'sum({column})'}::bigint as {name}"
            for name, column in amounts.items()
        ]
        places = ", ".join(str(place) for place in range(1, len(keys) + 1))
        query = f"select {', '.join(shown)}\n{body}\ngroup by {places} order by {places}"
        renamed = {
            **dict(zip(columns, keys, strict=True)),
            **{column: name for name, column in amounts.items()},
        }
        return frame.rename(columns=renamed), query
