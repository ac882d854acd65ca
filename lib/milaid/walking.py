"""The files below a folder that others may be writing to meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, those of a folder before those of the folders in it, each by name.

    What is hidden is passed over, with all that lies in it: drafts of what is being written, which come and go, and what
    a machine remembers of files. So is a folder that is taken away on the way; where ``folder`` is not there, there is
    no file. Links to folders are not followed. Raises OSError where a folder cannot be read: its files are not missing.
    """
    for room, inner, names in os.walk(folder, onerror=_unless_gone):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            path = Path(room, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error
