"""The reference tables as they are edited by hand, looked at before anything is built from them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from milaid.tables.digests import is_as_built


def require_sound_reference(folder: Path, documents: Collection[str] = ()) -> None:
    """Raise one DataError with every fault of every reference table, each with file, line and column.

    Tables that are as they were when data/ was built were checked then. ``documents`` are files that are about to be
    listed: their faults are named before they are.
    """
    if all(is_as_built(path) for path in folder.glob("*.csv")):
        return
    from milaid.tables import edited, schemas

    edited.require_sound(folder, schemas.SCHEMAS, {"documents.file": documents})
