"""Small hand-made tables on aid and arms for tests of analysis."""

from __future__ import annotations

from typing import Any

import pandas as pd

from milaid.tables import schemas, schemas_aid, schemas_arms
from milaid.tables.schema import Schema, conform

IMET = {"account": "International Military Education and Training", "account_code": "IMET"}
ECONOMIC = {"category": "Economic", "account": "Economic Support Fund", "account_code": "ESF"}
QUARTER = {"fiscal_year": 1976, "period": "transition quarter"}

_AID = {
    "fiscal_year": 2014,
    "period": "year",
    "region": "Sub-Saharan Africa",
    "region_harmonised": "Africa",
    "recipient_harmonised": "Burundi",
    "recipient_kind": "country",
    "iso3": "BDI",
    "category": "Military",
    "publication_row": "Other",
    "account": "Section 1206",
    "account_code": None,
    "agency": "Department of Defense",
    "obligations_usd": 0,
    "obligations_usd_constant": 0,
}
_SALES = {
    "edition_fiscal_year": 2024,
    "recipient_harmonised": "Burundi",
    "recipient_kind": "country",
    "iso3": "BDI",
    "region_harmonised": "Africa",
    "fiscal_year": 2020,
    "page": 5,
    "heading_page": 5,
    "printed_page": "3",
}
_ARTICLE = {
    "fiscal_year": 2014,
    "transfer_authority": "grant",
    "recipient_harmonised": "Burundi",
    "recipient_kind": "country",
    "iso3": "BDI",
    "region_harmonised": "Africa",
    "status": "EDA Delivered",
    "status_date": "2015-01-01",
}


def aid(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows of the Greenbook; each names only what differs. ``recipient`` sets its code too."""
    return _frame(schemas_aid.AID, _AID, rows, "sheet_row", 8)


def sales(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows of the sales book; ``fms`` and ``fmf`` are the two amounts, ``block`` the first and last year."""
    full = []
    for given in rows:
        row = dict(given)
        amounts = {
            "fms_agreements_usd": row.pop("fms", None),
            "fmf_funded_agreements_usd": row.pop("fmf", None),
        }
        known = [value for value in amounts.values() if value is not None]
        first, last = row.pop("block", (row.get("fiscal_year", 2020),) * 2)
        years = {"first_fiscal_year": first, "last_fiscal_year": last}
        if first != last:
            row["fiscal_year"] = None
        full.append({**amounts, "total_agreements_usd": sum(known), **years, **row})
    return _frame(schemas_arms.ARMS_SALES, _SALES, full, "row", 1)


def articles(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows of the report on excess articles; ``value`` is both values, the current one a tenth."""
    full = []
    for given in rows:
        row = dict(given)
        if (value := row.pop("value", None)) is not None:
            row |= {"acquisition_value_usd": value, "current_value_usd": value // 10}
        full.append(row)
    return _frame(schemas_arms.EXCESS_DEFENSE_ARTICLES, _ARTICLE, full, "file_row", 2)


def population(year: int, **people: int) -> pd.DataFrame:
    """Return the population of one year by code."""
    rows = [{"iso3": code, "year": year, "population": count} for code, count in people.items()]
    return conform(pd.DataFrame(rows, columns=["iso3", "year", "population"]), schemas_aid.POPULATION)


def account_names(**names: str) -> pd.DataFrame:
    """Return the table of accounts: names to show by code, for accounts printed as in this module."""
    rows = [
        {
            **dict.fromkeys(schemas_aid.AID_ACCOUNTS.columns),
            "printed": IMET["account"],
            "code": code,
            "name": name,
        }
        for code, name in names.items()
    ]
    return conform(
        pd.DataFrame(rows, columns=list(schemas_aid.AID_ACCOUNTS.columns)), schemas_aid.AID_ACCOUNTS
    )


def deflator(values: dict[int, float]) -> pd.DataFrame:
    """Return a deflator by fiscal year."""
    rows = [
        {**dict.fromkeys(schemas.DEFLATOR.columns), "fiscal_year": year, "gdp_deflator": value}
        for year, value in values.items()
    ]
    return conform(pd.DataFrame(rows), schemas.DEFLATOR)


def _frame(schema: Schema, defaults: dict[str, Any], rows: Any, number: str, first: int) -> pd.DataFrame:
    full = []
    for count, given in enumerate(rows):
        row = dict(given)
        derived: dict[str, Any] = {number: first + count}
        if recipient := row.pop("recipient", None):
            derived |= {"recipient_harmonised": recipient, "iso3": recipient[:3].upper()}
        known = {**defaults, **derived, **row}
        known.setdefault("recipient", known["recipient_harmonised"])
        full.append({**dict.fromkeys(schema.columns), **known})
    return conform(pd.DataFrame(full, columns=list(schema.columns)), schema)
