"""A fault at any step at which a command puts its files in place leaves all old or all new."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults import decisions, require_whole
from fmtr_documents import Country, Program, Row
from milaid.publish.export.make import make_export
from milaid.publish.export.request import check
from milaid.publish.report import put_in_place
from milaid.publish.site.publishing import publish
from milaid.replacing import replacing
from milaid.tables.build.adding import add_edition
from small_project import Document, Project
from small_suite import add_report, small_suite


def test_data(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = (Country("Georgia", (Program("FMF", (Row(quantity="9"),)),)),)
    built.add("europe.pdf", Document(other, region="Europe"))
    built.documents = [row for row in built.documents if row["file"] != "africa_2013.pdf"]
    built.add("africa.pdf", Document((Country("Benin"),)))
    with decisions(tmp_path / "kept", monkeypatch) as found:
        built.build()
    assert "trainings/fy2013.parquet" in found[0].removed
    assert len(found) == 1
    assert require_whole(found[0], tmp_path / "tried") > 20


def test_data_add(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document((Country("Chad", (Program("GPOI", (Row(quantity="4"),)),)),), fiscal_year=2015)
    path = built.offer("Africa", document, "africa_2015.pdf")
    with decisions(tmp_path / "kept", monkeypatch) as found:
        add_edition([path], "2015-2016", sources=built.sources, jobs=1)
    assert len(found) == 1
    assert require_whole(found[0], tmp_path / "tried") > 20


def test_export(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_export(check(None, None, ()), tmp_path / "export")
    with decisions(tmp_path / "kept", monkeypatch) as found:
        make_export(check("csv,sqlite", "2014", ()), tmp_path / "export")
    assert len(found) == 1
    assert require_whole(found[0], tmp_path / "tried") > 20


def test_the_files_of_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = tmp_path / "reports"
    add_report(tmp_path / "new", "annual/2014", participants=39999)
    add_report(reports, "annual/2014")
    (reports / "annual" / "2014" / "figure-9.csv").write_text("no more")
    (reports / "annual" / "2014" / "mine.txt").write_text("stays")
    made = {path.relative_to(tmp_path / "new"): path for path in (tmp_path / "new" / "annual").rglob("*.*")}
    with decisions(tmp_path / "kept", monkeypatch) as found, replacing(reports) as change:
        for name, path in made.items():
            change.place(name.as_posix()).write_bytes(path.read_bytes())
        written = put_in_place(change, reports, "annual/2014")
    assert set(written) == {reports / name for name in made}
    assert found[0].removed == ("annual/2014/figure-9.csv",)
    assert (reports / "annual" / "2014" / "mine.txt").read_text() == "stays"
    assert require_whole(found[0], tmp_path / "tried") > 12


def test_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports, out = small_suite(tmp_path / "reports"), tmp_path / "site"
    publish(reports, out, with_data=False)
    (out / "CNAME").write_text("example.org")
    add_report(reports, "annual/2014", participants=39999)
    with decisions(tmp_path / "kept", monkeypatch) as found:
        publish(reports, out, "A mistake", "correction", with_data=False, keep=("CNAME",))
    [decision] = [found for found in found if (found.folder / "CNAME").exists()]
    assert (out / "CNAME").read_text() == "example.org"
    assert require_whole(decision, tmp_path / "tried") > 20
