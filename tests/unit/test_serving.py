"""``milaid serve`` and those who ask for what they should not have, or in a way that nobody asks."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from milaid.publish.site.serving import open_server

Ask = Callable[..., tuple[int, bytes]]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """Return what sends a path, or whole lines, to a server of a folder and gives status and answer."""
    outside, folder = tmp_path / "outside.txt", tmp_path / "reports"
    outside.write_text("outside", encoding="utf-8")
    folder.mkdir()
    (folder / "index.html").write_text("inside", encoding="utf-8")
    (folder / ".hidden").write_text("hidden", encoding="utf-8")
    for name, target in {
        "out.txt": outside, "up": tmp_path, "own.html": "index.html", "seen.txt": ".hidden", "round": "round",
    }.items():  # fmt: skip
        (folder / name).symlink_to(target)
    with open_server(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()

        def send(path: str, *hosts: str, line: str = "", more: str = "") -> tuple[int, bytes]:
            port = server.server_port
            named = [host.replace("PORT", str(port)) for host in hosts or ("127.0.0.1:PORT",)]
            lines = [line or f"GET {path} HTTP/1.0", *(f"Host: {host}" for host in named), more]
            with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
                connection.sendall(("\r\n".join(filter(None, lines)) + "\r\n\r\n").encode("latin-1"))
                answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
            return int(answer.split(b" ", 2)[1]), answer

        try:
            yield send
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("path", ["/", "/index.html", "/own.html", "/index.html?a=%00"])
def test_what_lies_in_the_folder_is_shown(ask: Ask, path: str) -> None:
    status, answer = ask(path)
    assert status == 200
    assert answer.endswith(b"inside")


@pytest.mark.parametrize(
    "path",
    [
        "/out.txt", "/up/outside.txt", "/up/", "/seen.txt", "/.hidden", "/%2ehidden", "/round", "/../outside.txt",
        "/..%2foutside.txt", "//etc/passwd", "/%00", "/index.html%00", "/a%00/b", "/%", "/%zz%e", "/%ff%fe", f"/{'a' * 5000}",
        f"/{'a/' * 5000}", "/index.html/", "http://elsewhere/index.html",
    ],
)  # fmt: skip
def test_what_does_not_is_not_found(ask: Ask, path: str) -> None:
    status, answer = ask(path)
    assert status == 404
    assert b"outside" not in answer.split(b"\r\n\r\n", 1)[1]
    assert b"Traceback" not in answer


@pytest.mark.parametrize("host", ["localhost:PORT", "LocalHost:PORT"])
def test_this_machine_has_two_names(ask: Ask, host: str) -> None:
    assert ask("/", host)[0] == 200


@pytest.mark.parametrize(
    "hosts",
    [("elsewhere.example",), ("elsewhere.example:PORT",), ("127.0.0.1",), ("127.0.0.1:1",), ("127.0.0.1:PORT", "x"),
     ("127.0.0.1:PORT.elsewhere.example",)],
)  # fmt: skip
def test_under_another_name_nothing_is_shown(ask: Ask, hosts: tuple[str, ...]) -> None:
    status, answer = ask("/", *hosts)
    assert status == 421
    assert b"inside" not in answer


@pytest.mark.parametrize(
    ("line", "more", "status"),
    [
        (f"GET /{'a' * 70_000} HTTP/1.0", "", 414), ("", f"X: {'b' * 70_000}", 431), ("", "X: b\r\n" * 200 + "X: b", 431),
        ("POST / HTTP/1.0", "", 501), ("G\0T / HTTP/1.0", "", 501),
    ],
)  # fmt: skip
def test_long_and_strange_requests_are_refused_and_the_next_is_answered(
    ask: Ask, line: str, more: str, status: int
) -> None:
    assert ask("/", line=line, more=more)[0] == status
    assert ask("/")[0] == 200


def test_answers_say_how_they_may_be_used(ask: Ask) -> None:
    head = ask("/")[1].split(b"\r\n\r\n")[0].decode("latin-1")
    for line in (
        "Content-Security-Policy: frame-ancestors 'self'", "Cross-Origin-Resource-Policy: same-origin",
        "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff", "Server: milaid",
    ):  # fmt: skip
        assert line in head
