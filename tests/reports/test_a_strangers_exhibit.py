"""An exhibit added to the annual report by the text of CONTRIBUTING.md alone: two files, and no list."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import nbformat
import pytest
from nbformat import v4

from milaid import paths
from milaid.exhibits.subject import open_subject
from report_reading import check_block

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEPS = TEXT.split("## A new exhibit, step by step\n")[1].split("\n## ")[0]
MODULE, CELL = (
    textwrap.dedent(block)
    for block in re.findall(r"^ +```python\n(.*?)^ +```", STEPS, re.DOTALL | re.MULTILINE)
)
[PLACE] = set(re.findall(r"`(lib/milaid/exhibits/\w+/\w+\.py)`", STEPS))
[NOTEBOOK] = set(re.findall(r"`(notebooks/\w+\.ipynb)`", STEPS))
[HEADING] = re.findall(r"below what stands under \*([^*]+)\*", STEPS)
YEAR = 2014


def copy_of_the_project(root: Path) -> Path:
    """Copy what a report is made from; the tables, which nothing here writes, are linked."""
    shutil.copytree(ROOT / "lib", root / "lib", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    (root / "data").symlink_to(paths.data_dir())
    return root


def add_cell(path: Path) -> None:
    """Add the cell to a notebook where the text says."""
    notebook = nbformat.read(path, as_version=4)
    [start] = [n for n, cell in enumerate(notebook.cells) if cell.source == f"## {HEADING}"]
    after = [n for n, cell in enumerate(notebook.cells) if n > start and cell.source.startswith("## ")]
    notebook.cells.insert(after[0], v4.new_code_cell(CELL.rstrip()))
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the annual report, built in a copy of the project with the module and the cell added."""
    root = copy_of_the_project(tmp_path_factory.mktemp("project"))
    assert not (root / PLACE).exists()
    (root / PLACE).write_text(MODULE, encoding="utf-8")
    add_cell(root / NOTEBOOK)
    command = ["report", "annual", "--fiscal-year", str(YEAR), "--format", "html"]
    start = "import sys, milaid.cli; print(milaid.cli.__file__); milaid.cli.main(sys.argv[1:])"
    without = {name: value for name, value in os.environ.items() if name != "MILAID_ROOT"}
    done = subprocess.run(
        [sys.executable, "-c", start, *command],
        cwd=root, env={**without, "PYTHONPATH": str(root / "lib")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert str(root) in done.stdout
    return (root / f"reports/annual/{YEAR}.html").read_text(encoding="utf-8")


def start_months(year: int) -> object:
    namespace: dict[str, object] = {}
    exec(compile(MODULE, PLACE, "exec"), namespace)
    [function] = re.findall(r"^months\.(\w+)\(subject\)$", CELL, re.MULTILINE)
    return namespace[function](open_subject(year))


def test_the_exhibit_is_in_the_report_with_the_numbers_of_the_data(page: str) -> None:
    [first] = duckdb.execute(
        "select monthname(start_date), sum(quantity)::int from read_parquet($1) where status = 'actual' "
        "group by 1 order by 2 desc limit 1",
        [f"{paths.trainings_dir()}/fy{YEAR}.parquet"],
    ).fetchall()
    section = page.split(f">{HEADING}<")[-1].split("<h2")[0]
    assert f"{first[0]}: " in section and f"{first[1]:,}" in section
    assert "by the month of the start date" in section


@pytest.mark.parametrize("year", [2001, 2006, 2011, 2020])
def test_the_exhibit_holds_no_gap_of_the_code_in_other_years(year: int) -> None:
    check_block(start_months(year))


def test_a_year_without_dates_shows_nothing() -> None:
    assert start_months(1999) is None


def test_the_module_is_as_the_linter_wants_it() -> None:
    for command in (["check"], ["format", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", PLACE, "-"],
            cwd=ROOT, input=MODULE, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def test_every_notebook_is_in_the_table_of_those_that_show_exhibits() -> None:
    rows = set(re.findall(r"^ +\| `(\w+\.ipynb)` \|", STEPS, re.MULTILINE))
    assert rows == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")} - {"Start.ipynb"}
