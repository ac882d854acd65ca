"""Context from other publishers: the price level of the US economy by fiscal year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from milaid.errors import SourceError

_YEAR_COLUMN = "Fiscal_Year"
# GDP deflator of the President's Budget for FY2025, Historical Table 10.1, with fiscal year 2023 = 1.
_INDEX_COLUMN = "OMB25_GDP23"
_BASE_FISCAL_YEAR = 2023


def read_deflator(path: Path) -> pd.DataFrame:
    """Return fiscal_year, gdp_deflator (1 in the base year) and base_fiscal_year, one row a fiscal year.

    Raises SourceError when the file is not the table of deflators by fiscal year.
    """
    try:
        frame = pd.read_csv(path, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise SourceError(f"{path}: cannot be read as a table of deflators: {error}") from error
    missing = [name for name in (_YEAR_COLUMN, _INDEX_COLUMN) if name not in frame.columns]
    if missing:
        raise SourceError(f"{path}: not the table of deflators: no column {', '.join(missing)}")
    rows = frame.dropna(subset=[_YEAR_COLUMN, _INDEX_COLUMN])
    return pd.DataFrame(
        {
            "fiscal_year": rows[_YEAR_COLUMN].astype("int16"),
            "gdp_deflator": rows[_INDEX_COLUMN].astype(float),
            "base_fiscal_year": pd.array([_BASE_FISCAL_YEAR] * len(rows), "int16"),
        }
    ).reset_index(drop=True)
