"""Files replaced together are all old or all new for whoever reads, whatever happens on the way."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from faults import Killed, decisions, fault_at, files, full_disk, require_whole
from milaid import locks, moving, replacing
from milaid.errors import ReportError
from milaid.replacing import ROOM, NotReplaced, settle, write_whole
from milaid.replacing import replacing as replaced

OLD = {"a.txt": "old a", "b/c.txt": "old c", "b/d.txt": "old d", "thing": "a file", "folder/in.txt": "in"}
NEW = {"a.txt": "new a", "b/c.txt": "new c", "thing/now.txt": "a folder", "folder": "a file", "e/f.txt": "f"}


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    write(made, OLD)
    (made / "link").symlink_to("a.txt")
    return made


def change(folder: Path) -> None:
    """Replace all of OLD by NEW, and a link by a file."""
    with replaced(folder) as made:
        write(made.new, {**NEW, "link": "no link"})
        made.remove(["b/d.txt", "thing", "folder/in.txt", "never there"])


def test_all_is_replaced_and_nothing_left(folder: Path) -> None:
    change(folder)
    assert files(folder) == {name: text.encode() for name, text in {**NEW, "link": "no link"}.items()}
    assert {path.name for path in folder.iterdir()} == {"a.txt", "b", "thing", "folder", "e", "link"}


def test_a_fault_at_any_step_leaves_all_old_or_all_new(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with decisions(tmp_path, monkeypatch) as found:
        change(folder)
    assert require_whole(found[0], tmp_path / "tried") > 30


def test_a_second_kill_while_the_first_is_mended_changes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the first fault was an error, so that everything is being put back."""
    with decisions(tmp_path, monkeypatch) as found:
        change(folder)
    old, new = found[0].before(), files(folder)
    outcomes = set()
    for first, second in itertools.product(range(4, 34, 4), range(0, 34, 5)):
        for error in (Killed, full_disk):
            tried, room, given = found[0].copied(tmp_path / "tried")
            try:
                # The second one hits what the first has made necessary.
                with fault_at(first + second + 1, Killed), fault_at(first, error):
                    replacing._decide(tried, room, given)
            except (Killed, NotReplaced, OSError):
                pass
            try:
                with fault_at(second, Killed):
                    settle(tried)
            except Killed:
                pass
            settle(tried)
            seen = {name: content for name, content in files(tried).items() if not name.startswith(ROOM)}
            assert seen in (old, new), (first, second, error)
            outcomes.add((error, seen == new))
    assert {(Killed, True), (Killed, False), (full_disk, False)} <= outcomes


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_block_that_fails_leaves_all_as_it_was(folder: Path, error: type[BaseException]) -> None:
    before = files(folder)
    with pytest.raises(error), replaced(folder) as made:
        write(made.new, NEW)
        raise error
    assert files(folder) == before
    with pytest.raises(error), replaced(folder / "new" / "below"):
        raise error
    assert not (folder / "new").exists()


def test_a_file_that_cannot_be_replaced_is_named_and_nothing_is_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, move = files(folder), Path.replace

    def refused(path: Path, target: Path) -> Path:
        if target == folder / "b" / "c.txt":
            raise PermissionError(13, "Permission denied", str(path), None, str(target))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(NotReplaced, match=r"c\.txt cannot be replaced: Permission denied.*close it there"):
        change(folder)
    assert files(folder) == before


