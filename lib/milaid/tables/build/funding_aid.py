"""The table foreignassistance.parquet made of the file of funding accounts, and how a file is told from the other."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from milaid import fiscal, paths
from milaid.progress import Progress
from milaid.sources.download.single import fetch_file
from milaid.sources.foreignassistance_funding import (
    ADDRESS,
    COLUMNS,
    FILE_NAME,
    SPENT,
    Funding,
    is_funding,
    read_funding,
)
from milaid.tables import schemas_aid, store
from milaid.tables.aid_comparison import TOLERANCE_USD, funding_and_country_totals
from milaid.tables.build import added
from milaid.tables.build.aid_addition import (
    REVISED,
    AidAddition,
    base_years,
    counted,
    listed,
    unknown_recipients,
)
from milaid.tables.build.complete_aid import add_complete_aid

_MOST_DIFFERENCES = 20


def add_aid(file: Path, today: date | None = None) -> AidAddition:
    """Add a file of ForeignAssistance.gov up into data/foreignassistance.parquet, in the place of one that is there.

    ``file`` is us_foreign_aid_funding.csv, known by the names of its columns, or us_foreign_aid_complete.csv. Raises
    RequestError where there is no such file, SourceError with line, column and value where it is not as published; the
    table is then as it was.
    """
    return (add_funding if _is_funding_file(file) else add_complete_aid)(file, today)


def download_funding(url: str = ADDRESS) -> Path:
    """Fetch the file of funding accounts anew, on from where it broke off, and return its place below data/official/."""
    file = paths.official_dir() / "aid" / FILE_NAME
    fetch_file(url, file)
    return file


def add_funding(file: Path, today: date | None = None) -> AidAddition:
    """Add the file of funding accounts up, with the kind of aid of each account where the file does not say it."""
    with Progress(f"Reading {file.name}, rows") as progress:
        read = read_funding(file, today or date.today())
        progress.advance(read.count)
    frame = with_reference(read.rows, store.load_aid_recipients(), store.load_aid_accounts())
    notes = tuple(_notes(read, frame))
    added.put_frame(frame, schemas_aid.FOREIGNASSISTANCE)
    years = frame["fiscal_year"]
    comparison = _compared(frame)
    return AidAddition(
        file, read.count, len(frame), int(years.min()), int(years.max()), notes, comparison, read="rows"
    )


def with_reference(rows: pd.DataFrame, recipients: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return rows with recipient, region and account as the reference tables have them, and with the basis of category.

    An account is found by its number, else by its name in any case. Where the file gives no objective, category is that
    of the account; it is empty for an account that pays for both kinds of aid, or that is not known.
    """
    known = recipients.set_index("printed")
    by_name = accounts.assign(key=accounts["printed"].map(_key)).drop_duplicates("key").set_index("key")
    by_number = accounts.dropna(subset=["account_id"]).drop_duplicates("account_id").set_index("account_id")
    keys = rows["account"].map(_key)

    def of_account(column: str) -> pd.Series:
        return rows["account_id"].map(by_number[column]).fillna(keys.map(by_name[column]))

    kind = of_account("kind_of_aid")
    printed = rows["category"]
    basis = kind.map({schemas_aid.EITHER: schemas_aid.EITHER}).fillna(schemas_aid.BY_ACCOUNT)
    basis = basis.mask(kind.isna(), schemas_aid.NO_ACCOUNT).mask(printed.notna(), schemas_aid.BY_OBJECTIVE)
    return rows.assign(
        iso3=rows["country"].map(known["iso3"]),
        recipient_harmonised=rows["country"].map(known["recipient"]),
        region_harmonised=rows["country"].map(known["region"]),
        account_code=of_account("code"),
        category=printed.fillna(kind.where(kind.isin(schemas_aid.AID_CATEGORIES))),
        category_basis=basis,
    )


def _key(name: object) -> str:
    return " ".join(str(name).casefold().split())


def _is_funding_file(file: Path) -> bool:
    """Return whether the first line names the columns of the file of funding accounts; what cannot be read is not it."""
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            return is_funding(next(csv.reader(lines), []))
    except (OSError, csv.Error):
        return False


def _notes(read: Funding, frame: pd.DataFrame) -> Iterator[str]:
    """Yield what a user should know of the file and of what was made of it."""
    if "category" not in read.has:
        yield (
            f"the file has no column {COLUMNS['category']}: economic and military follow from the accounts "
            "(data/reference/aid_accounts.csv), as the column category_basis says"
        )
    yield from _apart(frame, schemas_aid.EITHER, "paying for both kinds of aid, which stands apart")
    yield from _apart(
        frame, schemas_aid.NO_ACCOUNT, "that aid_accounts.csv does not have, which stands apart"
    )
    if "constant" not in read.has:
        yield "the file has no constant dollars"
    else:
        base = frame.dropna(subset=["constant_base_fiscal_year"])
        pairs = base[["transaction_type", "constant_base_fiscal_year"]].drop_duplicates()
        yield base_years([(str(kind), int(year)) for kind, year in pairs.itertuples(index=False)])
    if without := int(frame["without_amount"].sum()):
        yield f"rows without an amount: {without:,}"
    if not read.ends_whole:
        yield "the file does not end with a line break: look whether the download is whole"
    partial = sorted(set(frame.loc[frame["partial"] & frame["transaction_type"].isin(SPENT), "fiscal_year"]))
    if partial:
        yield f"not complete: {', '.join(fiscal.label(int(year)) for year in partial)}, the last year with obligations"
    yield from unknown_recipients(
        sorted(set(frame.loc[frame["recipient_harmonised"].isna(), "country"].astype(str)))
    )


def _apart(frame: pd.DataFrame, basis: str, what: str) -> Iterator[str]:
    rows = frame[frame["category_basis"] == basis]
    if len(rows):
        names = sorted(set(rows["account"].astype(str)))
        newest = int(frame.loc[frame["transaction_type"] == SPENT[0], "fiscal_year"].max())
        owed = rows[(rows["transaction_type"] == SPENT[0]) & (rows["fiscal_year"] > newest - 5)]
        yield (
            f"{counted(len(names), 'account')} {what}: {listed(names)}; ${owed['amount_usd'].sum():,.0f} of the obligations of "
            f"{fiscal.span(newest - 4, newest)}"
        )


def _compared(frame: pd.DataFrame) -> str:
    """Return in lines how sums by country, fiscal year and type of transaction compare with those of the country file."""
    both = funding_and_country_totals(frame, store.load_aid_country_totals())
    different = both[~both["agrees"]]
    lines = [
        f"sums by country, fiscal year and type of transaction against the country file: {int(both['agrees'].sum()):,} of "
        f"{len(both):,} agree within ${TOLERANCE_USD:,}. {REVISED}"
    ]
    if different.empty:
        return lines[0]
    shown = different.sort_values("difference_usd", key=lambda values: -values.abs(), kind="stable")
    lines.append(f"{'':60}{'this file':>20}{'country file':>20}{'difference':>20}")
    for row in shown.head(_MOST_DIFFERENCES).itertuples():
        what = f"  {fiscal.label(int(row.fiscal_year))} {str(row.country)[:30]}, {row.transaction_type}"
        amounts = (row.funding_file_usd, row.country_file_usd, row.funding_file_usd - row.country_file_usd)
        lines.append(what.ljust(60) + "".join(f"{amount:20,.0f}" for amount in amounts))
    if len(shown) > _MOST_DIFFERENCES:
        lines.append(f"  and {len(shown) - _MOST_DIFFERENCES:,} more, each smaller")
    return "\n".join(lines)
