"""Each notebook of notebooks/ in JupyterLab and a real browser: opened, run, changed, run again, exported both ways."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from working import BROWSER, Worker, at_work, exported, lab, make_project

from milaid.paths import notebooks_dir
from milaid.tables import store

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; run make test")
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path"),
    pytest.mark.skipif(not store.available_years(), reason="no activities; run make data"),
]
# Subjects with few rows: what is asked for first, what is changed then, and how the export is named.
REPORTS = {
    "annual_trends.ipynb": (("annual", "2001"), {"fiscal_year": "2002"}, "annual-2002"),
    "country_profile.ipynb": (("country", "Palau"), {"country": '"TON"', "fiscal_year": "2019"}, "country-TON-2019"),
    "region_profile.ipynb": (("region", "africa", "--fiscal-year", "2001"), {"fiscal_year": "2002"}, "region-africa-2002"),
    "program_profile.ipynb": (("program", "HMA"), {"fiscal_year": "2018"}, "program-HMA-2018"),
    "comparison.ipynb": (("comparison", "Palau,Tonga"), {"members": '"TON,FJI"'}, "comparison-TON-FJI-2020"),
    "program_guide.ipynb": (("program-guide",), {}, "program-guide"),
    "data_quality.ipynb": (("data-quality",), {}, "data-quality"),
}  # fmt: skip
ADDED = "annual_aid.ipynb"
"""Needs a table that a user adds; tests/reports/test_added_tables.py makes its report."""
OTHERS = ("Start.ipynb", "explore/explorer.ipynb", "explore/units.ipynb", "explore/sql.ipynb")


def test_every_notebook_is_tried() -> None:
    there = {path.relative_to(notebooks_dir()).as_posix() for path in notebooks_dir().rglob("*.ipynb")}
    assert there == {*REPORTS, *OTHERS, ADDED}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MILAID_ROOT", raising=False)
        return make_project(tmp_path_factory.mktemp("each") / "project")


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    """One JupyterLab for all notebooks."""
    with lab(project) as address:
        # Without the notebooks that were opened before, each of which would have its kernel again.
        yield f"{address}&reset"


@pytest.fixture
def worker(chromium: Any) -> Iterator[Worker]:
    with at_work(chromium, 120_000) as made:
        yield made
        made.end()


def put(worker: Worker, name: str, value: str) -> None:
    """Change a value in the one cell of parameters."""
    changed = worker.page.evaluate(
        """([name, value]) => { const line = new RegExp(`^${name} = .*$`, 'm');
        const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells;
        const found = cells.filter(cell => line.test(cell.getSource()));
        for (const cell of found) cell.setSource(cell.getSource().replace(line, `${name} = ${value}`));
        return found.length }""",
        [name, value],
    )
    assert changed == 1


def add(worker: Worker, kind: str, source: str) -> None:
    """Add a cell at the end."""
    worker.page.evaluate(
        """([cell_type, source]) => { const model = window.jupyterapp.shell.currentWidget.content.model.sharedModel;
        model.insertCell(model.cells.length, {cell_type, source, metadata: {}}) }""",
        [kind, source],
    )


def run_all(worker: Worker) -> list[dict[str, Any]]:
    """Run all cells; returns what they show, none of it an error."""
    done = worker.command("notebook:run-all-cells")
    shown = worker.outputs()
    assert [output["traceback"] for output in shown if output["output_type"] == "error"] == []
    assert done is True
    return shown


def exported_both_ways(worker: Worker, name: str) -> str:
    """Export as HTML and PDF, both named as said; returns the page."""
    page, print_ = exported(worker, "milaid HTML"), exported(worker, "milaid PDF")
    assert (page.status, print_.status) == (200, 200), page.text[:2000]
    assert page.headers["content-disposition"].endswith(f"{name}.html")
    assert print_.headers["content-disposition"].endswith(f"{name}.pdf")
    assert print_.content.startswith(b"%PDF")
    return page.text


@pytest.mark.parametrize("notebook", REPORTS)
def test_the_notebook_of_a_report_is_changed_and_exported(
    notebook: str, project: Path, address: str, worker: Worker
) -> None:
    asked, changed, name = REPORTS[notebook]
    made = subprocess.run(
        [sys.executable, "-m", "milaid", "lab", *asked, "--copy-only"],
        cwd=project, check=True, capture_output=True, text=True,
    )  # fmt: skip
    worker.open(address.replace("work/Start.ipynb", Path(made.stdout.strip()).as_posix()))
    first = run_all(worker)
    assert len(first) >= 8
    for parameter, value in changed.items():
        put(worker, parameter, value)
    add(worker, "markdown", "Added by hand.")
    add(worker, "code", 'import milaid as m\nm.totals("fiscal_year", country="Tonga", years="2018-2020")')
    second = run_all(worker)
    assert (second != first) and len(second) >= 9
    page = exported_both_ways(worker, name)
    assert "Added by hand." in page and "Re-analysis" in page
    assert worker.left == []


@pytest.mark.parametrize("notebook", OTHERS)
def test_another_notebook_is_saved_in_work_changed_and_exported(
    notebook: str, project: Path, address: str, worker: Worker
) -> None:
    name = Path(notebook).stem
    worker.open(address.replace("work/Start.ipynb", f"notebooks/{notebook}"))
    worker.save_as(f"work/{name}-mine.ipynb")
    run_all(worker)
    add(worker, "markdown", "Added by hand.")
    add(worker, "code", 'import milaid as m\nm.totals("fiscal_year", country="Tonga", years="2018-2020")')
    assert len(run_all(worker)) >= 2
    assert "Added by hand." in exported_both_ways(worker, f"{name}-mine")
    assert worker.left == []
    assert nbformat.read(project / "work" / f"{name}-mine.ipynb", 4).cells[-1].outputs
