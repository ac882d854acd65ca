"""Tables that a user adds to data/ from files of their own: put in their place, and described with the others.

Such a table is no output of ``milaid data``, which leaves it as it is and describes it in the data package when it writes that.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from milaid import paths
from milaid.errors import RequestError
from milaid.tables.build.writing import DECIDED, finish_change
from milaid.tables.digests import PACKAGE
from milaid.tables.state import file_digest, read_state

if TYPE_CHECKING:
    import pandas as pd

    from milaid.tables.schema import Schema


@contextmanager
def workspace() -> Iterator[Path]:
    """Make a directory in data/ for what is not finished, and take it away; RequestError where there is no data/."""
    data = paths.data_dir()
    if not data.is_dir():
        raise RequestError(
            f"{data}: there is no such directory; run the command in a checkout of the project"
        )
    folder = Path(tempfile.mkdtemp(prefix=".build-", dir=data))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put(file: Path, schema: Schema) -> None:
    """Put the file of a table, ready in a :func:`workspace`, in its place, and describe it in the data package.

    All is done or nothing: what is broken off is finished by the next command. A folder without a data package gets none.
    """
    data = paths.data_dir()
    finish_change(data)
    with workspace() as ready:
        shutil.copyfile(file, ready / file.name)
        if (data / PACKAGE).is_file():
            _describe(data, ready, file.name, schema)
        ready.rename(data / DECIDED)
    finish_change(data)


def put_frame(frame: pd.DataFrame, schema: Schema) -> None:
    """Check a frame against its schema and put it in the place of the table; DataError where it does not fit."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from milaid.tables.schema import conform, validate

    fitted = conform(frame, schema)[list(schema.columns)]
    validate(fitted, schema)
    with workspace() as folder:
        file = folder / f"{schema.name}.parquet"
        table = pa.Table.from_pandas(fitted, schema=schema.arrow_schema, preserve_index=False)
        pq.write_table(table.replace_schema_metadata(), file, compression="zstd")
        put(file, schema)


def _describe(data: Path, ready: Path, name: str, schema: Schema) -> None:
    """Write the data package with the table into ``ready``, and the state of the last build with its new digest."""
    from milaid.tables.datapackage import as_json, describe_table

    description = json.loads((data / PACKAGE).read_text(encoding="utf-8"))
    others = [each for each in description["resources"] if each["path"] != name]
    tables = {Path(each["path"]).stem for each in others} | {"trainings", schema.name}
    own = describe_table(name, ready / name, schema, tables)
    description["resources"] = sorted([*others, own], key=lambda each: each["path"])
    (ready / PACKAGE).write_text(as_json(description), encoding="utf-8", newline="")
    state = read_state(data)
    if PACKAGE in state.outputs:
        state.outputs[PACKAGE] = file_digest(ready / PACKAGE)
        state.write(ready)
