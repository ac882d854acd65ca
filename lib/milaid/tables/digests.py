"""The tables held against data/datapackage.json, which has the digest of each from when it was built and checked.

Whatever reads a table asks :func:`require_as_built` first. A file is the same while its size, its times of writing and of
change, and its number on the disk are: the time of change is set by the system at every write and cannot be set back, as
that of writing can. Nothing of it is remembered on disk: to digest all of data/ takes a hundredth of a second.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeAlias, TypeVar

from milaid.errors import DataError, list_problems
from milaid.handwritten import read_sheet
from milaid.parsing import parse_json
from milaid.paths import data_dir, without_suite
from milaid.tables.state import STATE_FILE, read_state

PACKAGE = "datapackage.json"
REFERENCE = "reference/"
Stamp: TypeAlias = tuple[int, int, int, int]
"""Size, time of writing and of change (ns), and number on the disk: the same stamp, the same content."""

_YEAR_FILE = re.compile(r"trainings/fy\d{4}\.parquet")
_RECONCILED = ("trainings_totals.parquet", "reference/known_issues.csv")
"""What the activities were held against when they were built."""
_SHORT = 12
_EVERY, _OUTPUTS, _NOTHING = "every", "outputs", "nothing"
_held: ContextVar[str] = ContextVar("held", default=_EVERY)
_seen: ContextVar[dict[object, Any] | None] = ContextVar("seen", default=None)
Asked = ParamSpec("Asked")
Found = TypeVar("Found")


@contextmanager
def being_built() -> Iterator[None]:
    """Take the tables as they are within the block, which looks at them itself and writes them anew."""
    token = _held.set(_NOTHING)
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def edits_allowed() -> Iterator[None]:
    """Take edited reference tables as they are within the block, which says what comes of them; hold all others."""
    token = _held.set(_OUTPUTS)
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def looked_at_once() -> Iterator[None]:
    """Work from one state of the tables within the block, which is short: what :func:`once_a_look` marks is done once."""
    if _seen.get() is not None:
        yield
        return
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def once_a_look(find: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Keep what a function finds out about the tables to the end of the block of :func:`looked_at_once`, if there is one."""

    @functools.wraps(find)
    def found(*asked: Asked.args, **named: Asked.kwargs) -> Found:
        seen = _seen.get()
        if seen is None:
            return find(*asked, **named)
        key = (find, asked, tuple(named.items()))
        if key not in seen:
            seen[key] = find(*asked, **named)
        return seen[key]

    return found


def stamp_of(path: str | Path) -> Stamp:
    """Return what tells one content of a file from another; OSError where there is no such file."""
    found = os.stat(path)  # noqa: PTH116
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_as_built(path: Path) -> bool:
    """Return whether a file below data/ is byte for byte the one that the data package describes."""
    try:
        place = path.relative_to(data_dir()).as_posix()
        expected = _digests().get(place)
        return expected is not None and _holds(path, stamp_of(path), expected)
    except (OSError, ValueError):
        return False


def require_as_built() -> None:
    """Check that every table that the data package describes is there as it was built; one DataError names all others.

    A folder of tables that no build has made has no data package, and nothing to hold them against.
    """
    held = _held.get()
    found = [] if held == _NOTHING else faults()
    if held == _OUTPUTS:
        found = [(place, fault) for place, fault in found if not place.startswith(REFERENCE)]
    if found:
        data = data_dir()
        raise DataError(
            list_problems(
                f"{data}: the tables are not those that were built, and nothing was made of them:",
                [f"{data / place}: {fault}" for place, fault in found],
                advice_on([place for place, _ in found]),
            )
        )


def are_reconciled() -> bool:
    """Return whether rows, printed totals and known issues are those that a build wrote, which it does only where they agree.

    The record of the build has the digest of each from when the totals of every year were held against the rows.
    """
    known, state = _digests(), read_state(data_dir())
    written = {**state.inputs, **state.outputs}
    places = [place for place in known if place.startswith("trainings/") or place in _RECONCILED]
    return set(_RECONCILED) <= set(places) and all(written.get(place) == known[place] for place in places)


