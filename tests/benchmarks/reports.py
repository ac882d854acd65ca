"""One report, many reports, a build with nothing to do: each beside its baseline."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Measured, measure
from milaid.paths import notebooks_dir, project_root

PLAN = """
reports:
  - {report: country, each: country, only: [AUS, BRA, CMR, EGY, FJI, GEO, KEN, MEX, NPL, SEN, TUV, UKR]}
  - {report: annual, each: fiscal_year, only: [2004, 2014, 2020]}
  - {report: program, each: program, only: [IMET, PKO, CTFP]}
  - {report: region, each: region, only: [africa, near-east]}
"""
REPORTS = 20
PROFILE, CODE = "country_profile.ipynb", "CMR"
Row = tuple[str, Measured, str, Measured | None]
"""A step and what it took, its baseline and what that took."""


def rows(folder: Path, ref: str) -> Iterator[Row]:
    """Yield the steps on reports; ``ref`` is the commit that many reports are held against, "" for none."""
    milaid = [str(Path(sys.executable).with_name("milaid"))]
    one = measure([*milaid, "report", "country", "--country", CODE, "--out", str(folder / "one")])
    script = _as_script(folder)
    yield (
        "one profile, all formats",
        one,
        "its cells as a plain script",
        measure([sys.executable, str(script)]),
    )
    stock = Measured(*map(sum, zip(*((m.cpu, m.wall, m.largest) for m in _stock(folder)), strict=True)))
    yield "one profile, all formats", one, "stock papermill and nbconvert, HTML alone", stock
    plan = folder / "plan.yml"
    plan.write_text(PLAN, encoding="utf-8")
    build = [*milaid, "build", "--plan", str(plan), "--out", str(folder / "many"), "--only", "*/*"]
    many = measure(build)
    yield (
        f"{REPORTS} reports",
        many,
        f"the same at {ref}" if ref else "",
        _at(ref, folder, plan) if ref else None,
    )
    yield f"{REPORTS} reports, nothing changed", measure(build), f"{REPORTS} reports", many


def _as_script(folder: Path) -> Path:
    """Write the code cells of the profile as one module, parameters set."""
    cells = json.loads((notebooks_dir() / PROFILE).read_text(encoding="utf-8"))["cells"]
    lines = []
    for cell in cells:
        if cell["cell_type"] == "code":
            lines.append("".join(cell["source"]))
            if "parameters" in cell["metadata"].get("tags", ()):
                lines.append(f"country = {CODE!r}")
    path = folder / "cells.py"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _stock(folder: Path) -> Iterator[Measured]:
    tools, made = Path(sys.executable).parent, folder / "stock.ipynb"
    notebook = str(notebooks_dir() / PROFILE)
    yield measure(
        [
            str(tools / "papermill"),
            notebook,
            str(made),
            "-p",
            "country",
            CODE,
            "--no-progress-bar",
            "-k",
            "python3",
        ],
        project_root(),
    )
    yield measure([str(tools / "jupyter"), "nbconvert", "--to", "html", str(made)])


def _at(ref: str, folder: Path, plan: Path) -> Measured | None:
    """Return what the same reports take at another commit, None where it cannot be checked out or set up."""
    tree = folder / "tree"
    steps = (
        ["git", "-C", str(project_root()), "worktree", "add", "--detach", "--force", str(tree), ref],
        ["make", "-C", str(tree), ".venv/.complete"],
    )
    try:
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{ref} is not measured: {' '.join(step)} ended with {done.returncode}")
                return None
        build = ["build", "--plan", str(plan), "--out", str(folder / "many-before"), "--only", "*/*"]
        return measure([str(tree / ".venv" / "bin" / "milaid"), *build], tree)
    finally:
        shutil.rmtree(tree, ignore_errors=True)
        subprocess.run(["git", "-C", str(project_root()), "worktree", "prune"], check=False)
