from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import BROWSER, Browser, Show
from working import Worker, at_work, browsing

from milaid.publish.files import document, page
from samples import notebook


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return one browser for all pages, as its start takes longest."""
    if not BROWSER:
        pytest.skip("needs chromium (or google-chrome) on the path")
    with Browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture
def show(tmp_path: Path, browser: Browser) -> Show:
    """Return what opens the page of some parts, as a kind of report, at a fragment, in a window of a width."""

    def open_page(
        parts: list[Any], fragment: str = "", width: int = 1280, scripts: bool = True, kind: str = ""
    ) -> Browser:
        file = tmp_path / "page.html"
        made = notebook(parts, milaid={"report": kind} if kind else {})
        file.write_text(page.render(document.build(made)), encoding="utf-8")
        browser.resize(width)
        browser.send("Emulation.setScriptExecutionDisabled", value=not scripts)
        # The same page with another fragment would not be loaded again.
        browser.open(Path("/dev/null"))
        browser.open(file, fragment)
        return browser

    return open_page


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return one browser for all pages of JupyterLab in a module."""
    with browsing(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture
def worker(chromium: Any) -> Iterator[Worker]:
    """Return who works in a page of their own."""
    with at_work(chromium) as made:
        yield made
