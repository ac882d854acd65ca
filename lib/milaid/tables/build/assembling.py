"""The tables of data/ made of parsed and kept rows, and checked before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from milaid import fiscal
from milaid.paths import reference_dir
from milaid.sources.fmtr.document import DocumentTables
from milaid.tables import citation, derived, names, recognition, reconciliation, schemas, store
from milaid.tables.build.findings import require_sound
from milaid.tables.build.other_tables import other_tables
from milaid.tables.printed_regions import complete_regions
from milaid.tables.schema import conform, validate
from milaid.tables.state import read_rows, rows_as_text
from milaid.tables.withheld import withhold

if TYPE_CHECKING:
    from milaid.tables.build.writing import Tables


@dataclass(frozen=True)
class Assembly:
    """Tables by file name, reference tables to be written with them (text by name), and how totals compare."""

    tables: Tables
    reference: dict[str, str]
    reconciled: pd.DataFrame
    rows: DocumentTables


def assemble(
    parsed: Sequence[DocumentTables],
    kept: Sequence[str],
    changed_sources: Mapping[str, Path],
    unread_of: Sequence[str] = (),
    advice: str = "data/ was left as it was.",
) -> Assembly:
    """Return every table of data/, checked against the printed totals, the reference tables and its schema.

    ``kept`` names the documents whose rows are taken from the tables as they are, ``changed_sources`` gives the
    place of each other source that is to be read again. Raises DataError with all that is unknown or differs;
    the message lists the unread values of the documents ``unread_of`` and ends with ``advice``.
    """
    printed = rows_as_printed(parsed, kept)
    activities, unread = derived.fill_in(printed.activities, printed.totals, printed.unread)
    filled = DocumentTables(activities, printed.totals, unread, printed.boxes)
    reconciled = reconciliation.reconciliation(activities, printed.totals, store.load_known_issues())
    require_sound(filled, reconciled, unread_of, advice)
    rows = DocumentTables(with_columns_worked_out(activities), printed.totals, unread, printed.boxes)
    tables = _fitted(outputs(rows, changed_sources))
    return Assembly(tables, _with_years(activities), reconciled, rows)


def rows_as_printed(parsed: Sequence[DocumentTables], kept: Sequence[str]) -> DocumentTables:
    """Return activities, totals, unread values and places of rows of all documents, parsed and kept, in reading order.

    What the activities say of persons is withheld.
    What was derived of rows kept is taken out of them, so that it is worked out anew with the others.
    """

    def joined(part: str, kept_rows: Callable[[], pd.DataFrame], order: list[str]) -> pd.DataFrame:
        frames = [getattr(tables, part) for tables in parsed]
        if kept:
            frame = kept_rows()
            frames.append(frame[frame["document"].isin(kept)])
        rows = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
        first = ["fiscal_year"] if "fiscal_year" in rows else []
        return rows.sort_values([*first, "document", "page", *order], ignore_index=True, kind="stable")

    activities = joined(
        "activities", lambda: derived.as_read(store.load_trainings(status=None)), ["row_on_page"]
    )
    return DocumentTables(
        withhold(complete_regions(activities, activities), store.load_withheld()),
        complete_regions(joined("totals", store.load_totals, ["section"]), activities),
        joined("unread", store.load_unread_values, ["row_on_page", "field"]),
        joined("boxes", store.load_row_boxes, ["row_on_page", "part"]),
    )


def with_columns_worked_out(activities: pd.DataFrame) -> pd.DataFrame:
    """Return activities as printed with every column that is not read but worked out; the order counts."""
    named = names.harmonise(
        activities, store.load_countries(), store.load_program_labels(), store.load_edition_fields()
    )
    return citation.identified(recognition.recognise(named, recognition.load_reference()))


def outputs(rows: DocumentTables, changed_sources: Mapping[str, Path]) -> Tables:
    """Return every table of data/ by file name, with its schema."""
    # A file holds one edition, named by the year that it reports as done.
    editions = rows.activities.groupby(rows.activities["edition"].map(fiscal.edition_year))
    return {
        **{f"trainings/fy{year}.parquet": (frame, schemas.TRAININGS) for year, frame in editions},
        "trainings_totals.parquet": (rows.totals, schemas.TRAININGS_TOTALS),
        "unread_values.csv": (rows.unread, schemas.UNREAD_VALUES),
        "row_boxes.parquet": (rows.boxes, schemas.ROW_BOXES),
        **other_tables(changed_sources),
    }


def _with_years(activities: pd.DataFrame) -> dict[str, str]:
    """Return countries.csv with the years in which each name is printed, where those it has are others."""
    table = read_rows(reference_dir() / "countries.csv")
    dated = names.with_years(table, activities)
    return {} if dated == table else {"countries.csv": rows_as_text(dated)}


def _fitted(tables: Tables) -> Tables:
    """Return the tables with just the columns and types of their schemas; DataError where one does not fit."""
    fitted = {}
    for name, (frame, schema) in tables.items():
        fitted[name] = (conform(frame.reset_index(drop=True), schema)[list(schema.columns)], schema)
        validate(*fitted[name])
    return fitted
