"""The files of data/ replaced together: all are written beside their place first, then moved there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from milaid.tables.state import STATE_FILE, BuildState, file_digest

if TYPE_CHECKING:
    import pandas as pd

    from milaid.tables.schema import Schema

    Tables: TypeAlias = dict[str, tuple[pd.DataFrame, Schema]]


def replace_tables(data: Path, tables: Tables, state: BuildState) -> None:
    """Write all tables into a temporary directory beside their place, then move them there."""
    temporary = Path(tempfile.mkdtemp(prefix=".build-", dir=data))
    try:
        state.outputs = write_outputs(temporary, tables)
        state.write(temporary)
        _move([*state.outputs, STATE_FILE], temporary, data)
        _remove_stale(data, state.outputs)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_outputs(directory: Path, tables: Tables) -> dict[str, str]:
    """Write every output below a directory; return the SHA-256 of each by its name."""
    digests = {}
    for name, (frame, schema) in tables.items():
        _write(directory / name, frame, schema)
        digests[name] = file_digest(directory / name)
    return digests


def _write(path: Path, frame: pd.DataFrame, schema: Schema) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".parquet":
        table = pa.Table.from_pandas(frame, schema=schema.arrow_schema, preserve_index=False)
        pq.write_table(table.replace_schema_metadata(), path, compression="zstd")
    else:
        frame.to_csv(path, index=False, lineterminator="\n")


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    for name in names:
        (target / name).parent.mkdir(exist_ok=True)
        (source / name).replace(target / name)


def _remove_stale(data: Path, current: Iterable[str]) -> None:
    for path in (data / "trainings").glob("fy*.parquet"):
        if f"trainings/{path.name}" not in current:
            path.unlink()
