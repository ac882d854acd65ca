"""Where things are: the one module that knows the directories of the project."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from milaid.replacing import settle

FAILURES = "failures"
"""The folder below reports/ that tells why reports could not be built; it is no part of the site."""

STARTED_IN = "MILAID_STARTED_IN"
"""The variable by which ``milaid lab`` tells its notebooks in which folder it was started."""

OTHERS_READ = 0o022
"""The umask of what milaid writes: files that all may read and only their owner may write, 0644 and 0755."""

PACKAGED = "project"
"""The folder of the installed package with the data, the notebooks and the plan of the suite, laid out like the project."""


def suite_root() -> Path:
    """Return where the suite's own data, notebooks and plan lie: in the installed package, else in the checkout."""
    return _packaged() if is_installed() else _packaged().parents[2]


def is_installed() -> bool:
    """Return whether the package is used without its checkout."""
    checkout = _packaged().parents[2]
    signs = ("notebooks", "pyproject.toml")
    return _packaged().is_dir() or not any((checkout / sign).exists() for sign in signs)


def _packaged() -> Path:
    return Path(__file__).resolve().parent / PACKAGED


def project_root() -> Path:
    """Return the folder that is worked in: what is made goes there, and notebooks run there.

    ``MILAID_ROOT`` when set, else the nearest folder from the current one up that has notebooks/ and
    reports/plan.yml, else the checkout this package lies in, else the folder that ``milaid lab`` was started in
    (its notebooks run below it), else the current folder.
    """
    return _worked_in()[0]


def _worked_in() -> tuple[Path, bool]:
    """Return the folder that is worked in, and whether it is a project."""
    if configured := os.environ.get("MILAID_ROOT"):
        root = Path(configured).resolve()
        return root, _is_project(root)
    here = _path(os.getcwd())  # noqa: PTH109
    settle(here)
    if _is_project(here):
        return here, True
    for folder in here.parents:
        if _is_project(folder):
            return folder, True
    root = Path(os.environ.get(STARTED_IN, here)) if is_installed() else suite_root()
    return root, _is_project(root)


def own_data() -> bool:
    """Return whether the tables lie in the folder that is worked in, where they may be written."""
    return data_dir() == project_root() / "data"


# Where the data lie is asked some thousand times a report.
@lru_cache(maxsize=16)
def _path(name: str) -> Path:
    return Path(name)


@lru_cache(maxsize=16)
def _data_of(root: Path) -> Path:
    return root / "data"


def _is_project(folder: Path) -> bool:
    # By their text, which costs less than a path of each.
    return os.path.isfile(f"{folder}/reports/plan.yml") and os.path.isdir(f"{folder}/notebooks")  # noqa: PTH112, PTH113


def _root_of(*signs: str) -> Path:
    """Return the root that a part of the project is taken from: the suite's, where a project has none of its own.

    A folder that is no project gives nothing, whatever else is called ``data`` in it; one that ``MILAID_ROOT`` names
    gives all, so that what it lacks is told.
    """
    root, is_project = _worked_in()
    if is_project:
        return root if any(os.path.exists(f"{root}/{sign}") for sign in signs) else suite_root()  # noqa: PTH110
    return root if os.environ.get("MILAID_ROOT") else suite_root()


def data_dir() -> Path:
    """Return the directory of the tidy tables, in which what was cut off is finished or taken back."""
    data = _data_of(_root_of("data/reference", "data/trainings"))
    settle(data)
    return data


def without_data() -> str:
    """Return what to do where tables are missing, for the end of a message."""
    if damaged := without_suite(data_dir()):
        return damaged
    build = "build them with `milaid data` (`make data`)"
    configured = os.environ.get("MILAID_ROOT")
    if configured and not reference_dir().is_dir():
        build = "name a folder that `milaid init DIR --with-data` has made"
    return f"MILAID_ROOT is {configured}: unset it, or {build}" if configured else build


def without_suite(place: Path) -> str:
    """Return what to do where something that comes with the installed package is missing, "" where it does not."""
    comes_with_it = is_installed() and place.is_relative_to(suite_root())
    return (
        "it comes with milaid, and this installation is damaged: install milaid again"
        if comes_with_it
        else ""
    )


def reference_dir() -> Path:
    """Return the directory of the reference tables, written by hand and under version control."""
    return data_dir() / "reference"


def official_dir() -> Path:
    """Return the project's own store of official files, laid out like the directory of the official files."""
    return data_dir() / "official"


def trainings_dir() -> Path:
    """Return the directory with one parquet file of activities a fiscal year."""
    return data_dir() / "trainings"


def notebooks_dir() -> Path:
    """Return the directory of the report notebooks."""
    return _root_of("notebooks") / "notebooks"


def reports_dir() -> Path:
    """Return the directory of the built reports, in which what was cut off is finished or taken back."""
    reports = project_root() / "reports"
    settle(reports)
    return reports


def work_dir() -> Path:
    """Return the directory of a reader's own copies of notebooks, which is under no version control."""
    return project_root() / "work"


def plan_file() -> Path:
    """Return the list of the reports that ``milaid build`` makes."""
    return _root_of("reports/plan.yml") / "reports" / "plan.yml"


def lock_file() -> Path:
    """Return the file that pins every package that milaid is made with, in the package or in the checkout."""
    return suite_root() / "uv.lock"


def export_dir() -> Path:
    """Return the directory in which an export of the tables is put when no other is named."""
    return project_root() / "export"


def configured_sources() -> Path | None:
    """Return the directory with the official files that ``MILAID_SOURCES`` names, or None."""
    configured = os.environ.get("MILAID_SOURCES")
    return Path(configured) if configured else None
