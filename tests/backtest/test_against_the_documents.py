"""The tables of data/ against what the documents print: totals, row counts, rows looked up on the page.

Computed by SQL on the parquet files, without the code that builds and reconciles them.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from milaid.paths import data_dir, reference_dir, trainings_dir
from printed_totals import WORLD

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(
    not any(trainings_dir().glob("fy*.parquet")), reason=f"no activities in {trainings_dir()}; run make data"
)

GROUPS = {
    "fiscal_year": "edition, region, country, program_printed, fiscal_year",
    "program": "edition, region, country, program_printed",
    "country": "edition, region, country",
}
# Editions that print what was done and what was planned, and add both up in the totals of program and country.
PLANNED = ("1999-2000", "2000-2001")


@pytest.fixture(scope="module")
def sql():
    """Return the function that runs a query on rows, totals, issues, golden and checked."""
    with duckdb.connect() as connection:
        for name, table in {
            "all_rows": f"read_parquet('{trainings_dir()}/fy*.parquet')",
            "rows": "(SELECT * FROM all_rows WHERE status = 'actual')",
            "totals": f"read_parquet('{data_dir()}/trainings_totals.parquet')",
            "issues": f"read_csv('{reference_dir()}/known_issues.csv', all_varchar = true)",
            "golden": f"read_csv('{HERE}/golden_row_counts.csv')",
            "checked": f"read_csv('{HERE}/hand_checked_rows.csv', all_varchar = true)",
        }.items():
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {table}")
        yield lambda query, *values: connection.execute(query, values).fetchall()


def test_rows_people_and_dollars_of_every_edition_and_region_are_those_counted_before(sql):
    # An edition that was added stands beside the golden ones until its own counts are entered.
    counted = sql(
        "SELECT edition, region, count(*), sum(quantity), sum(cost_usd) FROM rows "
        "WHERE edition IN (SELECT edition FROM golden) GROUP BY ALL ORDER BY ALL"
    )
    assert counted == sql(
        "SELECT edition, region, activities, participants, cost_usd FROM golden ORDER BY ALL"
    )
    assert len(counted) >= 138


@pytest.mark.parametrize("level", GROUPS)
@pytest.mark.parametrize("measure", ["quantity", "cost_usd"])
def test_every_printed_total_is_the_sum_of_its_rows_or_a_known_issue(sql, level, measure):
    label = "NULL" if level == "country" else "program_printed"
    year = "fiscal_year::VARCHAR" if level == "fiscal_year" else "NULL"
    # Only some editions print totals of a fiscal year; they are of one year, the others of all rows printed.
    wanted = "edition IN (SELECT edition FROM totals WHERE level = 'fiscal_year')"
    if level != "fiscal_year":
        wanted = f"status = 'actual' OR edition IN {PLANNED}"
    differences = sql(
        f"""
        WITH printed AS (
            SELECT {GROUPS[level]}, sum({measure}) AS value FROM totals WHERE level = '{level}' GROUP BY ALL
        ), added AS (
            SELECT {GROUPS[level]}, sum({measure}) AS value FROM all_rows WHERE {wanted} GROUP BY ALL
        )
        SELECT edition, country, {label} AS program, {year} AS year, printed.value::VARCHAR,
            coalesce(added.value, 0)::VARCHAR
        FROM printed FULL JOIN added USING ({GROUPS[level]})
        WHERE printed.value IS DISTINCT FROM coalesce(added.value, 0)
            AND NOT (printed.edition IS NOT NULL AND printed.value IS NULL AND added.value IS NULL)
        ORDER BY ALL
        """
    )
    known = sql(
        f"SELECT edition, country, program_printed, {'fiscal_year' if level == 'fiscal_year' else 'NULL'}, "
        "printed_value, computed_value FROM issues WHERE level = ? AND measure = ? ORDER BY ALL",
        level,
        measure,
    )
    assert differences == known
    assert known or (level, measure) == ("fiscal_year", "quantity"), (
        "it compares nothing where faults are known"
    )


def test_every_program_table_has_one_printed_total(sql):
    without = sql(
        "SELECT document, section, min(page) FROM rows ANTI JOIN totals USING (document, section) "
        "GROUP BY ALL ORDER BY ALL"
    )
    assert [(document, page) for document, _, page in without] == [
        # The document ends within a table; its other rows and its total stand in the next document.
        ("10965.pdf", 28),
        ("10968.pdf", 21),
        # Angola's last table: its end and its total stand on the page that is blank in the published document.
        ("2019_2020_Africa_fmtrpt.pdf", 1),
        # As above: the table goes on in the next document.
        ("3164.pdf", 32),
        ("3165.pdf", 39),
    ]
    assert not sql(
        "SELECT document, section FROM totals WHERE level = 'program' GROUP BY ALL HAVING count(*) > 1"
    )


@pytest.mark.parametrize("year", WORLD)
def test_world_totals_are_those_of_the_rows_and_of_the_printed_program_totals(sql, year):
    assert sql("SELECT sum(quantity), sum(cost_usd) FROM rows WHERE fiscal_year = ?", year) == [WORLD[year]]
    printed = "SELECT sum(quantity), sum(cost_usd) FROM totals WHERE level = 'program' AND fiscal_year = ?"
    assert sql(printed, year) == [WORLD[year]]


def test_burundi_has_most_participants_of_fiscal_year_2014(sql):
    ranked = sql(
        "SELECT country, sum(quantity) FROM rows WHERE fiscal_year = 2014 GROUP BY 1 ORDER BY 2 DESC"
    )
    assert ranked[0] == ("Burundi", 5_449)


def test_rows_read_by_eye_on_the_page_are_in_the_tables_field_by_field(sql):
    columns = [name for name, *_ in sql("DESCRIBE checked")]
    # What was read by eye is what is printed; a value that follows from the totals is not.
    stored = ", ".join(
        f"if(contains(coalesce(r.derived, ''), '{name}'), NULL, r.{name})::VARCHAR AS {name}"
        for name in columns
    )
    found = sql(
        f"SELECT {stored} FROM rows r SEMI JOIN checked c ON (r.document, r.page::VARCHAR, r.row_on_page::VARCHAR) "
        "= (c.document, c.page, c.row_on_page) ORDER BY r.fiscal_year, r.document, r.page, r.row_on_page"
    )
    expected = sql(
        "SELECT * FROM checked ORDER BY fiscal_year, document, page::INTEGER, row_on_page::INTEGER"
    )
    assert len(expected) == 34
    assert len({row[columns.index("fiscal_year")] for row in expected}) == 22
    for row, wanted in zip(found, expected, strict=True):
        assert dict(zip(columns, row, strict=True)) == dict(zip(columns, wanted, strict=True))
