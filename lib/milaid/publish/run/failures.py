"""A report that could not be made, told in full: cell, source, parameters, traceback, and what its kernel wrote.

One text file a report in ``failures/`` beside the reports, named like the place of the report. It lasts until the
report is built well again, and is no part of the site.
"""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from milaid.errors import ReportError
from milaid.paths import FAILURES
from milaid.replacing import write_whole

_END = ".txt"


@dataclass(frozen=True)
class Failure:
    """What is known of a report that could not be made; "" and 0 where nothing is.

    ``problem`` is the message. ``cell`` counts from 1 as in the notebook that was asked for, ``heading`` is the last
    one above it, ``error`` the error in one line.
    """

    problem: str
    error: str = ""
    cell: int = 0
    heading: str = ""
    source: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    traceback: str = ""
    stderr: str = ""

    @property
    def where(self) -> str:
        """The cell in words, "" where it was no cell that failed."""
        heading = f", {self.heading}" if self.heading else ""
        return f"{self.cell}{heading}" if self.cell else ""

    @property
    def brief(self) -> str:
        """The error in one line."""
        return self.error or self.problem.partition("\n")[0]

    def text(self, place: str) -> str:
        """Return all of it as text under headings."""
        parts = [f"{place} could not be built", "", self.problem, ""]
        parameters = "\n".join(f"{name} = {value!r}" for name, value in self.parameters.items())
        sections = {
            "Cell": self.where,
            "Source of the cell": self.source,
            "Parameters": parameters,
            "Traceback": self.traceback,
            "What the kernel wrote to stderr": self.stderr,
        }
        for heading, content in sections.items():
            shown = textwrap.indent(content.strip("\n"), "    ") if content.strip() else "    nothing"
            parts += [heading, shown, ""]
        return "\n".join(parts)


class FailedReport(ReportError):
    """A report that could not be made, with all that is known of it."""

    def __init__(self, problem: str, failure: Failure | None = None) -> None:
        super().__init__(problem)
        self.failure = failure or Failure(problem)


def failure_file(out_dir: Path, place: str) -> Path:
    """Return the file in which the failure of a report is told."""
    return out_dir / FAILURES / f"{place}{_END}"


def write_failure(out_dir: Path, place: str, failure: Failure) -> Path:
    """Write the failure of a report down; returns the file."""
    path = failure_file(out_dir, place)
    write_whole(path, failure.text(place), out_dir)
    return path


def remove_failure(out_dir: Path, place: str) -> None:
    """Remove what is told of a report that was built well, and folders that are empty then."""
    path = failure_file(out_dir, place)
    if not path.is_file():
        return
    path.unlink()
    for folder in (path.parent, out_dir / FAILURES):
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextlib.contextmanager
def told(out_dir: Path, place: str) -> Iterator[None]:
    """Write down why the report that the block makes failed, and say where; remove that when it did not fail."""
    try:
        yield
    except ReportError as error:
        failure = error.failure if isinstance(error, FailedReport) else Failure(str(error))
        path = write_failure(out_dir, place, failure)
        raise FailedReport(f"{error}\nmore in {path}", failure) from error
    remove_failure(out_dir, place)
