"""Tables that are not those that were built are refused wherever they are read, all of them in one message."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import milaid as m
from milaid import cli, paths
from milaid.errors import DataError
from milaid.publish import doctor
from milaid.publish.suite import plan
from milaid.tables import digests, store, subjects
from milaid.tables.digests import looked_at_once, require_as_built, stamp_of
from small_project import Project, made_by_hand, small_project

YEARS = ("trainings/fy2013.parquet", "trainings/fy2014.parquet")


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILAID_ROOT", str(root))
        project = small_project(root)
        project.build()
    return project


@pytest.fixture
def project(once, tmp_path, monkeypatch):
    """A copy of the project to damage."""
    shutil.copytree(once.data.parent, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    copied = object.__new__(Project)
    copied.__dict__ |= once.__dict__ | {"data": tmp_path / "data", "sources": tmp_path / "official"}
    return copied


def swapped(data: Path) -> set[str]:
    first, second = (data / name for name in YEARS)
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    return set(YEARS)


def flipped(data: Path) -> set[str]:
    path = data / "trainings_totals.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return {"trainings_totals.parquet"}


def flipped_unseen(data: Path) -> set[str]:
    """A bit flipped by what keeps size and time of writing, as ``cp -p`` and ``touch -r`` do."""
    path = data / "trainings_totals.parquet"
    before = path.stat()
    flipped(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    return {"trainings_totals.parquet"}


def truncated(data: Path) -> set[str]:
    path = data / "deflator.csv"
    path.write_bytes(path.read_bytes()[:-5])
    return {"deflator.csv"}


def empty(data: Path) -> set[str]:
    (data / YEARS[1]).write_bytes(b"")
    return {YEARS[1]}


def missing(data: Path) -> set[str]:
    (data / YEARS[0]).unlink()
    return {YEARS[0]}


def older(data: Path) -> set[str]:
    path = data / "reference" / "programs.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    return {"reference/programs.csv"}


def added(data: Path) -> set[str]:
    shutil.copy(data / YEARS[0], data / "trainings" / "fy2012.parquet")
    return {"trainings/fy2012.parquet"}


def without_package(data: Path) -> set[str]:
    (data / "datapackage.json").unlink()
    return {"datapackage.json"}


def package_cut_off(data: Path) -> set[str]:
    path = data / "datapackage.json"
    path.write_bytes(path.read_bytes()[:1000])
    return {"datapackage.json"}


def package_of_another_build(data: Path) -> set[str]:
    path = data / "datapackage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Planned is not done", "Planned is done"), "utf-8"
    )
    return {"datapackage.json"}


def much(data: Path) -> set[str]:
    return swapped(data) | flipped(data) | truncated(data) | older(data)


DAMAGE = [
    swapped, flipped, flipped_unseen, truncated, empty, missing, older, added, without_package, package_cut_off,
    package_of_another_build, much,
]  # fmt: skip
READERS = {
    "activities": lambda: store.load_trainings(),
    "the years there are": store.available_years,
    "a table beside": store.load_documents,
    "the front door": lambda: m.trainings(country="Angola"),
    "the front door without a name": lambda: m.trainings(years=2014),
    "totals of the front door": lambda: m.totals("year"),
    "the recipients there are": subjects.recipients,
    "a number of others": lambda: m.claim(528),
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_whatever_reads_tables_refuses_those_that_are_not_as_built(project, damage, read):
    named = damage(project.data)
    with pytest.raises(DataError) as refused:
        read()
    message = str(refused.value)
    assert {place for place in [*YEARS, *named] if f"{project.data / place}:" in message} == named
    assert "milaid data" in message


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_tables_as_they_were_built_are_read_and_read_again_when_they_are_not(project, read):
    read()
    flipped(project.data)
    with pytest.raises(DataError, match="trainings_totals"):
        store.load_totals()


COMMANDS = [
    ["report", "annual", "--fiscal-year", "2014"], ["build"], ["build", "--list"], ["export"], ["check"],
    ["params"], ["params", "country"], ["lab", "annual", "--copy-only"], ["site", "--out", "site"],
    ["explore"], ["evidence", "2014-2015/one.pdf/p1/r1"], ["screen", "units.csv"], ["claim", "528"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_that_reads_tables_names_all_and_ends_with_4(
    project, arguments, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    for part in ("notebooks", "reports/plan.yml"):
        source = paths.suite_root() / part
        (tmp_path / part).parent.mkdir(exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / part)
    (tmp_path / "units.csv").write_text("unit\nTigres\n", encoding="utf-8")
    named = swapped(project.data) | flipped(project.data)
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 4
    said = capsys.readouterr().err
    assert {place for place in named if str(project.data / place) in said} == named
    assert not (tmp_path / "export").exists() and not (tmp_path / "site").exists()
    assert not (tmp_path / "work").exists() and not (tmp_path / "reports" / "explore.html").exists()


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_the_doctor_finds_all(project, damage):
    named = damage(project.data)
    lines, sound = doctor.findings()
    assert not sound
    assert {
        place for place in named if any(f"problem     {project.data / place}:" in line for line in lines)
    } == named


def test_the_same_size_and_time_of_writing_is_not_the_same_content(project):
    path = project.data / "trainings_totals.parquet"
    before = stamp_of(path)
    flipped_unseen(project.data)
    assert stamp_of(path)[:2] == before[:2] and stamp_of(path) != before


def test_an_edited_reference_table_says_how_it_is_taken_over_and_is(project):
    path = project.table("programs")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("International Military Education and Training", "Military Education", 1), "utf-8"
    )
    with pytest.raises(DataError, match=r"(?s)programs\.csv: was changed since it was built.*`milaid data`"):
        store.load_programs()
    # The documents are not needed for it: their rows are kept.
    shutil.rmtree(project.sources)
    assert project_builds_without_sources().parsed == 0
    assert "Military Education" in set(store.load_programs()["name"])
    assert store.available_years() == (2013, 2014)


def project_builds_without_sources():
    from milaid.tables.build.data import build_data

    return build_data(None)


def test_a_reference_table_that_a_spreadsheet_saved_is_the_same_table(project):
    before = store.load_programs()
    path = project.table("programs")
    rows = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + rows.replace("\n", "\r\n").encode())
    require_as_built()
    assert store.load_programs().equals(before)


def test_tables_that_no_build_has_made_are_held_against_the_year_of_their_name(project):
    made_by_hand(project.data)
    assert store.available_years() == (2013, 2014)
    swapped(project.data)
    with pytest.raises(DataError, match=r"fy2013\.parquet: holds the edition 2014-2015"):
        store.load_trainings(2013)


def test_help_and_version_do_not_need_tables(project):
    much(project.data)
    for arguments in (["--help"], ["--version"], ["export", "--help"], ["data", "--help"]):
        assert CliRunner().invoke(cli.command, arguments).exit_code == 0


def test_a_change_within_one_look_is_seen_by_the_next(project: Project) -> None:
    with looked_at_once():
        require_as_built()
        known = subjects.recipients()
        flipped(project.data)
        require_as_built()
        with looked_at_once():
            assert subjects.recipients() is known
    with pytest.raises(DataError, match="trainings_totals"):
        require_as_built()
    with looked_at_once(), pytest.raises(DataError, match="trainings_totals"):
        subjects.recipients()


def test_a_plan_is_read_from_one_look_at_each_table(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(digests, "_stamp_or_none", lambda path: looked.append(path) or stamp_of(path))
    entries = plan.expand(
        "reports:\n  - {report: country, each: country}\n  - {report: region, each: region}\n", "p"
    ).entries
    assert len(entries) >= 4
    assert sorted(looked) == sorted(set(looked)) and len(looked) > 20
