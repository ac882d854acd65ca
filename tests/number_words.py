"""Numbers that a sentence says in words, in figures: ``seven programs``, ``twenty-third``, ``two thirds``."""

from __future__ import annotations

import re

from milaid.blocks.words import cardinal, ordinal

_CARDINALS = {cardinal(number): number for number in range(2, 13)}
_ORDINALS = {ordinal(rank): rank for rank in range(2, 400)}
_RULES = re.compile(
    r"\b(?:a (?:tenth|third) of|two points|one or two|(?:the |of )?(?:five|ten|twenty) (?:fiscal )?years|over five years|"
    r"(?:the )?(?:largest )?(?:five|ten)(?: and (?:the )?ten)? largest|largest five and ten|up to seven days|"
    r"(?:the|these|both|between the) two|on two courses counts|ten or fewer|came second|"
    r"two (?:lines|bar charts|laws|thirds)|(?:the )?ten (?:recipients )?with (?:the )?most|ten largest recipients|ten recipients had)\b",
    re.IGNORECASE,
)
"""What a rule sets or a phrase says, not a report: the five years of an average, the largest five, courses of up to a week."""
_ORDINAL = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True)) + r")\b(?! \d)",
    re.IGNORECASE,
)
_CARDINAL = re.compile(r"\b(?<!-)(?:" + "|".join(_CARDINALS) + r")\b(?!-)", re.IGNORECASE)


def in_figures(text: str) -> str:
    """Return a text with the numbers it says in words as figures; what a rule sets is left out."""
    plain = _RULES.sub(" ", text)
    plain = _ORDINAL.sub(lambda found: str(_ORDINALS[found[0].lower()]), plain)
    return _CARDINAL.sub(lambda found: str(_CARDINALS[found[0].lower()]), plain)
