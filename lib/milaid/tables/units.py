"""The unit of the participants in one clean spelling, beside the one that is printed.

Letters and digits, their order and their case are never changed, so that two units stay two. What is
changed is what surrounds them:

- entities of HTML are decoded, however often they were encoded: ``&amp;amp;`` is ``&``;
- white space of whatever kind becomes one space; there is none before , ; : . ) ] and behind ( [, and one
  behind a comma or semicolon that a letter follows;
- quotation marks become ``"`` (a pair of ` or ' too), apostrophes ``'``, dashes ``-``;
- a hyphen that a break of the line left behind is joined to its word: ``Anti- narcotics`` is ``Anti-narcotics``;
  any other with a space on one side has one on both: ``BDF -HQ`` and ``BDF- HQ`` are ``BDF - HQ``;
- separators at both ends are taken off, but for a full stop behind a letter;
- a text that names no unit, such as N/A, TBD or see above, becomes missing: unit_words.csv lists them.
"""

from __future__ import annotations

import html
import re

import pandas as pd

from milaid.tables.phrases import normalised

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[0-9A-Fa-f]{2,4});")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("’‘`´", "'"))
_DASHES = re.compile("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]")
_LETTER = r"[^\W\d_]"
_PREFIX = "air|anti|co|counter|ex|inter|mid|multi|non|pre|post|semi|sub|trans|under|vice"
_REPLACED = (
    (re.compile(r"''"), '"'),
    (re.compile(r"\s+"), " "),
    (re.compile(r" ([,;:.)\]])"), r"\1"),
    (re.compile(r"([(\[]) "), r"\1"),
    (re.compile(rf"([,;])(?={_LETTER})"), r"\1 "),
    (re.compile(rf"(?<={_LETTER})- (?=[a-z])"), "-"),
    (re.compile(rf"\b({_PREFIX})- (?={_LETTER})", re.IGNORECASE), r"\1-"),
    (re.compile(rf"(?<={_LETTER})- (?={_LETTER})|(?<=\w) -(?={_LETTER})"), " - "),
    (re.compile(r"^(?:[\s,;:/\\|_\-+=*¦]|\.(?!\d))+"), ""),
    (re.compile(rf"[\s,;:/\\|_\-+=*¦]+$|(?<!{_LETTER})\.+$"), ""),
)


def clean_units(units: pd.Series, words: pd.DataFrame) -> pd.Series:
    """Return each unit in its clean spelling, missing where it names none; each distinct text is read once.

    In: units as printed; ``schemas.UNIT_WORDS``.
    """
    silent = frozenset(words["pattern"])
    found = {text: clean_unit(text, silent) for text in units.dropna().unique()}
    cleaned = [found[text] if isinstance(text, str) else None for text in units]
    return pd.Series(cleaned, index=units.index, dtype="str")


def clean_unit(text: str, silent: frozenset[str]) -> str | None:
    """Return one unit in its clean spelling; None when it is one of the ``silent`` texts or has no letter."""
    before = None
    while text != before:
        before, text = text, _cleaned_once(text)
    names_one = any(character.isalnum() for character in text) and normalised(text) not in silent
    return text if names_one else None


def _cleaned_once(text: str) -> str:
    while (decoded := _ENTITY.sub(lambda found: html.unescape(found.group()), text)) != text:
        text = decoded
    text = _DASHES.sub("-", text.translate(_QUOTES))
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    return text
