"""Military and economic aid: totals, recipients, regions and accounts.

All functions take rows of ``schemas_aid.AID`` and count obligations by fiscal year of obligation. The
transition quarter of 1976 belongs to no fiscal year and is left out everywhere. A series has the years of the rows
given; with ``covered``, the :func:`covered_years` of the whole Greenbook, also those that do not list a recipient, and
its amounts are missing there (:data:`ZERO_RULE`).
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from milaid.analysis.change import add_changes
from milaid.analysis.groups import net_shares, of_year
from milaid.analysis.obligations import (
    ECONOMIC,
    MILITARY,
    by_category,
    military_share,
    recipients_of_year,
    with_total_and_ratio,
    years_only,
)
from milaid.errors import DataError
from milaid.tables.money import to_constant

WORLD = "All recipients"
OTHER_ACCOUNTS = "Other military"
NAMED_KINDS = ("country", "territory", "former state")
"""Kinds of recipients that are ranked; the other rows of the Greenbook name no country."""

PARTS: dict[str, tuple[str, str]] = {
    "Foreign Military Financing": ("publication_row", "Foreign Military Financing"),
    "Afghanistan Security Forces Fund": ("account_code", "ASFF"),
    "Peacekeeping Operations": ("account_code", "PKO"),
    "IMET": ("account_code", "IMET"),
}
"""Part of military aid -> column and value of its rows; all other military rows are OTHER_ACCOUNTS."""

ZERO_RULE = (
    "A recipient that the Greenbook lists in a fiscal year counts as zero for every kind and account of aid without a "
    "line. A recipient that it does not list in the year has no amount, which is not zero."
)
NEGATIVE_RULE = (
    "Obligations that were taken back are negative and stay in every sum. A share or a ratio is not computed where a "
    "part of it is negative or the divisor is not above zero; nor is a share that would exceed 100 percent because "
    "other parts are negative."
)
TRANSITION_RULE = (
    "July to September 1976, when the fiscal year moved, belong to no fiscal year and are left out."
)
PER_HEAD_RULE = (
    "Aid per head is obligations of the fiscal year divided by the population of the calendar year of the same "
    "number, below zero where the obligations are; not computed where no population is published."
)


def covered_years(aid: pd.DataFrame) -> tuple[int, ...]:
    """Return the fiscal years that have a row, ascending."""
    years = aid["fiscal_year"].to_numpy()[(aid["period"] == "year").to_numpy(dtype="bool")]
    return tuple(sorted(int(year) for year in pd.unique(years)))


def price_level_gap(aid: pd.DataFrame, deflator: pd.DataFrame, base_fiscal_year: int) -> pd.DataFrame:
    """Return how far the printed constant dollars of a year lie from those by the GDP deflator, ascending.

    Out: fiscal_year (those of both tables), gap (percent of the latter, signed). The Greenbook names no index.
    """
    rows = years_only(aid[["period", "fiscal_year", *_AMOUNTS]])
    sums = rows[rows["obligations_usd"] > 0].groupby("fiscal_year")[_AMOUNTS].sum()
    frame = sums.reset_index().astype({"fiscal_year": "int64"})
    frame = frame[frame["fiscal_year"].isin(deflator["fiscal_year"])]
    frame = to_constant(
        frame[["fiscal_year", "obligations_usd"]], deflator, base_fiscal_year, "obligations_usd"
    )
    printed = frame["fiscal_year"].map(sums["obligations_usd_constant"]).astype("float64")
    gap = 100.0 * (printed / frame["obligations_usd_constant"] - 1.0)
    return pd.DataFrame({"fiscal_year": frame["fiscal_year"], "gap": gap}).reset_index(drop=True)


def category_years(aid: pd.DataFrame, covered: Collection[int] | None = None) -> pd.DataFrame:
    """Return obligations by fiscal year and category, ascending.

    Out: fiscal_year (int), category (Economic, Military), obligations_usd (Int64, current US dollars),
    obligations_usd_constant (Int64, constant FY2020 US dollars as printed). Both categories have a row in
    every fiscal year, zero or missing by :data:`ZERO_RULE`.
    """
    sums = years_only(aid).groupby(["fiscal_year", "category"])[_AMOUNTS].sum()
    years = years_of(aid, covered)
    every = pd.MultiIndex.from_product([years, [ECONOMIC, MILITARY]], names=["fiscal_year", "category"])
    frame = sums.reindex(every).astype("Int64").reset_index().astype({"fiscal_year": "int64"})
    return _zero_where_listed(frame, aid, _AMOUNTS)


def year_totals(aid: pd.DataFrame, covered: Collection[int] | None = None) -> pd.DataFrame:
    """Return military and economic obligations by fiscal year, ascending.

    Out: fiscal_year, military_usd, economic_usd, total_usd (Int64, current US dollars), military_usd_constant,
    economic_usd_constant (Int64, constant FY2020 US dollars as printed), military_per_100_economic (US dollars
    of military aid for each 100 of economic aid, missing by :data:`NEGATIVE_RULE`).
    """
    sums = category_years(aid, covered)
    frame = sums[["fiscal_year"]].drop_duplicates().reset_index(drop=True)
    for category, name in ((MILITARY, "military"), (ECONOMIC, "economic")):
        rows = sums[sums["category"] == category].reset_index(drop=True)
        frame[f"{name}_usd"] = rows["obligations_usd"]
        frame[f"{name}_usd_constant"] = rows["obligations_usd_constant"]
    return with_total_and_ratio(frame)[
        [
            "fiscal_year", "military_usd", "economic_usd", "total_usd", "military_usd_constant",
            "economic_usd_constant", "military_per_100_economic",
        ]
    ]  # fmt: skip


def recipients(aid: pd.DataFrame, population: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the recipients of one fiscal year, most military aid first, those that name no country last.

    In: aid; population as ``schemas_aid.POPULATION``. Out: rank (Int64, by military obligations among named
    recipients with any; equal values share a rank; missing for all others), recipient, iso3, kind, region
    (missing for none), military_usd, economic_usd, total_usd (Int64, current US dollars), share_military
    (percent of the obligations to the recipient, missing by :data:`NEGATIVE_RULE`), population (Int64, people),
    military_per_head, total_per_head (US dollars, :data:`PER_HEAD_RULE`). Empty for a year that the Greenbook
    does not cover.
    """
    frame = recipients_of_year(aid, fiscal_year)
    people = population[population["year"] == fiscal_year].set_index("iso3")["population"]
    # The code of a former state is that of a smaller one today, whose population is not its own.
    whole = frame["iso3"].where(frame["kind"] != "former state")
    frame["population"] = whole.map(people).astype("Int64")
    heads = frame["population"].astype("Float64").where(frame["population"] > 0)
    for name in ("military", "total"):
        frame[f"{name}_per_head"] = (frame[f"{name}_usd"].astype("Float64") / heads).astype("float64")
    named = frame["kind"].isin(NAMED_KINDS)
    ranked = frame["military_usd"].where(named & (frame["military_usd"] > 0))
    frame["rank"] = ranked.rank(method="min", ascending=False).astype("Int64")
    frame = frame.assign(_unnamed=~named).sort_values(
        ["_unnamed", "military_usd", "recipient"], ascending=[True, False, True]
    )
    columns = [
        "rank", "recipient", "iso3", "kind", "region", "military_usd", "economic_usd", "total_usd",
        "share_military", "population", "military_per_head", "total_per_head",
    ]  # fmt: skip
    return frame[columns].reset_index(drop=True)


