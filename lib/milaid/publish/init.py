"""``milaid init``: a folder of one's own, with notebooks and plan to be edited.

A folder with notebooks/ and reports/plan.yml is a project: milaid uses them in it and below it. The tables are read where
they are unless they are wanted too, so that a new release brings its tables to every folder.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from milaid import paths
from milaid.errors import ReportError, RequestError, list_problems
from milaid.replacing import replacing, settle
from milaid.tables.digests import require_as_built
from milaid.world import require_room, told

_PARTS = ("notebooks", "reports/plan.yml")
_DATA = "data"
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "official", "foreignassistance.parquet")


def init(folder: Path, with_data: bool) -> str:
    """Copy the suite's notebooks and plan into a folder, with its tables if wanted; returns what to do next.

    All is copied or nothing. Raises RequestError where something of it is there already or cannot be written.
    """
    require_room(folder)
    folder = folder.resolve()
    parts = (*_PARTS, _DATA) if with_data else _PARTS
    _require_room(folder, parts)
    if with_data and paths.data_dir() == paths.suite_root() / _DATA:
        require_as_built()
    try:
        with replacing(folder) as change:
            for part in parts:
                _copy(paths.suite_root() / part, change.place(part))
    except OSError as error:
        said = told(error)
        raise type(said)(f"{folder}: notebooks and plan cannot be written there: {said}") from error
    return _next_steps(folder, with_data)


def _require_room(folder: Path, parts: tuple[str, ...]) -> None:
    settle(folder)
    if folder.exists() and not folder.is_dir():
        raise RequestError(f"{folder}: this is a file; name a folder")
    there = [str(folder / part) for part in parts if (folder / part).exists()]
    if there:
        raise RequestError(
            list_problems(f"{folder}: what is there is left as it is:", there, "Name another folder.")
        )
    if missing := [str(place) for part in parts if not (place := paths.suite_root() / part).exists()]:
        raise ReportError(list_problems("what would be copied is missing:", missing, "Install milaid again."))


def _copy(source: Path, target: Path) -> None:
    """Copy contents alone: the files of an installed package may be read-only."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=_LEFT_OUT, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(source, target)


def _next_steps(folder: Path, with_data: bool) -> str:
    tables = "its own, in data/" if with_data else f"read from {paths.suite_root() / _DATA}"
    return "\n".join(
        [
            f"{folder} is a project now: notebooks/ and reports/plan.yml are yours to edit; tables: {tables}",
            "in it:",
            f'  cd "{folder}"',
            "  milaid build --list              what the plan holds",
            "  milaid build --only country/CMR  one report of it, from your notebooks, into reports/",
            "  milaid doctor                    which folder, notebooks and tables are used",
        ]
    )
