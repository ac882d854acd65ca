"""Every flag of a table over the years, worked out a second time by DuckDB from the committed tables alone."""

from __future__ import annotations

import csv
import io
import re

import duckdb
import pytest

from milaid import flags
from milaid.blocks.html_table import table as html_table
from milaid.exhibits import scope
from milaid.exhibits.aid import imet
from milaid.exhibits.country import units
from milaid.exhibits.program import share
from milaid.exhibits.subject import open_subject
from milaid.exhibits.training.totals import totals_table
from milaid.paths import data_dir, trainings_dir
from milaid.tables import store

DATA = data_dir()
YEARS = store.available_years()
pytestmark = pytest.mark.skipif(not YEARS, reason=f"no tables in {DATA}; run make data")
BREAKS = f"read_csv('{DATA}/reference/series_breaks.csv', all_varchar = true)"
ISSUES = f"read_csv('{DATA}/reference/known_issues.csv', all_varchar = true)"
ROWS = f"(SELECT * FROM read_parquet('{trainings_dir()}/fy*.parquet') WHERE status = 'actual')"
LETTERS = {"b", "d", "e", "m", "p", "u"}


def years(query: str) -> set[int]:
    return {int(year) for (year,) in duckdb.sql(query).fetchall()}


def flagged(text: str, column: str, letter: str) -> set[int]:
    """Return the fiscal years whose value in a CSV has a letter."""
    found = csv.DictReader(io.StringIO(text))
    return {
        int((row.get("fiscal_year") or row["year"]).removeprefix("FY"))
        for row in found
        if letter in row[f"{column}_flag"]
    }


@pytest.mark.parametrize(
    ("chosen", "region", "where", "lost"),
    [
        (scope.EVERYTHING, "true", "true", "true"),
        (scope.region("europe"), "region IS NULL OR region = 'Europe and Eurasia'", "region_harmonised = 'Europe and Eurasia'", "region = 'Europe and Eurasia'"),
        (scope.region("africa"), "region IS NULL OR region = 'Africa'", "region_harmonised = 'Africa'", "region = 'Africa'"),
        (scope.recipient("COL"), "region IS NULL", "recipient = 'Colombia'", "country = 'Colombia'"),
        (scope.recipient("BEN"), "region IS NULL", "recipient = 'Benin'", "country = 'Benin'"),
    ],
    ids=["world", "europe", "africa", "COL", "BEN"],
)  # fmt: skip
def test_the_totals_of_every_year_have_the_flags_that_the_tables_give(chosen, region, where, lost):
    subject = open_subject(2018, scope=chosen)
    text = totals_table(subject).csv
    listed = years(f"SELECT DISTINCT fiscal_year FROM {ROWS} WHERE {where}")
    marked = f"FROM {BREAKS} WHERE ({region}) AND fiscal_year::INT > {min(listed)}"
    assert (
        flagged(text, "participants", "b")
        == years(f"SELECT fiscal_year {marked} AND kind = 'break'") & listed
    )
    for column, measure in (("participants", "participants"), ("cost_usd", "cost")):
        differs = years(
            f"SELECT fiscal_year {marked} AND kind = 'change' AND contains(concerns, '{measure}')"
        )
        assert flagged(text, column, "d") == differs & listed
    pages = years(
        f"SELECT left(edition, 4) FROM {ISSUES} WHERE level = 'page' AND measure = 'rows' AND {lost}"
    )
    assert flagged(text, "participants", "u") == pages & listed
    unpriced = years(
        f"SELECT fiscal_year FROM {ROWS} WHERE {where} GROUP BY 1 "
        "HAVING sum(quantity) FILTER (WHERE coalesce(cost_usd, 0) <= 0) > 0.2 * sum(quantity)"
    )
    assert flagged(text, "cost_usd", "u") == (pages & listed) | unpriced
    assert {letter for row in csv.DictReader(io.StringIO(text)) for name in row if name.endswith("_flag") for letter in row[name]} <= LETTERS  # fmt: skip


def test_the_world_has_the_breaks_and_years_that_are_known():
    text = totals_table(open_subject(2014)).csv
    assert flagged(text, "participants", "b") == {2004}
    assert flagged(text, "participants", "d") == {2003, 2012}
    assert flagged(text, "participants", "u") == {2019}


def test_a_year_of_which_the_places_are_hardly_known_is_of_low_reliability():
    subject = open_subject(2020, scope=scope.program("IMET"))
    rows = list(csv.DictReader(io.StringIO(share.years_table(subject).csv)))
    unknown = years(
        f"SELECT fiscal_year FROM {ROWS} WHERE program = 'IMET' GROUP BY 1 HAVING "
        "coalesce(sum(quantity) FILTER (WHERE location_country IS NOT NULL OR location_status = 'online'), 0) "
        "< 0.8 * sum(quantity)"
    )
    shown = {int(row["fiscal_year"]) for row in rows if row["own_country_share"]}
    marked = {int(row["fiscal_year"]) for row in rows if "u" in row["own_country_share_flag"]}
    assert marked == unknown & shown != set()
    assert {row["own_country_share_flag"] for row in rows if not row["own_country_share"]} <= {"m"}
    assert imet.years_table(subject).flags


@pytest.mark.parametrize("code", ["UKR", "AFG", "COL"])
def test_values_that_follow_are_marked_row_by_row(code):
    subject = open_subject(2007, scope=scope.recipient(code))
    rows = list(csv.DictReader(io.StringIO(units.units_table(subject).csv)))
    for column in ("quantity", "cost_usd"):
        follows = {
            row_id
            for (row_id,) in duckdb.sql(
                f"SELECT row_id FROM {ROWS} WHERE iso3 = '{code}' AND list_contains(string_split(derived, ', '), '{column}')"
            ).fetchall()
        }
        assert {row["row_id"] for row in rows if row[f"{column}_flag"] == "e"} == follows
    assert len(rows) == duckdb.sql(f"SELECT count(*) FROM {ROWS} WHERE iso3 = '{code}'").fetchall()[0][0]


@pytest.mark.parametrize(("kind", "code", "year"), [("region", "europe", 2014), ("recipient", "COL", 2018), ("program", "IMET", 2020)])  # fmt: skip
def test_the_page_explains_just_the_letters_that_stand_in_its_table(kind, code, year):
    subject = open_subject(year, scope=getattr(scope, kind)(code))
    tables = [totals_table(subject), imet.years_table(subject)]
    tables += [share.years_table(subject)] if kind == "program" else []
    for table in tables:
        page = html_table(table, table.title)
        shown = {
            letter for code in re.findall(r'<sup class="flag"[^>]*>(\w+)</sup>', page) for letter in code
        }
        told = {letter for letter, meaning in flags.MEANINGS.items() if f"{letter} {meaning}: " in table.note}
        assert shown == told
        filed = [name for name in next(csv.reader(io.StringIO(table.csv))) if name.endswith("_flag")]
        assert {f"{name}_flag" for name, _ in table.flags} <= set(filed)
