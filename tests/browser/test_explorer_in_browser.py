"""The explorer in JupyterLab and a real browser: labelled, used by keyboard, and nothing leaves the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import BROWSER

from milaid.paths import notebooks_dir, project_root, trainings_dir
from milaid.tables import store

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install playwright)")
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path"),
    pytest.mark.skipif(
        not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
    ),
]
OUTPUT = ".jp-OutputArea-output"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Run JupyterLab with a copy of the explorer, on a free port of this machine."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copy(notebooks_dir() / "explore" / "explorer.ipynb", folder)
    options = {
        "ServerApp.token": "", "ServerApp.port": "0", "ServerApp.allow_root": "True", "ServerApp.root_dir": str(folder),
        "LabApp.extension_manager": "readonly", "LabApp.news_url": "",
    }  # fmt: skip
    own = {
        name: str(tmp_path / name)
        for name in (
            "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR", "IPYTHONDIR",
        )
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser", *(f"--{k}={v}" for k, v in options.items())],
        env={**os.environ, **own, "MILAID_ROOT": str(project_root())}, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        told = (re.search(r"http://(?:127\.0\.0\.1|localhost):\d+", line) for line in process.stderr)
        found = next(address for address in told if address)[0]
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield found
    finally:
        process.terminate()
        process.wait()


def test_the_explorer_is_used_by_keyboard(address: str) -> None:
    outside: list[str] = []
    with playwright.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda sent: outside.append(sent.url) if foreign(sent.url, address) else None)
        page.goto(f"{address}/lab/tree/explorer.ipynb")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
        page.evaluate(
            "async () => { const app = window.jupyterapp; await app.shell.currentWidget.sessionContext.ready;"
            " await app.commands.execute('notebook:run-all-cells') }"
        )
        page.wait_for_selector(f"{OUTPUT} svg", timeout=60_000)
        controls = page.locator(f"{OUTPUT} :is(select, textarea, input)")
        assert controls.count() >= 12
        assert controls.evaluate_all("all => all.every(e => e.labels.length && e.labels[0].textContent)")
        page.get_by_label("By", exact=True).focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(f"{OUTPUT} :text('FY1999 to FY2020, by country')")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.labels[0].textContent") == "As"
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        page.get_by_role("button", name="Copy code").click()
        page.wait_for_selector(f"{OUTPUT} :text-is('Copied')")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.get_by_label("Code", exact=True).input_value()
        assert 'm.totals(["country"]' in copied
        assert "by fiscal_year" not in page.locator(OUTPUT).last.inner_text()
        page.get_by_label("Rows behind").select_option(index=1)
        page.wait_for_selector(f"{OUTPUT} caption")
        assert page.locator(f"{OUTPUT} td a").first.get_attribute("href").startswith("https://")
        browser.close()
    assert outside == []


def foreign(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:", "ws"))
