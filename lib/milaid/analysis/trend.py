"""What happens over the years: averages of five years, their change, and the years with most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from milaid.analysis.change import percent_change
from milaid.analysis.series import AVERAGE_YEARS, five_year_average, value
from milaid.tables.coverage import Coverage

AVERAGE, AVERAGE_CHANGE = "five_year_average", "five_year_percent_change"
"""What is added to the name of a measure for its average and for the change of that."""


@dataclass(frozen=True)
class Trend:
    """What a measure does over the years, seen from one fiscal year.

    ``average`` is that of the five years that end with ``fiscal_year``, ``average_before`` that of the five years
    before them and ``change`` the change between the two in percent; None where gap or break lies between, a year is
    missing, or, for ``change``, ``average`` is below zero. ``peak`` is the highest value of all years, in ``peak_years``; None where no year is above zero.
    """

    fiscal_year: int
    value: float | None
    average: float | None
    average_before: float | None
    change: float | None
    peak: float | None
    peak_years: tuple[int, ...]


def with_five_year_averages(
    series: pd.DataFrame, coverage: Coverage, measure: str = "participants"
) -> pd.DataFrame:
    """Return an annual series with the average of five years up to each, and its change on the five years before.

    In: fiscal_year and the measure. Added: ``<measure>_five_year_average`` (two decimals, in the unit of the measure)
    and ``<measure>_five_year_percent_change`` (one decimal), missing where :class:`Trend` has None.
    """
    amounts = series[measure].astype("object").where(series[measure].notna(), None)
    of_years = {int(year): amount for year, amount in zip(series["fiscal_year"], amounts, strict=True)}
    averages = {year: _average(of_years, year, coverage) for year in of_years}
    changes = {year: _change(averages, year, coverage) for year in of_years}
    added = {
        f"{measure}_{AVERAGE}": pd.Series(averages.values(), dtype="float64").round(2),
        f"{measure}_{AVERAGE_CHANGE}": pd.Series(changes.values(), dtype="float64").round(2),
    }
    return series.assign(**{name: column.to_numpy() for name, column in added.items()})


def _average(of_years: dict[int, float | None], last: int, coverage: Coverage) -> float | None:
    """Return what :func:`milaid.analysis.series.five_year_average` does, of values by year: for every year of a series."""
    first = last - AVERAGE_YEARS + 1
    values = [of_years.get(year) for year in range(first, last + 1)]
    known = [float(number) for number in values if number is not None]
    return sum(known) / AVERAGE_YEARS if known == values and coverage.comparable(first, last) else None


def _change(averages: dict[int, float | None], last: int, coverage: Coverage) -> float | None:
    now, before = averages[last], averages.get(last - AVERAGE_YEARS)
    if now is None or now < 0:
        # Down by more than everything says nothing: obligations taken back can make an average fall below zero.
        return None
    return percent_change(now, before, coverage.comparable(last - 2 * AVERAGE_YEARS + 1, last))


def trend(
    series: pd.DataFrame,
    fiscal_year: int,
    coverage: Coverage,
    measure: str = "participants",
    first: int | None = None,
) -> Trend:
    """Return what a measure of an annual series (fiscal_year and the measure) does over the years.

    The peak is one of the years from ``first`` on, where a chart shows no earlier ones.
    """
    average = five_year_average(series, fiscal_year, coverage, measure)
    earlier = five_year_average(series, fiscal_year - AVERAGE_YEARS, coverage, measure)
    comparable = coverage.comparable(fiscal_year - 2 * AVERAGE_YEARS + 1, fiscal_year)
    years, amounts = series["fiscal_year"].to_numpy(), series[measure].to_numpy("float64", na_value=np.nan)
    known = ~np.isnan(amounts) if first is None else ~np.isnan(amounts) & (years >= first)
    peak = float(amounts[known].max()) if known.any() else 0.0
    return Trend(
        fiscal_year,
        value(series, fiscal_year, measure),
        average,
        earlier if comparable else None,
        _change({fiscal_year: average, fiscal_year - AVERAGE_YEARS: earlier}, fiscal_year, coverage),
        peak if peak > 0 else None,
        tuple(int(year) for year in years[known & (amounts == peak)]) if peak > 0 else (),
    )
