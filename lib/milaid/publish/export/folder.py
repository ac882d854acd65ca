"""A folder whose contents are replaced as a whole: made first, put there at the end, never over a stranger's files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from milaid.errors import RequestError, list_problems
from milaid.parsing import parse_json
from milaid.replacing import ROOM, Change, replacing, settle
from milaid.tables.datapackage import FILE_NAME, NAME
from milaid.tables.state import file_digest

SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Kind:
    """A kind of folder that milaid writes as a whole: article and name, what was done to it, how to tell one."""

    article: str
    name: str
    done: str
    recognises: Callable[[Path], bool]


def is_export(folder: Path) -> bool:
    """Return whether a folder holds what milaid exports: checksums, and a description with its name."""
    try:
        description = parse_json((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(description, dict) and description.get("name") == NAME and (folder / SUMS).is_file()


EXPORT = Kind("an", "export", "exported", is_export)


@contextmanager
def replaced(folder: Path, kind: Kind = EXPORT, keep: Collection[str] = ()) -> Iterator[Path]:
    """Give an empty directory to fill; at the end what it holds takes the place of what ``folder`` held.

    Files of ``folder`` that are not of the kind and fit one of the patterns ``keep`` stay there. When the block fails or
    is interrupted, ``folder`` stays as it was; when the process is killed, the next one that looks finds it as it was or
    as it is to be (:mod:`milaid.replacing`). Raises RequestError before anything
    is done when ``folder`` holds anything but a folder of the kind as it was written, and when the place
    cannot be written to.
    """
    target = folder.resolve()
    require_replaceable(target, kind, keep)
    with ExitStack() as stack:
        try:
            change = stack.enter_context(replacing(target))
        except OSError as error:
            raise RequestError(
                f"{folder}: {kind.article} {kind.name} cannot be written there: {error.strerror}"
            ) from error
        yield change.new
        require_replaceable(target, kind, keep)
        _put_in_place(change, target, keep)


def _put_in_place(change: Change, target: Path, keep: Collection[str]) -> None:
    """Have all that lies in a folder removed but what is kept; RequestError where a new file has the name of that."""
    kept, new = {_name(path, target) for path in _kept(target, keep)}, change.names()
    if both := sorted(kept.intersection(new)):
        raise RequestError(
            f"{target / both[0]}: fits --keep, and the new folder has a file of that name; nothing was changed"
        )
    old = (_name(path, target) for path in _below(target) if path.is_symlink() or not path.is_dir())
    change.remove(sorted({*old} - kept - {*new}))


def _below(folder: Path) -> Iterator[Path]:
    """Yield all that lies below a folder, but what is being replaced in it."""
    for path in folder.iterdir():
        if path.name != ROOM:
            yield path
            yield from path.rglob("*")


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _kept(folder: Path, keep: Collection[str]) -> list[Path]:
    """Return the files below a folder, not listed in its checksums, that fit a pattern by their place or a folder's."""
    if not keep or not folder.is_dir():
        return []
    listed = read_sums(folder) if (folder / SUMS).is_file() else {}
    found = []
    for path in sorted(_below(folder)):
        place = path.relative_to(folder)
        names = [place.as_posix(), *(parent.as_posix() for parent in place.parents if parent.name)]
        fits = any(fnmatchcase(name, pattern.rstrip("/")) for name in names for pattern in keep)
        if fits and place.as_posix() not in {*listed, SUMS} and (path.is_symlink() or not path.is_dir()):
            found.append(path)
    return found


def require_replaceable(folder: Path, kind: Kind = EXPORT, keep: Collection[str] = ()) -> None:
    """Check that ``folder`` is missing, empty, or one of the kind that nobody has changed, but for files to ``keep``.

    Raises RequestError that names what else lies there.
    """
    settle(folder)
    if not folder.exists():
        return
    if not folder.is_dir():
        raise RequestError(f"{folder}: this is a file; name another folder with --out")
    kept = set(_kept(folder, keep))
    if all(path in kept or (path.is_dir() and not path.is_symlink()) for path in _below(folder)):
        return
    if not kind.recognises(folder):
        raise RequestError(
            f"{folder}: this folder is not {kind.article} {kind.name} of milaid, and is left as it is; "
            "name another with --out"
        )
    strange = _strange(folder, kind, kept)
    if strange:
        advice = "Move them away, or name another folder with --out. Nothing was changed."
        raise RequestError(
            list_problems(
                f"{folder}: files that the last {kind.name} did not write like this:", strange, advice
            )
        )


def _strange(folder: Path, kind: Kind, kept: Collection[Path]) -> list[str]:
    """Return the files that are not in the checksums or differ from them, and are not kept."""
    sums = read_sums(folder)
    found = []
    for path in sorted(_below(folder)):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                found.append(f"{name}/: not part of the {kind.name}")
        elif path in kept:
            continue
        elif name not in {*sums, SUMS}:
            found.append(f"{name}: not part of the {kind.name}")
        elif name != SUMS and file_digest(path) != sums[name]:
            found.append(f"{name}: changed since it was {kind.done}")
    return found


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file below ``folder`` as ``sha256sum`` does, by name."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    # A list of checksums that lies there already cannot hold its own.
    names = [name for name in names if name != SUMS]
    lines = [f"{file_digest(folder / name)}  {name}\n" for name in names]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="")


def read_sums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file by name, as the checksums of a folder say."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
