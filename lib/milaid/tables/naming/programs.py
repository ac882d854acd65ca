"""What program is meant: by code, name, short name, or a label that the reports print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from milaid.tables.naming.forms import Answer, Forms, Named
from milaid.tables.naming.reading import Rows, rows_of

_NAMES = ("name", "short_name", "label")
_ABBREVIATED = re.compile(r"(.+?)\s*\(([^()]+)\)")
_SECTION = re.compile(r"section (\d+(?:/\d+)?)", re.IGNORECASE)


def resolve_program(text: str, listed: Iterable[Named] = ()) -> Answer:
    """Return which program a text means, in any case: one, several, or none.

    ``listed`` are programs that are known beside those of the reference tables.
    """
    return known_programs(tuple(listed)).resolve(text)


def known_programs(listed: tuple[Named, ...] = ()) -> Forms:
    """Return every form of a program that is known."""
    return _forms(listed, rows_of("programs.csv"), rows_of("program_labels.csv"))


@lru_cache(maxsize=4)
def _forms(listed: tuple[Named, ...], programs: Rows, labels: Rows) -> Forms:
    named = [Named(row["code"], row["name"]) for row in programs]
    things = {thing.code: thing for thing in (*listed, *named)}
    names = [(row[column], row["code"]) for row in programs for column in _NAMES if row.get(column)]
    # A law that the reports name by its section in words too: "Section 506 (Note 1)" is no other.
    printed = [(row["printed"], row["code"]) for row in labels]
    return Forms(
        things.values(),
        [
            [(code, code) for code in things],
            [(thing.name, thing.code) for thing in things.values()],
            [*names, *printed],
            [pair for form, code in (*names, *printed) for pair in _parts(form, code)],
        ],
    )


def _parts(form: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the abbreviation of ``Foreign Military Financing (FMF)``, and the number of a section."""
    if match := _ABBREVIATED.fullmatch(form):
        yield from ((part, code) for part in match.groups() if not part.startswith("Note"))
    for number in _SECTION.findall(form):
        yield from ((text, code) for text in (number, f"Section {number}"))
        yield from ((f"{word}{one}", code) for one in number.split("/") for word in ("", "Section "))
