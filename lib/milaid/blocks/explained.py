"""Terms that are explained where they stand: which words of a text are one, how they are marked, what is said of them.

A term is marked where a part of a page uses it first. Its meaning stands once on the page and is shown by style sheets
alone where the reader points at a marked term, reaches it by keyboard or taps on it; readers of screens hear it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

PREFIX = "term-"
"""How the ids of meanings begin."""


@dataclass(frozen=True)
class Term:
    """A term with the words that texts use for it, as a regular expression, and what it means, as marked text."""

    name: str
    words: str
    meaning: str

    @property
    def anchor(self) -> str:
        """The id of its meaning on a page."""
        return PREFIX + re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")


@cache
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Return what finds the words of any of the terms, those named first where several fit."""
    named = "|".join(f"(?P<t{position}>{term.words})" for position, term in enumerate(terms))
    return re.compile(rf"(?<![\w&/.’-])(?=[A-Za-z])(?:{named})(?![\w&/’-])")


class Explained:
    """Marks terms, each where a part of the page uses it first; knows in the end which the page explains."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = tuple(terms)
        self.seen: set[Term] = set()
        self._used: set[Term] = set()

    @property
    def used(self) -> list[Term]:
        """The terms that are marked anywhere, by their names."""
        return sorted(self._used, key=lambda term: term.name.lower())

    def marked(self, value: str, plain: Callable[[str], str]) -> str:
        """Return a text as HTML by ``plain``, its terms that are not ``seen`` yet marked."""
        return "".join(self._parts(value, plain)) if self._terms else plain(value)

    def _parts(self, value: str, plain: Callable[[str], str]) -> Iterator[str]:
        end = 0
        for found in _pattern(self._terms).finditer(value):
            term = self._terms[int(str(found.lastgroup)[1:])]
            if term in self.seen:
                continue
            self.seen.add(term)
            self._used.add(term)
            yield plain(value[end : found.start()])
            # A term by its role: it can be reached, and does nothing but say what it means.
            yield f'<span class="term" role="term" tabindex="0" aria-describedby="{term.anchor}">{plain(found[0])}</span>'
            end = found.end()
        yield plain(value[end:])

    def styles(self) -> str:
        """Return the rules that show the meaning of the term pointed at, else of the one that has the focus."""
        rules = []
        for term in self.used:
            of = f"[aria-describedby={term.anchor}]"
            rules.append(
                f".milaid:has({of}:hover) #{term.anchor},"
                f".milaid:not(:has(.term:hover)):has({of}:focus) #{term.anchor}{{display:block}}"
            )
        return "\n".join(rules)