@pytest.mark.parametrize("links", [True, False], ids=["with hard links", "without"])
def test_a_folder_on_another_disk_is_replaced_too(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """Moves across are copies: tried with a fault at each step, as the others."""
    move = os.replace

    def across(path: Path, place: Path, **named: object) -> None:
        if (Path(path).parent.name == "b") != (Path(place).parent.name == "b"):
            raise OSError(18, "Invalid cross-device link")
        move(path, place)

    def none(path: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "replace", across)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", none)
    with decisions(tmp_path, monkeypatch) as found:
        change(folder)
    assert files(folder)["b/c.txt"] == b"new c"
    assert require_whole(found[0], tmp_path / "tried") > 30


def test_what_a_killed_process_left_is_removed_by_the_next_and_what_is_at_work_is_not(folder: Path) -> None:
    with replaced(folder) as at_work:
        write(at_work.new, {"a.txt": "new a"})
        left = folder / ROOM / "change-left"
        write(left / "new", NEW)
        (left / "owner").write_text("{}")
        settle(folder)
        assert not left.exists()
        assert at_work.new.is_dir()
    assert not (folder / ROOM).exists()
    assert files(folder)["a.txt"] == b"new a"


def test_a_folder_that_cannot_be_put_in_order_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in itertools.count():
        with pytest.raises(Killed), fault_at(number, Killed):
            change(folder)
        if list((folder / ROOM).glob("*/journal.json")):
            break

    def refused(path: Path, seconds: float = 0) -> locks.Lock:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patched:
        patched.setattr(locks, "acquire", refused)
        with pytest.raises(
            ReportError, match="cannot be put in order: Read-only file system; make the folder"
        ):
            settle(folder)
    settle(folder)
    assert not (folder / ROOM).exists()


def test_a_single_file_is_written_whole_or_not_at_all(folder: Path) -> None:
    outcomes = set()
    for number in range(12):
        (folder / "a.txt").write_text("old a")
        try:
            with fault_at(number, Killed):
                write_whole(folder / "a.txt", "new a")
        except Killed:
            pass
        settle(folder)
        outcomes.add((folder / "a.txt").read_text())
        assert not (folder / ROOM).exists()
    assert outcomes == {"old a", "new a"}


def test_a_file_that_is_to_be_new_replaces_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(path: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    for refused in (False, True):
        if refused:
            monkeypatch.setattr(Path, "hardlink_to", none)
        with pytest.raises(FileExistsError):
            write_whole(folder / "a.txt", "new a", only_new=True)
        write_whole(folder / f"new {refused}", "text", only_new=True)
        assert (folder / f"new {refused}").read_text() == "text"
    assert (folder / "a.txt").read_text() == "old a"


def test_the_shell_stays_in_a_folder_whose_contents_are_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    change(Path())
    assert Path.cwd() == folder
    assert Path("a.txt").read_text() == "new a"


AT_IT = """
import sys
from pathlib import Path
from milaid.replacing import replacing
folder = Path(sys.argv[1])
for number in range(1, 100000):
    with replacing(folder) as change:
        for name in "abcdefgh":
            change.place(f"{name}/{number % 2}.txt").write_text(str(number))
            change.place(f"{name}.txt").write_text(str(number))
        change.remove(f"{name}/{1 - number % 2}.txt" for name in "abcdefgh")
        print(number, flush=True)
"""


def test_a_process_that_is_killed_at_any_moment_leaves_all_old_or_all_new(tmp_path: Path) -> None:
    for trial in range(1, 13):
        at_it = subprocess.Popen(
            [sys.executable, "-c", AT_IT, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert at_it.stdout
        for _ in range(trial):
            said = at_it.stdout.readline()
        at_it.kill()
        at_it.communicate()
        settle(tmp_path)
        found = files(tmp_path)
        number = int(found["a.txt"]) if found else 0
        names = [name for letter in "abcdefgh" for name in (f"{letter}.txt", f"{letter}/{number % 2}.txt")]
        assert found == (dict.fromkeys(names, str(number).encode()) if number else {})
        assert number >= int(said) - 1
        assert not (tmp_path / ROOM).exists()


def test_many_files_are_written_through_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(os, "sync", lambda: asked.append("all"), raising=False)
    monkeypatch.setattr(os, "fsync", lambda descriptor: asked.append("one"))
    for number in range(moving._MOST_FLUSHED + 1):
        (tmp_path / f"{number}").touch()
    moving.flush([*tmp_path.iterdir()][:3])
    moving.flush([*tmp_path.iterdir()])
    assert asked == ["one", "one", "one", "all"]
