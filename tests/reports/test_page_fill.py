"""Reports of several kinds, built whole: their pages are filled, their contents stand on one page, their texts have no slip."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import nbformat
import pypdfium2
import pytest

from milaid.publish.files import document
from milaid.publish.report import make_report
from page_fill import empty_shares, unfilled
from slips import slips_of_page, slips_of_print

pytestmark = pytest.mark.usefixtures("forked_kernels")

MOST_UNFILLED = 0.05
"""The share of body pages that may be left empty for the most part."""
NEARLY_EMPTY = 0.8
REPORTS = (
    ("annual", {"fiscal_year": 2003}),
    ("country", {"country": "COL"}),
    # Opens with a warning that stood on a page of its own.
    ("country", {"country": "MLI", "fiscal_year": 2014}),
    ("program", {"program": "IMET"}),
    ("region", {"region": "africa"}),
)


class Built(NamedTuple):
    report: document.Document
    content: bytes
    page: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    out = tmp_path_factory.mktemp("reports")
    made = []
    for number, (kind, parameters) in enumerate(REPORTS):
        files: list[Path] = make_report(kind, parameters, out_dir=out / str(number), formats=["html", "pdf"])
        notebook = next(path for path in files if path.suffix == ".ipynb")
        content = notebook.with_suffix(".pdf").read_bytes()
        page = notebook.with_suffix(".html").read_text(encoding="utf-8")
        made.append(Built(document.build(nbformat.read(notebook, 4)), content, page))
    return made


def test_few_pages_are_left_empty(built: list[Built]) -> None:
    counts = [unfilled(each.report, each.content) for each in built]
    assert sum(len(pages) for pages, _ in counts) <= MOST_UNFILLED * sum(body for _, body in counts), counts


def test_no_page_is_left_nearly_empty(built: list[Built]) -> None:
    for report, content, _ in built:
        shares = empty_shares(content)
        assert [page for page in unfilled(report, content)[0] if shares[page - 1] > NEARLY_EMPTY] == []


def test_contents_stand_on_one_page(built: list[Built]) -> None:
    for report, content, _ in built:
        third = pypdfium2.PdfDocument(content)[2].get_textpage().get_text_range()
        assert report.sections[0].title in " ".join(third.split())


def test_page_and_print_hold_no_slip(built: list[Built]) -> None:
    for _, content, page in built:
        printed = (each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(content))
        assert slips_of_page(page) + slips_of_print(printed) == []