def recipient_years(aid: pd.DataFrame) -> pd.DataFrame:
    """Return military and economic obligations by recipient and fiscal year.

    Out: fiscal_year, recipient, military_usd, economic_usd, total_usd (Int64, current US dollars),
    military_per_100_economic (US dollars, missing by :data:`NEGATIVE_RULE`); one row for each recipient and
    fiscal year with a row in the Greenbook, sorted by both.
    """
    frame = by_category(years_only(aid), ["fiscal_year", "recipient_harmonised"])
    return frame.rename(columns={"recipient_harmonised": "recipient"})


def recipient_series(aid: pd.DataFrame, recipient: str) -> pd.DataFrame:
    """Return military and economic obligations to one recipient in every fiscal year of the Greenbook, ascending.

    In: all of aid, so that it says which years are covered; the display name of the recipient. Out: the columns of
    :func:`year_totals` and share_military (percent). The last rows are the last years of data; a year that does not
    list the recipient has missing amounts (:data:`ZERO_RULE`). Raises DataError for a name without a row.
    """
    rows = aid[aid["recipient_harmonised"] == recipient]
    if rows.empty:
        raise DataError(f"the Greenbook has no recipient named {recipient!r} in the {len(aid)} rows given")
    frame = pd.DataFrame({"fiscal_year": years_of(aid)}).merge(
        year_totals(rows), on="fiscal_year", how="left"
    )
    return frame.assign(share_military=military_share(frame))


