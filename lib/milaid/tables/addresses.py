"""Addresses in the United States, told by the position of the state: ``FT BENNING GA 31905-5468``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from milaid.tables.phrases import capitals, normalised

_ZIP = re.compile(r"[\s,.]+(\d{5}(?:\s*-\s*\d{4})?)\s*$")
_COUNTRY = re.compile(r"(?:^|[\s,./(]+)(?:U\.?\s?S\.?(?:\s?A\.?)?|UNITED STATES(?: OF AMERICA)?)[)\s.]*$")
_SEPARATOR = re.compile(r"[,;:/()&+]+|\s-+\s*|\s*-+\s|--+|\.\s*$")
_SMALL = {"OF": "of", "AND": "and", "THE": "the"}
_KEPT = {"AFB", "ANGB", "NAS", "NAB", "AB", "AFS", "MCAS", "JB"}
# Words that say that a name is not, or not only, that of a town.
_NO_TOWN = frozenset(
    [
        "ACADEMY",
        "AGENCY",
        "AIR",
        "AIRCRAFT",
        "AIRPORT",
        "ARMY",
        "AVIATION",
        "BN",
        "BRIGADE",
        "CAMPUS",
        "CENTER",
        "CENTRE",
        "CG",
        "CO",
        "COLLEGE",
        "COMMAND",
        "COMMANDER",
        "CORP",
        "CORPS",
        "CTR",
        "DEPARTMENT",
        "DEPOT",
        "DET",
        "DETACHMENT",
        "DIA",
        "DIVISION",
        "FACILITY",
        "FIELD",
        "FLEET",
        "FLIGHT",
        "FORCE",
        "GROUP",
        "GUARD",
        "HOSPITAL",
        "HQ",
        "INC",
        "INSTITUTE",
        "INTERNATIONAL",
        "INTL",
        "LEARNING",
        "MARINE",
        "MILITARY",
        "MTT",
        "NATIONAL",
        "NAVAL",
        "NAVY",
        "OFFICE",
        "OIC",
        "ON",
        "REGIONAL",
        "SCHOOL",
        "SCH",
        "SERVICE",
        "SHIP",
        "SIM",
        "SITE",
        "SQUADRON",
        "STATION",
        "SUPPORT",
        "SYSTEMS",
        "TEAM",
        "TECHNICAL",
        "TRAINING",
        "UNIT",
        "UNIVERSITY",
        "USAF",
        "USCG",
        "USMC",
        "USNS",
        "USS",
        "VARIOUS",
        "VESSEL",
        "WING",
    ]
)
_LONGEST_TOWN = 4


@dataclass(frozen=True)
class Address:
    """A place in the United States: the words before its state, the state, and how sure the state is.

    ``words`` are normalised, of the whole text without ZIP code and country; those of the state stand from
    ``state_first``, those of the town from ``town_first`` to before it. ``us``: the text ends in a ZIP code or
    names the country. ``weak``: a code that is not sure to be a state, as nothing follows it.
    """

    words: tuple[str, ...]
    town_first: int
    state_first: int
    us_state: str | None
    us: bool
    weak: bool
    divided: bool

    @property
    def town(self) -> str | None:
        """The town in plain spelling, when the words before the state can be nothing but a town."""
        words = self.words[self.town_first : self.state_first]
        fits = 0 < len(words) <= _LONGEST_TOWN and all(word.isalpha() for word in words)
        if not fits or not self.divided or self.us_state is None or self.weak or _NO_TOWN & set(words):
            return None
        return plain(" ".join(words))


def read_address(text: str, states: dict[str, tuple[str, str]]) -> Address:
    """Return the words of a text and the US state that it ends in, if any.

    ``states``: pattern -> (postal code, match), match as ``schemas.US_STATES`` has it. A state counts at the
    end, before a ZIP code or the country. Army and fleet post offices (APO, FPO) are no towns of a state.
    """
    rest, before_country = _without(_ZIP, capitals(text).strip())
    rest, us = _without(_COUNTRY, rest)
    rest, after_country = _without(_ZIP, rest)
    zipped = before_country or after_country
    segments = [part.split() for part in map(normalised, _SEPARATOR.split(rest)) if part]
    words = tuple(normalised(rest).split())
    if sum(map(len, segments)) != len(words):
        segments = [list(words)]
    first, code, weak = _state_at_end(words, states, sure=us or zipped)
    return Address(
        words=words,
        town_first=_start_of_segment(segments, first),
        state_first=first,
        us_state=code,
        us=us or (zipped and code is not None),
        weak=weak,
        divided=zipped or _ends_segment(segments, first),
    )


def _without(end: re.Pattern[str], text: str) -> tuple[str, bool]:
    """Return a text without an ending, and whether it had one; a text that is nothing else keeps it."""
    shorter = end.sub("", text).rstrip(" ,.")
    return (shorter, True) if shorter and end.search(text) else (text, False)


def _state_at_end(
    words: tuple[str, ...], states: dict[str, tuple[str, str]], sure: bool
) -> tuple[int, str | None, bool]:
    """Return the first word of the state at the end, its code, and whether it may be something else."""
    for length in (3, 2, 1):
        first = len(words) - length
        found = states.get(" ".join(words[first:])) if first >= 0 else None
        if found is None:
            continue
        code, match = found
        if (first == 0 and match != "word") or (first and words[first - 1] in ("APO", "FPO", "DPO")):
            break
        return first, code, match == "address" and not sure
    return len(words), None, False


def _start_of_segment(segments: list[list[str]], position: int) -> int:
    start = 0
    for segment in segments:
        if start + len(segment) >= position:
            return start
        start += len(segment)
    return start


def _ends_segment(segments: list[list[str]], position: int) -> bool:
    ends, end = set(), 0
    for segment in segments:
        end += len(segment)
        ends.add(end)
    return position in ends


def plain(words: str) -> str:
    """Return a name in capitals in plain spelling: ``"FORT MCNAIR"`` becomes ``"Fort McNair"``."""
    return " ".join(_plain_word(word, position) for position, word in enumerate(words.split()))


def _plain_word(word: str, position: int) -> str:
    if word in _KEPT:
        return word
    if word == "ST":
        return "St."
    if position and word in _SMALL:
        return _SMALL[word]
    if len(word) > 3 and word.startswith("MC"):
        return "Mc" + word[2:].capitalize()
    return word.capitalize()
