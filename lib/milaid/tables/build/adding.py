"""A new edition, or further documents of one, taken into the manifest and into data/ in one step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from milaid import fiscal, paths
from milaid.errors import RequestError
from milaid.replacing import settle
from milaid.tables.build.candidates import Candidate, Row, addresses, listed_files, read_candidates
from milaid.tables.build.official import (
    cut_outs,
    locate,
    require_directory,
    require_files,
    sources_to_read,
)
from milaid.tables.build.reading import parse_documents
from milaid.tables.build.reference import require_sound_reference
from milaid.tables.build.writing import replace_data
from milaid.tables.digests import being_built
from milaid.tables.state import WorkToDo, document_fingerprints, plan_build, read_rows, rows_as_text
from milaid.world import require_room

if TYPE_CHECKING:
    from milaid.tables.build.assembling import Assembly

_WHY_NEEDED = "They, or the code that reads them, have changed since data/ was built, so that their rows cannot be kept."
_AFTER_REFUSAL = (
    "Nothing was written. Complete the tables in data/reference/, then run the same command again."
)
_EDITION = re.compile(r"(\d{4})-(\d{4})")


@dataclass(frozen=True)
class Addition:
    """What was added: the documents of an edition, what they hold, and what to know about it."""

    edition: str
    documents: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    written: bool

    def __str__(self) -> str:
        heading = (
            f"edition {self.edition} added"
            if self.written
            else f"edition {self.edition} can be added; nothing was written (--dry-run)"
        )
        width = max(len(name) for name, _ in self.figures) + 2
        lines = [heading, *(f"  {name:<{width}}{value}" for name, value in self.figures)]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)])


def add_edition(
    given: Sequence[Path],
    edition: str,
    urls: Sequence[str] = (),
    sources: Path | None = None,
    dry_run: bool = False,
    jobs: int | None = None,
) -> Addition:
    """Read new documents of one edition, check them with all that data/ has, then enter and write them.

    ``given`` are files or directories with files; ``urls`` the official addresses. Official files that have not
    changed need not be there. Raises RequestError or SourceError with every file that cannot be added, DataError
    with every name that is unknown and every total that differs; manifest, official files and tables are then
    as they were.
    """
    _require_edition(edition)
    require_directory(sources)
    with being_built():
        return _add(given, edition, urls, sources, dry_run, jobs)


def _add(
    given: Sequence[Path],
    edition: str,
    urls: Sequence[str],
    sources: Path | None,
    dry_run: bool,
    jobs: int | None,
) -> Addition:
    data = paths.data_dir()
    require_room(data)
    settle(data)
    reference = data / "reference"
    files = listed_files(given)
    require_sound_reference(reference, [path.name for path in files])
    corrections = reference / "corrections.csv"
    manifest, others = read_rows(reference / "documents.csv"), read_rows(reference / "other_sources.csv")
    extracts = cut_outs(manifest, sources)
    before = plan_build(data, manifest, others, extracts)
    of_file = addresses(urls, files)
    candidates = read_candidates(files, edition, manifest, corrections, jobs)
    entries = [new.entry(list(manifest[0]), of_file.get(new.path.name, "")) for new in candidates]

    to_read = sources_to_read([row["path"] for row in before.others])
    needed = [*before.documents, *(row for row in others if row["path"] in to_read)]
    require_files(needed, sources, _WHY_NEEDED)
    old = parse_documents([locate(row["path"], sources) for row in before.documents], corrections, jobs)
    extended = _inserted(manifest, entries)

    from milaid.tables.build.assembling import assemble

    names = [new.path.name for new in candidates]
    made = assemble(
        [*old, *(new.tables for new in candidates)],
        before.kept,
        {path: locate(path, sources) for path in to_read},
        names,
        _AFTER_REFUSAL,
    )
    if not dry_run:
        replace_data(
            data,
            made.tables,
            replace(before.state, documents=document_fingerprints(extended, corrections, extracts)),
            reference={**made.reference, "documents.csv": rows_as_text(extended)},
            official=_to_copy(candidates, entries),
        )
    figures = _figures(made, names, before)
    return Addition(edition, tuple(names), figures, tuple(_notes(made, manifest, entries)), not dry_run)


def _require_edition(edition: str) -> None:
    years = _EDITION.fullmatch(edition)
    if not years or int(years[2]) != int(years[1]) + 1:
        raise RequestError(
            f"--edition {edition}: an edition is two years, the second the one after the first, such as 2021-2022"
        )


def _inserted(manifest: list[Row], entries: list[Row]) -> list[Row]:
    """Return the rows of the manifest with new ones, by file name, at the end of their edition."""
    new = sorted(entries, key=lambda row: row["file"])
    place = sum(row["edition"] <= new[0]["edition"] for row in manifest)
    return [*manifest[:place], *new, *manifest[place:]]


def _to_copy(candidates: Sequence[Candidate], entries: Sequence[Row]) -> dict[str, Path]:
    """Return the documents that do not lie in the project's own store yet, by their place there."""
    store = paths.official_dir()
    return {
        entry["path"]: new.path
        for new, entry in zip(candidates, entries, strict=True)
        if (store / entry["path"]).resolve() != new.path.resolve()
    }


