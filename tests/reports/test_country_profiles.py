"""Country profiles of all kinds of recipients: texts without gaps, numbers against DuckDB, and one built and read back."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import lru_cache
from pathlib import Path

import duckdb
import nbformat
import pypdfium2
import pytest

from milaid import paths
from milaid.exhibits import scope
from milaid.exhibits.aid import accounts, imet, military_economic
from milaid.exhibits.arms import agreements
from milaid.exhibits.country import arms, leahy, neighbours, overview, people, units
from milaid.exhibits.country.programs import programs_years
from milaid.exhibits.exhibit import Exhibit, from_payload
from milaid.exhibits.subject import Subject, open_subject
from milaid.exhibits.training import cost, courses, method, places, programs, totals
from milaid.exhibits.training.overview import findings
from milaid.publish.parameters import REPORTS
from milaid.publish.report import make_report
from milaid.tables import store, subjects

FILES = f"{paths.trainings_dir()}/fy*.parquet"
GAPS = re.compile(
    r"(?<![\w])(nan|None|<NA>|NaT|inf)(?![\w])|\{\w|(?<!\.)  |(?<![\d.,])(?<!of )1 (participants|recipients|activities)\b"
)
MAKERS = (
    overview.front, overview.key_facts, findings, totals.lead, totals.long_series, totals.totals_table,
    programs.lead, programs_years, programs.programs_table, programs.departments, cost.lead, cost.dollars_series,
    cost.constant_dollars, places.lead, places.places_table, places.places_years, places.institutions_table,
    courses.lead, courses.courses_table, courses.course_lengths, military_economic.lead,
    military_economic.long_series, accounts.accounts_years, accounts.accounts_table, imet.lead,
    imet.dollars_and_participants, people.lead, people.per_head, agreements.lead, arms.block,
    arms.agreements_years, arms.excess_lead, arms.excess_years, neighbours.lead, neighbours.neighbours_table,
    leahy.lead, units.names_lead, units.units_table, units.names_table, method.definitions,
    method.reconciliation_lead, method.reconciliation_table, method.known_issues, method.sources, method.glossary,
)  # fmt: skip
# Large, tiny, with apostrophe and accents, former, no country, territories, gone from the reports, without population,
# of one year, after a gap, with an article.
RECIPIENTS = (
    ("COL", 2020), ("AFG", 2016), ("CMR", 2020), ("CIV", 2020), ("STP", 2019), ("TUV", 2019), ("NIU", 2018),
    ("SERBIA-AND-MONTENEGRO", 2006), ("INDOCHINA", 2008), ("NOT-STATED", 2004), ("HKG", 2018), ("TWN", 2020),
    ("PSE", 2020), ("AUS", 2002), ("HRV", 1999), ("XKX", 2020), ("ABW", 2019), ("BHS", 2000),
)  # fmt: skip


@lru_cache(maxsize=4)
def subject_of(code: str, year: int) -> Subject:
    return open_subject(year, scope=scope.recipient(code))


def query(sql: str, **values: object) -> list[tuple]:
    return duckdb.execute(
        sql.replace("trainings", f"(from read_parquet('{FILES}') where status = 'actual')"), values
    ).fetchall()


def words(payload: object) -> list[str]:
    """Return all texts of a block but its drawings, files and the cells of tables."""
    if isinstance(payload, dict):
        left_out = (
            "wide",
            "narrow",
            "cover",
            "csv",
            "links",
            "rows" if payload.get("block") == "table" else "",
        )
        return [w for key, part in payload.items() if key not in left_out for w in words(part)]
    if isinstance(payload, list | tuple):
        return [word for part in payload for word in words(part)]
    return [payload] if isinstance(payload, str) else []


@pytest.mark.parametrize(("code", "year"), RECIPIENTS, ids=[code for code, _ in RECIPIENTS])
def test_texts_of_all_kinds_of_recipients_hold_no_gap(code: str, year: int) -> None:
    subject = subject_of(code, year)
    for make in MAKERS:
        block = make(subject)
        if block is None:
            continue
        payload = json.loads(json.dumps(block.payload()))
        assert from_payload(payload) == block, "a block must survive the notebook"
        for text in words(payload):
            assert not GAPS.search(text), (make.__module__, make.__name__, text)
        if isinstance(block, Exhibit):
            assert not re.search(r"\bnan\b|<NA>", block.csv)
            assert not block.title.endswith("."), block.title
