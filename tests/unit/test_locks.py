"""A lock ends with its process and says who holds it; nothing that a killed process left counts as held."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from milaid import locks, temporary
from milaid.errors import RequestError
from milaid.publish.inputs.gathered import Inputs
from milaid.publish.suite.alone import BUILDING, alone_in
from milaid.publish.suite.record import RECORD, Record, read_record
from milaid.temporary import everything_in, temporary_folder

HOLD = """
import sys
from pathlib import Path
from milaid.publish.suite.alone import alone_in
from milaid.temporary import temporary_folder
with alone_in(Path(sys.argv[1])), temporary_folder() as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path):
    """Another process that builds in a folder, and the temporary folder that it has made."""
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert held.stdout
    yield held, Path(held.stdout.readline().strip())
    held.kill()
    held.communicate()


def test_a_second_build_is_refused_with_who_builds_and_a_killed_one_holds_nothing(
    tmp_path: Path, other
) -> None:
    process, _ = other
    with pytest.raises(RequestError) as caught, alone_in(tmp_path):
        pass
    said = rf"another build goes on there: process {process.pid} on \S+, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC"
    assert re.search(said, str(caught.value))
    process.kill()
    process.wait()
    assert (tmp_path / BUILDING).exists()
    with alone_in(tmp_path):
        assert locks.holder(tmp_path / BUILDING).pid == os.getpid()
    assert not (tmp_path / BUILDING).exists()


def test_the_temporary_folder_of_a_killed_process_is_removed_by_the_next(
    tmp_path: Path, other, monkeypatch: pytest.MonkeyPatch
) -> None:
    process, folder = other
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_folder() as own:
        assert folder.is_dir(), "its process is at work"
        assert own.parent == tmp_path
    process.kill()
    process.wait()
    with temporary_folder():
        assert not folder.exists()
    assert not own.exists()


def test_temporary_files_of_all_that_is_started_lie_in_one_folder(tmp_path: Path) -> None:
    before = tempfile.gettempdir()
    with everything_in(tmp_path):
        code = "import tempfile; print(tempfile.gettempdir())"
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert told.stdout.strip() == tempfile.gettempdir() == str(tmp_path)
    assert tempfile.gettempdir() == before


def test_where_a_disk_knows_no_locks_all_are_given_and_nothing_is_taken_for_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_lock", lambda descriptor: None)
    with locks.held(tmp_path / "lock"), locks.held(tmp_path / "lock"):
        assert not locks.is_free(tmp_path / "lock")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_folder() as first:
        temporary._clear(tmp_path)
        assert first.is_dir()


def noted(folder: Path, place: str, record: Record | None = None) -> None:
    (folder / place).write_text(place)
    (record or read_record(folder)).keep(place, Inputs({"data": {"a": place}}), (), [folder / place])


def test_no_line_of_the_record_is_lost_to_another_process_or_a_kill(tmp_path: Path) -> None:
    noted(tmp_path, "one")
    building = read_record(tmp_path)
    # Another process notes a report meanwhile, and is killed in the middle of a second one.
    noted(tmp_path, "two")
    with (tmp_path / RECORD).open("ab") as stream:
        stream.write(b'{"place": "thr')
    for _ in range(4):
        (tmp_path / "one").write_text(str(_))
        noted(tmp_path, f"four{_}", building)
    building.compact()
    found = read_record(tmp_path).reports
    assert set(found) == {"one", "two", *(f"four{number}" for number in range(4))}
