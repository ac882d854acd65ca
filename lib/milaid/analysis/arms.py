"""Arms: agreements of Foreign Military Sales, and excess defense articles, each for itself.

Agreements, deliveries, notifications, licences and donated articles are different things: no function of this
module, and no other, adds one of them to another.
"""

from __future__ import annotations

import pandas as pd

from milaid.analysis.groups import net_shares, of_year
from milaid.errors import DataError

AGREEMENTS_RULE = (
    "Agreements of Foreign Military Sales implemented in the fiscal year, in current US dollars, less reductions of "
    "earlier agreements: an amount can be below zero. Foreign Military Sales (FMS) are paid by the recipient; "
    "FMF-funded agreements are paid with US Foreign Military Financing. The total of agreements is the sum of "
    "those of FMS and those that are FMF-funded, as the book prints it."
)
BLOCK_RULE = (
    "The book gives agreements by fiscal year from FY2020 on and those of FY1950 to FY2019 in one sum, which is not "
    "set beside single years."
)
EXCESS_RULE = (
    "An item is a row of the report. It counts as delivered only where its status is “EDA Delivered”, whatever "
    "quantity is printed. The fiscal year is that of the request; the delivery may be later. Values are of delivered "
    "items: the original acquisition value and the lower current value, in current US dollars. Items without a "
    "printed value count as items and no dollars."
)
DELIVERED = "EDA Delivered"
AMOUNTS = ("fms_agreements_usd", "fmf_funded_agreements_usd", "total_agreements_usd")
NO_REGION = "No region"
"""Stands for the region of organisations without one."""
_WHO = ["recipient", "iso3", "kind", "region"]


def single_years(sales: pd.DataFrame) -> tuple[int, ...]:
    """Return the fiscal years whose agreements the book gives by year, ascending; the block is none of them."""
    return tuple(int(year) for year in sorted(sales["fiscal_year"].dropna().unique()))


def agreements(sales: pd.DataFrame) -> pd.DataFrame:
    """Return agreements by recipient and fiscal year; the block of years before is left out.

    In: ``schemas.ARMS_SALES``; of several editions the newest that has a year counts. Out, by year and recipient:
    fiscal_year, recipient, iso3, kind, region, fms_agreements_usd, fmf_funded_agreements_usd (Int64, current US
    dollars; missing where the book prints none), total_agreements_usd, page (of the book). Zeros are kept: the book
    prints them. Rule: :data:`AGREEMENTS_RULE`.
    """
    rows = _newest(sales[sales["fiscal_year"].notna()])
    frame = _by(rows, ["fiscal_year"])
    frame["fiscal_year"] = frame["fiscal_year"].astype("int64")
    return frame.sort_values(["fiscal_year", "recipient"]).reset_index(drop=True)


