"""Which columns an edition prints, and how many of their cells say something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.errors import DataError, list_problems


@dataclass(frozen=True)
class CoveredField:
    """A column of the activities whose coverage is shown: its name, what a reader calls it, and where it comes from.

    ``printed`` is the column of the documents that it rests on: itself, or the one it is worked out from.
    """

    name: str
    label: str
    printed: str

    @property
    def derived(self) -> bool:
        """Whether it is worked out from a printed column."""
        return self.name != self.printed


FIELDS = (
    CoveredField("course_title", "Course title", "course_title"),
    CoveredField("quantity", "People", "quantity"),
    CoveredField("location", "Location", "location"),
    CoveredField("student_unit", "Unit of students", "student_unit"),
    CoveredField("us_unit", "US unit", "us_unit"),
    CoveredField("cost_usd", "Cost", "cost_usd"),
    CoveredField("start_date", "Start date", "start_date"),
    CoveredField("end_date", "End date", "end_date"),
    CoveredField("place", "Place", "location"),
    CoveredField("location_country", "Country of place", "location"),
    CoveredField("institution", "School or center", "location"),
    CoveredField("student_unit_clean", "Unit, cleaned", "student_unit"),
)
"""The fields shown, in order; those that the activities do not have are left out."""

PLACEHOLDERS = (
    "-", "N/A", "NA", "NONE", "NOT AVAILABLE", "NOT REPORTED", "NULL", "TBD", "UNK", "UNKNOWN", "UNKNOWN LOCATION",
    "X",
)  # fmt: skip
"""What stands in a cell that says nothing, in capitals; a number of people behind it does not count."""

_TRAILING_COUNT = re.compile(r"(?:\s+-\s+(?:\d+|N/?A))+$", re.IGNORECASE)


def says_nothing(cells: pd.Series) -> pd.Series:
    """Return for each cell of text whether it is one of :data:`PLACEHOLDERS`; an empty cell is none."""
    values = pd.Series(cells.dropna().unique(), dtype="object")
    silent = {
        value for value in values if _TRAILING_COUNT.sub("", str(value)).strip().upper() in PLACEHOLDERS
    }
    return cells.isin(silent)


def field_coverage(
    trainings: pd.DataFrame, edition_fields: pd.DataFrame, fields: Sequence[CoveredField] = FIELDS
) -> pd.DataFrame:
    """Return for each edition and field whether its column is printed and how many cells say something.

    In: actual activities and ``schemas.EDITION_FIELDS``. Out, by edition and in the order of ``fields``: edition,
    fiscal_year, field, label, derived, printed, heading, note, activities, empty, placeholders, filled (Int64) and
    share (percent of the activities that are filled; missing where the column is not printed). Raises DataError
    naming every edition and column that edition_fields does not list.
    """
    require_listed(trainings["edition"].unique(), trainings.columns, edition_fields, fields)
    chosen = [field for field in fields if field.name in trainings.columns]
    listed = edition_fields.set_index(["edition", "field"])
    rows = []
    for edition, part in trainings.groupby("edition", sort=True):
        for field in chosen:
            entry = listed.loc[(edition, field.printed)]
            printed = entry["printed"] == "yes"
            rows.append(
                {
                    "edition": edition,
                    "fiscal_year": int(part["fiscal_year"].max()),
                    "field": field.name,
                    "label": field.label,
                    "derived": field.derived,
                    "printed": printed,
                    "heading": entry["heading"],
                    "note": entry["note"],
                    **_filled(part[field.name], printed),
                }
            )
    frame = pd.DataFrame(rows)
    return frame.astype(dict.fromkeys(("activities", "empty", "placeholders", "filled"), "Int64"))


def require_listed(
    editions: Iterable[str],
    columns: Iterable[str],
    edition_fields: pd.DataFrame,
    fields: Sequence[CoveredField] = FIELDS,
) -> None:
    """Raise a DataError that names every edition and column that ``schemas.EDITION_FIELDS`` does not list."""
    printed = {field.printed for field in fields if field.name in set(columns)}
    wanted = {(edition, field) for edition in editions for field in printed}
    missing = sorted(wanted - set(edition_fields.set_index(["edition", "field"]).index))
    if missing:
        raise DataError(
            list_problems(
                "data/reference/edition_fields.csv does not say whether these columns are printed:",
                [f"edition {edition}, {field}" for edition, field in missing],
                "Look at the heads of the tables in a document of the edition and add a row for each.",
            )
        )


def _filled(cells: pd.Series, printed: bool) -> dict[str, object]:
    empty = int(cells.isna().sum())
    text = not pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_datetime64_any_dtype(cells)
    silent = int(says_nothing(cells).sum()) if text else 0
    filled = len(cells) - empty - silent
    return {
        "activities": len(cells),
        "empty": empty,
        "placeholders": silent,
        "filled": filled,
        "share": 100.0 * filled / len(cells) if printed else float("nan"),
    }
