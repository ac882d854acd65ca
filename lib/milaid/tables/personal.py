"""What looks like a person's name or number in the texts of activities: candidates, each to be read and decided.

A candidate is withheld (``data/reference/withheld.csv``) or listed as no person (``data/reference/not_personal.csv``).
Patterns find names by what stands beside them, and are wrong more often than right: a unit that is called after a
person has a rank in its name too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

import pandas as pd

from milaid.tables.schemas_people import TEXTS
from milaid.tables.withheld import MARKS

COMMON = 13
"""A word that stands in so many different texts is a word of the reports, and no name."""

_RANKS = (
    "1lt|2lt|adm|admiral|alm|almirante|bg|bgen|brig|brigadier|cap|capitan|capt|captain|cdr|cnl|col|colonel|"
    "commodore|coronel|corporal|cpl|cpt|csm|cwo|dr|ens|ensign|flt lt|gen|general|gr|gral|lady|lcdr|lieut|lieutenant|"
    "lt|ltc|ltg|ltjg|maj|major|mg|miss|mme|monsieur|mr|mrs|ms|msg|msgt|pfc|prof|professor|pvt|radm|rear adm|sargento|"
    "sfc|sgm|sgt|sgto|sergeant|sir|sqn ldr|ssg|ssgt|teniente|tsgt|tte|vadm|wg cdr|wo"
)
_GIVEN_NAMES = (
    "abdul|abdullah|abdullahi|abu|adriana|ahmad|ahmed|alejandro|alexander|alexis|ana|andrea|andres|angela|anna|"
    "antonio|boris|carlos|carmen|cesar|charles|cindy|claudia|daniel|david|dario|diego|dmitri|eduardo|elena|elizabeth|"
    "enrique|fatima|felipe|fernando|francisco|franklin|gabriel|george|giorgi|gloria|guillermo|gustavo|hassan|hector|"
    "hussein|ibrahim|igor|irina|ivan|jake|james|javier|jean|jesus|john|jorge|jose|josef|joseph|josephine|juan|julio|"
    "kofi|kwame|laszlo|leyla|luis|manuel|marcel|maria|mario|mark|mary|michael|miguel|mike|mohamed|mohammad|mohammed|"
    "muhammad|mustafa|natalia|nicolas|nikolai|nino|olga|omar|oscar|pablo|patricia|paul|pedro|peter|pierre|rafael|"
    "ramon|raul|ricardo|robert|roberto|rosa|salvador|samuel|sergei|sergio|stefan|svetlana|thomas|victor|vladimir|"
    "william|yasser|yusuf|zviad"
)
_RANK = re.compile(rf"\b(?:{_RANKS})\b\.?", re.IGNORECASE)
_GIVEN = re.compile(rf"\b(?:{_GIVEN_NAMES})\b", re.IGNORECASE)
_SCHOLAR = re.compile(r"\bscholars? program\b(?: -)?", re.IGNORECASE)
_TELLING = {words.split()[-1] for words in f"{_RANKS}|{_GIVEN_NAMES}".split("|")} | {"program"}
"""The last words of what a name stands beside, in small letters: most texts have none of them."""
_NAME = re.compile(r"[\s,.]{0,3}(?:[A-Z]\.? ?){0,2}\b([A-Z][A-Za-z'’-]{2,})")
_BEFORE = re.compile(r"\b([A-Z][A-Za-z'’-]{2,}),? $")
_INITIAL = re.compile(r"(?<![\w.&])[A-Z]\. ?[A-Z][a-z'’-]{2,}\b")
_NUMBER = re.compile(
    r"\d{5,}|\b\d{3}[ .-]\d{3}[ .-]\d{3}\b|\b[A-Z]{1,3}/\d{3,}\b|\b(?:BA|GH|IC|NA|PA|RA|SL|TA)[ /-]?\d{4,}"
)
_PLAIN_WORD = re.compile(r"\w+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]")


def candidates(activities: pd.DataFrame, not_personal: pd.DataFrame) -> pd.DataFrame:
    """Return the fields of activities that look as if they were about a person and are not decided to be none.

    In: row_id, country and the fields of :data:`milaid.tables.schemas_people.TEXTS`;
    ``schemas_people.NOT_PERSONAL``. Out: row_id, country, field, words (what made it a candidate), in the order
    of the activities.
    """
    texts = {field: activities[field].dropna().unique() for field in TEXTS}
    common = _common_words(text for of_field in texts.values() for text in of_field)
    found = [
        _of_field(activities, field, not_personal, lambda word: word.lower() in common) for field in TEXTS
    ]
    return pd.concat(found).sort_index(kind="stable").reset_index(drop=True)


def _of_field(
    activities: pd.DataFrame, field: str, not_personal: pd.DataFrame, is_common: Callable[[str], bool]
) -> pd.DataFrame:
    rows = activities.loc[activities[field].notna(), ["row_id", "country", field]]
    decided = not_personal[not_personal["field"].isna() | (not_personal["field"] == field)]
    words: dict[tuple[str, str], str] = {}
    looking = {
        text: plain for text in rows[field].unique() if looks_personal(plain := unmarked(text), is_common)
    }
    for country, text in rows[["country", field]].drop_duplicates().itertuples(index=False):
        if text not in looking:
            continue
        plain = looking[text]
        of_country = decided[decided["country"].isna() | (decided["country"] == country)]
        rest = re.sub("|".join(of_country["pattern"]) or r"(?!)", "·", plain, flags=re.IGNORECASE)
        words[country, text] = looks_personal(rest, is_common)
    seen = [words.get(pair, "") for pair in zip(rows["country"], rows[field], strict=True)]
    found = rows.assign(field=field, words=seen)
    return found.loc[found["words"] != "", ["row_id", "country", "field", "words"]]


def unmarked(text: str) -> str:
    """Return a text without accents, and with · for each mark of something that is withheld."""
    for mark in MARKS.values():
        text = text.replace(mark, "·")
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def looks_personal(text: str, is_common: Callable[[str], bool]) -> str:
    """Return the words of a text without accents that look as if they were about a person; empty where none do."""
    if number := _NUMBER.search(text):
        return number.group()
    if initial := _INITIAL.search(text):
        return initial.group()
    if _TELLING.isdisjoint(_PLAIN_WORD.findall(text.lower())):
        return ""
    for pattern in (_RANK, _GIVEN, _SCHOLAR):
        for found in pattern.finditer(text):
            after = _NAME.match(text, found.end())
            if after and (
                not is_common(after.group(1)) or (pattern is _RANK and _GIVEN.fullmatch(after.group(1)))
            ):
                return text[found.start() : after.end()]
            before = _BEFORE.search(text, 0, found.start())
            if pattern is _GIVEN and before and not is_common(before.group(1)):
                return text[before.start() : found.end()]
    return ""


def _common_words(texts: Iterable[str]) -> frozenset[str]:
    counted = Counter(word for text in texts for word in {w.lower() for w in _WORD.findall(unmarked(text))})
    return frozenset(word for word, times in counted.items() if times >= COMMON)
