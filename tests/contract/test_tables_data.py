"""The committed tables of data/: each file as its schema says, rows that point to documents, the state of the build."""

from __future__ import annotations

import re

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from milaid.paths import data_dir, reference_dir, trainings_dir
from milaid.tables import schemas, schemas_aid, store
from milaid.tables.schema import conform, validate
from milaid.tables.state import STATE_FILE, file_digest, outputs_intact, read_state

DATA = data_dir()
PARQUET = {
    **{f"trainings/{path.name}": schemas.TRAININGS for path in sorted(trainings_dir().glob("fy*.parquet"))},
    "trainings_totals.parquet": schemas.TRAININGS_TOTALS,
    "boundaries.parquet": schemas.BOUNDARIES,
    "aid.parquet": schemas_aid.AID,
    "aid_country_totals.parquet": schemas_aid.AID_COUNTRY_TOTALS,
    **{path.name: schemas.SCHEMAS[path.stem] for path in sorted(DATA.glob("arms_sales*.parquet"))},
    "excess_defense_articles.parquet": schemas.SCHEMAS["excess_defense_articles"],
}
CSV = sorted((*DATA.glob("*.csv"), *reference_dir().glob("*.csv")))
pytestmark = pytest.mark.skipif(not store.available_years(), reason=f"no tables in {DATA}; run make data")


@pytest.fixture(scope="module")
def trainings():
    return store.load_trainings(status=None)


@pytest.mark.parametrize("name", PARQUET)
def test_a_parquet_file_has_just_the_columns_and_types_of_its_schema(name):
    found = pq.read_schema(DATA / name)
    expected = PARQUET[name].arrow_schema
    assert [(field.name, field.type) for field in found] == [(field.name, field.type) for field in expected]
    frame = pq.read_table(DATA / name, partitioning=None).to_pandas(date_as_object=False)
    validate(conform(frame, PARQUET[name]), PARQUET[name])
    assert len(frame) > 0


@pytest.mark.parametrize("path", CSV, ids=lambda path: path.stem)
def test_a_csv_file_has_just_the_columns_and_types_of_its_schema(path):
    schema = schemas.SCHEMAS[path.stem]
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    assert tuple(frame.columns) == schema.columns
    validate(conform(frame, schema), schema)


def test_every_table_has_a_schema_and_every_schema_a_table():
    named = {path.stem for path in (*CSV, *DATA.glob("*.parquet"))} | {"trainings"}
    assert named | schemas.ADDED == set(schemas.SCHEMAS)


def test_a_year_file_holds_just_the_actual_year_of_one_edition():
    for path in trainings_dir().glob("fy*.parquet"):
        years = duckdb.sql(
            f"SELECT DISTINCT fiscal_year, edition FROM '{path}' WHERE status = 'actual'"
        ).fetchall()
        year = int(path.stem.removeprefix("fy"))
        assert years == [(year, f"{year}-{year + 1}")], path.name


def test_codes_of_countries_are_three_capitals(trainings):
    for codes in (trainings["iso3"], store.load_countries()["iso3"], store.load_boundaries()["iso3"]):
        present = set(codes.dropna())
        assert present
        assert {code for code in present if not re.fullmatch("[A-Z]{3}", code)} == set()


def test_a_recipient_has_a_code_if_and_only_if_it_is_a_country_or_territory(trainings):
    coded = trainings.groupby("recipient_kind")["iso3"].agg(lambda codes: codes.notna().mean())
    for kind, share in coded.items():
        assert share == (1.0 if kind in {"country", "territory"} else 0.0) or kind == "former state", kind


def test_programs_and_recipients_of_rows_are_those_that_the_reference_tables_give_their_labels(trainings):
    labels = store.load_program_labels().set_index("printed")["code"]
    assert (trainings["program_printed"].map(labels) == trainings["program"]).all()
    assert set(labels) <= set(store.load_programs()["code"])
    known = store.load_countries().set_index("printed")
    for column, of_table in (("recipient", "recipient"), ("region_harmonised", "region"), ("iso3", "iso3")):
        expected = trainings["country"].map(known[of_table])
        assert ((trainings[column] == expected) | (trainings[column].isna() & expected.isna())).all(), column


