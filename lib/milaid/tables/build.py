"""The build of data/: official files in, tidy tables out; nothing is replaced unless all of it is right."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from milaid import paths
from milaid.errors import DataError, RequestError, SourceError, list_problems
from milaid.progress import Progress
from milaid.tables.state import (
    BuildState,
    document_fingerprints,
    file_digest,
    inputs_digests,
    outputs_intact,
    read_rows,
    read_state,
)

if TYPE_CHECKING:
    import pandas as pd

    from milaid.sources.fmtr.corrections import Correction
    from milaid.sources.fmtr.document import DocumentTables

DEFLATOR_SOURCE = "context/csis_gdp_deflators_by_fiscal_year.csv"
BOUNDARIES_SOURCE = "geo/ne_110m_admin_0_countries.geojson"


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
    documents = read_rows(data / "reference" / "documents.csv")
    _require_files(sources, documents, read_rows(data / "reference" / "other_sources.csv"))
    before = read_state(data)
    state = BuildState(
        documents=document_fingerprints(documents, data / "reference" / "corrections.csv"),
        inputs=inputs_digests(data / "reference"),
    )
    intact = outputs_intact(before, data)
    if intact and (state.documents, state.inputs) == (before.documents, before.inputs):
        return BuildResult(0, len(documents), 0, ())
    changed = [
        d for d in documents if not intact or before.documents.get(d["path"]) != state.documents[d["path"]]
    ]
    parsed = _parse(sources, changed, data / "reference" / "corrections.csv", jobs)
    kept = [d["file"] for d in documents if d not in changed]
    return _assemble(sources, data, parsed, kept, state)


def _require_files(sources: Path, documents: list[dict[str, str]], others: list[dict[str, str]]) -> None:
    """Check that every official file is there and is the one the manifest names."""
    problems = []
    for row in [*documents, *others]:
        path = sources / row["path"]
        if not path.is_file():
            what = f"edition {row['edition']}, {row['region']}" if "edition" in row else row["title"]
            problems.append(f"{path}: missing ({what}); official address: {row['url']}")
        elif (digest := file_digest(path)) != row["sha256"]:
            problems.append(
                f"{path}: {_why_different(path)} (sha256 {digest[:12]}…, expected {row['sha256'][:12]}…)"
            )
    if problems:
        advice = "data/ was left as it was."
        raise SourceError(list_problems("Official files that cannot be used:", problems, advice))


def _why_different(path: Path) -> str:
    """Return in words how a file that is not the expected one differs."""
    if path.suffix != ".pdf":
        return "its content is not that of the official file; download it again from its official address"
    from milaid.sources.fmtr.document import recognise
    from milaid.sources.fmtr.text import read_pages

    try:
        recognise(path, read_pages(path))
    except SourceError as error:
        return str(error).removeprefix(f"{path}: ")
    return "a readable section of the training report, but not the file that the manifest names"


def _parse(
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


def _assemble(
    sources: Path, data: Path, parsed: list[DocumentTables], kept: list[str], state: BuildState
) -> BuildResult:
    """Join parsed and kept rows, check them, and replace the files of data/ together."""
    import pandas as pd

    from milaid.sources.boundaries import read_boundaries
    from milaid.sources.context import read_deflator
    from milaid.tables import names, reconciliation, schemas, store
    from milaid.tables.schema import conform, validate

    def joined(part: str, kept_rows: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        frames = [getattr(tables, part) for tables in parsed]
        if kept:
            frame = kept_rows()
            frames.append(frame[frame["document"].isin(kept)])
        return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)

    countries, labels = store.load_countries(), store.load_program_labels()
    activities = names.harmonise(
        joined("activities", lambda: store.load_trainings(status=None)), countries, labels
    ).sort_values(["fiscal_year", "document", "page", "row_on_page"], ignore_index=True)
    totals = joined("totals", store.load_totals).sort_values(
        ["fiscal_year", "document", "page", "section"], ignore_index=True, kind="stable"
    )
    unread = joined("unread", store.load_unread_values).sort_values(
        ["fiscal_year", "document", "page", "row_on_page", "field"], ignore_index=True
    )
    issues = store.load_known_issues()
    reconciliation.require_reconciled(reconciliation.reconciliation(activities, totals, issues), issues)
    tables = {
        **{
            f"trainings/fy{year}.parquet": (rows.reset_index(drop=True), schemas.TRAININGS)
            for year, rows in activities.groupby("fiscal_year")
        },
        "trainings_totals.parquet": (totals, schemas.TRAININGS_TOTALS),
        "unread_values.csv": (unread, schemas.UNREAD_VALUES),
        "deflator.csv": (read_deflator(sources / DEFLATOR_SOURCE), schemas.DEFLATOR),
        "boundaries.parquet": (read_boundaries(sources / BOUNDARIES_SOURCE), schemas.BOUNDARIES),
    }
    fitted = {}
    for name, (frame, schema) in tables.items():
        fitted[name] = (conform(frame, schema)[list(schema.columns)], schema)
        validate(*fitted[name])
    _replace(data, fitted, state)
    return BuildResult(len(parsed), len(kept), len(activities), tuple(sorted(tables)))


def _replace(data: Path, tables: dict, state: BuildState) -> None:
    """Write all tables into a temporary directory beside their place, then move them there."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    temporary = Path(tempfile.mkdtemp(prefix=".build-", dir=data))
    try:
        for name, (frame, schema) in tables.items():
            path = temporary / name
            path.parent.mkdir(exist_ok=True)
            if path.suffix == ".parquet":
                table = pa.Table.from_pandas(frame, schema=schema.arrow_schema, preserve_index=False)
                pq.write_table(table.replace_schema_metadata(), path, compression="zstd")
            else:
                frame.to_csv(path, index=False, lineterminator="\n")
            state.outputs[name] = file_digest(path)
        state.write(temporary)
        _move([*tables, "build.json"], temporary, data)
        _remove_stale(data, set(tables))
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    for name in names:
        (target / name).parent.mkdir(exist_ok=True)
        (source / name).replace(target / name)


def _remove_stale(data: Path, current: set[str]) -> None:
    for path in (data / "trainings").glob("fy*.parquet"):
        if f"trainings/{path.name}" not in current:
            path.unlink()


def check_data() -> str:
    """Compare the committed rows with the printed totals; return a table by edition as text.

    Raises DataError when a difference is not named in known_issues.csv.
    """
    from milaid.tables import reconciliation, store

    issues = store.load_known_issues()
    reconciled = reconciliation.reconciliation(store.load_trainings(), store.load_totals(), issues)
    reconciliation.require_reconciled(reconciled, issues)
    return reconciliation.summary(reconciled).to_string(index=False)