def agreements_of_year(sales: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the agreements of one fiscal year, largest total first.

    Out: the columns of :func:`agreements`, rank (Int64; equal totals share a rank) and share (percent of the total
    of the year, net of reductions; missing for an amount below zero or above that total, and for all where the total
    is not above zero). Raises DataError for a year that the book does not give by itself.
    """
    frame = agreements(sales)
    frame = of_year(frame, fiscal_year)
    if frame.empty:
        raise DataError(
            f"agreements of fiscal year {fiscal_year} are not given by year; years given: "
            f"{', '.join(map(str, single_years(sales))) or 'none'}"
        )
    total = frame["total_agreements_usd"]
    rank = total.rank(method="min", ascending=False).astype("Int64")
    frame = frame.assign(rank=rank, share=net_shares(total))
    return frame.sort_values(["rank", "recipient"]).reset_index(drop=True)


def agreement_regions(sales: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return the agreements of one fiscal year by region, largest total first.

    Out: region (:data:`NO_REGION` for organisations without one), recipients (with a total other than zero), the three
    amounts of :func:`agreements`. Raises DataError as :func:`agreements_of_year`.
    """
    frame = agreements_of_year(sales, fiscal_year)
    frame = frame.assign(
        region=frame["region"].fillna(NO_REGION),
        recipients=(frame["total_agreements_usd"] != 0).astype("Int64"),
    )
    regions = frame.groupby("region", as_index=False)[["recipients", *AMOUNTS]].sum(min_count=1)
    return regions.sort_values(["total_agreements_usd", "region"], ascending=[False, True]).reset_index(
        drop=True
    )


def block_agreements(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the agreements that the book gives only as one sum of many years, largest first.

    Of several editions the newest counts: their blocks overlap. Out: first_fiscal_year, last_fiscal_year, recipient,
    iso3, kind, region, total_agreements_usd, page. Rule: :data:`BLOCK_RULE`.
    """
    rows = sales[sales["fiscal_year"].isna()]
    rows = rows[rows["edition_fiscal_year"] == rows["edition_fiscal_year"].max()]
    frame = _by(rows, ["first_fiscal_year", "last_fiscal_year"]).drop(columns=list(AMOUNTS[:2]))
    return frame.sort_values(["total_agreements_usd", "recipient"], ascending=[False, True]).reset_index(
        drop=True
    )


def excess_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Return excess defense articles by fiscal year of request, recipient, and grant or sale.

    In: ``schemas.EXCESS_DEFENSE_ARTICLES``. Out, by year, recipient and authority: fiscal_year, recipient, iso3,
    kind, region, transfer_authority ("grant" or "sale"), requested_items (rows of any status), delivered_items (rows
    of status :data:`DELIVERED`), acquisition_value_usd and current_value_usd of the delivered items (Int64, current
    US dollars; 0 without a delivered item, missing where delivered items have no printed value). Rule:
    :data:`EXCESS_RULE`.
    """
    delivered = articles["status"] == DELIVERED
    rows = _named(articles).assign(delivered_items=delivered.astype("Int64"))
    values = ["acquisition_value_usd", "current_value_usd"]
    for name in values:
        rows[name] = rows[name].where(delivered, pd.NA).astype("Int64")
    keys = ["fiscal_year", "recipient", "transfer_authority"]
    grouped = rows.groupby(keys, sort=True)
    frame = grouped[_WHO[1:]].first()
    frame["requested_items"] = grouped.size().astype("Int64")
    frame["delivered_items"] = grouped["delivered_items"].sum().astype("Int64")
    for name in values:
        frame[name] = grouped[name].sum(min_count=1).mask(frame["delivered_items"] == 0, 0).astype("Int64")
    frame = frame.reset_index()
    return frame[
        [
            "fiscal_year", *_WHO, "transfer_authority", "requested_items", "delivered_items", *values
        ]
    ]  # fmt: skip


def excess_recipients(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the excess defense articles by fiscal year of request and recipient, of each year most dollars first.

    Out: fiscal_year, recipient, iso3, region, requested_items, delivered_items, grant_value_usd and sale_value_usd
    (acquisition value of delivered items, given and sold), acquisition_value_usd and current_value_usd (both
    authorities), rank (in its year, Int64; equal acquisition values share one; missing without a delivered item).
    Recipients without a delivered item stay, with zeros.
    """
    rows = excess_articles(articles)
    counts = ["requested_items", "delivered_items"]
    values = ["acquisition_value_usd", "current_value_usd"]
    keys = ["fiscal_year", "recipient"]
    grouped = rows.groupby(keys, sort=True)
    frame = grouped[["iso3", "region"]].first().join(grouped[counts].sum())
    for authority in ("grant", "sale"):
        part = rows[rows["transfer_authority"] == authority].set_index(keys)["acquisition_value_usd"]
        # No row of this authority is zero dollars; a row whose delivered items have no value stays missing.
        frame[f"{authority}_value_usd"] = part.reindex(frame.index).mask(~frame.index.isin(part.index), 0)
    frame = frame.join(grouped[values].sum(min_count=1)).reset_index()
    value = frame["acquisition_value_usd"].where(frame["delivered_items"] > 0)
    frame["rank"] = value.groupby(frame["fiscal_year"]).rank(method="min", ascending=False).astype("Int64")
    return frame.sort_values(
        ["fiscal_year", "acquisition_value_usd", "delivered_items", "recipient"],
        ascending=[True, False, False, True],
    ).reset_index(drop=True)


def excess_of_year(articles: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return what :func:`excess_recipients` returns of one fiscal year, without that column.

    Empty for a year without requests.
    """
    return excess_recipients(of_year(articles, fiscal_year)).drop(columns="fiscal_year")


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest edition that holds their years."""
    newest = rows.groupby(["first_fiscal_year", "last_fiscal_year"])["edition_fiscal_year"].transform("max")
    return rows[rows["edition_fiscal_year"] == newest]


def _by(rows: pd.DataFrame, years: list[str]) -> pd.DataFrame:
    """Return sums by years and recipient, with what the recipient is and the first page."""
    grouped = _named(rows).groupby([*years, "recipient"], sort=True)
    frame = grouped[_WHO[1:]].first().join(grouped[list(AMOUNTS)].sum(min_count=1))
    frame["page"] = grouped["page"].min()
    return frame.reset_index()[[*years, *_WHO, *AMOUNTS, "page"]]


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the display name as recipient, kind and region in place of their longer names."""
    return rows.drop(columns=["recipient", "region"], errors="ignore").rename(
        columns={
            "recipient_harmonised": "recipient",
            "recipient_kind": "kind",
            "region_harmonised": "region",
        }
    )
