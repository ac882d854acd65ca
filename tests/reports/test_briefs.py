"""Briefs of reports as they are built: two pages whatever the subject, in the words and numbers of the report, offered where it is."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import nbformat
import pypdfium2
import pytest
from pypdfium2 import raw

from milaid import paths
from milaid.blocks.block import Exhibit, Table
from milaid.blocks.cells import shown as cell_text
from milaid.blocks.csv_form import csv_file
from milaid.blocks.marked_text import words
from milaid.errors import ReportError
from milaid.publish.build import build_plan
from milaid.publish.files import brief, brief_pdf, document
from milaid.publish.files.pdf import PAPERS
from milaid.publish.registry.checking import FORMATS
from milaid.publish.registry.known import known
from milaid.publish.registry.parameter import Value
from milaid.publish.report import make_report
from milaid.publish.site.built_reports import built_reports
from milaid.publish.site.publishing import publish
from milaid.publish.suite.record import read_record
from milaid.tables import store
from small_reports import write_notebook, write_project
from small_suite import record, small_suite

pytestmark = pytest.mark.usefixtures("forked_kernels")

LEAST_SIZE = 7.45
"""The smallest type of a brief in points, but for how pages round it."""
REPORTS: Mapping[str, tuple[str, Mapping[str, Value], int]] = {
    "the longest key facts": ("annual", {"fiscal_year": 2003}, 3),
    "the most rows": ("country", {"country": "AFG"}, 3),
    "few participants": ("country", {"country": "AND"}, 1),
    "a long name": ("country", {"country": "COD"}, 3),
    "a region": ("region", {"region": "africa"}, 3),
    "a program": ("program", {"program": "IMET"}, 3),
}
"""A kind of report, its values, and how many exhibits its brief has."""


@pytest.fixture(scope="module", params=REPORTS)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, brief.Brief]:
    """The notebook of a report that was made as a brief, and what the brief is to show."""
    if not store.available_years():
        pytest.skip(f"no activities in {paths.trainings_dir()}; run make data")
    kind, values, _ = REPORTS[request.param]
    files = make_report(kind, values, formats=["brief"], out_dir=tmp_path_factory.mktemp("reports"))
    notebook = next(path for path in files if path.suffix == ".ipynb")
    report = document.build(nbformat.read(notebook, 4))
    shown = brief.choose(report, known()[kind].brief)
    assert len(shown.keys) == REPORTS[request.param][2]
    return notebook, shown


def texts_of(content: bytes | Path) -> list[str]:
    return [_plain(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(content)]


def _plain(text: str) -> str:
    """Return a text without what print and pages space and break in other ways."""
    return re.sub(r"[\s\u200b\ufffe\u00ad-]+", "", text)


def _said(shown: brief.Brief) -> list[str]:
    """Return what a brief says, as the blocks of the report have it."""
    numbering = shown.document.numbering
    facts = shown.key_facts.facts if shown.key_facts else ()
    said = [text for fact in facts for text in (fact.value + fact.unit + fact.label, fact.comparison)]
    said += [exhibit.title + exhibit.subtitle for exhibit in (*shown.figures, shown.table) if exhibit]
    said += [
        words(shown.citation, numbering),
        *([words(shown.how_to_read.text, numbering)] if shown.how_to_read else []),
    ]
    return said


def _words_of_rows(table: Table, count: int) -> list[str]:
    """Return the words of the cells; those of one that is broken over lines need not follow each other in print."""
    short = brief.short_table(table, count)
    return [
        word
        for row, role in zip(short.rows, short.roles or ("",) * len(short.rows), strict=True)
        if role == ""
        for column, value in zip(short.columns, row, strict=True)
        for word in cell_text(column, value, role).split()
    ]


def smallest_type(content: bytes) -> float:
    found = []
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage()
        for position in range(text.count_chars()):
            matrix = raw.FS_MATRIX()
            if chr(raw.FPDFText_GetUnicode(text.raw, position)).isalnum():
                raw.FPDFText_GetMatrix(text.raw, position, ctypes.byref(matrix))
                found.append(raw.FPDFText_GetFontSize(text.raw, position) * abs(matrix.d))
    return min(found)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_brief_has_two_pages_at_most_and_says_what_the_report_does(
    made: tuple[Path, brief.Brief], paper: str
) -> None:
    _, shown = made
    content = brief_pdf.render(shown, paper)
    pages = texts_of(content)
    assert len(pages) == (2 if shown.figures else 1)
    assert smallest_type(content) >= LEAST_SIZE
    whole = "".join(pages)
    assert not [said for said in _said(shown) if _plain(said) not in whole]
    told = [
        _plain(f"{f.lead.rstrip('.')}.{words(f.text, shown.document.numbering)}") in whole
        for f in shown.findings
    ]
    assert told == [True] * len(shown.findings), "findings of reports of the suite have room"
    if shown.table:
        assert not [word for word in _words_of_rows(shown.table, 4) if _plain(word) not in whole]


def test_the_page_says_the_same(made: tuple[Path, brief.Brief]) -> None:
    notebook, shown = made
    page = notebook.with_name(f"{notebook.stem}-brief.html").read_text(encoding="utf-8")
    text = _plain(unescape(re.sub(r"<(style|svg)\b.*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)))
    assert not [said for said in _said(shown) if _plain(said) not in text]
    for finding in shown.findings:
        assert _plain(words(finding.text, shown.document.numbering)) in text
    if shown.table:
        assert not [word for word in _words_of_rows(shown.table, brief.MOST_ROWS) if _plain(word) not in text]
    pdf = notebook.with_name(f"{notebook.stem}-brief.pdf")
    assert texts_of(pdf) == texts_of(brief_pdf.render(shown))


def test_every_number_of_an_exhibit_is_that_of_the_report(made: tuple[Path, brief.Brief]) -> None:
    notebook, shown = made
    page = notebook.with_name(f"{notebook.stem}-brief.html").read_text(encoding="utf-8")
    for key in shown.keys:
        number = shown.document.numbering.number(key)
        assert f'id="{number.anchor}"' in page
        file = notebook.with_suffix("") / f"{number.anchor}.csv"
        exhibit = next(e for e in shown.document.blocks() if isinstance(e, Exhibit) and e.key == key)
        assert file.read_bytes() == csv_file(exhibit.csv)


FRONT, FIGURE = "import samples\nsamples.front()", "samples.figure('long_series', note='')"
PLAN = "formats: [html, pdf, brief]\nreports:\n  - {report: annual}\n  - {report: data-quality}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of an annual report, which has a brief, and of one that has none."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    monkeypatch.setattr("milaid.publish.build.write_site", lambda folder, with_data, say=None: [])
    # The years of the project are empty files.
    monkeypatch.setattr("milaid.publish.site.built_reports._Subjects._load", lambda subjects: None)
    write_project(tmp_path)
    write_notebook(tmp_path, "annual_trends.ipynb", FRONT, FIGURE)
    write_notebook(tmp_path, "data_quality.ipynb", FRONT, FIGURE, parameters="")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/plan.yml").write_text(PLAN)
    return tmp_path


def test_a_plan_makes_briefs_records_them_and_takes_them_away(root: Path) -> None:
    assert build_plan(jobs=1).startswith("2 reports built")
    reports = root / "reports"
    briefs = {"annual/2014-brief.html", "annual/2014-brief.pdf"}
    assert briefs <= set(read_record(reports).reports["annual/2014"].files)
    assert not list(reports.glob("data-quality-brief*"))
    page = (reports / "annual/2014.html").read_text(encoding="utf-8")
    assert 'href="2014-brief.pdf">PDF, two pages</a>' in page and 'href="2014-brief.html"' in page
    assert "-brief" not in (reports / "data-quality.html").read_text(encoding="utf-8")
    found = {report.place: [d.path for d in report.downloads] for report in built_reports(reports)}
    assert "annual/2014-brief.pdf" in found["annual/2014"] and len(found) == 2
    assert build_plan(jobs=1).startswith("0 reports built, 2 unchanged")
    (reports / "annual/2014-brief.html").unlink()
    assert "annual/2014-brief.html is not there any more" in build_plan(place="annual/2014-brief.pdf")
    assert build_plan(jobs=1).startswith("1 report built")
    assert (reports / "annual/2014-brief.html").is_file()
    assert build_plan(only=["annual/*"], formats="html", jobs=1).startswith("1 report built")
    assert not list((reports / "annual").glob("*brief*"))
    assert "-brief" not in (reports / "annual/2014.html").read_text(encoding="utf-8")


def test_an_export_of_the_notebook_offers_the_same_brief(root: Path) -> None:
    from milaid.publish.files import page

    files = make_report("annual", {}, formats=FORMATS, out_dir=root / "reports")
    notebook = next(path for path in files if path.suffix == ".ipynb")
    again = page.render(document.build(nbformat.read(notebook, 4)))
    assert again == notebook.with_suffix(".html").read_text(encoding="utf-8")
    assert 'href="2014-brief.pdf"' in again


def test_a_brief_is_listed_and_published_with_its_page(tmp_path: Path) -> None:
    reports, out = small_suite(tmp_path / "reports"), tmp_path / "site"
    (reports / "country/CIV-brief.pdf").write_bytes(b"%PDF")
    page = reports / "country/CIV.html"
    led = page.read_text(encoding="utf-8").replace("</main>", '<a href="CIV-brief.html">Brief</a></main>')
    page.write_text(led, encoding="utf-8")
    record(reports, "country/CIV")
    with pytest.raises(ReportError, match=r"country/CIV\.html: CIV-brief\.html"):
        publish(reports, out, with_data=False)
    (reports / "country/CIV-brief.html").write_text('<a href="CIV.html">The report</a>', encoding="utf-8")
    record(reports, "country/CIV")
    publish(reports, out, with_data=False)
    assert (out / "country/CIV-brief.pdf").is_file() and (out / "country/CIV-brief.html").is_file()
    assert '<a href="country/CIV-brief.pdf" aria-label="Brief, 4 bytes: Côte d’Ivoire">Brief</a>' in (
        out / "index.html"
    ).read_text(encoding="utf-8")
