"""Files that are no readable document of an older edition: one error each, naming file, cause and what to do."""

from __future__ import annotations

import pytest

import tables_read
from fmtr_documents import BREAK, Row
from milaid.sources.fmtr.document import read_document
from older_documents import ENTRY, Heading, Total, country, program, total
from older_region_tables import write_region_tables
from older_two_columns import write_two_columns
from older_web_pages import title_list, web_table

ANGOLA = Heading("Angola", "Exchange Training", 2000)
ROW = Row("INFANTRY OFFICER BASIC", "1", cost="$3,350")


def region_tables(path):
    return write_region_tables(path, country(program(ANGOLA, {2000: [ENTRY] * 60})), before=ANGOLA)


def two_columns(path):
    return write_two_columns(path, country(program(ANGOLA, {2000: [ROW] * 60, 2001: [ROW]})))


def list_page():
    return title_list(country(program(ANGOLA, {1999: [ROW] * 60, 2000: [ROW]})))


def table_page():
    heading = Heading("Angola", "IMET", 2006, department="DoS")
    return web_table([heading, ENTRY, total("Program", [ENTRY]), total("Angola", [ENTRY])])


PDFS = {"region tables": region_tables, "two columns": two_columns}
PAGES = {"title list": list_page, "web table": table_page}


def refusal(path):
    return tables_read.refusal(str(path), read_document, path)


@pytest.mark.parametrize("kind", PDFS)
@pytest.mark.parametrize("lost", [0.8, 0.5, 0.1, 0.001])
def test_a_pdf_that_is_cut_off_is_named(tmp_path, kind, lost):
    path = PDFS[kind](tmp_path / "3164.pdf")
    assert len(read_document(path).activities) >= 60
    content = path.read_bytes()
    path.write_bytes(content[: -max(int(len(content) * lost), 7)])
    assert "the PDF is cut off (it has no end mark after" in refusal(path)


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("lost", [0.8, 0.5, 0.1, 0.01])
def test_a_web_page_that_is_cut_off_is_named(tmp_path, kind, lost):
    path = tmp_path / "cta_af_a2gam.html"
    text = PAGES[kind]()
    path.write_text(text, encoding="utf-8")
    assert len(read_document(path).activities) >= 1
    path.write_text(text[: -int(len(text) * lost)], encoding="utf-8")
    message = refusal(path)
    assert "the page is cut off (its mark-up is not closed, after" in message
    assert "save it again from its official address" in message


@pytest.mark.parametrize("kind", PAGES)
def test_a_web_page_named_pdf_is_named_for_what_it_is(tmp_path, kind):
    path = tmp_path / "3164.pdf"
    path.write_text(PAGES[kind](), encoding="utf-8")
    message = refusal(path)
    assert "this is an HTML page, not a PDF" in message
    assert "download it again" in message


@pytest.mark.parametrize("kind", PDFS)
@pytest.mark.parametrize("name", ["Africa_2006_2007.html", "92084.HTM"])
def test_a_pdf_named_as_a_web_page_is_named_for_what_it_is(tmp_path, kind, name):
    assert "this is a PDF, not an HTML page; give it the name ending .pdf" in refusal(
        PDFS[kind](tmp_path / name)
    )


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"PK\x03\x04 an archive", r"this is not an HTML page (it begins with b'PK\x03\x04 an arch')"),
    ],
)
def test_a_file_that_is_no_web_page_is_named_with_what_it_is(tmp_path, content, cause):
    path = tmp_path / "Africa_2006_2007.html"
    path.write_bytes(content)
    message = refusal(path)
    assert cause in message
    assert "save it again" in message


@pytest.mark.parametrize(
    "page",
    [
        "<html><title>404 Not Found</title><body>gone</body></html>",
        "<html><title>IV. Country Training Activities--Africa</title><body>without tables</body></html>",
        list_page().replace("Foreign Military Training Report FY", "Foreign Military Sales Report FY"),
        table_page().replace("IV. Country Training", "V. Country Training"),
    ],
    ids=["an error page", "a title alone", "another report", "another section"],
)
def test_a_web_page_of_something_else_says_what_was_expected(tmp_path, page):
    path = tmp_path / "Africa_2006_2007.html"
    path.write_text(page, encoding="utf-8")
    message = refusal(path)
    assert "this is an HTML page, but not a section of the training report in a known layout" in message
    assert "web page with program tables (2006-2007)" in message
    assert "web page with lists of title, number and cost (1999-2000)" in message
    assert "check that it is the right document" in message


def test_a_pdf_with_headings_of_an_older_edition_but_no_table_head_names_the_known_layouts(tmp_path):
    path = write_region_tables(tmp_path / "10965.pdf", country(program(ANGOLA, {2000: [ENTRY]})), before=None)
    message = refusal(path)
    assert "tables under headings of region, country and program (2001-2002 to 2005-2006)" in message
    assert "two columns of title, number and cost (2000-2001)" in message


def test_documents_with_headings_but_no_rows_or_no_totals_are_refused(tmp_path):
    no_rows = [ANGOLA, Total("FY 00", "0", None), Total("Program", "0", None)]
    path = write_region_tables(tmp_path / "10965.pdf", no_rows, before=ANGOLA)
    assert "0 rows and 2 totals below them; check that it is the right document" in refusal(path)
    path = write_region_tables(tmp_path / "10966.pdf", [ANGOLA, ENTRY, ENTRY], before=ANGOLA)
    assert "2 rows and 0 totals below them" in refusal(path)
    path = tmp_path / "cta_af_a2gam.html"
    path.write_text(title_list([ANGOLA, ROW]), encoding="utf-8")
    assert "1 rows and 0 totals below them" in refusal(path)


def test_a_document_of_two_columns_without_its_second_column_head_is_of_no_known_layout(tmp_path):
    path = write_two_columns(tmp_path / "3164.pdf", [ANGOLA, ROW, BREAK, ROW], column_heads={2: None})
    assert "two columns of title, number and cost (2000-2001)" in refusal(path)
