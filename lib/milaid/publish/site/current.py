"""Whether the pages of the site are still those that would be written: told without reading a notebook."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import milaid
from milaid import paths
from milaid.parsing import parse_json
from milaid.publish.inputs.digests import NONE, Digests, joined
from milaid.publish.inputs.gathered import Gatherer
from milaid.publish.registry.known import registry
from milaid.publish.registry.places import BRIEF_ENDING
from milaid.publish.suite.record import RECORD
from milaid.replacing import write_whole
from milaid.walking import files_below

STATE = ".site.json"
PAGES = (
    "index.html",
    "explore.html",
    "data.html",
    "glossary.html",
    "cite.html",
    "accessibility.html",
    "feed.atom",
)
_REVISIONS = "revisions.json"
_DATA = "data"
_WRITTEN_BY = ("milaid.publish.site.writing",)
_OF_A_REPORT = (".html", ".pdf", f"{BRIEF_ENDING}.pdf", ".zip", ".xlsx")


class SiteState:
    """What the pages beside the reports are made from, and whether they were made from it."""

    def __init__(self, reports: Path) -> None:
        self._reports = reports
        self._digests = Digests(reports)
        self._key = self._made_from()

    def is_current(self, with_data: bool) -> bool:
        """Return whether the pages are as they were written from what is there now; ``with_data`` the data too."""
        try:
            kept = parse_json((self._reports / STATE).read_bytes())
            same = kept["key"] == self._key and kept["written"] == self._written()
            return bool(self._key) and same and (kept["with_data"] or not with_data)
        except (OSError, ValueError, KeyError, TypeError):
            return False
        finally:
            self._digests.save()

    def keep(self, with_data: bool) -> None:
        """Note that the pages were written from what was there when this was made."""
        content = {"key": self._key, "written": self._written(), "with_data": with_data}
        with contextlib.suppress(OSError):
            write_whole(self._reports / STATE, json.dumps(content))
        self._digests.save()

    def _made_from(self) -> str:
        """Return one digest of all that the pages are made from; "" where a kind of report cannot be taken."""
        known = registry()
        if known.problems:
            return NONE
        gatherer = Gatherer((), self._digests)
        groups = (gatherer.code(*_WRITTEN_BY), gatherer.data, gatherer.packages)
        lines = [f"{milaid.__version__} {milaid.__released__}"]
        lines += [f"{name} {digest}" for group in groups for name, digest in sorted(group.items())]
        lines += [repr(report) for report in known.reports.values()]
        lines += [
            self._digests.of(path)
            for path in (paths.plan_file(), self._reports / _REVISIONS, self._reports / RECORD)
        ]
        try:
            return joined([*lines, *self._of_reports()])
        except FileNotFoundError:
            # Another run is taking a report away; what the pages are to show is known when it is done.
            return NONE

    def _of_reports(self) -> Iterator[str]:
        """Yield what stands on the pages of each report: its notebook, and the sizes of its files."""
        folders = [self._reports, *sorted(path for path in self._reports.glob("[!.]*") if path.is_dir())]
        for folder in folders:
            there = {entry.name: entry for entry in os.scandir(folder)}
            for name in sorted(there):
                stem, dot, end = name.rpartition(".")
                if f"{dot}{end}" == ".ipynb":
                    sizes = [there[f].stat().st_size for e in _OF_A_REPORT if (f := f"{stem}{e}") in there]
                    ends = [e for e in _OF_A_REPORT if f"{stem}{e}" in there]
                    yield f"{folder.name}/{name} {self._digests.of(folder / name)} {ends} {sizes}"

    def _written(self) -> dict[str, object]:
        """Return what was written: the digests of the pages, and the files of the data with their sizes."""
        found: dict[str, object] = {name: self._digests.of(self._reports / name) for name in PAGES}
        return found | {str(path): path.stat().st_size for path in files_below(self._reports / _DATA)}
