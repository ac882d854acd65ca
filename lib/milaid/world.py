"""What the world does to a command: a full disk, a missing folder, a closed pipe, too little memory; told in one message each.

The command line asks here what an error of the system means (:func:`told`), looks before the work whether a folder can be
written (:func:`require_room`), and prints by streams that outlive their reader (:func:`lasting`).
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from milaid.errors import MilaidError, ReportError, RequestError
from milaid.parsing import shortened_text

_FAILED, _WRONG = ReportError, RequestError
_ELSEWHERE = "name another place"
_ROOM = "make room there, or name another place"
_MEMORY_FROM = "close other programs, raise the limits (ulimit -v, ulimit -u), or work with fewer --jobs"
_MEANINGS: dict[int, tuple[type[MilaidError], str, str]] = {
    errno.ENOSPC: (_FAILED, "the disk is full", _ROOM),
    errno.EDQUOT: (_FAILED, "the quota of the disk is used up", _ROOM),
    errno.EFBIG: (_FAILED, "the file would be larger than is allowed here", _ROOM),
    errno.EIO: (_FAILED, "the disk cannot be read or written", "look after the disk"),
    errno.EROFS: (_WRONG, "the disk is read-only", _ELSEWHERE),
    errno.EACCES: (_WRONG, "access is not allowed", f"change its permissions, or {_ELSEWHERE}"),
    errno.EPERM: (_WRONG, "this is not allowed", f"change its permissions, or {_ELSEWHERE}"),
    errno.ENOENT: (_WRONG, "there is no such file or folder", "look at the name"),
    errno.ENOTDIR: (_WRONG, "a part of this path is a file and no folder", _ELSEWHERE),
    errno.EISDIR: (_WRONG, "this is a folder, not a file", "name a file"),
    errno.ENAMETOOLONG: (_WRONG, "the name is too long", "name a shorter one"),
    errno.ELOOP: (_WRONG, "symbolic links lead in a circle", _ELSEWHERE),
    errno.EBUSY: (_FAILED, "another program uses it, or a disk is mounted there", _ELSEWHERE),
    errno.ENOTEMPTY: (_FAILED, "other files came there meanwhile", "run the command again"),
    errno.EMFILE: (_FAILED, "too many files are open", "raise the limit (ulimit -n)"),
    errno.ENFILE: (_FAILED, "too many files are open on this machine", "close other programs"),
    errno.ENOMEM: (_FAILED, "there is too little memory", _MEMORY_FROM),
    errno.EAGAIN: (
        _FAILED,
        "no more threads or processes can be started, for want of memory most likely",
        _MEMORY_FROM,
    ),
    errno.EADDRINUSE: (_WRONG, "the port is taken", "name another with --port, 0 for a free one"),
}
_OF_DISKS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_MEMORY = f"there is too little memory; {_MEMORY_FROM}"
_WORDS = {
    "can't start new thread": errno.EAGAIN,
    "disk is full": errno.ENOSPC,
    "cannot allocate memory": errno.ENOMEM,
    "failed to map segment": errno.ENOMEM,
    "symlink loop": errno.ELOOP,
    "bad_alloc": errno.ENOMEM,
    "error return without exception set": errno.ENOMEM,
}
"""What libraries say of the world in errors of their own, and Python where it has no memory left to say it."""
_BLOCK = b"\0" * 4096
_MOST_PLACES = 2
"""A command writes into no more folders."""
_looked_at: list[Path] = []
"""Folders that were found to be writable: a disk that is full later is one of theirs."""


def told(error: BaseException) -> MilaidError:
    """Return what an error of the system, or one that nobody expected, is to a user: a message and an exit code."""
    match error:
        case MilaidError():
            return error
        case MemoryError():
            return ReportError(_MEMORY)
        case UnicodeEncodeError() | UnicodeDecodeError():
            return RequestError(
                f"{shortened_text(ascii(error.object))}: holds what cannot be written in {error.encoding}; use another name"
            )
        case OSError():
            return _of_system(error)
    said = shortened_text(" ".join(str(error).split()))
    if code := _code_in(said):
        return _of_system(OSError(code, said))
    return ReportError(
        f"milaid did not expect this: {type(error).__name__}{f': {said}' if said else ''}\n"
        "`milaid --debug` and the same command show where; please report it with that text"
    )


def _code_in(said: str) -> int:
    """Return the number of the error of the system that a text tells of, 0 for none."""
    words = {os.strerror(code).lower(): code for code in _MEANINGS} | _WORDS
    return next((code for text, code in words.items() if text in said.lower()), 0)


def _of_system(error: OSError) -> MilaidError:
    if error.errno is None:
        # Of several files at once, or raised by a library: the words say what it was.
        said = shortened_text(str(error))
        error = OSError(_code_in(str(error)), said)
    names = [
        shortened_text(os.fsdecode(name))
        for name in (error.filename, error.filename2)
        if isinstance(name, str | bytes)
    ]
    kind, meaning, advice = _MEANINGS.get(error.errno or 0, (ReportError, "", ""))
    if not names and error.errno in _OF_DISKS:
        names = [str(place) for place in _places_in_doubt()]
    where = " and ".join(dict.fromkeys(names))
    seen = shortened_text(error.strerror or str(error) or type(error).__name__)
    if meaning:
        # The words of the system too: they are what can be looked up.
        meaning = f"{meaning} ({seen})"
    return kind(f"{where}{': ' if where else ''}{meaning or seen}{f'; {advice}' if advice else ''}")


def _places_in_doubt() -> list[Path]:
    """Return where a file may be that could not be written on: the folders whose disk is full, else all that are written."""
    places = [*dict.fromkeys([*_looked_at[-_MOST_PLACES:], Path(tempfile.gettempdir())])]
    return [place for place in places if _is_full(place)] or places


def _is_full(place: Path) -> bool:
    try:
        return shutil.disk_usage(next(p for p in (place, *place.parents) if p.exists())).free < len(_BLOCK)
    except OSError:
        return False


def require_room(folder: Path) -> None:
    """Check that files can be made in a folder, or that it can be made: before the work, not after it.

    A file is made there, or in the folder above that is there, and taken away. Raises RequestError, or ReportError for a
    full disk, with what the system says.
    """
    place = folder.absolute()
    try:
        while not _is_there(place):
            place = place.parent
        if place.is_symlink() and not place.exists():
            raise RequestError(f"{folder}: {place} is a symbolic link to what is not there; {_ELSEWHERE}")
        if not place.is_dir():
            which = "this" if place == folder.absolute() else str(place)
            raise RequestError(f"{folder}: {which} is a file; name another folder")
        with tempfile.TemporaryFile(dir=place, buffering=0) as file:
            file.write(_BLOCK)
        _looked_at.append(place)
    except OSError as error:
        raise _of_system(OSError(error.errno, error.strerror, str(folder))) from error


def _is_there(place: Path) -> bool:
    try:
        place.lstat()
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        # A file stands in the way: it is found further up.
        return False
    return True


class _Lasting(io.FileIO):
    """A stream that is written on when its reader has gone, to nowhere: the work goes on and is done."""

    def write(self, content: object) -> int:
        """Write, and where the reader has gone or the disk is full write no more; only the latter is an error."""
        try:
            return super().write(content) or 0  # type: ignore[arg-type]
        except OSError as error:
            if error.errno == errno.EAGAIN:
                raise
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            if error.errno in (errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN):
                return len(content)  # type: ignore[arg-type]
            raise OSError(error.errno, error.strerror, "what is printed") from error


def lasting() -> None:
    """Let what is printed outlive its reader, and show a letter that a terminal cannot print as a question mark."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Closed by the shell (>&-): what is printed goes nowhere.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
            # Unbuffered (python -u), a stream has no raw one below it.
            if isinstance(getattr(stream.buffer, "raw", stream.buffer), io.FileIO):
                stream.flush()
                setattr(sys, name, _rebuilt(stream))


def _rebuilt(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    raw = _Lasting(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=stream.errors,
        newline=None,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
