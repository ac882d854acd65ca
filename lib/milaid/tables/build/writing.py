"""The files of data/ replaced together: either all of a change is made, or none of it.

How, and what becomes of a change that is broken off, is that of :mod:`milaid.replacing`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from milaid.errors import DataError, list_problems
from milaid.replacing import replacing
from milaid.tables.state import BuildState, file_digest, inputs_digests

if TYPE_CHECKING:
    import pandas as pd

    from milaid.tables.schema import Schema

    Tables: TypeAlias = dict[str, tuple[pd.DataFrame, Schema]]


def replace_data(
    data: Path,
    tables: Tables,
    state: BuildState,
    reference: Mapping[str, str] | None = None,
    official: Mapping[str, Path] | None = None,
) -> None:
    """Replace the tables of data/, and with them reference tables (their text by name) and official files.

    ``official`` gives by its place below data/official/ where a file to be copied lies. ``state`` has the
    fingerprints of the inputs as they were read; DataError where a reference table to be replaced is another now.
    """
    from milaid.tables.datapackage import write_data_package

    _require_unchanged(data / "reference", reference or {}, state)
    with replacing(data) as change:
        for name, text in (reference or {}).items():
            change.place(f"reference/{name}").write_text(text, encoding="utf-8", newline="")
        for name, path in (official or {}).items():
            shutil.copyfile(path, change.place(f"official/{name}"))
        state.inputs = inputs_digests(data / "reference", reference)
        state.outputs = write_outputs(change.new, tables)
        state.outputs |= write_data_package(change.new, data, tables)
        state.write(change.new)
        years = (f"trainings/{path.name}" for path in (data / "trainings").glob("fy*.parquet"))
        change.remove(sorted(name for name in years if name not in state.outputs))


def _require_unchanged(folder: Path, names: Iterable[str], state: BuildState) -> None:
    problems = [
        f"{folder / name}: changed meanwhile"
        for name in names
        if file_digest(folder / name) != state.inputs[f"reference/{name}"]
    ]
    if problems:
        advice = "Nothing was written; run the command again."
        raise DataError(
            list_problems("Reference tables that were edited while data/ was built:", problems, advice)
        )


def write_outputs(directory: Path, tables: Tables) -> dict[str, str]:
    """Write every output below a directory; return the SHA-256 of each by its name.

    Reference tables that change together with the outputs lie below ``reference/`` of the same directory.
    """
    digests = {}
    for name, (frame, schema) in tables.items():
        _write(_below(directory, name), frame, schema)
        digests[name] = file_digest(directory / name)
    return digests


def _write(path: Path, frame: pd.DataFrame, schema: Schema) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if path.suffix == ".parquet":
        table = pa.Table.from_pandas(frame, schema=schema.arrow_schema, preserve_index=False)
        pq.write_table(table.replace_schema_metadata(), path, compression="zstd")
    else:
        frame.to_csv(path, index=False, lineterminator="\n")


def _below(directory: Path, name: str) -> Path:
    """Return the place of a file below a directory, whose folders are made."""
    place = directory / name
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
