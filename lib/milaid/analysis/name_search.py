"""Finding names that documents spell in many ways: any order of words, abbreviations, languages, slips of the pen.

A rare word says more than a usual one. What is found under variant spellings is one group.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import starmap, takewhile

import numpy as np

from milaid.analysis.word_classes import ACRONYMS, LEFT_OUT, class_of

LEAST_SCORE = 70.0
"""From 0 to 100: the part of what a query says that a name must say too, rare words weighing more."""
SEARCH_RULE = (
    "Capitals, accents, punctuation and the order of words do not count; abbreviations and the same word in English, "
    "Spanish, French or Portuguese are alike; a word of four letters or more may differ in a letter or two. The score "
    "is how much of what was asked a name says, from 0 to 100, rare words weighing more, and a little less where it says "
    "more than that. Names of the same words are variants of one."
)
LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands in the published files where a letter is lost."""
FITS_DAMAGED = 0.95
"""How well a word with a lost letter says one that it may be."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})
_WORD = re.compile(
    "\\d+|[^\\W\\d_ºª]+(?:\N{REPLACEMENT CHARACTER}[^\\W\\d_]*)*|\N{REPLACEMENT CHARACTER}[^\\W\\d_]+"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|d|er|eme|e|o|a)\b")
_POSSESSIVE = re.compile(r"['’`]s?\b")
PENALTY_ELSE = 0.15
"""The part of its score that a name loses at most for words that were not asked for."""
WEIGHT_UNSAID = 1 / 3
"""The weight of a word that no name says, of that of the most usual word of the query."""
LEAST_ALIKE, SHORTEST_MISSPELT = 80.0, 4
"""How alike two words are at least, of 100, and how long a word must be to be misspelt at all."""


_MOST_KEPT = 2_000_000
"""Names that are kept of words asked for, of all words together: 25 MB."""
_AT_ONCE = 64
"""Words of queries that are compared with all words of names in one step."""


def words_of(text: str) -> list[str]:
    """Return the words of a name in small letters without accents, its numbers without endings: 33rd is 33."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _ORDINAL.sub("", _POSSESSIVE.sub("", plain) if "'" in plain or "’" in plain else plain)
    found = [word.lstrip("0") or "0" if word[0].isdigit() else word for word in _WORD.findall(plain)]
    return [word for word in found if word not in LEFT_OUT] or found


def damaged_form(word: str) -> re.Pattern[str]:
    """Return which words one with a lost letter may be: up to two letters stand in its place, an h behind it is part of it.

    The files print NARI\N{REPLACEMENT CHARACTER}hO for Nariño.
    """
    return re.compile(".{0,2}".join(map(re.escape, re.split(f"{LOST}h?", word))))


def class_of_word(word: str) -> str:
    """Return what stands for a word and all that mean the same: its class, or itself without a plural s."""
    classes = class_of()
    if word in classes:
        return classes[word]
    single = (
        word[:-1]
        if len(word) > SHORTEST_MISSPELT and word.endswith("s") and not word.endswith("ss")
        else word
    )
    return classes.get(single, single)


@dataclass(frozen=True)
class Hit:
    """A name that was found: its place among the names, and how well it fits, from 0 to 100."""

    name: int
    score: float


@dataclass(frozen=True)
class _Said:
    """The names that say a word, by their places in order, and how well each does, from 0 to 1."""

    names: np.ndarray
    fits: np.ndarray

    @classmethod
    def joined(cls, parts: Sequence[tuple[np.ndarray, float]]) -> _Said:
        """Return the names of all parts, each by the best of its fits."""
        names = np.concatenate([places for places, _ in parts]) if parts else np.empty(0, np.int32)
        fits = np.repeat([fit for _, fit in parts], [len(places) for places, _ in parts])
        order = np.lexsort((-fits, names))
        names, first = np.unique(names[order], return_index=True)
        return cls(names, fits[order][first])

    def of(self, names: np.ndarray) -> np.ndarray:
        """Return how well each of some names says it."""
        if names is self.names:
            return self.fits
        if not len(self.names):
            return np.zeros(len(names))
        at = np.minimum(np.searchsorted(self.names, names), len(self.names) - 1)
        return np.where(self.names[at] == names, self.fits[at], 0.0)

    def both(self, other: _Said) -> _Said:
        """Return the names that say both, by the worse of their fits."""
        worse = np.minimum(self.fits, other.of(self.names))
        return _Said(self.names[worse > 0], worse[worse > 0])

    def either(self, other: _Said) -> _Said:
        """Return the names that say one of two, by the better of their fits."""
        names = np.union1d(self.names, other.names)
        return _Said(names, np.maximum(self.of(names), other.of(names)))

    @cached_property
    def surely(self) -> int:
        """How many names say the word itself, or what means the same."""
        return int(np.count_nonzero(self.fits >= 0.999))

    def weight(self, size: int) -> float:
        """Return how much the word says among ``size`` names: the more, the fewer of them say it."""
        return float(np.log1p(size / (1 + self.surely)))


