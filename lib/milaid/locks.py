"""Locks on files that end with the process that holds them, however it ends, and say who that is.

The system takes a lock back when its process is gone, so that what a killed one leaves is never mistaken for one that is
held. Where a disk knows no locks, every lock is given, and none counts as free.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_SECONDS_BETWEEN_LOOKS = 0.01
_BEHIND_THE_TEXT = 1 << 30
"""Windows keeps others from reading bytes that are locked: the one that is lies behind what is said of the holder."""


@dataclass(frozen=True)
class Holder:
    """The process that holds a lock, the machine it runs on, and since when (UTC)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since} UTC"


class Taken(Exception):
    """Another process holds the lock; ``holder`` is None where it has not said yet who it is."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(str(holder or "another process"))
        self.holder = holder


@dataclass
class Lock:
    """A lock that this process holds until it releases it or ends."""

    path: Path
    _descriptor: int

    def release(self) -> None:
        """Give the lock back and remove its file."""
        try:
            with contextlib.suppress(OSError):
                self.path.unlink()
        finally:
            os.close(self._descriptor)
        # Windows removes no file that is open.
        if os.name == "nt":
            with contextlib.suppress(OSError):
                self.path.unlink()


def acquire(path: Path, seconds: float = 0.0) -> Lock:
    """Return the lock on a file, which is made; raises Taken where another holds it for so long, OSError where none can be."""
    last = time.monotonic() + seconds
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            given = _lock(descriptor) is not False
            if given and _is_still(descriptor, path):
                _say_who(descriptor)
                return Lock(path, descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if not given:
            if time.monotonic() >= last:
                raise Taken(holder(path))
            time.sleep(_SECONDS_BETWEEN_LOOKS)


@contextmanager
def held(path: Path, seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock on a file for a block; errors as of :func:`acquire`."""
    lock = acquire(path, seconds)
    try:
        yield
    finally:
        lock.release()


def is_free(path: Path) -> bool:
    """Return whether a file that was locked is held by nobody; False where it is not there or cannot be told."""
    with left_free(path) as free:
        return free


@contextmanager
def left_free(path: Path) -> Iterator[bool]:
    """Give what :func:`is_free` says of a file, and where it is free keep it from others until the block is done."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        yield False
        return
    try:
        yield _lock(descriptor) is True
    finally:
        os.close(descriptor)


def holder(path: Path) -> Holder | None:
    """Return who holds a lock, as its file says."""
    try:
        return Holder(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _say_who(descriptor: int) -> None:
    who = Holder(os.getpid(), socket.gethostname(), f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}")
    text = json.dumps(asdict(who)).encode()
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, text)
    os.ftruncate(descriptor, len(text))


def _is_still(descriptor: int, path: Path) -> bool:
    """Return whether the file that was locked lies there still: who held it before removed it."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return False
    return (now.st_dev, now.st_ino) == ((was := os.fstat(descriptor)).st_dev, was.st_ino)


def _lock(descriptor: int) -> bool | None:
    """Return whether the lock was given at once; None where there are no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _BEHIND_THE_TEXT, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True
