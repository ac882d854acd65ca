"""Small hand-made tables for tests of loading and analysis."""

from __future__ import annotations

from typing import Any

import pandas as pd

from milaid.tables import schemas
from milaid.tables.coverage import Coverage, Mark
from milaid.tables.schema import conform

_DEFAULTS: dict[str, Any] = {
    "fiscal_year": 2014,
    "status": "actual",
    "edition": "2014-2015",
    "document": "africa.pdf",
    "page": 1,
    "printed_page": None,
    "row_on_page": 1,
    "section": 1,
    "region": "Africa",
    "region_harmonised": "Africa",
    "country": "Burundi",
    "recipient": "Burundi",
    "recipient_kind": "country",
    "iso3": "BDI",
    "program": "IMET",
    "program_printed": "IMET-1",
    "funder": "DoS",
    "course_title": "Course",
    "quantity": 1,
    "location": None,
    "student_unit": None,
    "us_unit": None,
    "place": None,
    "us_state": None,
    "location_country": None,
    "in_united_states": None,
    "online": None,
    "location_status": "not stated",
    "institution": None,
    "student_unit_clean": None,
    "cost_usd": 0,
    "cost_printed": None,
    "derived": None,
    "start_date": None,
    "end_date": None,
}


def trainings(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return activities; each row names only what differs from a default activity.

    ``recipient`` also sets the printed country; ``region_harmonised`` the printed region; ``fiscal_year`` the
    edition; ``location_country`` that the location is recognised.
    """
    full = []
    for number, row in enumerate(rows, start=1):
        derived: dict[str, Any] = {"row_id": f"row {number}"}
        if "recipient" in row:
            derived["country"] = row["recipient"]
            derived["iso3"] = row["recipient"][:3].upper()
        if "region_harmonised" in row:
            derived["region"] = row["region_harmonised"]
        if "fiscal_year" in row:
            derived["edition"] = f"{row['fiscal_year']}-{row['fiscal_year'] + 1}"
        if country := row.get("location_country"):
            derived |= {
                "location_status": "recognised",
                "in_united_states": country == "USA",
                "online": False,
            }
        full.append({**_DEFAULTS, **derived, **row})
    return conform(pd.DataFrame(full), schemas.TRAININGS)


def programs(*codes: str, **predecessors: str) -> pd.DataFrame:
    """Return a program table for ``codes``; a keyword names the predecessor of a code."""
    rows = [
        {
            **dict.fromkeys(schemas.PROGRAMS.columns),
            "code": code,
            "name": f"{code} in full",
            "short_name": code,
            "predecessor": predecessors.get(code),
        }
        for code in codes
    ]
    return conform(pd.DataFrame(rows), schemas.PROGRAMS)


def covered(first: int, last: int, *marks: tuple[int, str]) -> Coverage:
    """Return the coverage of the years from ``first`` to ``last``; marks are pairs of year and kind."""
    gaps = {year for year, kind in marks if kind == "gap"}
    return Coverage(
        tuple(year for year in range(first, last + 1) if year not in gaps),
        tuple(Mark(year, kind, "gap", "gap") for year, kind in marks if kind == "gap"),
        tuple(Mark(year, kind, "break", "break") for year, kind in marks if kind == "break"),
        (),
    )


def annual(values: dict[int, int | None], costs: dict[int, int] | None = None) -> pd.DataFrame:
    """Return an annual series of participants and dollars."""
    years = sorted(values)
    return pd.DataFrame(
        {
            "fiscal_year": years,
            "participants": pd.array([values[year] for year in years], dtype="Int64"),
            "cost_usd": pd.array([(costs or {}).get(year, 0) for year in years], dtype="Int64"),
        }
    )
