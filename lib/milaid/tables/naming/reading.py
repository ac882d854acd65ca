"""The reference tables of names as text, without pandas: a wrong name is told so at once.

What is read here says what a text means. A report is kept and made by canonical values, so that these tables are none
of its inputs (``publish/inputs``).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from milaid.paths import reference_dir
from milaid.tables.digests import Stamp, require_as_built, stamp_of
from milaid.tables.state import read_rows

TABLES = (
    "countries.csv",
    "aid_recipients.csv",
    "arms_recipients.csv",
    "country_names.csv",
    "demonyms.csv",
    "programs.csv",
    "program_labels.csv",
    "region_names.csv",
)
"""The tables that say what a name means; those of recipients first, of which a spelling in several means what the first says."""


class Rows(tuple[dict[str, str], ...]):
    """The rows of a table as they were read; the same as themselves alone."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other


_NONE = Rows()


def rows_of(table: str) -> Rows:
    """Return the rows of one of :data:`TABLES`, none where there is no such file; read again when it was replaced."""
    path = reference_dir() / table
    try:
        stamp = stamp_of(path)
    except OSError:
        return _NONE
    return _read(path, stamp)


@lru_cache(maxsize=16)
def _read(path: Path, stamp: Stamp) -> Rows:
    require_as_built()
    return Rows(read_rows(path))
