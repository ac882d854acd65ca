"""The command `milaid data` without a directory of the official files: from nothing to tables."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from milaid import cli, paths
from milaid.tables import store
from official_server import SOON, files_below, wait_until

COMMAND = [sys.executable, "-c", "from milaid.cli import main; main()", "data"]


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(["data", *arguments])
    return done.value.code


def test_data_are_made_from_nothing(online, capsys):
    assert run() == 0
    shown = capsys.readouterr()
    assert "0 were there, 5 fetched" in shown.out
    assert "data/ built: 3 documents parsed" in shown.out
    assert "Downloading official files: done, 4" in shown.err
    assert store.available_years() == (2013, 2014)
    assert store.load_trainings()["quantity"].sum() == 2 + 3 + 1 + 1 + 7 + 4


def test_a_download_that_fails_ends_with_3_and_builds_nothing(online, server, capsys):
    server.files.clear()
    assert run() == 3
    shown = capsys.readouterr().err
    assert shown.count("404 Not Found") == 4
    assert "Downloading official files: stopped after 0 of 4" in shown
    assert "Traceback" not in shown
    assert set(online.content()) == set()


@pytest.mark.parametrize("named", ["option", "variable"])
def test_a_directory_that_is_named_is_read_and_nothing_is_asked_for(online, server, monkeypatch, named):
    if named == "variable":
        monkeypatch.setenv("MILAID_SOURCES", str(online.sources))
    assert run(*(["--sources", str(online.sources)] if named == "option" else [])) == 0
    assert server.requests == []
    assert not paths.official_dir().exists()


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_stopped_in_the_middle_it_goes_on_from_there(online, server, stop, code):
    slow = server.files["fmtr/africa_2013.pdf"]
    slow.piece, slow.silent_after = 256, 1024
    part = paths.official_dir() / "fmtr/africa_2013.pdf.part"
    others = {name for name in server.files if name.startswith(("context/", "geo/"))}
    environment = {**os.environ, "MILAID_ROOT": str(online.data.parent)}
    with subprocess.Popen(COMMAND, env=environment, stderr=subprocess.PIPE, text=True) as command:
        wait_until(
            lambda: (
                part.exists() and part.stat().st_size == 1024 and others <= files_below(paths.official_dir())
            )
        )
        command.send_signal(stop)
        said = command.communicate(timeout=SOON)[1]
    assert command.returncode == code
    assert "Traceback" not in said
    assert not part.with_name("africa_2013.pdf").exists()

    slow.silent_after = None
    server.requests.clear()
    assert run() == 0
    assert server.asked("fmtr/africa_2013.pdf") == ["bytes=1024-"]
    assert not others & set(server.asked_for())
    assert store.available_years() == (2013, 2014)
    assert not [name for name in files_below(paths.official_dir()) if ".part" in name]
