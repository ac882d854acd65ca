"""Recipients: rank, change on the year before, who entered and who left."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from milaid.analysis.groups import beside_previous, is_comparable, of_year, totals
from milaid.analysis.other_countries import NONE_UNRANKED, Unranked
from milaid.tables.coverage import Coverage

CHANGES_RULE = (
    "The recipients with the largest increases and decreases in participants, by absolute change, among the "
    "recipients that both fiscal years list; equal changes in the order of the names."
)


def ranking(
    trainings: pd.DataFrame,
    fiscal_year: int,
    coverage: Coverage | None = None,
    former: bool = False,
    unranked: Unranked = NONE_UNRANKED,
) -> pd.DataFrame:
    """Return the recipients of one fiscal year by participants, with rank and value a year earlier.

    In: activities of the year and, for the comparison, of the year before. Out, most participants first:
    rank (Int64, 1 is the largest, equal values share a rank), recipient, iso3, kind, region (harmonised),
    participants, cost_usd, activities, share (percent), previous_participants, previous_rank (missing when
    the year before does not list the recipient), previous_cost_usd, change, percent_change, cost_change,
    cost_percent_change, document and page (where the recipient first stands in the edition). All recipients
    that the edition lists are ranked, also those with no participant. With ``former``, the recipients of the
    year before that the edition no longer lists follow, with zeros, without rank, document and page. The
    recipients ``unranked`` in a year (:func:`milaid.analysis.other_countries.doubtful`) have no rank there and
    stand behind all that have one.
    """
    frame = beside_previous(trainings, fiscal_year, ["recipient"], coverage, former)
    ranked = (frame["activities"] > 0) & ~frame["recipient"].isin(unranked.get(fiscal_year, ()))
    frame["rank"] = _rank(frame["participants"].where(ranked))
    before = totals(of_year(trainings, fiscal_year - 1), ["recipient"])
    ranked_before = ~before["recipient"].isin(unranked.get(fiscal_year - 1, ()))
    before["previous_rank"] = _rank(before["participants"].where(ranked_before))
    frame = frame.merge(before[["recipient", "previous_rank"]], on="recipient", how="left")
    frame = frame.merge(_attributes(trainings, fiscal_year), on="recipient", how="left")
    earlier = _attributes(trainings, fiscal_year - 1).set_index("recipient")
    for name in ("iso3", "kind", "region"):
        frame[name] = frame[name].where(frame["activities"] > 0, frame["recipient"].map(earlier[name]))
    columns = [
        "rank", "recipient", "iso3", "kind", "region", "participants", "cost_usd", "activities", "share",
        "previous_participants", "previous_rank", "previous_cost_usd", "change", "percent_change",
        "cost_change", "cost_percent_change", "document", "page",
    ]  # fmt: skip
    order = ["rank", "participants", "recipient"]
    return frame[columns].sort_values(order, ascending=[True, False, True]).reset_index(drop=True)


def _rank(values: pd.Series) -> pd.Series:
    """Return ranks from the largest value; equal values share one, and the next ranks are left out."""
    return values.rank(method="min", ascending=False).astype("Int64")


def _attributes(trainings: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    columns = ["recipient", "iso3", "recipient_kind", "region_harmonised", "document", "page"]
    rows = of_year(trainings, fiscal_year)[columns].sort_values(["document", "page"], kind="stable")
    first = rows.drop_duplicates("recipient")
    return first.rename(columns={"recipient_kind": "kind", "region_harmonised": "region"})


@dataclass(frozen=True)
class LargestChanges:
    """The largest increases and decreases (``frame``) and the rule that picked them (``rule``)."""

    frame: pd.DataFrame
    rule: str


def largest_changes(ranked: pd.DataFrame, n: int) -> LargestChanges:
    """Return the ``n`` largest increases and the ``n`` largest decreases of a :func:`ranking`.

    Out: the columns of the ranking and direction ("increase" or "decrease"); increases first, largest first,
    then decreases, largest first. Empty when no change was computed. Fewer than ``n`` of a direction are
    returned when fewer recipients rose or fell.
    """
    # A ranking with former recipients also has those of the year before alone; they have no rank.
    changed = ranked[ranked["change"].notna() & ranked["rank"].notna()]
    parts = []
    for direction, sign in (("increase", 1), ("decrease", -1)):
        rows = changed[changed["change"] * sign > 0].assign(direction=direction)
        size = rows["change"].abs()
        rows = rows.assign(_size=size).sort_values(["_size", "recipient"], ascending=[False, True])
        parts.append(rows.head(n).drop(columns="_size"))
    return LargestChanges(pd.concat(parts, ignore_index=True), CHANGES_RULE)


def entering(
    trainings: pd.DataFrame,
    fiscal_year: int,
    coverage: Coverage | None = None,
    unranked: Unranked = NONE_UNRANKED,
) -> pd.DataFrame:
    """Return recipients with a participant in ``fiscal_year`` and none in the year before.

    Out: recipient, iso3, region, participants (of the year), ranked, most first and those that are ``unranked`` in
    it last. Empty when the two years cannot be compared.
    """
    comparable = is_comparable(trainings, fiscal_year, coverage)
    return _only_in(trainings, fiscal_year, fiscal_year - 1, comparable, unranked)


def leaving(
    trainings: pd.DataFrame,
    fiscal_year: int,
    coverage: Coverage | None = None,
    unranked: Unranked = NONE_UNRANKED,
) -> pd.DataFrame:
    """Return recipients with a participant in the year before ``fiscal_year`` and none in it.

    Out: recipient, iso3, region, participants (of the year before), ranked, most first and those that are
    ``unranked`` in it last. Empty when the two years cannot be compared.
    """
    comparable = is_comparable(trainings, fiscal_year, coverage)
    return _only_in(trainings, fiscal_year - 1, fiscal_year, comparable, unranked)


def _trained(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the activities with a participant."""
    return rows[rows["quantity"].fillna(0) > 0]


def _only_in(
    trainings: pd.DataFrame,
    there: int,
    not_there: int,
    comparable: bool,
    unranked: Unranked,
) -> pd.DataFrame:
    other = _trained(of_year(trainings, not_there)[["recipient", "quantity"]])
    absent = set(other["recipient"].unique())
    rows = _trained(of_year(trainings, there))
    rows = rows[~rows["recipient"].isin(absent)]
    if not comparable:
        rows = rows.iloc[:0]
    frame = totals(rows, ["recipient"])[["recipient", "participants"]]
    frame = frame.merge(_attributes(rows, there)[["recipient", "iso3", "region"]], on="recipient", how="left")
    frame = frame[["recipient", "iso3", "region", "participants"]]
    frame = frame.assign(ranked=~frame["recipient"].isin(unranked.get(there, ())))
    order = ["ranked", "participants", "recipient"]
    return frame.sort_values(order, ascending=[False, False, True]).reset_index(drop=True)
