"""The plan of the project holds every report there can be, counted a second time by DuckDB."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest

from milaid import paths
from milaid.publish.registry.known import known
from milaid.publish.suite.plan import Plan, load_plan
from milaid.publish.suite.plan_file import ENTRY_KEYS, PLAN_KEYS


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan()


def count(what: str) -> int:
    files = f"{paths.trainings_dir()}/fy*.parquet"
    sql = f"select count(distinct {what}) from read_parquet('{files}') where status = 'actual'"
    # All of it is fetched: the connection is that of all tests, and refuses work while an answer is left.
    [(found,)] = duckdb.execute(sql).fetchall()
    return found


def test_every_year_recipient_program_and_region_has_a_report(plan: Plan) -> None:
    kinds = Counter(entry.kind for entry in plan.entries)
    assert kinds["annual"] == count("fiscal_year")
    assert kinds["country"] == count("recipient")
    assert kinds["program"] == count("nullif(program, 'UNREAD')")
    assert kinds["region"] == count("nullif(region_harmonised, 'Not stated')")
    assert kinds["program-guide"] == kinds["data-quality"] == 1
    assert kinds["comparison"] >= 2
    assert set(kinds) == set(known())


def test_a_profile_is_of_the_newest_year_that_lists_its_subject(plan: Plan) -> None:
    files = f"{paths.trainings_dir()}/fy*.parquet"
    sql = (
        f"select recipient, max(fiscal_year) from read_parquet('{files}') where status = 'actual' group by 1"
    )
    newest = dict(duckdb.execute(sql).fetchall())
    shown = {entry.title: entry.values["fiscal_year"] for entry in plan.entries if entry.kind == "country"}
    assert shown == newest


def test_links_between_reports_go_to_usual_places(plan: Plan) -> None:
    usual = {entry.place for entry in plan.entries if not entry.slug}
    assert {"annual/2014", "program/IMET", "country/CMR", "region/africa", "data-quality"} <= usual
    assert {entry.kind for entry in plan.entries if entry.slug} <= {"comparison"}


def test_the_comments_of_the_plan_explain_every_key() -> None:
    comments = [
        line for line in paths.plan_file().read_text(encoding="utf-8").splitlines() if line[:1] == "#"
    ]
    explained = {line.split()[1] for line in comments if len(line.split()) > 1}
    assert {*ENTRY_KEYS, *PLAN_KEYS} - {"reports"} <= explained
    assert all(any(kind in line for line in comments) for kind in known())
