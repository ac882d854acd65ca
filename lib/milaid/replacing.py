"""Files below one folder replaced together: a reader finds all as they were or all as they are to be.

New files are written in full into a hidden folder below the folder that they go to. A journal of what is to be moved and
what is to be removed, written through to the disk, is the one step that decides: before it nothing has changed. What was
there is kept until the last move is done, and comes back where one fails. A process that is killed on the way leaves
folder and journal behind; whoever reads or writes next calls :func:`settle`, which finishes what was decided and removes
what was not. Only the contents of the folder are replaced, so that it may be a mount point, or one that a shell is in.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from milaid import locks
from milaid.errors import ReportError
from milaid.moving import flush, keep_beside, move, place_new, prune, put_back, set_aside, there
from milaid.stopping import finishing

ROOM = ".replacing"
"""The folder of what is being replaced; it is there only meanwhile."""
_ORDER, _OWNER, _NEW, _OLD = "order", "owner", "new", "old"
_JOURNAL, _UNDONE = "journal.json", "undone.json"
_SECONDS_TO_WAIT = 60
"""The longest that the moves of another process are waited for; they take a part of a second."""


class NotReplaced(ReportError):
    """A file could not be replaced, for the reason ``strerror``; nothing was."""

    def __init__(self, error: OSError) -> None:
        advice = "mend that and run the command again"
        if isinstance(error, PermissionError):
            advice = "where another program has it open, close it there and run the command again"
        self.strerror = error.strerror or str(error)
        super().__init__(
            f"{error.filename2 or error.filename or 'a file'} cannot be replaced: {self.strerror}; {advice}. Nothing was changed."
        )


@dataclass
class Change:
    """What is to be replaced: files are written below ``new`` at the places that they get below the folder.

    What lies in ``scratch`` is there for the time of the change alone.
    """

    new: Path
    scratch: Path
    removed: list[str] = field(default_factory=list)

    def place(self, name: str) -> Path:
        """Return where the new file of a place below the folder is to be written; its folders are made."""
        path = self.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def remove(self, names: Iterable[str]) -> None:
        """Have files removed by their places below the folder; one that is not there does not matter."""
        self.removed += names

    def names(self) -> list[str]:
        """Return the places of the new files."""
        found = (path for path in self.new.rglob("*") if path.is_symlink() or not path.is_dir())
        return sorted(path.relative_to(self.new).as_posix() for path in found)


@contextmanager
def replacing(folder: Path) -> Iterator[Change]:
    """Give a change to fill; at the end of the block its files take their places, all or none.

    When the block fails nothing has changed. ``folder`` is made where it is not there. Raises NotReplaced, and
    OSError where the folder cannot be written.
    """
    with _workspace(folder) as room:
        change = Change(room / _NEW, room / "scratch")
        change.new.mkdir()
        change.scratch.mkdir()
        yield change
        with finishing():
            _decide(folder, room, change)


def write_whole(path: Path, content: bytes | str, folder: Path | None = None, only_new: bool = False) -> None:
    """Write one file whole or not at all, through a draft in ``folder``, by default the one it lies in.

    Raises FileExistsError where it is to be ``only_new`` and is there, OSError where it cannot be written.
    """
    with _workspace(folder or path.parent) as room:
        draft = room / "draft"
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        path.parent.mkdir(parents=True, exist_ok=True)
        place_new(draft, path) if only_new else move(draft, path)


def settle(folder: Path) -> None:
    """Finish what was decided in a folder and cut off, and remove what a process that was killed left there.

    A look and no more where there is nothing. Raises ReportError where it cannot be finished or taken back.
    """
    try:
        # By its text: this is asked at every reading.
        os.stat(f"{folder}/{ROOM}")  # noqa: PTH116
    except OSError:
        return
    try:
        with _order(folder) as room:
            for left in sorted(path for path in room.iterdir() if path.is_dir()):
                _settle(folder, left)
    except OSError as error:
        if any((folder / ROOM).glob("*/*.json")):
            raise ReportError(
                f"{folder}: a run was ended while it replaced files there, and they cannot be put in order: "
                f"{error.strerror}; make the folder writable and run the command again"
            ) from error


def settle_around(path: Path) -> None:
    """Settle every folder around a file that is to be read: which of them it was put into is not known."""
    for folder in path.absolute().parents:
        settle(folder)


def _settle(folder: Path, left: Path) -> None:
    if (left / _JOURNAL).exists() or (left / _UNDONE).exists():
        # Where it cannot be finished, all is as it was.
        with contextlib.suppress(NotReplaced):
            _carry_out(folder, left)
        _drop(left)
    elif locks.is_free(left / _OWNER) or not (left / _OWNER).exists():
        _drop(left)


@contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    """Give a folder of one's own in ``folder``, with what was cut off there settled; it is removed at the end."""
    made = _made(folder)
    try:
        settle(folder)
        with ExitStack() as at_end:
            with _order(folder) as room:
                own = Path(tempfile.mkdtemp(prefix="change-", dir=room))
                at_end.callback(_drop, own)
                at_end.callback(locks.acquire(own / _OWNER).release)
            yield own
    finally:
        for path in made:
            with contextlib.suppress(OSError):
                path.rmdir()


