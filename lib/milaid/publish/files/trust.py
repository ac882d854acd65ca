"""Signs built notebooks for this machine, so that JupyterLab shows them here as they were published.

Signatures are Jupyter's own: they lie in the home of who builds, not in the notebook, whose bytes stay as they are.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from jupyter_core.paths import jupyter_data_dir

from milaid.errors import RequestError


def sign(notebook: Path) -> bool:
    """Sign a notebook; returns False where the home cannot be written, in which case it counts as come from elsewhere."""
    # Imported where it is needed, as a build that has nothing to do needs neither.
    from nbformat.sign import NotebookNotary

    from milaid.publish.registry.notebook_file import read_notebook

    home = Path(jupyter_data_dir())
    try:
        home.mkdir(parents=True, exist_ok=True)
        notary = NotebookNotary(data_dir=str(home), log=_silent())
        try:
            notary.sign(read_notebook(notebook))
        finally:
            notary.store.close()
    except (OSError, sqlite3.Error, RequestError):
        return False
    return True


def sign_all(files: Iterable[Path]) -> None:
    """Sign the notebooks among the files of a report."""
    for file in files:
        if file.suffix == ".ipynb":
            sign(file)


def _silent() -> logging.Logger:
    """Return a log that says nothing: a signature that could not be kept is no fault of the report."""
    log = logging.getLogger(__name__)
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return log
