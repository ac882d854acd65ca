"""What the controls of the explorer offer: names with data, years, and the numbers of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from milaid import fiscal
from milaid.analysis.aid import covered_years
from milaid.analysis.obligations import years_only
from milaid.analysis.programs import DEPARTMENTS, FUNDER_NOT_STATED
from milaid.blocks import numbers
from milaid.explorer.answer import Answer
from milaid.explorer.selection import YEAR
from milaid.tables import store, subjects

Options = list[tuple[str, object]]
MOST_OFFERED = 500
"""A list of more numbers is of no use; the largest are offered."""


def names() -> dict[str, Options]:
    """Return the countries, regions, programs and departments that the reports list, as label and value."""
    labels = store.load_programs().set_index("code")["name"]
    return {
        "countries": [(each.name, each.name) for each in subjects.recipients()],
        "regions": [(each.name, each.name) for each in subjects.regions()],
        "programs": [
            (f"{each.code}: {labels.get(each.code, '')}".rstrip(": "), each.code)
            for each in subjects.programs()
        ],
        "departments": [(label, code) for code, label in DEPARTMENTS.items() if code != FUNDER_NOT_STATED],
    }


@lru_cache(maxsize=1)
def years() -> tuple[int, ...]:
    """Return the fiscal years that training or aid is known for."""
    aid = covered_years(years_only(store.load_aid()))
    return tuple(sorted({*store.available_years(), *aid}))


def numbers_of(given: Answer) -> Options:
    """Return each number of an answer, the largest first, as a label and the values of ``by`` that it has."""
    column, keys = given.selection.of.column, list(given.selection.by)
    if column not in given.frame.columns:
        return []
    shown = given.frame.dropna(subset=[column]).nlargest(MOST_OFFERED, column)
    if keys == [YEAR]:
        shown = shown.sort_values(YEAR)
    return [
        (_label(record, keys, column), {key: record[key] for key in keys})
        for record in shown.to_dict("records")
    ]


def _label(record: dict[str, object], keys: Iterable[str], column: str) -> str:
    named = ", ".join(
        fiscal.label(int(str(record[key]))) if key == YEAR else str(record[key]) for key in keys
    )
    return f"{named}: {_shown(record[column], column)}"


def _shown(value: object, column: str) -> str:
    if "share" in column:
        return f"{numbers.decimal(value)} %"
    if "usd" in column:
        return numbers.usd(value)
    return numbers.integer(value) if pd.api.types.is_integer(value) else numbers.decimal(value)
