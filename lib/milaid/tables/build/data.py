"""``make data``: the tidy tables of data/ from the official files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from milaid import paths
from milaid.replacing import settle
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
from milaid.tables.state import plan_build, read_rows
from milaid.world import require_room


@dataclass(frozen=True)
class BuildResult:
    """What a build did: documents parsed anew, documents taken as they were, activities, files written."""

    parsed: int
    kept: int
    activities: int
    files: tuple[str, ...]

    def __str__(self) -> str:
        if not self.files:
            return f"data/ is up to date: {self.kept} documents unchanged"
        return (
            f"data/ built: {self.parsed} documents parsed, {self.kept} unchanged, "
            f"{self.activities:,} activities, {len(self.files)} files"
        )


def build_data(sources: Path | None = None, jobs: int | None = None) -> BuildResult:
    """Build the tidy tables of data/ from the official files.

    Each file is looked for in ``sources``, if one is named, and then in the project's own store. A document
    whose content, corrections and parser are unchanged is not parsed again. Raises RequestError when there is
    no such directory, SourceError with every missing or damaged file, DataError when totals do not reconcile
    or a name is unknown; data/ is then as it was.
    """
    with being_built():
        return _build(sources, jobs)


def only_edited() -> bool:
    """Return whether reference tables alone were changed since data/ was built, so that no official file is read."""
    data = paths.data_dir()
    plan = plan_build(data, *_manifests(data))
    return not (plan.up_to_date or plan.documents or plan.others)


def _manifests(data: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the rows of the lists of documents and of other sources; DataError with all faults of reference tables."""
    reference = data / "reference"
    require_sound_reference(reference)
    return read_rows(reference / "documents.csv"), read_rows(reference / "other_sources.csv")


def _build(sources: Path | None, jobs: int | None) -> BuildResult:
    data = paths.data_dir()
    require_directory(sources)
    require_room(data)
    settle(data)
    reference = data / "reference"
    documents, others = _manifests(data)
    plan = plan_build(data, documents, others, cut_outs(documents, sources))
    # What is kept of a file that is unchanged, and its reader too, need not be read again from it.
    to_read = sources_to_read([row["path"] for row in plan.others])
    unchanged = {row["path"] for row in others} - to_read
    if not plan.up_to_date:
        unchanged |= {row["path"] for row in documents} - {row["path"] for row in plan.documents}
    require_files([*documents, *others], sources, dispensable=unchanged)
    if plan.up_to_date:
        return BuildResult(0, len(documents), 0, ())
    parsed = parse_documents(
        [locate(row["path"], sources) for row in plan.documents], reference / "corrections.csv", jobs
    )

    from milaid.tables.build.assembling import assemble

    made = assemble(parsed, plan.kept, {path: locate(path, sources) for path in to_read})
    replace_data(data, made.tables, plan.state, made.reference)
    return BuildResult(len(parsed), len(plan.kept), len(made.rows.activities), tuple(sorted(made.tables)))
