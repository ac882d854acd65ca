"""The columns of every tidy table, as data, and the check that a frame has them.

A schema is the one place that says what a column means; loading, the data package and the tests all
read it from here. :func:`conform` gives a frame the types of its schema, :func:`validate` collects every
violation into one error.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from milaid.errors import DataError, list_problems

_PANDAS = {
    "text": "str",
    "int16": "int16",
    "int32": "Int32",
    "int64": "Int64",
    "decimal": "float64",
    "date": "datetime64[s]",
    "boolean": "boolean",
}
_ARROW = {
    "text": pa.string(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "decimal": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_BOOLEANS = {True: True, False: False, "True": True, "False": False, "true": True, "false": False}


@dataclass(frozen=True)
class Field:
    """One column: its name, kind, unit ("" for none), meaning, and which values it may hold.

    ``kind`` is ``text``, ``int16``, ``int32``, ``int64``, ``decimal``, ``date`` or ``boolean``. ``allowed`` lists the
    only values a text column may hold; empty means any. ``minimum`` is the least value of a number.
    ``refers_to`` names the column of another table that lists the values, as ``programs.code``.
    """

    name: str
    kind: str
    unit: str
    description: str
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    refers_to: str = ""

    @property
    def pandas_dtype(self) -> str:
        """The pandas type of the column in memory; a nullable int16 is held as Int16."""
        return "Int16" if self.kind == "int16" and self.nullable else _PANDAS[self.kind]

    @property
    def arrow_type(self) -> pa.DataType:
        """The type of the column in a parquet file."""
        return _ARROW[self.kind]


@dataclass(frozen=True)
class Schema:
    """A tidy table: name, one-sentence description, fields in order, and the columns that identify a row."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(field.name for field in self.fields)

    def only(self, columns: Collection[str]) -> Schema:
        """Return the schema of these columns alone."""
        return replace(self, fields=tuple(field for field in self.fields if field.name in columns))

    @property
    def arrow_schema(self) -> pa.Schema:
        """The schema of the table as a parquet file."""
        return pa.schema([pa.field(f.name, f.arrow_type, nullable=f.nullable) for f in self.fields])


