"""The addresses that JupyterLab's File menu asks for when it exports with one of our exporters."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import nbformat
import pytest
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
from nbformat import v4
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import Application, RequestHandler

from milaid.publish import server


class Running:
    """As much of a running server as the extension uses."""

    def __init__(self, base_url: str) -> None:
        self.web_app = Application([(r".*", RequestHandler)], base_url=base_url)


class Connection:
    """As much of a connection as the routing of tornado looks at."""

    context = None

    def set_close_callback(self, callback: object) -> None:
        """Take the callback and never call it."""


@contextlib.contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Run a Jupyter server with the extension on a free port of this machine; yields its address."""
    options = {
        "ServerApp.token": "", "ServerApp.port": "0", "ServerApp.open_browser": "False", "ServerApp.allow_root": "True",
        "ServerApp.root_dir": str(folder), "ServerApp.jpserver_extensions": "{'milaid.publish.server': True}",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *(f"--{name}={value}" for name, value in options.items())],
        env={**os.environ, "JUPYTER_RUNTIME_DIR": str(folder / "runtime"), "JUPYTER_CONFIG_DIR": str(folder / "config")},
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        told = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stderr)
        yield next(address for address in told if address)[0]
    finally:
        process.terminate()
        process.communicate()


@pytest.mark.parametrize("name", ["milaid-html", "milaid-pdf", "milaid-brief"])
@pytest.mark.parametrize("base_url", ["/", "/user/me/"])
def test_the_address_of_an_exporter_reaches_the_servers_own_handler(name: str, base_url: str) -> None:
    running = Running(base_url)
    server._load_jupyter_server_extension(running)
    line = RequestStartLine("GET", f"{base_url}nbconvert/{name}/annual/2014.ipynb", "HTTP/1.1")
    request = HTTPServerRequest(
        start_line=line, connection=Connection(), headers=HTTPHeaders({"Host": "localhost"})
    )
    found = running.web_app.find_handler(request)
    assert issubclass(found.handler_class, NbconvertFileHandler)
    assert found.path_kwargs == {"format": name.encode(), "path": b"/annual/2014.ipynb"}


def test_a_refusal_is_a_page_that_can_be_read_and_no_code() -> None:
    message = "the notebook is not exported:\n  - cell 2 (x = '<b>') has not run\n  - cell 3 (y) has not run\nRun all."
    shown = server.refusal("my <work>.ipynb", message)
    assert (
        "<h1>my &lt;work&gt;.ipynb was not exported</h1><p>the notebook is not exported:</p><ul><li>cell 2"
        in shown
    )
    assert (
        "(x = &#x27;&lt;b&gt;&#x27;) has not run</li><li>cell 3 (y) has not run</li></ul><p>Run all.</p>"
        in shown
    )


def test_a_running_server_answers_a_refused_export_with_that_page(tmp_path: Path) -> None:
    made = v4.new_notebook(cells=[v4.new_code_cell("x = 1")])
    nbformat.write(made, tmp_path / "mine.ipynb")
    made.cells[0].execution_count = 1
    nbformat.write(made, tmp_path / "run.ipynb")
    with running_server(tmp_path) as address:
        asker = {"Referer": f"{address}/lab"}  # as from JupyterLab, which lies at the same address
        refused = httpx.get(f"{address}/nbconvert/milaid-html/mine.ipynb?download=true", headers=asker)
        exported = httpx.get(f"{address}/nbconvert/milaid-html/run.ipynb?download=true", headers=asker)
    assert refused.status_code == server.NOT_EXPORTED
    assert refused.headers["content-type"].startswith("text/html")
    assert "content-disposition" not in refused.headers
    assert "mine.ipynb was not exported" in refused.text
    assert "no cell has run" in refused.text
    assert "Traceback" not in refused.text
    assert exported.status_code == 200
    assert "attachment" in exported.headers["content-disposition"]


def test_the_server_is_told_of_the_extension() -> None:
    assert server._jupyter_server_extension_points() == [{"module": "milaid.publish.server"}]