def _that_may_say(said: Sequence[_Said], weights: Sequence[float], least: float) -> np.ndarray:
    """Return the names that may say so much: those that say one of the words without which there is not enough."""
    left = sum(weights)
    needed = []
    for each, weight in sorted(zip(said, weights, strict=True), key=lambda one: len(one[0].names)):
        if left < least:
            break
        needed.append(each.names)
        left -= weight
    return needed[0] if len(needed) == 1 else np.unique(np.concatenate(needed))


class Index:
    """The words of many names, to search them; made once, asked often."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names; each is a different one."""
        said: dict[str, list[int]] = defaultdict(list)
        self.meanings: list[frozenset[str]] = []
        known: dict[str, str] = {}
        meanings: dict[frozenset[str], frozenset[str]] = {}
        for place, name in enumerate(names):
            meaning = set()
            for word in words_of(name):
                kind = known.get(word)
                if kind is None:
                    kind = known[word] = class_of_word(word)
                said[word].append(place)
                if word in ACRONYMS:
                    parts = ACRONYMS[word].split()
                    meaning.update(parts)
                    for part in parts:
                        said[f"={part}"].append(place)
                else:
                    meaning.add(kind)
            same = frozenset(meaning)
            self.meanings.append(meanings.setdefault(same, same))
        self._words = {word: np.array(places, dtype=np.int32) for word, places in said.items()}
        self._by_class: dict[str, list[str]] = defaultdict(list)
        for word, kind in known.items():
            self._by_class[kind].append(word)
        self._damaged = [(word, damaged_form(word)) for word in known if LOST in word]
        self._spelled = sorted(word for word in known if _may_be_misspelt(word))
        self._size = len(names)
        self._lengths = np.array([len(meaning) for meaning in self.meanings], dtype=np.int64)
        self._alike: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self._expected: set[str] = set()
        self._said: dict[str, _Said] = {}
        self._said_before: dict[str, _Said] = {}
        self._kept = 0

    def find(self, query: str, least: float = LEAST_SCORE) -> list[Hit]:
        """Return the names that say enough of a query, the best first, equal ones in their order."""
        return list(starmap(Hit, zip(*map(np.ndarray.tolist, self.best(query, least)), strict=True)))

    def best(self, query: str, least: float = LEAST_SCORE) -> tuple[np.ndarray, np.ndarray]:
        """Return what :meth:`find` does as two arrays, the places of the names and their scores."""
        asked = list(dict.fromkeys(words_of(query)))
        said = [self._saying(word) for word in asked]
        known = [each.weight(self._size) for each in said if len(each.names)]
        if not known:
            return np.empty(0, np.int32), np.empty(0)
        # A word that no name says, such as that of the country, is not the rarest of all; a number that is not there is.
        weights = [
            each.weight(self._size) if len(each.names) or word[0].isdigit() else min(known) * WEIGHT_UNSAID
            for word, each in zip(asked, said, strict=True)
        ]
        least_said = least / 100.0 * sum(weights)
        names = _that_may_say(said, weights, least_said)
        score = np.zeros(len(names))
        for each, weight in zip(said, weights, strict=True):
            score += weight * each.of(names)
        enough = score >= least_said
        names, score = names[enough], score[enough] / sum(weights) * 100.0
        # Of two that say all of it the better is the one that says less else.
        extra = np.maximum(self._lengths[names] - len(asked), 0)
        final = (score * (1.0 - PENALTY_ELSE * extra / (extra + len(asked)))).round(1)
        names, final = names[final >= least], final[final >= least]
        # The names are in their order, which a stable sort keeps among equal ones.
        order = np.argsort(-final, kind="stable")
        return names[order], final[order]

    def expect(self, queries: Iterable[str]) -> None:
        """Compare the words of queries to come with those of the names at once, in a tenth of the time of one by one."""
        from rapidfuzz import fuzz, process

        words = {word for query in queries for word in words_of(query)} - self._expected
        self._expected |= words
        both = words | {_kind_asked(word) for word in words}
        spellings = sorted(word for word in both - set(self._alike) if _may_be_misspelt(word))
        for first in range(0, len(spellings), _AT_ONCE):
            part = spellings[first : first + _AT_ONCE]
            table = process.cdist(
                part, self._spelled, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, dtype=np.float64, workers=-1
            )
            for spelling, row in zip(part, table, strict=True):
                near = np.flatnonzero(row)
                self._alike[spelling] = (near.astype(np.int32), row[near])

    def _saying(self, word: str) -> _Said:
        """Return which names say a word, kept for the next query that asks for it."""
        found = self._said.get(word)
        if found is None:
            found = self._said_before.get(word) or self._who_says(word)
            self._kept += len(found.names)
            if self._kept > _MOST_KEPT / 2:
                # What is asked for again moves from those before to those of now; the others are let go.
                self._said_before, self._said = self._said, {}
                self._kept = len(found.names)
            self._said[word] = found
        return found

    def _who_says(self, word: str) -> _Said:
        found = _Said.joined([(self._words[near], alike) for near, alike in self._near(word)])
        if parts := ACRONYMS.get(word, "").split():
            # All the words of an acronym are as good as itself.
            spelled = reduce(_Said.both, [self._saying(part) for part in parts])
            found = found.either(spelled)
        return found

    def _near(self, word: str) -> Iterable[tuple[str, float]]:
        """Yield the words of names that mean a word, or are spelled like it, with how alike they are."""
        kind = _kind_asked(word)
        yield from ((same, 1.0) for same in self._by_class.get(kind, ()))
        if f"={kind}" in self._words:
            yield f"={kind}", 0.97
        if not _may_be_misspelt(word):
            return
        for spelling in {word, kind}:
            yield from ((near, score / 100.0) for near, score in self._spelled_alike(spelling))
        first = bisect_left(self._spelled, word)
        yield from (
            (near, 0.9) for near in takewhile(lambda each: each.startswith(word), self._spelled[first:])
        )
        yield from ((near, FITS_DAMAGED) for near, form in self._damaged if form.fullmatch(word))

    def _spelled_alike(self, spelling: str) -> Sequence[tuple[str, float]]:
        if spelling not in self._alike:
            from rapidfuzz import fuzz, process

            near = process.extract(
                spelling, self._spelled, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=None
            )
            return [(found, score) for found, score, _ in near]
        alike = self._alike[spelling]
        return [(self._spelled[place], score) for place, score in zip(*alike, strict=True)]


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST_MISSPELT and not word[0].isdigit()


