"""Small hand-made tables for tests of data quality: printed totals, known issues, documents, a survey of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from milaid.exhibits.quality.subject import QualitySubject
from milaid.tables import schemas
from milaid.tables.schema import Schema, conform
from training_frames import trainings

PLACE = {"document": "africa.pdf", "page": 1, "region": "Africa", "country": "Burundi"}


def _frame(schema: Schema, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return conform(pd.DataFrame(rows, columns=list(schema.columns)), schema)


def totals(*rows: tuple[Any, ...], **place: Any) -> pd.DataFrame:
    """Return printed totals from (fiscal_year, status, level, program_printed, quantity, cost_usd)."""
    full = []
    for year, status, level, program, quantity, cost in rows:
        own = int(place.get("edition", f"{year}")[:4])
        full.append(
            {
                **PLACE, "edition": f"{own}-{own + 1}", "section": 1, **place, "fiscal_year": year, "status": status,
                "level": level, "program_printed": program, "quantity": quantity, "cost_usd": cost,
            }
        )  # fmt: skip
    return _frame(schemas.TRAININGS_TOTALS, full)


def issues(*rows: tuple[Any, ...], **place: Any) -> pd.DataFrame:
    """Return known issues from (edition, level, program_printed, measure, printed_value, computed_value, reason)."""
    full = [
        {
            **PLACE, "edition": edition, "level": level, "program_printed": program, "measure": measure,
            "printed_value": printed, "computed_value": computed, "reason": reason, **place,
        }
        for edition, level, program, measure, printed, computed, reason in rows
    ]  # fmt: skip
    return _frame(schemas.KNOWN_ISSUES, full)


def documents(*editions: str, pages: int | None = 3) -> pd.DataFrame:
    """Return one document an edition."""
    rows = [
        {
            "file": f"africa_{edition[:4]}.pdf", "edition": edition, "fiscal_year": int(edition[:4]),
            "region": "Africa", "kind": "official file", "url": "https://example.org/a.pdf", "sha256": "0",
            "bytes": 1, "pages": pages, "path": "a.pdf",
        }
        for edition in editions
    ]  # fmt: skip
    return _frame(schemas.DOCUMENTS, rows)


def edition_fields(*editions: str, absent: tuple[tuple[str, str], ...] = ()) -> pd.DataFrame:
    """Return all fields of the activities as printed in these editions, but for those ``absent``."""
    names = (
        "course_title",
        "quantity",
        "location",
        "student_unit",
        "us_unit",
        "cost_usd",
        "start_date",
        "end_date",
    )
    rows = [
        {
            "edition": edition, "field": field, "printed": "no" if (edition, field) in absent else "yes",
            "heading": None if (edition, field) in absent else field, "note": None,
        }
        for edition in editions
        for field in names
    ]  # fmt: skip
    return _frame(schemas.EDITION_FIELDS, rows)


def survey(everything: pd.DataFrame | None = None, **tables: pd.DataFrame) -> QualitySubject:
    """Return a survey whose tables are those given, so that nothing is loaded for them."""
    rows = everything if everything is not None else trainings({})

    def load(
        fiscal_year: int | None = None, status: str | None = "actual", columns: Iterable[str] | None = None
    ) -> pd.DataFrame:
        of_edition = rows["edition"].str[:4].astype(int)
        chosen = rows if fiscal_year is None else rows[of_edition == fiscal_year]
        chosen = chosen if status is None else chosen[chosen["status"] == status]
        return (chosen if columns is None else chosen[list(columns)]).reset_index(drop=True)

    made = QualitySubject(tuple(sorted(rows["edition"].str[:4].astype(int).unique())), load)
    made.__dict__.update(tables)
    return made
