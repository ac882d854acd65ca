"""Which names of places and programs take "the" in a sentence."""

from __future__ import annotations

_WITH_ARTICLE = (
    "Fund",
    "Initiative",
    "Program",
)
_PLACES_WITH_ARTICLE = frozenset(
    (
        "Near East", "Western Hemisphere", "Bahamas", "Cayman Islands", "Central African Republic", "Comoros",
        "Cook Islands", "Dominican Republic", "Gambia", "Maldives", "Marshall Islands", "Netherlands Antilles",
        "Palestinian Authority", "Philippines", "Solomon Islands", "Turks and Caicos Islands",
        "United Arab Emirates",
    )
)  # fmt: skip


def region_name(place: str) -> str:
    """Return a region or recipient as it stands in a sentence: ``the Near East``, ``Africa``, ``the Bahamas``."""
    return f"the {place}" if place in _PLACES_WITH_ARTICLE else place


def with_article(program: str) -> str:
    """Return a program name as it stands in a sentence: ``the Global Peace Operations Initiative``.

    Names that end in a word such as Fund, Initiative or Program, or that speak of centers, take the article.
    """
    heads = program.split()
    takes = bool(heads) and (heads[-1] in _WITH_ARTICLE or "Centers" in heads or "Program" in heads)
    return f"the {program}" if takes else program
