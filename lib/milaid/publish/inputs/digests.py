"""Digests of files, remembered beside the reports: a second look at a file that was not written since costs a stat.

A file is the same while its size, its times of writing and of change, and its number on the disk are. The time of change is set
by the system at every write and cannot be set back. A file that was written a moment before it was read is not remembered: a
second write within the same tick of the clock would not show.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from milaid.parsing import parse_json
from milaid.replacing import write_whole

REMEMBERED = ".digests.json"
_SURELY_PAST = 1_000_000_000
"""Nanoseconds: how old the last change of a file is at least when its digest is remembered."""
NONE = ""
"""The digest of a file that is not there."""


class Digests:
    """The digests of files, and what else was found out about contents; nothing is kept without a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = folder / REMEMBERED if folder else None
        self._known: dict[str, list[Any]] = {}
        self._facts: dict[str, Any] = {}
        self._new = False
        if self._file:
            self._read(self._file)

    def _read(self, file: Path) -> None:
        try:
            content = parse_json(file.read_bytes())
            files, facts = content["files"], content["facts"]
        except (OSError, ValueError, KeyError, TypeError):
            return
        if isinstance(files, dict) and isinstance(facts, dict):
            self._known, self._facts = files, facts

    def of(self, path: str | Path) -> str:
        """Return the SHA-256 of a file, :data:`NONE` where there is none."""
        name = os.fspath(path)
        try:
            # By its text: making a Path of each of thousands takes longer than the look itself.
            found = os.stat(name)  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError, ValueError):
            # A ValueError is a name that no file can have here: its letters are none of the locale.
            return NONE
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return NONE
            raise
        stamp = [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
        known = self._known.get(name)
        if isinstance(known, list) and known[:-1] == stamp:
            return known[-1]
        begun = time.time_ns()
        try:
            with Path(name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except (IsADirectoryError, PermissionError):
            return NONE
        if max(stamp[1], stamp[2]) + _SURELY_PAST < begun:
            self._known[name] = [*stamp, digest]
            self._new = True
        elif self._known.pop(name, None) is not None:
            self._new = True
        return digest

    def of_all(self, files: Iterable[str | Path]) -> None:
        """Look at files again, so that those written a while ago are remembered."""
        for path in files:
            self.of(path)

    def fact(self, key: str) -> Any:
        """Return what was found out about a content before, None where nothing was."""
        return self._facts.get(key)

    def keep_fact(self, key: str, fact: Any) -> None:
        """Keep what was found out about a content; ``key`` names the content by its digest, and what was asked."""
        self._facts[key] = fact
        self._new = True

    def save(self) -> None:
        """Write down what is remembered; where that cannot be, the next look takes longer."""
        if not self._file or not self._new or not self._file.parent.is_dir():
            return
        with contextlib.suppress(OSError):
            write_whole(self._file, json.dumps({"files": self._known, "facts": self._facts}))
            self._new = False


def joined(lines: Iterable[str]) -> str:
    """Return one digest of lines."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
