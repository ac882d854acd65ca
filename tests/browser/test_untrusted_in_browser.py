"""A built notebook on a machine that does not trust it: opened in JupyterLab, it shows what was published."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from working import BROWSER, Worker, lab, make_project

from milaid.tables import store

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; run make test")
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path"),
    pytest.mark.skipif(not store.available_years(), reason="no activities; run make data"),
]
LOOKS = """selector => { const one = document.querySelector(selector), it = getComputedStyle(one);
return Object.fromEntries(['textAlign', 'fontWeight', 'display', 'borderBottomStyle', 'borderTopStyle',
'listStyleType', 'position', 'fontSize', 'color'].map(name => [name, it[name]])) }"""
TRUST = """() => { for (const cell of window.jupyterapp.shell.currentWidget.content.model.cells) cell.trusted = true }"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MILAID_ROOT", raising=False)
        made = make_project(tmp_path_factory.mktemp("untrusted") / "project")
        asked = [
            sys.executable,
            "-m",
            "milaid",
            "report",
            "annual",
            "--fiscal-year",
            "2014",
            "--format",
            "html",
        ]
        subprocess.run(asked, cwd=made, check=True, capture_output=True)
    return made


def looks(worker: Worker, selector: str) -> dict[str, Any]:
    worker.page.wait_for_selector(selector, state="attached")
    found: dict[str, Any] = worker.page.evaluate(LOOKS, selector)
    return found


def test_tables_key_facts_and_figures_show_before_the_notebook_is_trusted(
    project: Path, worker: Worker
) -> None:
    # The home of the server is a new one: the signature that the build left is not there.
    with lab(project) as address:
        before, _, after = address.partition("/lab/tree/")
        worker.open(f"{before}/lab/tree/reports/annual/2014.ipynb?{after.partition('?')[2]}")
        assert worker.page.locator(".jp-OutputArea-output style").count() == 0, "it is not trusted"
        assert looks(worker, ".milaid tbody th.stub")["textAlign"] == "left"
        assert looks(worker, ".milaid tbody th.stub")["fontWeight"] == "400"
        assert looks(worker, ".milaid tbody td.m")["fontWeight"] == "600"
        assert looks(worker, ".milaid tbody tr:first-child")["borderBottomStyle"] == "solid"
        assert looks(worker, ".milaid caption.unseen")["position"] == "absolute"
        assert looks(worker, ".milaid ul.facts")["display"] == "grid"
        assert looks(worker, ".milaid .facts .value")["fontSize"] == "30px"
        picture = worker.page.locator("img.untrusted").first
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("async it => { await it.decode(); return it.naturalWidth }") == 760
        assert worker.page.locator("p.untrusted").first.is_visible()
        text = looks(worker, ".milaid tbody td.m")["color"]
        worker.page.evaluate(TRUST)
        worker.page.wait_for_selector(".jp-OutputArea-output style", state="attached")
        trusted = looks(worker, ".milaid tbody td.m")
        assert trusted["fontWeight"] == "600" and trusted["color"] != text, "the style sheet counts"
        assert looks(worker, ".milaid tbody tr:first-child")["borderBottomStyle"] == "none"
        assert not worker.page.locator("p.untrusted").first.is_visible()
        assert worker.left == []
