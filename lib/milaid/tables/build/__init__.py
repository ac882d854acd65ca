"""The build of data/: official files in, tidy tables out; nothing is replaced unless all of it is right.

``official`` finds the official files, ``reading`` parses them, ``assembling`` makes the tables and checks
them, ``writing`` replaces the files of data/ together.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from milaid import paths
from milaid.errors import RequestError
from milaid.tables.build.official import require_files
from milaid.tables.build.reading import parse_documents
from milaid.tables.build.writing import replace_tables
from milaid.tables.state import (
    BuildState,
    document_fingerprints,
    inputs_digests,
    outputs_intact,
    read_rows,
    read_state,
)


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


def build_data(sources: Path, jobs: int | None = None) -> BuildResult:
    """Build the tidy tables of data/ from the directory with the official files.

    A document whose content, corrections and parser are unchanged is not parsed again. Raises RequestError
    when there is no such directory, SourceError with every missing or damaged file, DataError when totals
    do not reconcile or a name is unknown; data/ is then as it was.
    """
    data = paths.data_dir()
    if not sources.is_dir():
        raise RequestError(f"{sources}: there is no such directory; name the one with the official files")
    corrections = data / "reference" / "corrections.csv"
    documents = read_rows(data / "reference" / "documents.csv")
    require_files(sources, documents, read_rows(data / "reference" / "other_sources.csv"))
    before = read_state(data)
    state = BuildState(
        documents=document_fingerprints(documents, corrections), inputs=inputs_digests(data / "reference")
    )
    intact = outputs_intact(before, data)
    if intact and (state.documents, state.inputs) == (before.documents, before.inputs):
        return BuildResult(0, len(documents), 0, ())
    changed = [
        d for d in documents if not intact or before.documents.get(d["path"]) != state.documents[d["path"]]
    ]
    parsed = parse_documents(sources, changed, corrections, jobs)
    kept = [d["file"] for d in documents if d not in changed]

    from milaid.tables.build.assembling import assemble

    tables = assemble(sources, parsed, kept)
    replace_tables(data, tables, state)
    activities = sum(len(frame) for name, (frame, _) in tables.items() if name.startswith("trainings/"))
    return BuildResult(len(parsed), len(kept), activities, tuple(sorted(tables)))
