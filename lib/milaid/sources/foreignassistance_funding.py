"""The file of funding accounts of ForeignAssistance.gov: aid by account, country and year, added up by the publisher.

The columns are found by name. Whether the file names the objective of aid (economic or military) is not sure: it is read
where it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from milaid.errors import SourceError, list_problems
from milaid.sources.csv_records import records, require_table
from milaid.sources.foreignassistance import TRANSITION_YEAR, base_years
from milaid.sources.foreignassistance_complete import CATEGORIES, FIRST_FISCAL_YEAR, YEARS_AHEAD
from milaid.sources.greenbook import TRANSITION_QUARTER, YEAR

FILE_NAME = "us_foreign_aid_funding.csv"
ADDRESS = f"https://s3.amazonaws.com/files.explorer.devtechlab.com/{FILE_NAME}"
COLUMNS = {
    "fiscal_year": "Fiscal Year",
    "country_code": "Country Code",
    "country": "Country Name",
    "region": "Region Name",
    "category": "Foreign Assistance Objective Name",
    "account_id": "Funding Account ID",
    "account": "Funding Account Name",
    "agency": "Funding Agency Name",
    "transaction_type": "Transaction Type Name",
    "amount": "current_amount",
    "constant": "constant_amount",
}
"""What is read, and what the publisher calls its column."""
OPTIONAL = frozenset({"region", "category", "account_id", "constant"})
"""Columns that a copy of the file may do without."""
KEYS = tuple(name for name in COLUMNS if name not in ("amount", "constant"))
ADVICE = f"Download {FILE_NAME} again, whole, and do not save it from a spreadsheet. Nothing was written."
SPENT = ("Obligations", "Disbursements")
"""The types of transactions that have happened; plans and requests are of years to come."""
_MOST_PROBLEMS = 20
_NOTHING = ("", "NULL")
_AMOUNT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_FILLED = ("country", "account", "transaction_type")


@dataclass(frozen=True)
class Funding:
    """What a file holds: its rows added up, how many there were, and whether it ends as a whole file does.

    ``rows`` has the columns fiscal_year (int16), period, partial, country_code, country, region, category, account_id,
    account, agency, transaction_type (text as printed, missing for empty and NULL), transactions, without_amount (int64),
    amount_usd, amount_usd_constant (float, US dollars; the second missing where the file gives none) and
    constant_base_fiscal_year. ``has`` are the optional columns that the file has.
    """

    rows: pd.DataFrame
    count: int
    has: frozenset[str]
    ends_whole: bool


def is_funding(names: list[str]) -> bool:
    """Return whether the names of columns are those of the file of funding accounts, and of no other of the publisher."""
    lower = {name.strip().casefold() for name in names}
    return {COLUMNS["account"].casefold(), COLUMNS["amount"]} <= lower


def read_funding(path: Path, today: date) -> Funding:
    """Return the file added up by year, country, account, agency and type of transaction.

    A fiscal year is partial where it is the last with obligations or disbursements: the publisher still adds to it.
    Raises RequestError where there is no such file, SourceError with line, column and value of what cannot be read.
    """
    require_table(path, FILE_NAME, ADVICE)
    lines = records(path, ADVICE)
    _, names = next(lines)
    places = _places(path, names)
    sums = _added(path, lines, places, today.year + YEARS_AHEAD)
    if not sums:
        raise SourceError(f"{path}: line 2: no row below the names of the columns. {ADVICE}")
    with path.open("rb") as stream:
        stream.seek(-1, 2)
        ends_whole = stream.read(1) in (b"\n", b"\r")
    count = sum(each.rows for each in sums.values())
    return Funding(_as_frame(sums), count, frozenset(OPTIONAL & set(places)), ends_whole)


@dataclass
class _Sum:
    """What the rows of one group come to."""

    rows: int = 0
    without: int = 0
    amount: Decimal = Decimal(0)
    constant: Decimal | None = None


def _places(path: Path, names: list[str]) -> dict[str, int]:
    """Return the place of each column that is read; SourceError for columns that are missing or named twice."""
    lower = [name.strip().casefold() for name in names]
    wanted = {column: name.casefold() for column, name in COLUMNS.items()}
    missing = [COLUMNS[c] for c, name in wanted.items() if name not in lower and c not in OPTIONAL]
    twice = [COLUMNS[c] for c, name in wanted.items() if lower.count(name) > 1]
    if missing or twice:
        wrong = [
            *([f"no column {', '.join(missing)}"] if missing else []),
            *([f"more than one column {', '.join(twice)}"] if twice else []),
        ]
        found = ", ".join(names[:60])[:2000]
        raise SourceError(f"{path}: line 1: {'; '.join(wrong)}; found {len(names)}: {found}. {ADVICE}")
    return {column: lower.index(name) for column, name in wanted.items() if name in lower}


def _added(
    path: Path, lines: Iterator[tuple[int, list[str]]], places: Mapping[str, int], last_year: int
) -> dict[tuple[str, ...], _Sum]:
    sums: dict[tuple[str, ...], _Sum] = {}
    problems: list[str] = []
    for line, record in lines:
        cell = {column: record[place].strip() for column, place in places.items()}
        wrong = [f"line {line}, column {problem}" for problem in _wrong_cells(cell, last_year)]
        problems += wrong
        if len(problems) > _MOST_PROBLEMS:
            break
        if not wrong:
            group = sums.setdefault(tuple(cell.get(key, "") for key in KEYS), _Sum())
            _add(group, cell)
    if problems:
        more = " and more of the same" if len(problems) > _MOST_PROBLEMS else ""
        heading = f"{path}: not the file of funding accounts as it is published{more}:"
        raise SourceError(list_problems(heading, problems[:_MOST_PROBLEMS], ADVICE))
    return sums


def _add(group: _Sum, cell: Mapping[str, str]) -> None:
    group.rows += 1
    if cell["amount"] in _NOTHING:
        group.without += 1
    else:
        group.amount += Decimal(cell["amount"])
    if cell.get("constant", "") not in _NOTHING:
        group.constant = (group.constant or Decimal(0)) + Decimal(cell["constant"])


def _wrong_cells(cell: Mapping[str, str], last_year: int) -> Iterator[str]:
    year = cell["fiscal_year"]
    in_range = re.fullmatch("[0-9]{4}", year) and FIRST_FISCAL_YEAR <= int(year) <= last_year
    if year.lower() != TRANSITION_YEAR and not in_range:
        yield (
            f"{COLUMNS['fiscal_year']}: «{year[:60]}» is neither {FIRST_FISCAL_YEAR} to {last_year} nor {TRANSITION_YEAR}"
        )
    for column in _FILLED:
        if cell[column] in _NOTHING:
            yield f"{COLUMNS[column]}: is empty"
    if (category := cell.get("category", "")) not in (*CATEGORIES, *_NOTHING):
        yield f"{COLUMNS['category']}: «{category[:60]}» is neither {' nor '.join(CATEGORIES)}"
    for column in ("amount", "constant"):
        value = cell.get(column, "")
        if value not in _NOTHING and not _AMOUNT.fullmatch(value):
            yield f"{COLUMNS[column]}: «{value[:60]}» is no number of dollars"


def _as_frame(sums: Mapping[tuple[str, ...], _Sum]) -> pd.DataFrame:
    rows = pd.DataFrame(list(sums), columns=list(KEYS))
    rows = rows.mask(rows.isin(_NOTHING), None)
    transition = rows["fiscal_year"].str.lower() == TRANSITION_YEAR
    years = rows["fiscal_year"].str[:4].astype("int16")
    spent = years[rows["transaction_type"].isin(SPENT)]
    frame = rows.assign(
        fiscal_year=years,
        period=transition.map({False: YEAR, True: TRANSITION_QUARTER}),
        partial=years >= (spent.max() if len(spent) else years.min()),
        transactions=[each.rows for each in sums.values()],
        without_amount=[each.without for each in sums.values()],
        amount_usd=[float(each.amount) for each in sums.values()],
        amount_usd_constant=[
            None if each.constant is None else float(each.constant) for each in sums.values()
        ],
    )
    frame["amount_usd_constant"] = frame["amount_usd_constant"].astype("float64")
    given = frame[frame["amount_usd_constant"].notna()]
    frame["constant_base_fiscal_year"] = frame["transaction_type"].map(base_years(given)).astype("Int16")
    order = [
        "fiscal_year",
        "period",
        "country",
        "account",
        "agency",
        "transaction_type",
        "account_id",
        "category",
    ]
    return frame.sort_values(order, ignore_index=True)
