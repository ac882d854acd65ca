"""The flags that exported tables have beside their values: what the columns of each row say of them.

``e`` is a value that follows from printed totals (the column ``derived``), ``p`` one of a fiscal year that was not
complete when its file was published (the column ``partial``), ``m`` one that is missing. Flags are text, null for none.
"""

from __future__ import annotations

import pandas as pd

from milaid import flags
from milaid.tables.derived import VALUES
from milaid.tables.schema import Schema
from milaid.tables.schema_fields import with_flags
from milaid.tables.schemas_aid import AID_COUNTRY_TOTALS, FOREIGNASSISTANCE
from milaid.tables.schemas_trainings import CITED_TRAININGS

_PARTIAL = ("amount_usd", "amount_usd_constant")
_FLAGGED = (
    (CITED_TRAININGS, tuple(VALUES.values()), (flags.DERIVED, flags.MISSING)),
    (AID_COUNTRY_TOTALS, _PARTIAL, (flags.PROVISIONAL,)),
    (FOREIGNASSISTANCE, _PARTIAL, (flags.MISSING, flags.PROVISIONAL)),
)
FLAGGED_SCHEMAS: dict[str, Schema] = {
    schema.name: Schema(
        schema.name, schema.description, with_flags(schema.fields, values, letters), key=schema.key
    )
    for schema, values, letters in _FLAGGED
}
"""The tables that are exported with flags, by name."""


def flagged(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return the rows of a table with a column ``<name>_flag`` for each value that can have one; others as they are."""
    values = next((values for schema, values, _ in _FLAGGED if schema.name == table), ())
    return frame.assign(**{column + flags.SUFFIX: _flags(frame, column) for column in values})


def _flags(frame: pd.DataFrame, column: str) -> pd.Series:
    found = pd.Series(pd.NA, index=frame.index, dtype="str").mask(frame[column].isna(), flags.MISSING)
    if "derived" in frame:
        names = frame["derived"].astype("object")
        follows = [isinstance(named, str) and column in named.split(", ") for named in names]
        found = found.mask(pd.Series(follows, index=frame.index, dtype="bool"), flags.DERIVED)
    if "partial" in frame:
        partial = frame["partial"].fillna(False).astype("bool") & frame[column].notna()
        found = found.mask(partial, flags.PROVISIONAL)
    return found.astype("str")
