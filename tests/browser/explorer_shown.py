"""The explorer in a browser, to be shown and asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from browsing import Browser

_READY = """new Promise((done, refuse) => { const wait = () => document.documentElement.dataset.ready
  ? done(document.getElementById('state')?.textContent ?? '') : setTimeout(wait, 20); wait(); })"""


class Explorer:
    """The page in a browser, and what can be done with it."""

    def __init__(self, browser: Browser, path: Path) -> None:
        self.browser, self.path = browser, path

    def open(self, fragment: str = "", width: int = 1280) -> Browser:
        """Show the page at an address, ready to be asked."""
        self.browser.resize(width)
        self.browser.open(Path("/dev/null"))
        self.browser.open(self.path, fragment)
        assert self.browser.run(_READY) == ""
        return self.browser

    def ask(self, *given: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the answers to questions."""
        return json.loads(
            self.browser.run(f"JSON.stringify({json.dumps(given)}.map((one) => milaid.ask(one)))")
        )
