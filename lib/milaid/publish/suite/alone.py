"""One build at a time in a folder of reports: two would make the same reports, and each take the other's for its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from milaid import locks
from milaid.errors import RequestError

BUILDING = ".building.lock"
"""The file that says who builds; it is there only meanwhile, and a build that was killed holds no lock."""


@contextmanager
def alone_in(out_dir: Path) -> Iterator[None]:
    """Build in a folder, which is made; raises RequestError that names the process which does so already."""
    out_dir.mkdir(parents=True, exist_ok=True)
    try:
        lock = locks.acquire(out_dir / BUILDING)
    except locks.Taken as taken:
        raise RequestError(
            f"{out_dir}: another build goes on there: {taken}; wait for it, stop it, or name another folder with --out"
        ) from taken
    try:
        yield
    finally:
        lock.release()
