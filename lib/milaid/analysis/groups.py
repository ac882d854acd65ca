"""Totals of activities by any of their columns, alone and beside the year before."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd
from pandas.api.typing import DataFrameGroupBy

from milaid.analysis.change import add_changes
from milaid.errors import DataError
from milaid.tables.coverage import Coverage

WHOLE = 100.0
"""The share of a part that is all there is, in percent."""
COUNTS = ("participants", "cost_usd", "participants_with_cost", "activities", "recipients")


def of_year(rows: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the rows of one fiscal year; where they lie together, as in activities and aid, without copying them."""
    return of_years(rows, fiscal_year, fiscal_year)


def of_years(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the rows of the fiscal years from ``first`` to ``last``, as :func:`of_year` those of one."""
    years = rows["fiscal_year"]
    if years.hasnans or not years.is_monotonic_increasing:
        return rows[years.between(first, last)]
    order = years.to_numpy()
    return rows.iloc[order.searchsorted(first, "left") : order.searchsorted(last, "right")]


def totals(trainings: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return totals by the columns ``by``; a missing value of them is a group of its own.

    In: quantity, cost_usd, recipient and ``by``. Out: ``by``, participants (Int64), cost_usd (Int64,
    current US dollars; missing where no activity has a printed cost, which is not zero), participants_with_cost
    (Int64, those on activities with a printed cost above zero), activities (rows), recipients (with at least one
    participant).
    """
    group, first = _groups([trainings[name] for name in by])
    count = len(first)
    people = trainings["quantity"].to_numpy("float64", na_value=0.0)
    dollars = trainings["cost_usd"].to_numpy("float64", na_value=0.0)
    printed = np.bincount(group[trainings["cost_usd"].notna().to_numpy()], minlength=count) > 0
    recipient = pd.factorize(trainings["recipient"])[0]
    present = (people > 0) & (recipient >= 0)
    width = int(recipient.max(initial=0)) + 1
    pairs = _used(group[present] * width + recipient[present], count * width) // width
    counts = {
        "participants": np.bincount(group, people, count),
        "cost_usd": np.where(printed, np.bincount(group, dollars, count), np.nan),
        "participants_with_cost": np.bincount(group, np.where(dollars > 0, people, 0.0), count),
        "activities": np.bincount(group, minlength=count),
        "recipients": np.bincount(pairs, minlength=count),
    }
    keys = {name: trainings[name].array.take(first) for name in by}
    return pd.DataFrame({**keys, **{name: pd.array(values, "Int64") for name, values in counts.items()}})


def _groups(keys: Sequence[pd.Series]) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the group of each row, in the order of its keys with missing ones last, and the first row of each.

    Sums by such numbers take a quarter of the time of a pandas group, of which a report makes some fifty.
    """
    group, size = np.zeros(len(keys[0]), dtype="int64"), 1
    for key in keys:
        codes, values = pd.factorize(key, sort=True)
        group = group * (len(values) + 1) + np.where(codes < 0, len(values), codes)
        size *= len(values) + 1
    used = _used(group, size)
    if _is_dense(group, size):
        number_of = np.empty(size, dtype="int64")
        number_of[used] = np.arange(len(used))
        number = number_of[group]
    else:
        number = np.searchsorted(used, group)
    first = np.empty(len(used), dtype="int64")
    first[number[::-1]] = np.arange(len(group))[::-1]
    return number, first


def _used(numbers: np.ndarray, size: int) -> np.ndarray:
    """Return which of the numbers below ``size`` there are, ascending."""
    if _is_dense(numbers, size):
        return np.flatnonzero(np.bincount(numbers, minlength=size))
    return np.unique(numbers)


def _is_dense(numbers: np.ndarray, size: int) -> bool:
    """Return whether a place for each number that there could be takes little room beside the numbers."""
    return size <= 20 * len(numbers) + 1000


def printed_dollars(grouped: DataFrameGroupBy) -> pd.Series:
    """Return the printed cost of each group; missing, not zero, where none of its activities has one."""
    return grouped["cost_usd"].sum(min_count=1)


def with_zeros(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return a frame with zeros in the rows that stand for no activity at all (``activities`` missing).

    A cost that is missing although there are activities stays missing: none is printed.
    """
    absent = frame["activities"].isna()
    whole = {name: frame[name].astype("Int64") for name in columns}
    if absent.any():
        whole = {name: values.mask(absent, 0) for name, values in whole.items()}
    return frame.assign(**whole)


def is_comparable(trainings: pd.DataFrame, fiscal_year: int, coverage: Coverage | None) -> bool:
    """Return whether the year before is there and may be compared with ``fiscal_year``.

    Without a coverage it is enough that ``trainings`` has rows of the year before.
    """
    if coverage is None:
        return bool((trainings["fiscal_year"] == fiscal_year - 1).any())
    return coverage.comparable(fiscal_year - 1, fiscal_year)


def beside_previous(
    trainings: pd.DataFrame,
    fiscal_year: int,
    by: Sequence[str],
    coverage: Coverage | None = None,
    former: bool = False,
) -> pd.DataFrame:
    """Return totals of one year by ``by``, beside those of the year before.

    In: activities of at least ``fiscal_year``; those of the year before when changes are wanted. Out: the
    columns of :func:`totals`; share (percent of the participants of the year; missing when there are none);
    previous_participants, previous_cost_usd (missing when the year before has no such group); change,
    percent_change, cost_change, cost_percent_change. Rows: groups of ``fiscal_year``, most participants
    first, equal ones by name; with ``former`` also, with zeros, those of the year before that the year does
    not list, so that the previous columns add up to the year before. Raises DataError when the year has no
    activities.
    """
    now = totals(of_year(trainings, fiscal_year), by)
    if now.empty:
        raise DataError(f"no activities of fiscal year {fiscal_year} among the {len(trainings)} rows given")
    before = totals(of_year(trainings, fiscal_year - 1), by)
    before = before[[*by, "participants", "cost_usd"]].rename(
        columns={"participants": "previous_participants", "cost_usd": "previous_cost_usd"}
    )
    comparable = is_comparable(trainings, fiscal_year, coverage)
    frame = now.merge(before, on=list(by), how="outer" if former and comparable else "left")
    frame = with_zeros(frame, COUNTS)
    frame = add_changes(frame, "participants", "previous_participants", comparable)
    frame = add_changes(frame, "cost_usd", "previous_cost_usd", comparable, prefix="cost_")
    frame["share"] = shares(frame["participants"])
    order = ["participants", *by]
    return frame.sort_values(order, ascending=[False] + [True] * len(by)).reset_index(drop=True)


def shares(values: pd.Series) -> pd.Series:
    """Return each value in percent of their sum, as floats; missing when the sum is zero."""
    numbers = values.astype("Float64").to_numpy("float64", na_value=float("nan"))
    total = values.sum()
    share = 100.0 * numbers / float(total) if total else numbers * float("nan")
    return pd.Series(share, index=values.index, dtype="float64")


def percent_of(part: pd.Series, whole: pd.Series | float) -> pd.Series:
    """Return a part in percent of the whole as floats; missing where either is or the whole is not above zero."""
    name: Hashable | None = None
    below: np.ndarray | float = np.nan
    if isinstance(whole, pd.Series):
        part, whole = part.align(whole)
        name, below = part.name if part.name == whole.name else None, _floats(whole)
    elif not pd.isna(whole):
        below = float(whole)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(np.greater(below, 0), 100.0 * _floats(part) / below, np.nan)
    return pd.Series(share, index=part.index, name=name)


def _floats(values: pd.Series) -> np.ndarray:
    """Return numbers as floats, NaN where one is missing."""
    return values.astype("Float64").to_numpy("float64", na_value=np.nan)


def with_previous_share(frame: pd.DataFrame, trainings: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return what :func:`beside_previous` returns and previous_share (percent of the participants of the year before).

    In: ``trainings`` as given to that function.
    """
    before = trainings.loc[trainings["fiscal_year"] == fiscal_year - 1, "quantity"].sum()
    return frame.assign(previous_share=percent_of(frame["previous_participants"], float(before)))


def net_shares(values: pd.Series) -> pd.Series:
    """Return each value in percent of the net sum, from 0 to 100; for amounts some of which may be below zero.

    Missing for a negative value, for a value above the net sum, and for all where that sum is not above zero.
    """
    share = shares(values)
    return share.where(share.between(0, 100) & bool(values.sum() > 0))
