"""Documents parsed side by side, each in a process of its own."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from milaid.errors import DataError, SourceError, list_problems
from milaid.progress import Progress

if TYPE_CHECKING:
    from milaid.sources.fmtr.corrections import Correction
    from milaid.sources.fmtr.document import DocumentTables


def parse_documents(
    sources: Path, documents: list[dict[str, str]], corrections_table: Path, jobs: int | None
) -> list[DocumentTables]:
    """Parse documents in separate processes, the largest first; SourceError or DataError with all that fail."""
    from milaid.sources.fmtr.corrections import read_corrections

    corrections = read_corrections(corrections_table)
    work = [
        (sources / d["path"], [c for c in corrections if c.document == d["file"]])
        for d in sorted(documents, key=lambda d: -int(d["bytes"]))
    ]
    if not work:
        return []
    workers = min(jobs or os.cpu_count() or 1, len(work))
    results: list[DocumentTables] = []
    damaged: list[str] = []
    unfitting: list[str] = []
    with (
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool,
        Progress("Reading documents", len(work)) as progress,
    ):
        futures = {pool.submit(_parse_one, path, mended): path for path, mended in work}
        for future in as_completed(futures):
            try:
                results.append(future.result())
            except SourceError as error:
                damaged.append(str(error))
            except DataError as error:
                unfitting.append(str(error))
            progress.advance(what=futures[future].name)
    advice = "data/ was left as it was."
    if damaged:
        raise SourceError(list_problems("Documents that cannot be read:", sorted(damaged), advice))
    if unfitting:
        raise DataError("\n".join([*sorted(unfitting), advice]))
    return results


def _parse_one(path: Path, corrections: list[Correction]) -> DocumentTables:
    from milaid.sources.fmtr.document import read_document

    return read_document(path, corrections)
