"""Time and peak memory of the long steps: `make bench`.

Each step runs in a fresh process, as from the command line, and is timed from outside, start of Python included.
The extraction builds data/ in a temporary project with a copy of the reference tables; it needs MILAID_SOURCES.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import complete_aid_file
from milaid import paths
from milaid.tables.state import read_rows

COMPLETE_AID_ROWS = 3_000_000
NOTEBOOK = "annual_trends.ipynb"
# getrusage counts in KiB, on macOS in bytes.
UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Measured:
    """One step: what was done, seconds, peak memory in MiB of its process and of the largest below it."""

    step: str
    result: str
    seconds: float
    own: float
    largest_child: float


def main() -> None:
    """Measure what can be measured here and print a table; a step that fails ends the run with its message."""
    with tempfile.TemporaryDirectory(prefix="milaid-bench-") as folder:
        measured = [*_extraction(Path(folder)), *_complete_aid(Path(folder)), *_report(Path(folder))]
    print()
    print(f"{'step':38} {'seconds':>8} {'MiB, process':>13} {'MiB, largest child':>19}   result")
    for row in measured:
        print(f"{row.step:38} {row.seconds:8.1f} {row.own:13,.0f} {row.largest_child:19,.0f}   {row.result}")


def _extraction(folder: Path) -> list[Measured]:
    sources = paths.configured_sources()
    if sources is None:
        print("MILAID_SOURCES does not name the directory of the official files: no extraction is measured.")
        return []
    shutil.copytree(paths.reference_dir(), folder / "data" / "reference")
    documents = read_rows(folder / "data" / "reference" / "documents.csv")
    root = {"MILAID_ROOT": str(folder), "MILAID_SOURCES": str(sources.resolve())}
    print(f"{len(documents)} documents, {os.cpu_count()} cores")
    return [
        _measure("extraction from scratch", ["data"], root),
        _measure("extraction, nothing changed", ["data"], root),
    ]


def _complete_aid(folder: Path) -> list[Measured]:
    """Add up a file like the complete one of ForeignAssistance.gov; before it, DuckDB's own scan of the same file."""
    if shutil.disk_usage(folder).free < 5 * 10**9:
        print("Less than 5 GB are free: the complete file of ForeignAssistance.gov is not measured.")
        return []
    project, file = folder / "aid", folder / "us_foreign_aid_complete.csv"
    shutil.copytree(paths.reference_dir(), project / "data" / "reference")
    shutil.copyfile(
        paths.data_dir() / "aid_country_totals.parquet", project / "data" / "aid_country_totals.parquet"
    )
    complete_aid_file.write_large(file, COMPLETE_AID_ROWS)
    steps = [
        _measure("scan of 3 million rows by DuckDB alone", ["--scan", str(file)]),
        _measure(
            "3 million rows of aid added up", ["data", "add-aid", str(file)], {"MILAID_ROOT": str(project)}
        ),
    ]
    file.unlink()
    return steps


def _scan(file: str) -> None:
    """Let DuckDB read the columns that the table of aid is made of, and add up two of them."""
    import duckdb

    from milaid.sources.foreignassistance_complete import COLUMNS

    columns = ", ".join(f'max("{spellings[0]}")' for spellings in COLUMNS.values())
    sums = 'sum("Current Dollar Amount"), sum("Constant Dollar Amount")'
    found = duckdb.sql(f"SELECT count(*), {sums}, {columns} FROM read_csv('{file}')").fetchall()
    print(f"{found[0][0]:,} rows")


def _report(folder: Path) -> list[Measured]:
    if not (paths.notebooks_dir() / NOTEBOOK).is_file():
        print(f"notebooks/{NOTEBOOK} is not there: no report is measured.")
        return []
    return [_measure("annual report, HTML and PDF", ["report", "annual", "--out", str(folder / "reports")])]


def _measure(step: str, arguments: list[str], environment: dict[str, str] | None = None) -> Measured:
    started = time.perf_counter()
    finished = subprocess.run(
        [sys.executable, __file__, "--run", *arguments],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    if finished.returncode:
        sys.exit(f"{step}: ended with exit code {finished.returncode}")
    *said, usage = finished.stdout.splitlines()
    own, largest_child = json.loads(usage)
    result = said[0][:100] if len(said) == 1 or "add-aid" in arguments else f"{len(said)} files written"
    return Measured(step, result, seconds, own, largest_child)


def _run(arguments: list[str]) -> None:
    """Run a command of milaid, or a scan, in this process, then print its peak memory and that of the largest child."""
    from milaid.cli import main as milaid

    try:
        if arguments[0] == "--scan":
            _scan(arguments[1])
        else:
            milaid(arguments)
    except SystemExit as done:
        if done.code:
            raise
    usage = (
        resource.getrusage(who).ru_maxrss * UNIT / 2**20
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps([round(peak, 1) for peak in usage]))


if __name__ == "__main__":
    _run(sys.argv[2:]) if sys.argv[1:2] == ["--run"] else main()
