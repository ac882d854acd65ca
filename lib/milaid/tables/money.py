"""Current and constant dollars."""

from __future__ import annotations

import pandas as pd

from milaid.errors import DataError, list_problems
from milaid.fiscal import label


def to_constant(
    frame: pd.DataFrame, deflator: pd.DataFrame, base_fiscal_year: int, column: str = "cost_usd"
) -> pd.DataFrame:
    """Return ``frame`` with the dollars of ``column`` in prices of ``base_fiscal_year`` beside it.

    In: fiscal_year and ``column`` in current US dollars. Added: ``<column>_constant`` (float, US dollars of
    the base year; missing where the current dollars are) and ``base_fiscal_year``. The dollars of a year
    are divided by its GDP deflator and multiplied by that of the base year. Raises DataError that names
    every fiscal year without a deflator.
    """
    index = deflator.set_index("fiscal_year")["gdp_deflator"]
    needed = {int(year) for year in frame["fiscal_year"].unique()} | {int(base_fiscal_year)}
    missing = sorted(needed - {int(year) for year in index.index})
    if missing:
        raise DataError(
            list_problems(
                "the deflator has no value for:",
                [label(year) for year in missing],
                f"It covers {label(int(index.index.min()))} to {label(int(index.index.max()))}.",
            )
        )
    # The ratio first: in the base year it is exactly 1 and the dollars stay as they are.
    ratio = index.loc[base_fiscal_year] / frame["fiscal_year"].map(index)
    dollars = pd.to_numeric(frame[column], errors="raise").astype("Float64").astype("float64")
    return frame.assign(**{f"{column}_constant": dollars * ratio, "base_fiscal_year": base_fiscal_year})


def constant_label(base_fiscal_year: int) -> str:
    """Return how constant dollars are named in exhibits: ``constant FY2020 dollars (GDP deflator)``."""
    return f"constant {label(base_fiscal_year)} dollars (GDP deflator)"