def test_reference_tables_name_nothing_that_no_document_prints(trainings):
    assert set(store.load_countries()["printed"]) == set(trainings["country"])
    assert set(store.load_program_labels()["printed"]) == set(trainings["program_printed"])


def test_every_row_and_total_points_to_a_page_of_a_listed_document_of_its_edition_and_region(trainings):
    listed = store.load_documents().set_index("file")
    for frame in (trainings, store.load_totals()):
        document = listed.loc[frame["document"]].reset_index(drop=True)
        rows = frame.reset_index(drop=True)
        assert rows["page"].ge(1).all()
        assert (rows["page"] <= document["pages"].fillna(1)).all()
        assert (rows["edition"] == document["edition"]).all()
        planned = rows["fiscal_year"] - document["fiscal_year"]
        assert (planned == (rows["status"] == "planned").astype("int")).all()
        regions = document["region"].str.split("; ")
        held = [region in among for region, among in zip(rows["region"], regions, strict=True)]
        assert set(rows.loc[[not here for here in held], "region"]) <= {"not stated"}


def test_every_listed_document_gave_rows_and_totals_up_to_its_last_pages(trainings):
    listed = store.load_documents().set_index("file")
    last = pd.concat([trainings, store.load_totals()]).groupby("document")["page"].max()
    assert set(last.index) == set(listed.index)
    short = listed["pages"] - last
    assert short[short > 1].to_dict() == {}


def test_a_row_is_found_again_by_document_page_and_number(trainings):
    assert not trainings.duplicated(["document", "page", "row_on_page"]).any()
    assert trainings.groupby(["document", "section"])["program_printed"].nunique().max() == 1
    assert trainings.groupby(["document", "section"])["country"].nunique().max() == 1


def test_values_that_could_not_be_read_are_null_in_their_row_or_derived_and_no_other_is(trainings):
    unread = store.load_unread_values()
    fields = store.load_edition_fields()
    silent = fields[fields["printed"] == "no"].groupby("field")["edition"].agg(set)
    place = ["document", "page", "row_on_page"]
    derived = trainings["derived"].fillna("")
    for field, column in {"quantity": "quantity", "start_date": "start_date", "end_date": "end_date"}.items():
        printed = ~trainings["edition"].isin(silent.get(column, set()))
        filled = derived.str.contains(column)
        null = trainings.loc[(trainings[column].isna() | filled) & printed, place]
        listed = unread.loc[unread["field"] == field, place]
        assert sorted(null.itertuples(index=False)) == sorted(listed.itertuples(index=False)), field
    filled = derived.str.contains("cost_usd")
    null = trainings.loc[filled | (trainings["cost_usd"].isna() & (trainings["cost_printed"] != "$")), place]
    listed = unread.loc[unread["field"] == "cost", place]
    assert sorted(null.itertuples(index=False)) == sorted(listed.itertuples(index=False))
    assert trainings.loc[filled, "cost_printed"].isna().all()


def test_corrections_name_listed_documents_and_say_why():
    corrections = pd.read_csv(reference_dir() / "corrections.csv", dtype="str", keep_default_na=False)
    assert set(corrections["document"]) <= set(store.load_documents()["file"])
    assert (corrections["reason"].str.len() > 20).all()
    assert not corrections.duplicated(["document", "page", "row_on_page", "field"]).any()


def test_the_outputs_are_those_of_the_last_build():
    state = read_state(DATA)
    assert outputs_intact(state, DATA), (
        f"a table of {DATA} is not the one that {STATE_FILE} names; run make data"
    )
    assert {path for path in state.outputs if path.startswith("trainings/")} == {
        n for n in PARQUET if "/" in n
    }
    assert set(state.documents) == set(store.load_documents()["path"])


@pytest.mark.parametrize("name", ["countries", "program_labels", "known_issues", "documents", "corrections"])
def test_the_tables_were_built_from_the_reference_tables_that_decide_them(name):
    built_from = read_state(DATA).inputs[f"reference/{name}.csv"]
    assert file_digest(reference_dir() / f"{name}.csv") == built_from, (
        f"{name}.csv has changed; run make data"
    )
