"""What a list of units asks: its names, the recipients that they belong to, and the fiscal years to search."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from milaid.analysis.screening import Entry
from milaid.errors import RequestError
from milaid.tables import store, subjects
from milaid.tables.by_hand import read_hand_made
from milaid.tables.naming.answers import wrong
from milaid.tables.naming.countries import resolve_country
from milaid.tables.naming.forms import Found

_NAMES = ("unit", "name", "unit name", "unidad", "unité", "einheit", "unidade")
"""Heads of a column of names, the first that is there; without one of these, the first column is it."""


@dataclass(frozen=True)
class Screening:
    """A list to be screened: its entries, the fiscal years, and what to know of its column of names and of its countries."""

    path: Path
    entries: tuple[Entry, ...]
    years: tuple[int, ...]
    column: str
    notes: tuple[str, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """What was understood, to be said back."""
        return (f"{self.path}: {len(self.entries):,} names of the column {self.column!r}", *self.notes)


def read_request(
    path: Path, names: str | None, country: str | None, first: str | None, last: str | None
) -> Screening:
    """Return what a CSV file asks: ``names`` and ``country`` name its columns, ``first`` and ``last`` fiscal years.

    An entry whose country is not understood, or for which no training is listed, is searched among all recipients, and says
    so. Raises RequestError for a file that cannot be read, a column that is not there and years without data.
    """
    table = read_hand_made(path)
    columns = table.sheet.columns
    column = names or next((each for each in columns if each.casefold() in _NAMES), columns[0])
    given = table.column(column)
    countries = table.column(country) if country else [""] * len(given)
    places = {text: _recipient(text) for text in set(countries)}
    entries = tuple(
        Entry(line, name, *places[text])
        for line, name, text in zip(table.sheet.lines, given, countries, strict=True)
    )
    notes = tuple(dict.fromkeys(note for _, note in places.values() if note))
    return Screening(path, entries, _years(first, last), column, notes)


def _years(first: str | None, last: str | None) -> tuple[int, ...]:
    there = store.require_years()
    low, high = (
        store.require_year(text) if text else default
        for text, default in ((first, there[0]), (last, there[-1]))
    )
    if low > high:
        raise RequestError(f"--from {low} is after --to {high}; name the earlier year first")
    return tuple(year for year in there if low <= year <= high)


def _recipient(text: str) -> tuple[str, str]:
    """Return the recipient that a cell means, "" for all of them, and what to know about it."""
    if not text.strip():
        return "", ""
    known = subjects.recipients()
    answer = resolve_country(text, tuple(each.named for each in known))
    values = {each.code: each.name for each in known}
    if isinstance(answer, Found) and answer.code in values:
        return values[answer.code], answer.said
    return "", f"country {wrong(text, answer, values)}; searched among all recipients"
