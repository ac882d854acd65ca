"""The build of data/ in a small project: what it makes, and what it parses again."""

from __future__ import annotations

import shutil
from dataclasses import replace

import duckdb
import pytest

from fmtr_documents import Country, Document
from milaid.publish.check import compare
from milaid.tables import store
from milaid.tables.build.data import build_data
from small_project import EUROPE, write_rows


def test_a_build_from_scratch_in_processes_of_its_own_writes_every_table(project, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("MILAID_ROOT", str(project.data.parent))
    result = build_data(project.sources, jobs=2)
    assert (result.parsed, result.kept, result.activities) == (3, 0, 6)
    assert set(result.files) == {
        "boundaries.parquet",
        "deflator.csv",
        "trainings/fy2013.parquet",
        "trainings/fy2014.parquet",
        "trainings_totals.parquet",
        "row_boxes.parquet",
        "unread_values.csv",
    }
    assert set(project.content()) == {*result.files, "build.json", "datapackage.json"}
    assert "3 documents parsed, 0 unchanged, 6 activities" in str(result)
    rows = duckdb.sql(
        "SELECT document, recipient, iso3, region_harmonised, program, quantity "
        f"FROM read_parquet('{project.data}/trainings/fy2014.parquet') ORDER BY document, row_on_page"
    ).fetchall()
    assert rows == [
        ("africa.pdf", "Angola", "AGO", "Africa", "IMET", 2),
        ("africa.pdf", "Angola", "AGO", "Africa", "IMET", 3),
        ("africa.pdf", "Angola", "AGO", "Africa", "PKO", 1),
        ("africa.pdf", "Benin", "BEN", "Africa", "IMET", 1),
        ("europe.pdf", "Albania", "ALB", "Europe and Eurasia", "FMF", 7),
    ]
    assert store.available_years() == (2013, 2014)
    assert len(store.load_totals()) == 4 + 1 + 2 + 2
    assert store.load_deflator()["fiscal_year"].tolist() == [2013, 2014, 2021, 2023]
    assert compare().text.endswith("9 of 9 printed totals agree, nothing unexplained.")


def test_a_second_build_parses_nothing_and_writes_nothing(built):
    content = built.content()
    times = {path: path.stat().st_mtime_ns for path in built.data.rglob("*")}
    result = built.build()
    assert (result.parsed, result.kept, result.files) == (0, 3, ())
    assert str(result) == "data/ is up to date: 3 documents unchanged"
    assert built.content() == content
    assert {path: path.stat().st_mtime_ns for path in built.data.rglob("*")} == times


def test_two_builds_of_the_same_files_write_the_same_bytes(built):
    content = built.content()
    for name in content:
        (built.data / name).unlink()
    assert built.build().parsed == 3
    assert built.content() == content


def test_a_changed_document_is_the_only_one_parsed_again(built):
    before = built.content()
    built.add("europe.pdf", replace(EUROPE, countries=(Country("Albania"), Country("Georgia"))))
    result = built.build()
    assert (result.parsed, result.kept) == (1, 2)
    trainings = store.load_trainings(2014)
    assert trainings.groupby("document").size().to_dict() == {"africa.pdf": 4, "europe.pdf": 2}
    after = built.content()
    assert after["trainings/fy2013.parquet"] == before["trainings/fy2013.parquet"]
    assert after["trainings/fy2014.parquet"] != before["trainings/fy2014.parquet"]


def test_kept_rows_are_the_same_as_parsed_ones(built):
    built.add("europe.pdf", replace(EUROPE, countries=(Country("Georgia"),)))
    built.build()
    partly = built.content()
    for name in partly:
        (built.data / name).unlink()
    built.build()
    assert built.content() == partly


def test_a_new_document_is_parsed_and_one_that_left_the_manifest_leaves_the_tables(built):
    built.add("near_east.pdf", Document((Country("Jordan"),), region="Near East"))
    assert (built.build().parsed, store.available_years()) == (1, (2013, 2014))
    built.documents = [row for row in built.documents if row["file"] != "africa_2013.pdf"]
    write_rows(built.table("documents"), built.documents)
    result = built.build()
    assert (result.parsed, result.kept) == (0, 3)
    assert store.available_years() == (2014,)
    assert set(store.load_totals()["edition"]) == {"2014-2015"}


def test_a_correction_parses_its_document_alone_again(built):
    built.append(
        "corrections",
        {
            "edition": "2014-2015",
            "document": "africa.pdf",
            "page": 1,
            "row_on_page": 1,
            "field": "location",
            "as_printed": "Lackland AFB, TX, US",
            "corrected": "Fort Rucker, AL",
            "reason": "misprint",
        },
    )
    result = built.build()
    assert (result.parsed, result.kept) == (1, 2)
    assert store.load_trainings(2014)["location"].tolist().count("Fort Rucker, AL") == 1


def test_a_changed_reference_table_names_recipients_anew_without_parsing(built):
    path = built.table("countries")
    text = path.read_text(encoding="utf-8")
    assert "Benin,BEN,Benin,Africa,country" in text
    path.write_text(
        text.replace("Benin,BEN,Benin,Africa,country", "Benin,BEN,Republic of Benin,Africa,country"),
        encoding="utf-8",
    )
    result = built.build()
    assert (result.parsed, result.kept, result.activities) == (0, 3, 6)
    assert set(store.load_trainings()["recipient"]) == {"Albania", "Angola", "Chad", "Republic of Benin"}


@pytest.mark.parametrize(
    "name",
    [
        "trainings/fy2014.parquet",
        "trainings_totals.parquet",
        "deflator.csv",
        "build.json",
        "datapackage.json",
    ],
)
def test_a_deleted_output_is_made_again(built, name):
    content = built.content()
    (built.data / name).unlink()
    assert built.build().files
    assert built.content() == content


def test_an_output_that_somebody_changed_is_made_again(built):
    content = built.content()
    (built.data / "unread_values.csv").write_text("nonsense", encoding="utf-8")
    built.build()
    assert built.content() == content


def test_the_file_of_a_year_that_no_document_reports_is_removed(built):
    shutil.copy(built.data / "trainings/fy2014.parquet", built.data / "trainings/fy1999.parquet")
    (built.data / "deflator.csv").unlink()
    built.build()
    assert store.available_years() == (2013, 2014)
