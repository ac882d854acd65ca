"""A server of files on this machine that can be slow, busy, forgetful or wrong, as the official ones can."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOON = 60.0


@dataclass
class Served:
    """A file and how it is served; answers that a list holds are given once each, in order, before others.

    ``statuses`` are answered with no file, each with its Retry-After. ``cuts`` are the bytes after which the
    connection is closed, None for not at all; ``always_cut`` holds for every later answer. ``then`` takes the
    place of the file once an answer has been cut. ``silent_after`` stops sending until the server stops;
    ``lingers`` waits some seconds before the last piece.
    """

    content: bytes = b""
    version: str | None = '"1"'
    ranges: bool = True
    if_range: bool = True
    statuses: list[tuple[int, str | None]] = field(default_factory=list)
    status: int = 200
    cuts: list[int | None] = field(default_factory=list)
    always_cut: int | None = None
    then: Served | None = None
    redirect: str | None = None
    announced: int | None = None
    unannounced: bool = False
    compressed: bool = False
    piece: int = 1 << 16
    silent_after: int | None = None
    lingers: float = 0.0


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    path: str
    range: str | None
    if_range: str | None
    agent: str


class OfficialServer(ThreadingHTTPServer):
    """Serves ``files`` by path and notes every request; ``most_at_once`` is the most it sent together."""

    daemon_threads = True
    # A connection that breaks in the middle is what these tests are about, no fault to print.
    handle_error = lambda self, request, client_address: None  # noqa: E731

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, Served] = {}
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"

    def serve(self, path: str, content: bytes = b"", **manner: object) -> str:
        """Serve a file and return its address."""
        self.files[path] = Served(content, **manner)
        return self.url(path)

    def asked_for(self) -> list[str]:
        """Return the paths that were asked for, sorted."""
        return sorted(request.path for request in self.requests)

    def asked(self, path: str) -> list[str | None]:
        """Return the ranges that were asked of a file, None for the whole."""
        return [request.range for request in self.requests if request.path == path]


@contextmanager
def running() -> Iterator[OfficialServer]:
    """Run a server until the block ends."""
    server = OfficialServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: OfficialServer

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        server, path = self.server, self.path.lstrip("/")
        headers = self.headers
        with server.lock:
            server.requests.append(
                Request(path, headers["Range"], headers["If-Range"], headers["User-Agent"])
            )
            served = server.files.get(path)
            status, retry = served.statuses.pop(0) if served and served.statuses else (0, None)
        if served is None or served.status != 200 or status:
            self._refuse(status or (served.status if served else 404), retry)
        elif served.redirect:
            self._head(302, {"Location": served.redirect, "Content-Length": "0"})
        else:
            self._send(path, served)

    def _refuse(self, status: int, retry: str | None) -> None:
        self._head(status, {"Content-Length": "0", **({"Retry-After": retry} if retry else {})})

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, path: str, served: Served) -> None:
        body = gzip.compress(served.content) if served.compressed else served.content
        start = self._start(served)
        marks = {"ETag": served.version} if served.version else {}
        if start is not None and start >= len(body):
            self._head(416, {"Content-Range": f"bytes */{len(body)}", "Content-Length": "0"})
            return
        if start is not None:
            marks["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        rest = body[start or 0 :]
        announced = len(rest) if served.announced is None else served.announced
        length = {"Connection": "close"} if served.unannounced else {"Content-Length": str(announced)}
        encoding = {"Content-Encoding": "gzip"} if served.compressed else {}
        self._head(200 if start is None else 206, {**marks, **length, **encoding})
        with self.server.lock:
            cut = served.cuts.pop(0) if served.cuts else served.always_cut
            if cut is not None and served.then is not None:
                self.server.files[path] = served.then
        self._body(rest[:cut], served)
        if cut is not None or served.unannounced or announced > len(rest):
            self.close_connection = True

    def _start(self, served: Served) -> int | None:
        """Return where a part begins that may be sent, None for the whole file."""
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers["Range"] or "")
        if asked is None or not served.ranges:
            return None
        version = self.headers["If-Range"]
        if served.if_range and version is not None and version != served.version:
            return None
        return int(asked[1])

    def _body(self, body: bytes, served: Served) -> None:
        silent = served.silent_after
        pieces = range(0, len(body), served.piece)
        self._count(1)
        for place in pieces:
            if silent is not None and place >= silent:
                self.server.stopping.wait(SOON)
                return
            if place == pieces[-1]:
                self.server.stopping.wait(served.lingers)
                # Before the last piece: whoever has it may ask for the next file at once.
                self._count(-1)
            self.wfile.write(body[place : place + served.piece])
            self.wfile.flush()

    def _count(self, more: int) -> None:
        with self.server.lock:
            self.server.at_once += more
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)


class Pauses(list):
    """Stands in for sleeping: notes the seconds and waits for none of them."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


def files_below(folder: Path) -> set[str]:
    """Return the names of all files below a directory."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds that another process does."""
    never = threading.Event()
    for _ in range(int(SOON / 0.01)):
        if holds():
            return
        never.wait(0.01)
    raise TimeoutError("it never came to hold")
