"""Aid in a file of ForeignAssistance.gov: a series of its own, never joined to that of the Greenbook."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.obligations import years_only
from milaid.tables.money import to_constant

LATER_RULE = (
    "Later years are obligations in a file of ForeignAssistance.gov, which counts aid in its own way and "
    "revises it: they stand apart and no change is computed from the Greenbook to them. Years that were not over in "
    "the file are left out."
)
OBLIGATIONS_RULE = "Aid is obligations of the fiscal year in a file of ForeignAssistance.gov, which counts aid in its own way and revises it."
APART_RULE = (
    "Where the file does not name the kind of aid, it follows from the account; accounts that pay for both kinds, and those "
    "that are not known, stand apart and are in neither."
)
PROVISIONAL_RULE = "the publisher still adds to the two newest years of its file"
PROVISIONAL_YEARS = 2
"""How many of the newest fiscal years with obligations are provisional."""
AMOUNTS = ("military_usd", "economic_usd", "apart_usd")
_CATEGORIES = {"Military": AMOUNTS[0], "Economic": AMOUNTS[1]}
_APART = "apart"


def obligations(foreignassistance: pd.DataFrame) -> pd.DataFrame:
    """Return the obligations of fiscal years, ``schemas_aid.FOREIGNASSISTANCE`` in and out."""
    rows = years_only(foreignassistance)
    return rows[(rows["transaction_type"] == "Obligations").fillna(False).astype(bool)]


def provisional_from(foreignassistance: pd.DataFrame) -> int | None:
    """Return the first of the newest fiscal years, which are provisional; None without an obligation."""
    years = obligations(foreignassistance)["fiscal_year"]
    return None if years.empty else int(years.max()) - PROVISIONAL_YEARS + 1


def years_alone(foreignassistance: pd.DataFrame, after: int) -> tuple[int, ...]:
    """Return the fiscal years with obligations after ``after``, ascending."""
    years = obligations(foreignassistance)["fiscal_year"].unique()
    return tuple(sorted(int(year) for year in years if year > after))


def later_years(
    foreignassistance: pd.DataFrame,
    after: int,
    deflator: pd.DataFrame,
    base_fiscal_year: int,
    with_partial: bool = False,
) -> pd.DataFrame:
    """Return the obligations of the fiscal years after ``after``, ascending; those not over only ``with_partial``.

    In: ``schemas_aid.FOREIGNASSISTANCE``. Out: fiscal_year (int), military_usd, economic_usd, apart_usd (float, current
    US dollars, zero without a row of that kind; apart is what no category is known of), the same in US dollars of
    ``base_fiscal_year`` by the GDP deflator (military_usd_constant and so on), partial (bool). Rules: :data:`LATER_RULE`,
    :data:`APART_RULE`. No rows where the table has none. Raises DataError for a year without a deflator.
    """
    rows = obligations(foreignassistance)
    rows = rows[rows["fiscal_year"] > after]
    if not with_partial:
        rows = rows[~rows["partial"].astype(bool)]
    frame = by_category(rows, ["fiscal_year"]).astype({"fiscal_year": "int64"})
    partial = rows.groupby("fiscal_year")["partial"].any()
    frame["partial"] = frame["fiscal_year"].map(partial).astype(bool)
    for name in AMOUNTS:
        frame = to_constant(frame, deflator, base_fiscal_year, name)
    return frame.drop(columns="base_fiscal_year")


def by_category(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the sums of rows (amount_usd) by some columns: military_usd, economic_usd and apart_usd, sorted by them."""
    sums = (
        rows.assign(category=rows["category"].fillna(_APART))
        .groupby([*by, "category"])["amount_usd"]
        .sum()
        .unstack("category")
    )
    frame = sums.index.to_frame(index=False)
    for category, name in {**_CATEGORIES, _APART: AMOUNTS[2]}.items():
        amounts = sums[category] if category in sums else pd.Series(0.0, index=sums.index)
        frame[name] = amounts.astype("float64").fillna(0.0).to_numpy()
    return frame


def recipients_of_year(foreignassistance: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the obligations of one fiscal year by recipient, ranked ones first, with most military aid in front.

    Out: recipient (display name, as printed for one that is not known), iso3, region (missing for none), military_usd,
    economic_usd, apart_usd, total_usd, share_military (percent of all aid; missing where a kind is below zero or the total
    not above it), rank (of countries and territories with military aid above zero; equal amounts share one).
    """
    rows = obligations(foreignassistance)
    rows = rows[rows["fiscal_year"] == fiscal_year]
    rows = rows.assign(recipient=rows["recipient_harmonised"].fillna(rows["country"]))
    frame = by_category(rows, ["recipient"])
    known = rows.drop_duplicates("recipient").set_index("recipient")
    frame["iso3"] = frame["recipient"].map(known["iso3"])
    frame["region"] = frame["recipient"].map(known["region_harmonised"])
    frame["total_usd"] = frame[list(AMOUNTS)].sum(axis=1)
    whole = (frame[list(AMOUNTS)] >= 0).all(axis=1) & (frame["total_usd"] > 0)
    frame["share_military"] = (100 * frame["military_usd"] / frame["total_usd"]).where(whole)
    ranked = frame["military_usd"].where(frame["iso3"].notna() & (frame["military_usd"] > 0))
    frame["rank"] = ranked.rank(method="min", ascending=False).astype("Int64")
    order = ["_unranked", "military_usd", "total_usd", "recipient"]
    frame["_unranked"] = frame["rank"].isna()
    frame = frame.sort_values(order, ascending=[True, False, False, True], ignore_index=True)
    return frame.drop(columns="_unranked")


def accounts_of_year(foreignassistance: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the obligations of one fiscal year by account and kind of aid, most dollars first.

    Out: account (as printed; missing names are left out), code (missing for none), category ("Military", "Economic" or
    missing), category_basis, obligations_usd.
    """
    rows = obligations(foreignassistance)
    rows = rows[(rows["fiscal_year"] == fiscal_year) & rows["account"].notna()]
    keys = ["account", "account_code", "category", "category_basis"]
    sums = rows.groupby(keys, dropna=False)["amount_usd"].sum().reset_index()
    frame = sums.rename(columns={"account_code": "code", "amount_usd": "obligations_usd"})
    return frame.sort_values(["obligations_usd", "account"], ascending=[False, True]).reset_index(drop=True)