def advice_on(places: list[str]) -> str:
    """Return what to do about files of data/ that are not as they were built."""
    if damaged := without_suite(data_dir()):
        return damaged[0].upper() + damaged[1:] + "."
    edited = "Edits of data/reference that are meant: `milaid data` (`make data`) reads them and builds the tables anew."
    others = (
        "Put back the files as they were (`git checkout -- data`), or build them from the documents with `milaid data` "
        "(`make data`)."
    )
    if all(place.startswith(REFERENCE) for place in places):
        return f"{edited} Others: put the file back as it was (`git checkout -- data/reference`)."
    return f"{others} {edited}" if any(place.startswith(REFERENCE) for place in places) else others


@once_a_look
def faults() -> list[tuple[str, str]]:
    """Return each file below data/ that is not as it was built, with what is wrong with it, by its place there."""
    data = data_dir()
    try:
        package = stamp_of(data / PACKAGE)
    except OSError:
        return [(PACKAGE, "is missing")] if (data / STATE_FILE).is_file() else []
    known = _digests()
    if not known:
        return [(PACKAGE, "cannot be read as a data package")]
    folder = data / "trainings"
    there = tuple(os.listdir(folder)) if folder.is_dir() else ()  # noqa: PTH208
    # By their text, as this is asked for often: making a Path of each takes longer than all else.
    places = _places(data, package, there)
    stamps = tuple([(place, _stamp_or_none(f"{data}/{place}")) for place in places])
    return list(_faults(data, package, stamps))


@lru_cache(maxsize=4)
def _places(data: Path, package: Stamp, trainings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the places of what was built, and of every file of activities that is there."""
    years = {f"trainings/{name}" for name in trainings if _YEAR_FILE.fullmatch(f"trainings/{name}")}
    return tuple(sorted({*_known(data / PACKAGE, package), *years}))


@lru_cache(maxsize=4)
def _faults(
    data: Path, package: Stamp, stamps: tuple[tuple[str, Stamp | None], ...]
) -> tuple[tuple[str, str], ...]:
    known = _known(data / PACKAGE, package)
    places = {digest: place for place, digest in known.items()}
    found = []
    state = read_state(data).outputs.get(PACKAGE)
    if state is not None and state != _digest(data / PACKAGE, package):
        found.append((PACKAGE, f"is not the one that was built together with {STATE_FILE}"))
    for place, stamp in stamps:
        if stamp is None:
            # Costs much to import, and files are seldom missing.
            from milaid.tables.schemas import ADDED

            # A table that a user added is taken away by removing its file.
            if Path(place).stem not in ADDED:
                found.append((place, "is missing"))
        elif place not in known:
            found.append((place, "is not among the tables that were built"))
        elif fault := _fault(data / place, stamp, known[place], places):
            found.append((place, fault))
    return tuple(found)


def _fault(path: Path, stamp: Stamp, expected: str, places: dict[str, str]) -> str:
    """Return what is wrong with a file that is there, "" for nothing."""
    try:
        if _holds(path, stamp, expected):
            return ""
        digest = _digest(path, stamp)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    shown = f"(sha256 {digest[:_SHORT]}…, built as {expected[:_SHORT]}…)"
    if path.suffix == ".csv":
        try:
            read_sheet(path)
        except DataError as error:
            return f"was changed since it was built, and {str(error).removeprefix(str(path)).lstrip(':, ')}"
    if digest in places:
        return f"holds what was built as {places[digest]} {shown}"
    return f"was changed since it was built {shown}"


def _stamp_or_none(path: str) -> Stamp | None:
    try:
        return stamp_of(path)
    except OSError:
        return None


def _digests() -> dict[str, str]:
    """Return the digests of the tables by their place below data/, none where no data package can be read."""
    package = data_dir() / PACKAGE
    try:
        return _known(package, stamp_of(package))
    except OSError:
        return {}


@lru_cache(maxsize=2)
def _known(package: Path, stamp: Stamp) -> dict[str, str]:
    try:
        listed = parse_json(package.read_text(encoding="utf-8"))["resources"]
        return {each["path"]: each["hash"].removeprefix("sha256:") for each in listed}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _holds(path: Path, stamp: Stamp, expected: str) -> bool:
    """Return whether a file has a digest, as it is or, saved by a spreadsheet, in the form that milaid writes."""
    return _digest(path, stamp) == expected or (
        path.suffix == ".csv" and _digest_of_sheet(path, stamp) == expected
    )


@lru_cache(maxsize=512)
def _digest(path: Path, stamp: Stamp) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=64)
def _digest_of_sheet(path: Path, stamp: Stamp) -> str:
    try:
        return hashlib.sha256(read_sheet(path).text.encode()).hexdigest()
    except DataError:
        return ""
