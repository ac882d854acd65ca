"""The lines of README.md on re-analysis, each walked as it is written; what opens JupyterLab, in a real browser."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from working import BROWSER, Worker, lab, make_project

from milaid.tables import store

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; run make test")
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path"),
    pytest.mark.skipif(not store.available_years(), reason="no activities; run make data"),
]
README = Path(__file__).resolve().parents[2] / "README.md"
SECTION = re.search(r"\n## Re-analyse\n(.*?)\nIn Python:", README.read_text(encoding="utf-8"), re.DOTALL)
LINES = re.findall(r"^    (\S.*)$", SECTION[1] if SECTION else "", re.MULTILINE)
OPENING = [line for line in LINES if " lab " in line and "--copy-only" not in line]
# What is in the cell of parameters of the notebook that a line opens.
VALUES = {
    "country": ('country = "COL"', "fiscal_year = 2018"),
    "reports/annual/2014.html": ("fiscal_year = 2014",),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with an environment in .venv, as the lines want it, and the published report that they name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MILAID_ROOT", raising=False)
        made = make_project(tmp_path_factory.mktemp("readme") / "project")
        (made / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        asked = [".venv/bin/milaid", "report", "annual", "--fiscal-year", "2014"]
        subprocess.run(asked, cwd=made, check=True, capture_output=True)
        yield made


def test_the_lines_are_those_that_are_walked() -> None:
    assert [shlex.split(line, comments=True)[2] for line in OPENING] == list(VALUES)
    assert len(LINES) == len(OPENING) + 2


@pytest.mark.parametrize("line", OPENING)
def test_a_line_that_opens_a_report(line: str, project: Path, worker: Worker) -> None:
    command, name, *asked = shlex.split(line, comments=True)
    assert (command, name) == (".venv/bin/milaid", "lab")
    with lab(project, *asked) as address:
        worker.open(address)
        shown = worker.page.locator(".jp-CodeCell").first.inner_text()
        assert all(value in shown for value in VALUES[asked[0]])
        assert worker.left == []


@pytest.mark.parametrize(
    ("word", "made"),
    [("--copy-only", "work/country-COL-2018.ipynb"), ("nbconvert", "reports/annual/2014.pdf")],
)
def test_a_line_that_opens_nothing(word: str, made: str, project: Path) -> None:
    (line,) = (line for line in LINES if word in line)
    (project / made).unlink(missing_ok=True)
    done = subprocess.run(shlex.split(line, comments=True), cwd=project, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    if word == "--copy-only":
        made = done.stdout.strip()
        assert made.startswith("work/country-COL")
    assert (project / made).stat().st_size > 1000
