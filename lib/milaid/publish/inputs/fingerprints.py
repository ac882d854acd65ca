"""One fingerprint of all tables, and one of rooms of the code: what the data for download are made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from milaid.tables import catalogue

_LENGTH = 16


def data_fingerprint(data: Path) -> str:
    """Return the fingerprint of the tables below ``data``."""
    return _of([data / name for name in catalogue.table_files(data)], data)


def code_fingerprint(package: Path, *rooms: str) -> str:
    """Return the fingerprint of the Python files, styles and templates of a package, or of ``rooms`` in it."""
    kinds = (".py", ".css", ".js", ".j2", ".typ")
    files = {path for room in rooms or (".",) for path in (package / room).rglob("*")}
    files |= {package / room for room in rooms if (package / room).is_file()}
    return _of((path for path in files if path.suffix in kinds), package)


def _of(files: Iterable[Path], root: Path) -> str:
    listed = sorted(files)
    return _digest(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in listed), root)


@lru_cache(maxsize=8)
def _digest(files: tuple[tuple[Path, int, int], ...], root: Path) -> str:
    """Return one fingerprint of names and contents; read again only when a file was written since."""
    seen = hashlib.sha256()
    for path, _, _ in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        seen.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return seen.hexdigest()[:_LENGTH]
