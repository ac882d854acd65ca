"""The tables of data/ made of parsed and kept rows, and checked before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from milaid import fiscal
from milaid.sources.boundaries import read_boundaries
from milaid.sources.context import read_deflator
from milaid.sources.fmtr.document import DocumentTables
from milaid.tables import names, reconciliation, schemas, store
from milaid.tables.build.official import BOUNDARIES_SOURCE, DEFLATOR_SOURCE
from milaid.tables.printed_regions import complete_regions
from milaid.tables.schema import conform, validate

if TYPE_CHECKING:
    from milaid.tables.build.writing import Tables


def assemble(sources: Path, parsed: Sequence[DocumentTables], kept: Sequence[str]) -> Tables:
    """Return every table of data/ by file name, checked against the printed totals and its schema.

    ``kept`` names the documents whose rows are taken from the tables as they are. Raises DataError when a
    name is unknown or a total differs.
    """
    printed = rows_as_printed(parsed, kept)
    activities = with_derived_columns(printed.activities)
    issues = store.load_known_issues()
    reconciled = reconciliation.reconciliation(activities, printed.totals, issues)
    reconciliation.require_reconciled(reconciled, issues)
    return _fitted(outputs(DocumentTables(activities, printed.totals, printed.unread), sources))


def rows_as_printed(parsed: Sequence[DocumentTables], kept: Sequence[str]) -> DocumentTables:
    """Return activities, totals and unread values of all documents, parsed and kept, each in reading order."""

    def joined(part: str, kept_rows: Callable[[], pd.DataFrame], order: list[str]) -> pd.DataFrame:
        frames = [getattr(tables, part) for tables in parsed]
        if kept:
            frame = kept_rows()
            frames.append(frame[frame["document"].isin(kept)])
        rows = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
        return rows.sort_values(["fiscal_year", "document", "page", *order], ignore_index=True, kind="stable")

    activities = joined("activities", lambda: store.load_trainings(status=None), ["row_on_page"])
    return DocumentTables(
        complete_regions(activities, activities),
        complete_regions(joined("totals", store.load_totals, ["section"]), activities),
        joined("unread", store.load_unread_values, ["row_on_page", "field"]),
    )


def with_derived_columns(activities: pd.DataFrame) -> pd.DataFrame:
    """Return activities as printed with every column that is not read but worked out; the order counts."""
    return names.harmonise(activities, store.load_countries(), store.load_program_labels())


def outputs(rows: DocumentTables, sources: Path) -> Tables:
    """Return every table of data/ by file name, with its schema."""
    years = rows.activities.groupby(rows.activities["edition"].map(fiscal.edition_year))
    return {
        **{f"trainings/fy{year}.parquet": (frame, schemas.TRAININGS) for year, frame in years},
        "trainings_totals.parquet": (rows.totals, schemas.TRAININGS_TOTALS),
        "unread_values.csv": (rows.unread, schemas.UNREAD_VALUES),
        "deflator.csv": (read_deflator(sources / DEFLATOR_SOURCE), schemas.DEFLATOR),
        "boundaries.parquet": (read_boundaries(sources / BOUNDARIES_SOURCE), schemas.BOUNDARIES),
    }


def _fitted(tables: Tables) -> Tables:
    """Return the tables with just the columns and types of their schemas; DataError where one does not fit."""
    fitted = {}
    for name, (frame, schema) in tables.items():
        fitted[name] = (conform(frame.reset_index(drop=True), schema)[list(schema.columns)], schema)
        validate(*fitted[name])
    return fitted
