"""The long series: totals by fiscal year, changes, averages and extremes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from milaid.analysis.change import change, percent_change
from milaid.analysis.groups import percent_of, totals
from milaid.errors import DataError
from milaid.tables.coverage import Coverage

AVERAGE_YEARS = 5


def annual_totals(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return totals by fiscal year, ascending.

    In: fiscal_year, quantity, cost_usd, recipient, program. Out: fiscal_year (int), participants (Int64),
    cost_usd (Int64, current US dollars), participants_with_cost (on activities with a printed cost above zero),
    recipients and programs (with at least one participant), activities (rows), cost_per_participant (US dollars, by
    :func:`cost_each`), without_cost_share (percent of participants on activities without a printed cost above zero).
    """
    frame = totals(trainings, ["fiscal_year"]).astype({"fiscal_year": "int64"})
    present = trainings["program"].where(trainings["quantity"].fillna(0) > 0)
    programs = present.groupby(trainings["fiscal_year"]).nunique()
    frame["programs"] = frame["fiscal_year"].map(programs).astype("Int64")
    counts = ["participants", "cost_usd", "participants_with_cost", "recipients", "programs", "activities"]
    frame = frame[["fiscal_year", *counts]]
    frame["cost_per_participant"] = cost_each(frame)
    frame["without_cost_share"] = percent_of(
        frame["participants"] - frame["participants_with_cost"], frame["participants"]
    )
    return frame


def cost_each(totals: pd.DataFrame, cost: str = "cost_usd") -> pd.Series:
    """Return dollars for each participant with a cost as floats; missing where there is none.

    In: the column ``cost`` in US dollars and participants_with_cost. People on activities without a printed cost
    above zero are not divided by: their cost is unknown, and not zero.
    """
    people = totals["participants_with_cost"].astype("Float64")
    return (totals[cost].astype("Float64") / people.where(people > 0)).astype("float64")


def value(series: pd.DataFrame, fiscal_year: int, measure: str = "participants") -> float | None:
    """Return one value of an annual series, or None when the year or its value is missing."""
    at = np.flatnonzero(series["fiscal_year"].to_numpy() == fiscal_year)
    if not len(at):
        return None
    found = series[measure].iloc[at[0]]
    if pd.isna(found):
        return None
    return found.item() if hasattr(found, "item") else found


def with_changes(
    series: pd.DataFrame, coverage: Coverage, measures: tuple[str, ...] = ("participants", "cost_usd")
) -> pd.DataFrame:
    """Return an annual series with the change of each measure on the fiscal year before.

    In: fiscal_year and the measures. Added: comparable (whether the year before is there, without a gap or a
    break between), and for each measure ``<measure>_before``, ``<measure>_change`` and
    ``<measure>_percent_change``; what is not computed is missing.
    """
    frame = series.sort_values("fiscal_year").reset_index(drop=True)
    years = [int(year) for year in frame["fiscal_year"]]
    comparable = [coverage.comparable(year - 1, year) for year in years]
    added: dict[str, object] = {"comparable": comparable}
    for measure in measures:
        amounts = frame[measure].astype("object").where(frame[measure].notna(), None)
        of_years = dict(zip(years, amounts, strict=True))
        now = [of_years[year] for year in years]
        before = [of_years.get(year - 1) for year in years]
        rows = list(zip(now, before, comparable, strict=True))
        added[f"{measure}_before"] = pd.array(before, dtype="Float64").astype(frame[measure].dtype)
        added[f"{measure}_change"] = pd.array([change(*r) for r in rows], "Float64").astype(
            frame[measure].dtype
        )
        added[f"{measure}_percent_change"] = pd.Series([percent_change(*r) for r in rows], dtype="float64")
    return frame.assign(**added)


def five_year_average(
    series: pd.DataFrame, fiscal_year: int, coverage: Coverage, measure: str = "participants"
) -> float | None:
    """Return the average of a measure over the five fiscal years that end with ``fiscal_year``.

    None unless all five years have a value and no gap or break lies between the first and the last of them.
    """
    first = fiscal_year - AVERAGE_YEARS + 1
    if not coverage.comparable(first, fiscal_year):
        return None
    values = [value(series, year, measure) for year in range(first, fiscal_year + 1)]
    if any(number is None for number in values):
        return None
    return sum(values) / AVERAGE_YEARS  # type: ignore[arg-type]


@dataclass(frozen=True)
class Extreme:
    """A year that is the highest or lowest of a run of comparable years that ends with it.

    ``kind`` is "highest" or "lowest". ``since`` is the latest earlier year of the run at least as extreme, or None when
    the run has none: then the year is the extreme of all comparable years from ``first``; ``tied`` says that ``since``
    has the same value. ``years`` is how many earlier years it exceeds in a row. ``before`` is the first year with data
    where that lies before the run, behind a gap or a break, and ``beyond`` the most extreme year there that is at least
    as extreme, with its value in ``beyond_value``; None where there is none.
    """

    fiscal_year: int
    kind: str
    since: int | None
    first: int
    years: int
    tied: bool = False
    before: int | None = None
    beyond: int | None = None
    beyond_value: float | None = None


def extreme(
    series: pd.DataFrame,
    fiscal_year: int,
    coverage: Coverage,
    measure: str = "participants",
    least_years: int = 3,
) -> Extreme | None:
    """Return whether ``fiscal_year`` is the highest or lowest since an earlier year, looking back only.

    The comparison goes back year by year over comparable years. None when it exceeds fewer than
    ``least_years`` years before it. Raises DataError when the year is not in the series.
    """
    now = value(series, fiscal_year, measure)
    if now is None:
        raise DataError(f"the series has no {measure} of fiscal year {fiscal_year}")
    earlier = []
    for year in range(fiscal_year - 1, coverage.first - 1, -1):
        before = value(series, year, measure)
        if before is None or not coverage.comparable(year, fiscal_year):
            break
        earlier.append((year, before))
    for kind, sign in (("highest", 1), ("lowest", -1)):
        run = 0
        while run < len(earlier) and sign * earlier[run][1] < sign * now:
            run += 1
        if run < least_years:
            continue
        first = earlier[-1][0]
        if run < len(earlier):
            since, found = earlier[run]
            return Extreme(fiscal_year, kind, since, first, run, tied=found == now)
        return Extreme(fiscal_year, kind, None, first, run, **_beyond(series, first, measure, sign, now))
    return None


def _beyond(series: pd.DataFrame, first: int, measure: str, sign: int, now: float) -> dict[str, Any]:
    """Return of the years before ``first`` the earliest, and the most extreme that is at least as extreme as ``now``."""
    apart = series[series["fiscal_year"] < first].dropna(subset=[measure])
    if apart.empty:
        return {}
    most = apart.loc[(sign * apart[measure].astype("float64")).idxmax()]
    found: dict[str, Any] = {"before": int(apart["fiscal_year"].min())}
    if sign * float(most[measure]) >= sign * now:
        found |= {"beyond": int(most["fiscal_year"]), "beyond_value": float(most[measure])}
    return found
