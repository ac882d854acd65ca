"""The table foreignassistance.parquet made of the complete file that a user downloaded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from milaid import fiscal
from milaid.sources.foreignassistance import SAME_DOLLARS, TRANSITION_YEAR
from milaid.sources.foreignassistance_complete import (
    KEYS,
    MEMORY_LIMIT,
    OPTIONAL,
    Header,
    add_up,
    read_header,
)
from milaid.sources.greenbook import TRANSITION_QUARTER, YEAR
from milaid.tables import schemas_aid, store
from milaid.tables.aid_comparison import complete_and_country_totals
from milaid.tables.build import added
from milaid.tables.build.aid_addition import FILE_NAME, REVISED, AidAddition, base_years, unknown_recipients

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

# In the base year constant dollars are current ones, but for the rounding of each transaction.
_BASE_YEARS = f"""
    SELECT transaction_type, min(fiscal_year) AS fiscal_year FROM (
        SELECT transaction_type, left(fiscal_year, 4)::SMALLINT AS fiscal_year FROM added
        WHERE constant IS NOT NULL GROUP BY ALL
        HAVING sum(abs(amount)) > 0 AND sum(abs(amount - constant)) <= {SAME_DOLLARS} * sum(abs(amount))
    ) GROUP BY ALL HAVING count(*) = 1"""
_TYPES = {
    "text": "VARCHAR",
    "int16": "SMALLINT",
    "int64": "BIGINT",
    "decimal": "DOUBLE",
    "boolean": "BOOLEAN",
}
_VALUES = {
    "fiscal_year": "left(a.fiscal_year, 4)",
    "period": f"CASE WHEN lower(a.fiscal_year) = '{TRANSITION_YEAR}' THEN '{TRANSITION_QUARTER}' ELSE '{YEAR}' END",
    # A fiscal year ends on 30 September. Without any date nothing is known to be over.
    "partial": "coalesce((SELECT day FROM latest) < make_date(left(a.fiscal_year, 4)::INTEGER, 9, 30), true)",
    "iso3": "r.iso3",
    "recipient_harmonised": "r.recipient",
    "region_harmonised": "r.region",
    "category_basis": f"CASE WHEN a.category IS NOT NULL THEN '{schemas_aid.BY_OBJECTIVE}' END",
    "account_code": "coalesce(n.code, i.code)",
    "amount_usd": "coalesce(a.amount, 0)",
    "amount_usd_constant": "a.constant",
    "constant_base_fiscal_year": "b.fiscal_year",
}
"""What a column of the table is in SQL, where it is not the column of the same name in ``added``."""
_LATEST = """
    SELECT max(latest) AS day FROM added WHERE transaction_type IN ('Obligations', 'Disbursements')"""


def add_complete_aid(file: Path, today: date | None = None) -> AidAddition:
    """Add the complete file up into data/foreignassistance.parquet, in the place of one that is there.

    ``file`` is us_foreign_aid_complete.csv; ``today`` the last day that a transaction can have. Memory and time
    do not depend on what the texts hold. Raises RequestError where there is no such file, SourceError with lines
    and values where it is not as published; the table is then as it was.
    """
    day = today or date.today()
    header = read_header(file)
    with added.change() as change, _connection(change.scratch) as connection:
        add_up(connection, file, header, day)
        notes = _notes(connection, file, header)
        place = change.place(FILE_NAME)
        _write(connection, place)
        made = _described(connection, place, file, notes)
        added.describe(change, FILE_NAME, schemas_aid.FOREIGNASSISTANCE)
    return made


@contextmanager
def _connection(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(folder / "spilled"),
        "threads": min(os.cpu_count() or 1, 4),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=settings) as connection:
        yield connection


def _notes(connection: duckdb.DuckDBPyConnection, file: Path, header: Header) -> list[str]:
    """Find latest day and base years (tables ``latest`` and ``base``); return what a user should know."""
    connection.execute(f"CREATE TABLE latest AS {_LATEST}").fetchall()
    connection.execute(f"CREATE TABLE base AS {_BASE_YEARS}").fetchall()
    base = connection.execute("SELECT transaction_type, fiscal_year FROM base ORDER BY ALL").fetchall()
    notes = []
    if OPTIONAL - set(header.places):
        notes.append("an older copy without constant dollars")
    else:
        notes.append(base_years(base))
    [(without,)] = connection.execute("SELECT sum(without_amount)::BIGINT FROM added").fetchall()
    if without:
        notes.append(f"transactions without an amount: {without:,}")
    if not _ends_with_line_break(file):
        notes.append("the file does not end with a line break: look whether the download is whole")
    return notes


def _ends_with_line_break(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) in (b"\n", b"\r")


def _write(connection: duckdb.DuckDBPyConnection, place: Path) -> None:
    """Write the table with the columns of its schema, sorted, so that the same file gives the same bytes."""
    for name, frame in (("recipients", store.load_aid_recipients()), ("accounts", store.load_aid_accounts())):
        connection.register(f"{name}_frame", frame.astype("object").where(frame.notna(), None))
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_frame").fetchall()
    columns = ", ".join(
        f"({_VALUES.get(field.name, 'a.' + field.name)})::{_TYPES[field.kind]} AS {field.name}"
        for field in schemas_aid.FOREIGNASSISTANCE.fields
    )
    connection.execute(
        f"""COPY (SELECT {columns} FROM added a
            LEFT JOIN recipients r ON r.printed = a.country
            LEFT JOIN accounts n ON n.printed = a.account
            LEFT JOIN base b ON b.transaction_type = a.transaction_type
            LEFT JOIN (SELECT * FROM accounts WHERE account_id IS NOT NULL) i ON i.account_id = a.account_id
            ORDER BY {", ".join(f"a.{key}" for key in KEYS)})
        TO '{str(place).replace("'", "''")}' (FORMAT parquet, COMPRESSION zstd)"""
    ).fetchall()


