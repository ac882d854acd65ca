from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import nbformat
import pypdfium2
import pytest
from nbconvert.exporters import get_export_names, get_exporter

from milaid.errors import ReportError
from milaid.publish.files import page
from milaid.publish.files.exporters import MilaidHTMLExporter, MilaidPDFExporter
from samples import figure, notebook


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "my_notebook.ipynb"
    nbformat.write(notebook(["## One", figure("a", note="")]), path)
    return path


@pytest.mark.parametrize(
    ("name", "suffix", "start"), [("milaid-html", "html", b"<!DOCTYPE"), ("milaid-pdf", "pdf", b"%PDF")]
)
def test_nbconvert_finds_the_exporters_by_name(sample: Path, name: str, suffix: str, start: bytes) -> None:
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", name, str(sample)], check=True, capture_output=True
    )
    assert sample.with_suffix(f".{suffix}").read_bytes().startswith(start)


def test_the_exporters_stand_in_the_export_menu() -> None:
    assert {"milaid-html", "milaid-pdf", "milaid-brief"} <= set(get_export_names())
    assert get_exporter("milaid-html").export_from_notebook == "milaid HTML"
    assert get_exporter("milaid-pdf").export_from_notebook == "milaid PDF"


def _width(content: bytes) -> float:
    return pypdfium2.PdfDocument(content)[0].get_width()


def test_paper_comes_from_the_option_then_the_notebook_then_is_a4() -> None:
    plain, letter = (
        notebook([figure("a", note="")]),
        notebook([figure("a", note="")], milaid={"paper": "letter"}),
    )
    assert _width(MilaidPDFExporter().from_notebook_node(plain)[0]) == pytest.approx(595.28, abs=0.1)
    assert _width(MilaidPDFExporter().from_notebook_node(letter)[0]) == pytest.approx(612)
    assert _width(MilaidPDFExporter(paper="a4").from_notebook_node(letter)[0]) == pytest.approx(
        595.28, abs=0.1
    )


def test_an_unknown_paper_in_the_notebook_is_an_error() -> None:
    with pytest.raises(ReportError, match="'a3'; allowed: a4, letter"):
        MilaidPDFExporter().from_notebook_node(notebook(["x"], milaid={"paper": "a3"}))


def test_a_page_that_is_too_big_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    big = notebook([figure("a", note="x" * page.MOST_BYTES)])
    exporter = MilaidHTMLExporter()
    exporter.log = logging.getLogger("test")
    exporter.from_notebook_node(big)
    assert "it should stay below 1.5 MB" in caplog.text
