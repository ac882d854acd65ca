"""`make bench`: prints a table of what each long step takes beside its baseline; REF names the commit to compare with."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path

import pandas
import pyarrow

from benchmarks import extraction, reports
from benchmarks.measuring import Measured

HEAD = ("step", "CPU s", "wall s", "MiB", "baseline", "CPU s", "MiB", "CPU ratio")


def main(ref: str) -> None:
    """Measure what can be measured here and print the table; a step that fails ends the run with its message."""
    with tempfile.TemporaryDirectory(prefix="milaid-bench-") as folder:
        found = [*extraction.rows(Path(folder)), *reports.rows(Path(folder), ref)]
    print(
        f"\nPython {platform.python_version()}, pandas {pandas.__version__}, pyarrow {pyarrow.__version__}, "
        f"{os.cpu_count()} cores, {platform.machine()}\n"
    )
    lines = [HEAD, *(_cells(*row) for row in found)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = zip(line, widths, range(len(line)), strict=True)
        print("  ".join(c.ljust(w) if place in (0, 4) else c.rjust(w) for c, w, place in cells).rstrip())


def _cells(step: str, took: Measured, baseline: str, other: Measured | None) -> tuple[str, ...]:
    own = (step, f"{took.cpu:.1f}", f"{took.wall:.1f}", f"{took.largest:,.0f}", baseline)
    if other is None:
        return (*own, "", "", "")
    return (*own, f"{other.cpu:.1f}", f"{other.largest:,.0f}", f"{took.cpu / other.cpu:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--scan"]:
        extraction.scan(sys.argv[2])
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
