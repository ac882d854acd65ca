"""Where training took place: place, US state and country, read from the location as printed.

The rules, none of which guesses:

- A US address is told by the position of its state: before a ZIP code or the country, at the end, or after a
  town or base of that state. A two-letter code that is also a country's (GA, CO, MO) counts in no other place.
- Countries, states, towns and bases are those of places.csv and us_states.csv. A name that is that of places in
  several countries or states counts only with the name of one of them.
- A text that names two countries is not recognised. A text that names two places has a country and no place,
  but for a base within a town, where the base is the place.
- A school that stands alone is where institutions.csv says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.tables.addresses import Address, read_address
from milaid.tables.phrases import Hit, Lookup
from milaid.tables.schemas_trainings import LOCATION_STATUSES

RECOGNISED, ONLINE, NOT_STATED, NOT_RECOGNISED = LOCATION_STATUSES
UNITED_STATES = "USA"
LOCATION_COLUMNS = ("place", "us_state", "location_country", "in_united_states", "online", "location_status")
_NAMES_OF_LAND = ("country", "territory", "region", "state", "code")
_NAMES_OF_SPOT = ("city", "base")
_SEVERAL = (" AND ", " OR ", "/", "&", ";")


@dataclass(frozen=True)
class Location:
    """What a location says: status (one of ``LOCATION_STATUSES``), place, postal code, ISO3; None: nothing."""

    status: str
    place: str | None = None
    us_state: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class _Entry:
    """What a pattern stands for."""

    kind: str
    country: str | None
    us_state: str | None
    place: str | None


class Gazetteer:
    """The reference tables of places, US states and schools, to read locations with.

    In: ``schemas.PLACES``, ``schemas.US_STATES``; institutions with the columns pattern, match, place, us_state,
    country and trains_at_seat.
    """

    def __init__(self, places: pd.DataFrame, us_states: pd.DataFrame, institutions: pd.DataFrame) -> None:
        names = us_states[us_states["match"] == "word"]
        self._places = _Names(places, names.assign(kind="state", country=UNITED_STATES, place=None))
        kinds = institutions["trains_at_seat"].map({"yes": "school", "no": "mobile"})
        self._institutions = _Names(institutions.assign(kind=kinds))
        columns = (us_states[name] for name in ("pattern", "us_state", "match"))
        self._states = {pattern: (code, match) for pattern, code, match in zip(*columns, strict=True)}

    def read(self, text: str) -> Location:
        """Return what one location says; any text has an answer."""
        address = read_address(text, self._states)
        if not address.words:
            return Location(NOT_STATED)
        hits = self._places.find(" ".join(address.words))
        if any(entry.kind == "vague" for _, entry in hits):
            return Location(NOT_STATED)
        state = self._state(address, hits)
        hits = [pair for pair in hits if not _overruled(address, state, *pair)]
        bodies = self._institutions.find(" ".join(address.words))
        land, states = _land(hits, state, address.us)
        spots = _spots(hits, land, states)
        countries = land | {entry.country for entries in spots.values() for entry in entries}
        if len(countries) > 1:
            return Location(NOT_RECOGNISED)
        schools = {entry for _, entry in [*hits, *bodies] if entry.kind == "school"}
        if not countries:
            return _elsewhere({entry for _, entry in [*hits, *bodies]}, schools)
        known = [*spots, *((hit.first, hit.last) for hit, _ in bodies)]
        unknown_town = state and not any(last > address.town_first for _, last in known)
        towns = {address.town} - {None} if unknown_town else set()
        located = _located(text, countries.pop(), states, spots, towns)
        return located if spots or located.place else _at_school(located, schools)

    def _state(self, address: Address, hits: Sequence[tuple[Hit, _Entry]]) -> str | None:
        """Return the state at the end of an address; a weak code only behind a town or base of that state."""
        if not address.weak:
            return address.us_state
        before = (entry for hit, entry in hits if hit.last in (address.state_first, len(address.words)))
        return address.us_state if any(e.us_state == address.us_state for e in before) else None


class _Names:
    """The patterns of reference tables with what each stands for."""

    def __init__(self, *tables: pd.DataFrame) -> None:
        rows = [row for table in tables for row in _rows(table)]
        self._entries = [entry for _, _, entry in rows]
        self._lookup = Lookup([pattern for pattern, _, _ in rows], [match for _, match, _ in rows])

    def find(self, words: str) -> list[tuple[Hit, _Entry]]:
        return [(hit, self._entries[hit.row]) for hit in self._lookup.find(words)]


def _rows(table: pd.DataFrame) -> list[tuple[str, str, _Entry]]:
    columns = ("pattern", "match", "kind", "country", "us_state", "place")
    clean = table[list(columns)].astype("object").where(table[list(columns)].notna(), None)
    return [(row[0], row[1], _Entry(*row[2:])) for row in clean.itertuples(index=False, name=None)]


def _overruled(address: Address, state: str | None, hit: Hit, entry: _Entry) -> bool:
    """Return whether a ZIP code or the name of the United States says that words mean no other country.

    So do those of PERU, IN 46970 and PUEBLO, CO 81001.
    """
    if state is None or not address.us or entry.country in (UNITED_STATES, None):
        return False
    town = (address.town_first, address.state_first)
    return (hit.first, hit.last) == town or hit.last > address.state_first


def _elsewhere(bodies: set[_Entry], schools: set[_Entry]) -> Location:
    """Return what a text says that names no country, state or town.

    An institution that also trains elsewhere names no place.
    """
    kinds = {entry.kind for entry in bodies}
    if "online" in kinds:
        return Location(ONLINE)
    country = _only({entry.country for entry in schools})
    if country:
        return _at_school(Location(RECOGNISED, country=country), schools)
    return Location(NOT_STATED if "mobile" in kinds and not schools else NOT_RECOGNISED)


def _at_school(location: Location, schools: set[_Entry]) -> Location:
    """Return a location with the place and state of its schools, where they have one and it is in the country."""
    place, state = _only({entry.place for entry in schools}), _only({entry.us_state for entry in schools})
    country = _only({entry.country for entry in schools})
    fits = country == location.country and location.us_state in (None, state)
    return Location(RECOGNISED, place, state, country) if fits else location


def _land(
    hits: Sequence[tuple[Hit, _Entry]], state: str | None, in_us: bool
) -> tuple[set[str | None], set[str | None]]:
    """Return the countries and the US states that are named by their own names or codes."""
    countries = {entry.country for _, entry in hits if entry.kind in _NAMES_OF_LAND}
    states = {entry.us_state for _, entry in hits if entry.kind in ("state", "territory")}
    if state or in_us:
        countries.add(UNITED_STATES)
    return countries, (states | {state}) - {None}


def _spots(
    hits: Sequence[tuple[Hit, _Entry]], named: set[str | None], states: set[str | None]
) -> dict[tuple[int, int], list[_Entry]]:
    """Return for the words of each town or base what it can be, by the countries and states named beside it.

    A name that several countries have and none of them is named, decides nothing and is left out.
    """
    alone = {(hit.first, hit.last) for hit, _ in hits if hit.match == "whole"}
    found: dict[tuple[int, int], list[_Entry]] = {}
    for hit, entry in hits:
        words = (hit.first, hit.last)
        if entry.kind in _NAMES_OF_SPOT and (words not in alone or hit.match == "whole"):
            found.setdefault(words, []).append(entry)
    spots = {}
    for words, entries in found.items():
        fitting = [e for e in entries if e.country in named] or entries
        fitting = [e for e in fitting if e.us_state in states] or fitting
        if len({e.country for e in fitting}) == 1:
            spots[words] = fitting
    return spots


def _located(
    text: str,
    country: str | None,
    states: set[str | None],
    spots: dict[tuple[int, int], list[_Entry]],
    towns: set[str | None],
) -> Location:
    """Return a location in a country; ``towns`` are those that an address names and no table knows."""
    entries = [entry for group in spots.values() for entry in group]
    bases = {entry.place for entry in entries if entry.kind == "base"} - {None}
    towns = towns | {entry.place for entry in entries if entry.kind == "city"} - {None}
    several = len(bases | towns) > 1 and any(mark in text.upper() for mark in _SEVERAL)
    place = None if several else _only(bases or towns)
    if country != UNITED_STATES:
        return Location(RECOGNISED, place, None, country)
    chosen = [entry for entry in entries if place is None or entry.place == place]
    of_places = {entry.us_state for entry in chosen}
    contradicted = any(entry.kind == "base" for entry in chosen) and not of_places & states
    if states and (contradicted or (len(bases | towns) > 1 and place is None)):
        states = states | of_places
    return Location(RECOGNISED, place, _only(states or of_places), country)


def _only(values: set[str | None]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def recognise_locations(locations: pd.Series, gazetteer: Gazetteer) -> pd.DataFrame:
    """Return what each location says; each distinct text is read once.

    Out, same index: :data:`LOCATION_COLUMNS`. ``in_united_states`` is missing where no country is
    recognised, ``online`` where there is no location.
    """
    found = {text: gazetteer.read(text) for text in locations.dropna().unique()}
    read = [found[text] if isinstance(text, str) else None for text in locations]

    def column(name: str) -> pd.Series:
        values = [getattr(here, name) if here else None for here in read]
        return pd.Series(values, index=locations.index, dtype="object")

    country, status = column("country"), column("status")
    return pd.DataFrame(
        {
            "place": column("place"),
            "us_state": column("us_state"),
            "location_country": country,
            "in_united_states": (country == UNITED_STATES).astype("boolean").mask(country.isna()),
            "online": (status == ONLINE).astype("boolean").mask(status.isna()),
            "location_status": status.fillna(NOT_STATED),
        }
    )
