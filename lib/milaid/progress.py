"""Progress of long steps: a bar in a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sized
from types import TracebackType
from typing import TextIO, TypeVar

Item = TypeVar("Item")
_PARTS = 5
_hushed = False


def hush() -> None:
    """Show no progress from now on: for a process whose parent shows what all of its kind do."""
    global _hushed
    _hushed = True


class Progress:
    """Counts the steps of one piece of work; use it as a context manager and call :meth:`advance`.

    ``total`` is None when the number of steps is not known. Output goes to ``stream``, by default stderr.
    """

    def __init__(self, label: str, total: int | None = None, stream: TextIO | None = None) -> None:
        self.label = label
        self.total = total
        self.done = 0
        self._stream = stream or sys.stderr
        self._bar = None
        self._said = 0
        if _hushed and stream is None:
            self._stream = io.StringIO()
        if self._stream.isatty():
            from tqdm import tqdm

            self._bar = tqdm(desc=label, total=total, file=self._stream, leave=True, dynamic_ncols=True)
        else:
            self._say("start" if total is None else f"0 of {total}")

    def advance(self, steps: int = 1, what: str = "") -> None:
        """Count ``steps`` more as done; ``what`` names the current one on the bar."""
        self.done += steps
        if self._bar is not None:
            if what:
                self._bar.set_postfix_str(what, refresh=False)
            self._bar.update(steps)
        elif self.total and self.done < self.total:
            part = self.done * _PARTS // self.total
            if part > self._said:
                self._said = part
                self._say(f"{self.done} of {self.total}")

    def note(self, what: str) -> None:
        """Print a line of its own, above the bar where there is one."""
        if self._bar is not None:
            self._bar.write(f"{self.label}: {what}", file=self._stream)
        else:
            self._say(what)

    def close(self, failed: bool = False) -> None:
        """End the bar or print the last line."""
        if self._bar is not None:
            self._bar.close()
        elif failed or (self.total is not None and self.done < self.total):
            self._say(f"stopped after {self.done}{f' of {self.total}' if self.total is not None else ''}")
        else:
            self._say(f"done, {self.done}")

    def _say(self, what: str) -> None:
        print(f"{self.label}: {what}", file=self._stream, flush=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(failed=kind is not None)


def track(
    items: Iterable[Item], label: str, total: int | None = None, stream: TextIO | None = None
) -> Iterator[Item]:
    """Yield ``items`` one by one and show how many are done."""
    if total is None and isinstance(items, Sized):
        total = len(items)
    with Progress(label, total, stream) as progress:
        for item in items:
            yield item
            progress.advance()