def _described(
    connection: duckdb.DuckDBPyConnection, place: Path, file: Path, notes: list[str]
) -> AidAddition:
    """Return what the table holds, and how its sums compare with those of the country file."""
    table = f"read_parquet('{str(place).replace(chr(39), chr(39) * 2)}')"
    [(transactions, rows, first, last)] = connection.execute(
        f"SELECT sum(transactions)::BIGINT, count(*), min(fiscal_year), max(fiscal_year) FROM {table}"
    ).fetchall()
    sums = connection.execute(
        f"SELECT fiscal_year, period, transaction_type, sum(amount_usd) AS amount_usd FROM {table} GROUP BY ALL"
    ).df()
    partial = connection.execute(
        f"SELECT DISTINCT fiscal_year FROM {table} WHERE partial ORDER BY 1"
    ).fetchall()
    if partial:
        notes.append(f"not complete: {', '.join(fiscal.label(year) for (year,) in partial)}")
    unknown = connection.execute(
        f"SELECT DISTINCT country FROM {table} WHERE recipient_harmonised IS NULL ORDER BY 1"
    ).fetchall()
    notes += unknown_recipients([name for (name,) in unknown])
    return AidAddition(file, transactions, rows, first, last, tuple(notes), _compared(sums))


def _compared(sums: pd.DataFrame) -> str:
    """Return in lines how sums by fiscal year and type of transaction compare with those of the country file."""
    both = complete_and_country_totals(sums, store.load_aid_country_totals())
    lines = [
        f"sums by fiscal year and type of transaction against the country file: {int(both['agrees'].sum())} of "
        f"{len(both)} agree. {REVISED}"
    ]
    different = both[~both["agrees"]]
    if len(different):
        lines.append(f"{'':34}{'complete file':>22}{'country file':>22}{'difference':>22}")
    for row in different.itertuples():
        what = f"{fiscal.label(row.fiscal_year)}{' (quarter)' if row.period == TRANSITION_QUARTER else ''}"
        amounts = (row.complete_file_usd, row.country_file_usd, row.complete_file_usd - row.country_file_usd)
        lines.append(
            f"  {what} {row.transaction_type}".ljust(34) + "".join(f"{amount:22,.0f}" for amount in amounts)
        )
    return "\n".join(lines)
