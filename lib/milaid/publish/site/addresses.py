"""The address of the published site on the page of each report: its own one, and that of its picture.

A page names its files relative to itself, so that the site works from a disk or a web server. Social networks take
whole addresses only, and which that is, only who publishes can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, urljoin

from milaid.errors import RequestError
from milaid.publish.site.built_reports import BuiltReport

_WEB = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")
_PICTURE = re.compile(r'(<meta property="og:image" content=")([^"]*)(">)')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_BEFORE = '<meta name="generator"'


def require_address(address: str) -> None:
    """Raise RequestError for what is no address of a site; "" stands for none."""
    if address and not _WEB.fullmatch(address):
        raise RequestError(
            f"--address: {address!r} is no address of a site; give one such as https://example.org/reports/"
        )


def show_address(room: Path, reports: Iterable[BuiltReport], address: str) -> None:
    """Put its whole address on the page of each report in ``room``; nothing for the address ""."""
    if not address:
        return
    for report in reports:
        path = room / f"{report.place}.html"
        if path.is_file():
            page = path.read_text(encoding="utf-8")
            path.write_text(with_address(page, f"{report.place}.html", address), encoding="utf-8", newline="")


def address_of(page: str, name: str) -> str:
    """Return the address of the site that stands on a page which lies as ``name`` below it; "" where none does."""
    found = _CANONICAL.search(page)
    own = unescape(found[1]) if found else ""
    return own.removesuffix(quote(name)) if own.endswith(f"/{quote(name)}") else ""


def with_address(page: str, name: str, address: str) -> str:
    """Return the page that lies as ``name`` below the address of a site with whole addresses in its head."""
    own = urljoin(f"{address.rstrip('/')}/", quote(name))
    tags = f'<link rel="canonical" href="{escape(own)}">\n<meta property="og:url" content="{escape(own)}">\n'
    page = page.replace(_BEFORE, tags + _BEFORE, 1)
    return _PICTURE.sub(lambda found: found[1] + escape(urljoin(own, found[2])) + found[3], page, count=1)
