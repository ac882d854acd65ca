"""papermill as it is, on a notebook that milaid built: the new values are in force, and what says so is right."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from exported import words, words_of
from milaid.publish.files.exporters import MilaidHTMLExporter, MilaidPDFExporter
from milaid.publish.report import make_report
from milaid.publish.run.environment import RunningPython, environment
from milaid.publish.run.parameters import values_in

MakeProject = Callable[..., Path]
CELLS = (
    "import dataclasses, milaid.exhibits, samples",
    "dataclasses.replace(samples.front(), title=f'The year {fiscal_year}')",
    "## One",
    "samples.figure('a', title=f'{fiscal_year}, {top_n}', note='')",
)


@pytest.fixture
def root(project: MakeProject) -> Path:
    made = project(*CELLS)
    make_report("annual", {"fiscal_year": 2014}, formats=["html"])
    return made


def run_papermill(root: Path, source: str, target: str, *options: str) -> NotebookNode:
    """Run the command as the world has it; its kernels are those of this environment."""
    asked = [sys.executable, "-m", "papermill", source, target, "--cwd", str(root), "-k", "python3", *options]
    done = subprocess.run(
        asked, cwd=root, env=environment(str(root)), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return nbformat.read(root / target, as_version=4)


def front_of(made: NotebookNode) -> str:
    """Return what the notebook itself shows as its front."""
    shown = [
        o["data"].get("text/html", "") for cell in made.cells for o in cell.get("outputs", ()) if "data" in o
    ]
    return words(next(html for html in shown if "The year" in html))


def put(made: NotebookNode, tag: str, value: int) -> None:
    [cell] = [cell for cell in made.cells if tag in cell.metadata.get("tags", ())]
    cell.source = re.sub(r"fiscal_year = \d+", f"fiscal_year = {value}", cell.source)


def run_all(made: NotebookNode, root: Path) -> None:
    client = NotebookClient(made, kernel_manager_class=RunningPython, kernel_name="python3")
    client.execute(env=environment(str(root)), cwd=str(root))


def test_the_new_values_are_in_force_and_said_by_notebook_page_and_print(root: Path) -> None:
    made = run_papermill(root, "reports/annual/2014.ipynb", "out.ipynb", "-p", "fiscal_year", "2013")
    assert [c.metadata.tags for c in made.cells if c.metadata.get("tags")] == [
        ["parameters"],
        ["injected-parameters"],
    ]
    assert values_in(made)["fiscal_year"] == 2013
    assert "fiscal_year is 2013, not 2014" in front_of(made)
    page = MilaidHTMLExporter().from_notebook_node(made)[0]
    print_ = words_of(MilaidPDFExporter().from_notebook_node(made)[0])
    for said in (words(page), print_):
        assert "The year 2013" in said and "2013, 10" in said
        assert "fiscal_year = 2013 (in the suite's notebook: 2014)" in said
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", "out.ipynb"], cwd=root, check=True)
    plain = words((root / "out.html").read_text(encoding="utf-8"))
    assert "The year 2013" in plain and "fiscal_year is 2013, not 2014" in plain


def test_a_cell_of_parameters_changed_above_the_injected_one_does_not_lose_in_silence(root: Path) -> None:
    made = run_papermill(root, "reports/annual/2014.ipynb", "out.ipynb", "-p", "fiscal_year", "2013")
    put(made, "parameters", 2012)
    run_all(made, root)
    assert "fiscal_year is 2013, not 2012" in front_of(made)
    assert "delete that cell" in front_of(made)
    told = "fiscal_year = 2013, set by the cell tagged injected-parameters; the 2012 of the cell tagged parameters is"
    assert told in words(MilaidHTMLExporter().from_notebook_node(made)[0])
    put(made, "injected-parameters", 2014)
    run_all(made, root)
    assert "the 2012 of the cell tagged parameters is not in force" in words(
        MilaidHTMLExporter().from_notebook_node(made)[0]
    ), "it is said though the values in force are those of the suite"
    made.cells = [c for c in made.cells if "injected-parameters" not in c.metadata.get("tags", ())]
    run_all(made, root)
    assert "The year 2012" in front_of(made)
    assert "is 2013" not in front_of(made) and "not 2012" not in front_of(made)


def test_two_cells_that_agree_and_one_cell_alone_say_nothing(root: Path) -> None:
    made = nbformat.read(root / "reports/annual/2014.ipynb", as_version=4)
    assert "papermill" not in front_of(made)
    again = run_papermill(root, "reports/annual/2014.ipynb", "same.ipynb", "-p", "fiscal_year", "2014")
    assert "papermill" not in front_of(again)
    assert MilaidHTMLExporter().from_notebook_node(again)[0] == (root / "reports/annual/2014.html").read_text(
        encoding="utf-8"
    )


def test_papermill_run_again_on_what_it_made_says_the_newest_value(root: Path) -> None:
    run_papermill(root, "reports/annual/2014.ipynb", "out.ipynb", "-p", "fiscal_year", "2013")
    made = run_papermill(root, "out.ipynb", "again.ipynb", "-p", "fiscal_year", "2011")
    assert "fiscal_year is 2011, not 2014" in front_of(made)
    assert "fiscal_year = 2011 (in the suite's" in words(MilaidHTMLExporter().from_notebook_node(made)[0])
