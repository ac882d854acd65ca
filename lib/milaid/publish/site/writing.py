"""The pages of the site and the data for download, written beside the built reports."""

from __future__ import annotations

from pathlib import Path


def write_site(reports_dir: Path, with_data: bool = True) -> list[Path]:
    """Write the pages of the site beside the built reports and return them; the data too unless told not to.

    What has not changed is not made again. Raises RequestError where there are no tables in data/.
    """
    from milaid.publish.site.downloads import write_downloads
    from milaid.publish.site.pages import write_pages
    from milaid.publish.site.revisions import read_history

    reports_dir.mkdir(parents=True, exist_ok=True)
    if with_data:
        write_downloads(reports_dir)
    return write_pages(reports_dir, read_history(reports_dir))