def conform(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return ``frame`` with the columns of ``schema`` first, in its order and types; further columns follow.

    Raises DataError that lists every missing column and every column whose values do not fit its type.
    """
    problems = [f"column {name!r} is missing" for name in schema.columns if name not in frame.columns]
    converted = {}
    for field in schema.fields:
        if field.name not in frame.columns:
            continue
        try:
            converted[field.name] = _convert(frame[field.name], field)
        except (ValueError, TypeError, OverflowError) as error:
            problems.append(f"column {field.name!r} does not hold {field.kind} values: {error}")
    if problems:
        raise DataError(list_problems(f"table {schema.name!r} does not fit its schema:", problems))
    others = {name: frame[name] for name in frame.columns if name not in converted}
    return pd.DataFrame({**converted, **others}, index=frame.index)


def from_arrow(table: pa.Table, schema: Schema) -> pd.DataFrame:
    """Return what :func:`conform` gives of a table, at once where its columns have the types of the schema already.

    Raises DataError that lists every missing column and every column whose values do not fit its type.
    """
    stored = {name: _plain_type(table.schema.field(name).type) for name in table.schema.names}
    if any(stored.get(field.name) != field.arrow_type for field in schema.fields):
        return conform(table.to_pandas(date_as_object=False, use_threads=False), schema)
    converted = {field.name: _from_arrow(table[field.name], field) for field in schema.fields}
    others = table.drop_columns(list(schema.columns))
    if others.num_columns:
        converted |= others.to_pandas(date_as_object=False, use_threads=False).to_dict("series")
    return pd.DataFrame(converted)


def _plain_type(stored: pa.DataType) -> pa.DataType:
    return stored.value_type if pa.types.is_dictionary(stored) else stored


def _from_arrow(values: pa.ChunkedArray, field: Field) -> Any:
    dtype = pd.api.types.pandas_dtype(field.pandas_dtype)
    if field.kind == "text":
        # In one piece, as every choice of rows would join the pieces again.
        values = values.cast(pa.large_string()).combine_chunks()
    if field.kind == "date":
        return values.cast(pa.timestamp("s")).to_numpy()
    if hasattr(dtype, "__from_arrow__"):
        return dtype.__from_arrow__(values)
    if values.null_count:
        # A blank where the schema allows none: the check names the rows.
        return _convert(values.to_pandas(use_threads=False), field)
    return values.to_numpy()


@cache
def _dtype(name: str) -> Any:
    return pd.api.types.pandas_dtype(name)


def _convert(values: pd.Series, field: Field) -> pd.Series | pd.api.extensions.ExtensionArray:
    dtype = _dtype(field.pandas_dtype)
    if values.dtype == dtype:
        return values
    if field.kind == "text":
        return pd.array(values.to_numpy(dtype=object, na_value=None), dtype=dtype)
    if field.kind == "date":
        return pd.to_datetime(values, errors="raise").astype(field.pandas_dtype)
    if field.kind == "boolean":
        words = values.astype("object").map(_BOOLEANS, na_action="ignore")
        unknown = values.notna() & words.isna()
        if unknown.any():
            named = ", ".join(sorted(set(values[unknown].astype(str))))
            raise ValueError(f"{named} is neither true nor false")
        return words.astype(field.pandas_dtype)
    numbers = pd.to_numeric(values, errors="raise")
    if field.kind != "decimal" and numbers.isna().any():
        # Through a nullable type: a column of integers with blanks must not lose digits as floats.
        return numbers.astype("Float64" if numbers.dtype.kind == "f" else "Int64").astype(
            field.pandas_dtype if field.nullable else "Int64"
        )
    return numbers.astype(field.pandas_dtype)


def validate(frame: pd.DataFrame, schema: Schema) -> None:
    """Check a conformed frame against its schema; raises one DataError with every violation.

    Checked: columns present, types, nulls in columns that have none, values outside the allowed list,
    numbers below their minimum, and repeated keys.
    """
    problems: list[str] = []
    for field in schema.fields:
        if field.name not in frame.columns:
            problems.append(f"column {field.name!r} is missing")
        else:
            problems.extend(_violations(frame[field.name], field))
    if schema.key and set(schema.key) <= set(frame.columns):
        repeated = frame.loc[frame.duplicated(list(schema.key)), list(schema.key)].drop_duplicates()
        for row in repeated.itertuples(index=False):
            seen = ", ".join(f"{name}={value!r}" for name, value in zip(schema.key, row, strict=True))
            problems.append(f"more than one row with {seen}")
    if problems:
        raise DataError(
            list_problems(
                f"table {schema.name!r} breaks its schema:", problems, "Correct the table or its schema."
            )
        )


def _violations(values: pd.Series, field: Field) -> list[str]:
    problems = []
    if str(values.dtype) != field.pandas_dtype:
        problems.append(f"column {field.name!r} has type {values.dtype}, not {field.pandas_dtype}")
    missing = int(values.isna().sum())
    if missing and not field.nullable:
        rows = ", ".join(str(row) for row in values.index[values.isna()][:5])
        problems.append(f"column {field.name!r} is empty in {missing} rows (first: {rows})")
    present = values.dropna()
    if field.allowed:
        for value in sorted(set(present.astype(str)) - set(field.allowed)):
            problems.append(f"column {field.name!r} holds {value!r}; allowed: {', '.join(field.allowed)}")
    if field.minimum is not None and pd.api.types.is_numeric_dtype(values):
        for value in sorted(set(present[present < field.minimum]))[:5]:
            problems.append(f"column {field.name!r} holds {value}, below {field.minimum:g}")
    return problems
