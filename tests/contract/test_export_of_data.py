"""The committed tables exported and read back by DuckDB and sqlite3: the same rows, the same sums."""

from __future__ import annotations

import sqlite3

import duckdb
import pytest

from milaid.paths import data_dir, trainings_dir
from milaid.publish.export.make import make_export
from milaid.publish.export.readme import DATABASE
from milaid.publish.export.request import check
from milaid.tables import catalogue, schemas, store

DATA = data_dir()
YEARS = store.available_years()[:1] + store.available_years()[-1:]
pytestmark = pytest.mark.skipif(not YEARS, reason=f"no tables in {DATA}; run make data")
WHOLE = [name for name in catalogue.table_files(DATA) if name.startswith("reference/")]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The first and the last year, exported."""
    folder = tmp_path_factory.mktemp("export") / "tables"
    make_export(check(None, ",".join(map(str, YEARS)), ()), folder)
    return folder


def columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def original(table: str) -> str:
    """Return SQL for the rows that an export of YEARS has to hold."""
    if table == "trainings":
        files = [str(trainings_dir() / f"fy{year}.parquet") for year in YEARS]
        return f"SELECT * FROM read_parquet({files})"
    years = f"WHERE fiscal_year IN {YEARS}"
    return f"SELECT * FROM '{DATA}/{table}.parquet' {years}"


@pytest.mark.parametrize("table", ["trainings", "trainings_totals"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_csv_and_parquet_hold_just_the_rows_of_the_tables(out, table, kind):
    names = columns(schemas.SCHEMAS[table].columns)
    expected = f"SELECT {names} FROM ({original(table)})"
    if kind == "csv":
        kinds = duckdb.sql(f"DESCRIBE {expected}").fetchall()
        typed = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind, *_ in kinds)
        exported = f"SELECT {typed} FROM read_csv('{out}/csv/{table}.csv', all_varchar = true)"
    else:
        exported = f"SELECT {names} FROM '{out}/parquet/{table}.parquet'"
    count = duckdb.sql(f"SELECT count(*) FROM ({expected})").fetchall()
    assert count[0][0] > 0
    assert duckdb.sql(f"SELECT count(*) FROM ({exported})").fetchall() == count
    assert duckdb.sql(f"({expected}) EXCEPT ALL ({exported})").fetchall() == []
    assert duckdb.sql(f"({exported}) EXCEPT ALL ({expected})").fetchall() == []


@pytest.mark.parametrize("table", ["trainings", "trainings_totals"])
def test_sqlite_holds_just_the_rows_of_the_tables(out, table):
    names = columns(schemas.SCHEMAS[table].columns)
    order = "ORDER BY document, page, row_on_page" if table == "trainings" else f"ORDER BY {names}"
    dates = {"start_date": "CAST(start_date AS VARCHAR)", "end_date": "CAST(end_date AS VARCHAR)"}
    shown = ", ".join(dates.get(name, f'"{name}"') for name in schemas.SCHEMAS[table].columns)
    expected = duckdb.sql(f"SELECT {shown} FROM ({original(table)})").fetchall()
    connection = sqlite3.connect(out / DATABASE)
    found = connection.execute(f"SELECT {names} FROM {table} {order}").fetchall()
    connection.close()
    assert sorted(found, key=repr) == sorted(expected, key=repr)


def test_sums_in_sqlite_are_those_of_the_parquet_files(out):
    query = (
        "SELECT fiscal_year, program, recipient, count(*), sum(quantity), sum(cost_usd), count(us_unit), "
        "min(CAST(start_date AS TEXT)) FROM {} WHERE status = 'actual' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    expected = duckdb.sql(query.format(f"({original('trainings')})")).fetchall()
    connection = sqlite3.connect(out / DATABASE)
    found = connection.execute(query.format("trainings")).fetchall()
    connection.close()
    assert found == expected and len(expected) > 100


@pytest.mark.parametrize("name", WHOLE)
def test_reference_tables_are_exported_whole(out, name):
    table = name.removeprefix("reference/").removesuffix(".csv")
    options = "all_varchar = true, header = true"
    expected = f"SELECT * FROM read_csv('{DATA / name}', {options})"
    names = columns(schemas.SCHEMAS[table].columns)
    exported = f"SELECT {names} FROM read_csv('{out}/csv/{table}.csv', {options})"
    numbers = [field.name for field in schemas.SCHEMAS[table].fields if field.kind == "decimal"]
    if numbers:
        alike = ", ".join(f"CAST({number} AS DOUBLE) AS {number}" for number in numbers)
        expected, exported = (f"SELECT * REPLACE ({alike}) FROM ({sql})" for sql in (expected, exported))
    expected = f"SELECT {names} FROM ({expected})"
    assert duckdb.sql(f"({expected}) EXCEPT ALL ({exported})").fetchall() == []
    assert duckdb.sql(f"({exported}) EXCEPT ALL ({expected})").fetchall() == []


def test_no_table_holds_an_empty_text():
    """So that an empty cell of a CSV means null, and nothing else."""
    for year in store.available_years():
        frame = store.load_trainings(year, status=None)
        texts = frame.select_dtypes("str")
        assert not (texts == "").any().any(), year


def test_addresses_of_official_pdfs_open_at_the_page(out):
    rows = duckdb.sql(
        f"SELECT t.page, t.source_url, d.url, d.kind FROM '{out}/parquet/trainings.parquet' t "
        f"JOIN '{DATA}/reference/documents.csv' d ON t.document = d.file GROUP BY ALL"
    ).fetchall()
    assert rows
    for page, address, url, kind in rows:
        assert address.startswith(url)
        if kind == "official file" and url.endswith(".pdf"):
            assert address == f"{url}#page={page}"


@pytest.mark.parametrize("year", [2007, 2011])
def test_flags_of_exported_values_are_those_of_their_rows_in_every_format(tmp_path, year):
    out = tmp_path / "tables"
    make_export(check(None, str(year), ("trainings", "aid_country_totals")), out)
    rule = (
        "CASE WHEN list_contains(string_split(derived, ', '), '{0}') THEN 'e' WHEN {0} IS NULL THEN 'm' END"
    )
    file = trainings_dir() / f"fy{year}.parquet"
    wanted = f"SELECT row_id, {rule.format('quantity')}, {rule.format('cost_usd')} FROM '{file}' ORDER BY 1"
    expected = duckdb.sql(wanted).fetchall()
    assert {"e", "m"} & {flag for _, *flags in expected for flag in flags}
    columns = "row_id, quantity_flag, cost_usd_flag"
    for source in (
        f"'{out}/parquet/trainings.parquet'",
        f"read_csv('{out}/csv/trainings.csv', all_varchar = true)",
    ):
        assert duckdb.sql(f"SELECT {columns} FROM {source} ORDER BY 1").fetchall() == expected
    with sqlite3.connect(out / DATABASE) as database:
        assert database.execute(f"SELECT {columns} FROM trainings ORDER BY 1").fetchall() == expected
    kinds = dict(
        row[:2] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{out}/parquet/trainings.parquet'").fetchall()
    )
    assert kinds["quantity_flag"] == kinds["cost_usd_flag"] == "VARCHAR"
    partial = "SELECT DISTINCT partial, amount_usd_flag FROM '{}/parquet/aid_country_totals.parquet'"
    assert set(duckdb.sql(partial.format(out)).fetchall()) == {(False, None), (True, "p")}
    assert "- `e` estimated or derived" in (out / "README.md").read_text(encoding="utf-8")
