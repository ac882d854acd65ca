"""The files of data/ replaced together: either all of a change is made, or none of it.

A change is written in full into a directory beside its place. Renaming that directory to its final name is
the one step that decides: before it nothing has changed, after it the files are moved to their places, and
where that is broken off, the next command moves the rest.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from milaid.errors import DataError, list_problems
from milaid.tables.state import STATE_FILE, BuildState, file_digest, inputs_digests, read_state

if TYPE_CHECKING:
    import pandas as pd

    from milaid.tables.schema import Schema

    Tables: TypeAlias = dict[str, tuple[pd.DataFrame, Schema]]

DECIDED = ".build-decided"


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
    temporary = Path(tempfile.mkdtemp(prefix=".build-", dir=data))
    try:
        for name, text in (reference or {}).items():
            _below(temporary, f"reference/{name}").write_text(text, encoding="utf-8", newline="")
        for name, path in (official or {}).items():
            shutil.copyfile(path, _below(temporary, f"official/{name}"))
        state.inputs = inputs_digests(data / "reference", reference)
        state.outputs = write_outputs(temporary, tables)
        state.outputs |= write_data_package(temporary, data, tables)
        state.write(temporary)
        temporary.rename(data / DECIDED)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    finish_change(data)


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


def finish_change(data: Path) -> None:
    """Move the files of a change that is decided to their places; nothing to do where there is none."""
    decided = data / DECIDED
    if not decided.is_dir():
        return
    for path in sorted(path for path in decided.rglob("*") if path.is_file()):
        if path.name != STATE_FILE:
            _move(path, _below(data, str(path.relative_to(decided))))
    # The state comes last: it says that all it names is there.
    if (decided / STATE_FILE).is_file():
        _move(decided / STATE_FILE, data / STATE_FILE)
    _remove_stale(data, read_state(data))
    shutil.rmtree(decided)


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


def _move(path: Path, place: Path) -> None:
    try:
        path.replace(place)
    except OSError as error:
        # The store of official files may be a link to another disk.
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(path, place)
        path.unlink()


def _remove_stale(data: Path, state: BuildState) -> None:
    for path in (data / "trainings").glob("fy*.parquet"):
        if f"trainings/{path.name}" not in state.outputs:
            path.unlink()
