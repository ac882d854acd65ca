"""What a report can be about: the recipients, programs and regions with activities that were done.

Reads the few columns it needs without pandas, so that a wrong request is told so at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from milaid.paths import trainings_dir
from milaid.tables.digests import Stamp, once_a_look, require_as_built, stamp_of
from milaid.tables.naming.forms import Named
from milaid.tables.recipient_codes import alphabetical, recipient_code, slug

Files = tuple[tuple[Path, Stamp], ...]
RECIPIENT: Final = "recipient"
PROGRAM: Final = "program"
REGION: Final = "region"
NOT_STATED, UNREAD = "Not stated", "UNREAD"
_COLUMNS = ["fiscal_year", "status", "recipient", "iso3", "recipient_kind", "region_harmonised", "program"]


@dataclass(frozen=True)
class ReportSubject:
    """One recipient, program or region, with the fiscal years that list an activity of it as done, ascending.

    ``code`` names it in parameters and addresses. A country or territory has its ISO 3166-1 alpha-3 code; a
    recipient without one of its own (a former state, a group, what is not stated) has its name in capitals with
    hyphens; a program has its canonical code, a region its name in small letters with hyphens. ``region`` and
    ``iso3`` are those of a recipient, "" for none.
    """

    kind: str
    code: str
    name: str
    fiscal_years: tuple[int, ...]
    region: str = ""
    iso3: str = ""
    recipient_kind: str = ""

    @property
    def named(self) -> Named:
        """What it is called, as the answer to a name; a program has its name from programs.csv."""
        return Named(self.code, self.name, self.iso3)


@once_a_look
def recipients() -> tuple[ReportSubject, ...]:
    """Return the recipients by name."""
    return _recipients(_files())


@lru_cache(maxsize=4)
def _recipients(files: Files) -> tuple[ReportSubject, ...]:
    years: dict[str, set[int]] = defaultdict(set)
    known: dict[str, dict[str, str]] = {}
    for row in _read(files):
        years[row["recipient"]].add(row["fiscal_year"])
        # The last edition says what a recipient is: South Sudan was a territory and is a country.
        known[row["recipient"]] = row
    return tuple(
        ReportSubject(
            RECIPIENT,
            recipient_code(name, known[name]["iso3"], known[name]["recipient_kind"]),
            name,
            tuple(sorted(years[name])),
            known[name]["region_harmonised"],
            known[name]["iso3"] or "",
            known[name]["recipient_kind"],
        )
        for name in sorted(years, key=alphabetical)
    )


@once_a_look
def programs() -> tuple[ReportSubject, ...]:
    """Return the programs by code; programs.csv names them in words. A label that cannot be read is none."""
    return tuple(s for s in _grouped(PROGRAM, "program", str, _files()) if s.code != UNREAD)


@once_a_look
def regions() -> tuple[ReportSubject, ...]:
    """Return the regions by name; activities of no region belong to none."""
    return tuple(s for s in _grouped(REGION, "region_harmonised", slug, _files()) if s.name != NOT_STATED)


@lru_cache(maxsize=8)
def _grouped(kind: str, column: str, code: Callable[[str], str], files: Files) -> tuple[ReportSubject, ...]:
    years: dict[str, set[int]] = defaultdict(set)
    for row in _read(files):
        years[row[column]].add(row["fiscal_year"])
    return tuple(
        ReportSubject(kind, code(name), name, tuple(sorted(years[name])))
        for name in sorted(years, key=alphabetical)
    )


def _files() -> Files:
    """Return the files of activities, each with what tells its contents apart; DataError where they are not as built."""
    require_as_built()
    return tuple((path, stamp_of(path)) for path in sorted(trainings_dir().glob("fy*.parquet")))


@lru_cache(maxsize=4)
def _read(files: Files) -> tuple[dict, ...]:
    """Return what is done in which year, each combination once, by year."""
    tables = [pq.ParquetFile(path).read(columns=_COLUMNS, use_threads=False) for path, _ in files]
    if not tables:
        return ()
    each = pa.concat_tables(tables).group_by(_COLUMNS, use_threads=False).aggregate([]).to_pylist()
    return tuple(
        sorted((row for row in each if row["status"] == "actual"), key=lambda row: row["fiscal_year"])
    )
