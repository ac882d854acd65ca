"""The public report of Excess Defense Articles (EDA) of the Defense Security Cooperation Agency, one row an item."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pandas as pd

from milaid.errors import SourceError, list_problems
from milaid.sources.fmtr.values import parse_count, parse_date, parse_dollars, round_together

AUTHORITIES = {"Grant Authority": "grant", "FMS Sales": "sale"}
STATUSES = (
    "EDA Accepted/LOA Implemented",
    "EDA Cancelled",
    "EDA Delivered",
    "EDA Rejected",
    "LOA Offered",
    "Service Authorized to Supply EDA",
)
QUANTITIES = {
    "Qty Requested": "quantity_requested",
    "Qty Allocated": "quantity_allocated",
    "Qty Accepted": "quantity_accepted",
    "Qty Rejected": "quantity_rejected",
    "Total Delivered Qty": "quantity_delivered",
}
VALUES = {"Total Acquisition Value": "acquisition_value", "Total Current Value": "current_value"}
_TEXTS = {
    "Transfer Authority": "transfer_authority",
    "Implementing Agency": "implementing_agency",
    "Country (Transfer to)": "recipient",
    "Item Description": "item",
    "Status": "status",
}
_YEAR, _DATE = "Fiscal Year of Request", "Status Date"
_COLUMNS = (*_TEXTS, _YEAR, _DATE, *QUANTITIES, *VALUES)
_NOT_GIVEN = ("", "N/A")
_FIRST_ROW = 2


def read_excess_defense_articles(path: Path) -> pd.DataFrame:
    """Return the items of the report, one row each, as ``schemas_arms.EXCESS_DEFENSE_ARTICLES``.

    The columns that reference tables add are not there. Cents are rounded to whole dollars together for each
    recipient and fiscal year of request, so that a sum over them is off by less than a dollar for each
    such pair; what is printed stands beside it. Raises SourceError with every missing column, or with every cell
    that holds no value of its column.
    """
    rows = _read_rows(path)
    problems: list[str] = []
    items = [_item(row, number, problems) for number, row in enumerate(rows, _FIRST_ROW)]
    if problems:
        advice = (
            "Download the file again; where the official file has it, follow it in lib/milaid/sources/eda.py."
        )
        raise SourceError(list_problems(f"{path}: cells that cannot be read:", problems, advice))
    frame = pd.DataFrame(items)
    for name in VALUES.values():
        frame[f"{name}_usd"] = _whole_dollars(frame, name)
    frame["repeats_row"] = _repeats(items)
    dates = pd.to_datetime(frame["status_date"]).astype("datetime64[s]")
    counts = dict.fromkeys(QUANTITIES.values(), "Int32")
    return frame.assign(status_date=dates).drop(columns=list(VALUES.values())).astype(counts)


def _read_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head, *lines = list(csv.reader(stream, strict=True)) or [[]]
    except (OSError, ValueError, csv.Error) as error:
        raise SourceError(f"{path}: cannot be read as a table of Excess Defense Articles: {error}") from error
    if missing := [name for name in _COLUMNS if name not in head]:
        raise SourceError(
            f"{path}: not the public report of Excess Defense Articles: no column {', '.join(missing)}; "
            f"found: {', '.join(head) or 'nothing'}; check that it is the right file"
        )
    if not lines:
        raise SourceError(f"{path}: no items below the head; download the file again")
    if short := [str(row) for row, line in enumerate(lines, _FIRST_ROW) if len(line) != len(head)]:
        raise SourceError(
            f"{path}: {len(head)} cells a row expected, other numbers in rows {', '.join(short[:10])}; the file is "
            "cut off or damaged: download it again"
        )
    return [dict(zip(head, line, strict=True)) for line in lines]


def _item(row: dict[str, str], number: int, problems: list[str]) -> dict[str, object]:
    """Return one item with typed values; adds a sentence to ``problems`` for each cell that holds none."""

    def cell(column: str, read: Callable[[str], Any], empty: tuple[str, ...] = ()) -> Any:
        text = " ".join(row[column].split())
        value = None if text in empty else read(text)
        if value is None and text not in empty:
            problems.append(f"row {number}, {column}: «{row[column]}»")
        return value

    def text(value: str) -> str | None:
        return value or None

    return {
        "file_row": number,
        "fiscal_year": cell(_YEAR, _fiscal_year),
        **{name: cell(column, text) for column, name in _TEXTS.items()},
        "transfer_authority": cell("Transfer Authority", AUTHORITIES.get),
        "status": cell("Status", lambda value: value if value in STATUSES else None),
        "status_date": cell(_DATE, parse_date),
        **{name: cell(column, parse_count, _NOT_GIVEN) for column, name in QUANTITIES.items()},
        **{name: cell(column, parse_dollars, _NOT_GIVEN) for column, name in VALUES.items()},
        **{f"{name}_printed": row[column].strip() or None for column, name in VALUES.items()},
    }


def _fiscal_year(text: str) -> int | None:
    return int(text) if len(text) == 4 and text.isdecimal() else None


def _whole_dollars(frame: pd.DataFrame, name: str) -> pd.Series:
    rounded = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    for _, amounts in frame.groupby(["recipient", "fiscal_year"])[name]:
        exact: list[Decimal | None] = [amount if isinstance(amount, Decimal) else None for amount in amounts]
        rounded[amounts.index] = pd.array(round_together(exact), "Int64")
    return rounded


def _repeats(items: list[dict[str, object]]) -> pd.Series:
    """Return for each item that says just what an earlier one says the row of the first such item."""
    first: dict[tuple[object, ...], int] = {}
    rows: list[int | None] = []
    for item in items:
        number, *said = item.values()
        row = first.setdefault(tuple(said), cast("int", number))
        rows.append(None if row == number else row)
    return pd.Series(rows, dtype="Int32")
