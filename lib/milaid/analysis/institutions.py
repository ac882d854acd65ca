"""The institutions that train most participants, named from free text with a reference table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from milaid.analysis.phrases import Lookup, normalised

INSTITUTIONS_RULE = (
    "Institutions are named from the US unit as printed or, where that names none, from the training "
    "location, with a table of names and abbreviations. Activities that name no institution of the "
    "table are left out and counted."
)
# The documents put the number of US personnel, or N/A, behind the unit: "NESA - 12".
_PERSONNEL = r"\s+-\s+(?:\d[\d,]*|N/?A|DAYS)?\s*$"


def identify(trainings: pd.DataFrame, institutions: pd.DataFrame) -> pd.Series:
    """Return the institution of each activity, missing where none of the table is named.

    In: us_unit, location; institutions as ``schemas.INSTITUTIONS``. The US unit is asked first. Text that
    names more than one institution names none.
    """
    lookup = Lookup(institutions)
    names = institutions["institution"].tolist()
    units = trainings["us_unit"].str.upper().str.replace(_PERSONNEL, "", regex=True)
    from_unit = _named(units, lookup, names)
    from_location = _named(trainings["location"], lookup, names)
    return from_unit.where(from_unit.notna(), from_location)


def _named(texts: pd.Series, lookup: Lookup, names: list[str]) -> pd.Series:
    found: dict[str, str | None] = {}
    for text in texts.dropna().unique():
        hits = {names[hit.row] for hit in lookup.find(normalised(text))}
        found[text] = hits.pop() if len(hits) == 1 else None
    named = [found[text] if isinstance(text, str) else None for text in texts]
    return pd.Series(named, index=texts.index, dtype="str")


@dataclass(frozen=True)
class InstitutionTotals:
    """Institutions by participants (``frame``), and how many participants name one and how many none."""

    frame: pd.DataFrame
    identified: int
    unidentified: int


def institution_totals(
    trainings: pd.DataFrame, institutions: pd.DataFrame, fiscal_year: int, n: int | None = None
) -> InstitutionTotals:
    """Return the institutions of one fiscal year with most participants.

    Out, most participants first, equal ones by name: institution, place, country (ISO3), participants,
    activities, recipients (with a participant), share (percent of all participants of the year).
    """
    rows = trainings[trainings["fiscal_year"] == fiscal_year]
    everyone = int(rows["quantity"].sum())
    rows = rows.assign(institution=identify(rows, institutions)).dropna(subset=["institution"])
    rows = rows.assign(_present=rows["recipient"].where(rows["quantity"].fillna(0) > 0))
    frame = (
        rows.groupby("institution")
        .agg(
            participants=("quantity", "sum"),
            activities=("quantity", "size"),
            recipients=("_present", "nunique"),
        )
        .astype("Int64")
        .reset_index()
    )
    where = institutions.drop_duplicates("institution")[["institution", "place", "country"]]
    frame = frame.merge(where, on="institution", how="left")
    people = frame["participants"].astype("float64")
    frame["share"] = 100.0 * people / everyone if everyone else float("nan")
    identified = int(frame["participants"].sum())
    frame = frame.sort_values(["participants", "institution"], ascending=[False, True]).reset_index(drop=True)
    columns = ["institution", "place", "country", "participants", "activities", "recipients", "share"]
    frame = frame[columns] if n is None else frame[columns].head(n)
    return InstitutionTotals(frame, identified, everyone - identified)
