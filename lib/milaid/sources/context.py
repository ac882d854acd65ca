"""Context from other publishers: US prices by fiscal year, population and economic output by calendar year."""

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


def read_population(path: Path) -> pd.DataFrame:
    """Return iso3, year (calendar year) and population of every line of the World Bank's file SP.POP.TOTL.

    The lines of groups of countries are among them, under codes of the World Bank. Raises SourceError when the
    file is another, or a cell holds no value.
    """
    return _read_indicator(path, "population").astype({"population": "int64"})


def read_gdp(path: Path) -> pd.DataFrame:
    """Return iso3, year (calendar year) and gdp_usd (current US dollars) of the World Bank's file NY.GDP.MKTP.CD.

    Lines and errors as with :func:`read_population`.
    """
    return _read_indicator(path, "gdp_usd")


def _read_indicator(path: Path, column: str) -> pd.DataFrame:
    names = {"Country Code": "iso3", "Year": "year", "Value": column}
    try:
        frame = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values={"Value": [""]})
    except (OSError, ValueError) as error:
        raise SourceError(f"{path}: cannot be read as a table of the World Bank: {error}") from error
    if missing := [name for name in names if name not in frame.columns]:
        raise SourceError(
            f"{path}: not a table of the World Bank: no column {', '.join(missing)}; "
            f"found: {', '.join(map(str, frame.columns))}"
        )
    try:
        rows = frame.dropna(subset=["Value"]).astype({"Year": "int16", "Value": "float64"})
    except ValueError as error:
        raise SourceError(f"{path}: a cell of Year or Value holds no number: {error}") from error
    return rows.rename(columns=names)[list(names.values())].sort_values(["iso3", "year"], ignore_index=True)
