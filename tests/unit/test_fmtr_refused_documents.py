"""Files that are no readable section of the training report: one error each, naming file and cause."""

from __future__ import annotations

import pytest

import tables_read
from fmtr_documents import BREAK, Country, Document, Program, Row, write, write_other_pdf
from milaid.sources.fmtr.document import read_document

HTML = b"<!DOCTYPE html><html><body>404 Not Found</body></html>"


def refusal(path):
    return tables_read.refusal(str(path), read_document, path)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "the file is empty"),
        (HTML, "this is an HTML page, not a PDF"),
        (b"\n\n  <HTML><head>", "this is an HTML page, not a PDF"),
        (b"PK\x03\x04 an archive", r"this is not a PDF (it begins with b'PK\x03\x04 an ')"),
        (b"%PDF-1.4\nnothing else\n%%EOF\n", "the PDF is damaged and cannot be opened"),
    ],
)
def test_a_file_that_is_no_pdf_is_named_with_what_it_is(tmp_path, content, cause):
    path = tmp_path / "126573.pdf"
    path.write_bytes(content)
    message = refusal(path)
    assert cause in message
    assert "download it again" in message


@pytest.mark.parametrize("lost", [0.8, 0.5, 0.1, 0.001])
def test_a_pdf_that_is_cut_off_is_named_even_where_it_could_be_mended(tmp_path, lost):
    rows = tuple(Row(f"Course {number}") for number in range(90))
    path = write(tmp_path / "cut.pdf", Document((Country(programs=(Program(rows=rows),)),)))
    content = path.read_bytes()
    path.write_bytes(content[: -max(int(len(content) * lost), 7)])
    assert "the PDF is cut off (it has no end mark after" in refusal(path)


def test_an_encrypted_pdf_is_named(tmp_path):
    message = refusal(write(tmp_path / "locked.pdf", Document(password="secret")))
    assert "the PDF is encrypted and needs a password" in message


def test_a_pdf_of_something_else_says_what_was_expected(tmp_path):
    message = refusal(write_other_pdf(tmp_path / "invoice.pdf"))
    assert "a PDF of 1 pages, but not a section of the training report in a known layout" in message
    assert "program tables (2007-2008 to 2020-2021)" in message


def test_a_table_head_without_an_expected_column_names_the_page_and_the_column(tmp_path):
    rows = (Row(), BREAK, Row())
    document = Document(
        (Country(programs=(Program(rows=rows),)),), columns_left_out=frozenset({"start_date"})
    )
    message = refusal(write(tmp_path / "new.pdf", document))
    assert "new.pdf, page 1: not the layout" in message
    assert "it has no column 'Start Date'" in message
    assert "Total Cost" in message


def test_a_document_without_the_running_head_says_so(tmp_path):
    message = refusal(write(tmp_path / "bare.pdf", Document(running_head=False)))
    assert "page 1" in message
    assert "no running head" in message


def test_headings_of_two_fiscal_years_are_refused(tmp_path):
    mixed = Document((Country(programs=(Program("PKO", fiscal_year=2013), Program("IMET-1"))),))
    assert "seen 2: 2013 (from page 1), 2014 (from page 1)" in refusal(write(tmp_path / "mixed.pdf", mixed))


def test_a_document_with_headings_but_no_rows_is_refused(tmp_path):
    document = Document((Country(programs=(Program(rows=()),)),))
    assert "0 rows and 2 totals" in refusal(write(tmp_path / "hollow.pdf", document))


def test_rows_after_a_blank_page_without_any_country_total_are_refused(tmp_path):
    lost = Program(rows=(Row(), BREAK, Row()))
    document = Document(
        (Country("Angola", total=None), BREAK, Country("Benin", (lost,), total=None)),
        blank_pages=frozenset({2}),
    )
    message = refusal(write(tmp_path / "lost.pdf", document))
    assert "page 3" in message
    assert "no country heading above this row and no country total below it" in message
