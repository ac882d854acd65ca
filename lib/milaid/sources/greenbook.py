"""The Greenbook: U.S. Overseas Loans and Grants, obligations by recipient, fiscal year and account, from FY1946.

One sheet with a head of notes, then a row of column names, then one row for each fiscal year, recipient, funding
agency and account. Fiscal year 1976.9 is the transition quarter of July to September 1976, when the fiscal year
moved from July to October: it belongs to no fiscal year and is kept apart by ``period``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from milaid.errors import SourceError, list_problems
from milaid.sources.workbook import read_sheet

YEAR, TRANSITION_QUARTER = "year", "transition quarter"
PERIODS = (YEAR, TRANSITION_QUARTER)
"""What a fiscal year of a row covers: twelve months, or the three between fiscal years 1976 and 1977."""

CONSTANT_FISCAL_YEAR = 2020
_TRANSITION = "1976.9"
_NAMES = {
    "Fiscal Year": "fiscal_year",
    "Country": "recipient",
    "Region": "region",
    "Assistance Category": "category",
    "Publication Row": "publication_row",
    "Funding Agency": "agency",
    "Funding Account Name": "account",
    "Obligations (Historical Dollars)": "obligations_usd",
    "Obligations (Constant Dollars)": "obligations_usd_constant",
}
_TEXTS = ("recipient", "region", "category", "publication_row", "agency", "account")
_AMOUNTS = ("obligations_usd", "obligations_usd_constant")
# Whole dollars; a spreadsheet may write them with an empty fraction or an exponent.
_WHOLE = re.compile(r"-?\d+(\.0+)?")
_YEAR = re.compile(r"(19|20)\d\d")


def read_greenbook(path: Path) -> pd.DataFrame:
    """Return every row of the Greenbook in the order of the sheet.

    Columns: fiscal_year, period (one of ``PERIODS``), recipient, region, category, publication_row, account, agency
    (text as printed), obligations_usd and obligations_usd_constant (whole US dollars, current and of FY2020;
    negative where obligations were taken back), sheet_row (number of the row in the sheet). Raises SourceError
    with every missing column, or every cell that holds no value of its kind.
    """
    head: list[str] = []
    columns: list[str | None] = []
    rows = []
    for number, cells in read_sheet(path):
        if columns:
            if any(cells):
                rows.append([number, *cells, *[None] * (len(columns) - len(cells))])
        elif "Fiscal Year" in cells:
            columns = cells
        else:
            head += [cell for cell in cells if cell]
    _require_columns(path, columns)
    _require_unit(path, head)
    read = pd.DataFrame(rows, columns=["sheet_row", *columns]).rename(columns=_NAMES)
    _require_values(path, read)
    transition = read["fiscal_year"] == _TRANSITION
    return pd.DataFrame(
        {
            "fiscal_year": read["fiscal_year"].str[:4].astype("int16"),
            "period": transition.map({False: YEAR, True: TRANSITION_QUARTER}),
            **{name: read[name].str.strip() for name in _TEXTS},
            **{name: read[name].str.replace(r"\.0+$", "", regex=True).astype("int64") for name in _AMOUNTS},
            "sheet_row": read["sheet_row"].astype("int32"),
        }
    )


def _require_columns(path: Path, columns: Sequence[str | None]) -> None:
    missing = [name for name in _NAMES if name not in columns]
    if missing:
        found = ", ".join(name for name in columns if name) or "no row that has «Fiscal Year»"
        raise SourceError(
            f"{path}: not the Greenbook: no column {', '.join(missing)}; found: {found}; "
            "download it again from its official address"
        )


def _require_unit(path: Path, head: Sequence[str]) -> None:
    """Check that the head of the sheet says what the amounts are: whole dollars, constant ones of FY2020."""
    expected = f"Obligations (Current $US and Constant {CONSTANT_FISCAL_YEAR} $US)"
    if expected not in head:
        raise SourceError(
            f"{path}: the head of the sheet does not say «{expected}» but {' · '.join(head) or 'nothing'}; "
            "the amounts may be in another unit: look at the sheet, then change lib/milaid/sources/greenbook.py"
        )


def _require_values(path: Path, read: pd.DataFrame) -> None:
    problems = []
    for name in _NAMES.values():
        values = read[name].fillna("").str.strip()
        if name == "fiscal_year":
            wrong = ~(values.str.fullmatch(_YEAR) | (values == _TRANSITION))
        elif name in _AMOUNTS:
            wrong = ~values.str.fullmatch(_WHOLE)
        else:
            wrong = values == ""
        problems += [
            f"row {row.sheet_row}, {name}: «{values[row.Index]}»" for row in read[wrong].itertuples()
        ]
    if not len(read):
        problems.append("no row below the names of the columns")
    if problems:
        raise SourceError(
            list_problems(
                f"{path}: cells of the Greenbook that hold no value of their kind:",
                problems,
                "Fiscal years are four digits or 1976.9, amounts whole dollars. Download the file again.",
            )
        )
