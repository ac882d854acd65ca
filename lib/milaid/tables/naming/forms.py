"""Forms of names, what each means, and the answer to a text: found, several, or none with what is near."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from milaid.spelling import MOST_NAMED

# Letters that Unicode does not take apart into a plain one and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"}
)
_WORDS = {"st": "saint", "sec": "section", "rep": "republic", "dem": "democratic"}
_LEFT_OUT = frozenset({"the", "and", "of"})
_TWO_PARTS = re.compile(r"([^,(]+)(?:, | ?\()([^,()]+)\)?")
_MOST_EDITS = ((3, 0), (6, 1), (9, 2))
"""How many letters may differ in a text shorter than so many, where another may be meant; three in a longer one."""
_LEAST_BEGINNING = 4
_APOSTROPHES = re.compile("['’‘ʼ`´]")


@dataclass(frozen=True)
class Named:
    """One thing with a name: its canonical code, its name here, and for a recipient its ISO code, "" for none."""

    code: str
    name: str
    iso3: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" if self.name and self.name != self.code else self.code


@dataclass(frozen=True)
class Found:
    """A text means one thing; ``said`` is what to say back where that is not what the text says, else ""."""

    what: Named
    said: str = ""

    @property
    def code(self) -> str:
        """The canonical code."""
        return self.what.code

    @property
    def name(self) -> str:
        """The name in the reports."""
        return self.what.name

    @property
    def iso3(self) -> str:
        """The ISO 3166-1 alpha-3 code of a recipient, "" where there is none."""
        return self.what.iso3


@dataclass(frozen=True)
class Candidates:
    """A text may mean any of several things."""

    of: tuple[Named, ...]


@dataclass(frozen=True)
class Missing:
    """A text means nothing that is known; ``near`` is what has forms like it, the nearest first."""

    near: tuple[Named, ...] = ()


Answer = Found | Candidates | Missing


def key(text: str) -> str:
    """Return a text as forms are compared: capitals, accents, punctuation, blanks and the
    words "the", "and", "of" do not count."""
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold().replace("&", " and "))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_LETTERS)
    words = re.findall(r"[^\W_]+", plain)
    if len(words) > 1:  # ST alone is a code
        words = [_WORDS.get(word, word) for word in words]
    return "".join([word for word in words if word not in _LEFT_OUT] or words)


class Forms:
    """The forms of a kind of names in tiers: the first tier that has a text says what it means."""

    def __init__(self, things: Iterable[Named], tiers: Iterable[Iterable[tuple[str, str]]]) -> None:
        """Take the things there are, and tiers of pairs of form and code."""
        self._things = {thing.code: thing for thing in things}
        self._tiers: list[dict[str, dict[str, None]]] = []
        for tier in tiers:
            forms: dict[str, dict[str, None]] = {}
            for form, code in tier:
                if code in self._things:
                    forms.setdefault(key(form), {})[code] = None
            forms.pop("", None)
            self._tiers.append(forms)

    @property
    def things(self) -> tuple[Named, ...]:
        """What there is."""
        return tuple(self._things.values())

    def resolve(self, text: str) -> Answer:
        """Return what a text means."""
        codes = self._meant(text)
        if not codes and (parts := _TWO_PARTS.fullmatch(text.strip())):
            codes = self._of_parts(*parts.groups())
        meant = [self._things[code] for code in codes]
        if not meant:
            return Missing(self._near(key(text)))
        return Candidates(tuple(meant)) if len(meant) > 1 else Found(meant[0], _said(text, meant[0]))

    def _meant(self, text: str) -> list[str]:
        wanted = key(text)
        return list(next((forms[wanted] for forms in self._tiers if wanted in forms), ()))

    def _of_parts(self, first: str, second: str) -> list[str]:
        """Return what is meant by a name turned round (Korea, Rep.), or by one that says what another means: Congo (DRC)."""
        if turned := self._meant(f"{second} {first}"):
            return turned
        others = self._meant(second)
        return [code for code in self._meant(first) if code in others]

    def _near(self, wanted: str) -> tuple[Named, ...]:
        """Return what has the forms that differ least from a text, a form of an earlier tier first, or begin with it."""
        # Imported where a name is not known, which is seldom.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = next((edits for length, edits in _MOST_EDITS if len(wanted) < length), 3)
        alike = [
            (edits, tier, form)
            for tier, forms in enumerate(self._tiers)
            for form, edits, _ in process.extract(
                wanted, forms.keys(), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            if most
        ]
        least = min((edits for edits, _, _ in alike), default=0)
        near = [(tier, form) for edits, tier, form in sorted(alike) if edits == least]
        codes = dict.fromkeys(code for tier, form in near for code in self._tiers[tier][form])
        codes |= self._beginning_with(wanted)
        return tuple(self._things[code] for code in list(codes)[:MOST_NAMED])

    def _beginning_with(self, wanted: str) -> dict[str, None]:
        """Return the codes of forms that begin with a text, none where these are many: "Republic of" is no name."""
        found = {
            code: None
            for forms in self._tiers
            for form, codes in forms.items()
            if form.startswith(wanted)
            for code in codes
        }
        return found if len(wanted) >= _LEAST_BEGINNING and len(found) <= MOST_NAMED else {}


def _said(text: str, meant: Named) -> str:
    same = key(text) in {key(meant.code), key(meant.name), key(meant.iso3)}
    return "" if same else f"{text.strip()!r} is {meant} here"
