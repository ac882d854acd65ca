"""What of a directory of reports is shown: what was built and lies there as it was built. Everything else is named.

A notebook changed by hand, a report of no record, a copy and what a program that syncs folders leaves behind are no
reports, whatever they are called: a reader could not tell them from one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from milaid import paths
from milaid.blocks.words import and_list, counted
from milaid.errors import list_problems
from milaid.publish.export.folder import SUMS
from milaid.publish.inputs.digests import NONE
from milaid.publish.site.built_reports import BuiltReport, built_reports
from milaid.publish.site.current import PAGES
from milaid.publish.site.downloads import FOLDER
from milaid.publish.site.revisions import FILE_NAME
from milaid.publish.suite.record import Record, read_record

_BESIDE = frozenset((*PAGES, FILE_NAME, SUMS))
"""What lies beside the reports and is no report."""
_NO_REPORTS = frozenset((FOLDER, paths.FAILURES))
_COPY = re.compile(r"\(\d+\)|\bcop(y|ies)\b|conflict|~$|\bsync-", re.IGNORECASE)
_PLACEHOLDER = ".icloud"
_NAMED = 3
_ADVICE = "What was made by milaid report or milaid build and not changed since is shown."


@dataclass(frozen=True)
class Shown:
    """The reports to show, in the order of the lists, and a line on each file or report that is left out."""

    reports: list[BuiltReport]
    left_out: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """What is left out, for the terminal; "" for nothing."""
        return (
            list_problems("Left out, as no build made it so:", self.left_out, _ADVICE)
            if self.left_out
            else ""
        )


def shown_reports(reports: Path) -> Shown:
    """Return what a directory shows of itself: the reports of its record whose files are all as they were written."""
    record = read_record(reports)
    changed = {place: _changes(record, place) for place in record.reports}
    built = built_reports(reports, {place for place, lines in changed.items() if not lines})
    shown = [_as_recorded(report, record) for report in built]
    lines = [
        f"{place}: {_said(names)}" for place, names in changed.items() if names and _any_there(record, place)
    ]
    record.digests.save()
    return Shown(shown, tuple(lines + list(_strays(reports, record))))


def _as_recorded(report: BuiltReport, record: Record) -> BuiltReport:
    files = record.reports[report.place].files
    downloads = tuple(download for download in report.downloads if download.path in files)
    return replace(report, downloads=downloads, files=tuple(files))


def _changes(record: Record, place: str) -> Mapping[str, str]:
    """Return the files of a report that are not as they were written, with what became of each."""
    found = {}
    for name, digest in record.reports[place].files.items():
        now = record.digests.of(f"{record.out_dir}/{name}")
        if now != digest:
            found[name] = "is missing" if now == NONE else "was changed"
    return found


def _any_there(record: Record, place: str) -> bool:
    """Return whether a report is there at all: one that was taken away whole is missed by nobody."""
    return any((record.out_dir / name).is_file() for name in record.reports[place].files)


def _said(names: Mapping[str, str]) -> str:
    first = [f"{name} {what}" for name, what in list(names.items())[:_NAMED]]
    more = len(names) - len(first)
    return and_list(first + ([f"{more} more"] if more else [])) + " since it was built"


def _strays(reports: Path, record: Record) -> Iterator[str]:
    """Yield a line for each file that no report of the record has; one for a folder that has no other."""
    known = {name for built in record.reports.values() for name in built.files}
    folders = {name.rpartition("/")[0] for name in known}
    own = {paths.plan_file().resolve()}
    for folder, inner, names in os.walk(reports):
        below = Path(folder).relative_to(reports).as_posix().removeprefix(".")
        inner[:] = sorted(
            name for name in inner if not name.startswith(".") and (below or name not in _NO_REPORTS)
        )
        here = [f"{below}/{name}".removeprefix("/") for name in sorted(names) if _is_visible(name)]
        strays = [
            name
            for name in here
            if name not in known and name not in _BESIDE and (reports / name).resolve() not in own
        ]
        if len(strays) > 1 and below and below not in folders:
            yield f"{below}/: {counted(len(strays), 'file')} of no build"
        else:
            yield from (f"{name}: {_what(name)}" for name in strays)


def _is_visible(name: str) -> bool:
    return not name.startswith(".") or name.endswith(_PLACEHOLDER)


def _what(name: str) -> str:
    file = name.rpartition("/")[2]
    if file.endswith(_PLACEHOLDER):
        return "stands for a file that iCloud has taken off this machine"
    return "looks like a copy" if _COPY.search(file) else "of no build"
