"""Every link inside a site, followed: a page, file or place in a page that is not there is a dead link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from milaid.publish.explore.writing import FILE_NAME

_TAG = re.compile(r"<[a-zA-Z][^\s<>/]*(\s[^<>]*)>")
_LINK = re.compile(r"""(?<![\w:-])(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ID = re.compile(r"""(?<![\w:-])(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PAGES = (".html", ".atom")


def dead_links(root: Path) -> list[str]:
    """Return every dead link below a directory: the page it stands on, what it leads to, what is missing.

    Only links inside the site are followed. A link that leads out of ``root``, or that only holds on one machine
    (an absolute path or a file: address), is dead too.
    """
    pages = {
        path.relative_to(root).as_posix(): path
        for path in sorted(root.rglob("*"))
        if path.suffix in _PAGES and path.is_file()
    }
    links: dict[str, list[str]] = {}
    names: dict[str, set[str]] = {}
    for page, path in pages.items():
        text = path.read_text(encoding="utf-8")
        links[page], names[page] = list(dict.fromkeys(_found(text, _LINK))), set(_found(text, _ID))
    problems = []
    for page, found in links.items():
        problems += [
            f"{page}: {link} ({why})" for link in found if (why := _problem(root, page, link, names))
        ]
    return problems


def _found(text: str, what: re.Pattern[str]) -> Iterator[str]:
    for tag in _TAG.finditer(text):
        for match in what.finditer(tag[1]):
            yield unescape(match[1] if match[1] is not None else match[2])


def _problem(root: Path, page: str, link: str, names: dict[str, set[str]]) -> str:
    """Return why a link of a page is dead, "" when it is not or leads to the web."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return "no address"
    if parts.scheme and parts.scheme != "file":
        return ""
    if parts.scheme == "file" or parts.netloc or parts.path.startswith("/"):
        return "does not hold when the folder is moved"
    target = page
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if target.startswith(".."):
            return "leads out of the site"
        if not (root / target).is_file():
            return f"there is no {target}"
    fragment = unquote(parts.fragment)
    if target == FILE_NAME and "=" in fragment:
        # A question that the page is to answer, and no place in it.
        return ""
    if fragment and target in names and fragment not in names[target]:
        return f"{target} has no place called {fragment}"
    return ""
