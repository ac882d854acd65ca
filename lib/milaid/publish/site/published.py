"""The page of a report as it is published: with the revisions of the report, the address of the site, and a manifest that says so.

A page is built before either is known; what is put into the published copy changes its digest.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from milaid.publish.files import crate
from milaid.publish.site.addresses import address_of, with_address
from milaid.publish.site.revised_pages import with_revisions
from milaid.publish.site.revisions import read_history


def renew_manifests(room: Path, places: Iterable[str]) -> None:
    """Write into the manifests of reports in ``room`` what their pages are now; a report without one is left as it is."""
    for place in places:
        manifest, page = room / place / crate.NAME, room / f"{place}.html"
        if manifest.is_file() and page.is_file():
            manifest.write_bytes(crate.with_files(manifest, {f"../{page.name}": crate.file_of(page)}))


def as_published(room: Path, place: str, site: Path) -> None:
    """Change the page of a report in ``room``, which was just built, as publishing it in ``site`` did."""
    path, name = room / f"{place}.html", f"{place}.html"
    if not path.is_file():
        return
    page = path.read_text(encoding="utf-8")
    history = read_history(site)
    if place in history and history[place].revisions:
        page = with_revisions(page, place, history[place].revisions)
    if (site / name).is_file():
        address = address_of((site / name).read_text(encoding="utf-8", errors="replace"), name)
        page = with_address(page, name, address) if address else page
    path.write_text(page, encoding="utf-8", newline="")
    renew_manifests(room, [place])
