"""Reports where the system lacks what Windows lacks: no fork, no masks of signals, no sockets in folders, other texts."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from milaid import paths
from milaid.tables import store
from small_project import made_by_hand
from without_posix import as_on_windows

pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")
PLAN = "reports:\n  - {report: country, each: country, only: [CPV, SYC]}\n"


FEW_YEARS = (2019, 2020)


def milaid(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run([sys.executable, "-m", "milaid", *arguments], env=env, capture_output=True)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done


def bytes_of(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder but what this machine remembers of files."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture
def windows(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "start").mkdir()
    return as_on_windows(tmp_path / "start")


def test_what_is_taken_away_is_away_for_milaid_and_for_nobody_else(windows: dict[str, str]) -> None:
    code = (
        "import json, os, signal, socket, sys, multiprocessing as m\n"
        "seen = [hasattr(os, 'fork'), hasattr(signal, 'pthread_sigmask'), hasattr(socket, 'AF_UNIX')]\n"
        "print(json.dumps([*seen, len(m.get_all_start_methods()), open(os.devnull).encoding]))\n"
    )
    for name, expected in (
        ("milaid.x", b'[false, false, false, 1, "cp1252"]'),
        ("x", b'[true, true, true, 1, "cp1252"]'),
    ):
        run = f"exec({code!r}, {{'__name__': {name!r}}})"
        done = subprocess.run([sys.executable, "-c", run], env=windows, capture_output=True, check=True)
        assert done.stdout.strip() == expected


def test_a_kernel_is_reached_over_the_network_of_this_machine_alone(windows: dict[str, str]) -> None:
    code = (
        "from milaid.publish.run.environment import RunningPython\n"
        "kernels = RunningPython()\n"
        "print(kernels.transport, kernels.ip)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=windows, capture_output=True, check=True)
    assert done.stdout.split() == [b"tcp", b"127.0.0.1"]


@pytest.fixture
def few_years(tmp_path: Path) -> Path:
    """A project with the notebooks and tables of this one, but activities of few years: all are written for download."""
    root = tmp_path / "project"
    shutil.copytree(paths.data_dir(), root / "data")
    shutil.copytree(paths.notebooks_dir(), root / "notebooks")
    for year in set(store.available_years()) - set(FEW_YEARS):
        (root / "data" / "trainings" / f"fy{year}.parquet").unlink()
    made_by_hand(root / "data")
    return root


def test_a_report_and_a_build_give_the_same_bytes(
    tmp_path: Path, windows: dict[str, str], few_years: Path
) -> None:
    plan = tmp_path / "plan.yml"
    plan.write_text(PLAN, encoding="utf-8")
    here = {"MILAID_ROOT": str(few_years)}
    for name, env in (("usual", dict(os.environ)), ("as-on-windows", windows)):
        out = str(tmp_path / name)
        milaid("build", "--plan", str(plan), "--out", out, "--jobs", "2", env=env | here)
        milaid("report", "program-guide", "--out", str(tmp_path / f"{name}-alone"), env=env)
    usual = bytes_of(tmp_path / "usual")
    assert {"country/SYC.pdf", "country/CPV.html", "country/CPV.ipynb", "index.html"} <= set(usual)
    assert {
        "data/us-foreign-military-training.zip",
        "data/csv/trainings.csv",
        "data/parquet/trainings.parquet",
    } <= set(usual)
    assert bytes_of(tmp_path / "as-on-windows") == usual
    assert (tmp_path / "usual-alone" / "program-guide.pdf").is_file()
    assert bytes_of(tmp_path / "as-on-windows-alone") == bytes_of(tmp_path / "usual-alone")
    # A second look finds all as it was: what is remembered is read as it was written.
    again = milaid("build", "--plan", str(plan), "--out", str(tmp_path / "as-on-windows"), env=windows | here)
    assert b"0 reports built, 2 unchanged" in again.stdout


def test_what_a_command_says_reaches_a_pipe_of_few_letters(windows: dict[str, str]) -> None:
    said = milaid("params", "country", env=windows).stdout
    assert b"C\xf4te d\x92Ivoire" in said.replace(b"\r\n", b"\n")
    fewer = milaid("params", "country", env={**windows, "PYTHONIOENCODING": "cp437"}).stdout
    assert b"C\x93te d?Ivoire" in fewer
