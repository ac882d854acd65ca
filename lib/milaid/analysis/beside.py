"""Training beside aid, population and arms agreements of the same recipient and fiscal year.

The measures stand beside each other and are never added: part of the military aid pays for the training, and part
of the agreements.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from milaid.analysis.arms import agreements_of_year
from milaid.analysis.groups import of_year, totals
from milaid.analysis.obligations import recipients_of_year

AID_RULE = (
    "Aid is obligations of the fiscal year in current US dollars, less what was taken back; a recipient "
    "that the Greenbook does not list in the year has no amount, which is not zero. Military aid includes accounts that pay for training, such as International Military Education and "
    "Training: the two measures are not independent, and not added."
)
PER_MILLION_RULE = (
    "Participants per million people are course participants of the fiscal year divided by the population of the "
    "calendar year of the same number, and not computed where there is no population. No recipient is too small to be "
    "ranked."
)
FORMER_STATE = "former state"
SMALL_POPULATION = 100_000
"""Recipients with fewer people are named beside a ranking per head: there a few places weigh much."""
NAMED = 4
NAMED_RULE = (
    f"Named are the {NAMED} recipients with most participants, the {NAMED} with most military aid, the {NAMED} with "
    f"most participants for each dollar of it and the {NAMED} with fewest, as far as a name has room."
)
_WHO = ["recipient", "iso3", "kind", "region"]
_AID = {"military_usd": "military_aid_usd", "economic_usd": "economic_aid_usd"}


def aid_of_year(aid: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the aid of one fiscal year by recipient; the transition quarter of 1976 belongs to no year.

    In: ``schemas_aid.AID``. Out, by recipient: recipient, iso3, kind, region, military_aid_usd, economic_aid_usd
    (Int64, obligations in current US dollars, zero or below where they are). Empty for a year without aid. Rule:
    :data:`milaid.analysis.aid.ZERO_RULE`.
    """
    return recipients_of_year(aid, fiscal_year).rename(columns=_AID)[[*_WHO, *_AID.values()]]


def training_beside_aid(
    trainings: pd.DataFrame, aid: pd.DataFrame, population: pd.DataFrame, fiscal_year: int
) -> pd.DataFrame:
    """Return participants, population and aid of one fiscal year, a row a recipient of either, by name.

    Out: recipient, iso3, kind, region, participants (Int64; missing, not zero, where the training report does not
    list the recipient), military_aid_usd, economic_aid_usd (as :func:`aid_of_year`; missing, not zero, where the
    Greenbook does not list the recipient), population (Int64, calendar
    year ``fiscal_year``), participants_per_million, military_aid_per_head, economic_aid_per_head (floats, people and
    US dollars; missing without a population above zero or without the measure; below zero where the aid is).
    Regions, former states and unnamed recipients have no population. Rules: :data:`AID_RULE`, :data:`PER_MILLION_RULE`.
    """
    year = of_year(trainings, fiscal_year)
    who = year.drop_duplicates("recipient")[["recipient", "iso3", "recipient_kind", "region_harmonised"]]
    people = totals(year, ["recipient"])[["recipient", "participants"]].merge(
        who.rename(columns={"recipient_kind": "kind", "region_harmonised": "region"}), on="recipient"
    )
    frame = people.merge(
        aid_of_year(aid, fiscal_year), on="recipient", how="outer", suffixes=("", "_aid"), sort=True
    )
    for name in _WHO[1:]:
        frame[name] = frame[name].fillna(frame[f"{name}_aid"])
    counted = population[population["year"] == fiscal_year].set_index("iso3")["population"]
    # The code of a former state is that of a smaller one today, whose population is not its own.
    whole = frame["iso3"].where(frame["kind"] != FORMER_STATE)
    frame["population"] = whole.map(counted).astype("Int64")
    frame["participants_per_million"] = per(frame["participants"], frame["population"], 1e6)
    for kind in ("military", "economic"):
        frame[f"{kind}_aid_per_head"] = per(frame[f"{kind}_aid_usd"], frame["population"], 1.0)
    columns = [
        *_WHO, "participants", "military_aid_usd", "economic_aid_usd", "population",
        "participants_per_million", "military_aid_per_head", "economic_aid_per_head",
    ]  # fmt: skip
    return frame[columns].reset_index(drop=True)


