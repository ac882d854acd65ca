"""The PDF of a whole sample report, read back."""

from __future__ import annotations

import re

import pypdfium2
import pypdfium2.raw as raw
import pytest

from milaid.blocks.block import Table
from milaid.publish.files import document, pdf
from print_sizes import LEAST_POINTS, smaller_than
from samples import figure, front, full_report, long_table, notebook


@pytest.fixture(scope="module")
def report() -> document.Document:
    return document.build(notebook(full_report()))


@pytest.fixture(scope="module")
def content(report: document.Document) -> bytes:
    return pdf.render(report)


@pytest.fixture(scope="module")
def pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_two_runs_give_the_same_bytes(report: document.Document, content: bytes) -> None:
    assert pdf.render(report) == content


def test_nothing_is_set_under_seven_and_a_half_points(content: bytes) -> None:
    assert smaller_than(content, LEAST_POINTS) == {}


def test_smaller_type_is_found(content: bytes) -> None:
    assert smaller_than(content, 9.0)


def test_every_page_but_the_cover_says_page_x_of_y(pages: list[str]) -> None:
    assert "page 1 of" not in flat(pages[0])
    for number, text in enumerate(pages[1:], start=2):
        assert f"page {number} of {len(pages)}" in flat(text)


def test_running_heads_name_report_and_section(pages: list[str]) -> None:
    for text in pages[2:]:
        assert front().title in flat(text)
    # The page after that on which a section starts has its name at the head.
    recipients = [flat(text) for text in pages if re.search(r"Cameroon \d+ W\. Hemisphere", flat(text))]
    assert all(f"{front().title} Recipients" in text for text in recipients[1:])


def test_the_contents_name_every_section_and_exhibit_with_its_page(
    report: document.Document, pages: list[str]
) -> None:
    contents = flat(pages[1])
    for section in report.sections:
        found = re.search(rf"{re.escape(section.title)} (\d+)\b", contents)
        assert found is not None, section.title
        assert section.title in flat(pages[int(found[1]) - 1])
    for exhibit in report.exhibits():
        label = flat(report.numbering.number(exhibit.key).label)
        found = re.search(rf"{label} {re.escape(exhibit.title)} (\d+)\b", contents)
        assert found is not None, label
        assert f"{label} {exhibit.title}" in flat(pages[int(found[1]) - 1])


def test_sections_and_exhibits_are_bookmarks(report: document.Document, content: bytes) -> None:
    titles = [flat(mark.get_title()) for mark in pypdfium2.PdfDocument(content).get_toc()]
    for section in report.sections:
        assert section.title in titles
    for exhibit in report.exhibits():
        assert any(title.endswith(exhibit.title) for title in titles)


def test_the_file_is_tagged_and_names_title_and_language(content: bytes) -> None:
    opened = pypdfium2.PdfDocument(content)
    assert opened.get_metadata_dict()["Title"] == front().title
    assert raw.FPDFCatalog_IsTagged(opened.raw)
    assert re.search(rb"/Lang\s*\(en", content)
    assert b"pdfuaid" in content


def test_the_head_of_a_long_table_stands_on_every_page_and_its_total_on_the_last(pages: list[str]) -> None:
    # A short table with the same total stands on the page where the long one begins: look from there on.
    rows = [flat(text) for text in pages if re.search(r"Cameroon \d+ W\. Hemisphere", flat(text))]
    rows[0] = rows[0][re.search(r"Cameroon \d+ W\. Hemisphere", rows[0]).start() :]
    assert len(rows) > 2
    assert all("Recipient Region" in text for text in rows[1:])
    assert ["198,971,215" in text for text in rows] == [False] * (len(rows) - 1) + [True]


def test_a_landscape_table_turns_its_pages_and_brings_its_heading(content: bytes, pages: list[str]) -> None:
    opened = pypdfium2.PdfDocument(content)
    turned = [n for n, page in enumerate(opened) if page.get_width() > page.get_height()]
    assert turned
    assert "Appendix" in flat(pages[turned[0]])
    assert "All recipients by program" in flat(pages[turned[0]])


def test_no_page_is_empty(pages: list[str]) -> None:
    for text in pages:
        assert len(flat(text)) > 150


def texts_below(lines: int, table: Table) -> list[str]:
    """Return the pages of a report with a table below so many lines, which push it to the foot of a page."""
    made = pdf.render(document.build(notebook(["# T", "\n\n".join(["line"] * lines), table])))
    return [flat(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(made)][1:]


@pytest.mark.parametrize("lines", range(20, 34, 2))
def test_a_short_table_is_not_cut(lines: int) -> None:
    pages = texts_below(lines, long_table("t", 6, note="It is so."))
    holding = next(text for text in pages if "all 6 recipients" in text)
    assert "198,971,215" in holding
    assert "It is so." in holding


@pytest.mark.parametrize("lines", range(24, 37))
def test_the_title_of_a_long_table_never_stands_alone(lines: int) -> None:
    pages = texts_below(lines, long_table("t", 40, note=""))
    assert "Ivoire 1 W. Hemisphere" in next(text for text in pages if "all 40 recipients" in text)


@pytest.mark.parametrize("lines", range(14, 36, 3))
def test_a_heading_stands_with_what_it_heads(lines: int) -> None:
    filler = "\n\n".join(["line"] * lines)
    made = pdf.render(document.build(notebook(["# T", filler, "## Second part", figure("a", note="")])))
    pages = [flat(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(made)][1:]
    # What has more than two pages has contents, which name the heading too.
    texts = pages if len(pages) <= 2 else pages[1:]
    assert figure().title in next(text for text in texts if "Second part" in text)


@pytest.mark.parametrize("lines", range(0, 10))
def test_the_notes_of_a_long_table_stand_with_its_last_rows(lines: int) -> None:
    pages = texts_below(lines, long_table("t", 36, note="It is so."))
    holding = next(text for text in pages if "Sources: Foreign" in text)
    assert "It is so." in holding
    assert "198,971,215" in holding
    assert "Cameroon 35 W. Hemisphere" in holding


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_both_papers_have_their_size(paper: str) -> None:
    made = pdf.render(document.build(notebook([figure("a", note="")])), paper)
    page = pypdfium2.PdfDocument(made)[0]
    assert (page.get_width(), page.get_height()) == pytest.approx(pdf.PAPERS[paper], abs=0.1)
