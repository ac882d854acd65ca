"""Looking up the words of a reference table in free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NOT_LETTERS = re.compile(r"[^A-Z0-9]+")
_FULL = {"FT": "FORT"}


def capitals(text: str) -> str:
    """Return text in capitals and without accents: ``"Lomé"`` becomes ``"LOME"``."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).upper()


def normalised(text: str) -> str:
    """Return the words of a text in capitals, without accents and punctuation, FT written out as FORT.

    ``"Ft. Benning, GA"`` becomes ``"FORT BENNING GA"``.
    """
    words = _NOT_LETTERS.sub(" ", capitals(text)).split()
    return " ".join(_FULL.get(word, word) for word in words)


@dataclass(frozen=True)
class Hit:
    """One pattern found in a text: the row of the table and the words ``first`` to before ``last``."""

    row: int
    match: str
    first: int
    last: int

    def inside(self, other: Hit) -> bool:
        """Return whether the words of this hit are a part of the words of a longer one."""
        return (
            other.first <= self.first
            and self.last <= other.last
            and other.last - other.first > self.last - self.first
        )


class Lookup:
    """Patterns, each with the way it counts: word (anywhere), end (of the text), whole (the text).

    ``find`` returns the hits in a text; a hit whose words lie inside a longer hit is left out, so that
    GUINEA BISSAU is not also GUINEA. Rows are named by their position.
    """

    def __init__(self, patterns: Iterable[str], matches: Iterable[str]) -> None:
        self._rows: dict[str, list[tuple[int, str]]] = {}
        for row, (pattern, match) in enumerate(zip(patterns, matches, strict=True)):
            self._rows.setdefault(pattern, []).append((row, match))
        self._longest = max((len(pattern.split()) for pattern in self._rows), default=0)

    def find(self, text: str) -> list[Hit]:
        """Return the hits in ``text`` (as :func:`normalised` writes it), in the order of the words."""
        words = text.split()
        hits = list(self._hits(words))
        return [hit for hit in hits if not any(hit.inside(other) for other in hits)]

    def _hits(self, words: list[str]) -> Iterator[Hit]:
        for first in range(len(words)):
            for last in range(first + 1, min(first + self._longest, len(words)) + 1):
                for row, match in self._rows.get(" ".join(words[first:last]), ()):
                    whole = first == 0 and last == len(words)
                    if (
                        match == "word"
                        or (match == "end" and last == len(words))
                        or (match == "whole" and whole)
                    ):
                        yield Hit(row, match, first, last)
