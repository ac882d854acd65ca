"""``milaid verify``: files held against their manifests, reports built again, and all that differs in one message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from milaid.blocks.words import and_list, counted
from milaid.errors import VerificationError, list_problems
from milaid.processes import cores
from milaid.publish.export.folder import SUMS
from milaid.publish.files import crate
from milaid.publish.site.downloads import FOLDER
from milaid.publish.site.revisions import is_site
from milaid.publish.verify.again import Rebuilt, rebuild
from milaid.publish.verify.held import Held, Sums, differences, find, held_against_sums

_NAMED = 3


def verify(path: Path, again: bool = True, jobs: int | None = None) -> str:
    """Return in words that the reports at a path are as their manifests say, and that they come about ``again``.

    ``jobs`` is how many are built at once, by default one a core. Raises RequestError where nothing is there that has a manifest,
    VerificationError with each file that is not as it should be.
    """
    found = find(path)
    sums = [held_against_sums(folder) for folder in (path, path / FOLDER)] if path.is_dir() else []
    problems: dict[Path, str] = {}
    for file, what in [*(each for held in found for each in differences(held)), *_of(sums)]:
        problems.setdefault(file, what)
    rebuilt = (
        rebuild([held for held in found if held.manifest], _site_of(path), jobs or cores()) if again else []
    )
    for file, what in (each for one in rebuilt for each in one.problems):
        problems.setdefault(file, what)
    if problems:
        raise VerificationError(_message(path, problems, rebuilt))
    return _said(path, found, sums, rebuilt if again else None)


def _of(sums: Iterable[Sums]) -> Iterable[tuple[Path, str]]:
    return (each for one in sums for each in one.problems)


def _site_of(path: Path) -> Path | None:
    """Return the published site that a path lies in, or is; None for reports that are as they were built."""
    return next((folder for folder in (path, *path.resolve().parents) if _is_published(folder)), None)


def _is_published(folder: Path) -> bool:
    # Beside the reports that are built lies the history too, with no checksums.
    return is_site(folder) and (folder / SUMS).is_file()


def _message(path: Path, problems: dict[Path, str], rebuilt: Sequence[Rebuilt]) -> str:
    lines = [f"{_seen_from(path, file)}: {what}" for file, what in sorted(problems.items())]
    advice = ""
    others = sorted({name for one in rebuilt for name in one.other_inputs})
    if others:
        more = [f"{len(others) - _NAMED} more"] if len(others) > _NAMED else []
        advice = (
            f"Not as when they were made are here: {and_list([*others[:_NAMED], *more])}. What was made from them comes out "
            "otherwise; take the version of milaid and the tables that made the reports."
        )
    return list_problems(f"{path}: not as it was made:", lines, advice)


def _seen_from(path: Path, file: Path) -> str:
    """Return a file as seen from a folder of reports, of a report alone from the folder that it lies in."""
    inside = path.parent if path.name == crate.NAME else path
    alone = (inside / crate.NAME).is_file() or not inside.is_dir()
    folder = inside.parent if alone else inside
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)


def _said(path: Path, found: Sequence[Held], sums: Sequence[Sums], rebuilt: Sequence[Rebuilt] | None) -> str:
    files = sum(len(held.manifest.files) + 1 for held in found if held.manifest)
    said = [f"{path}: {counted(len(found), 'report')}, {counted(files, 'file')} as their manifests say"]
    if in_sums := sum(one.files for one in sums[:1]):
        said.append(f"{counted(in_sums, 'file')} as SHA256SUMS says")
    said.append("all come about again, byte for byte" if rebuilt is not None else "not built again")
    unnamed = sorted({_seen_from(path, file) for one in sums[:1] for file in one.unnamed})
    beside = f"\nBeside what was published: {', '.join(unnamed)}" if unnamed else ""
    return ", ".join(said) + beside
