"""Reports of several kinds, built whole: their pages are filled, and their contents stand on one page."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pypdfium2
import pytest

from milaid.publish.files import document
from milaid.publish.report import make_report
from page_fill import unfilled

MOST_UNFILLED = 0.05
"""The share of body pages that may be left empty for the most part."""
REPORTS = (
    ("annual", {"fiscal_year": 2003}),
    ("country", {"country": "COL"}),
    ("program", {"program": "IMET"}),
    ("region", {"region": "africa"}),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[document.Document, bytes]]:
    out = tmp_path_factory.mktemp("reports")
    made = []
    for kind, parameters in REPORTS:
        files: list[Path] = make_report(kind, parameters, out_dir=out, formats=["pdf"])
        notebook = next(path for path in files if path.suffix == ".ipynb")
        content = notebook.with_suffix(".pdf").read_bytes()
        made.append((document.build(nbformat.read(notebook, 4)), content))
    return made


def test_few_pages_are_left_empty(built: list[tuple[document.Document, bytes]]) -> None:
    counts = [unfilled(report, content) for report, content in built]
    assert sum(len(pages) for pages, _ in counts) <= MOST_UNFILLED * sum(body for _, body in counts), counts


def test_contents_stand_on_one_page(built: list[tuple[document.Document, bytes]]) -> None:
    for report, content in built:
        third = pypdfium2.PdfDocument(content)[2].get_textpage().get_text_range()
        assert report.sections[0].title in " ".join(third.split())
