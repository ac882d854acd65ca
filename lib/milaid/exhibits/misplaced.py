"""What reports say of rows that stand under one recipient and name another country."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from milaid import fiscal
from milaid.analysis import other_countries
from milaid.analysis.other_countries import GUESTS, PLACE_IN_DOUBT, RECIPIENT_IN_DOUBT
from milaid.blocks import numbers
from milaid.blocks.block import escape
from milaid.blocks.words import and_list, counted
from milaid.exhibits.articles import region_name
from milaid.tables import store

_SAYS = {
    RECIPIENT_IN_DOUBT: "{name} {named}; {counted} counted under {recipient}, where {printed}",
    GUESTS: "{name} units of {named}; {counted} counted under {recipient}, where {printed}",
    PLACE_IN_DOUBT: "{name} {named} as place, which is in doubt",
}
_ONE = {"name": "names", "counted": "it is", "printed": "it is printed"}
_SEVERAL = {"name": "name", "counted": "they are", "printed": "they are printed"}


def cases() -> pd.DataFrame:
    """Return every case of all years (:func:`milaid.analysis.other_countries.cases`)."""
    return _cases(*_stamps()).copy(deep=False)


def _stamps() -> tuple[object, object]:
    tables = (store.load_other_country_rows.stamp(), store.load_known_issues.stamp())
    return store.stamps_of_trainings(), tables


@lru_cache(maxsize=1)
def _cases(trainings: object, tables: object) -> pd.DataFrame:
    """Return the cases, made once for files as they are."""
    activities = store.columns_of_activities(*other_countries.COLUMNS)
    return other_countries.cases(activities, store.load_other_country_rows())


def unranked() -> dict[int, frozenset[str]]:
    """Return by fiscal year the recipients that are not ranked in it (``other_countries.DOUBT_RULE``)."""
    return dict(_unranked(*_stamps()))


@lru_cache(maxsize=1)
def _unranked(trainings: object, tables: object) -> dict[int, frozenset[str]]:
    return other_countries.doubtful(_cases(trainings, tables))


def concerning(names: Iterable[str], fiscal_years: Iterable[int] | None = None) -> pd.DataFrame:
    """Return the cases that stand under one of these recipients or name one, of these years or of all."""
    found, listed = cases(), set(names)
    found = found[found["recipient"].isin(listed) | found["named"].isin(listed)]
    return found if fiscal_years is None else found[found["fiscal_year"].isin(set(fiscal_years))]


def note(names: Iterable[str], fiscal_years: Iterable[int]) -> str:
    """Return for a note what rows of these recipients and years name another country, in marked text; "" for none."""
    return " ".join(sentence(case) for case in concerning(names, fiscal_years).to_dict("records"))


def unranked_note(names: Iterable[str], fiscal_year: int) -> str:
    """Return that these recipients have no rank in a year, and why, in marked text; "" for none."""
    without = [_named(name) for name in sorted(names)]
    if not without:
        return ""
    return (
        f"No rank for {and_list(without)} in {fiscal.label(fiscal_year)}: half or more of the participants stand in rows "
        "that name another country."
    )


def sentence(case: dict) -> str:
    """Return one case: ``FY2016: 2 rows with all 510 participants under Tokelau name Tajikistan; they are ...``."""
    whole = case["participants"] == case["of"]
    people = f"all {numbers.integer(case['of'])}"
    if not whole:
        people = f"{numbers.integer(case['participants'])} of {numbers.integer(case['of'])}"
    names = {name: _named(case[name]) for name in ("recipient", "named")}
    says = _SAYS[case["kind"]].format(**names, **(_ONE if case["rows"] == 1 else _SEVERAL))
    return (
        f"{fiscal.label(int(case['fiscal_year']))}: {counted(int(case['rows']), 'row')} with {people} participants under "
        f"{names['recipient']} {says}."
    )


def _named(name: str) -> str:
    return escape(region_name(str(name)))