def region_years(aid: pd.DataFrame) -> pd.DataFrame:
    """Return military and economic obligations by region and fiscal year, and those of all recipients.

    Out: fiscal_year, region (harmonised; "All recipients" for the sum of all rows, those of no region
    included), military_usd, economic_usd, total_usd (Int64, current US dollars), military_per_100_economic (US
    dollars, missing by :data:`NEGATIVE_RULE`). Every region has a row in every fiscal year; zero is zero.
    """
    rows = years_only(aid[["period", "fiscal_year", "region_harmonised", "category", "obligations_usd"]])
    regions = sorted(rows["region_harmonised"].dropna().unique())
    years = years_of(aid)
    rows = pd.concat([rows, rows.assign(region_harmonised=WORLD)], ignore_index=True)
    frame = by_category(rows, ["fiscal_year", "region_harmonised"])
    every = pd.MultiIndex.from_product([years, [WORLD, *regions]], names=["fiscal_year", "region_harmonised"])
    frame = frame.set_index(["fiscal_year", "region_harmonised"])[["military_usd", "economic_usd"]]
    frame = frame.reindex(every).fillna(0).reset_index().rename(columns={"region_harmonised": "region"})
    return with_total_and_ratio(frame)


def part_years(aid: pd.DataFrame, covered: Collection[int] | None = None) -> pd.DataFrame:
    """Return military obligations by fiscal year and part: those of :data:`PARTS` and all other accounts.

    Out: fiscal_year, part, obligations_usd (Int64, current US dollars; negative where more was taken back than
    obligated; missing by :data:`ZERO_RULE`). Every part has a row in every fiscal year; the parts add up to all
    military aid.
    """
    rows = military(aid)
    part = pd.Series(OTHER_ACCOUNTS, index=rows.index)
    for name, (column, value) in PARTS.items():
        part = part.mask((rows[column] == value).fillna(False), name)
    sums = rows.groupby([rows["fiscal_year"], part.rename("part")])["obligations_usd"].sum()
    parts = [*PARTS, OTHER_ACCOUNTS]
    every = pd.MultiIndex.from_product([years_of(aid, covered), parts], names=["fiscal_year", "part"])
    frame = sums.reindex(every).astype("Int64").reset_index()
    return _zero_where_listed(frame, aid, ["obligations_usd"])


def accounts(aid: pd.DataFrame, names: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the accounts of military aid of one fiscal year, largest first, beside the year before.

    In: aid; names as ``schemas_aid.AID_ACCOUNTS``. Out: account (name to show), code (empty text for none),
    obligations_usd, previous_usd (Int64, current US dollars; missing when the rows given do not hold the year
    before, zero by :data:`ZERO_RULE`), change, percent_change, share (percent of military aid, missing by
    :data:`NEGATIVE_RULE`). Accounts of the year before alone follow, with zero. Empty for a year that is not in
    the rows.
    """
    rows = military(aid)
    years = covered_years(aid)
    comparable = fiscal_year - 1 in years
    now, before = (
        of_year(rows, year).groupby("account")["obligations_usd"].sum()
        for year in (fiscal_year, fiscal_year - 1)
    )
    listed = now.index.union(before.index) if fiscal_year in years else now.index
    frame = pd.DataFrame({"printed": list(listed)}, dtype="str")
    frame["obligations_usd"] = frame["printed"].map(now).astype("Int64").fillna(0)
    frame["previous_usd"] = frame["printed"].map(before).astype("Int64")
    if comparable:
        frame["previous_usd"] = frame["previous_usd"].fillna(0)
    frame = frame.merge(names[["printed", "code", "name"]], on="printed", how="left")
    frame["account"] = frame["name"].fillna(frame["printed"]).astype("str")
    frame["code"] = frame["code"].fillna("").astype("str")
    frame = add_changes(frame, "obligations_usd", "previous_usd", comparable)
    frame["share"] = net_shares(frame["obligations_usd"])
    frame = frame.sort_values(
        ["obligations_usd", "previous_usd", "account"], ascending=[False, False, True], na_position="last"
    )
    columns = ["account", "code", "obligations_usd", "previous_usd", "change", "percent_change", "share"]
    return frame[columns].reset_index(drop=True)


_AMOUNTS = ["obligations_usd", "obligations_usd_constant"]


def military(aid: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of military aid; the transition quarter is left out."""
    rows = years_only(aid)
    return rows[rows["category"] == MILITARY]


def _zero_where_listed(frame: pd.DataFrame, aid: pd.DataFrame, amounts: list[str]) -> pd.DataFrame:
    """Return the frame with zero for missing amounts of the fiscal years that have a row of aid."""
    listed = frame["fiscal_year"].isin(covered_years(aid))
    return frame.assign(**{name: frame[name].mask(listed & frame[name].isna(), 0) for name in amounts})


def years_of(aid: pd.DataFrame, covered: Collection[int] | None = None) -> list[int]:
    """Return the fiscal years ``covered``, or those of the rows where none are given, ascending."""
    return sorted({int(year) for year in (covered_years(aid) if covered is None else covered)})
