"""IMET: the dollars of its account in the Greenbook beside its participants in the training report.

Both are of the same fiscal year and are never divided by each other: they come from different documents.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from milaid.analysis.aid import NAMED_KINDS, covered_years, military
from milaid.analysis.groups import of_year, printed_dollars
from milaid.analysis.obligations import years_only
from milaid.tables.money import to_constant


def imet_years(
    aid: pd.DataFrame,
    trainings: pd.DataFrame,
    deflator: pd.DataFrame,
    base_fiscal_year: int,
    fiscal_years: Collection[int] | None = None,
) -> pd.DataFrame:
    """Return the dollars of IMET in the Greenbook beside its participants in the training report, by fiscal year.

    In: aid; activities (``schemas.TRAININGS``); the deflator. Out: ``fiscal_years``, else those of the activities,
    ascending: fiscal_year, obligations_usd (Int64, current US dollars), obligations_usd_constant (float, US
    dollars of ``base_fiscal_year`` by the GDP deflator), recipients_obligations (named recipients with
    obligations above zero), participants, recipients_trained (with at least one participant), training_cost_usd
    (Int64, as the training report prints it), base_fiscal_year. Of rows of one recipient or region it gives theirs:
    obligations are missing in a fiscal year without a row of aid; participants and cost are zero in one that lists
    activities but none of IMET, and missing in one that lists none at all. Raises DataError for a year without a deflator.
    """
    years = sorted(
        {int(year) for year in (trainings["fiscal_year"] if fiscal_years is None else fiscal_years)}
    )
    dollars = _account(aid)
    named = dollars[dollars["recipient_kind"].isin(NAMED_KINDS)]
    each = named.groupby(["fiscal_year", "recipient_harmonised"])["obligations_usd"].sum()
    frame = pd.DataFrame({"fiscal_year": years})
    found = {
        "obligations_usd": dollars.groupby("fiscal_year")["obligations_usd"].sum(),
        "recipients_obligations": (each > 0).groupby("fiscal_year").sum(),
    }
    outside = ~frame["fiscal_year"].isin(covered_years(aid))
    for name, values in found.items():
        counted = frame["fiscal_year"].map(values).astype("Int64").fillna(0)
        frame[name] = counted.mask(outside, pd.NA)
    columns = ["fiscal_year", "recipient", "quantity", "cost_usd"]
    activities = trainings.loc[trainings["program"] == "IMET", columns]
    people = activities[activities["quantity"].fillna(0) > 0]
    grouped = activities.groupby("fiscal_year")
    for name, values in {
        "participants": grouped["quantity"].sum(),
        "recipients_trained": people.groupby("fiscal_year")["recipient"].nunique(),
        "training_cost_usd": printed_dollars(grouped),
    }.items():
        frame[name] = frame["fiscal_year"].map(values).astype("Int64")
    untrained = ~frame["fiscal_year"].isin(grouped.groups)
    frame["training_cost_usd"] = frame["training_cost_usd"].mask(untrained, 0)
    whole = ["participants", "recipients_trained"]
    frame[whole] = frame[whole].fillna(0)
    unlisted = ~frame["fiscal_year"].isin(trainings["fiscal_year"])
    counts = [*whole, "training_cost_usd"]
    frame[counts] = frame[counts].mask(unlisted, pd.NA)
    frame = to_constant(frame, deflator, base_fiscal_year, "obligations_usd")
    return frame[
        [
            "fiscal_year", "obligations_usd", "obligations_usd_constant", "recipients_obligations",
            "participants", "recipients_trained", "training_cost_usd", "base_fiscal_year",
        ]
    ]  # fmt: skip


def imet_recipients(aid: pd.DataFrame, trainings: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the recipients of IMET of one fiscal year: dollars in the Greenbook, participants in the report.

    Out, most dollars first, recipients that name no country last: rank (Int64, by obligations among named
    recipients with any), recipient, kind, obligations_usd (Int64, current US dollars; zero or missing by
    :data:`ZERO_RULE`), participants, training_cost_usd (Int64; zero for a recipient that the training report lists
    without IMET, missing for one that it does not list). All IMET of either source is kept, so that both columns
    add up to their totals. Without the year in the Greenbook the frame is empty.
    """
    aid = years_only(of_year(aid, fiscal_year))
    trainings = of_year(trainings, fiscal_year).iloc[: None if len(aid) else 0]
    dollars = (
        _account(aid)
        .groupby("recipient_harmonised")
        .agg(obligations_usd=("obligations_usd", "sum"), kind=("recipient_kind", "first"))
    )
    grouped = trainings[trainings["program"] == "IMET"].groupby("recipient")
    trained = pd.DataFrame(
        {
            "participants": grouped["quantity"].sum(),
            "training_cost_usd": printed_dollars(grouped),
            "_kind": grouped["recipient_kind"].first(),
        }
    )
    frame = dollars.join(trained, how="outer").rename_axis("recipient").reset_index()
    frame["kind"] = frame["kind"].fillna(frame["_kind"])
    counts = ["obligations_usd", "participants", "training_cost_usd"]
    frame[counts] = frame[counts].astype("Int64")
    # Listed by a source, but without IMET in it: zero. A cost that no activity prints stays missing.
    aided = frame["recipient"].isin(aid["recipient_harmonised"].unique())
    untrained = frame["recipient"].isin(trainings["recipient"].unique()) & ~frame["recipient"].isin(
        trained.index
    )
    frame["obligations_usd"] = frame["obligations_usd"].mask(aided & frame["obligations_usd"].isna(), 0)
    frame[counts[1:]] = frame[counts[1:]].mask(untrained, 0)
    named = frame["kind"].isin(NAMED_KINDS)
    ranked = frame["obligations_usd"].where(named & (frame["obligations_usd"] > 0))
    frame["rank"] = ranked.rank(method="min", ascending=False).astype("Int64")
    frame = frame.assign(_unnamed=~named).sort_values(
        ["_unnamed", "obligations_usd", "recipient"], ascending=[True, False, True]
    )
    columns = ["rank", "recipient", "kind", "obligations_usd", "participants", "training_cost_usd"]
    return frame[columns].reset_index(drop=True)


def _account(aid: pd.DataFrame) -> pd.DataFrame:
    rows = military(aid)
    return rows[(rows["account_code"] == "IMET").fillna(False)]
