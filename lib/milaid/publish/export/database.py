"""The SQLite file of an export: typed tables with keys, references, indexes and a dictionary of fields.

The same rows give the same bytes: the page size is fixed, and nothing in the file tells the time. Rows are only added,
each table after the other and indexes behind them, so that there is no room to be packed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.compute

from milaid.errors import DataError, list_problems
from milaid.tables import schemas
from milaid.tables.dictionary import kind_in_words
from milaid.tables.schema import Field, Schema

DICTIONARY = "field_dictionary"
ACTUAL = "trainings_actual"
_TYPES = {"text": "TEXT", "date": "TEXT", "decimal": "REAL", "boolean": "BOOLEAN"}
_SETTINGS = (
    "PRAGMA page_size = 4096",
    "PRAGMA encoding = 'UTF-8'",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    # Asked of whole columns before they are written, which takes a fraction of asking it of each row.
    "PRAGMA ignore_check_constraints = ON",
)
_INDEXES = {
    schemas.TRAININGS.name: (
        ("fiscal_year",),
        ("recipient", "fiscal_year"),
        ("iso3",),
        ("program",),
        ("country",),
        ("document", "page"),
    ),
    schemas.TRAININGS_TOTALS.name: (("fiscal_year",), ("document", "page")),
}
_DICTIONARY_COLUMNS = (
    "table_name TEXT NOT NULL",
    "column_name TEXT NOT NULL",
    "position INTEGER NOT NULL",
    "type TEXT NOT NULL",
    "unit TEXT",
    "may_be_empty INTEGER NOT NULL",
    "allowed_values TEXT",
    "minimum REAL",
    "refers_to TEXT",
    "description TEXT NOT NULL",
)


class Database:
    """One SQLite file with a table for each schema; use it as a context manager and call :meth:`write`."""

    def __init__(self, path: Path, tables: Sequence[Schema]) -> None:
        self._tables = tables
        self._connection = sqlite3.connect(path, isolation_level=None)
        for setting in _SETTINGS:
            self._connection.execute(setting)
        self._connection.execute("BEGIN")
        names = {schema.name for schema in tables}
        for schema in tables:
            self._connection.execute(create_statement(schema, names))

    def write(self, schema: Schema, part: pa.Table) -> None:
        """Append rows to the table of a schema; raises DataError when a row breaks a rule of the table."""
        _require_rules(schema, part)
        try:
            self._insert(schema.name, len(schema.fields), _rows(part))
        except sqlite3.IntegrityError as error:
            raise DataError(f"table {schema.name!r} does not fit its schema in SQLite: {error}") from error

    def _insert(self, table: str, columns: int, rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * columns)
        self._connection.executemany(f"INSERT INTO {_quoted(table)} VALUES ({marks})", rows)

    def finish(self) -> None:
        """Add the dictionary, the indexes and the view, and check the references."""
        columns = ", ".join(_DICTIONARY_COLUMNS)
        self._connection.execute(
            f"CREATE TABLE {DICTIONARY} ({columns}, PRIMARY KEY (table_name, column_name))"
        )
        self._insert(DICTIONARY, len(_DICTIONARY_COLUMNS), dictionary_rows(self._tables))
        for schema in self._tables:
            for indexed in _INDEXES.get(schema.name, ()):
                index = "_".join((schema.name, "by", *indexed))
                listed = ", ".join(map(_quoted, indexed))
                self._connection.execute(
                    f"CREATE INDEX {_quoted(index)} ON {_quoted(schema.name)} ({listed})"
                )
            if schema.name == schemas.TRAININGS.name:
                self._connection.execute(
                    f"CREATE VIEW {ACTUAL} AS SELECT * FROM trainings WHERE status = 'actual'"
                )
        self._require_references()
        self._connection.execute("COMMIT")

    def _require_references(self) -> None:
        broken = self._connection.execute(
            'SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2'
        ).fetchall()
        if broken:
            problems = [f"{count} rows of {table} name none of {parent}" for table, parent, count in broken]
            advice = "Complete the table that is referred to, then run `make data`."
            raise DataError(list_problems("Rows that refer to nothing:", problems, advice))

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.finish()
        finally:
            self._connection.close()


def create_statement(schema: Schema, tables: set[str]) -> str:
    """Return the SQL that makes the table of a schema, with references to those of ``tables``."""
    lines = [_column(field) for field in schema.fields]
    if schema.key:
        lines.append(f"PRIMARY KEY ({', '.join(_quoted(name) for name in schema.key)})")
    for field in schema.fields:
        table, _, column = field.refers_to.partition(".")
        if table in tables:
            target = f"{_quoted(table)} ({_quoted(column)})"
            lines.append(f"FOREIGN KEY ({_quoted(field.name)}) REFERENCES {target}")
    return f"CREATE TABLE {_quoted(schema.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _column(field: Field) -> str:
    name = _quoted(field.name)
    rules = [] if field.nullable else ["NOT NULL"]
    if field.allowed:
        values = ", ".join("'" + value.replace("'", "''") + "'" for value in field.allowed)
        rules.append(f"CHECK ({name} IN ({values}))")
    if field.minimum is not None:
        rules.append(f"CHECK ({name} >= {field.minimum:g})")
    return " ".join([name, _TYPES.get(field.kind, "INTEGER"), *rules])


def _quoted(name: str) -> str:
    return f'"{name}"'


def dictionary_rows(tables: Sequence[Schema]) -> Iterator[tuple[object, ...]]:
    """Yield a row of the dictionary for each column of each table."""
    for schema in tables:
        for position, field in enumerate(schema.fields, start=1):
            yield (
                schema.name,
                field.name,
                position,
                kind_in_words(field),
                field.unit or None,
                int(field.nullable),
                ", ".join(field.allowed) or None,
                field.minimum,
                field.refers_to or None,
                field.description,
            )


def _require_rules(schema: Schema, part: pa.Table) -> None:
    """Raise DataError where a column holds what a CHECK of its table in SQLite forbids."""
    problems = []
    for field in schema.fields:
        column = part[field.name]
        if field.allowed:
            for value in sorted({*pa.compute.unique(column).to_pylist()} - {*field.allowed, None}):
                problems.append(f"{field.name}: {value!r}; allowed: {', '.join(field.allowed)}")
        if field.minimum is not None:
            least = pa.compute.min(column).as_py()
            if least is not None and least < field.minimum:
                problems.append(f"{field.name}: {least}; the least allowed: {field.minimum:g}")
    if problems:
        raise DataError(list_problems(f"Table {schema.name!r} does not fit its schema:", problems))


def _rows(part: pa.Table) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a table as SQLite takes them; a day is its text 2014-01-31."""
    columns = [
        (column.cast(pa.string()) if pa.types.is_date(column.type) else column).to_pylist()
        for column in part.columns
    ]
    return zip(*columns, strict=True)
