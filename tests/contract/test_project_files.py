"""Files that must say the same: dependencies, versions, targets, and words that do not belong here."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import milaid

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]


def name_and_bound(requirement: str) -> tuple[str, str]:
    name, bound = re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", requirement.strip()).groups()
    return re.sub(r"[-_.]+", "-", name).lower(), bound


def test_the_conda_environment_has_the_same_direct_dependencies() -> None:
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    listed = {name_and_bound(line.strip()[2:]) for line in lines if re.match(r"\s+- [a-z].*>=", line)}
    wanted = {name_and_bound(item) for item in PYPROJECT["project"]["dependencies"]}
    assert listed == wanted | {("python", PYPROJECT["project"]["requires-python"])}


def test_the_conda_environment_names_what_the_extras_add() -> None:
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    listed = [name_and_bound(line[4:]) for line in lines if line.startswith("# - ")]
    assert listed == [name_and_bound(item) for items in EXTRAS.values() for item in items]
    assert all(f"#   extra {name}: " in "\n".join(lines) for name in EXTRAS)


def test_what_an_extra_adds_is_there_for_the_tests() -> None:
    there = {name_and_bound(item) for item in PYPROJECT["dependency-groups"]["dev"]}
    assert {name_and_bound(item) for items in EXTRAS.values() for item in items} <= there


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs/decisions/0005-dependencies.md").read_text(encoding="utf-8").lower()
    extras = [item for items in EXTRAS.values() for item in items]
    groups = [*PYPROJECT["project"]["dependencies"], *extras, *PYPROJECT["dependency-groups"]["dev"]]
    missing = [item for item in groups if name_and_bound(item)[0] not in reasons.replace("_", "-")]
    assert not missing


def test_version_and_day_agree() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert PYPROJECT["project"]["version"] == milaid.__version__
    assert f"version: {milaid.__version__}" in citation
    assert f"date-released: {milaid.__released__}" in citation


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"\.PHONY: (.+)", makefile)[1].split()
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [target for target in targets if f"make {target}" not in shown] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
def test_only_ci_names_the_folder_of_the_official_files() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    texts = [name for name in tracked if not name.endswith((".ttf", ".woff2", ".parquet", ".png"))]
    named = [name for name in texts if "../" + "shared" in (ROOT / name).read_text(encoding="utf-8")]
    assert set(named) <= {".ci/run"}
