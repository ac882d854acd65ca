"""Whether the files on aid agree where they count the same: sums of each, side by side.

They need not agree: the publisher goes on revising what it has published, and the Greenbook stands as it was in
August 2022. A difference is something to know before two figures are put beside each other, and no error.
"""

from __future__ import annotations

import pandas as pd

OBLIGATIONS = "Obligations"
TOLERANCE_USD = 1000
"""Sums that differ by less agree: amounts are printed in whole dollars, older ones in thousands."""

_PERIOD = ["fiscal_year", "period"]


def greenbook_and_country_totals(aid: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the obligations of the Greenbook and of the country file by country and fiscal year.

    In: ``schemas_aid.AID`` and ``schemas_aid.AID_COUNTRY_TOTALS``. Out: fiscal_year, period, iso3 (countries and
    territories alone: regions are divided differently), greenbook_usd, country_file_usd (0 where there is no
    row), difference_usd, agrees. Only fiscal years that the Greenbook has.
    """
    obligations = totals[totals["transaction_type"] == OBLIGATIONS]
    return _side_by_side(
        aid[aid["iso3"].notna()],
        obligations[obligations["iso3"].notna()],
        [*_PERIOD, "iso3"],
        ("obligations_usd", "amount_usd"),
        ("greenbook_usd", "country_file_usd"),
        set(aid["fiscal_year"]),
    )


def greenbook_and_country_totals_by_year(aid: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the same by fiscal year, all recipients together, regions and the world too."""
    return _side_by_side(
        aid,
        totals[totals["transaction_type"] == OBLIGATIONS],
        _PERIOD,
        ("obligations_usd", "amount_usd"),
        ("greenbook_usd", "country_file_usd"),
        set(aid["fiscal_year"]),
    )


def complete_and_country_totals(complete: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of the complete file and of the country file by fiscal year and type of transaction.

    In: ``schemas_aid.FOREIGNASSISTANCE`` and ``schemas_aid.AID_COUNTRY_TOTALS``. Out: fiscal_year, period,
    transaction_type, complete_file_usd, country_file_usd (0 where there is no row), difference_usd, agrees.
    """
    return _side_by_side(
        complete,
        totals,
        [*_PERIOD, "transaction_type"],
        ("amount_usd", "amount_usd"),
        ("complete_file_usd", "country_file_usd"),
        set(complete["fiscal_year"]) | set(totals["fiscal_year"]),
    )


def funding_and_country_totals(funding: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of the file of funding accounts and of the country file by country, fiscal year and type of transaction.

    In: ``schemas_aid.FOREIGNASSISTANCE`` and ``schemas_aid.AID_COUNTRY_TOTALS``. Out: fiscal_year, period, country (as
    printed: one publisher spells both), transaction_type, funding_file_usd, country_file_usd (0 where there is no
    row), difference_usd, agrees. Only fiscal years and types of transactions that both files have.
    """
    kinds = set(funding["transaction_type"].dropna()) & set(totals["transaction_type"])
    return _side_by_side(
        funding[funding["transaction_type"].isin(kinds)],
        totals[totals["transaction_type"].isin(kinds)],
        [*_PERIOD, "country", "transaction_type"],
        ("amount_usd", "amount_usd"),
        ("funding_file_usd", "country_file_usd"),
        set(funding["fiscal_year"]) & set(totals["fiscal_year"]),
    )


def _side_by_side(
    one: pd.DataFrame,
    other: pd.DataFrame,
    keys: list[str],
    columns: tuple[str, str],
    names: tuple[str, str],
    years: set[int],
) -> pd.DataFrame:
    sums = [
        frame.groupby(keys, dropna=False)[column].sum().astype("float64").rename(name)
        for frame, column, name in zip((one, other), columns, names, strict=True)
    ]
    both = pd.concat(sums, axis=1).fillna(0.0).reset_index().sort_values(keys, ignore_index=True)
    both = both[both["fiscal_year"].isin(years)].reset_index(drop=True)
    difference = both[names[1]] - both[names[0]]
    return both.assign(difference_usd=difference, agrees=difference.abs() < TOLERANCE_USD)
