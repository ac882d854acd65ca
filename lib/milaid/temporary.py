"""Folders for a while in the temporary folder of the system: what a killed run has left there is removed by the next."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from milaid import locks

_PREFIX, _OWNER = "milaid-", ".owner"
_TRIES = 20


@contextmanager
def temporary_folder(around: Path | None = None) -> Iterator[Path]:
    """Give a new folder, by default in the temporary folder of the system; it is removed at the end of the block."""
    around = around or Path(tempfile.gettempdir())
    _clear(around)
    folder, lock = _owned(around)
    try:
        yield folder
    finally:
        lock.release()
        # On Windows a file that a kernel has open cannot be removed, nor can its folder: the next run does it.
        shutil.rmtree(folder, ignore_errors=True)


def _owned(around: Path) -> tuple[Path, locks.Lock]:
    """Return a new folder and the lock that says that it is somebody's."""
    for left in reversed(range(_TRIES)):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=around))
        try:
            return folder, locks.acquire(folder / _OWNER)
        except (FileNotFoundError, locks.Taken):
            # Another process took it for one that is left, before it was locked.
            shutil.rmtree(folder, ignore_errors=True)
            if not left:
                raise
    raise AssertionError


@contextmanager
def everything_in(folder: Path) -> Iterator[None]:
    """Have this process, and all that it starts, make their temporary files in a folder."""
    before, known = os.environ.get("TMPDIR"), tempfile.tempdir
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = known
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _clear(around: Path) -> None:
    """Remove the folders whose process has ended without doing so."""
    with contextlib.suppress(OSError), os.scandir(around) as found:
        left = [Path(entry) for entry in found if entry.name.startswith(_PREFIX)]
    for folder in left:
        with locks.left_free(folder / _OWNER) as free:
            if free:
                shutil.rmtree(folder, ignore_errors=True)
