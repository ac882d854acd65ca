"""JupyterLab at the project, with one notebook open: nothing is fetched, and the suite's notebooks are not written."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from milaid import paths
from milaid.publish.registry.known import known

_CONTENTS = "milaid.publish.lab.contents.ProjectContents"
_NO_UPDATES = "jupyterlab.handlers.announcements.NeverCheckForUpdate"


@dataclass(frozen=True)
class Opening:
    """How JupyterLab is started; ``edit`` lets the notebooks of the suite be changed."""

    browser: bool = True
    port: int | None = None
    edit: bool = False
    allow_root: bool = False


def open_lab(notebook: Path, how: Opening) -> None:
    """Start JupyterLab with a notebook of the project open; returns when it is stopped."""
    from jupyterlab.labapp import LabApp

    os.environ.update(environment())
    LabApp.launch_instance(arguments(notebook, how))


def arguments(notebook: Path, how: Opening) -> list[str]:
    """Return the options of JupyterLab."""
    root = paths.project_root()
    shown = quote(notebook.relative_to(root).as_posix())
    given = [
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{shown}",
        "--LabApp.extension_manager=readonly",
        f"--LabApp.check_for_updates_class={_NO_UPDATES}",
        "--LabApp.news_url=",
    ]
    if not how.edit:
        given.append(f"--ServerApp.contents_manager_class={_CONTENTS}")
    if how.port is not None:
        given.append(f"--ServerApp.port={how.port}")
    if not how.browser:
        given.append("--no-browser")
    if how.allow_root:
        given.append("--allow-root")
    return given


def environment() -> dict[str, str]:
    """Return what kernels and terminals get: this Python's commands, the folder worked in, and modules beside notebooks of one's own kinds."""
    modules = dict.fromkeys(
        str(report.notebook_path.parent) for report in known().values() if Path(report.notebook).is_absolute()
    )
    found = {"PATH": [str(Path(sys.executable).parent), os.environ.get("PATH", "")]}
    if modules:
        found["PYTHONPATH"] = [*modules, os.environ.get("PYTHONPATH", "")]
    joined = {name: os.pathsep.join(filter(None, parts)) for name, parts in found.items()}
    return {**joined, paths.STARTED_IN: str(paths.project_root())}
