"""Small reports of Excess Defense Articles; all items are made up."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

ITEM = {
    "Transfer Authority": "Grant Authority", "Fiscal Year of Request": "2014", "Implementing Agency": "Navy",
    "Country (Transfer to)": "Albania", "Item Description": "PATROL  BOAT ", "Status": "EDA Delivered",
    "Status Date": "3/9/15", "Qty Requested": "12", "Qty Allocated": "10", "Qty Accepted": "0",
    "Qty Rejected": "N/A", "Total Delivered Qty": "", "Total Acquisition Value": "$1,234.40",
    "Total Current Value": "$5.00",
}  # fmt: skip


def write_report(path: Path, *items: dict[str, str], columns: Iterable[str] = tuple(ITEM)) -> Path:
    """Write a report of items, each ``ITEM`` but for what is given, and return where it lies."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**ITEM, **item} for item in items)
    return path
