"""Economic and military aid."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from milaid.analysis.aid import NEGATIVE_RULE, TRANSITION_RULE, covered_years
from milaid.analysis.obligations import years_only
from milaid.api.asked import Door, Names, Years
from milaid.api.selection import condition, in_words, marked
from milaid.exhibits import other_sources
from milaid.spelling import hint_or_known
from milaid.tables import store
from milaid.tables.schemas_aid import AID_CATEGORIES

_BY = {
    "fiscal_year": "fiscal_year", "country": "recipient_harmonised", "region": "region_harmonised",
    "category": "category", "account": "account", "account_code": "account_code", "agency": "agency",
}  # fmt: skip
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
) -> pd.DataFrame:
    """Return aid as the Greenbook prints it, one row a line, or added up ``by`` fiscal_year, country, region, category,
    account, account_code, agency.

    ``category`` is "Military" or "Economic", ``account`` a code such as "IMET" or "FMF", or an account as printed. Added up:
    obligations_usd and obligations_usd_constant. A recipient that a year does not list has no row, which is not zero.

    >>> import milaid as m
    >>> m.aid("Egypt", years=range(2017, 2021), category="Military", by="fiscal_year")["obligations_usd"].to_list()
    [201103590, 1002517764, 1305992891, 1302018964]
    >>> m.aid("Mali", years=2019, account="IMET")["obligations_usd"].to_list()
    [1649620]
    """
    table = years_only(store.load_aid())
    door = Door("m.aid")
    door.recipient_of(country, "recipient_harmonised", table["recipient_harmonised"].unique())
    door.region(region)
    door.years(years, covered_years(table))
    if category is not None:
        found = {each.casefold(): each for each in AID_CATEGORIES}.get(str(category).casefold(), category)
        door.one_of("category", found, AID_CATEGORIES)
        door.where["category"] = (str(found),)
        door.filters["category"] = str(found)
    _account(door, account, table)
    keys = [by] if isinstance(by, str) else list(by or [])
    door.problems += [
        f"by: {key!r} is not allowed{hint_or_known(str(key), _BY)}" for key in keys if key not in _BY
    ]
    asked = door.close()
    for name, values in asked.where.items():
        table = table[table[name].isin(values)]
    if asked.years is not None:
        table = table[table["fiscal_year"].isin(asked.years)]
    there = asked.years or covered_years(table)
    where = condition({"period": ("year",), **asked.where}, asked.years)
    frame, query = _added(table, keys, where)
    source = other_sources.greenbook_lines(table, there[0], there[-1])
    return marked(
        frame,
        counted=_COUNTED,
        filters={**asked.filters, **({"by": in_words(keys)} if keys else {})},
        sources=(source,),
        said=asked.said,
        query=query,
    )


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


def _added(table: pd.DataFrame, keys: list[str], where: str) -> tuple[pd.DataFrame, str]:
    if not keys:
        return table.reset_index(
            drop=True
        ), f"select *\nfrom 'data/aid.parquet'\nwhere {where}\norder by sheet_row"
    columns = [_BY[key] for key in keys]
    amounts = ["obligations_usd", "obligations_usd_constant"]
    frame = table.groupby(columns, dropna=False, sort=True)[amounts].sum().astype("Int64").reset_index()
    shown = [f"{_BY[key]} as {key}" if _BY[key] != key else key for key in keys]
    shown += [f"sum({name})::bigint as {name}" for name in amounts]
    places = ", ".join(str(place) for place in range(1, len(keys) + 1))
    query = f"select {', '.join(shown)}\nfrom 'data/aid.parquet'\nwhere {where}\ngroup by {places} order by {places}"
    return frame.rename(columns=dict(zip(columns, keys, strict=True))), query
