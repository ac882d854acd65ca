"""Figures of several recipients or programs side by side, each computed as for a report on one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from milaid.analysis.beside import aid_of_year, training_beside_aid
from milaid.analysis.groups import of_year, totals
from milaid.analysis.places import UNITED_STATES, place_totals
from milaid.analysis.series import with_changes
from milaid.analysis.trend import trend
from milaid.tables.coverage import Coverage

_COUNTED = ("participants", "cost_usd", "cost_per_participant", "recipients", "programs")
_AID = ("military_aid_usd", "economic_aid_usd")


def year_figures(
    trainings: pd.DataFrame,
    share_and_rank: pd.DataFrame,
    series: pd.DataFrame,
    coverage: Coverage,
    fiscal_year: int,
) -> dict[str, Any]:
    """Return what the activities of one member say of a fiscal year; all of it None in a year that lists none.

    In: the activities of the member, its share and rank among all (:func:`milaid.analysis.share_and_rank.share_and_rank`) and its annual
    totals. Out: participants, participants_before, change, percent_change,
    share (percent of all participants), rank and ranked, cost_usd, cost_per_participant (US dollars), recipients,
    programs (with a participant), average (of five years), average_percent_change (on the five years before),
    united_states (percent of participants trained there).
    """
    changed = with_changes(series, coverage).set_index("fiscal_year")
    names = (
        "participants", "participants_before", "change", "percent_change", "share", "rank", "ranked", "cost_usd",
        "cost_per_participant", "recipients", "programs", "average", "average_percent_change", "united_states",
    )  # fmt: skip
    if fiscal_year not in changed.index:
        return dict.fromkeys(names)
    place = share_and_rank.set_index("fiscal_year")
    where = place_totals(trainings, fiscal_year).set_index("place")
    before = changed.at[fiscal_year, "participants_before"]
    over_years = trend(series, fiscal_year, coverage)
    values = {
        "participants_before": before if changed.at[fiscal_year, "comparable"] else None,
        "change": changed.at[fiscal_year, "participants_change"],
        "percent_change": changed.at[fiscal_year, "participants_percent_change"],
        **{name: place.at[fiscal_year, name] for name in ("share", "rank", "ranked")},
        **{name: changed.at[fiscal_year, name] for name in _COUNTED},
        "average": over_years.average,
        "average_percent_change": over_years.change,
        "united_states": where.at[UNITED_STATES, "share"],
    }
    return {name: _plain(values[name]) for name in names}


def aid_figures(
    trainings: pd.DataFrame, aid: pd.DataFrame, population: pd.DataFrame, fiscal_year: int, recipient: str
) -> dict[str, Any]:
    """Return military and economic aid of a recipient in a fiscal year, and participants per million people.

    Out: military_aid_usd, economic_aid_usd (current US dollars, None where no amount is printed), per_million (None
    where the year lists no activity or there is no population).
    """
    given = aid_of_year(aid, fiscal_year).set_index("recipient")
    values = {name: given.at[recipient, name] if recipient in given.index else None for name in _AID}
    values["per_million"] = None
    if (trainings["fiscal_year"] == fiscal_year).any():
        beside = training_beside_aid(trainings, aid, population, fiscal_year).set_index("recipient")
        values["per_million"] = beside.at[recipient, "participants_per_million"]
    return {name: _plain(value) for name, value in values.items()}


def matrix(members: Mapping[str, pd.DataFrame], by: str, fiscal_year: int) -> pd.DataFrame:
    """Return participants of one fiscal year by ``by``, a column for each member, most participants first.

    In: the activities of each member by its name. Out: ``by``, a column (Int64) for each member, missing where it
    has no such activity, and ``together`` (Int64).
    """
    columns = {
        name: totals(of_year(rows, fiscal_year), [by]).set_index(by)["participants"]
        for name, rows in members.items()
        if (rows["fiscal_year"] == fiscal_year).any()
    }
    frame = pd.concat(columns, axis=1).reindex(columns=list(members)).astype("Int64").rename_axis(by)
    frame["together"] = frame.sum(axis=1).astype("Int64")
    frame = frame.reset_index()
    return frame.sort_values(["together", by], ascending=[False, True]).reset_index(drop=True)


def leading_years(years: pd.DataFrame, measure: str = "participants") -> pd.Series:
    """Return in how many fiscal years each member had the highest value above zero; equal ones count for each.

    In: fiscal_year, member and the measure. Out: counts by member, most first.
    """
    known = years[years[measure].fillna(0) > 0]
    highest = known.groupby("fiscal_year")[measure].transform("max")
    counts = known[known[measure] == highest].groupby("member").size()
    return counts.sort_values(ascending=False, kind="stable")


def years_with_most(years: pd.DataFrame, measure: str = "participants") -> pd.DataFrame:
    """Return the rows of :func:`leading_years` with years_with_most (Int64), how many years each member leads."""
    counts = years["member"].map(leading_years(years, measure)).fillna(0)
    return years.assign(years_with_most=counts.astype("Int64"))


def _plain(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
