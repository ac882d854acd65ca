"""Sections found in whole volumes by their running heads, and cut out page by page."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from fmtr_documents import BREAK, Country, Document, Program, Row
from milaid.errors import SourceError
from milaid.paths import configured_sources, reference_dir
from milaid.sources.download.sections import ListedSection, cut_pages, cut_sections, name_producer
from milaid.sources.fmtr.text import read_pages
from milaid.sources.official import file_digest, read_record, record_path
from volumes import draw_volume, join

URL = "https://example.org/volume.pdf"
PAGES = (Row("One"), BREAK, Row("Two"), BREAK, Row("Three"))
AFRICA = Document((Country("Angola", (Program(rows=PAGES),)),), blank_pages=frozenset({2}))
EUROPE = Document((Country("Albania"), BREAK, Country("Georgia")), region="Europe")


@pytest.fixture
def volume(tmp_path):
    """Contents, foreword, three pages of Africa with a blank one among them, two of Europe."""
    return draw_volume(tmp_path / "volume.pdf", AFRICA, EUROPE)


def section(folder, document, pages):
    return ListedSection(
        document.region, document.fiscal_year, pages, folder / "fmtr" / f"{document.region}.pdf"
    )


def lines(path):
    return [[line.text for line in page.lines] for page in read_pages(path)]


def test_each_region_is_cut_out_page_by_page_with_its_blank_pages(volume, tmp_path):
    wanted = [section(tmp_path, EUROPE, 2), section(tmp_path, AFRICA, 3)]
    cut_sections(volume, URL, wanted)
    whole = lines(volume)
    assert lines(wanted[1].path) == whole[2:5]
    assert lines(wanted[0].path) == whole[5:7]
    assert whole[3] == []
    assert sorted(path.name for path in wanted[0].path.parent.iterdir()) == [
        "Africa.pdf",
        "Africa.pdf.cutout.json",
        "Europe.pdf",
        "Europe.pdf.cutout.json",
    ]


def test_the_record_says_what_was_cut_out_of_what(volume, tmp_path):
    wanted = section(tmp_path, EUROPE, 2)
    cut_sections(volume, URL, [wanted])
    assert json.loads(record_path(wanted.path).read_text(encoding="utf-8")) == {
        "official_url": URL,
        "official_sha256": file_digest(volume),
        "first_page": 6,
        "pages": 2,
        "sha256": file_digest(wanted.path),
    }


@pytest.mark.parametrize(
    ("document", "pages", "problem"),
    [
        (
            AFRICA,
            4,
            "Africa, 4 pages of fiscal year 2014 expected, its head stands on pages 1 to 1 (no table), 3 to 5 (2014)",
        ),
        (AFRICA, 1, "Africa, 1 pages"),
        (
            replace(EUROPE, region="Near East"),
            2,
            "Near East, 2 pages of fiscal year 2014 expected, its head stands on pages none",
        ),
        (
            replace(EUROPE, fiscal_year=2015),
            2,
            "Europe, 2 pages of fiscal year 2015 expected, its head stands on pages 6 to 7 (2014)",
        ),
    ],
)
def test_a_volume_without_the_section_as_listed_gives_nothing(volume, tmp_path, document, pages, problem):
    with pytest.raises(SourceError) as caught:
        cut_sections(volume, URL, [section(tmp_path, AFRICA, 3), section(tmp_path, document, pages)])
    assert f"{volume}: this PDF of 7 pages is not the expected volume" in str(caught.value)
    assert problem in str(caught.value)
    assert not (tmp_path / "fmtr").exists()


def test_a_region_that_is_there_twice_is_refused(tmp_path):
    volume = draw_volume(tmp_path / "volume.pdf", EUROPE, AFRICA, EUROPE)
    with pytest.raises(
        SourceError, match=r"Europe, 2 pages .* 1 to 1 \(no table\), 3 to 4 \(2014\), 8 to 9 \(2014\)"
    ):
        cut_sections(volume, URL, [section(tmp_path, EUROPE, 2)])


def test_a_volume_of_one_region_is_its_section(volume, tmp_path):
    cut_pages(volume, range(5, 7), tmp_path / "197612.pdf")
    wanted = section(tmp_path, EUROPE, 2)
    cut_sections(tmp_path / "197612.pdf", URL, [wanted])
    assert read_record(wanted.path).first_page == 1
    assert lines(wanted.path) == lines(tmp_path / "197612.pdf")


def test_the_program_that_made_the_volume_stays_named(volume, tmp_path):
    name_producer(volume, "Ghostscript 9 (für Prüfer)")
    cut_pages(volume, range(2, 4), tmp_path / "cut.pdf")
    with pdfium.PdfDocument(tmp_path / "cut.pdf") as cut:
        assert cut.get_metadata_value("Producer") == "Ghostscript 9 (für Prüfer)"
        assert len(cut) == 2
    assert lines(tmp_path / "cut.pdf") == lines(volume)[2:4]


def extracts():
    with (reference_dir() / "documents.csv").open(encoding="utf-8", newline="") as rows:
        listed = [row for row in csv.DictReader(rows) if row["kind"] == "page extract"]
    return [list(rows) for _, rows in groupby(listed, key=lambda row: row["url"])]


@pytest.mark.skipif(
    configured_sources() is None, reason="MILAID_SOURCES does not name the directory of the official files"
)
def test_real_extracts_come_back_character_by_character_from_a_volume_of_them(tmp_path):
    """East Asia and Pacific has accents that are read rightly only while the producer is known."""
    rows = next(rows for rows in extracts() if rows[0]["edition"] == "2015-2016")[1:3]
    files = [configured_sources() / row["path"] for row in rows]
    volume = join(tmp_path / "volume.pdf", files)
    with pdfium.PdfDocument(files[0]) as first:
        name_producer(volume, first.get_metadata_value("Producer"))
    wanted = [
        ListedSection(row["region"], int(row["fiscal_year"]), int(row["pages"]), tmp_path / row["file"])
        for row in rows
    ]
    cut_sections(volume, rows[0]["url"], wanted)
    for item, file in zip(wanted, files, strict=True):
        assert read_pages(item.path) == read_pages(file)


def test_every_extract_of_an_address_is_of_one_edition_and_has_its_pages_listed():
    assert [len(rows) for rows in extracts()] == [1, 1, 1, 1, 1, 1, 1, 6, 6, 6, 6, 6]
    for rows in extracts():
        assert len({row["edition"] for row in rows}) == 1
        assert len({row["region"] for row in rows}) == len(rows)
        assert all(int(row["pages"]) > 0 for row in rows)
        assert Path(rows[0]["url"]).suffix == ".pdf"
