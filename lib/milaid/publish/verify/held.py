"""Files held against what is written of them: the manifest of each report, and the checksums of a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from milaid.errors import RequestError
from milaid.publish.export.folder import SUMS, read_sums
from milaid.publish.files import crate
from milaid.publish.files.crate import Manifest
from milaid.publish.registry.places import BRIEF_ENDING
from milaid.tables.state import file_digest
from milaid.walking import files_below

_BESIDE = (".html", ".ipynb", ".pdf", ".xlsx", ".zip", f"{BRIEF_ENDING}.html", f"{BRIEF_ENDING}.pdf")
MISSING, CHANGED = "is missing", "is not as it was made"
DIFFERS, NOT_AGAIN = "comes out otherwise", "does not come about again"
_SUM = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Held:
    """The manifest of a report: the folder it lies in, and what it says; why it says nothing, "" where it does."""

    folder: Path
    manifest: Manifest | None = None
    problem: str = ""

    @property
    def place(self) -> str:
        """Where the report lies below reports/, or the name of its folder."""
        return self.manifest.place if self.manifest else self.folder.name

    @property
    def name(self) -> str:
        """The name of its files, without suffix."""
        return self.folder.name


def find(path: Path) -> list[Held]:
    """Return the manifests of a report or of all reports below a folder.

    ``path`` is a folder, a file of a report such as ``annual/2014.html``, or the place of one without suffix. Raises
    RequestError where nothing is there that has a manifest.
    """
    folder = path.parent if path.name == crate.NAME else path
    if not folder.is_dir():
        ending = next((end for end in reversed(_BESIDE) if folder.name.endswith(end)), "")
        folder = folder.with_name(folder.name.removesuffix(ending))
    if not folder.is_dir():
        raise RequestError(f"{path}: there is no report and no folder of reports")
    found = [folder / crate.NAME]
    if not found[0].is_file():
        found = sorted(path for path in files_below(folder) if path.name == crate.NAME)
    if not found:
        raise RequestError(
            f"{path}: no report there has a manifest ({crate.NAME}); reports that were built by this version have one"
        )
    return [_read(manifest) for manifest in found]


def _read(path: Path) -> Held:
    try:
        return Held(path.parent, crate.read(path))
    except OSError as error:
        return Held(path.parent, problem=f"cannot be read ({error.strerror})")
    except ValueError as error:
        return Held(path.parent, problem=f"is no manifest of milaid: {error!s:.200}")


def files_of(held: Held) -> Iterator[tuple[Path, crate.File]]:
    """Yield each file that the manifest of a report names, and what it says of it."""
    for name, file in held.manifest.files.items() if held.manifest else ():
        yield held.folder.parent / name[3:] if name.startswith("../") else held.folder / name, file


def differences(held: Held) -> Iterator[tuple[Path, str]]:
    """Yield each file of a report that is not what its manifest says, with what is wrong."""
    if held.manifest is None:
        yield held.folder / crate.NAME, held.problem
        return
    for path, file in files_of(held):
        try:
            if crate.file_of(path) != file:
                yield path, CHANGED
        except FileNotFoundError:
            yield path, MISSING
        except OSError as error:
            yield path, f"cannot be read ({error.strerror})"
    inside = {path.name: path for path in sorted(held.folder.iterdir()) if not path.name.startswith(".")}
    beside = {f"../{held.name}{end}": held.folder.parent / f"{held.name}{end}" for end in _BESIDE}
    for name, path in {**inside, **beside}.items():
        if name not in held.manifest.files and path.is_file() and name != crate.NAME:
            yield path, "is not in the manifest of the report"


@dataclass(frozen=True)
class Sums:
    """What the checksums of a folder say: which files they name, those that differ, and those beside them."""

    file: Path
    files: frozenset[Path] = frozenset()
    problems: tuple[tuple[Path, str], ...] = ()
    unnamed: tuple[Path, ...] = ()


def held_against_sums(folder: Path) -> Sums:
    """Return how the files of a folder compare with its checksums; nothing where it has none."""
    file = folder / SUMS
    if not file.is_file():
        return Sums(file)
    try:
        named = read_sums(folder)
        wrong = [digest for name, digest in named.items() if not name or not _SUM.fullmatch(digest)]
        if wrong:
            raise ValueError(f"{wrong[0]!r:.100} is no SHA-256 with a name")
    except (OSError, ValueError) as error:
        return Sums(file, problems=((file, f"cannot be read ({error!s:.200})"),))
    problems = []
    for name, digest in named.items():
        path = folder / name
        try:
            if file_digest(path) != digest:
                problems.append((path, CHANGED))
        except OSError:
            problems.append((path, MISSING))
    known = frozenset(folder / name for name in named)
    unnamed = sorted(path for path in files_below(folder) if path not in known and path != file)
    return Sums(file, known, tuple(problems), tuple(unnamed))
