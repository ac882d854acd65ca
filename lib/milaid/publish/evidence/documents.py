"""The official document of a row, as a checked file: in the folder of the official files, in our own store, or fetched."""

from __future__ import annotations

from pathlib import Path

from milaid import paths
from milaid.errors import SourceError
from milaid.sources.official import accepted_digest, file_digest
from milaid.tables.build.official import locate


def document_at_hand(row: dict[str, str], sources: Path | None) -> Path:
    """Return the file of a document (a row of documents.csv), which is the one that the tables were read from.

    Looked for in ``sources``, then in data/official/; where it is in neither it alone is downloaded from its official
    address. Raises SourceError where it cannot be had, or is another file than the one that was read.
    """
    path = locate(row["path"], sources)
    if not path.is_file():
        path = _fetched(row)
    if accepted_digest(path, row) is None:
        raise SourceError(
            f"{path}: not the document that the tables were read from (sha256 {file_digest(path)[:12]}…, expected "
            f"{row['sha256'][:12]}…); take the file away, and it is downloaded again from {row['url'] or 'its address'}"
        )
    return path


def _fetched(row: dict[str, str]) -> Path:
    """Download one document into the folder of the official files and return where it lies now."""
    from milaid.sources.download.downloading import download_official

    folder = paths.official_dir() if paths.own_data() else paths.work_dir() / "official"
    path = folder / row["path"]
    if path.is_file():
        return path
    if not row["url"]:
        raise SourceError(
            f"{path}: missing, and its official address is not recorded in data/reference/documents.csv"
        )
    download_official([row], [], folder)
    return path