def most_per_million(beside: pd.DataFrame, unranked: Collection[str] = ()) -> pd.DataFrame:
    """Return the recipients of :func:`training_beside_aid` with participants per million people, most first.

    Out: the same columns and rank (Int64, equal values share one). Recipients without the measure are left out, which
    :func:`without_population` names, and those ``unranked`` in the year
    (:func:`milaid.analysis.other_countries.doubtful`).
    """
    frame = beside[beside["participants_per_million"].notna() & ~beside["recipient"].isin(list(unranked))]
    frame = frame.assign(
        rank=frame["participants_per_million"].rank(method="min", ascending=False).astype("Int64")
    )
    return frame.sort_values(["rank", "recipient"]).reset_index(drop=True)


def without_population(beside: pd.DataFrame) -> list[str]:
    """Return the names of recipients with participants whose population is not known, by name."""
    missing = beside["participants"].fillna(0).gt(0) & beside["population"].fillna(0).le(0)
    return sorted(beside.loc[missing, "recipient"])


def comparable(beside: pd.DataFrame) -> pd.DataFrame:
    """Return the recipients with at least one participant and military aid above zero."""
    both = beside["participants"].fillna(0).gt(0) & beside["military_aid_usd"].fillna(0).gt(0)
    return beside[both].reset_index(drop=True)


def most(frame: pd.DataFrame, column: str, count: int) -> pd.DataFrame:
    """Return the ``count`` rows with the highest values of a column; equal values by name, missing ones never."""
    known = frame[frame[column].notna()]
    return (
        known.sort_values([column, "recipient"], ascending=[False, True]).head(count).reset_index(drop=True)
    )


def outliers(frame: pd.DataFrame, count: int = NAMED) -> list[str]:
    """Return who is named beside a scatter of :func:`comparable` recipients, each once. Rule: :data:`NAMED_RULE`."""
    rate = per(frame["participants"], frame["military_aid_usd"], 1.0)
    frame = frame.assign(_rate=rate, _fewest=-rate)
    names: dict[str, None] = {}
    for column in ("participants", "military_aid_usd", "_rate", "_fewest"):
        names |= dict.fromkeys(most(frame, column, count)["recipient"])
    return list(names)


def agreements_beside_aid(sales: pd.DataFrame, aid: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return agreements beside aid of the same recipient and fiscal year, largest agreements first.

    Out: the columns of :func:`milaid.analysis.arms.agreements_of_year`, military_aid_usd, economic_aid_usd (missing
    where the Greenbook does not list the recipient), agreements_per_military_aid_dollar (float; missing where the agreements are below zero
    or the military aid is missing, zero or below). Recipients of aid without a line in the book are left out.
    Raises DataError for a year that the book does not give by itself.
    """
    frame = agreements_of_year(sales, fiscal_year).merge(
        aid_of_year(aid, fiscal_year)[["recipient", *_AID.values()]], on="recipient", how="left"
    )
    amount = frame["total_agreements_usd"]
    frame["agreements_per_military_aid_dollar"] = per(
        amount.where(amount >= 0), frame["military_aid_usd"], 1.0
    )
    return frame


def per(above: pd.Series, below: pd.Series, factor: float) -> pd.Series:
    """Return a quotient as floats; missing where a part is missing or the divisor is not above zero."""
    divisor = below.where(below > 0).astype("Float64").to_numpy("float64", na_value=float("nan"))
    numerator = above.astype("Float64").to_numpy("float64", na_value=float("nan"))
    return pd.Series(factor * numerator / divisor, index=above.index, dtype="float64")
