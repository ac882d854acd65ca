"""The tables of data/reference held against their schemas before anything is made of them: all faults, each with its line.

What :mod:`milaid.tables.schema` checks of a frame is checked here of the text, so that a message can say where it stands.
Numbers and dates are taken only as milaid writes them: a spreadsheet shows a date as its country writes it, and no one can
tell 3/4 from 4/3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from milaid import spelling
from milaid.errors import DataError, list_problems
from milaid.handwritten import Sheet, read_sheet
from milaid.parsing import shortened
from milaid.tables.schema import Field, Schema

_INTEGER = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_BOOLEANS = ("True", "False", "true", "false")
_BOUNDS = {"int16": 2**15, "int32": 2**31, "int64": 2**63}
_MOST_ALLOWED = 12
TO_FILL_IN = "???"
"""Stands in a suggested line where only a person knows the value; :mod:`milaid.tables.names` refuses a table that holds it."""


def require_fit(sheet: Sheet, path: Path, schema: Schema) -> None:
    """Raise DataError with all that does not fit in a table that lies at ``path``."""
    if problems := problems_of(sheet, schema):
        raise DataError(list_problems(f"{path}: does not fit the table {schema.name!r}:", problems))


def problems_of(sheet: Sheet, schema: Schema) -> list[str]:
    """Return what does not fit in a table, by line and column: columns, kinds, values, repeated keys."""
    missing = [name for name in schema.columns if name not in sheet.columns]
    problems = [
        f"line 1: the column {name!r} is missing{spelling.hint(name, sheet.columns)}" for name in missing
    ]
    for field in schema.fields:
        if field.name in missing:
            continue
        fault = _fault_of(field)
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            if told := fault(row[field.name]):
                problems.append(f"line {line}, column {field.name!r}: {told}")
    if schema.key and not set(schema.key) & set(missing):
        seen: dict[tuple[str, ...], int] = {}
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            key = tuple(row[name] for name in schema.key)
            if key in seen:
                shown = ", ".join(
                    f"{name} {shortened(value)}" for name, value in zip(schema.key, key, strict=True)
                )
                problems.append(f"line {line}: {shown} stands on line {seen[key]} already")
            seen.setdefault(key, line)
    return problems


def _fault_of(field: Field) -> Callable[[str], str]:
    """Return what says what is wrong with a cell of a column, "" for nothing."""

    def fault(value: str) -> str:
        if not value:
            return "" if field.nullable else "is empty"
        if value == TO_FILL_IN:
            return ""
        if field.allowed and value not in field.allowed:
            known = field.allowed[:_MOST_ALLOWED]
            more = ", …" if len(field.allowed) > len(known) else ""
            return (
                f"{shortened(value)} is not allowed; allowed: {', '.join(known)}{more}"
                f"{spelling.hint(value, field.allowed)}"
            )
        return _fault_of_kind(value, field)

    return fault


def _fault_of_kind(value: str, field: Field) -> str:
    match field.kind:
        case "int16" | "int32" | "int64":
            if not _INTEGER.fullmatch(value) or abs(int(value)) >= _BOUNDS[field.kind]:
                return f"{shortened(value)} is no whole number"
        case "decimal":
            if not _DECIMAL.fullmatch(value):
                return f"{shortened(value)} is no number; a decimal point is a point"
        case "date":
            return "" if _DATE.fullmatch(value) else f"{shortened(value)} is no date such as 2014-10-31"
        case "boolean":
            return "" if value in _BOOLEANS else f"{shortened(value)} is neither True nor False"
        case _:
            return ""
    if field.minimum is not None and float(value) < field.minimum:
        return f"{shortened(value)} is below {field.minimum:g}"
    return ""


def problems_of_references(
    sheets: Mapping[str, tuple[Sheet, Schema]], coming: Mapping[str, Collection[str]] | None = None
) -> dict[str, list[str]]:
    """Return for each of several tables the cells that name what the table they refer to does not have.

    In: sheets with their schemas by the name of the table; a reference to a table that is not among them is not followed.
    ``coming`` are values that a column, such as ``documents.file``, will have too.
    """
    found: dict[str, list[str]] = {}
    for name, (sheet, schema) in sheets.items():
        for field in schema.fields:
            table, _, column = field.refers_to.partition(".")
            if (
                table not in sheets
                or field.name not in sheet.columns
                or column not in sheets[table][0].columns
            ):
                continue
            known = {row[column] for row in sheets[table][0].rows} | {
                *(coming or {}).get(field.refers_to, ())
            }
            found.setdefault(name, []).extend(
                f"line {line}, column {field.name!r}: {shortened(row[field.name])} is not in the column {column!r} of "
                f"{table}.csv{spelling.hint(row[field.name], known)}"
                for line, row in zip(sheet.lines, sheet.rows, strict=True)
                if row[field.name] not in ("", TO_FILL_IN) and row[field.name] not in known
            )
    return {name: problems for name, problems in found.items() if problems}


def require_sound(
    folder: Path, schemas: Mapping[str, Schema], coming: Mapping[str, Collection[str]] | None = None
) -> None:
    """Hold every table of a folder against its schema and against the tables that it refers to.

    Raises one DataError with every fault of every file; a file that no schema describes is left to who reads it.
    """
    problems: list[str] = []
    sheets: dict[str, tuple[Sheet, Schema]] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in schemas:
            continue
        try:
            sheet = read_sheet(path)
        except DataError as error:
            problems.append(str(error))
            continue
        sheets[path.stem] = (sheet, schemas[path.stem])
        problems += _of_file(path, problems_of(*sheets[path.stem]))
    for name, wrong in problems_of_references(sheets, coming).items():
        problems += _of_file(folder / f"{name}.csv", wrong)
    if problems:
        raise DataError(
            list_problems("Reference tables that cannot be used:", problems, "Nothing was changed.")
        )


def _of_file(path: Path, problems: Iterable[str]) -> list[str]:
    return [f"{path}, {problem}" for problem in problems]
