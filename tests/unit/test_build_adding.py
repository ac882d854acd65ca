"""`milaid data add`: what is entered, copied and read, what is noted, and what stays as it was."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pypdfium2
import pytest

from added_edition import EDITION, KNOWN, add, manifest, plain, refused
from fmtr_documents import Country, Document, Program, Row, write
from milaid.errors import RequestError, SourceError
from milaid.tables import store
from milaid.tables.build.data import build_data
from milaid.tables.state import file_digest
from small_project import next_document


def test_documents_are_entered_copied_and_read_without_any_of_the_other_official_files(built):
    before = manifest(built)
    shutil.rmtree(built.sources)
    added = add(built.offer("Africa", plain()), built.offer("Europe", plain("Europe", Country("Albania"))))
    new = manifest(built)[-2:]
    assert manifest(built)[:-2] == before
    assert [row["path"] for row in new] == [
        "fmtr/2021_2022/2021_2022_Africa_fmtrpt.pdf",
        "fmtr/2021_2022/2021_2022_Europe_fmtrpt.pdf",
    ]
    for row in new:
        copy = built.data / "official" / row["path"]
        assert row["sha256"] == file_digest(copy) == file_digest(built.data.parent / "inbox" / row["file"])
        assert int(row["bytes"]) == copy.stat().st_size
        assert int(row["pages"]) == len(pypdfium2.PdfDocument(copy)) == 1
        assert (row["edition"], row["fiscal_year"], row["kind"]) == (EDITION, "2021", "official file")
    assert [row["region"] for row in new] == ["Africa", "Europe"]
    assert store.available_years() == (2013, 2014, 2021)
    figures = dict(added.figures)
    assert (figures["documents parsed"], figures["documents kept as they were"]) == ("2", "3")
    assert figures["printed totals that agree"] == "4 of 4"


def test_only_the_added_documents_are_parsed(built, capsys):
    capsys.readouterr()
    add(built.offer("Africa", plain()))
    assert "Reading documents: done, 1\n" in capsys.readouterr().err
    result = built.build()
    assert (result.parsed, result.kept, result.files) == (0, 4, ())


def test_rows_of_other_years_are_the_same_bytes_after_an_addition(built):
    before = built.content()
    add(built.offer("Africa", plain()))
    after = built.content()
    for name in (
        "trainings/fy2013.parquet",
        "trainings/fy2014.parquet",
        "deflator.csv",
        "boundaries.parquet",
    ):
        assert after[name] == before[name]


def test_a_build_from_nothing_gives_the_bytes_that_the_addition_gave(built):
    add(built.offer_edition() / "2021_2022_Near_East_fmtrpt.pdf")
    added = built.content()
    for name in added:
        (built.data / name).unlink()
    built.build()
    assert built.content() == added


def test_further_documents_of_an_edition_are_taken_one_after_the_other(built):
    first = add(built.offer("Africa", plain()))
    assert any("has no document yet of Europe, which 2014-2015 has" in note for note in first.notes)
    second = add(built.offer("Europe", plain("Europe", Country("Albania"))))
    assert not any("has no document yet" in note for note in second.notes)
    assert dict(second.figures)["documents parsed"] == "1"
    assert set(store.load_trainings(2021)["country"]) == {"Angola", "Albania"}


def test_a_document_of_an_earlier_edition_stands_at_the_end_of_that_edition_in_the_manifest(project):
    project.documents.sort(key=lambda row: row["edition"])
    project.accept("africa.pdf")
    project.build()
    asia = Document((Country("Fiji"),), region="East Asia and Pacific", fiscal_year=2013)
    add(project.offer("Asia", asia, "asia_2013.pdf"), edition="2013-2014")
    assert [row["file"] for row in manifest(project)] == [
        "africa_2013.pdf",
        "asia_2013.pdf",
        "africa.pdf",
        "europe.pdf",
    ]


def test_an_edition_with_a_document_of_the_region_is_refused_with_the_way_to_replace_it(built):
    add(built.offer("Africa", plain()))
    newer = built.offer("Africa", plain("Africa", Country("Benin")), "newer.pdf")
    message = refused(built, RequestError, newer)
    assert (
        "documents.csv has 2021_2022_Africa_fmtrpt.pdf (edition 2021-2022, Africa); to replace it, take"
        in message
    )
    rows = [row for row in manifest(built) if row["edition"] != EDITION]
    built.documents = rows
    built.accept("africa.pdf")
    add(newer)
    assert set(store.load_trainings(2021)["country"]) == {"Benin"}


def test_a_few_cells_that_cannot_be_read_are_named_and_stay_empty(built):
    rows = (*(Row(f"Course {n}") for n in range(40)), Row("Last", end="soon"))
    added = add(built.offer("Africa", plain("Africa", Country("Angola", (Program(rows=rows),)))))
    assert [note for note in added.notes if "cannot be read" in note] == [
        "cannot be read and stays empty: 2021_2022_Africa_fmtrpt.pdf, page 1, row 41, end_date: «soon»"
    ]
    assert store.load_trainings(2021)["end_date"].isna().sum() == 1


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(built):
    before, entries = built.everything(), built.entries()
    said = str(add(built.offer("Africa", plain()), dry_run=True))
    assert "edition 2021-2022 can be added; nothing was written (--dry-run)" in said
    assert (built.everything(), built.entries()) == (before, entries)
    assert str(add(built.offer("Africa", plain()))).split("\n")[1:] == said.split("\n")[1:]


def test_addresses_are_recorded_for_the_files_whose_name_they_end_with(built):
    add(
        built.offer("Africa", plain()),
        built.offer("Europe", plain("Europe", Country("Albania")), "part iv (Europe).pdf"),
        urls=("https://example.org/a/part%20iv%20(Europe).pdf?download=1", "http://x.org/2021_2022_Africa_fmtrpt.pdf"),
    )  # fmt: skip
    urls = {row["file"]: row["url"] for row in manifest(built)}
    assert urls["part iv (Europe).pdf"].endswith("?download=1")
    assert urls["2021_2022_Africa_fmtrpt.pdf"] == "http://x.org/2021_2022_Africa_fmtrpt.pdf"


def test_the_only_address_belongs_to_the_only_file_whatever_its_name(built):
    added = add(built.offer("Africa", plain()), urls=("https://example.org/download?id=7",))
    assert manifest(built)[-1]["url"] == "https://example.org/download?id=7"
    assert not any("address" in note for note in added.notes)


def test_a_document_without_an_address_is_a_table_row_all_the_same(built):
    added = add(built.offer("Africa", plain()))
    assert any(
        "no official address is recorded for 2021_2022_Africa_fmtrpt.pdf" in note for note in added.notes
    )
    assert store.load_documents()["url"].isna().tolist() == [False, False, False, True]


def test_a_document_that_lies_in_the_store_already_stays_there(built):
    place = built.data / "official/fmtr/2021_2022/africa_2021.pdf"
    place.parent.mkdir(parents=True)
    write(place, plain())
    add(place)
    assert [path.name for path in place.parent.iterdir()] == ["africa_2021.pdf"]
    assert not built.build().files


def test_a_build_finds_files_in_either_place_and_names_those_in_neither(built):
    add(built.offer("Africa", plain()))
    moved = built.data / "official/fmtr/europe.pdf"
    shutil.move(built.source("europe.pdf"), moved)
    for name in built.content():
        (built.data / name).unlink()
    assert built.build().parsed == 4
    moved.unlink()
    with pytest.raises(SourceError) as caught:
        build_data(built.sources, jobs=1)
    assert f"{built.source('europe.pdf')}: missing (edition 2014-2015, Europe)" in str(caught.value)
    assert f"Looked for in {built.sources} and then in {built.data / 'official'}" in str(caught.value)


def test_years_of_a_name_are_those_of_the_documents_that_print_it(built):
    add(built.offer("Africa", plain("Africa", KNOWN, Country("Benin"), Country("Chad"))))
    with built.table("countries").open(encoding="utf-8", newline="") as lines:
        years = {
            row["printed"]: (row["first_fiscal_year"], row["last_fiscal_year"])
            for row in csv.DictReader(lines)
        }
    assert (years["Angola"], years["Chad"], years["Albania"]) == (
        ("2014", "2021"),
        ("2013", "2021"),
        ("2014", "2014"),
    )


def test_a_store_on_another_disk_is_copied_to(built, monkeypatch):
    import errno

    replace_file = Path.replace

    def other_disk(path, place):
        if "official" in Path(place).parts and path.suffix == ".pdf":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace_file(path, place)

    monkeypatch.setattr(Path, "replace", other_disk)
    path = built.offer("Africa", plain())
    add(path)
    assert (built.data / "official/fmtr/2021_2022" / path.name).read_bytes() == path.read_bytes()


def test_an_edition_of_a_year_named_as_a_gap_says_to_take_the_row_out(built):
    built.append(
        "series_breaks", {"fiscal_year": 2021, "kind": "gap", "label": "none", "description": "None."}
    )
    assert any("names FY2021 as a gap" in note for note in add(built.offer("Africa", plain())).notes)


def test_a_year_without_a_deflator_and_a_region_never_printed_are_noted(built):
    other = Document((KNOWN,), 2030, "Oceania", next_document("Africa").layout)
    notes = add(built.offer("Oceania", other, "oceania.pdf"), edition="2030-2031").notes
    assert "the region «Oceania» is printed for the first time" in notes
    assert "deflator.csv has no value for FY2030; constant dollars cannot be shown" in notes


@pytest.mark.parametrize("named", ["before", "after"])
def test_the_command_takes_the_directory_of_official_files_before_or_after_add(
    built, capsys, named, monkeypatch
):
    from milaid.cli import main

    monkeypatch.delenv("MILAID_SOURCES", raising=False)
    (built.data / "deflator.csv").unlink()
    path, sources = str(built.offer("Africa", plain())), ["--sources", str(built.sources)]
    words = ["data", *sources, "add", path] if named == "before" else ["data", "add", path, *sources]
    with pytest.raises(SystemExit) as ended:
        main([*words, "--edition", EDITION])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "edition 2021-2022 added\n" in said
    assert "documents parsed             4\n" in said
