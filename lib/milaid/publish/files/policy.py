"""The Content-Security-Policy of a page: it runs and shows what it was written with, and loads nothing.

Scripts and styles are allowed by the SHA-256 of their text. What somebody else adds to a page that is passed on or hosted
does not run, and what it holds can tell nobody that it was read.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape, unescape

MOST_STYLES = 500
"""Different styles of elements that are listed by their hashes; a page with more of them, such as a table in colours that
somebody made, allows styles of elements by whatever text."""

_HEAD = '<meta charset="utf-8">\n'
_BLOCK = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_OF_ELEMENT = re.compile(r"""\sstyle="([^"]*)"|\sstyle='([^']*)'""", re.IGNORECASE)
_RUN = ("module", "text/javascript")
_ALWAYS = {
    "default-src": "'none'",
    "img-src": "data:",
    "font-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def with_policy(page: str, more: Mapping[str, str] | None = None) -> str:
    """Return an HTML page with its policy in its head, in force before anything that it speaks of.

    ``more`` are directives beside the usual ones, or in place of them. The page must not be changed any more where it has scripts
    or styles. Raises ValueError for a page without a line that names its letters, below which the policy stands.
    """
    if _HEAD not in page:
        raise ValueError(f"the page has no line {_HEAD.strip()}")
    before, after = page.split(_HEAD, 1)
    tag = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(page, more))}">\n'
    return f"{before}{_HEAD}{tag}{after}"


def policy(page: str, more: Mapping[str, str] | None = None) -> str:
    """Return the policy of an HTML page as it is: hashes of its scripts and styles, in the order of their text."""
    scripts, sheets = set(), set()
    for kind, attributes, text in _BLOCK.findall(page):
        if kind.lower() == "style":
            sheets.add(text)
        elif _runs(attributes):
            scripts.add(text)
    elements = {unescape(one or other) for one, other in _OF_ELEMENT.findall(_BLOCK.sub("", page))}
    directives = {
        **_ALWAYS,
        **({"script-src": _listed(scripts)} if scripts else {}),
        # For browsers that do not know the two below: they know no hashes of styles of elements either.
        "style-src": "'unsafe-inline'",
        "style-src-elem": _listed(sheets),
        "style-src-attr": _of_elements(elements),
        **(more or {}),
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _runs(attributes: str) -> bool:
    """Return whether a script is one: with another type it is data."""
    kind = _TYPE.search(attributes)
    return kind is None or kind[1].lower() in _RUN


def _of_elements(styles: set[str]) -> str:
    if len(styles) > MOST_STYLES:
        return "'unsafe-inline'"
    return f"'unsafe-hashes' {_listed(styles)}" if styles else "'none'"


def _listed(texts: Iterable[str]) -> str:
    return " ".join(hash_of(text) for text in sorted(texts)) or "'none'"


def hash_of(text: str) -> str:
    """Return how a policy names a text: ``'sha256-…'``, of its bytes in UTF-8."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"
