"""Files below a folder in which others write meanwhile."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from milaid.publish.export.folder import EXPORT, is_export, replaced, require_replaceable, write_sums
from milaid.publish.site.built_reports import built_reports
from milaid.publish.suite.destination import Destination
from milaid.publish.verify.held import held_against_sums
from milaid.replacing import ROOM, write_whole
from milaid.tables.datapackage import FILE_NAME, NAME
from milaid.walking import files_below

DESCRIPTION = json.dumps({"name": NAME})


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def found(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files_below(folder)]


def test_what_is_hidden_is_passed_over_with_all_below_it(tmp_path: Path) -> None:
    write(tmp_path, "b", "a/z", "a/.draft", ".replacing/change-1/a", "a/.cache/x", ".built.jsonl", "a/c/d")
    (tmp_path / "empty").mkdir()
    assert found(tmp_path) == ["b", "a/z", "a/c/d"]
    assert found(tmp_path / "nowhere") == []


def test_below_a_hidden_folder_that_is_asked_for_files_are_found(tmp_path: Path) -> None:
    write(tmp_path, ".kept/a")
    assert found(tmp_path / ".kept") == ["a"]


def test_links_to_files_are_followed_and_those_to_folders_are_not(tmp_path: Path) -> None:
    write(tmp_path, "real/a")
    for name, target in (("file", "real/a"), ("folder", "real"), ("broken", "nothing")):
        (tmp_path / name).symlink_to(tmp_path / target)
    assert found(tmp_path) == ["file", "real/a"]


def test_a_folder_that_is_taken_away_on_the_way_holds_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a", "b/c", "d/e")
    walk = files_below(tmp_path)
    assert next(walk) == tmp_path / "a"
    shutil.rmtree(tmp_path / "b")
    assert list(walk) == [tmp_path / "d/e"]


def test_a_folder_that_cannot_be_read_is_told_and_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a/b", "c/d")
    scandir = os.scandir

    def refused(folder: str) -> object:
        if Path(folder).name == "a":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(PermissionError, match="Permission denied"):
        found(tmp_path)


def names_of_a_destination(folder: Path) -> object:
    return Destination("memory://walked", folder)._names()


def an_export(folder: Path) -> object:
    assert is_export(folder)
    return require_replaceable(folder, EXPORT, ())


@pytest.mark.parametrize("walk", [built_reports, names_of_a_destination, held_against_sums, an_export])
def test_what_others_write_meanwhile_stops_no_walk(tmp_path: Path, walk: Callable[[Path], object]) -> None:
    """Drafts come and go in a hidden folder; a walk that looks into it finds folders that are gone when it gets there."""
    if walk is names_of_a_destination:
        pytest.importorskip("fsspec", reason="the extra 'remote' is not installed")
    with replaced(tmp_path) as made:
        write(made, *(f"country{number}/a.csv" for number in range(30)))
        (made / FILE_NAME).write_text(DESCRIPTION)
        write_sums(made)
    before, over = walk(tmp_path), Event()

    def others() -> None:
        while not over.is_set():
            write_whole(tmp_path / FILE_NAME, DESCRIPTION)

    writing = Thread(target=others)
    writing.start()
    try:
        for _ in range(40):
            assert walk(tmp_path) == before
    finally:
        over.set()
        writing.join()
    assert not (tmp_path / ROOM).exists()
