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

from milaid import paths
from milaid.tables.state import read_rows

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
        measured = [*_extraction(Path(folder)), *_report(Path(folder))]
    print()
    print(f"{'step':34} {'seconds':>8} {'MiB, process':>13} {'MiB, largest child':>19}   result")
    for row in measured:
        print(f"{row.step:34} {row.seconds:8.1f} {row.own:13,.0f} {row.largest_child:19,.0f}   {row.result}")


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
    result = said[0] if len(said) == 1 else f"{len(said)} files written"
    return Measured(step, result, seconds, own, largest_child)


def _run(arguments: list[str]) -> None:
    """Run a command of milaid in this process, then print its peak memory and that of the largest child."""
    from milaid.cli import main as milaid

    try:
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
