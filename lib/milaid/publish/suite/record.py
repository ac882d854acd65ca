"""What was built from what: a record beside the reports that tells which of them are still as they should be.

One JSON object a line, added to when a report is built: the inputs of a report by group with one digest each and the
digest of each file that was written, and once for many reports what a group holds. The last line on a place is valid.
A line that cannot be read is none, so that a build that was broken off costs what it had not finished.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from milaid import locks
from milaid.parsing import parse_json
from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.gathered import Inputs
from milaid.replacing import write_whole

RECORD = ".built.jsonl"
_WRITING = f"{RECORD}.lock"
_SPARE_LINES = 1.5
_SECONDS_TO_WAIT = 60


@dataclass(frozen=True)
class Built:
    """One report as it was built: a digest of each group of inputs, its files with theirs, and the places it had links to.

    Files are named as seen from the directory of the reports.
    """

    inputs: Mapping[str, str]
    files: Mapping[str, str]
    targets: tuple[str, ...] = ()


@dataclass
class Record:
    """What was built, by place, and what the groups of inputs hold, by their digests."""

    out_dir: Path
    digests: Digests
    reports: dict[str, Built] = field(default_factory=dict)
    groups: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def is_intact(self, place: str, ending: str = "") -> bool:
        """Return whether the files of a report are there as they were written; with ``ending`` those named so."""
        known = self.reports.get(place)
        if known is None:
            return False
        files = {name: digest for name, digest in known.files.items() if name.endswith(ending)}
        root = str(self.out_dir)
        return bool(files) and all(
            self.digests.of(f"{root}/{name}") == digest for name, digest in files.items()
        )

    def keep(self, place: str, inputs: Inputs, targets: Iterable[str], files: Iterable[Path]) -> None:
        """Note that a report was built; a file of its last build that is none of it any more is removed."""
        written = self._digests_of(files)
        before = self.reports.get(place)
        for name in before.files if before else ():
            if name not in written:
                (self.out_dir / name).unlink(missing_ok=True)
        self._note(place, inputs, targets, written)

    def add(
        self, place: str, inputs: Inputs, targets: Iterable[str], files: Iterable[Path], same_notebook: bool
    ) -> None:
        """Note that a report was made by itself: its files of other formats stay, and count with the ``same_notebook``."""
        written = self._digests_of(files)
        before = self.reports.get(place)
        if before and same_notebook:
            written = {**before.files, **written}
        self._note(place, inputs, targets, written)

    def _digests_of(self, files: Iterable[Path]) -> dict[str, str]:
        return {path.relative_to(self.out_dir).as_posix(): self.digests.of(path) for path in sorted(files)}

    def _note(self, place: str, inputs: Inputs, targets: Iterable[str], written: Mapping[str, str]) -> None:
        built = Built(inputs.digests, written, tuple(sorted(targets)))
        if self.reports.get(place) == built:
            return
        self.reports[place] = built
        lines = []
        for name, digest in inputs.digests.items():
            if digest not in self.groups:
                self.groups[digest] = inputs.groups[name]
                lines.append(_group_line(digest, self.groups[digest]))
        lines.append(_report_line(place, self.reports[place]))
        with _alone(self.out_dir):
            _append(self.out_dir / RECORD, "".join(lines))

    def look_again(self) -> None:
        """Look once more at what was built, so that the digests of its files are remembered."""
        for built in self.reports.values():
            self.digests.of_all(f"{self.out_dir}/{name}" for name in built.files)
        self.digests.save()

    def compact(self) -> None:
        """Write the record without the lines that later ones have replaced, when these are many.

        What another process has noted since this was read is read first.
        """
        path = self.out_dir / RECORD
        with contextlib.suppress(OSError), _alone(self.out_dir):
            lines = path.read_bytes().splitlines()
            _read(self, lines)
            used = {digest for built in self.reports.values() for digest in built.inputs.values()}
            kept = [_group_line(digest, group) for digest, group in self.groups.items() if digest in used]
            kept += [_report_line(place, built) for place, built in self.reports.items()]
            if len(lines) > _SPARE_LINES * len(kept):
                write_whole(path, "".join(kept))


def _alone(out_dir: Path) -> AbstractContextManager[None]:
    """Let one process after another write the record."""
    return locks.held(out_dir / _WRITING, _SECONDS_TO_WAIT)


def _append(path: Path, lines: str) -> None:
    """Add lines; one that a killed process has left unfinished stays one that cannot be read, and takes none with it."""
    with path.open("ab+") as stream:
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            if stream.read() != b"\n":
                lines = f"\n{lines}"
        stream.write(lines.encode("utf-8"))


def _group_line(digest: str, group: Mapping[str, str]) -> str:
    return json.dumps({"group": digest, "inputs": dict(group)}, sort_keys=True, ensure_ascii=False) + "\n"


def _report_line(place: str, built: Built) -> str:
    content = {"place": place, "inputs": built.inputs, "files": built.files, "targets": built.targets}
    return json.dumps(content, sort_keys=True, ensure_ascii=False) + "\n"


def read_record(out_dir: Path, digests: Digests | None = None) -> Record:
    """Return the record of a directory of reports; an empty one where there is none that can be read."""
    record = Record(out_dir, digests or Digests(out_dir))
    try:
        lines = (out_dir / RECORD).read_bytes().splitlines()
    except OSError:
        return record
    _read(record, lines)
    return record


def _read(record: Record, lines: Iterable[bytes]) -> None:
    """Take what lines say into a record; one that cannot be read says nothing."""
    for line in lines:
        try:
            content = parse_json(line)
            if "group" in content:
                record.groups[content["group"]] = {**content["inputs"]}
            else:
                built = Built({**content["inputs"]}, {**content["files"]}, tuple(content["targets"]))
                record.reports[content["place"]] = built
        except (ValueError, TypeError, KeyError):
            continue
