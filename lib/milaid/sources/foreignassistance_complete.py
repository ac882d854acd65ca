"""The complete file of ForeignAssistance.gov: one row a transaction, over 1 GB, added up as it streams by.

The file is comma-separated UTF-8 with a row of column names; texts hold commas, doubled quotes and line breaks.
Columns are found by name, because copies of different years have them in different places. DuckDB reads the file
in parallel within a fixed share of memory. Where it meets anything wrong, the file is read a second time, slowly,
to say in which line.
"""

from __future__ import annotations

import csv
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from milaid.errors import MilaidError, RequestError, SourceError, list_problems
from milaid.progress import Progress
from milaid.sources.foreignassistance import TRANSITION_YEAR

if TYPE_CHECKING:
    import duckdb

COLUMNS = {
    "fiscal_year": ("Fiscal Year",),
    "country_code": ("Country Code",),
    "country": ("Country Name",),
    "region": ("Region Name",),
    "category": ("Foreign Assistance Objective Name",),
    "account_id": ("Funding Account ID", "Funding Acount ID"),
    "account": ("Funding Account Name", "Funding Acount Name"),
    "agency": ("Funding Agency Name",),
    "transaction_type": ("Transaction Type Name",),
    "transaction_date": ("Transaction Date",),
    "amount": ("Current Dollar Amount",),
    "constant": ("Constant Dollar Amount",),
}
"""What is read, and how the publisher has spelled the name of its column."""

OPTIONAL = {"constant"}
"""Columns that older copies of the file do not have."""

KEYS = (
    "fiscal_year", "country_code", "country", "region", "category", "account_id", "account", "agency",
    "transaction_type",
)  # fmt: skip
CATEGORIES = ("Economic", "Military")
FIRST_FISCAL_YEAR = 1946
YEARS_AHEAD = 2
"""Budget requests are made for up to two fiscal years after the current one."""

MEMORY_LIMIT = "400MB"
_HEAD_BYTES = 1 << 24
_LONGEST_RECORD = 1 << 24
_MOST_PROBLEMS = 20
_NOTHING = ("", "NULL")
_AMOUNT = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*")
# Held in 64 bits, exact to the cent up to ten million billion dollars.
_DOLLARS = "DECIMAL(18, 2)"
_DATE_FORMATS = "['%m/%d/%Y', '%d%b%Y', '%d-%b-%Y']"
ADVICE = (
    "Download us_foreign_aid_complete.csv again, whole, and do not save it from a spreadsheet. "
    "Nothing was written."
)


@dataclass(frozen=True)
class Header:
    """The columns of one file: their number, and the place (from 0) of each that is read."""

    columns: int
    places: Mapping[str, int]


def read_header(path: Path) -> Header:
    """Return the columns of the file; SourceError where it is empty, no such table, or columns are missing.

    Checks the encoding of the first 16 MB too. RequestError where there is no such file.
    """
    if not path.is_file():
        raise RequestError(f"{path}: there is no such file; name the downloaded us_foreign_aid_complete.csv")
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    start = head[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise SourceError(f"{path}: the file is empty. {ADVICE}")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:1000]:
        raise SourceError(f"{path}: line 1: not text in UTF-8 but in UTF-16, or no text at all. {ADVICE}")
    if start.startswith(b"<"):
        raise SourceError(
            f"{path}: line 1: a web page, not a table: «{start[:60].decode('utf-8', 'replace')}». {ADVICE}"
        )
    _require_utf8(path, head)
    with path.open(encoding="utf-8-sig", newline="") as text:
        names = [name.strip() for name in _first_record(path, text)]
    return Header(len(names), _places(path, names))


def _first_record(path: Path, text: Iterator[str]) -> list[str]:
    try:
        return next(csv.reader(text, strict=True))
    except csv.Error as error:
        raise SourceError(f"{path}: line 1: no row of column names: {error}. {ADVICE}") from error


def _require_utf8(path: Path, head: bytes) -> None:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The last character may be cut off by the end of the part that was read.
        if error.start < len(head) - 3 or len(head) < _HEAD_BYTES:
            line = head.count(b"\n", 0, error.start) + 1
            raise SourceError(_not_utf8(path, line, head[error.start : error.start + 1])) from error