@lru_cache(maxsize=_AT_ONCE * 1_000)
def _kind_asked(word: str) -> str:
    """Return the class of a word of a query, a misspelt one that of the nearest word that has a class."""
    kind = class_of_word(word)
    if kind != word or len(word) <= SHORTEST_MISSPELT or word[0].isdigit():
        return kind
    from rapidfuzz import fuzz, process

    near = process.extractOne(word, class_of().keys(), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE + 5)
    return class_of()[near[0]] if near else kind


def variants(meanings: Sequence[frozenset[str]]) -> list[int]:
    """Return for each meaning the number of its group: meanings of the same words, slips of the pen apart, are one.

    A word that is rare among these and spelled like a usual one is taken for it.
    """
    counts = Counter(word for meaning in meanings for word in meaning)
    spelled = _spelled_alike(counts)
    groups: dict[frozenset[str], int] = {}
    return [
        groups.setdefault(frozenset(spelled.get(word, word) for word in meaning), len(groups))
        for meaning in meanings
    ]


MOST_COMPARED = 3000
"""Of more words no two are taken for one: names so different are no variants."""
LEAST_ALIKE_VARIANTS = 88.0
"""How alike two words of variants are at least, of 100."""


def _spelled_alike(counts: Counter[str]) -> dict[str, str]:
    from rapidfuzz import fuzz, process

    told = (word for word in counts if len(word) > SHORTEST_MISSPELT and not word[0].isdigit())
    # Of equally usual words the first in the alphabet stands for the others, whatever the order of the names.
    words = sorted(told, key=lambda word: (-counts[word], word))
    if len(words) > MOST_COMPARED:
        return {}
    table = process.cdist(words, words, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE_VARIANTS, dtype=np.uint8)
    # The most usual of those alike stands for them: words are in the order of how often they occur.
    first = (table > 0).argmax(axis=1).tolist() if words else []
    return {word: words[place] for word, place in zip(words, first, strict=True)}
