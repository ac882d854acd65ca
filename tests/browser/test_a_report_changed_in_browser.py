"""What the README says of re-analysis, walked: open a published report, change a value, run all, export it."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

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
        made = make_project(tmp_path_factory.mktemp("changed") / "project")
        for year in (2012, 2014):
            asked = [sys.executable, "-m", "milaid", "report", "annual", "--fiscal-year", str(year)]
            subprocess.run(asked, cwd=made, check=True, capture_output=True)
    return made


def put(worker: Worker, value: str) -> None:
    """Change the year in the one cell of parameters."""
    changed = worker.page.evaluate(
        """value => { const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells;
        const found = cells.filter(cell => /^fiscal_year = /m.test(cell.getSource()));
        for (const cell of found)
            cell.setSource(cell.getSource().replace(/^fiscal_year = .*$/m, `fiscal_year = ${value}`));
        return found.length }""",
        value,
    )
    assert changed == 1


def said_in_error(worker: Worker) -> str:
    errors = [output for output in worker.outputs() if output["output_type"] == "error"]
    assert len(errors) == 1
    return "\n".join(errors[0]["traceback"])


def sentences(page: str) -> list[str]:
    """Return what a page says in its body, drawings included, without what tells how it was made and can be cited."""
    body = re.sub(r'<footer class="use">.*?</footer>|<script>.*?</script>', "", page, flags=re.DOTALL)
    body = body[body.index("<main") :]
    return re.findall(r">([^<>]*\d[^<>]*)<", body)


def test_another_year_is_the_report_of_that_year(project: Path, worker: Worker) -> None:
    with lab(project, "reports/annual/2014.html") as address:
        worker.open(address)
        put(worker, "2012")
        refused = exported(worker, "milaid HTML")
        assert refused.status == 422
        assert "no cell has run" in refused.text
        assert worker.command("notebook:run-all-cells") is True
        made = exported(worker, "milaid HTML")
        assert made.status == 200
        assert "annual-2012.html" in made.headers["content-disposition"]
        page = made.text
        assert exported(worker, "milaid PDF").content.startswith(b"%PDF")
        put(worker, "1990")
        assert worker.command("notebook:run-all-cells") is False
        said = said_in_error(worker)
        assert "fiscal_year: 1990 is not allowed; allowed: 1999 to" in said
        assert "Traceback" not in said
        assert worker.left == []
    assert "fiscal_year = 2012 (in the suite's notebook: 2014)" in html.unescape(page)
    suite = (project / "reports" / "annual" / "2012.html").read_text(encoding="utf-8")
    own = [line for line in sentences(page) if "in the suite" not in line]
    assert own == sentences(suite)
