"""ZIP archives whose bytes depend on nothing but their files: no times, no owners, a fixed order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files by their names in it, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def pack_file(source: Path, target: Path) -> None:
    """Write an archive of one file under its own name; a file of any size is read piece by piece."""
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        source.open("rb") as content,
        archive.open(_entry(source.name, source.stat().st_size), "w") as packed,
    ):
        while piece := content.read(1 << 20):
            packed.write(piece)


def _entry(name: str, size: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    entry.file_size = size
    return entry
