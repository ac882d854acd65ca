"""What country is meant: by code, by any name of it in the reference tables, in any language that they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from milaid.tables.naming.forms import Answer, Forms, Named
from milaid.tables.naming.reading import TABLES, Rows, rows_of
from milaid.tables.recipient_codes import OWN_CODE, recipient_code

PRINTED, NAMES = TABLES[:3], TABLES[3]
"""The tables of printed recipients, and that of other names."""
_ISO3 = 3
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def resolve_country(text: str, listed: Iterable[Named] = ()) -> Answer:
    """Return which recipient a text means, in any case, with or without accents: one, several, or none.

    ``listed`` are recipients that are known beside those of the reference tables. A code goes before a name, a name of
    the reports and of today's English before one in another language.
    """
    return known_countries(tuple(listed)).resolve(text)


def known_countries(listed: tuple[Named, ...] = ()) -> Forms:
    """Return every form of a recipient that is known."""
    return _forms(listed, *(rows_of(name) for name in (*PRINTED, NAMES)))


@lru_cache(maxsize=4)
def _forms(listed: tuple[Named, ...], *tables: Rows) -> Forms:
    *printed, names = tables
    spellings, recipients = _printed(printed)
    things = {thing.code: thing for thing in (*_named(names), *recipients, *listed)}
    codes = [
        *((code, code) for code in things),
        *((row["form"], row["code"]) for row in names if row["kind"] == "code"),
    ]
    own = [row for row in names if not row["language"] and row["kind"] != "code"]
    other = [row for row in names if row["language"]]
    return Forms(
        things.values(),
        [
            codes,
            [(thing.name, thing.code) for thing in (*recipients, *listed)],
            [*spellings, *((row["form"], row["code"]) for row in own)],
            [pair for row in other for pair in _spelled(row)],
        ],
    )


def _named(names: Rows) -> list[Named]:
    """Return the territories of the table of names, each by its name of today in English."""
    named: dict[str, str] = {}
    for kinds in (("present",), ("short",)):
        for row in names:
            if row["kind"] in kinds and len(row["code"]) == _ISO3:
                named.setdefault(row["code"], row["form"])
    return [Named(code, name, code) for code, name in named.items()]


def _printed(tables: Sequence[Rows]) -> tuple[list[tuple[str, str]], list[Named]]:
    """Return the printed spellings with the code each stands for, and the recipients.

    A recipient has the ISO code where a row says that it is a country or territory, else one made of its name.
    """
    iso3s = {
        row["recipient"]: row["iso3"]
        for rows in tables
        for row in rows
        if row["iso3"] and row["kind"] in OWN_CODE
    }
    spellings: dict[str, str] = {}
    recipients: dict[str, Named] = {}
    for row in (row for rows in tables for row in rows):
        name = row["recipient"]
        code = iso3s.get(name) or recipient_code(name, None, row["kind"])
        meant = spellings.setdefault(row["printed"], code)
        if meant == code:
            recipients.setdefault(code, Named(code, name, row["iso3"] or ""))
    return [*(pair for form, code in spellings.items() for pair in _turned(form, code))], [
        *recipients.values()
    ]


def _turned(form: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield a printed form, and the one that is said where it is turned round: ``Sudan, Republic of South``."""
    yield form, code
    first, comma, last = form.partition(", ")
    if comma and last.casefold().endswith((" of", "the")):
        yield f"{last} {first}", code


def _spelled(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a form in another language; a German one also as it is written without its dots."""
    yield row["form"], row["code"]
    if row["language"] == "de" and (written := row["form"].translate(_GERMAN)) != row["form"]:
        yield written, row["code"]
