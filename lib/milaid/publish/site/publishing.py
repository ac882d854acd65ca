"""``milaid site --out DIR``: the reports and the pages around them, copied as one tree that can be put anywhere.

A report that is published is not overwritten silently: where one of its numbers moved, a reason is asked for and
kept. The tree is made beside its place and put there at the end, so that it is never there by halves.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from milaid.blocks.words import counted
from milaid.errors import ReportError, RequestError, list_problems
from milaid.progress import Progress
from milaid.publish.export.folder import Kind, replaced, require_replaceable, write_sums
from milaid.publish.site import downloads
from milaid.publish.site.addresses import require_address, show_address
from milaid.publish.site.built_reports import BuiltReport, as_lying_in, built_reports, require_reports
from milaid.publish.site.dead_links import dead_links
from milaid.publish.site.pages import write_pages
from milaid.publish.site.published import renew_manifests
from milaid.publish.site.revised_pages import show_revisions
from milaid.publish.site.revisions import (
    KINDS,
    History,
    is_site,
    merged,
    read_history,
    with_published,
    with_revision,
    write_history,
)
from milaid.publish.site.shown import shown_reports
from milaid.publish.suite.compared import Moved
from milaid.publish.suite.explain import moves, read_build
from milaid.sources.official import file_digest
from milaid.tables.digests import require_as_built
from milaid.world import require_room

SITE = Kind("a", "site", "published", is_site)
_MOST_NAMED = 5


@dataclass(frozen=True)
class Difference:
    """What a published report would lose or change: the numbers that moved, or that it is no longer built."""

    place: str
    moved: tuple[Moved, ...] = ()
    withdrawn: bool = False


def publish(
    reports: Path,
    out: Path,
    reason: str = "",
    kind: str = "",
    with_data: bool = True,
    keep: Collection[str] = (),
    say: Callable[[str], None] | None = None,
    address: str = "",
) -> str:
    """Put the built reports and the pages of the site into ``out``; returns what was done in one line.

    Of the reports those are put there that a record tells of and whose files are as they were built; ``say`` is told of
    all else that lies among them. Files of ``out`` that fit one of the patterns ``keep`` stay, such as CNAME or .git.
    ``address`` is where the site will be found, for links to it in social networks; "" where that is not known.

    Raises RequestError where there is no report, where ``out`` holds anything but a site of milaid, where it lies
    inside the reports or around them, where ``address`` is none, and where numbers of a published report moved and no ``reason`` or no ``kind``
    (one of ``revisions.KINDS``) is given; DataError for tables that are not as built, ReportError with every dead link. In all these cases ``out`` stays as it was.
    """
    require_as_built()
    for folder in (reports, out):
        require_room(folder)
    shown = shown_reports(reports)
    built = shown.reports
    if say and shown.left_out:
        say(shown.message)
    require_reports(reports, built)
    require_address(address)
    _require_apart(reports, out)
    require_replaceable(out.resolve(), SITE, keep)
    differences = compare(built, reports, out)
    if differences and not (reason.strip() and kind in KINDS):
        raise RequestError(_refusal(out, differences))
    history = _history(reports, out, built, differences, reason.strip(), kind)
    if with_data:
        downloads.write_downloads(reports)
    with replaced(out, SITE, keep) as room:
        _copy(reports, room, built, with_data)
        show_revisions(room, built, history)
        show_address(room, built, address)
        renew_manifests(room, (r.place for r in built if address or history[r.place].revisions))
        write_pages(room, [as_lying_in(room, report) for report in built], history)
        write_history(room, history)
        problems = dead_links(room)
        if problems:
            advice = "Build the reports that are missing, then publish again. Nothing was changed."
            raise ReportError(list_problems("The site has dead links:", problems, advice))
        write_sums(room)
        files = sum(1 for path in room.rglob("*") if path.is_file())
    write_history(reports, history)
    write_pages(reports, built, history)
    revised = f", {counted(len(differences), 'report')} revised" if differences else ""
    return f"{out}: {counted(len(built), 'report')}{revised}, {counted(files, 'file')}, all links hold"


def compare(built: Sequence[BuiltReport], reports: Path, out: Path) -> list[Difference]:
    """Return the reports published in ``out`` of which a number moved, or that are built no more."""
    there = {report.place for report in built}
    found = []
    for report in built_reports(out) if out.is_dir() else []:
        place = report.place
        if place not in there:
            found.append(Difference(place, withdrawn=True))
        elif not _same_files(reports, out, place):
            moved = moves(read_build(_source(out, place)), read_build(_source(reports, place)))
            if moved:
                found.append(Difference(place, tuple(moved)))
    return found


def _source(root: Path, place: str) -> Path:
    """Return what a build is read from: the tables with the notebook beside them, else the notebook alone."""
    folder = root / place
    return folder if any(folder.glob("*.csv")) else root / f"{place}.ipynb"


def _same_files(reports: Path, out: Path, place: str) -> bool:
    """Return whether notebook and tables of a report are the same, byte for byte."""

    def digests(root: Path) -> dict[str, str]:
        files = [root / f"{place}.ipynb", *sorted((root / place).glob("*.csv"))]
        return {path.name: file_digest(path) for path in files}

    return digests(reports) == digests(out)


def _history(
    reports: Path,
    out: Path,
    built: Sequence[BuiltReport],
    differences: Sequence[Difference],
    reason: str,
    kind: str,
) -> History:
    known = merged(read_history(reports), read_history(out))
    places = [report.place for report in built] + [difference.place for difference in differences]
    history = with_published(known, places)
    for difference in differences:
        history = with_revision(
            history, difference.place, difference.moved, reason, kind, withdrawn=difference.withdrawn
        )
    return history


def _refusal(out: Path, differences: Sequence[Difference]) -> str:
    lines = []
    for difference in differences:
        if difference.withdrawn:
            lines.append(
                f"{difference.place}: published, and not built any more or changed since it was built"
            )
            continue
        said = [f"{difference.place}: {counted(len(difference.moved), 'number')} moved"]
        said += [f"      {move.sentence}" for move in difference.moved[:_MOST_NAMED]]
        if len(difference.moved) > _MOST_NAMED:
            said.append(f"      and {len(difference.moved) - _MOST_NAMED} more")
        lines.append("\n".join(said))
    advice = (
        'Say why with --reason "...", and of which kind it is: --kind revision (a new source or method) or --kind '
        "correction (an error is mended). Both are kept in revisions.json and shown to readers. Nothing was changed."
    )
    return list_problems(f"{out}: published reports would change:", lines, advice)


def _require_apart(reports: Path, out: Path) -> None:
    source, target = reports.resolve(), out.resolve()
    if target == source or source in target.parents or target in source.parents:
        raise RequestError(
            f"{out}: a site cannot be published into the reports or around them; name another --out"
        )


def _copy(reports: Path, room: Path, built: Sequence[BuiltReport], with_data: bool) -> None:
    """Copy the files that the build of each report wrote, and the data; nothing else that lies there."""
    with Progress("Copying reports", len(built)) as progress:
        for report in built:
            for name in report.files:
                (room / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(reports / name, room / name)
            progress.advance(what=report.place)
    if with_data:
        shutil.copytree(
            reports / downloads.FOLDER, room / downloads.FOLDER, ignore=shutil.ignore_patterns(".*")
        )
