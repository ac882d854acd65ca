"""Links of rows against the documents: the page that a link opens holds the row."""

from __future__ import annotations

import re

import duckdb
import pypdfium2 as pdfium
import pytest

from milaid.exhibits.pages import DocumentPages
from milaid.paths import configured_sources, reference_dir, trainings_dir
from milaid.tables import citation, store

SOURCES = configured_sources()
ROWS = 50
pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)


@pytest.fixture(scope="module")
def rows():
    """Return activities of PDFs drawn by a hash of their identifier, with address; a fifth from FY2016 and FY2017."""
    listed = f"read_csv('{reference_dir()}/documents.csv')"
    drawn = " UNION ALL ".join(
        f"(SELECT * FROM found WHERE {which} ORDER BY md5(row_id) LIMIT {count})"
        for which, count in (("fiscal_year IN (2016, 2017)", ROWS // 5), ("true", ROWS - ROWS // 5))
    )
    frame = duckdb.sql(
        "WITH found AS (SELECT t.*, d.path, d.url FROM "
        f"read_parquet('{trainings_dir()}/fy*.parquet', union_by_name = true) t JOIN {listed} d ON t.document = d.file "
        f"WHERE d.pages IS NOT NULL AND length(regexp_extract(t.course_title, '[A-Za-z]{{5,}}')) > 0) {drawn}"
    ).df()
    return citation.cited(frame, store.load_documents())


def test_every_row_of_a_pdf_has_an_address_with_its_page(rows):
    assert len(rows) == ROWS
    opened = rows["source_url"].str.extract(r"#page=(\d+)$")[0].astype("Int64")
    assert (opened == rows["official_page"]).all()
    assert {2016, 2017} <= set(rows["fiscal_year"])


@pytest.mark.skipif(
    SOURCES is None, reason="MILAID_SOURCES does not name the directory of the official files"
)
def test_the_page_that_a_link_opens_holds_the_row(rows):
    first = store.load_documents().set_index("file")["first_page_in_official_file"].fillna(1)
    for row in rows.itertuples():
        at = int(row.source_url.partition("#page=")[2]) - int(first[row.document])
        with pdfium.PdfDocument(SOURCES / row.path) as document:
            text = letters(document[at].get_textpage().get_text_range())
        word = re.search(r"[A-Za-z]{5,}", row.course_title)[0]
        assert letters(word) in text, row.row_id


def letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def test_every_section_cut_out_of_a_volume_has_its_place_in_it():
    listed = duckdb.sql(
        "SELECT url, first_page_in_official_file AS first, pages, "
        "lead(first_page_in_official_file) OVER (PARTITION BY url ORDER BY first_page_in_official_file) AS next "
        f"FROM read_csv('{reference_dir()}/documents.csv') WHERE kind = 'page extract'"
    ).fetchall()
    assert len(listed) == 37
    for url, first, pages, following in listed:
        assert first, url
        # Sections follow one another; one that begins on a right-hand page has a blank one before it.
        assert following is None or following - first - pages in (0, 1), url


@pytest.mark.parametrize(
    ("year", "document", "page", "place"),
    [
        (2016, "2016_2017_Western_Hemisphere_fmtrpt.pdf", 1, "WHA 1 (file 377)"),
        (2017, "2017_2018_Europe_fmtrpt.pdf", 1, "EUR 1 (file 252)"),
        (2014, "243029.pdf", 14, "AF 14"),
        (2011, "2011_2012_Africa_fmtrpt.pdf", 5, "AF 5"),
    ],
)
def test_the_page_of_the_section_and_that_of_the_file_are_told_apart(year, document, page, place):
    documents = store.load_documents()
    assert DocumentPages(documents[documents["fiscal_year"] == year]).place(document, page) == place
