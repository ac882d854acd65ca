"""``milaid serve``: the reports on this machine, for a look in a browser."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from milaid.errors import RequestError
from milaid.publish.site.writing import write_site

HOST = "127.0.0.1"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".atom": "application/atom+xml",
    ".csv": "text/csv; charset=utf-8",
    ".ipynb": "application/x-ipynb+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}


class _Handler(SimpleHTTPRequestHandler):
    """Serves files; hidden ones and lists of folders are not found."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return _TYPES.get(Path(path).suffix, super().guess_type(path))

    def send_head(self):
        path = Path(self.translate_path(self.path))
        shown = path.relative_to(self.directory).parts if path.is_relative_to(self.directory) else (".",)
        if any(part.startswith(".") for part in shown):
            self.send_error(404)
            return None
        return super().send_head()

    def list_directory(self, path):
        self.send_error(404)

    def end_headers(self) -> None:
        # A report that was built again is to be seen at once.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a folder on this machine alone, not running yet; port 0 takes a free one.

    Raises RequestError when the port is taken or cannot be used.
    """
    try:
        return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder.resolve())))
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
