"""The wheel: what it carries, and that it makes in an empty folder what the checkout makes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from milaid.tables import store
from wheels import build, unpack

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("lib", "data", "notebooks", "reports/plan.yml", "docs", "tests/limits.py", ".gitignore")
STRAY = (
    "data/official/fmtr/africa.pdf",
    "data/foreignassistance.parquet",
    "data/.build-1/aid.parquet",
    "notebooks/.ipynb_checkpoints/annual_trends-checkpoint.ipynb",
    "reports/annual/2014.html",
    "reports/.built.jsonl",
    "export/README.md",
    "lib/milaid/__pycache__/paths.cpython-311.pyc",
)
MOST_BYTES = 14_000_000

pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not installed; run make test")
pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")


def copy_project(target: Path) -> Path:
    """Copy what a wheel is built from, and put beside it what a day's work leaves."""
    kept_out = shutil.ignore_patterns(
        "__pycache__", "official", ".build-*", "foreignassistance.parquet", ".ipynb_checkpoints"
    )
    for name in (*COPIED, *(path.name for path in ROOT.iterdir() if path.is_file())):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=kept_out)
        else:
            shutil.copyfile(ROOT / name, target / name)
    for name in STRAY:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(b"stray")
    return target


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(project, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a wheel is unpacked into, as an installer does."""
    return unpack(wheel, tmp_path_factory.mktemp("site") / "packages")


def test_it_carries_code_data_notebooks_and_plan_and_nothing_else(project: Path, wheel: Path) -> None:
    expected = {
        f"milaid/{path.relative_to(project / 'lib/milaid').as_posix()}": path
        for path in (project / "lib" / "milaid").rglob("*")
    }
    expected |= {
        f"milaid/project/{path.relative_to(project).as_posix()}": path
        for room in ("data", "notebooks", "reports")
        for path in (project / room).rglob("*")
    }
    expected["milaid/project/uv.lock"] = project / "uv.lock"
    stray = {project / name for name in STRAY}
    expected = {name: path for name, path in expected.items() if path.is_file() and path not in stray}
    with zipfile.ZipFile(wheel) as packed:
        inside = {name for name in packed.namelist() if name.startswith("milaid/")}
        assert inside == set(expected)
        assert all(packed.read(name) == path.read_bytes() for name, path in expected.items())
        others = {name.partition("/")[2] for name in packed.namelist() if name not in inside}
    described = {
        "METADATA",
        "WHEEL",
        "RECORD",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/LICENSE-DATA.md",
    }
    of_jupyter = {
        "data/etc/jupyter/jupyter_server_config.d/milaid.json",
        "data/share/jupyter/lab/settings/overrides.d/milaid.json",
    }
    assert others == described | of_jupyter
    assert wheel.stat().st_size < MOST_BYTES


def test_a_source_archive_builds_the_same_wheel(project: Path, wheel: Path, tmp_path: Path) -> None:
    archive = build(project, "sdist", tmp_path / "sdist")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "from", filter="data")
    (source,) = (tmp_path / "from").iterdir()
    again = build(source, "wheel", tmp_path / "wheel")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert sorted(first.namelist()) == sorted(second.namelist())
        assert all(first.read(name) == second.read(name) for name in first.namelist())


def run(folder: Path, *arguments: str, package: Path | None = None) -> str:
    """Run milaid in a folder, with the package unpacked somewhere or that of the checkout; returns what it says."""
    env = {name: value for name, value in os.environ.items() if name not in ("MILAID_ROOT", "PYTHONPATH")}
    env |= {"PYTHONPATH": str(package)} if package else {}
    done = subprocess.run(
        [sys.executable, "-m", "milaid", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_in_an_empty_folder_it_makes_what_the_checkout_makes(unpacked: Path, tmp_path: Path) -> None:
    empty, out = tmp_path / "empty", tmp_path / "checkout"
    empty.mkdir()
    before = bytes_of(unpacked / "milaid" / "project")
    assert f"{unpacked / 'milaid' / 'project' / 'data'}" in run(empty, "doctor", package=unpacked)
    run(empty, "report", "country", "--country", "CPV", package=unpacked)
    run(empty, "report", "country", "--country", "CPV", "--out", str(out))
    made = {name: digest for name, digest in bytes_of(empty / "reports").items() if not name.startswith(".")}
    assert {"country/CPV.html", "country/CPV.pdf", "country/CPV.ipynb"} <= set(made)
    assert made == {name: digest for name, digest in bytes_of(out).items() if not name.startswith(".")}
    assert [path.name for path in empty.iterdir()] == ["reports"]
    assert bytes_of(unpacked / "milaid" / "project") == before


def test_a_copy_of_notebooks_and_plan_is_used_where_it_lies(unpacked: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    run(tmp_path, "init", "mine", package=unpacked)
    notebook = mine / "notebooks" / "program_guide.ipynb"
    text = notebook.read_text(encoding="utf-8")
    plan = "formats: [html]\nreports:\n  - report: program-guide\n    title: My own guide\n"
    assert '"## ' in text
    notebook.write_text(text.replace('"## ', '"## My ', 1), encoding="utf-8", newline="")
    (mine / "reports" / "plan.yml").write_text(plan, encoding="utf-8")
    assert "1 report built" in run(mine, "build", package=unpacked)
    assert "<h2" in (page := (mine / "reports" / "program-guide.html").read_text(encoding="utf-8"))
    assert "My " in page[page.index("<h2") :].partition("</h2>")[0]
    assert "My own guide" in (mine / "reports" / "index.html").read_text(encoding="utf-8")
    assert "0 reports built, 1 unchanged" in run(mine, "build", package=unpacked)
    assert str(unpacked / "milaid" / "project" / "data") in run(mine, "doctor", package=unpacked)
