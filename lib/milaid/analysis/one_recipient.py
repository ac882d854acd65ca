"""One recipient among others: its rank in the world and in its region, and its measures for each of its people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from milaid.analysis.aid import year_totals
from milaid.analysis.beside import per
from milaid.analysis.groups import of_year, totals
from milaid.analysis.share_and_rank import share_and_rank as among_all


@dataclass(frozen=True)
class RecipientRanks:
    """The rank of a recipient by participants in one fiscal year, and among how many that the edition lists."""

    rank: int
    of: int
    region: str
    region_rank: int
    region_of: int


def recipient_ranks(
    trainings: pd.DataFrame, fiscal_year: int, recipient: str, unranked: Collection[str] = ()
) -> RecipientRanks | None:
    """Return the rank of a recipient among all of ``trainings``; None where the year does not list or rank it.

    Equal values share a rank. All recipients that the edition lists are ranked, also those with no participant, but
    for those ``unranked``.
    """
    rows = of_year(trainings, fiscal_year)
    own = rows[rows["recipient"] == recipient]
    if own.empty or recipient in unranked:
        return None
    region = str(own["region_harmonised"].iloc[0])
    world, near = (
        among_all(part, "recipient", recipient, unranked).iloc[0]
        for part in (rows, rows[rows["region_harmonised"] == region])
    )
    return RecipientRanks(
        int(world["rank"]), int(world["ranked"]), region, int(near["rank"]), int(near["ranked"])
    )


def ranks_of_year(
    trainings: pd.DataFrame, fiscal_year: int, prefix: str = "", unranked: Collection[str] = ()
) -> pd.DataFrame:
    """Return the rank of every recipient that the edition of a fiscal year lists, among all and in its region.

    Out, by recipient: recipient, ``<prefix>rank_in_world`` and ``<prefix>rank_in_region`` (Int64, by participants; equal
    values share one), ``<prefix>recipients_in_world`` and ``<prefix>recipients_in_region`` (Int64, how many are ranked).
    Those ``unranked`` are left out.
    """
    frame = totals(of_year(trainings, fiscal_year), ["recipient", "region_harmonised"])
    frame = frame[~frame["recipient"].isin(list(unranked))]
    everyone = pd.Series("", index=frame.index)
    out = frame[["recipient"]].copy()
    for where, of in (("world", everyone), ("region", frame["region_harmonised"])):
        people = frame.groupby(of)["participants"]
        out[f"{prefix}rank_in_{where}"] = people.rank(method="min", ascending=False).astype("Int64")
        out[f"{prefix}recipients_in_{where}"] = people.transform("size").astype("Int64")
    return out


def per_head_years(
    trainings: pd.DataFrame,
    aid: pd.DataFrame,
    population: pd.DataFrame,
    fiscal_years: Iterable[int],
    covered: tuple[int, ...],
) -> pd.DataFrame:
    """Return the measures of one recipient by fiscal year, and each of them for its people.

    In: activities and aid of the one recipient; its population (``schemas_aid.POPULATION``, no other rows); the years
    wanted; the years that the aid table covers. Out: fiscal_year, population (Int64, calendar year of the same number),
    participants (Int64; missing in a year that does not list the recipient), participants_per_million, military_usd,
    economic_usd (Int64, obligations in current US dollars; missing outside ``covered``), military_per_head,
    economic_per_head (US dollars). A measure without a population above zero is missing.
    """
    frame = pd.DataFrame({"fiscal_year": sorted(fiscal_years)})
    people = totals(trainings, ["fiscal_year"]).set_index("fiscal_year")["participants"]
    counted = population.drop_duplicates("year").set_index("year")["population"]
    frame["population"] = frame["fiscal_year"].map(counted).astype("Int64")
    frame["participants"] = frame["fiscal_year"].map(people).astype("Int64")
    frame["participants_per_million"] = per(frame["participants"], frame["population"], 1e6)
    amounts = year_totals(aid, covered).set_index("fiscal_year")
    for name in ("military", "economic"):
        frame[f"{name}_usd"] = frame["fiscal_year"].map(amounts[f"{name}_usd"]).astype("Int64")
        frame[f"{name}_per_head"] = per(frame[f"{name}_usd"], frame["population"], 1.0)
    return frame
