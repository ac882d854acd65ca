"""Names and numbers of persons, taken out of the activities before any table is written.

``data/reference/withheld.csv`` names the fields and what each says instead; the text itself stands nowhere in the
project. docs/personal-data.md is the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from milaid.errors import DataError, list_problems
from milaid.tables import citation
from milaid.tables.schemas_people import KINDS, TEXTS

MARKS = dict(zip(KINDS, ("[name withheld]", "[number withheld]", "[telephone number withheld]"), strict=True))
"""What is shown in the place of what is withheld, by kind."""

_ANY_MARK = re.compile("|".join(re.escape(mark) for mark in MARKS.values()))


def withhold(activities: pd.DataFrame, withheld: pd.DataFrame) -> pd.DataFrame:
    """Return activities with the fields that ``withheld`` lists as they are shown.

    In: activities as printed; ``schemas_people.WITHHELD``, of which rows of documents that are not among the
    activities are left aside. A field that is shown already stays as it is. Raises DataError with every row that is
    not there, and every field that says something else beside what is withheld; the message does not repeat it.
    """
    rows = withheld[withheld["document"].isin(set(activities["document"]))]
    if rows.empty:
        return activities
    places = pd.Series(activities.index, index=citation.identified(activities)["row_id"])
    problems = list(_misfits(activities, rows, places))
    if problems:
        advice = "Look the places up in the document and mend data/reference/withheld.csv."
        raise DataError(list_problems("Fields to be withheld that do not fit:", problems, advice))
    shown = activities.copy()
    for field, of_field in rows.groupby("field"):
        shown.loc[places[of_field["row_id"]].to_numpy(), field] = of_field["shown"].to_numpy()
    return shown


def is_marked(activities: pd.DataFrame) -> pd.Series:
    """Return for each activity whether one of its texts has something withheld."""
    marked = [activities[field].str.contains(_ANY_MARK).fillna(False) for field in TEXTS]
    return pd.concat(marked, axis=1).any(axis=1)


def _misfits(activities: pd.DataFrame, rows: pd.DataFrame, places: pd.Series) -> Iterator[str]:
    for row in rows.itertuples():
        if MARKS[row.kind] not in row.shown:
            yield f"{row.row_id}, {row.field}: what is shown lacks {MARKS[row.kind]}"
        elif row.row_id not in places.index:
            yield f"{row.row_id}: there is no such row"
        elif not _fits(activities.at[places[row.row_id], row.field], row.shown):
            yield f"{row.row_id}, {row.field}: the document does not say there «{row.shown}»"


def _fits(printed: object, shown: str) -> bool:
    """Return whether a text is what is shown, with something in the place of each mark."""
    pattern = ".+?".join(re.escape(part) for part in _ANY_MARK.split(shown))
    return isinstance(printed, str) and re.fullmatch(pattern, printed, re.DOTALL) is not None
