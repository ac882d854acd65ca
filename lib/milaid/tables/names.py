"""Printed names and labels, and what they stand for: recipients and programs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import pandas as pd

from milaid.errors import DataError, list_problems


def harmonise(activities: pd.DataFrame, countries: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Return activities with recipient, recipient_kind, iso3, region_harmonised and program.

    In: country and program_printed as printed; ``schemas.COUNTRIES`` and ``schemas.PROGRAM_LABELS``. Raises
    one DataError with every name and label that is in no reference table, and the nearest spellings.
    """
    problems = [
        *_unknown("country name", activities, "country", countries["printed"], "countries.csv"),
        *_unknown("program label", activities, "program_printed", labels["printed"], "program_labels.csv"),
    ]
    if problems:
        advice = "Add each to the reference table named, with what it stands for."
        raise DataError(list_problems("Names that the reference tables do not know:", problems, advice))
    known = countries.set_index("printed")
    codes = labels.set_index("printed")["code"]
    return activities.assign(
        recipient=activities["country"].map(known["recipient"]),
        recipient_kind=activities["country"].map(known["kind"]),
        iso3=activities["country"].map(known["iso3"]),
        region_harmonised=activities["country"].map(known["region"]),
        program=activities["program_printed"].map(codes),
    )


def _unknown(kind: str, activities: pd.DataFrame, column: str, known: Iterable[str], table: str) -> list[str]:
    spellings = sorted(set(known))
    problems = []
    for name in sorted(set(activities[column]) - set(spellings)):
        first = activities[activities[column] == name].iloc[0]
        near = difflib.get_close_matches(name, spellings, n=3, cutoff=0.5)
        nearest = ", ".join(f"«{spelling}»" for spelling in near) or "none near"
        problems.append(
            f"{kind} «{name}» ({first['document']}, page {first['page']}) is not in {table}; nearest: {nearest}"
        )
    return problems
