"""A measure in two fiscal years, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from pandas.api import types

from milaid.analysis.change import add_changes


def beside_each_other(
    sums: pd.DataFrame, by: Sequence[str], measure: str, years: tuple[int, int], comparable: bool
) -> pd.DataFrame:
    """Return groups with the measure of two years and the change between them, the largest change first.

    In: ``by``, fiscal_year and ``measure`` of these years. Out: ``by``, ``<measure>_<year>`` of both (whole where the measure is; zero, not
    missing, in a year that does not list the group), change, percent_change (missing where the years are not ``comparable``;
    then the largest of the later year come first).
    """
    columns = [f"{measure}_{year}" for year in years]
    first, last = (
        sums[sums["fiscal_year"] == year].drop(columns="fiscal_year").rename(columns={measure: column})
        for year, column in zip(years, columns, strict=True)
    )
    whole = "Int64" if types.is_integer_dtype(sums[measure]) else "Float64"
    frame = first.merge(last, on=list(by), how="outer", indicator="_in")
    for column, absent in zip(columns, ("right_only", "left_only"), strict=True):
        frame[column] = frame[column].mask(frame["_in"] == absent, 0).astype(whole)
    frame = add_changes(frame.drop(columns="_in"), columns[1], columns[0], comparable)
    size = frame["change"].abs() if comparable else frame[columns[1]]
    order = ["_size", *by]
    frame = frame.assign(_size=size.fillna(-1)).sort_values(order, ascending=[False, *[True] * len(by)])
    return frame.drop(columns="_size").reset_index(drop=True)
