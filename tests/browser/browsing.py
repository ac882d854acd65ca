"""A headless browser with real keys, clicks and sizes, spoken to over a pipe in its own protocol."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from milaid.publish.files.policy import hash_of

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--allow-file-access-from-files",
)  # fmt: skip
_PATIENCE = 15.0
_KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}


# The browser reads commands from file 3 and writes answers to file 4.
_ON_PIPES = """
import fcntl, os, sys
files = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
os.dup2(files[0], 3)
os.dup2(files[1], 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""


def with_script(page: str, script: str) -> str:
    """Return a page with one more script at its end, which its policy lets run."""
    allowed = f"script-src {escape(hash_of(script))} "
    return page.replace("script-src ", allowed, 1).replace("</body>", f"<script>{script}</script></body>")


class Browser:
    """One page of a headless browser; a context manager that ends it. ``patience`` is how long an answer may take."""

    def __init__(self, folder: Path, *flags: str) -> None:
        self.patience = _PATIENCE
        there, self._out = os.pipe()
        self._in, back = os.pipe()
        self._process = subprocess.Popen(
            [
                sys.executable, "-c", _ON_PIPES, str(there), str(back), BROWSER, *FLAGS,
                f"--user-data-dir={folder / 'profile'}", "--remote-debugging-pipe", *flags, "about:blank",
            ],
            pass_fds=(there, back), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(there)
        os.close(back)
        self._count, self._rest, self._session = 0, b"", ""
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = self.send("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the answer of the browser to a command of its protocol."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        answer = self._wait("id", self._count)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _wait(self, name: str, value: object) -> dict[str, Any]:
        """Return the next message that has this value, those before it are dropped."""
        while True:
            while b"\0" not in self._rest:
                ready = select.select([self._in], [], [], self.patience)[0]
                chunk = os.read(self._in, 1 << 16) if ready else b""
                if not chunk:
                    raise RuntimeError(f"the browser sent no message with {name} {value}")
                self._rest += chunk
            line, self._rest = self._rest.split(b"\0", 1)
            message = json.loads(line)
            if message.get(name) == value:
                return message

    def resize(self, width: int) -> None:
        """Make the window so many pixels wide; a narrow one is that of a phone."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def open(self, path: Path, fragment: str = "") -> None:
        """Show a file, at a fragment if need be, and wait until it has loaded."""
        self.send("Page.enable")
        self.send("Page.navigate", url=path.as_uri() + (f"#{fragment}" if fragment else ""))
        self._wait("method", "Page.loadEventFired")

    def run(self, script: str) -> Any:
        """Return the value of an expression, or of the promise it gives."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release a key."""
        code = _KEYS[key]
        text = {"Enter": "\r", " ": " "}.get(key, "")
        for kind in ("keyDown" if text else "rawKeyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, text=text if kind == "keyDown" else "",
            )  # fmt: skip

    def type(self, text: str) -> None:
        """Put text into the field that has the focus."""
        self.send("Input.insertText", text=text)


Show = Callable[..., Browser]
"""Opens the page of some parts: the fixture ``show``."""
