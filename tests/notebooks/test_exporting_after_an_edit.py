"""What JupyterLab leaves in a file when a built notebook is edited, run in part, or run again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from exported import words
from milaid.errors import ReportError
from milaid.publish.files.exporters import MilaidHTMLExporter, MilaidPDFExporter
from milaid.publish.report import make_report
from milaid.publish.run.environment import RunningPython, environment

pytestmark = pytest.mark.usefixtures("forked_kernels")

MakeProject = Callable[..., Path]
CELLS = (
    "import samples",
    "## One",
    "samples.front()",
    "samples.figure('a', title=f'{fiscal_year}, {top_n}', note='')",
    "import pandas as pd\nframe = pd.DataFrame({'x': [fiscal_year]})",
    "samples.short_table('b', note='')",
)


@pytest.fixture
def built(project: MakeProject) -> NotebookNode:
    root = project(*CELLS)
    make_report("annual", {"fiscal_year": 2013}, formats=["html"])
    return nbformat.read(root / "reports/annual/2013.ipynb", as_version=4)


def run_all(made: NotebookNode, folder: Path) -> None:
    client = NotebookClient(made, kernel_manager_class=RunningPython, kernel_name="python3")
    client.execute(env=environment(str(folder)), cwd=str(folder))


def edit(made: NotebookNode, old: str, new: str) -> None:
    [*found] = [cell for cell in made.cells if old in cell.source]
    found[-1].source = found[-1].source.replace(old, new)


def html_of(made: NotebookNode) -> str:
    return MilaidHTMLExporter().from_notebook_node(made)[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fiscal_year = 2013", "fiscal_year = 2014"),
        ("note='')", "note='other')"),
        ("[fiscal_year]", "[fiscal_year + 1]"),
    ],
)
def test_a_cell_that_is_edited_and_not_run_is_named(built: NotebookNode, old: str, new: str) -> None:
    html_of(built)
    edit(built, old, new)
    with pytest.raises(ReportError, match=r"cell \d+ \(.*\) was changed after it ran"):
        html_of(built)


def test_run_again_with_another_year_it_is_a_re_analysis(built: NotebookNode, tmp_path: Path) -> None:
    edit(built, "fiscal_year = 2013", "fiscal_year = 2014")
    run_all(built, tmp_path)
    html = html_of(built)
    assert "Figure\u00a01" in html
    assert "2014, 10" in html
    assert 'class="ribbon">Re-analysis<' in html
    assert "fiscal_year = 2014 (in the suite's notebook: 2013)" in words(html)
    assert MilaidPDFExporter().from_notebook_node(built)[0].startswith(b"%PDF")


def test_run_again_as_it_was_it_is_the_built_report(built: NotebookNode, tmp_path: Path) -> None:
    published = (tmp_path / "reports/annual/2013.html").read_text(encoding="utf-8")
    assert html_of(built) == published
    run_all(built, tmp_path)
    assert html_of(built) == published


def test_a_cell_that_alone_is_run_again_is_out_of_order(built: NotebookNode) -> None:
    code = [cell for cell in built.cells if cell.cell_type == "code"]
    code[1].execution_count = 90
    with pytest.raises(ReportError, match="ran before cell"):
        html_of(built)


def test_the_template_that_is_opened_and_run_is_compared_with_itself(project: MakeProject) -> None:
    root = project(*CELLS)
    made = nbformat.read(root / "notebooks/annual_trends.ipynb", as_version=4)
    run_all(made, root)
    assert 'class="ribbon"' not in html_of(made)
    edit(made, "top_n = 10", "top_n = 5")
    run_all(made, root)
    assert "top_n = 5 (in the suite's notebook: 10)" in words(html_of(made))
