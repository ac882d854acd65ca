"""Which files of data/ are tables, and which table each of them holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from milaid.errors import DataError, list_problems
from milaid.tables import schemas
from milaid.tables.schema import Schema

_PLACES = ("trainings/fy*.parquet", "*.parquet", "*.csv", "reference/*.csv")


def table_files(data: Path) -> list[str]:
    """Return the place below ``data`` of every file that holds a table, activities of the first year first."""
    return [path.relative_to(data).as_posix() for place in _PLACES for path in sorted(data.glob(place))]


def schema_of(name: str) -> Schema:
    """Return the schema of a file by its place below data/; KeyError where there is none."""
    place = PurePosixPath(name)
    return schemas.TRAININGS if place.parent.name == "trainings" else schemas.SCHEMAS[place.stem]


def with_schemas(names: Iterable[str]) -> dict[str, Schema]:
    """Return the schema of each file; raises DataError with every file that has none."""
    found: dict[str, Schema] = {}
    unknown = []
    for name in names:
        try:
            found[name] = schema_of(name)
        except KeyError:
            unknown.append(name)
    if unknown:
        advice = "Describe each in lib/milaid/tables/schemas.py, or take the file out of data/."
        raise DataError(list_problems("Files in data/ that no schema describes:", unknown, advice))
    return found


def year_of(name: str) -> int | None:
    """Return the fiscal year of a file of activities, None for any other table."""
    place = PurePosixPath(name)
    return int(place.stem.removeprefix("fy")) if place.parent.name == "trainings" else None
