"""Units searched as people write them."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from milaid.analysis.found_names import grouped, with_hits
from milaid.analysis.name_search import LEAST_SCORE, SEARCH_RULE, Index
from milaid.analysis.named_countries import COUNTRY_RULE, find_units
from milaid.api.asked import Asked, Names, Years
from milaid.api.selection import marked
from milaid.api.trainings import FILES, condition_of, door_of, rows_of, sources_of_years
from milaid.exhibits.subject import COUNTING_NOTE
from milaid.tables import schemas, store

UNIT = "student_unit_clean"
_SHOWN = (
    "fiscal_year", "recipient", "iso3", UNIT, "quantity", "edition", "document", "page", "row_id",
)  # fmt: skip


def units(
    text: str,
    country: Names = None,
    *,
    years: Years = None,
    program: Names = None,
    region: Names = None,
    department: Names = None,
    least: float = LEAST_SCORE,
    rows: bool = False,
) -> pd.DataFrame:
    """Return the units that a text may mean, variant spellings as one row, the best first.

    Accents, the order of words, abbreviations, language and slips of the pen do not matter; the name of a country in the text
    means units trained under it as well. Columns: score (0 to 100, at
    least ``least``), unit, recipient, years, first_year, last_year, participants, activities, spellings (how many),
    other_spellings, pages. With ``rows=True`` the activities themselves, with score and unit, for ``m.cite``.

    >>> import milaid as m
    >>> found = m.units("batallon fuerzas especiales", country="Honduras")
    >>> found.loc[:1, "unit"].to_list()
    ['SPECIAL FORCES BATTALION', '1ST SPECIAL FORCES BN']
    >>> rows = m.units("rapid action batallion", "Bangladesh", rows=True)
    >>> m.cite(rows)["citation"][0]
    'Foreign Military Training Report 2010-2011, Volume I, Section IV, South Central Asia, p. 13'
    """
    door = door_of("m.units", country, years, program, region, department, at_once=True)
    if not str(text).strip():
        door.problems.append("text: name a unit, or words of its name")
    asked = door.close()
    key = (asked.years, tuple(sorted(asked.where.items())), asked.departments)
    activities, names, index = _indexed(store.stamps_of_trainings(), key, _Kept(asked))
    if activities.empty:
        # As in m.trainings, no message comes before the rows of a recipient that is read at once.
        asked = door_of("m.units", country, years, program, region, department).close()
    hits = find_units(index, text, least)
    found = with_hits(activities, UNIT, names, index, hits.everywhere, hits.recipient, hits.there)
    if rows:
        frame = _activities(asked, found)
    else:
        frame = grouped(found, UNIT, ["recipient"]).rename(columns={UNIT: "unit"})
    return marked(
        frame,
        counted=f"Units of participants that say “{text}”. {SEARCH_RULE} {COUNTRY_RULE} {COUNTING_NOTE}",
        filters={**asked.filters, "unit": text},
        sources=sources_of_years(asked),
        said=asked.said,
        query=_query(asked, sorted(set(found[UNIT]))) if len(found) else "",
    )


def _activities(asked: Asked, found: pd.DataFrame) -> pd.DataFrame:
    """Return the activities of units found, with all their columns, the best first."""
    every = rows_of(asked, schemas.TRAININGS.columns).set_index("row_id", drop=False)
    frame = every.loc[found["row_id"]].reset_index(drop=True)
    frame.insert(0, "score", found["score"].to_numpy())
    return frame


def _query(asked: Asked, names: list[str]) -> str:
    where = condition_of(asked, **{UNIT: names})
    return (
        f"select recipient, {UNIT}, sum(quantity)::bigint as participants, count(*) as activities\n"
        f"from {FILES}\nwhere {where}\ngroup by all order by all"
    )


class _Kept:
    """What was asked for, left out of the key of a cache that its parts are in already."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _indexed(stamps: object, key: object, kept: _Kept) -> tuple[pd.DataFrame, list[str], Index]:
    """Return the activities with a unit and the index of these, made once for files as they are."""
    activities = rows_of(kept.asked, _SHOWN)
    activities = activities[activities[UNIT].notna()].reset_index(drop=True)
    names = activities[UNIT].unique().tolist()
    return activities, names, Index(names)
