"""JupyterLab as ``milaid lab`` starts it, in a project of its own, and a real browser that works in it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from milaid.publish.init import init

_EXPORTS = re.compile("/nbconvert/")
_ADDRESS = re.compile(r"http://(?:localhost|127\.0\.0\.1):\d+/lab/tree/\S+\?token=\w+")
BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def make_project(folder: Path) -> Path:
    """Make a folder with the suite's notebooks and plan, as ``milaid init`` does."""
    init(folder, with_data=False)
    return folder


@contextlib.contextmanager
def lab(project: Path, *asked: str) -> Iterator[str]:
    """Run ``milaid lab`` in a project, with settings of its own; yields the address that it prints."""
    home = Path(tempfile.mkdtemp(dir=project.parent))
    config = home / ".jupyter"
    config.mkdir(parents=True, exist_ok=True)
    (config / "jupyter_lab_config.json").write_text(json.dumps({"LabApp": {"expose_app_in_browser": True}}))
    given = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "MILAID"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "milaid", "lab", *asked, "--no-browser", "--allow-root"],
        cwd=project, env={**given, "HOME": str(home), "JUPYTER_PREFER_ENV_PATH": "1"},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        address = next(found[0] for line in process.stderr if (found := _ADDRESS.search(line)))
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.communicate()


def _wait_for(address: str) -> None:
    """Wait until the server answers: it prints its address before it listens."""
    place = urlsplit(address)
    last = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((place.hostname, place.port), 5).close()
            return
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)


class Worker:
    """A page of JupyterLab in a browser, and every address that it asked for."""

    def __init__(self, page: Any, patience: int) -> None:
        self.page = page
        self.patience = patience
        self.asked: list[str] = []
        page.set_default_timeout(patience)
        page.context.on("request", self.note)

    def note(self, request: Any) -> None:
        """Note the address that was asked for."""
        self.asked.append(request.url)

    @property
    def left(self) -> list[str]:
        """The addresses beyond this machine that were asked for."""
        here = re.compile(
            r"(?:https?|wss?)://(?:localhost|127\.0\.0\.1)[:/]|(?:data|blob|about|chrome-error):"
        )
        return [address for address in self.asked if not here.match(address)]

    def open(self, address: str) -> None:
        """Open an address, and wait until its notebook and the kernel are there."""
        self.page.goto(address)
        self.page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
        path = unquote(urlsplit(address).path).partition("/lab/tree/")[2]
        self.wait_for_notebook(path)

    def wait_for_notebook(self, path: str) -> None:
        """Wait until a notebook is shown and its kernel is there."""
        script = "path => { const shown = window.jupyterapp?.shell.currentWidget; return shown?.context?.path === path && !!shown.sessionContext }"
        self.page.wait_for_function(script, arg=path)
        self.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready")

    def save_as(self, path: str) -> None:
        """Save the notebook under another name, as File, Save Notebook As does, and wait until it is that one."""
        self.menu("File")
        self.choose("Save Notebook As…")
        self.page.locator(".jp-Dialog input").fill(path)
        self.page.locator(".jp-Dialog button", has_text="Save").last.click()
        # A notebook of the suite stays as it is: what JupyterLab has written into it on opening is left.
        asked = "!!document.querySelector('.jp-Dialog .jp-mod-warn')"
        self.page.wait_for_function(
            f"path => {asked} || window.jupyterapp.shell.currentWidget?.context?.path === path", arg=path
        )
        if self.page.evaluate(asked):
            self.page.get_by_role("button", name="Discard").click()
            self.page.locator(".lm-DockPanel .lm-TabBar-tabLabel", has_text=path.rpartition("/")[2]).click()
        self.wait_for_notebook(path)

    def end(self) -> None:
        """End the kernel of the notebook, which takes memory that the next one needs."""
        self.page.evaluate("window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown()")

    def command(self, name: str) -> Any:
        """Carry out a command of JupyterLab, and return what it returns where that is plain."""
        script = "async name => { const it = await window.jupyterapp.commands.execute(name);"
        return self.page.evaluate(f"{script} return typeof it === 'boolean' ? it : null }}", name)

    def outputs(self) -> list[dict[str, Any]]:
        """Return what the cells of the notebook show, error or not."""
        script = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON().cells"
        return [output for cell in self.page.evaluate(script) for output in cell.get("outputs", ())]

    def menu(self, *labels: str) -> list[str]:
        """Open menus below each other by their labels; returns the labels of the last one."""
        for number, label in enumerate(labels):
            place = ".lm-MenuBar-itemLabel" if number == 0 else ".lm-Menu-itemLabel"
            exact = self.page.locator(place, has_text=re.compile(f"^{re.escape(label)}$")).last
            exact.hover() if number else exact.click()
        last = self.page.locator(".lm-Menu").nth(len(labels) - 1)
        last.wait_for()
        return [text for text in last.locator(".lm-Menu-itemLabel").all_inner_texts() if text]

    def choose(self, label: str) -> None:
        """Click an entry of the menu that is open."""
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(label)}$")).last.click()


@dataclass(frozen=True)
class Exported:
    """What a browser was sent when a notebook was exported."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8")


def exported(worker: Worker, kind: str) -> Exported:
    """Export from the menu; returns the answer that the browser gets."""
    offered = worker.menu("File", "Save and Export Notebook As")
    assert offered[:3] == ["milaid HTML", "milaid PDF", "milaid brief"]
    assert "Milaid-html" not in offered
    got: list[Exported] = []

    def passed_on(route: Any) -> None:
        answer = route.fetch(timeout=worker.patience)
        got.append(Exported(answer.status, answer.headers, answer.body()))
        # The window that JupyterLab opens for it has no use for a file.
        route.fulfill(content_type="text/plain", body="looked at")

    context = worker.page.context
    context.route(_EXPORTS, passed_on)
    with context.expect_event("requestfinished", lambda each: _EXPORTS.search(each.url)):
        worker.choose(kind)
    context.unroute(_EXPORTS)
    return got[0]


@contextlib.contextmanager
def browsing(folder: Path) -> Iterator[Any]:
    """Yield a browser with a profile in a folder: what one page has loaded, the next need not load again."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch_persistent_context(folder, executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def at_work(browser: Any, milliseconds: int = 90_000) -> Iterator[Worker]:
    """Yield who works in a page of their own and waits so long for what does not come."""
    before = list(browser.pages)
    worker = Worker(browser.new_page(), milliseconds)
    yield worker
    browser.remove_listener("request", worker.note)
    for page in browser.pages:
        if page not in before:
            page.close()
