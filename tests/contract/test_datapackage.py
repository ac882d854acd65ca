"""The description of data/ and the data dictionary: in step with the tables, and valid."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from data_packages import validate
from milaid.paths import data_dir, project_root, reference_dir, trainings_dir
from milaid.tables import catalogue, datapackage, dictionary, schemas, store
from milaid.tables.origins import ORIGINS, origin

DATA = data_dir()
PACKAGE = DATA / "datapackage.json"
with_data = pytest.mark.skipif(not PACKAGE.exists(), reason=f"{PACKAGE} is not built; run make data")


@pytest.fixture(scope="module")
def package():
    return json.loads(PACKAGE.read_text(encoding="utf-8"))


@with_data
def test_the_description_is_what_the_tables_and_schemas_give():
    files = {name: DATA / name for name in catalogue.table_files(DATA)}
    expected = datapackage.describe_data(files, store.load_documents(), store.load_other_sources())
    assert PACKAGE.read_text(encoding="utf-8") == datapackage.as_json(expected), "run make data"


@with_data
def test_every_table_file_is_described_with_its_own_hash(package):
    described = {resource["path"]: resource for resource in package["resources"]}
    there = {path for pattern in ("*.csv", "*.parquet") for path in DATA.rglob(pattern)}
    assert set(described) == {path.relative_to(DATA).as_posix() for path in there}
    for name, resource in described.items():
        content = (DATA / name).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}", name
        assert resource.get("bytes", len(content)) == len(content), name


@with_data
def test_fields_are_those_of_the_files_in_their_order(package):
    for resource in package["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        path = DATA / resource["path"]
        if path.suffix == ".parquet":
            assert pq.read_schema(path).names == names
        else:
            assert path.read_text(encoding="utf-8").splitlines()[0].split(",") == names


@with_data
def test_the_description_names_no_day(package):
    assert not {"created", "modified", "date"} & set(package)


@with_data
def test_frictionless_accepts_the_description_and_the_first_rows_of_every_table(package):
    report = validate(PACKAGE, limit_rows=40)
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    assert {task.name for task in report.tasks} == {resource["name"] for resource in package["resources"]}


def test_the_page_of_the_data_dictionary_is_what_the_schemas_give():
    shown = (project_root() / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert shown == dictionary.page(), "run python -m milaid.tables.dictionary > docs/data-dictionary.md"


def test_every_table_has_an_origin_and_a_licence():
    assert set(ORIGINS) == set(schemas.SCHEMAS)
    assert all(origin(name).sentence.endswith(".") and origin(name).licence.name for name in ORIGINS)


def test_references_lead_to_the_whole_key_of_a_table():
    for schema in schemas.SCHEMAS.values():
        for field in schema.fields:
            table, _, column = field.refers_to.partition(".")
            assert not table or schemas.SCHEMAS[table].key == (column,), f"{schema.name}.{field.name}"


def test_the_citation_file_speaks_of_the_same_data_set():
    text = (project_root() / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{datapackage.TITLE}"' in text
    assert len(set(re.findall(r"^\s*version: (.+)", text, re.M))) == 1
    assert len(set(re.findall(r"^\s*date-released: (.+)", text, re.M))) == 1


@pytest.mark.skipif(not store.available_years(), reason=f"no tables in {DATA}; run make data")
def test_identifiers_are_unique_over_all_years_and_name_the_place_of_the_row():
    files = str(trainings_dir() / "fy*.parquet")
    rows, different, wrong = duckdb.sql(
        "SELECT count(*), count(DISTINCT row_id), count(*) FILTER (row_id <> edition || '/' || document || '/p' "
        f"|| page || '/r' || row_on_page) FROM read_parquet('{files}')"
    ).fetchall()[0]
    assert rows == different > 0
    assert wrong == 0


def test_pages_cut_out_of_one_official_file_do_not_overlap():
    table = Path(reference_dir() / "documents.csv")
    rows = duckdb.sql(
        "SELECT url, first_page_in_official_file AS first, first + pages - 1 AS last, kind "
        f"FROM '{table}' WHERE first IS NOT NULL ORDER BY url, first"
    ).fetchall()
    assert rows
    assert {row[3] for row in rows} == {"page extract"}
    for (url, _, last, _), (next_url, first, _, _) in itertools.pairwise(rows):
        assert url != next_url or last < first, url
