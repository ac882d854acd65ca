"""The history of published reports: which numbers moved after publication, and why.

Kept as ``revisions.json`` beside the reports and in every published site, one entry for each published report.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import milaid
from milaid.blocks.words import counted
from milaid.errors import ReportError
from milaid.parsing import parse_json, shortened_text
from milaid.publish.suite.compared import Moved
from milaid.replacing import write_whole

FILE_NAME = "revisions.json"
SUITE = "milaid"
REVISION, CORRECTION = "revision", "correction"
KINDS = {REVISION: "Revision", CORRECTION: "Correction of an error"}
"""Why numbers move: a new or changed source, a better method; or an error of ours or of a document."""
MOST_KEPT = 500
"""Numbers kept for one revision of one report; how many moved in all is kept beside them."""


@dataclass(frozen=True)
class Revision:
    """One change of a published report: its day, the version of milaid, the reason, the numbers that moved, its kind.

    ``kind`` is one of :data:`KINDS`. ``numbers_moved`` counts all of them, ``changes`` holds the first of them. ``withdrawn`` says that the report
    was taken out.
    """

    date: str
    version: str
    reason: str
    numbers_moved: int
    changes: tuple[Moved, ...] = ()
    withdrawn: bool = False
    kind: str = REVISION

    @property
    def heading(self) -> str:
        """What was done, in a few words: ``Correction of an error, 3 numbers moved``, ``Revision, withdrawn``."""
        moved = f"{counted(self.numbers_moved, 'number')} moved"
        return f"{KINDS[self.kind]}, {'withdrawn' if self.withdrawn else moved}"


@dataclass(frozen=True)
class Published:
    """One published report: the day of the version that it first came out with, and its revisions in order."""

    date: str
    version: str
    revisions: tuple[Revision, ...] = ()

    @property
    def updated(self) -> str:
        """The day of its last revision, else the one it came out."""
        return max([self.date, *(revision.date for revision in self.revisions)])


History = dict[str, Published]
"""The published reports by their places."""


def read_history(folder: Path) -> History:
    """Return the history beside reports or in a site; empty where there is none. ReportError when damaged."""
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    try:
        return {place: _published(entry) for place, entry in parse_json(text)["reports"].items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReportError(
            f"{path}: this is no history of published reports ({shortened_text(repr(error))}); "
            "take it back from version control or from the published site"
        ) from error


def _published(entry: dict[str, Any]) -> Published:
    revisions = tuple(
        Revision(**{**item, "changes": tuple(Moved(**change) for change in item["changes"])})
        for item in entry["revisions"]
    )
    unknown = sorted({revision.kind for revision in revisions} - set(KINDS))
    if unknown:
        raise ValueError(f"kinds of revisions {unknown}; known: {', '.join(KINDS)}")
    return Published(entry["date"], entry["version"], revisions)


def as_json(history: History) -> str:
    """Return a history as the text of its file."""
    reports = {place: asdict(history[place]) for place in sorted(history)}
    content = {
        "suite": SUITE,
        "about": "Which numbers of published reports moved after publication, and why.",
        "reports": reports,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_history(folder: Path, history: History) -> None:
    """Write a history into a directory, in one step."""
    write_whole(folder / FILE_NAME, as_json(history))


def is_site(folder: Path) -> bool:
    """Return whether a folder holds a site that milaid published."""
    try:
        content = parse_json((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("suite") == SUITE


def merged(one: History, other: History) -> History:
    """Return two histories as one: of each report the earlier first day and all revisions by their days."""
    joined = dict(one)
    for place, published in other.items():
        if place not in joined:
            joined[place] = published
            continue
        known = joined[place]
        first = min(known, published, key=lambda entry: entry.date)
        added = [revision for revision in published.revisions if revision not in known.revisions]
        revisions = sorted([*known.revisions, *added], key=lambda revision: revision.date)
        joined[place] = Published(first.date, first.version, tuple(revisions))
    return joined


def with_published(history: History, places: Sequence[str]) -> History:
    """Return a history in which each of the places is published; new ones with the day of the version."""
    new = {place: Published(milaid.__released__, milaid.__version__) for place in places}
    return {**new, **history}


def with_revision(
    history: History, place: str, moved: Sequence[Moved], reason: str, kind: str, withdrawn: bool = False
) -> History:
    """Return a history with one more revision of a report, made today."""
    kept = tuple(moved[:MOST_KEPT])
    revision = Revision(today(), milaid.__version__, reason, len(moved), kept, withdrawn, kind)
    known = history[place]
    return {**history, place: Published(known.date, known.version, (*known.revisions, revision))}


def today() -> str:
    """Return the day in UTC: that of SOURCE_DATE_EPOCH where it is set, else the day of the clock."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()
