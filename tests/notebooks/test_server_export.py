"""The addresses that JupyterLab's File menu asks for when it exports with one of our exporters."""

from __future__ import annotations

import pytest
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
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


@pytest.mark.parametrize("name", ["milaid-html", "milaid-pdf"])
@pytest.mark.parametrize("base_url", ["/", "/user/me/"])
def test_the_address_of_an_exporter_reaches_the_servers_own_handler(name: str, base_url: str) -> None:
    running = Running(base_url)
    server._load_jupyter_server_extension(running)
    line = RequestStartLine("GET", f"{base_url}nbconvert/{name}/annual/2014.ipynb", "HTTP/1.1")
    request = HTTPServerRequest(
        start_line=line, connection=Connection(), headers=HTTPHeaders({"Host": "localhost"})
    )
    found = running.web_app.find_handler(request)
    assert found.handler_class is NbconvertFileHandler
    assert found.path_kwargs == {"format": name.encode(), "path": b"/annual/2014.ipynb"}


def test_the_server_is_told_of_the_extension() -> None:
    assert server._jupyter_server_extension_points() == [{"module": "milaid.publish.server"}]
