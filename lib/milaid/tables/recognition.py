"""What the texts of an activity say, as columns: where it took place, at which institution, for which unit."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from milaid.tables import store
from milaid.tables.institutions import recognise_institutions, spelled_institutions
from milaid.tables.locations import (
    LOCATION_COLUMNS,
    NOT_STATED,
    RECOGNISED,
    Gazetteer,
    recognise_locations,
)
from milaid.tables.units import clean_units


@dataclass(frozen=True)
class Reference:
    """The reference tables that texts are read with, each with the columns of its schema."""

    places: pd.DataFrame
    us_states: pd.DataFrame
    institutions: pd.DataFrame
    institution_names: pd.DataFrame
    unit_words: pd.DataFrame


def load_reference() -> Reference:
    """Return the reference tables of the data directory."""
    return Reference(
        store.load_places(),
        store.load_us_states(),
        store.load_institutions(),
        store.load_institution_names(),
        store.load_unit_words(),
    )


def recognise(activities: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Return activities with what their texts say, beside the texts as printed.

    In: location, us_unit, student_unit. Added: the columns of
    :data:`milaid.tables.locations.LOCATION_COLUMNS`, institution, student_unit_clean. What the reference tables
    do not know is missing; the same texts say the same in every row.
    """
    names, institutions = reference.institution_names, reference.institutions
    gazetteer = Gazetteer(reference.places, reference.us_states, spelled_institutions(names, institutions))
    located = recognise_locations(activities["location"], gazetteer)
    rows = activities.assign(**{name: located[name] for name in LOCATION_COLUMNS})
    return rows.assign(
        institution=recognise_institutions(rows, names, institutions),
        student_unit_clean=clean_units(rows["student_unit"], reference.unit_words),
    )


def recognition(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return by fiscal year how far places, countries, institutions and units are known.

    Out: fiscal_year, measure ("activities" or "participants"), total, and for each of location (stated),
    country, place, institution and unit (of the participants) the number that have it and its share of the
    total in percent (``country_share``; missing where the total is 0).
    """
    has = {
        "location": trainings["location_status"] != NOT_STATED,
        "country": trainings["location_status"] == RECOGNISED,
        "place": trainings["place"].notna(),
        "institution": trainings["institution"].notna(),
        "unit": trainings["student_unit_clean"].notna(),
    }
    weights = {
        "activities": pd.Series(1, index=trainings.index, dtype="Int64"),
        "participants": trainings["quantity"].fillna(0).astype("Int64"),
    }
    parts = []
    for measure, weight in weights.items():
        counts = {"total": weight} | {name: weight.where(known, 0) for name, known in has.items()}
        frame = pd.DataFrame(counts).groupby(trainings["fiscal_year"]).sum()
        for name in has:
            shares = 100.0 * frame[name].astype("float64") / frame["total"].astype("float64")
            frame[f"{name}_share"] = shares.where(frame["total"] > 0)
        parts.append(frame.assign(measure=measure).reset_index())
    joined = pd.concat(parts, ignore_index=True).sort_values(["fiscal_year", "measure"], ignore_index=True)
    return joined[["fiscal_year", "measure", *joined.columns.drop(["fiscal_year", "measure"])]]
