"""``milaid serve``: the reports on this machine, for a look in a browser."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

from milaid.errors import RequestError
from milaid.publish.site.writing import write_site

HOST = "127.0.0.1"
_HOSTS = (HOST, "localhost")
_USUAL_PORT = 80
"""The port that browsers leave out of the name of a host."""
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".atom": "application/atom+xml",
    ".csv": "text/csv; charset=utf-8",
    ".ipynb": "application/x-ipynb+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}


_HEADERS = {
    # A report that was built again is to be seen at once.
    "Cache-Control": "no-cache",
    # Pages have a policy of their own; only as a header it can say that no other site may frame them.
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _Handler(SimpleHTTPRequestHandler):
    """Serves the files of a folder to this machine; hidden ones, lists of folders and what links lead out to are not found.

    A request that names another host is refused: its page was loaded from there, under a name that was made to lead here.
    """

    server_version, sys_version = "milaid", ""
    timeout = 60

    def parse_request(self) -> bool:
        """Read the request line and the headers; the answer is given already where this returns False."""
        if not super().parse_request():
            return False
        named = [name.lower() for name in self.headers.get_all("Host", [])]
        if len(named) != 1 or named[0] not in self._own_names:
            self.send_error(421, explain="Open the address that milaid serve printed.")
            return False
        return True

    @property
    def _own_names(self) -> set[str]:
        port = cast(HTTPServer, self.server).server_port
        with_port = {f"{host}:{port}" for host in _HOSTS}
        return with_port | set(_HOSTS) if port == _USUAL_PORT else with_port

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return _TYPES.get(Path(path).suffix, super().guess_type(path))

    def send_head(self) -> Any:
        if not self._is_shown(self.translate_path(self.path)):
            self.send_error(404)
            return None
        return super().send_head()

    def _is_shown(self, name: str) -> bool:
        """Return whether a name is that of something in the folder, links followed, with no hidden part."""
        folder = Path(self.directory)
        try:
            found = Path(name).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            # No such file, a name that no file can have, links that lead around in a circle.
            return False
        return all(
            path.is_relative_to(folder)
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
            for path in (Path(name), found)
        )

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


class _Server(ThreadingHTTPServer):
    """A server that says nothing of browsers that hang up before they have their answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a folder on this machine alone, not running yet; port 0 takes a free one.

    Raises RequestError when the port is taken or cannot be used.
    """
    try:
        return _Server((HOST, port), partial(_Handler, directory=str(folder.resolve())))
    except (OSError, OverflowError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        why = "is in use" if taken else f"cannot be used: {error}"
        raise RequestError(f"port {port} {why}; name another with --port, or 0 for a free one") from error


def serve(folder: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve the reports of a folder until the keyboard stops it; ``say`` gets the address first.

    Where the pages of the site are not there yet, they are written first.
    """
    if not (folder / "index.html").is_file():
        write_site(folder)
    with open_server(folder, port) as server:
        say(f"http://{HOST}:{server.server_port}/ (stop with Ctrl-C)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("stopped")