def _made(folder: Path) -> list[Path]:
    """Make a folder; returns those that were not there, the innermost first: they go again when nothing comes in."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


@contextmanager
def _order(folder: Path) -> Iterator[Path]:
    """Let one process after another decide and move in a folder; give the room of what is being replaced."""
    room = folder / ROOM
    while True:
        room.mkdir(exist_ok=True)
        try:
            lock = locks.acquire(room / _ORDER, _SECONDS_TO_WAIT)
            break
        except FileNotFoundError:
            # The one before has just tidied up.
            continue
        except locks.Taken as taken:
            raise ReportError(
                f"{folder}: {taken} has been replacing files there for a minute; let it end, or end it, and run the "
                "command again"
            ) from taken
    try:
        yield room
    finally:
        lock.release()
        with contextlib.suppress(OSError):
            room.rmdir()


def _decide(folder: Path, room: Path, change: Change) -> None:
    """Write the journal of a change, and carry it out."""
    names = change.names()
    moves = [[name, _is_file(folder / name)] for name in names]
    gone = [name for name in dict.fromkeys(change.removed) if name not in set(names)]
    (room / _OLD).mkdir()
    flush([change.new / name for name in names])
    draft = room / "draft"
    draft.write_text(json.dumps({"moves": moves, "removed": gone}), encoding="utf-8", newline="")
    flush([draft])
    with _order(folder):
        draft.replace(room / _JOURNAL)
        flush([room])
        _carry_out(folder, room)


def _is_file(path: Path) -> bool:
    return there(path) and (path.is_symlink() or not path.is_dir())


def _carry_out(folder: Path, room: Path) -> None:
    """Do what a journal says, or take it back where that fails or was begun; raises NotReplaced where it was taken back."""
    undone, journal = room / _UNDONE, room / _JOURNAL
    if undone.exists():
        _take_back(folder, room, **json.loads(undone.read_bytes()))
        undone.unlink()
        return
    plan = json.loads(journal.read_bytes())
    try:
        _do(folder, room, **plan)
        journal.unlink()
    except OSError as error:
        journal.replace(undone)
        _take_back(folder, room, **plan)
        undone.unlink()
        raise NotReplaced(error) from error


def _do(folder: Path, room: Path, moves: Sequence[tuple[str, bool]], removed: Sequence[str]) -> None:
    """Remove and move; what was done before the process was killed is found done."""
    for number, name in enumerate(removed):
        set_aside(folder / name, room / _OLD / f"removed-{number}")
        prune((folder / name).parent, folder)
    for number, (name, was_there) in enumerate(moves):
        new, path = room / _NEW / name, folder / name
        if not there(new):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if was_there:
            keep_beside(path, room / _OLD / f"{number}")
        move(new, path)


def _take_back(folder: Path, room: Path, moves: Sequence[tuple[str, bool]], removed: Sequence[str]) -> None:
    """Put everything back as it was; what was put back before the process was killed is found so."""
    for number, (name, was_there) in enumerate(moves):
        if was_there:
            put_back(room / _OLD / f"{number}", folder / name)
            continue
        if _is_file(folder / name):
            (folder / name).unlink()
        prune((folder / name).parent, folder)
    for number, name in enumerate(removed):
        put_back(room / _OLD / f"removed-{number}", folder / name)


def _drop(room: Path) -> None:
    """Remove the folder of a change that is done or was never decided."""
    if not any((room / name).exists() for name in (_JOURNAL, _UNDONE)):
        shutil.rmtree(room, ignore_errors=True)
        with contextlib.suppress(OSError):
            room.parent.rmdir()
