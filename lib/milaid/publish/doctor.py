"""What ``milaid doctor`` reports: versions, fonts, data and sources of this installation."""

from __future__ import annotations

import csv
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from milaid import paths
from milaid.blocks.fonts import FACES, fonts_dir
from milaid.publish.registry.known import registry
from milaid.publish.registry.standard import years_with_data
from milaid.tables.digests import advice_on, faults
from milaid.tables.naming.choices import ranges

_SHOWN = 20
_PACKAGES = ("milaid", "pandas", "matplotlib", "papermill", "nbconvert", "jupyterlab", "typst", "pypdfium2")


def findings() -> tuple[list[str], bool]:
    """Return the lines to print and whether everything that a report needs is there."""
    lines = [f"python      {platform.python_version()} ({sys.executable})"]
    problems: list[str] = []
    for name in _PACKAGES:
        try:
            lines.append(f"{name:<11} {version(name)}")
        except PackageNotFoundError:
            problems.append(f"the package {name} is not installed; install milaid again")
    missing = [
        f"{face.file}{suffix}"
        for face in FACES
        for suffix in (".ttf", ".woff2")
        if not (fonts_dir() / f"{face.file}{suffix}").is_file()
    ]
    lines.append(f"fonts       {len(FACES)} faces in {fonts_dir()}")
    problems += [f"the font file {name} is missing" for name in missing]
    lines += _places()
    years = years_with_data()
    lines.append(f"data        fiscal years {ranges(years) or 'none'} in {paths.trainings_dir()}")
    if not years:
        problems.append(f"there are no data; {paths.without_data()}")
    not_built = faults()
    problems += [f"{paths.data_dir() / place}: {fault}" for place, fault in not_built]
    if not_built:
        problems.append(advice_on([place for place, _ in not_built]))
    known = registry()
    problems += known.problems
    problems += [
        f"the notebook {report.notebook_path} of the {report.kind} report is missing"
        for report in known.reports.values()
        if not report.notebook_path.is_file()
    ]
    sources, missing_sources = _sources()
    lines.append(f"sources     {sources}")
    problems += missing_sources
    lines += [f"problem     {problem}" for problem in problems[:_SHOWN]]
    lines.append("all that a report needs is there" if not problems else f"{len(problems)} to mend")
    return lines, not problems


def _places() -> list[str]:
    """Return which folder is worked in and why, and where notebooks and plan are taken from."""
    root = paths.project_root()
    if os.environ.get("MILAID_ROOT"):
        why = "as MILAID_ROOT says"
    elif root in (here := Path.cwd(), *here.parents) and paths.plan_file().is_relative_to(root):
        why = "found from the current folder up"
    else:
        why = "the current folder" if paths.is_installed() else "the checkout that milaid is run from"
    return [
        f"folder      {root} ({why})",
        f"notebooks   {paths.notebooks_dir()}",
        f"plan        {paths.plan_file()}",
    ]


def _sources() -> tuple[str, list[str]]:
    """Return where the official files are, and which of those their manifests name are missing."""
    folder = paths.configured_sources()
    if folder is None:
        if not paths.own_data():
            return (
                "the tables come with milaid; `milaid init DIR --with-data` makes a folder to build others in",
                [],
            )
        come = sum(1 for path in paths.official_dir().rglob("*") if path.is_file())
        return (
            f"MILAID_SOURCES is not set; `milaid data` downloads ({come} files in {paths.official_dir()})",
            [],
        )
    if not folder.is_dir():
        return f"MILAID_SOURCES names {folder}", [f"MILAID_SOURCES names {folder}, which is no directory"]
    named = []
    for manifest in sorted(folder.glob("**/manifest.csv")):
        with manifest.open(encoding="utf-8", newline="") as lines:
            named += [row["file"] for row in csv.DictReader(lines) if row.get("file")]
    missing = [name for name in named if not (folder / name).is_file()]
    shown = f"{folder}: {len(named) - len(missing)} of the {len(named)} files its manifests name"
    return shown, [f"the source file {name} is missing" for name in missing]
