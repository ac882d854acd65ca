"""The tables of the repository: their schemas, and how they fit each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from milaid.paths import data_dir
from milaid.tables import schemas, store
from milaid.tables.coverage import coverage
from milaid.tables.phrases import normalised
from milaid.tables.schema_fields import REGIONS

LOADERS = sorted(
    name
    for name in dir(store)
    if name.startswith("load_") and name.removeprefix("load_") not in schemas.ADDED
)
pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no tables in {data_dir()}; run make data"
)


@pytest.mark.parametrize("loader", LOADERS)
def test_every_table_has_the_columns_of_its_schema(loader):
    frame = getattr(store, loader)()
    assert len(frame) > 0


def test_every_table_has_a_loader_of_the_file_of_its_name():
    loaders = [loader for loader in vars(store).values() if isinstance(loader, store.Loader)]
    assert [Path(loader.place).stem for loader in loaders] == [loader.schema.name for loader in loaders]
    loaded = {loader.schema.name for loader in loaders}
    assert loaded == set(schemas.SCHEMAS) - {"trainings", "corrections"}, (
        "activities are read by year, corrections with the documents"
    )


def test_every_field_has_a_description_in_one_sentence():
    for schema in schemas.SCHEMAS.values():
        for field in schema.fields:
            assert field.description.endswith("."), f"{schema.name}.{field.name}"
            assert len(field.description) <= 130, f"{schema.name}.{field.name}"


def test_every_recipient_and_program_of_the_activities_is_in_its_reference_table():
    trainings = store.load_trainings(status=None)
    countries, programs = store.load_countries(), store.load_programs()
    assert set(trainings["country"]) <= set(countries["printed"])
    assert set(trainings["recipient"]) <= set(countries["recipient"])
    assert set(trainings["region_harmonised"]) <= set(REGIONS)
    assert set(trainings["program"]) <= set(programs["code"])


def test_a_recipient_has_one_region_and_one_code_in_all_years():
    trainings = store.load_trainings(status=None)
    # The kind may change: South Sudan was a territory until 2011.
    variants = trainings[["recipient", "region_harmonised", "iso3"]].drop_duplicates()
    assert variants["recipient"].is_unique


def test_successors_and_predecessors_are_programs():
    programs = store.load_programs()
    codes = set(programs["code"])
    for column in ("predecessor", "successor"):
        named = {code.strip() for cell in programs[column].dropna() for code in cell.split(";")}
        assert named <= codes, column


def test_places_name_what_their_kind_says():
    table = store.load_places()
    silent = table["kind"].isin(["online", "vague"])
    assert table.loc[silent, "country"].isna().all()
    assert table.loc[~silent, "country"].notna().all()
    assert (table["place"].notna() == table["kind"].isin(["city", "base"])).all()
    assert table.loc[table["us_state"].notna(), "country"].eq("USA").all()
    in_usa = table["kind"].isin(["city", "base", "territory"]) & (table["country"] == "USA")
    assert table.loc[in_usa, "us_state"].notna().all()
    assert set(table["us_state"].dropna()) <= set(store.load_us_states()["us_state"])


def test_a_place_has_one_spelling():
    # Several countries or states have a town of the name: so one spelling for each of them.
    table = store.load_places().dropna(subset=["place"])
    spelled = table.assign(key=table["place"].map(normalised)).drop_duplicates(
        ["key", "place", "country", "us_state"]
    )
    repeated = spelled[spelled.duplicated(["key", "country", "us_state"], keep=False)]
    assert repeated["place"].tolist() == []


def test_every_pattern_is_written_as_it_is_looked_up():
    for frame in (
        store.load_places(),
        store.load_us_states(),
        store.load_institution_names(),
        store.load_unit_words(),
    ):
        assert [text for text in frame["pattern"] if normalised(text) != text] == []


def test_every_spelling_names_an_institution_and_every_institution_has_a_spelling():
    institutions = store.load_institutions()
    known = set(institutions["institution"])
    assert set(store.load_institution_names()["institution"].dropna()) == known
    assert set(institutions["part_of"].dropna()) <= known
    assert institutions.loc[institutions["us_state"].notna(), "country"].eq("USA").all()
    assert set(institutions["us_state"].dropna()) <= set(store.load_us_states()["us_state"])


def test_a_gap_is_no_year_with_data_and_the_deflator_covers_the_series():
    years = store.available_years()
    breaks = store.load_series_breaks()
    assert not set(breaks.loc[breaks["kind"] == "gap", "fiscal_year"]) & set(years)
    assert coverage(years, breaks).years == years
    assert set(years) <= set(store.load_deflator()["fiscal_year"])


def test_every_row_carries_a_document_that_is_in_the_list_of_documents():
    assert set(store.load_trainings(status=None)["document"]) <= set(store.load_documents()["file"])
