"""The site around the reports: index, data page, glossary, how to cite, feed; published as one tree.

``suite`` finds what is built, ``pages`` writes the pages, ``downloads`` the data, ``feed`` the feed, ``revisions``
keeps the history of what is published, ``publishing`` copies the tree, ``links`` follows its links, ``serving``
shows it.
"""

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
