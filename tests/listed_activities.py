"""Small files of activities that say who was trained in which year: as much as the choice of a report needs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

CAMEROON = ("Cameroon", "CMR", "country", "Africa")
IVORY_COAST = ("Côte d’Ivoire", "CIV", "country", "Africa")
KENYA = ("Kenya", "KEN", "country", "Africa")
JORDAN = ("Jordan", "JOR", "country", "Near East")
FORMER = ("Serbia and Montenegro", None, "former state", "Europe and Eurasia")
LISTED = {
    2007: ((CAMEROON, "IMET"), (FORMER, "FMF")),
    2013: ((CAMEROON, "IMET"), (IVORY_COAST, "PKO"), (KENYA, "IMET"), (JORDAN, "FMF")),
    2014: ((IVORY_COAST, "IMET"), (KENYA, "PKO"), (JORDAN, "FMF")),
}
"""Recipients with their program by fiscal year; Cameroon is not in the newest year."""


def write_listed(root: Path, listed: dict[int, Iterable[tuple[tuple, str]]] = LISTED) -> None:
    """Write data/trainings/ of a project, and programs.csv with the name of one program only."""
    folder = root / "data" / "trainings"
    folder.mkdir(parents=True, exist_ok=True)
    for year, rows in listed.items():
        activities = [
            {
                "fiscal_year": year,
                "status": "actual",
                "recipient": name,
                "iso3": iso3,
                "recipient_kind": kind,
                "region_harmonised": region,
                "program": program,
            }
            for (name, iso3, kind, region), program in rows
        ]
        pq.write_table(pa.Table.from_pylist(activities), folder / f"fy{year}.parquet")
    (root / "data" / "reference").mkdir(exist_ok=True)
    names = "code,name\nIMET,International Military Education and Training\n"
    (root / "data" / "reference" / "programs.csv").write_text(names, encoding="utf-8")
