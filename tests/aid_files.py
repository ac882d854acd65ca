"""Draws small files like those on aid and on its context: a Greenbook, a country file, two of the World Bank."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from milaid import paths
from milaid.sources.foreignassistance import read_country_totals
from milaid.tables import aid, schemas_aid
from milaid.tables.schema import conform
from milaid.tables.source_files import (
    COUNTRY_TOTALS_SOURCE,
    GDP_SOURCE,
    GREENBOOK_SOURCE,
    POPULATION_SOURCE,
)

UNIT = "Obligations (Current $US and Constant 2020 $US)"
COLUMNS = (
    "Fiscal Year", "Region", "Country", "Assistance Category", "Publication Row", "Funding Agency",
    "Funding Account Name", "Obligations (Historical Dollars)", "Obligations (Constant Dollars)",
)  # fmt: skip
IMET = "International Military Education and Training"
ESF = "Economic Support Fund"
ASIA, ANGOLA = ("Asia", "Asia (not specified)"), ("Sub-Saharan Africa", "Angola")


def aid_row(
    year: object,
    place: tuple[str, str] = ANGOLA,
    dollars: object = 1000,
    constant: object = 1100,
    account: str = IMET,
) -> tuple[object, ...]:
    """Return a row of the Greenbook; ``place`` is region and country as printed."""
    military = account == IMET
    row = account if military else "Economic Support Fund/Security Support Assistance"
    return (year, *place, "Military" if military else "Economic", row, "Department of State", account, dollars, constant)  # fmt: skip


ROWS = (
    aid_row(1976),
    aid_row("1976.9", dollars=250, constant=900),
    aid_row(2014, dollars=-30, constant=-33),
    aid_row(2014, ASIA, 5_000_000_000, 5_100_000_000, ESF),
)


def greenbook(
    rows: Sequence[Sequence[object]] = ROWS, columns: Sequence[str] = COLUMNS, unit: str = UNIT
) -> bytes:
    """Return a workbook: a title, the unit, an empty row, the names of the columns, then ``rows``."""
    texts: list[str] = []

    def cell(row: int, column: int, value: object) -> str:
        place = f"{chr(ord('A') + column)}{row}"
        if value is None:
            return ""
        if isinstance(value, str) and not value.replace(".", "").isdigit():
            texts.append(value)
            return f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    sheet = [("Title",), (unit,), (), columns, *rows]
    lines = [
        f'<row r="{row}">{"".join(cell(row, column, value) for column, value in enumerate(values))}</row>'
        for row, values in enumerate(sheet, start=1)
    ]
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>",
        )
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{items}</sst>")
    return book.getvalue()


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


COUNTRY_COLUMNS = (
    "Country Code", "Country Name", "Region Name", "Transaction Type Name", "Fiscal Year", "current_amount",
    "constant_amount",
)  # fmt: skip
COUNTRY_ROWS = (
    ("AGO", "Angola", "Sub-Saharan Africa", "Obligations", "1976", 1000, 4000),
    ("AGO", "Angola", "Sub-Saharan Africa", "Obligations", "1976tq", 250, 990),
    ("AGO", "Angola", "Sub-Saharan Africa", "Obligations", "2014", 7000, 8000),
    ("NULL", "Vietnam (former South)", "East Asia and Oceania", "Obligations", "1976", 10, 40),
)
WORLD_BANK_COLUMNS = ("Country Name", "Country Code", "Year", "Value")
POPULATION = (("Namibia", "NAM", 2014, 2300000), ("World", "WLD", 2014, 7200000000))
GDP = (("Namibia", "NAM", 2014, 12434832456.25), ("World", "WLD", 2014, 8e13))

AID_FILES: dict[str, str | bytes] = {
    GREENBOOK_SOURCE: greenbook(),
    COUNTRY_TOTALS_SOURCE: table(COUNTRY_COLUMNS, COUNTRY_ROWS),
    POPULATION_SOURCE: table(WORLD_BANK_COLUMNS, POPULATION),
    GDP_SOURCE: table(WORLD_BANK_COLUMNS, GDP),
}
"""By the place below the directory of the official files."""


def country_project(root: Path, totals: Sequence[Sequence[object]]) -> Path:
    """Make a project with the reference tables and these totals of the country file; returns its data/."""
    folder = root / "data"
    shutil.copytree(paths.suite_root() / "data" / "reference", folder / "reference")
    source = root / "country.csv"
    source.write_text(table(COUNTRY_COLUMNS, totals), encoding="utf-8")
    schema = schemas_aid.AID_COUNTRY_TOTALS
    read = conform(aid.with_recipients(read_country_totals(source)), schema)[list(schema.columns)]
    read.to_parquet(folder / "aid_country_totals.parquet", index=False)
    return folder
