"""Obligations of the Greenbook by category, with total, ratio and share: what the tables on aid are made of.

The rules for zero, missing and negative amounts are those of ``milaid.analysis.aid``.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from milaid.analysis.groups import of_year, percent_of

MILITARY, ECONOMIC = "Military", "Economic"


def years_only(aid: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of fiscal years: all but those of the transition quarter of 1976."""
    of_year = aid["period"] == "year"
    return aid if of_year.all() else aid[of_year]


def by_category(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the columns of :func:`with_total_and_ratio` for each group of rows, sorted by ``by``.

    A group with a row of either category has zero of the other.
    """
    sums = rows.groupby([*by, "category"])["obligations_usd"].sum().unstack("category")
    frame = pd.DataFrame(
        {
            name: sums.get(category, pd.Series(pd.NA, index=sums.index)).astype("Int64").fillna(0)
            for category, name in ((MILITARY, "military_usd"), (ECONOMIC, "economic_usd"))
        }
    ).reset_index()
    return with_total_and_ratio(frame)


def with_total_and_ratio(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with total_usd (Int64) and military_per_100_economic (US dollars, float).

    In: military_usd, economic_usd. The ratio is missing where military aid is negative or economic aid not above zero.
    """
    military, economic = frame["military_usd"], frame["economic_usd"]
    per_100 = percent_of(military.where(military >= 0), economic)
    return frame.assign(total_usd=military + economic, military_per_100_economic=per_100)


def military_share(frame: pd.DataFrame) -> pd.Series:
    """Return military aid in percent of all aid; missing where a category is negative or the sum not above zero.

    In: military_usd, economic_usd, total_usd.
    """
    military, economic, total = (frame[f"{name}_usd"] for name in ("military", "economic", "total"))
    return percent_of(military.where((military >= 0) & (economic >= 0)), total)


def recipients_of_year(aid: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the obligations of one fiscal year by recipient, sorted by name; empty for a year without rows.

    Out: recipient, iso3, kind, region (missing for none), military_usd, economic_usd, total_usd (Int64, current US
    dollars), share_military (percent).
    """
    rows = years_only(of_year(aid, fiscal_year))
    frame = by_category(rows, ["recipient_harmonised"]).rename(columns={"recipient_harmonised": "recipient"})
    attributes = rows.sort_values("sheet_row").drop_duplicates("recipient_harmonised")
    frame = frame.merge(attributes[list(_ATTRIBUTES)].rename(columns=_ATTRIBUTES), on="recipient", how="left")
    frame["share_military"] = military_share(frame)
    return frame[
        ["recipient", "iso3", "kind", "region", "military_usd", "economic_usd", "total_usd", "share_military"]
    ]


_ATTRIBUTES = {
    "recipient_harmonised": "recipient", "iso3": "iso3", "recipient_kind": "kind", "region_harmonised": "region",
}  # fmt: skip
