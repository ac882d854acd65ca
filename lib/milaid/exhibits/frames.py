"""Frames as charts and tables take them: columns under each other, rows in an order that is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd


def under_each_other(
    frame: pd.DataFrame, columns: Mapping[str, str], name: str = "series", value: str = "value"
) -> pd.DataFrame:
    """Return columns of a frame by fiscal year as rows: fiscal_year, ``name`` and ``value``, one column after another.

    ``columns`` gives for each name, as a chart shows it, the column of the frame it stands for.
    """
    parts = [
        pd.DataFrame({"fiscal_year": frame["fiscal_year"], name: shown, value: frame[column]})
        for shown, column in columns.items()
    ]
    return pd.concat(parts, ignore_index=True)


def with_counts(frame: pd.DataFrame, by: str, name: str) -> pd.DataFrame:
    """Return the frame with column ``name``, how many rows have the same value of ``by`` as the row."""
    return frame.assign(**{name: frame.groupby(by, dropna=False)[by].transform("size")})


def in_order(frame: pd.DataFrame, column: str, order: Iterable[object]) -> pd.DataFrame:
    """Return the rows in the order in which ``order`` first names their values of a column; values it does not name last.

    Rows of one value keep the order they have.
    """
    place = {value: count for count, value in enumerate(dict.fromkeys(order))}
    return frame.sort_values(column, key=lambda values: values.map(place), kind="stable")


def with_sums_of_years(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the frame with the sum of a column over all rows of the fiscal year, as ``all_<column>_of_year``.

    So a file says what stands above a column that a chart stacks of its parts.
    """
    return frame.assign(**{f"all_{column}_of_year": frame.groupby("fiscal_year")[column].transform("sum")})


def with_changes_of(
    frame: pd.DataFrame, by: str, changes: Mapping[str, float | None] | None, fiscal_year: int
) -> pd.DataFrame:
    """Return the frame with ``percent_change``, the change that a chart writes beside the value of a fiscal year.

    ``changes`` gives it for each value of ``by``; None for a year that is not compared. Other years have none.
    """
    of_year = frame["fiscal_year"] == fiscal_year
    return frame.assign(percent_change=frame[by].map(changes or {}).where(of_year).astype("float64").round(2))


def with_sums(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the frame with the sum of some columns over all rows, the same in each row, as ``all_<column>``.

    So a file says the total that its table shows below the rows, and every row stays of one kind.
    """
    return frame.assign(**{f"all_{name}": frame[name].sum() for name in columns})
