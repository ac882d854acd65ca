"""Aid after the last year of the Greenbook, from ForeignAssistance.gov: a series of its own, never joined to it."""

from __future__ import annotations

import pandas as pd

from milaid.tables.money import to_constant

LATER_RULE = (
    "Later years are obligations in the complete file of ForeignAssistance.gov, which counts aid in its own way and "
    "revises it: they stand apart and no change is computed from the Greenbook to them. Years that were not over in "
    "the file are left out."
)
_CATEGORIES = {"Military": "military", "Economic": "economic"}


def later_years(
    foreignassistance: pd.DataFrame, after: int, deflator: pd.DataFrame, base_fiscal_year: int
) -> pd.DataFrame:
    """Return military and economic obligations of the whole fiscal years after ``after``, ascending.

    In: ``schemas_aid.FOREIGNASSISTANCE``. Out: fiscal_year (int), military_usd, economic_usd (float, current US
    dollars, zero without a row of that kind), military_usd_constant, economic_usd_constant (float, US dollars of
    ``base_fiscal_year`` by the GDP deflator). Rule: :data:`LATER_RULE`. No rows where the table has none.
    Raises DataError for a year without a deflator.
    """
    rows = foreignassistance
    whole = (rows["period"] == "year") & ~rows["partial"].astype(bool) & (rows["fiscal_year"] > after)
    rows = rows[whole & (rows["transaction_type"] == "Obligations").fillna(False).astype(bool)]
    sums = rows.groupby(["fiscal_year", "category"])["amount_usd"].sum().unstack("category")
    frame = pd.DataFrame({"fiscal_year": [int(year) for year in sums.index]}, dtype="int64")
    for category, name in _CATEGORIES.items():
        amounts = sums[category] if category in sums else pd.Series(0.0, index=sums.index)
        frame[f"{name}_usd"] = amounts.astype("float64").fillna(0.0).to_numpy()
    for name in _CATEGORIES.values():
        frame = to_constant(frame, deflator, base_fiscal_year, f"{name}_usd")
    return frame.drop(columns="base_fiscal_year")
