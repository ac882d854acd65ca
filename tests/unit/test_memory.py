"""Limits of memory, threads and processes are told at the door, whatever the command, and a build keeps within those of a container."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from commands import COMMANDS, IDS
from milaid import cli, memory, processes
from milaid.errors import ReportError

MB = 10**6
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are set as on Unix")


@pytest.fixture(autouse=True)
def without_limits(monkeypatch, tmp_path):
    """No limit of the machine that the tests run on counts."""
    monkeypatch.setattr(memory, "_limit_of_process", lambda name: None)
    monkeypatch.setattr(memory, "_OWN_CGROUPS", tmp_path / "none")


def group(folder: Path, monkeypatch: pytest.MonkeyPatch, own: str, files: dict[str, str]) -> None:
    """Let this process be in groups as two files of Linux say."""
    for name, content in files.items():
        path = folder / "cgroup" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="ascii")
    (folder / "own").write_text(own, encoding="ascii")
    monkeypatch.setattr(memory, "_CGROUPS", folder / "cgroup")
    monkeypatch.setattr(memory, "_OWN_CGROUPS", folder / "own")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not say it so")
def test_what_a_process_has_is_read_and_what_it_no_longer_uses_is_given_back():
    code = (
        "from milaid import memory\n"
        "start = memory.resident()\n"
        "kept = [bytes(2000) for _ in range(40_000)]\n"
        "last = bytes(1000)\n"
        "full = memory.resident()\n"
        "del kept\n"
        "memory.give_back()\n"
        "print(start, full, memory.resident())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    start, full, after = map(int, done.stdout.split())
    assert full - start > 75 * MB
    assert after - start < 20 * MB


def test_where_the_system_does_not_say_what_a_process_has_nothing_is_known(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "_STATE_OF_MEMORY", tmp_path / "none")
    assert memory.resident() is None


@pytest.mark.parametrize("words", COMMANDS, ids=IDS.get)
def test_each_command_stops_at_the_door(words, monkeypatch, capsys):
    monkeypatch.setattr(memory, "_limit_of_process", lambda name: 440 * MB if name == "RLIMIT_AS" else None)
    with pytest.raises(SystemExit) as ended:
        cli.main(list(words))
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.out == ""
    assert said.err.startswith(
        "milaid: there is too little memory: the shell lets a process have 440 MB (ulimit -v)"
    )
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", (["--help"], ["params", "-h"], ["--version"], ["data", "add", "--help"])
)
def test_help_is_given_whatever_the_limit(arguments, monkeypatch, capsys):
    monkeypatch.setattr(memory, "_limit_of_process", lambda name: 1)
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 0
    assert capsys.readouterr().err == ""


@posix
@pytest.mark.parametrize("most", (60, 300, 440, 600, 1900))
@pytest.mark.parametrize("arguments", (["params"], ["build"], ["explore"]))
def test_a_real_limit_ends_in_one_message(most, arguments):
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (most * MB, most * MB))

    done = subprocess.run(
        [sys.executable, "-m", "milaid", *arguments],
        preexec_fn=limited,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("milaid: there is too little memory: the shell lets a process have")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "least", "said"),
    (
        ("RLIMIT_AS", memory.ADDRESS_SPACE, "ulimit -v"),
        ("RLIMIT_DATA", memory.DATA, "ulimit -d"),
        ("RLIMIT_NPROC", memory.THREADS, "ulimit -u"),
    ),
)
def test_what_suffices_is_let_pass_and_one_less_is_not(name, least, said, monkeypatch):
    monkeypatch.setattr(memory.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(memory, "_limit_of_process", {name: least}.get)
    memory.require_memory()
    monkeypatch.setattr(memory, "_limit_of_process", {name: least - 1}.get)
    with pytest.raises(ReportError, match=said):
        memory.require_memory()


def test_the_superuser_has_no_limit_of_processes(monkeypatch):
    monkeypatch.setattr(memory.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(memory, "_limit_of_process", {"RLIMIT_NPROC": 1}.get)
    memory.require_memory()


GROUPS = {
    "second version": ("0::/work/job\n", {"work/memory.max": "{}\n", "work/job/memory.max": "max\n"}),
    "first version": (
        "5:memory:/job\n3:cpu,cpuacct:/\n0::/\n",
        {"memory/job/memory.limit_in_bytes": "{}\n", "memory/memory.limit_in_bytes": "9223372036854771712\n"},
    ),
    "seen from inside a container": ("5:memory:/docker/4f1\n", {"memory/memory.limit_in_bytes": "{}\n"}),
}


@pytest.mark.parametrize("version", GROUPS)
def test_the_limit_of_a_container_is_found_and_told(version, tmp_path, monkeypatch):
    own, files = GROUPS[version]
    group(tmp_path, monkeypatch, own, {name: text.format(512 * MB) for name, text in files.items()})
    with pytest.raises(ReportError, match=r"may have 512 MB, and milaid may need 800 MB; .* Docker"):
        memory.require_memory()
    group(tmp_path, monkeypatch, own, {name: text.format(memory.CONTAINER) for name, text in files.items()})
    memory.require_memory()


def test_a_group_of_few_processes_is_told(tmp_path, monkeypatch):
    group(tmp_path, monkeypatch, "0::/job\n", {"job/pids.max": "20\n", "job/memory.max": "max\n"})
    with pytest.raises(
        ReportError, match=r"may have 20, threads included, and milaid may need 100; .* TasksMax"
    ):
        memory.require_memory()


@pytest.mark.parametrize(
    ("files", "expected"),
    (
        ({"memory.max": "max"}, 8),
        ({"memory.max": f"{800 * MB}"}, 1),
        ({"memory.max": f"{2000 * MB}"}, 3),
        ({"pids.max": "100"}, 3),
        ({"memory.max": f"{2000 * MB}", "pids.max": "60"}, 2),
        ({"memory.max": "1", "pids.max": "1"}, 1),
    ),
)
def test_so_many_reports_are_made_at_once_as_a_container_has_room_for(files, expected, tmp_path, monkeypatch):
    group(tmp_path, monkeypatch, "0::/\n", files)
    monkeypatch.setattr(processes.os, "sched_getaffinity", lambda process: set(range(8)), raising=False)
    assert processes.cores() == expected


@pytest.mark.parametrize("said", ("", "\xff", "a:b\n::\n", "0::/../../x\n"))
def test_groups_of_another_form_are_no_limit(said, tmp_path, monkeypatch):
    group(tmp_path, monkeypatch, "", {"other": "5"})
    (tmp_path / "own").write_bytes(said.encode("latin-1"))
    memory.require_memory()
