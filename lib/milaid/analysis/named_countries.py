"""Countries that a query for a unit names: "Kaibiles Guatemala" means Kaibiles trained under Guatemala.

Few units have the name of their country in their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from milaid.analysis.name_search import Hit, Index, words_of
from milaid.tables import subjects
from milaid.tables.naming.reading import Rows, rows_of

COUNTRY_RULE = (
    "The name of a country in a query, or the word for what is of it, means units trained under it as well, whether or not "
    "their names say so; what says nothing but the country is not found by it."
)
SAYS_SOMETHING = 1.0
"""The score of a name, from 0 to 100, from which on it says something of what was asked."""
_LANGUAGES = frozenset({"", "es", "fr", "pt"})
"""Languages of the names that count, "" for English."""
_APOSTROPHE = re.compile("['’]")
_SHORTEST = 4
"""Shorter names, as codes are, may be words of units."""


@dataclass(frozen=True)
class OfCountry:
    """A query without the country that it names, and the recipient of that name."""

    rest: str
    recipient: str


def of_country(text: str) -> OfCountry | None:
    """Return what a query says beside the longest name of a country in it; None where it names none, or nothing else."""
    forms, words = country_forms(), words_of(text)
    for length in range(len(words) - 1, 0, -1):
        for first in range(len(words) - length + 1):
            recipient = forms.get(" ".join(words[first : first + length]))
            if recipient:
                return OfCountry(" ".join(words[:first] + words[first + length :]), recipient)
    return None


@dataclass(frozen=True)
class Found:
    """What a query finds: names everywhere, and those that are found in rows of the recipient that it names alone."""

    everywhere: list[Hit]
    recipient: str = ""
    there: tuple[Hit, ...] = ()


def find_units(index: Index, text: str, least: float) -> Found:
    """Return the units that say a query, of which the country that it names need not be said."""
    hits, named = index.find(text, least), of_country(text)
    if named is None:
        return Found(hits)
    rest = index.find(named.rest, min(SAYS_SOMETHING, least))
    say = {hit.name for hit in rest}
    return Found(
        [hit for hit in hits if hit.name in say],
        named.recipient,
        tuple(hit for hit in rest if hit.score >= least),
    )


def country_forms() -> Mapping[str, str]:
    """Return the recipients of activities by the words of their names, in English, Spanish, French and Portuguese, and by demonyms."""
    recipients = tuple((each.name, each.iso3) for each in subjects.recipients())
    return _forms(rows_of("country_names.csv"), rows_of("demonyms.csv"), recipients)


@lru_cache(maxsize=2)
def _forms(names: Rows, demonyms: Rows, recipients: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    of_code = {iso3: name for name, iso3 in recipients if iso3}
    meant: dict[str, set[str]] = {}
    told = [(row["form"], of_code.get(row["code"], "")) for row in names if _counts(row)]
    told += [(row["form"], of_code.get(row["code"], "")) for row in demonyms]
    for form, recipient in [*((name, name) for name, _ in recipients), *told]:
        # Côte d'Ivoire is written Cote d Ivoire as well.
        for key in {" ".join(words_of(text)) for text in (form, _APOSTROPHE.sub(" ", form))}:
            if recipient and len(key) >= _SHORTEST:
                meant.setdefault(key, set()).add(recipient)
    return {key: next(iter(recipients)) for key, recipients in sorted(meant.items()) if len(recipients) == 1}


def _counts(row: Mapping[str, str]) -> bool:
    return row["kind"] != "code" and row["language"] in _LANGUAGES
