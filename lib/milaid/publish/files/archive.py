"""ZIP archives whose bytes depend on nothing but their files: no times, no owners, a fixed order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

_NO_TIME = (1980, 1, 1, 0, 0, 0)
LEVEL = 4
"""How hard is tried: two steps less than usual take half of the time, and the tables 6% more room."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files by their names in it, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content)
    return buffer.getvalue()


def pack_file(source: Path, target: Path, level: int = LEVEL) -> None:
    """Write an archive of one file under its own name; a file of any size is read piece by piece.

    ``level`` is how hard is tried, from 1 to 9.
    """
    size = source.stat().st_size
    with source.open("rb") as content:
        pack_pieces(source.name, read(content, size), target, size, level)


def pack_pieces(name: str, pieces: Iterable[bytes], target: Path, size: int, level: int = LEVEL) -> None:
    """Write an archive of one file of ``size`` bytes, whose content comes in pieces, as :func:`pack_file` does."""
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(_entry(name, size, level), "w") as packed,
    ):
        for piece in pieces:
            packed.write(piece)


def read(content: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the next ``size`` bytes of a file in pieces."""
    while piece := content.read(min(size, 1 << 20)):
        size -= len(piece)
        yield piece


def _entry(name: str, size: int = 0, level: int = LEVEL) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # The name that Python 3.13 keeps for those who knew it before it had a public one.
    entry._compresslevel = level  # type: ignore[attr-defined]
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    entry.file_size = size
    return entry
