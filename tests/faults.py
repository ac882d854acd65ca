"""Faults at each single step by which files change places: the process is killed there, or the step fails.

A command is run once, and what lies there when it has decided is kept. From then on only :mod:`milaid.replacing` is at work, which
is tried on copies: what a reader finds after the fault must be wholly what was there, or wholly what is to be.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from milaid import replacing
from milaid.replacing import ROOM, Change, NotReplaced, settle

STEPS = ("replace", "rename", "link", "unlink", "rmdir", "mkdir", "symlink", "fsync")
"""The calls of the system that change what lies where, or make it last."""


class Killed(BaseException):
    """The process is no more: every later step raises it too."""


@contextmanager
def fault_at(number: int, error: Callable[[], BaseException]) -> Iterator[list[str]]:
    """Let the step of a number raise an error, and where that is Killed all later ones; gives the steps that were begun."""
    begun: list[str] = []
    before = {name: getattr(os, name) for name in STEPS}

    def stepping(name: str) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            begun.append(name)
            raised = error()
            if len(begun) - 1 == number or (len(begun) > number and isinstance(raised, Killed)):
                raise raised
            # What is written through to the disk cannot be seen from here, and takes its time.
            return None if name == "fsync" else before[name](*arguments, **named)

        return step

    for name in STEPS:
        setattr(os, name, stepping(name))
    try:
        yield begun
    finally:
        for name, call in before.items():
            setattr(os, name, call)


def full_disk() -> OSError:
    """Return the error of a disk that has no more room."""
    return OSError(28, "No space left on device", "the disk")


def files(folder: Path) -> dict[str, bytes | str]:
    """Return all that lies below a folder: contents of files, and where links lead."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = f"-> {path.readlink()}"
        elif path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


@dataclass(frozen=True)
class Decision:
    """A change that is decided: a copy of the folder with it, the name of its room, and what is removed."""

    folder: Path
    room: str
    removed: tuple[str, ...]

    def copied(self, to: Path) -> tuple[Path, Path, Change]:
        """Return a copy to be tried: the folder, the room in it, and the change."""
        shutil.rmtree(to, ignore_errors=True)
        # Files are replaced and never written into: second names of them are copies enough.
        shutil.copytree(self.folder, to, symlinks=True, copy_function=os.link)
        room = to / ROOM / self.room
        return to, room, Change(room / "new", room / "scratch", list(self.removed))

    def before(self) -> dict[str, bytes | str]:
        """Return what a reader finds when nothing was done."""
        return {name: content for name, content in files(self.folder).items() if not name.startswith(ROOM)}


@contextmanager
def decisions(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Decision]]:
    """Keep a copy of what lies there at each decision of a command that is run meanwhile."""
    found: list[Decision] = []
    decide = replacing._decide

    def keeping(folder: Path, room: Path, change: Change) -> None:
        copy = kept / f"{len(found)}"
        shutil.copytree(folder, copy, symlinks=True)
        # The lock of its owner ends with the process that is killed.
        (copy / ROOM / room.name / "owner").unlink()
        found.append(Decision(copy, room.name, tuple(change.removed)))
        decide(folder, room, change)

    with monkeypatch.context() as patched:
        patched.setattr(replacing, "_decide", keeping)
        yield found


def require_whole(decision: Decision, to: Path) -> int:
    """Try a decision with a fault at each step, of both kinds; returns how many steps there are."""
    folder, room, change = decision.copied(to)
    with fault_at(1 << 30, Killed) as steps:
        replacing._decide(folder, room, change)
    settle(folder)
    shutil.rmtree(folder / ROOM, ignore_errors=True)
    old, new = decision.before(), files(folder)
    assert old != new, "nothing changes: nothing is tried"
    for error in (Killed, full_disk):
        found = []
        for number in range(len(steps)):
            folder, room, change = decision.copied(to)
            try:
                with fault_at(number, error):
                    replacing._decide(folder, room, change)
                failed = False
            except (Killed, NotReplaced, OSError):
                failed = True
            settle(folder)
            seen = {name: content for name, content in files(folder).items() if not name.startswith(ROOM)}
            assert seen in (old, new), f"step {number} of {len(steps)}, {steps[number]}: neither old nor new"
            assert failed or seen == new
            found.append(seen == new)
            assert not list((folder / ROOM).glob("*/*.json"))
        assert not found[0]
        if error is Killed:
            assert found[-1] and found == sorted(found), "once decided, it is finished"
    return len(steps)
