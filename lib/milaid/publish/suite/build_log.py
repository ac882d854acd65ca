"""What a build says while it runs: a line a report, a bar in a terminal, or one JSON object a line."""

from __future__ import annotations

import json
import sys
import time
from typing import Any, Protocol, TextIO

from milaid.progress import Progress

LOGS = ("text", "json")


class BuildLog(Protocol):
    """Is told what happens to the reports of a build, in the order in which it happens."""

    def started(self, reports: int, unchanged: int, jobs: int) -> None:
        """Hear that so many reports are to be built, so many at once."""

    def built(self, place: str, seconds: float, work: str) -> None:
        """Hear that a report was built, in how many seconds, and whether it was run or rendered."""

    def failed(self, place: str, seconds: float, brief: str, file: str) -> None:
        """Hear that a report failed, of what, and which file below the reports tells more."""

    def done(self, built: int, unchanged: int, failed: int) -> None:
        """Hear that all of them are done."""

    def left_out(self, text: str) -> None:
        """Hear what lies among the reports and is not shown, line by line."""


class TextLog:
    """One line a report with its seconds; in a terminal a bar with the time left, and a line for what failed."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._bar: Progress | None = None
        self._total = self._count = 0

    def started(self, reports: int, unchanged: int, jobs: int) -> None:
        """Show the bar, or how many there are."""
        self._total = reports
        if not reports:
            return
        if self._stream.isatty():
            self._bar = Progress("Reports", reports, self._stream)
        else:
            self._say(f"Reports: 0 of {reports}")

    def built(self, place: str, seconds: float, work: str) -> None:
        """Count a report."""
        self._count += 1
        if self._bar is not None:
            self._bar.advance(what=place)
        else:
            self._say(f"{place}: {work} in {seconds:.1f} s ({self._count} of {self._total})")

    def failed(self, place: str, seconds: float, brief: str, file: str) -> None:
        """Count a report that failed, and say so."""
        self._count += 1
        if self._bar is not None:
            self._bar.note(f"{place} failed: {brief}")
            self._bar.advance(what=place)
        else:
            self._say(f"{place}: failed in {seconds:.1f} s ({self._count} of {self._total})")

    def done(self, built: int, unchanged: int, failed: int) -> None:
        """End the bar."""
        if self._bar is not None:
            self._bar.close()

    def left_out(self, text: str) -> None:
        """Say it."""
        self._say(text)

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class JsonLog:
    """One JSON object a line on stdout: ``event`` is started, built, failed, done or left_out."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._begun = time.monotonic()

    def started(self, reports: int, unchanged: int, jobs: int) -> None:
        """Write reports, unchanged, jobs."""
        self._write("started", reports=reports, unchanged=unchanged, jobs=jobs)

    def built(self, place: str, seconds: float, work: str) -> None:
        """Write place, seconds, work."""
        self._write("built", place=place, seconds=round(seconds, 3), work=work)

    def failed(self, place: str, seconds: float, brief: str, file: str) -> None:
        """Write place, seconds, error, file."""
        self._write("failed", place=place, seconds=round(seconds, 3), error=brief, file=file)

    def done(self, built: int, unchanged: int, failed: int) -> None:
        """Write built, unchanged, failed, and the seconds of all."""
        seconds = round(time.monotonic() - self._begun, 3)
        self._write("done", built=built, unchanged=unchanged, failed=failed, seconds=seconds)

    def left_out(self, text: str) -> None:
        """Write text."""
        self._write("left_out", text=text)

    def _write(self, event: str, **content: Any) -> None:
        print(json.dumps({"event": event, **content}, ensure_ascii=False), file=self._stream, flush=True)
