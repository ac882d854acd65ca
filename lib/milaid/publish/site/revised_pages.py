"""What changed in a report after it was published, on the published page of the report itself.

A page is built before it is known that it differs from the published one, so that this is put into the copy that
is published: a line under the front, and a section at the end with every change. The PDF is as it was built; its page
says what changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from milaid.errors import ReportError
from milaid.publish.site import pages
from milaid.publish.site.built_reports import BuiltReport
from milaid.publish.site.revisions import FILE_NAME, History, Revision

_BEFORE_LINE = ('<details class="contents-folded">', "<section")
_BEFORE_SECTION = ('<footer class="imprint">', "</main>")
_SHOWN = 50


def show_revisions(room: Path, reports: Iterable[BuiltReport], history: History) -> None:
    """Put the revisions of each revised report on its page in ``room``; a report without a page is left as it is.

    Raises ReportError for a page that has no place for them.
    """
    for report in reports:
        revisions = history[report.place].revisions
        path = room / f"{report.place}.html"
        if revisions and path.is_file():
            page = path.read_text(encoding="utf-8")
            path.write_text(with_revisions(page, report.place, revisions), encoding="utf-8", newline="")


def with_revisions(page: str, place: str, revisions: Iterable[Revision]) -> str:
    """Return the page of a report with its revisions, the last one first."""
    newest_first = sorted(revisions, key=lambda revision: revision.date, reverse=True)
    up = "../" * place.count("/")
    shown = {
        "entries": [
            {
                "day": pages.day_in_words(revision.date),
                "heading": revision.heading,
                "reason": revision.reason,
                "changes": revision.changes[:_SHOWN],
                "more": max(revision.numbers_moved - _SHOWN, 0),
            }
            for revision in newest_first
        ],
        "policy": f"{up}cite.html#revisions",
        "file": f"{up}{FILE_NAME}",
    }
    template = pages.environment().get_template("revised.html.j2")
    page = _inserted(page, place, _BEFORE_LINE, template.render(**shown, section=False))
    return _inserted(page, place, _BEFORE_SECTION, template.render(**shown, section=True))


def _inserted(page: str, place: str, marks: Iterable[str], content: str) -> str:
    """Return the page with the content before the first of the marks that stands in its main part."""
    main = page.find('<main id="main">')
    for mark in marks:
        found = page.find(mark, main) if main >= 0 else -1
        if found >= 0:
            return page[:found] + content + page[found:]
    raise ReportError(f"{place}.html: the page has no place for its revisions; build the report again")
