"""What an export is asked to hold: formats, fiscal years and tables, checked together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from milaid import paths, spelling
from milaid.errors import RequestError, list_problems
from milaid.tables import catalogue, store

FORMATS = ("csv", "parquet", "sqlite")
_YEARS = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")


@dataclass(frozen=True)
class ExportRequest:
    """What to export, checked: the formats, the fiscal years, the names of the tables.

    ``years`` is None for all years.
    """

    formats: tuple[str, ...]
    years: tuple[int, ...] | None
    tables: tuple[str, ...]


def check(formats: str | None, years: str | None, tables: Sequence[str]) -> ExportRequest:
    """Return the request that the texts of a command line make; None, or no table, means all.

    ``formats`` as ``csv,sqlite``, ``years`` as ``2014,2016-2018``. Raises one RequestError with every
    format, year and table that is not known, and the nearest of each.
    """
    if not store.available_years():
        raise RequestError(f"no activities to export in {paths.trainings_dir()}; {paths.without_data()}")
    known = _known_tables()
    problems: list[str] = []
    if formats is not None and not _split(formats):
        problems.append(f"--format {formats!r} names no format; allowed: {', '.join(FORMATS)}")
    chosen_formats = _chosen(_split(formats or ""), FORMATS, "format", problems)
    chosen_tables = _chosen([name.strip() for name in tables], known, "table", problems)
    chosen_years = _years(years, problems) if years is not None else None
    if problems:
        raise RequestError(list_problems("This export cannot be made:", problems))
    return ExportRequest(chosen_formats, chosen_years, chosen_tables)


def _known_tables() -> tuple[str, ...]:
    """Return the names of the tables that data/ holds."""
    files = catalogue.with_schemas(catalogue.table_files(paths.data_dir()))
    return tuple(dict.fromkeys(schema.name for schema in files.values()))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _chosen(names: Sequence[str], known: Sequence[str], what: str, problems: list[str]) -> tuple[str, ...]:
    """Return the names asked for in the order of ``known``, all when none is; note those that are unknown."""
    for name in names:
        if name.lower() not in known:
            hint = spelling.hint(name, known)
            problems.append(f"unknown {what} {name!r}; allowed: {', '.join(known)}{hint}")
    wanted = {name.lower() for name in names}
    return tuple(name for name in known if not wanted or name in wanted)


def _years(text: str, problems: list[str]) -> tuple[int, ...]:
    """Return the years that a text names; note parts that name none and years without data."""
    asked: set[int] = set()
    parts = _split(text)
    if not parts:
        problems.append(f"--years {text!r} names no year; write years and ranges like 2014,2016-2018")
    for part in parts:
        match = _YEARS.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last:
            problems.append(f"{part!r} is no year and no range of years; write 2014 or 2016-2018")
        asked.update(range(first, last + 1))
    for year in sorted(asked):
        try:
            store.require_year(year)
        except RequestError as error:
            problems.append(str(error))
    return tuple(sorted(asked))
