"""The spellings nearest to one that is not known, and the hint that names them in a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

MOST_NAMED = 3
"""As many spellings are named at most: of more, a reader finds the list of all faster."""
LEAST_ALIKE = 0.6
"""From 0 to 1: how alike two spellings are at least where one may be meant by the other."""


def nearest(given: str, known: Iterable[str], least: float = LEAST_ALIKE) -> tuple[str, ...]:
    """Return up to three known spellings that are like a given one, the nearest first.

    Capitals, accents and punctuation do not count; of spellings that differ in nothing else, the first of the
    alphabet stands for all. ``least`` is how alike they must be, from 0 to 1.
    """
    plain: dict[str, str] = {}
    for spelling in sorted(set(known)):
        plain.setdefault(_plain(spelling), spelling)
    # Imported where a word is not known, which is seldom: it takes as long as all else that a request needs.
    from rapidfuzz import fuzz, process

    wanted = _plain(given)
    alike = process.extract(wanted, plain.keys(), scorer=fuzz.ratio, score_cutoff=least * 100, limit=None)
    near = sorted(alike if wanted else (), key=lambda one: (one[1], one[0]), reverse=True)
    return tuple(plain[key] for key, _, _ in near[:MOST_NAMED])


def hint(given: str, known: Iterable[str]) -> str:
    """Return what to add to a message on a word that is not known: "; did you mean 'x'?", "" where none is near."""
    return did_you_mean([repr(spelling) for spelling in nearest(given, known)])


def hint_or_known(given: str, known: Iterable[str]) -> str:
    """Return the hint of :func:`hint`, or all that is known where nothing is near: "; known: x, y"."""
    known = list(known)
    return hint(given, known) or f"; known: {', '.join(known) or 'none'}"


def did_you_mean(near: Sequence[str]) -> str:
    """Return the hint that names spellings as they are to be shown, "" where there is none."""
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ")
