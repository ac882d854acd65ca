"""Single steps by which files change places, each of which may be done twice: the first may have been cut off."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

_DRAFT = ".milaid-draft"
_CANNOT_BE_ASKED = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF)
"""What some disks answer that write through by themselves."""
_MOST_FLUSHED = 10
"""So many files are written through to the disk one by one; more are, with all else, at once, where the system can."""


def there(path: Path) -> bool:
    """Return whether there is a file, a folder or a link, wherever it leads."""
    return path.is_symlink() or path.exists()


def move(path: Path, place: Path) -> None:
    """Move a file over another in one step."""
    try:
        path.replace(place)
    except OSError as error:
        # A folder on the way may be a link to another disk.
        if error.errno != errno.EXDEV:
            raise
        _copy(path, place)
        path.unlink()


def place_new(path: Path, place: Path) -> None:
    """Give a file a place where none is; raises FileExistsError where one is."""
    try:
        place.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:
        # No second names on this disk.
        if there(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        move(path, place)


def _copy(path: Path, place: Path) -> None:
    draft = place.with_name(f"{place.name}{_DRAFT}")
    shutil.copy2(path, draft, follow_symlinks=False)
    flush([draft])
    draft.replace(place)


def keep_beside(path: Path, kept: Path) -> None:
    """Keep the content of a file under a second name, without touching it."""
    if there(kept):
        return
    if path.is_symlink():
        kept.symlink_to(path.readlink())
        return
    try:
        kept.hardlink_to(path)
    except OSError:
        # No second names on this disk, or none for the files of another user.
        _copy(path, kept)


def set_aside(path: Path, kept: Path) -> None:
    """Take a file away and keep it; one that is not there is none to take away."""
    if not there(path) or (path.is_dir() and not path.is_symlink()):
        return
    if there(kept):
        # It was copied to another disk, and not taken away yet.
        path.unlink()
    else:
        move(path, kept)


def put_back(kept: Path, path: Path) -> None:
    """Put a file back that was kept; nothing to do where it was not, or lies there still: it may not be movable."""
    if there(kept) and not _same(kept, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        move(kept, path)


def _same(one: Path, other: Path) -> bool:
    if not there(other) or one.is_symlink() or other.is_symlink():
        return False
    return one.samefile(other) or filecmp.cmp(one, other, shallow=False)


def prune(path: Path, up_to: Path) -> None:
    """Remove a folder below another, and those around it, where they are empty."""
    with contextlib.suppress(OSError):
        while path != up_to and path.is_relative_to(up_to):
            path.rmdir()
            path = path.parent


def flush(paths: Sequence[Path]) -> None:
    """Have files or folders written through to the disk, so that a power cut finds them whole."""
    if len(paths) > _MOST_FLUSHED and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        try:
            descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        except OSError:
            # Windows opens no folder so, and nobody a file that may only be read.
            continue
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _CANNOT_BE_ASKED:
                raise
        finally:
            os.close(descriptor)
