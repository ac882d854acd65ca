"""The share and rank of one region, recipient or program among all of its kind, year by year."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from milaid.analysis.groups import percent_of, totals
from milaid.analysis.other_countries import NONE_UNRANKED, Unranked

RANK_RULE = "Ranks are by participants; equal values share a rank."


def share_and_rank(
    trainings: pd.DataFrame,
    by: str,
    name: str,
    unranked: Collection[str] = (),
    unranked_in: Unranked = NONE_UNRANKED,
) -> pd.DataFrame:
    """Return one group's part of all activities by fiscal year, in the years that list it, ascending.

    In: activities of everyone; ``by`` is the column of the groups, ``name`` the group, ``unranked`` are groups that
    count in the totals and get no rank, ``unranked_in`` those of single fiscal years. Out: fiscal_year (int), participants, all_participants (Int64), share
    (percent, missing without any participant), rank (Int64, by participants; equal values share one), ranked (Int64,
    groups that the year lists and ranks), cost_usd, all_cost_usd (Int64, current US dollars; missing where none is
    printed), cost_share (percent).
    """
    used = ["fiscal_year", by, "quantity", "cost_usd"]
    frame = totals(trainings[list(dict.fromkeys([*used, "recipient"]))], ["fiscal_year", by])
    each = frame.groupby("fiscal_year")
    frame["all_participants"] = each["participants"].transform("sum")
    frame["all_cost_usd"] = each["cost_usd"].transform("sum")
    without = frame[by].isin(unranked)
    for year, names in unranked_in.items():
        without |= (frame["fiscal_year"] == year) & frame[by].isin(names)
    counted = frame[~without].groupby("fiscal_year")["participants"]
    frame["rank"] = counted.rank(method="min", ascending=False).astype("Int64")
    frame["ranked"] = frame["fiscal_year"].map(counted.size()).astype("Int64")
    frame["share"] = percent_of(frame["participants"], frame["all_participants"])
    frame["cost_share"] = percent_of(frame["cost_usd"], frame["all_cost_usd"])
    columns = [
        "fiscal_year", "participants", "all_participants", "share", "rank", "ranked", "cost_usd", "all_cost_usd",
        "cost_share",
    ]  # fmt: skip
    return frame.loc[frame[by] == name, columns].astype({"fiscal_year": "int64"}).reset_index(drop=True)
