"""The fiscal years of which only a table that a user added says something: aid after the last report on training.

Asked at every start: without such a table it costs one look at the disk, and nothing heavy is imported.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from milaid.errors import DataError
from milaid.paths import data_dir, trainings_dir

PLACE = "foreignassistance.parquet"
ADVICE = (
    "of a later year there is no report on training here; one on its aid is made once milaid data add-aid --download has added "
    "the table of aid"
)


def aid_alone() -> tuple[int, ...]:
    """Return the fiscal years after the newest with activities that have obligations in the added table of aid, ascending."""
    path = data_dir() / PLACE
    if not path.is_file():
        return ()
    names = (re.fullmatch(r"fy(\d{4})\.parquet", each.name) for each in trainings_dir().glob("fy*.parquet"))
    newest = max((int(match[1]) for match in names if match), default=0)
    found = path.stat()
    return tuple(year for year in _obligated(path, found.st_mtime_ns, found.st_size) if year > newest)


@lru_cache(maxsize=2)
def _obligated(path: Path, modified: int, size: int) -> tuple[int, ...]:
    """Return the fiscal years with obligations in a file as it was written at a time; raises DataError for another file."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path).read(["fiscal_year", "transaction_type"], use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise DataError(
            f"{path}: cannot be read as the table of aid: {error}; add it again with milaid data add-aid"
        ) from error
    obligated = table.filter(pc.equal(table["transaction_type"], "Obligations"))
    return tuple(sorted(set(obligated["fiscal_year"].to_pylist())))
