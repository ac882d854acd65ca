"""Which file on disk is the one that a manifest names: by its SHA-256, or by the record of where it was cut out.

For some documents the manifest names a page extract: the pages of one region, cut out of the official PDF.
Whoever cuts the same pages out of the same PDF gets a file with other bytes, so a file that the downloader
cut out has a record beside it: what it was cut out of, which pages, and the SHA-256 of both files. Reads
with the standard library alone, so that a build with nothing to do stays quick.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from milaid.parsing import parse_json
from milaid.replacing import write_whole

PAGE_EXTRACT = "page extract"
"""The ``kind`` of a document that holds some pages of the official file at its address."""


@dataclass(frozen=True)
class CutOut:
    """Where a file was cut out: address and SHA-256 of the official file, its pages, SHA-256 of the cut-out.

    ``first_page`` counts from 1; ``pages`` is how many.
    """

    official_url: str
    official_sha256: str
    first_page: int
    pages: int
    sha256: str

    def write(self, path: Path) -> None:
        """Write the record beside the file that was cut out, at once or not at all."""
        write_whole(record_path(path), json.dumps(asdict(self), indent=1) + "\n")


def record_path(path: Path) -> Path:
    """Return where the record of a file that was cut out lies."""
    return path.with_name(f"{path.name}.cutout.json")


def read_record(path: Path) -> CutOut | None:
    """Return the record beside a file, None where there is none that can be read."""
    try:
        return CutOut(**parse_json(record_path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def accepted_digest(path: Path, row: Mapping[str, str]) -> str | None:
    """Return the SHA-256 that stands for the content of a file, None when it is not what ``row`` names.

    ``row`` is a row of a manifest: ``sha256`` and ``url``, for documents ``kind`` and ``pages`` too. A file with
    the manifest's SHA-256 is accepted as it is. In place of a page extract, a file is accepted that was cut out
    of the official file at the same address, has as many pages and is as the record beside it says; what
    stands for its content is then the SHA-256 of that official file.
    """
    digest = file_digest(path)
    if digest == row["sha256"]:
        return digest
    cut_out = read_record(path) if row.get("kind") == PAGE_EXTRACT else None
    if cut_out is None or digest != cut_out.sha256:
        return None
    same = (cut_out.official_url, str(cut_out.pages)) == (row["url"], row["pages"])
    return cut_out.official_sha256 if same else None
