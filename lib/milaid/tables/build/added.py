"""Tables that a user adds to data/ from files of their own: put in their place, and described with the others.

Such a table is no output of ``milaid data``, which leaves it as it is and describes it in the data package when it writes that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from milaid import paths
from milaid.errors import RequestError
from milaid.parsing import parse_json
from milaid.replacing import Change, replacing, settle
from milaid.tables.digests import PACKAGE
from milaid.tables.state import file_digest, read_state
from milaid.world import require_room

if TYPE_CHECKING:
    import pandas as pd

    from milaid.tables.schema import Schema


@contextmanager
def change() -> Iterator[Change]:
    """Give a change of data/ to fill, all or nothing; RequestError where there is no data/."""
    data = paths.data_dir()
    if not data.is_dir():
        raise RequestError(
            f"{data}: there is no such directory; run the command in a checkout of the project"
        )
    require_room(data)
    settle(data)
    with replacing(data) as begun:
        yield begun


def put_frame(frame: pd.DataFrame, schema: Schema) -> None:
    """Check a frame against its schema and put it in the place of the table; DataError where it does not fit."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from milaid.tables.schema import conform, validate

    fitted = conform(frame, schema)[list(schema.columns)]
    validate(fitted, schema)
    name = f"{schema.name}.parquet"
    with change() as begun:
        table = pa.Table.from_pandas(fitted, schema=schema.arrow_schema, preserve_index=False)
        pq.write_table(table.replace_schema_metadata(), begun.place(name), compression="zstd")
        describe(begun, name, schema)


def describe(change: Change, name: str, schema: Schema) -> None:
    """Have the data package describe a table that a change holds, and the state of the last build its new digest.

    A folder without a data package gets none.
    """
    from milaid.tables.datapackage import as_json, describe_table

    data = paths.data_dir()
    if not (data / PACKAGE).is_file():
        return
    description = parse_json((data / PACKAGE).read_text(encoding="utf-8"))
    others = [each for each in description["resources"] if each["path"] != name]
    tables = {Path(each["path"]).stem for each in others} | {"trainings", schema.name}
    own = describe_table(name, change.place(name), schema, tables)
    description["resources"] = sorted([*others, own], key=lambda each: each["path"])
    change.place(PACKAGE).write_text(as_json(description), encoding="utf-8", newline="")
    state = read_state(data)
    if PACKAGE in state.outputs:
        state.outputs[PACKAGE] = file_digest(change.place(PACKAGE))
        state.write(change.new)