def _figures(made: Assembly, documents: Sequence[str], before: WorkToDo) -> tuple[tuple[str, str], ...]:
    rows = made.rows.activities
    rows = rows[rows["document"].isin(documents) & (rows["status"] == "actual")]
    totals = made.reconciled[made.reconciled["document"].isin(documents)]
    agreeing = int(totals["agrees"].sum())
    known = len(totals) - agreeing
    return (
        ("documents", f"{len(documents)}"),
        ("activities", f"{len(rows):,}"),
        ("participants", f"{int(rows['quantity'].sum()):,}"),
        ("dollars", f"${int(rows['cost_usd'].sum()):,}"),
        ("recipients", f"{rows['recipient'].nunique()}"),
        ("programs", f"{rows['program'].nunique()}"),
        (
            "printed totals that agree",
            f"{agreeing:,} of {len(totals):,}" + (f", {known} are known issues" if known else ""),
        ),
        ("documents parsed", f"{len(documents) + len(before.documents)}"),
        ("documents kept as they were", f"{len(before.kept)}"),
    )


def _notes(made: Assembly, manifest: Sequence[Row], entries: Sequence[Row]) -> list[str]:
    """Return what is worth a look although it keeps nothing from being written."""
    from milaid.tables import store
    from milaid.tables.build.findings import derived_cells, unread_cells

    edition, year = entries[0]["edition"], int(entries[0]["fiscal_year"])
    notes = []
    if without := [row["file"] for row in entries if not row["url"]]:
        notes.append(f"no official address is recorded for {', '.join(without)}; --url ADDRESS gives one")
    printed = {row["region"] for row in manifest}
    notes += [
        f"the region «{row['region']}» is printed for the first time"
        for row in entries
        if row["region"] not in printed
    ]
    last = max((row["edition"] for row in manifest if row["edition"] < edition), default="")
    have = {row["region"] for row in [*manifest, *entries] if row["edition"] == edition}
    if missing := sorted({row["region"] for row in manifest if row["edition"] == last} - have):
        notes.append(f"edition {edition} has no document yet of {', '.join(missing)}, which {last} has")
    if year not in set(store.load_deflator()["fiscal_year"]):
        notes.append(f"deflator.csv has no value for {fiscal.label(year)}; constant dollars cannot be shown")
    breaks = store.load_series_breaks()
    if ((breaks["kind"] == "gap") & (breaks["fiscal_year"] == year)).any():
        notes.append(f"series_breaks.csv names {fiscal.label(year)} as a gap; take that row out")
    files = [row["file"] for row in entries]
    notes += [
        f"cannot be read and follows from the totals: {cell}"
        for cell in derived_cells(made.rows.unread, files)
    ]
    notes += [f"cannot be read and stays empty: {cell}" for cell in unread_cells(made.rows.unread, files)]
    return notes
