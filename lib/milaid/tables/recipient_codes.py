"""The codes of recipients, and names as parts of addresses."""

from __future__ import annotations

import re
import unicodedata

OWN_CODE = ("country", "territory")
"""The kinds of recipients that have an ISO code of their own."""


def recipient_code(name: str, iso3: str | None, kind: str) -> str:
    """Return the code of a recipient: its ISO code where it is a country or territory, else made of its name."""
    return iso3 if iso3 and kind in OWN_CODE else slug(name).upper()


def slug(text: str) -> str:
    """Return a text as a part of an address: small letters without accents, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", alphabetical(text)).strip("-")


def alphabetical(name: str) -> str:
    """Return a name in small letters without accents: Côte d’Ivoire stands between Costa Rica and Croatia."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
