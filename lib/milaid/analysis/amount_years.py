"""Amounts by fiscal year with what they do over the years: changes on the year before, and averages of five years.

Unlike counts they can be below zero: an obligation can be taken back.
"""

from __future__ import annotations

import pandas as pd

from milaid.analysis.series import with_changes
from milaid.analysis.trend import with_five_year_averages
from milaid.tables.coverage import Coverage


def with_trend(frame: pd.DataFrame, coverage: Coverage, *measures: str) -> pd.DataFrame:
    """Return amounts by fiscal year with the columns that say what each of them does over the years.

    In: fiscal_year and the measures. Added for each: ``<measure>_percent_change`` (percent, on the year before; missing
    by :data:`milaid.analysis.change.PERCENT_RULE` and for an amount below zero), and the columns of
    :func:`milaid.analysis.trend.with_five_year_averages`.
    """
    changed = with_changes(frame, coverage, measures)
    for measure in measures:
        name = f"{measure}_percent_change"
        below = (changed[measure] < 0).fillna(False).astype(bool)
        frame = frame.assign(**{name: changed[name].mask(below).to_numpy()})
        frame = with_five_year_averages(frame, coverage, measure)
    return frame


def with_sums_to_date(frame: pd.DataFrame, *measures: str) -> pd.DataFrame:
    """Return amounts by fiscal year, ascending, with the sum of each from the first year on as ``<measure>_to_date``."""
    return frame.assign(**{f"{name}_to_date": frame[name].fillna(0).cumsum() for name in measures})


def with_sums_over_the_years(frame: pd.DataFrame, part: str, measure: str) -> pd.DataFrame:
    """Return a measure by fiscal year and part with its sums over all years of the frame.

    Added: ``<measure>_over_the_years`` (of the part) and ``all_<measure>_over_the_years`` (of all parts), the same in
    every row of a part.
    """
    return frame.assign(
        **{
            f"{measure}_over_the_years": frame.groupby(part)[measure].transform("sum"),
            f"all_{measure}_over_the_years": frame[measure].sum(),
        }
    )


def trend_columns(*measures: str) -> list[str]:
    """Return the names of what :func:`with_trend` adds, as a file has them."""
    ends = ("percent_change", "five_year_average", "five_year_percent_change")
    return [f"{measure}_{end}" for measure in measures for end in ends]
