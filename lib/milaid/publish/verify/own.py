"""What is a published site's own, made once more from what lies in it and from the tables here: pages, feed, explorer, data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from milaid.errors import MilaidError
from milaid.publish.explore.writing import write_explorer
from milaid.publish.site import downloads
from milaid.publish.site.built_reports import built_reports
from milaid.publish.site.pages import page_texts
from milaid.publish.site.revisions import read_history
from milaid.publish.verify.held import DIFFERS, MISSING, NOT_AGAIN
from milaid.tables.state import file_digest
from milaid.temporary import temporary_folder
from milaid.walking import files_below


@dataclass(frozen=True)
class Own:
    """What came of making a site's own files again: how many pages and files of data agree, and what is wrong with others."""

    pages: int = 0
    data: int = 0
    problems: tuple[tuple[Path, str], ...] = ()
    agreeing: frozenset[Path] = frozenset()


def made_again(site: Path) -> Own:
    """Make the pages, the feed, the explorer and the data of a site again, in a temporary folder, and compare them.

    The pages are made from the notebooks, the history and the data that lie in the site, by the plan that is at hand.
    """
    with temporary_folder() as room:
        try:
            for name, text in page_texts(site, built_reports(site), read_history(site)).items():
                (room / name).write_text(text, encoding="utf-8", newline="")
            write_explorer(room, in_site=True)
            pages = sorted(path.name for path in room.iterdir() if not path.name.startswith("."))
            data = _made_data(room) if (site / downloads.FOLDER).is_dir() else []
        except (MilaidError, OSError, ValueError, KeyError, TypeError) as error:
            return Own(problems=((site, f"its pages cannot be made again: {error}"),))
        compared = {site / name: _compared(site / name, room / name) for name in [*pages, *data]}
    there = sorted(files_below(site / downloads.FOLDER))
    compared |= {path: NOT_AGAIN for path in there if path not in compared}
    agreeing = frozenset(path for path, what in compared.items() if not what)
    own_pages = sum(path.parent == site for path in agreeing)
    problems = tuple((path, what) for path, what in compared.items() if what)
    return Own(own_pages, len(agreeing) - own_pages, problems, agreeing)


def _made_data(room: Path) -> list[str]:
    made = downloads.write_downloads(room)
    return [path.relative_to(room).as_posix() for path in sorted(files_below(made))]


def _compared(path: Path, made: Path) -> str:
    """Return what is wrong with a file beside the one that was made again, "" for nothing."""
    try:
        return "" if file_digest(path) == file_digest(made) else DIFFERS
    except FileNotFoundError:
        return MISSING
