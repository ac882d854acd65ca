"""What the world does to each command of the command line: one message, an exit code that is documented, no traceback."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from commands import COMMANDS, IDS
from milaid import cli, world
from milaid.errors import DataError, ReportError, RequestError

DOCUMENTED = {int(line.split()[0]) for line in cli.EXIT_CODES.splitlines() if re.match(r" {2}\d+ ", line)}
PATHS = (click.Path, click.File)


SAMPLES = {"edition": "2021-2022", "kind": "annual", "number": "528"}
"""What is asked for where a command cannot do without, beside paths."""


def is_path(parameter: click.Parameter) -> bool:
    return isinstance(parameter.type, PATHS)


def request(words: tuple[str, ...], given: dict[str, Path], default: Path) -> list[str]:
    """Return a command with all that it needs, and with paths for the parameters that are given."""
    told = list(words)
    for parameter in COMMANDS[words].params:
        name = str(parameter.name)
        if name not in given and not parameter.required:
            continue
        value = str(given.get(name, default)) if is_path(parameter) else SAMPLES[name]
        told += [parameter.opts[0], value] if isinstance(parameter, click.Option) else [value]
    return told


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Paths that cannot be used, by what is wrong with them; a folder to work in around them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    (tmp_path / "in-a-circle").symlink_to(tmp_path / "in-a-circle")
    return {
        "a file": tmp_path / "a-file",
        "below a file": tmp_path / "a-file" / "new",
        "too long a name": tmp_path / ("n" * 300),
        "a circle of links": tmp_path / "in-a-circle",
        "not to be made": Path("/proc/milaid-none/new"),
        "of letters that are no text": tmp_path / os.fsdecode(b"\xff\xfe") / "a-file",
    }


FAULTS = ("a file", "below a file", "too long a name", "a circle of links", "not to be made")
WITH_PATHS = [
    (words, str(parameter.name), fault)
    for words, command in COMMANDS.items()
    for parameter in command.params
    if is_path(parameter)
    for fault in FAULTS
]


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.mark.parametrize(
    ("words", "name", "fault"),
    WITH_PATHS,
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_a_path_that_cannot_be_used_is_told_before_the_work(words, name, fault, places, capsys, monkeypatch):
    def worked(*given: object, **named: object) -> None:
        raise AssertionError("the work was begun")

    for work in (
        "milaid.publish.report.make",
        "milaid.publish.build.build_reports",
        "milaid.publish.export.make.write_tables",
    ):
        monkeypatch.setattr(work, worked)
    before = sorted(places["a file"].parent.iterdir())
    code, _, said = run(request(words, {name: places[fault]}, places["a file"].parent / "other"), capsys)
    assert code in DOCUMENTED - {0, 130}, said
    assert "Traceback" not in said and "did not expect" not in said
    assert "milaid: " in said or "Error: " in said
    assert sorted(places["a file"].parent.iterdir()) == before


ERRORS = {
    "a full disk": (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 1, "the disk is full"),
    "a read-only disk": (OSError(errno.EROFS, os.strerror(errno.EROFS), "/x"), 2, "/x: the disk is read-only"),
    "no permission": (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/x"), 2, "/x: access is not allowed"),
    "a mount": (OSError(errno.EBUSY, os.strerror(errno.EBUSY), "/x"), 1, "a disk is mounted there"),
    "too many files": (OSError(errno.EMFILE, os.strerror(errno.EMFILE)), 1, "ulimit -n"),
    "no memory": (MemoryError(), 1, "too little memory"),
    "no thread": (RuntimeError("can't start new thread"), 1, "ulimit -u"),
    "a library without memory": (ImportError("x.so: failed to map segment from shared object"), 1, "too little memory"),
    "a letter": (UnicodeEncodeError("utf-8", "a\udcff", 1, 2, "surrogates not allowed"), 2, "cannot be written in utf-8"),
    "an error of nobody's": (KeyError("columns" * 100), 1, "please report it"),
    "data": (DataError("a total differs"), 4, "a total differs"),
}  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=IDS.get)
@pytest.mark.parametrize("fault", ERRORS)
def test_an_error_in_the_work_is_one_message_with_its_code(words, fault, tmp_path, monkeypatch, capsys):
    error, expected, shown = ERRORS[fault]

    def fail(*given: object, **named: object) -> None:
        raise error

    monkeypatch.chdir(tmp_path)
    command = COMMANDS[words]
    monkeypatch.setattr(command, "callback", fail)
    monkeypatch.setattr(type(command), "get_command", lambda self, context, name: command, raising=False)
    parent: click.Group = cli.command
    for word in words[:-1]:
        found = parent.get_command(click.Context(parent), word)
        assert isinstance(found, click.Group)
        parent = found
    monkeypatch.setattr(parent, "get_command", lambda context, name: command)
    code, _, said = run(request(words, {}, tmp_path / "new"), capsys)
    assert (code, shown in said) == (expected, True), said
    assert "Traceback" not in said
    assert max(len(line) for line in said.splitlines()) < 500


@pytest.mark.parametrize("words", COMMANDS, ids=IDS.get)
def test_the_keyboard_stops_each(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        click.Command, "invoke", lambda self, context: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    assert run(request(words, {}, tmp_path / "new"), capsys)[0] == 130


def test_debug_shows_where_an_error_that_nobody_expected_comes_from(monkeypatch):
    def fail(*given: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(COMMANDS["doctor",], "callback", fail)
    with pytest.raises(KeyError):
        cli.main(["--debug", "doctor"])


def started(arguments: list[str], **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "milaid", *arguments], capture_output=True, text=True, errors="replace", **how
    )  # type: ignore[call-overload]


def test_a_reader_that_has_gone_does_not_stop_the_work(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    out = tmp_path / "export"
    ended = subprocess.run(
        [sys.executable, "-m", "milaid", "export", "--table", "population", "--format", "csv", "--out", str(out)],
        stdout=writing, stderr=writing,
    )  # fmt: skip
    os.close(writing)
    assert ended.returncode == 0
    assert (out / "csv" / "population.csv").is_file() and (out / "SHA256SUMS").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_output_that_cannot_be_written_is_an_error(buffered):
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "milaid", "params", "annual"],
            stdout=full, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": buffered},
        )  # fmt: skip
    assert ended.returncode == 1
    assert (
        ended.stderr.startswith("milaid: what is printed: the disk is full")
        and "Traceback" not in ended.stderr
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_that_cannot_print_a_letter_gets_another_sign(encoding):
    ended = started(["params", "country"], env={**os.environ, "PYTHONIOENCODING": encoding})
    assert ended.returncode == 0 and "Cameroon" in ended.stdout and not ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [["doctor"], ["params", "annual"], ["export", "--table", "gdp", "--format", "csv"]],
    ids=" ".join,
)
def test_a_home_that_cannot_be_written_does_not_matter(arguments, tmp_path):
    out = ["--out", str(tmp_path / "out")] if "export" in arguments else []
    ended = started([*arguments, *out], env={**os.environ, "HOME": "/proc/none"})
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_disk_that_fills_up_in_the_work_names_the_folder_and_leaves_nothing(tmp_path):
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    out = tmp_path / "export"
    ended = started(["export", "--table", "gdp", "--format", "csv", "--out", str(out)], preexec_fn=limited)
    assert ended.returncode == 1
    assert str(tmp_path) in ended.stderr and "larger than is allowed" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_without_permission_is_found_before_anything_is_done(tmp_path, monkeypatch):
    def refused(*given: object, **named: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    world.require_room(tmp_path / "new" / "deep")
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr("milaid.world.tempfile.TemporaryFile", refused)
    with pytest.raises(RequestError, match="access is not allowed"):
        world.require_room(tmp_path / "new")


def test_a_disk_that_is_full_before_the_work_is_an_error_of_the_disk(tmp_path, monkeypatch):
    def full(*given: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("milaid.world.tempfile.TemporaryFile", full)
    with pytest.raises(ReportError, match="the disk is full"):
        world.require_room(tmp_path)


def test_an_error_of_several_files_says_what_was_wrong_with_them():
    import shutil

    why = f"[Errno 28] {os.strerror(errno.ENOSPC)}: '/y'"
    told = world.told(shutil.Error([("/x", "/y", why)]))
    assert told.exit_code == 1 and "the disk is full" in str(told)
