"""Documents parsed side by side, each in a process of its own."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import as_completed
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from milaid.errors import DataError, MilaidError, SourceError, list_problems
from milaid.processes import cores, processes
from milaid.progress import Progress
from milaid.stopping import undisturbed

if TYPE_CHECKING:
    from milaid.sources.fmtr.corrections import Correction
    from milaid.sources.fmtr.document import DocumentTables

    Outcome: TypeAlias = DocumentTables | MilaidError


def parse_documents(
    documents: Iterable[Path], corrections_table: Path, jobs: int | None
) -> list[DocumentTables]:
    """Return the tables of documents; raises SourceError or DataError with all documents that fail."""
    outcomes = read_documents(documents, corrections_table, jobs)
    damaged = sorted(str(found) for found in outcomes.values() if isinstance(found, SourceError))
    unfitting = sorted(str(found) for found in outcomes.values() if isinstance(found, DataError))
    advice = "data/ was left as it was."
    if damaged:
        raise SourceError(list_problems("Documents that cannot be read:", damaged, advice))
    if unfitting:
        raise DataError("\n".join([*unfitting, advice]))
    return [found for found in outcomes.values() if not isinstance(found, MilaidError)]


def read_documents(
    documents: Iterable[Path], corrections_table: Path, jobs: int | None
) -> dict[Path, Outcome]:
    """Parse documents in separate processes, the largest first; return for each its tables or its error."""
    from milaid.sources.fmtr.corrections import read_corrections

    corrections = read_corrections(corrections_table)
    work = sorted(documents, key=lambda path: (-path.stat().st_size, path))
    if not work:
        return {}
    outcomes: dict[Path, Outcome] = {}
    workers = min(jobs or cores(), len(work))
    with processes(workers) as pool, Progress("Reading documents", len(work)) as progress:
        with undisturbed():
            futures = {
                pool.submit(_parse, path, [c for c in corrections if c.document == path.name]): path
                for path in work
            }
        for future in as_completed(futures):
            path = futures[future]
            try:
                outcomes[path] = future.result()
            except (SourceError, DataError) as error:
                outcomes[path] = error
            progress.advance(what=path.name)
    return {path: outcomes[path] for path in work}


def _parse(path: Path, corrections: list[Correction]) -> DocumentTables:
    from milaid.sources.fmtr.document import read_document

    return read_document(path, corrections)
