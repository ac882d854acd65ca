"""`make lab` and `milaid lab` walked in a real browser as Start.ipynb says, where one is installed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
import pytest
from working import BROWSER, Worker, exported, lab, make_project

from milaid.tables import store

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; run make test")
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path"),
    pytest.mark.skipif(not store.available_years(), reason="no activities; run make data"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MILAID_ROOT", raising=False)
        return make_project(tmp_path_factory.mktemp("lab") / "project")


def digests(project: Path) -> dict[str, str]:
    files = [path for path in (project / "notebooks").rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_start_opens_runs_and_asks_nothing_of_the_network(project: Path, worker: Worker) -> None:
    before = digests(project)
    with lab(project) as address:
        assert "/lab/tree/work/Start.ipynb" in address
        worker.open(address)
        cards = worker.page.locator(".jp-RenderedMarkdown div:has(> a):has(code)")
        assert cards.count() == 7
        assert cards.first.evaluate("card => getComputedStyle(card).display") == "inline-block"
        assert worker.command("notebook:run-all-cells") is True
        shown = worker.outputs()
        assert len(shown) >= 8
        assert [output for output in shown if output["output_type"] == "error"] == []
        worker.command("docmanager:save")
        assert "notification" not in worker.page.locator("body").inner_text().lower()
        worker.page.get_by_role("link", name="work/country-COL-2018.ipynb").click()
        worker.wait_for_notebook("work/country-COL-2018.ipynb")
        worker.page.locator(".lm-TabBar-tabLabel >> text=Start.ipynb").click()
        cards.get_by_role("link", name="Country profile").click()
        # The server waits for ever for a kernel that was about to start when it was told to end.
        worker.wait_for_notebook("work/country.ipynb")
    assert worker.left == []
    assert digests(project) == before


def test_the_copy_of_a_report_is_run_and_exported_under_its_name(project: Path, worker: Worker) -> None:
    before = digests(project)
    with lab(project, "country", "COL", "--fiscal-year", "2018") as address:
        worker.open(address)
        assert worker.command("notebook:run-all-cells") is True
        made = exported(worker, "milaid HTML")
        assert made.status == 200
        assert "country-COL-2018.html" in made.headers["content-disposition"]
        page = made.text
    assert "Colombia" in page
    assert "Re-analysis" not in page
    assert worker.left == []
    assert digests(project) == before


def test_a_notebook_of_the_suite_is_opened_but_not_written(project: Path, worker: Worker) -> None:
    before = digests(project)
    with lab(project, "--port", "8897") as address:
        assert ":8897/" in address
        worker.open(address.replace("work/Start.ipynb", "notebooks/program_guide.ipynb"))
        assert worker.command("notebook:run-all-cells") is True
        refused = worker.page.evaluate(
            """() => { const context = window.jupyterapp.shell.currentWidget.context;
            const file = {type: 'notebook', format: 'json', content: context.model.toJSON()};
            return window.jupyterapp.serviceManager.contents.save(context.path, file)
                .then(() => 'written', error => error.message) }"""
        )
        assert "the notebooks of the suite stay as they are" in refused
        worker.menu("File", "Save and Export Notebook As")
        worker.choose("milaid HTML")
        said = worker.page.locator(".jp-Dialog").inner_text()
        assert (
            "notebooks/program_guide.ipynb is not written: the notebooks of the suite stay as they are"
            in said
        )
    assert digests(project) == before
    assert not list((project / "notebooks").rglob("*checkpoint*"))
    assert nbformat.read(project / "work" / "Start.ipynb", 4).cells
