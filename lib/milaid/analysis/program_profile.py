"""One program beside all: its rank, its share over the years, who came and went, and the dollars of its account."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.analysis import places
from milaid.analysis.aid import ECONOMIC, MILITARY, category_years, covered_years
from milaid.analysis.groups import percent_of, totals
from milaid.analysis.series import annual_totals
from milaid.tables.coverage import Coverage

OWN, WITHIN = "own", "within"
RANK_RULE = (
    "Ranks are among the programs with an activity in the fiscal year; equal values share a rank. A label that cannot be "
    "read is no program."
)
SHARE_RULE = "Shares are of the course participants of all programs in the same fiscal year."
UNREAD = "UNREAD"


@dataclass(frozen=True)
class ProgramRanks:
    """Where a program stands in a fiscal year: ranks by participants and by printed dollars, among how many.

    ``dollars`` is None where the program has no printed cost in the year, ``priced`` how many programs have one.
    """

    participants: int
    programs: int
    dollars: int | None
    priced: int


def program_ranks(ranked: pd.DataFrame, fiscal_year: int) -> ProgramRanks:
    """Return the ranks of a program with an activity in the year. In: its :func:`rank_years`."""
    now = ranked.set_index("fiscal_year").loc[fiscal_year]
    return ProgramRanks(
        participants=int(now["rank"]),
        programs=int(now["ranked"]),
        dollars=None if pd.isna(now["cost_rank"]) else int(now["cost_rank"]),
        priced=int(now["cost_ranked"]),
    )


def rank_years(trainings: pd.DataFrame, program: str) -> pd.DataFrame:
    """Return the ranks of a program in each fiscal year that lists it, ascending. :data:`RANK_RULE`.

    In: activities of all programs. Out: fiscal_year, rank (by participants), ranked (how many programs the year lists),
    cost_rank (by printed dollars; missing where none are printed), cost_ranked (how many have some; all Int64).
    """
    frame = totals(trainings, ["fiscal_year", "program"])
    frame = frame[frame["program"] != UNREAD].reset_index(drop=True)
    each = frame.groupby("fiscal_year")
    for measure, rank in (("participants", "rank"), ("cost_usd", "cost_rank")):
        frame[rank] = each[measure].rank(method="min", ascending=False).astype("Int64")
        frame[f"{rank}ed"] = frame["fiscal_year"].map(each[measure].count()).astype("Int64")
    columns = ["fiscal_year", "rank", "ranked", "cost_rank", "cost_ranked"]
    return (
        frame.loc[frame["program"] == program, columns]
        .astype({"fiscal_year": "int64"})
        .reset_index(drop=True)
    )


def share_years(trainings: pd.DataFrame, program: str) -> pd.DataFrame:
    """Return the share of a program in each year of data, ascending.

    In: activities of all programs. Out: fiscal_year, participants, all_participants (Int64), share (percent;
    missing in a year without participants), cost_per_participant, all_cost_per_participant (US dollars; missing
    where no cost is printed or there are no participants). A year that does not list the program has 0.
    """
    own = annual_totals(trainings[trainings["program"] == program])
    frame = annual_totals(trainings)[["fiscal_year", "participants", "cost_per_participant"]].rename(
        columns={"participants": "all_participants", "cost_per_participant": "all_cost_per_participant"}
    )
    frame = frame.merge(
        own[["fiscal_year", "participants", "cost_per_participant"]], on="fiscal_year", how="left"
    )
    frame["participants"] = frame["participants"].fillna(0)
    frame["share"] = percent_of(frame["participants"], frame["all_participants"])
    columns = ["fiscal_year", "participants", "all_participants", "share"]
    return frame[[*columns, "cost_per_participant", "all_cost_per_participant"]]


def own_country_years(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return by fiscal year how many participants were trained in their own country.

    Out: fiscal_year, participants, known (participants whose place is known), own_country, united_states (Int64),
    own_country_share, united_states_share (percent of the known; missing where none is). Rule:
    :data:`milaid.analysis.places.PLACES_RULE`.
    """
    years = places.place_years(trainings)
    frame = years[["participants", "known"]].rename_axis(columns=None)
    for name, place in (("own_country", places.OWN_COUNTRY), ("united_states", places.UNITED_STATES)):
        frame[name] = years[place]
        frame[f"{name}_share"] = percent_of(years[place], years["known"])
    return frame.reset_index().astype({"fiscal_year": "int64"})


def turnover_years(trainings: pd.DataFrame, coverage: Coverage) -> pd.DataFrame:
    """Return by fiscal year how many recipients had a participant, entered and left.

    Out: fiscal_year, recipients, entered, left, entered_participants, left_participants (Int64; the last of the
    year before). What is on a year that is missing or lies before a break is missing.
    """
    each = totals(trainings, ["fiscal_year", "recipient"])
    each = each[each["participants"] > 0]
    people = {
        int(str(year)): rows.set_index("recipient")["participants"]
        for year, rows in each.groupby("fiscal_year")
    }
    nobody = each.iloc[:0].set_index("recipient")["participants"]
    records = []
    for year in coverage.years:
        now, before = people.get(year, nobody), people.get(year - 1, nobody)
        row: list[object] = [year, len(now)]
        if coverage.comparable(year - 1, year):
            came, went = now[~now.index.isin(before.index)], before[~before.index.isin(now.index)]
            row += [len(came), len(went), came.sum(), went.sum()]
        else:
            row += [pd.NA] * 4
        records.append(row)
    columns = ["fiscal_year", "recipients", "entered", "left", "entered_participants", "left_participants"]
    return pd.DataFrame(records, columns=columns).astype(dict.fromkeys(columns[1:], "Int64"))


def account_years(
    aid: pd.DataFrame, codes: Sequence[str], covered: Collection[int] | None = None
) -> pd.DataFrame:
    """Return the obligations of accounts beside all aid by fiscal year, ascending, in current US dollars.

    In: ``schemas_aid.AID``; ``codes`` of accounts; ``covered`` years, by default those of ``aid``. Out: fiscal_year,
    obligations_usd (of the accounts together), military_usd, economic_usd (of all recipients), share (percent of the
    category of the accounts; missing with a part below zero, without a sum above zero, or with accounts of both
    categories). The transition quarter is left out.
    """
    years = sorted(covered_years(aid) if covered is None else covered)
    rows = aid[(aid["period"] == "year") & aid["account_code"].isin(codes)]
    own = rows.groupby("fiscal_year")["obligations_usd"].sum()
    sums = category_years(aid, years).pivot(index="fiscal_year", columns="category", values="obligations_usd")
    frame = pd.DataFrame({"fiscal_year": years})
    for name, values in (
        ("obligations_usd", own), ("military_usd", sums[MILITARY]), ("economic_usd", sums[ECONOMIC])
    ):  # fmt: skip
        frame[name] = frame["fiscal_year"].map(values).astype("Int64").fillna(0)
    kinds = set(rows["category"])
    whole = frame["economic_usd"] if kinds == {ECONOMIC} else frame["military_usd"]
    part = frame["obligations_usd"].astype("float64")
    usable = (
        (part >= 0) & (whole.astype("float64") > 0) & (len(kinds - {MILITARY}) == 0 or kinds == {ECONOMIC})
    )
    frame["share"] = percent_of(frame["obligations_usd"], whole).where(usable)
    return frame