def _not_utf8(path: Path, line: int, byte: bytes) -> str:
    return (
        f"{path}: line {line}: the byte 0x{byte.hex()} is not UTF-8; the file is in another encoding, "
        f"such as Latin-1. {ADVICE}"
    )


def _places(path: Path, names: list[str]) -> dict[str, int]:
    lower = [name.casefold() for name in names]
    places = {
        column: lower.index(spelling.casefold())
        for column, spellings in COLUMNS.items()
        for spelling in reversed(spellings)
        if spelling.casefold() in lower
    }
    if missing := [
        COLUMNS[column][0] for column in COLUMNS if column not in places and column not in OPTIONAL
    ]:
        shown = ", ".join(names[:60])[:2000]
        raise SourceError(
            f"{path}: line 1: no column {', '.join(missing)}; found {len(names)}: {shown}. {ADVICE}"
        )
    return places


def add_up(connection: duckdb.DuckDBPyConnection, path: Path, header: Header, today: date) -> None:
    """Add the transactions up in a table ``added`` of ``connection``, and show how far the work has come.

    Columns: those of ``KEYS`` as text (missing for empty and NULL), transactions, without_amount (rows that give
    none), amount and constant (DECIMAL dollars), latest (last date of a transaction up to ``today``). Raises
    SourceError with the line and value of what cannot be read.
    """
    import duckdb

    try:
        with _progress(connection, path):
            connection.execute(
                f"CREATE OR REPLACE TABLE added AS {_query(path, header)}", {"today": today}
            ).fetchall()
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise MilaidError(
            f"{path}: cannot be added up within {MEMORY_LIMIT} of memory and the disk that is free: "
            f"{str(error).splitlines()[0]}. Nothing was written; make room and run the command again."
        ) from error
    except duckdb.Error as error:
        fallback = str(error).splitlines()[0]
        raise SourceError(_diagnosed(path, header, today, fallback)) from error
    _require_values(connection, path, header, today)


def _query(path: Path, header: Header) -> str:
    """Return the query that adds up; what is done for each row of the file is as little as can be."""
    place = {column: f"c{number}" for column, number in header.places.items()}
    dollars = {place[column] for column in ("amount", "constant") if column in place}
    types = ", ".join(
        f"'{name}': '{_DOLLARS if name in dollars else 'VARCHAR'}'"
        for name in (f"c{number}" for number in range(header.columns))
    )
    day = place["transaction_date"]
    day = f"coalesce(TRY_CAST({day} AS DATE), TRY_STRPTIME({day}, {_DATE_FORMATS})::DATE)"
    file = str(path).replace("'", "''")
    return f"""
        WITH groups AS (
            SELECT {", ".join(f"{place[key]} AS {key}" for key in KEYS)},
                count(*) AS transactions,
                count({place["amount"]}) AS with_amount,
                sum({place["amount"]}) AS amount,
                sum({place.get("constant", f"NULL::{_DOLLARS}")}) AS constant,
                max({day}) FILTER ({day} <= $today) AS latest
            FROM read_csv('{file}', auto_detect = false, columns = {{{types}}}, header = true, delim = ',',
                quote = '"', escape = '"', strict_mode = true, nullstr = ['', 'NULL'])
            GROUP BY ALL
        )
        SELECT {", ".join(f"nullif(trim({key}), '') AS {key}" for key in KEYS)},
            sum(transactions)::BIGINT AS transactions,
            sum(transactions - with_amount)::BIGINT AS without_amount,
            sum(amount) AS amount,
            sum(constant) AS constant,
            max(latest) AS latest
        FROM groups GROUP BY ALL"""


