"""Where training took place: in the United States, at home or abroad."""

from __future__ import annotations

import numpy as np
import pandas as pd

from milaid.analysis.groups import of_year, percent_of, printed_dollars, shares, with_zeros
from milaid.tables import locations

UNITED_STATES = "In the United States"
OWN_COUNTRY = "In the recipient's own country"
OTHER_COUNTRY = "In another country"
ONLINE = "Online"
NOT_STATED = "Not stated"
NOT_RECOGNISED = "Not recognised"
CATEGORIES = (UNITED_STATES, OWN_COUNTRY, OTHER_COUNTRY, ONLINE, NOT_STATED, NOT_RECOGNISED)

READ = (
    "fiscal_year", "quantity", "cost_usd", "location_status", "location_country", "in_united_states", "iso3",
)  # fmt: skip
"""Columns of activities that the measures of this module read; :func:`unrecognised` also names the location."""

LEAST_KNOWN = 80
"""Percent of participants whose place must be known in a year, for its shares to be ranked or compared."""

PLACES_RULE = (
    "The place is read from the training location as printed, with a table of countries, US states, towns, bases "
    "and schools; US territories count as the United States. A location that names no place, names places "
    "in more than one country, or is not in the table is counted as not stated or not recognised."
)


def classify(trainings: pd.DataFrame) -> pd.Series:
    """Return where each activity took place: a category of :data:`CATEGORIES`.

    In: location_status, location_country, in_united_states, iso3.
    """
    status, country = trainings["location_status"], trainings["location_country"]
    cases = {
        UNITED_STATES: trainings["in_united_states"],
        OWN_COUNTRY: country == trainings["iso3"],
        OTHER_COUNTRY: country.notna(),
        ONLINE: status == locations.ONLINE,
        NOT_STATED: status == locations.NOT_STATED,
    }
    true = [case.fillna(False).to_numpy(dtype="bool") for case in cases.values()]
    found = np.select(true, range(len(cases)), len(cases))
    return pd.Series(pd.Categorical.from_codes(found, [*cases, NOT_RECOGNISED]), index=trainings.index)


def place_totals(trainings: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return participants of one fiscal year by where the training took place.

    Out, in the order of :data:`CATEGORIES`: place, participants, activities, cost_usd, share (percent of all
    participants), known_share (percent of the participants whose place is known; missing for the last two),
    known_share_of_all (percent of all participants whose place is known, the same in each row).
    """
    rows = of_year(trainings[list(READ)], fiscal_year)
    grouped = rows.groupby(classify(rows).rename("place"), observed=True)
    frame = grouped.agg(participants=("quantity", "sum"), activities=("quantity", "size"))
    frame["cost_usd"] = printed_dollars(grouped)
    frame = frame.reindex(list(CATEGORIES)).rename_axis("place").reset_index()
    frame = with_zeros(frame, ("participants", "activities", "cost_usd"))
    frame["share"] = shares(frame["participants"])
    known = ~frame["place"].isin([NOT_STATED, NOT_RECOGNISED])
    frame["known_share"] = shares(frame["participants"].where(known))
    frame["known_share_of_all"] = frame["share"].where(known).sum(min_count=1)
    return frame


def place_years(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return participants by fiscal year (the index) and by where the training took place (Int64).

    Out: a column for each of :data:`CATEGORIES`; participants, and known: those whose place is known.
    """
    keys = [trainings["fiscal_year"], classify(trainings).rename("place")]
    people = trainings["quantity"].groupby(keys, observed=True).sum()
    wide = people.unstack("place").reindex(columns=list(CATEGORIES)).fillna(0).astype("Int64")
    total = wide.sum(axis=1)
    return wide.assign(participants=total, known=total - wide[NOT_STATED] - wide[NOT_RECOGNISED])


def classified_share(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return by fiscal year how far the places are known.

    Out: fiscal_year, participants, classified (participants whose place is known), share (percent),
    not_stated, not_recognised (participants).
    """
    years = place_years(trainings)
    frame = pd.DataFrame({"participants": years["participants"], "classified": years["known"]})
    frame["share"] = percent_of(years["known"], years["participants"])
    frame["not_stated"], frame["not_recognised"] = years[NOT_STATED], years[NOT_RECOGNISED]
    return frame.reset_index()


def unrecognised(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return the locations that are in no table, most participants first.

    Out: location (as printed), participants, activities, first_fiscal_year, last_fiscal_year.
    """
    rows = trainings.reset_index(drop=True)
    rows = rows[classify(rows) == NOT_RECOGNISED]
    frame = rows.groupby("location").agg(
        participants=("quantity", "sum"),
        activities=("quantity", "size"),
        first_fiscal_year=("fiscal_year", "min"),
        last_fiscal_year=("fiscal_year", "max"),
    )
    frame = frame.reset_index().sort_values(["participants", "location"], ascending=[False, True])
    return frame.reset_index(drop=True)
