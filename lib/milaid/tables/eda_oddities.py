"""The oddities of the report of Excess Defense Articles: which rows have them, and whether they are those listed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from milaid import fiscal
from milaid.errors import DataError, list_problems
from milaid.sources.eda import QUANTITIES

_DELIVERED = "EDA Delivered"


def _quantities(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[list(QUANTITIES.values())]


def _before_request(rows: pd.DataFrame) -> pd.Series:
    first = rows["fiscal_year"].map(fiscal.first_day)
    return rows["status_date"] < pd.to_datetime(first)


ODDITIES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "no quantities": lambda rows: _quantities(rows).isna().all(axis=1),
    "some quantities empty": lambda rows: (
        _quantities(rows).isna().any(axis=1) & ~_quantities(rows).isna().all(axis=1)
    ),
    "all quantities zero": lambda rows: (_quantities(rows) == 0).fillna(False).all(axis=1),
    "accepted above allocated": lambda rows: rows["quantity_accepted"] > rows["quantity_allocated"],
    "delivered above accepted": lambda rows: rows["quantity_delivered"] > rows["quantity_accepted"],
    "delivered above allocated": lambda rows: rows["quantity_delivered"] > rows["quantity_allocated"],
    "delivered without quantity": lambda rows: (
        (rows["status"] == _DELIVERED) & ~(rows["quantity_delivered"] > 0).fillna(False)
    ),
    "quantity delivered under another status": lambda rows: (
        (rows["status"] != _DELIVERED) & (rows["quantity_delivered"] > 0)
    ),
    "no acquisition value": lambda rows: rows["acquisition_value_usd"].isna(),
    "no current value": lambda rows: rows["current_value_usd"].isna(),
    "acquisition value zero": lambda rows: rows["acquisition_value_usd"] == 0,
    "current value above acquisition value": lambda rows: (
        rows["current_value_usd"] > rows["acquisition_value_usd"]
    ),
    "status before the year of request": _before_request,
    "repeated row": lambda rows: rows["repeats_row"].notna(),
}
"""Name of each oddity, and which rows of ``schemas_arms.EXCESS_DEFENSE_ARTICLES`` have it."""


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many rows have each oddity."""
    return {name: int(has(rows).fillna(False).sum()) for name, has in ODDITIES.items()}


def require_counted(rows: pd.DataFrame, listed: pd.DataFrame) -> None:
    """Check that eda_oddities.csv lists each oddity with the number of its rows; DataError with all that differ."""
    found = counts(rows)
    known = dict(zip(listed["oddity"], listed["rows"].astype(int), strict=True))
    problems = [
        f"{name}: listed {known.get(name, 'not at all')}, found {found.get(name, 'no such oddity')}"
        for name in {**found, **known}
        if known.get(name) != found.get(name)
    ]
    if problems:
        advice = "Look at the rows, then correct data/reference/eda_oddities.csv. data/ was left as it was."
        raise DataError(
            list_problems("Oddities of the Excess Defense Articles that differ:", problems, advice)
        )
