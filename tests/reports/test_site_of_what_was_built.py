"""The site shows what was built: changed, copied and stray files are named and left out; what a host needs is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from milaid.errors import RequestError
from milaid.publish.site.publishing import publish
from milaid.publish.site.shown import shown_reports
from milaid.publish.site.writing import write_site
from milaid.publish.suite.record import RECORD
from small_suite import add_report, record, small_suite, snapshot


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return small_suite(tmp_path / "reports")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


def places(reports: Path) -> list[str]:
    return [report.place for report in shown_reports(reports).reports]


def published(reports: Path, out: Path, *keep: str) -> list[str]:
    said: list[str] = []
    publish(reports, out, with_data=False, keep=keep, say=said.append)
    return said


ALL = ["annual/2014", "annual/2013", "country/CIV", "data-quality"]


def test_what_was_built_and_is_unchanged_is_shown_and_nothing_is_said(reports: Path, out: Path) -> None:
    assert places(reports) == ALL
    assert published(reports, out) == []


def test_a_notebook_that_was_run_again_for_another_year_does_not_replace_the_newest_report(
    reports: Path,
) -> None:
    path = reports / "annual" / "2013.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("fiscal_year = 2013", "fiscal_year = 2019"), encoding="utf-8")
    shown = shown_reports(reports)
    assert [report.place for report in shown.reports] == ["annual/2014", "country/CIV", "data-quality"]
    assert shown.left_out == ("annual/2013: annual/2013.ipynb was changed since it was built",)
    said: list[str] = []
    write_site(reports, with_data=False, say=said.append)
    index = (reports / "index.html").read_text(encoding="utf-8")
    assert "annual/2014.html" in index and "annual/2013.html" not in index and "Fiscal year 2019" not in index
    assert "annual/2013.ipynb was changed" in said[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("annual/2014 (1).html", "annual/2014 (1).html: looks like a copy"),
        ("annual/2014 (1).ipynb", "annual/2014 (1).ipynb: looks like a copy"),
        ("annual/2014 (Anna's conflicted copy 2026-11-27).ipynb", "2026-11-27).ipynb: looks like a copy"),
        ("annual/.2014.html.icloud", "annual/.2014.html.icloud: stands for a file that iCloud has taken off"),
        ("annual/2014/table-1 copy.csv", "annual/2014/table-1 copy.csv: looks like a copy"),
        ("annual/2019.ipynb", "annual/2019.ipynb: of no build"),
        ("index (2).html", "index (2).html: looks like a copy"),
        ("notes.txt", "notes.txt: of no build"),
    ],
)
def test_a_stray_file_is_named_and_left_out(reports: Path, out: Path, name: str, said: str) -> None:
    shutil.copyfile(reports / "annual" / "2014.ipynb", reports / name)
    [message] = published(reports, out)
    assert message.startswith("Left out, as no build made it so:") and said in message
    assert places(reports) == ALL
    assert not (out / name).exists()


def test_a_folder_of_strays_is_named_once(reports: Path) -> None:
    add_report(reports, "country/KEN")
    lines = (reports / RECORD).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line).get("place") != "country/KEN"]
    (reports / RECORD).write_text("".join(kept), encoding="utf-8")
    assert "country/KEN" not in places(reports)
    left_out = shown_reports(reports).left_out
    assert "country/KEN/: 3 files of no build" in left_out and "country/KEN.html: of no build" in left_out


@pytest.mark.parametrize(
    ("name", "what"), [("annual/2014/table-1.csv", "is missing"), ("annual/2014.html", "was changed")]
)
def test_a_report_of_which_one_file_is_not_as_it_was_written_is_left_out(
    reports: Path, name: str, what: str
) -> None:
    path = reports / name
    if what == "is missing":
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    shown = shown_reports(reports)
    assert "annual/2014" not in [report.place for report in shown.reports]
    assert shown.left_out == (f"annual/2014: {name} {what} since it was built",)


def test_a_report_that_was_taken_away_whole_is_not_missed(reports: Path) -> None:
    for path in [*(reports / "country").glob("CIV.*")]:
        path.unlink()
    shutil.rmtree(reports / "country" / "CIV")
    assert shown_reports(reports).left_out == ()


def test_a_file_of_another_format_that_no_build_wrote_is_no_download(reports: Path) -> None:
    (reports / "annual" / "2014.pdf").write_bytes(b"%PDF-1.7 old")
    shown = shown_reports(reports)
    assert shown.left_out == ("annual/2014.pdf: of no build",)
    assert "pdf" not in [download.suffix for download in shown.reports[0].downloads]


def test_nothing_is_published_where_no_report_is_as_it_was_built(reports: Path, out: Path) -> None:
    (reports / RECORD).unlink()
    with pytest.raises(RequestError, match="holds no report yet"):
        published(reports, out)


def test_files_to_keep_stay_and_are_asked_for_each_time(reports: Path, out: Path) -> None:
    out.mkdir()
    (out / ".git" / "refs").mkdir(parents=True)
    for name, text in {"CNAME": "milaid.example", ".nojekyll": "", ".git/refs/head": "1"}.items():
        (out / name).write_text(text, encoding="utf-8")
    keep = ("CNAME", ".nojekyll", ".git")
    for _ in range(2):
        published(reports, out, *keep)
        assert (out / "CNAME").read_text(encoding="utf-8") == "milaid.example"
        assert (out / ".nojekyll").is_file() and (out / ".git/refs/head").is_file()
        assert (out / "index.html").is_file()
    before = snapshot(out)
    with pytest.raises(RequestError, match=r"CNAME: not part of the site"):
        published(reports, out, ".nojekyll", ".git")
    assert snapshot(out) == before
    assert "CNAME" not in (out / "SHA256SUMS").read_text(encoding="utf-8")


def test_no_pattern_keeps_a_file_of_the_site_that_was_changed(reports: Path, out: Path) -> None:
    published(reports, out)
    (out / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match=r"index\.html: changed since it was published"):
        published(reports, out, "*")


def test_a_file_to_keep_that_the_site_has_too_is_refused(reports: Path, out: Path) -> None:
    published(reports, out)
    add_report(reports, "annual/2019", year=2019)
    (out / "annual" / "2019.html").write_text("mine", encoding="utf-8")
    before = snapshot(out)
    with pytest.raises(RequestError, match="the new folder has a file of that name"):
        published(reports, out, "annual/2019.html")
    assert snapshot(out) == before


def test_a_report_that_is_recorded_again_is_shown_again(reports: Path) -> None:
    path = reports / "annual" / "2014.html"
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    record(reports, "annual/2014")
    assert places(reports) == ALL
