"""The part of a file that has come so far, kept on disk until the rest is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from milaid.parsing import parse_json


class PartialFile:
    """``NAME.part`` beside its goal, and ``NAME.part.json`` with what asking for the rest needs.

    The notes hold the address, the server's mark of this version of the file (ETag or Last-Modified, or
    None) and whether bytes on disk are counted as the server counts them. They are written before the first
    byte, so that whatever ends the work, what lies there can be continued or is known to be useless.
    """

    def __init__(self, goal: Path) -> None:
        self.goal = goal
        self.path = goal.with_name(f"{goal.name}.part")
        self.notes = goal.with_name(f"{goal.name}.part.json")

    @property
    def size(self) -> int:
        """Return how many bytes have come."""
        return self.path.stat().st_size if self.path.exists() else 0

    def begin(self, url: str, version: str | None, countable: bool) -> None:
        """Start the file anew."""
        self.drop()
        self.goal.parent.mkdir(parents=True, exist_ok=True)
        notes = {"url": url, "version": version, "countable": countable}
        self.notes.write_text(json.dumps(notes), encoding="utf-8", newline="")

    def version_to_continue(self, url: str, unmarked: bool) -> tuple[int, str | None]:
        """Return how many bytes need not be asked for again, and the mark of the version they are of.

        ``unmarked`` says whether bytes may be continued when the server gave their version no mark; that is
        right only where the whole file can be checked at the end.
        """
        try:
            notes = parse_json(self.notes.read_text(encoding="utf-8"))
            known = notes["url"] == url and notes["countable"] and (notes["version"] or unmarked)
            return (self.size, notes["version"]) if known else (0, None)
        except (OSError, ValueError, TypeError, KeyError):
            return 0, None

    @contextmanager
    def more(self) -> Iterator[BinaryIO]:
        """Open the part to add to it; every write reaches the disk, also when the program is killed."""
        with self.path.open("ab", buffering=0) as stream:
            yield stream  # type: ignore[misc]

    def finish(self) -> None:
        """Give the file its final name."""
        self.path.replace(self.goal)
        self.notes.unlink(missing_ok=True)

    def drop(self) -> None:
        """Forget what has come."""
        self.path.unlink(missing_ok=True)
        self.notes.unlink(missing_ok=True)