@contextmanager
def _progress(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Show in hundredths how far the query of ``connection`` is that runs meanwhile."""
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false").fetchall()
    done = threading.Event()
    with Progress(f"Reading {path.name}, percent", 100) as progress:

        def watch() -> None:
            while not done.wait(0.2):
                percent = min(int(connection.query_progress()), 99)
                if percent > progress.done:
                    progress.advance(percent - progress.done)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
        progress.advance(100 - progress.done)


def _require_values(connection: duckdb.DuckDBPyConnection, path: Path, header: Header, today: date) -> None:
    """Check what was added up; SourceError with the lines of values that cannot be."""
    last = today.year + YEARS_AHEAD
    wrong = connection.execute(
        f"""SELECT fiscal_year, country, category FROM added WHERE
            NOT coalesce(
                lower(fiscal_year) = '{TRANSITION_YEAR}' OR (regexp_full_match(fiscal_year, '[0-9]{{4}}')
                AND TRY_CAST(fiscal_year AS INTEGER) BETWEEN {FIRST_FISCAL_YEAR} AND {last}), false)
            OR country IS NULL OR category NOT IN {CATEGORIES} LIMIT 1"""
    ).fetchall()
    if wrong:
        seen = f"fiscal year, country, objective: {', '.join(f'«{value}»' for value in wrong[0])}"
        raise SourceError(_diagnosed(path, header, today, seen))
    if connection.execute("SELECT count(*) FROM added").fetchall() == [(0,)]:
        raise SourceError(f"{path}: line 2: no transaction below the names of the columns. {ADVICE}")


def _diagnosed(path: Path, header: Header, today: date, fallback: str) -> str:
    """Return the message for a file that cannot be used: lines and values, or ``fallback`` where none is found."""
    problems = list(_problems(path, header, today)) or [fallback]
    shown = problems[:_MOST_PROBLEMS]
    more = " and more of the same" if len(problems) > len(shown) else ""
    return list_problems(f"{path}: not the complete file as it is published{more}:", shown, ADVICE)


def _problems(path: Path, header: Header, today: date) -> Iterator[str]:
    """Yield what is wrong in the file, up to one more than is shown; nothing after a record that is broken."""
    previous = csv.field_size_limit(_LONGEST_RECORD)
    found, line = 0, 1
    try:
        with path.open("rb") as stream:
            reader = csv.reader(_decoded(stream), strict=True)
            next(reader)
            line = reader.line_num + 1
            for record in reader:
                if record and len(record) != header.columns:
                    yield (
                        f"line {line}: a row of {len(record)} columns in place of {header.columns}, "
                        f"from «{','.join(record)[:60]}»; the file is cut off or damaged there"
                    )
                    return
                for problem in _wrong_cells(record, header, today) if record else ():
                    yield f"line {line}: {problem}"
                    found += 1
                    if found > _MOST_PROBLEMS:
                        return
                line = reader.line_num + 1
    except UnicodeDecodeError as error:
        yield f"{error.reason}: the byte 0x{error.object[error.start : error.start + 1].hex()} is not UTF-8"
    except csv.Error as error:
        yield f"line {line}: a quoted text that begins in this row does not end as it should ({error}); the file is cut off or damaged there"
    finally:
        csv.field_size_limit(previous)


def _decoded(stream: Iterator[bytes]) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            error.reason = f"line {number}"
            raise


def _wrong_cells(record: list[str], header: Header, today: date) -> Iterator[str]:
    cell = {column: record[place].strip() for column, place in header.places.items()}
    year = cell["fiscal_year"]
    last = today.year + YEARS_AHEAD
    if year.lower() != TRANSITION_YEAR and not (
        re.fullmatch("[0-9]{4}", year) and FIRST_FISCAL_YEAR <= int(year) <= last
    ):
        yield f"Fiscal Year «{year}» is neither {FIRST_FISCAL_YEAR} to {last} nor {TRANSITION_YEAR}"
    if cell["country"] in _NOTHING:
        yield "Country Name is empty"
    if cell["category"] not in (*CATEGORIES, *_NOTHING):
        yield f"{COLUMNS['category'][0]} «{cell['category'][:60]}» is neither {' nor '.join(CATEGORIES)}"
    for column in ("amount", "constant"):
        if (
            column in cell
            and record[header.places[column]] not in _NOTHING
            and not _AMOUNT.fullmatch(cell[column])
        ):
            yield f"{COLUMNS[column][0]} «{cell[column][:60]}» is no number of dollars"
