"""Reading the official files: all of them, none of them changed, and the complete file on aid.

The extraction builds data/ in a temporary project with a copy of the reference tables; it needs MILAID_SOURCES.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import complete_aid_file
from benchmarks.measuring import Measured, measure
from milaid import paths
from milaid.tables.state import read_rows

COMPLETE_AID_ROWS = 3_000_000
Row = tuple[str, Measured, str, Measured | None]


def rows(folder: Path) -> Iterator[Row]:
    """Yield the steps on official files, as far as these are at hand."""
    milaid = str(Path(sys.executable).with_name("milaid"))
    sources = paths.configured_sources()
    if sources is None:
        print("MILAID_SOURCES does not name the directory of the official files: no extraction is measured.")
    else:
        shutil.copytree(paths.reference_dir(), folder / "data" / "reference")
        documents = read_rows(folder / "data" / "reference" / "documents.csv")
        print(f"{len(documents)} documents, {os.cpu_count()} cores")
        root = {"MILAID_ROOT": str(folder), "MILAID_SOURCES": str(sources.resolve())}
        whole = measure([milaid, "data"], None, root)
        yield "extraction from scratch", whole, "", None
        yield "extraction, nothing changed", measure([milaid, "data"], None, root), "from scratch", whole
    yield from _complete_aid(folder, milaid)


def _complete_aid(folder: Path, milaid: str) -> Iterator[Row]:
    """Add up a file like the complete one of ForeignAssistance.gov; beside it, DuckDB's own scan of the same file."""
    if shutil.disk_usage(folder).free < 5 * 10**9:
        print("Less than 5 GB are free: the complete file of ForeignAssistance.gov is not measured.")
        return
    project, file = folder / "aid", folder / "us_foreign_aid_complete.csv"
    shutil.copytree(paths.reference_dir(), project / "data" / "reference")
    totals = "aid_country_totals.parquet"
    shutil.copyfile(paths.data_dir() / totals, project / "data" / totals)
    complete_aid_file.write_large(file, COMPLETE_AID_ROWS)
    scan = measure([sys.executable, "-m", "benchmarks", "--scan", str(file)], Path(__file__).parents[1])
    added = measure([milaid, "data", "add-aid", str(file)], None, {"MILAID_ROOT": str(project)})
    file.unlink()
    yield "3 million rows of aid added up", added, "scan by DuckDB alone", scan


def scan(file: str) -> None:
    """Let DuckDB read the columns that the table of aid is made of, and add up two of them."""
    import duckdb

    from milaid.sources.foreignassistance_complete import COLUMNS

    columns = ", ".join(f'max("{spellings[0]}")' for spellings in COLUMNS.values())
    sums = 'sum("Current Dollar Amount"), sum("Constant Dollar Amount")'
    found = duckdb.sql(f"SELECT count(*), {sums}, {columns} FROM read_csv('{file}')").fetchall()
    print(f"{found[0][0]:,} rows")
