"""Texts in addresses: what may not stand there as it is, with percents."""

from __future__ import annotations

import string
from functools import lru_cache
from urllib.parse import quote

LETTERS = string.ascii_letters + string.digits + "_.-~"


def percent_encoded(text: str, kept: str) -> str:
    """Return a text with all but letters, digits, ``_.-~`` and ``kept`` encoded, as :func:`urllib.parse.quote` does.

    Letter by letter of what there is to encode: long texts have few kinds of it, and quote looks at every place.
    """
    others = {*text}.difference(LETTERS, kept)
    # A percent that is put in is none to be encoded.
    for letter in sorted(others, key=lambda each: each != "%"):
        text = text.replace(letter, _encoded(letter))
    return text


@lru_cache(maxsize=1024)
def _encoded(letter: str) -> str:
    return quote(letter, safe="")
