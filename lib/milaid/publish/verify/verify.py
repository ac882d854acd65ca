"""``milaid verify``: files held against their manifests, reports built again, and all that differs in one message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from milaid.blocks.words import and_list, counted
from milaid.errors import VerificationError, list_problems
from milaid.processes import cores
from milaid.publish.export.folder import SUMS
from milaid.publish.files import crate
from milaid.publish.site.downloads import FOLDER
from milaid.publish.site.revisions import FILE_NAME, is_site
from milaid.publish.verify.again import Rebuilt, rebuild
from milaid.publish.verify.held import Held, Sums, differences, files_of, find, held_against_sums
from milaid.publish.verify.own import Own, made_again

_NAMED = 3
_MADE_FROM = (".ipynb", f"/{FILE_NAME}")
"""Ends the names of the files of a site that its pages are made from, beside those of its data."""


def verify(path: Path, again: bool = True, jobs: int | None = None) -> str:
    """Return in words that the reports at a path are as their manifests say, and that they come about ``again``.

    Of a published site the files that are its own are held against its checksums, and made again too. ``jobs`` is how many
    reports are built at once, by default as many as this machine can. Raises RequestError where nothing is there that has a
    manifest, VerificationError with each file that is not as it should be.
    """
    found = find(path)
    sums = _sums(path)
    problems: dict[Path, str] = {}
    for file, what in [*(each for held in found for each in differences(held)), *_of(sums)]:
        problems.setdefault(file, what)
    site = _site_of(path)
    rebuilt = rebuild([held for held in found if held.manifest], site, jobs or cores()) if again else []
    own = _own(path, problems) if again and site and site.resolve() == path.resolve() else None
    for file, what in [*(each for one in rebuilt for each in one.problems), *(own.problems if own else ())]:
        problems.setdefault(file, what)
    if sums:
        problems = _of_the_sums(problems, sums[0], _confirmed(found, rebuilt, own))
    if problems:
        raise VerificationError(_message(path, problems, rebuilt, own))
    return _said(path, found, sums, rebuilt if again else None, own)


def _sums(path: Path) -> list[Sums]:
    """Return what the checksums of a folder say, and those of the data in it where they are themselves as published."""
    if not path.is_dir():
        return []
    whole = held_against_sums(path)
    inner = path / FOLDER / SUMS
    changed = any(file == inner for file, _ in whole.problems)
    return [whole] if changed else [whole, held_against_sums(inner.parent)]


def _of(sums: Iterable[Sums]) -> Iterable[tuple[Path, str]]:
    return (each for one in sums for each in one.problems)


def _own(site: Path, problems: Mapping[Path, str]) -> Own | None:
    """Return how a site's own files come about again; None where what they are made from is not as it was published."""
    data = site / FOLDER
    touched = any(file.is_relative_to(data) or f"/{file.name}".endswith(_MADE_FROM) for file in problems)
    return None if touched else made_again(site)


def _confirmed(found: Sequence[Held], rebuilt: Sequence[Rebuilt], own: Own | None) -> set[Path]:
    """Return the files that agree with something else than the checksums: a manifest, or what was made again."""
    confirmed = set(own.agreeing) if own else set()
    doubtful = {file for one in rebuilt for file, _ in one.problems}
    for held in found:
        wrong = {file for file, _ in differences(held)} | doubtful
        if held.manifest and held.folder not in wrong:
            confirmed |= {path for path, _ in files_of(held)} - wrong
    return confirmed


def _of_the_sums(problems: Mapping[Path, str], sums: Sums, confirmed: Collection[Path]) -> dict[Path, str]:
    """Return problems in which the checksums are named, not the file, where that agrees with something else."""
    said = dict(problems)
    for file, what in sums.problems:
        if file in confirmed and said.get(file) == what:
            del said[file]
            said.setdefault(sums.file, f"says another SHA-256 of {_seen_from(sums.file.parent, file)}")
    left_out = sorted(set(sums.unnamed) & set(confirmed))
    if left_out:
        said.setdefault(sums.file, f"does not name {_seen_from(sums.file.parent, left_out[0])}")
    return said


def _site_of(path: Path) -> Path | None:
    """Return the published site that a path lies in, or is; None for reports that are as they were built."""
    return next((folder for folder in (path, *path.resolve().parents) if _is_published(folder)), None)


def _is_published(folder: Path) -> bool:
    # Beside the reports that are built lies the history too, with no checksums.
    return is_site(folder) and (folder / SUMS).is_file()


def _message(path: Path, problems: Mapping[Path, str], rebuilt: Sequence[Rebuilt], own: Own | None) -> str:
    lines = [f"{_seen_from(path, file)}: {what}" for file, what in sorted(problems.items())]
    advice = []
    others = sorted({name for one in rebuilt for name in one.other_inputs})
    if others:
        more = [f"{len(others) - _NAMED} more"] if len(others) > _NAMED else []
        advice.append(
            f"Not as when they were made are here: {and_list([*others[:_NAMED], *more])}. What was made from them comes out "
            "otherwise; take the version of milaid and the tables that made the reports."
        )
    if own and own.problems:
        advice.append(
            "What is the site's own is made again from its notebooks and the tables, code and plan that are here; with others it "
            "comes out otherwise."
        )
    return list_problems(f"{path}: not as it was made:", lines, " ".join(advice))


def _seen_from(path: Path, file: Path) -> str:
    """Return a file as seen from a folder of reports, of a report alone from the folder that it lies in."""
    inside = path.parent if path.name == crate.NAME else path
    alone = (inside / crate.NAME).is_file() or not inside.is_dir()
    folder = inside.parent if alone else inside
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)


def _said(
    path: Path,
    found: Sequence[Held],
    sums: Sequence[Sums],
    rebuilt: Sequence[Rebuilt] | None,
    own: Own | None,
) -> str:
    files = sum(len(held.manifest.files) + 1 for held in found if held.manifest)
    said = [f"{path}: {counted(len(found), 'report')}, {counted(files, 'file')} as their manifests say"]
    in_sums = sums[0].files if sums else frozenset()
    if in_sums:
        said.append(f"{counted(len(in_sums), 'file')} as SHA256SUMS says")
    said.append("all come about again, byte for byte" if rebuilt is not None else "not built again")
    if own:
        data = f" and {counted(own.data, 'file')} of data" if own.data else ""
        said.append(f"and so do {counted(own.pages, 'page')} of the site{data}")
    text = ", ".join(said)
    alone = in_sums - _confirmed(found, (), own) - {held.folder / crate.NAME for held in found}
    if own and alone:
        text += f"\nHeld against SHA256SUMS alone, as nothing here makes it: {_named(path, alone)}"
    unnamed = {file for one in sums[:1] for file in one.unnamed}
    return text + (f"\nBeside what was published: {_named(path, unnamed)}" if unnamed else "")


def _named(path: Path, files: Iterable[Path]) -> str:
    return ", ".join(sorted(_seen_from(path, file) for file in files))
