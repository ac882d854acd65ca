"""The school, college, academy or training center that a training names, in one spelling."""

from __future__ import annotations

import re

import pandas as pd

from milaid.tables.phrases import Lookup, normalised

# The documents put the number of US personnel, or N/A, behind the unit: "NESA - 12".
_PERSONNEL = re.compile(r"\s+-\s+(?:\d[\d,]*|N/?A|DAYS)?\s*$")


def recognise_institutions(
    activities: pd.DataFrame, names: pd.DataFrame, institutions: pd.DataFrame
) -> pd.Series:
    """Return the institution of each activity, missing where none of the table is named.

    In: us_unit, location, location_country; ``schemas.INSTITUTION_NAMES``, ``schemas.INSTITUTIONS``. The US unit
    is asked first. Text that names several institutions names none, unless one is a part of the other: then
    it names the part. A location in another country than the seat names no institution that trains only there.
    """
    lookup = Lookup(names["pattern"], names["match"])
    spelled = names["institution"].astype("object").where(names["institution"].notna(), None).tolist()
    whole_of = institutions.dropna(subset=["part_of"]).set_index("institution")["part_of"].to_dict()
    from_unit = _named(activities["us_unit"], lookup, spelled, whole_of)
    from_location = _named(activities["location"], lookup, spelled, whole_of)
    fixed = institutions[institutions["trains_at_seat"] == "yes"].set_index("institution")["country"]
    seat, country = from_location.map(fixed), activities["location_country"]
    elsewhere = seat.notna() & country.notna() & (seat != country)
    return from_unit.where(from_unit.notna(), from_location.mask(elsewhere))


def _named(
    texts: pd.Series, lookup: Lookup, spelled: list[str | None], whole_of: dict[str, str]
) -> pd.Series:
    found: dict[str, str | None] = {}
    for text in texts.dropna().unique():
        words = normalised(_PERSONNEL.sub("", text.upper()))
        hits = {name for hit in lookup.find(words) if (name := spelled[hit.row])}
        hits -= {whole_of[name] for name in hits if name in whole_of}
        found[text] = hits.pop() if len(hits) == 1 else None
    named = [found[text] if isinstance(text, str) else None for text in texts]
    return pd.Series(named, index=texts.index, dtype="str")


def spelled_institutions(names: pd.DataFrame, institutions: pd.DataFrame) -> pd.DataFrame:
    """Return the spellings of institutions with their seats.

    Out: pattern, match, place, us_state, country, trains_at_seat.
    """
    columns = ["pattern", "match", "place", "us_state", "country", "trains_at_seat"]
    return names.merge(institutions, on="institution")[columns]
