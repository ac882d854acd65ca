"""The official files that a build reads: where they lie, and whether they are the ones the manifests name."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from milaid import paths
from milaid.errors import RequestError, SourceError, list_problems
from milaid.sources.official import PAGE_EXTRACT, accepted_digest, read_record
from milaid.tables.source_files import SOURCES_OF_TABLES
from milaid.tables.state import file_digest


def sources_to_read(changed: Collection[str]) -> set[str]:
    """Return the paths of the other sources to read where some changed: every source of each table concerned."""
    concerned = (sources for sources in SOURCES_OF_TABLES.values() if set(sources) & set(changed))
    return {source for sources in concerned for source in sources}


def locate(name: str, sources: Path | None) -> Path:
    """Return where an official file lies: in ``sources`` if it is there, else in the project's own store.

    ``name`` is its place below either; a file that is in neither gets the place where it is first looked for.
    """
    places = [folder / name for folder in (sources, paths.official_dir()) if folder]
    return next((place for place in places if place.is_file()), places[0])


def cut_outs(documents: list[dict[str, str]], sources: Path | None) -> dict[str, str]:
    """Return the SHA-256 of the official file for each path of a document that was cut out of it here."""
    extracts = (row["path"] for row in documents if row["kind"] == PAGE_EXTRACT)
    records = {path: read_record(locate(path, sources)) for path in extracts}
    return {path: record.official_sha256 for path, record in records.items() if record}


def require_directory(sources: Path | None) -> None:
    """Check that the directory named for the official files, if any, is there; RequestError where not."""
    if sources is not None and not sources.is_dir():
        raise RequestError(f"{sources}: there is no such directory; name the one with the official files")


def require_files(
    rows: list[dict[str, str]], sources: Path | None, why: str = "", dispensable: Collection[str] = ()
) -> None:
    """Check that every official file is there and is the one the manifest names; SourceError with all problems.

    In: rows of documents.csv and other_sources.csv; ``why`` says for what they are needed,
    ``dispensable`` which paths may be missing.
    """
    problems = []
    for row in rows:
        path = locate(row["path"], sources)
        if not path.is_file():
            if row["path"] in dispensable:
                continue
            what = f"edition {row['edition']}, {row['region']}" if "edition" in row else row["title"]
            problems.append(f"{path}: missing ({what}); official address: {row['url'] or 'not recorded'}")
        elif accepted_digest(path, row) is None:
            problems.append(
                f"{path}: {_why_different(path)} "
                f"(sha256 {file_digest(path)[:12]}…, expected {row['sha256'][:12]}…)"
            )
    if problems:
        looked = " and then in ".join(str(folder) for folder in (sources, paths.official_dir()) if folder)
        advice = " ".join(filter(None, [why, f"Looked for in {looked}.", "data/ was left as it was."]))
        raise SourceError(list_problems("Official files that cannot be used:", problems, advice))


def _why_different(path: Path) -> str:
    """Return in words how a file that is not the expected one differs."""
    from milaid.sources.fmtr.document import HYPERTEXT_SUFFIXES, recognise

    if path.suffix.lower() not in (".pdf", *HYPERTEXT_SUFFIXES):
        return "its content is not that of the official file; download it again from its official address"
    try:
        recognise(path)
    except SourceError as error:
        return str(error).removeprefix(f"{path}: ")
    return "a readable section of the training report, but not the file that the manifest names"
