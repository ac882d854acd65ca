"""What was built from what: a record beside the reports that tells which of them are still as they should be.

A report is current when everything that can change its bytes is the same and its files are those that were
written. That a fingerprint covers more than one report depends on (all of data/, all code, all packages) makes
some reports anew that would come out equal, and never leaves one that would not. What a notebook reads from
elsewhere is not known here.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import milaid
from milaid import paths
from milaid.publish.suite.plan import Entry
from milaid.sources.official import file_digest

RECORD = ".built.json"
_OFFICIAL = "official"


@dataclass
class Record:
    """For each place the fingerprint of what its report was built from, its files, and one digest of them."""

    out_dir: Path
    reports: dict[str, dict] = field(default_factory=dict)

    def is_current(self, place: str, fingerprint: str) -> bool:
        """Return whether the files of a report are there, as they were written, from this fingerprint."""
        known = self.reports.get(place)
        if not isinstance(known, dict) or known.get("fingerprint") != fingerprint:
            return False
        files = [self.out_dir / name for name in known.get("files", ())]
        return all(path.is_file() for path in files) and self._digest(files) == known.get("digest")

    def keep(self, place: str, fingerprint: str, files: Iterable[Path]) -> None:
        """Note that a report was built, and write the record."""
        written = sorted(files)
        self.reports[place] = {
            "fingerprint": fingerprint,
            "files": [path.relative_to(self.out_dir).as_posix() for path in written],
            "digest": self._digest(written),
        }
        text = json.dumps({"reports": self.reports}, indent=1, sort_keys=True, ensure_ascii=False)
        new = self.out_dir / f"{RECORD}-{os.getpid()}"
        new.write_text(text + "\n", encoding="utf-8")
        new.replace(self.out_dir / RECORD)

    def _digest(self, files: Iterable[Path]) -> str:
        return _joined(f"{path.relative_to(self.out_dir).as_posix()} {file_digest(path)}" for path in files)


def read_record(out_dir: Path) -> Record:
    """Return the record of a directory of reports; an empty one where there is none that can be read."""
    try:
        return Record(out_dir, dict(json.loads((out_dir / RECORD).read_text(encoding="utf-8"))["reports"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Record(out_dir)


class Fingerprints:
    """Fingerprints of reports that may link to ``linked``; what they have in common is read once."""

    def __init__(self, linked: frozenset[str]) -> None:
        self._common = _joined(
            [
                *_files(paths.data_dir(), without=_OFFICIAL),
                *_files(Path(milaid.__file__).parent),
                *sorted(f"{package.name} {package.version}" for package in metadata.distributions()),
                f"python {platform.python_version()} {platform.machine()}",
                *sorted(linked),
            ]
        )

    def of(self, entry: Entry) -> str:
        """Return the fingerprint of all that can change the bytes of a report; its notebook must be there."""
        request = entry.request
        wanted = [entry.kind, entry.place, entry.values, entry.output, entry.formats]
        made_of = [
            f"{path.name} {file_digest(path)}" for path in request.report.own_files() if path.is_file()
        ]
        return _joined([self._common, *made_of, json.dumps(wanted, sort_keys=True)])


def _files(folder: Path, without: str = "") -> list[str]:
    """Return the files below a folder with their digests; hidden ones and compiled code do not count."""
    listed = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        parts = path.relative_to(folder).parts
        if parts[0] != without and not any(part.startswith((".", "__pycache__")) for part in parts):
            listed.append(f"{'/'.join(parts)} {file_digest(path)}")
    return listed


def _joined(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
