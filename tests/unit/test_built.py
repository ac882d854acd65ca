"""When a report is left as it is: only while all that it depends on and its own files are the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

import milaid
from milaid.publish.suite.plan import Entry, Plan, expand
from milaid.publish.suite.record import RECORD, Fingerprints, read_record

LINKED = frozenset({"index", "annual/2013"})


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two years with a library of one file and a built report."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    (tmp_path / "lib/milaid").mkdir(parents=True)
    (tmp_path / "lib/milaid/__init__.py").write_text("code")
    monkeypatch.setattr(milaid, "__file__", str(tmp_path / "lib/milaid/__init__.py"))
    for name in (
        "data/trainings/fy2013.parquet",
        "data/trainings/fy2014.parquet",
        "notebooks/annual_trends.ipynb",
        "reports/annual/2014.html",
        "reports/annual/2014.pdf",
        "reports/annual/2014/figure-1.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"the text of {name}")
    written = sorted(path for path in (tmp_path / "reports").rglob("*") if path.is_file())
    read_record(tmp_path / "reports").keep("annual/2014", Fingerprints(LINKED).of(the_entry()), written)
    return tmp_path


def plan(parameters: str = "") -> Plan:
    return expand(f"reports:\n  - {{report: annual, parameters: {{{parameters}}}}}", "plan.yml")


def the_entry() -> Entry:
    return plan().entries[0]


def is_current(root: Path, entry: Entry | None = None, linked: frozenset[str] = LINKED) -> bool:
    entry = entry or the_entry()
    return read_record(root / "reports").is_current(entry.place, Fingerprints(linked).of(entry))


def test_a_report_is_current_when_nothing_has_changed(root: Path) -> None:
    assert is_current(root)


@pytest.mark.parametrize(
    "name",
    [
        "data/trainings/fy2013.parquet",
        "lib/milaid/__init__.py",
        "notebooks/annual_trends.ipynb",
        "reports/annual/2014.html",
        "reports/annual/2014/figure-1.csv",
    ],
)
def test_a_changed_file_makes_it_out_of_date(root: Path, name: str) -> None:
    path = root / name
    before = path.read_text()
    path.write_text(before.replace("t", "T") if "t" in before else "other")
    assert not is_current(root)
    path.write_text(before)
    assert is_current(root), "what counts is the content, not the time"


@pytest.mark.parametrize(
    "name", ["reports/annual/2014.pdf", "reports/annual/2014/figure-1.csv", f"reports/{RECORD}"]
)
def test_a_file_that_is_gone_makes_it_out_of_date(root: Path, name: str) -> None:
    (root / name).unlink()
    assert not is_current(root)


@pytest.mark.parametrize("name", ["data/reference/new.csv", "lib/milaid/new.css"])
def test_a_new_file_makes_it_out_of_date(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).touch()
    assert not is_current(root)


@pytest.mark.parametrize(
    "name",
    ["data/official/volume.pdf", "data/.build-x/t.csv", "lib/milaid/__pycache__/a.pyc", "reports/notes.txt"],
)
def test_files_that_no_report_reads_do_not_count(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).touch()
    assert is_current(root)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: replace(entry, formats=("html",)),
        lambda entry: replace(entry, values={**entry.values, "top_n": 11}),
        lambda entry: replace(entry, output={"paper": "letter"}),
    ],
    ids=["formats", "values", "paper"],
)
def test_another_request_makes_it_out_of_date(root: Path, change: Callable[[Entry], Entry]) -> None:
    assert not is_current(root, change(the_entry()))


def test_a_title_that_only_the_index_shows_does_not_count(root: Path) -> None:
    assert is_current(root, replace(the_entry(), title="Another"))


def test_a_report_of_another_place_is_another(root: Path) -> None:
    assert not is_current(root, replace(the_entry(), slug="newest"))


def test_another_report_to_link_to_makes_it_out_of_date(root: Path) -> None:
    assert not is_current(root, linked=LINKED | {"country/KEN"})


def test_another_version_of_a_package_makes_it_out_of_date(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "distributions", lambda: iter(()))
    assert not is_current(root)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"reports": 1}', '{"reports": {"annual/2014": 3}}', '{"reports": {"annual/2014": {}}}'],
)
def test_a_record_that_cannot_be_read_is_none(root: Path, text: str) -> None:
    (root / "reports" / RECORD).write_text(text)
    assert not is_current(root)


def test_the_record_holds_names_below_its_directory_only(root: Path) -> None:
    record = json.loads((root / "reports" / RECORD).read_text())
    files = {"annual/2014.html", "annual/2014.pdf", "annual/2014/figure-1.csv"}
    assert set(record["reports"]["annual/2014"]["files"]) == files
    assert str(root) not in (root / "reports" / RECORD).read_text()
