"""The pages of the site and the data for download, written beside the built reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from milaid import memory
from milaid.publish.site.current import PAGES, SiteState


def write_site(
    reports_dir: Path, with_data: bool = True, say: Callable[[str], None] | None = None
) -> list[Path]:
    """Write the pages of the site beside the built reports and return them; the data too unless told not to.

    What has not changed is not made again. ``say`` is told what lies there and is not shown. Raises RequestError where there are no tables in data/.
    """
    reports_dir.mkdir(parents=True, exist_ok=True)
    state = SiteState(reports_dir)
    if state.is_current(with_data):
        return [reports_dir / name for name in PAGES]
    from milaid.publish.site.downloads import write_downloads
    from milaid.publish.site.pages import write_pages
    from milaid.publish.site.revisions import read_history
    from milaid.publish.site.shown import shown_reports

    if with_data:
        write_downloads(reports_dir)
        memory.give_back()
    shown = shown_reports(reports_dir)
    if say and shown.left_out:
        say(shown.message)
    written = write_pages(reports_dir, shown.reports, read_history(reports_dir))
    state.keep(with_data)
    return written
