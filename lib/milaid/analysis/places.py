"""Where training took place, read from the free text of the documents with a reference table."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.groups import printed_dollars, shares, with_zeros
from milaid.analysis.phrases import Lookup, normalised

UNITED_STATES = "In the United States"
OWN_COUNTRY = "In the recipient's own country"
OTHER_COUNTRY = "In another country"
ONLINE = "Online"
NOT_STATED = "Not stated"
NOT_RECOGNISED = "Not recognised"
CATEGORIES = (UNITED_STATES, OWN_COUNTRY, OTHER_COUNTRY, ONLINE, NOT_STATED, NOT_RECOGNISED)

PLACES_RULE = (
    "The place is read from the training location as printed, and from the US unit only where it names "
    "a country, a state or a base, with a table of countries, US states, towns, bases and schools. A "
    "location that names no place, names places in more than one country, or is not in the table is "
    "counted as not stated or not recognised."
)
_SPOTS = ("country", "territory", "state", "code", "city", "base")
_FROM_UNIT = ("country", "state", "base")


def locate(locations: pd.Series, places: pd.DataFrame) -> pd.DataFrame:
    """Return the country that each location names.

    In: locations as printed; places as ``schemas.PLACES``. Out, same index: country (ISO3 or missing), status
    ("place", "online", "not stated", "not recognised"), kind (of the words that decided, or missing).
    """
    lookup = Lookup(places)
    kinds, countries = places["kind"].tolist(), places["country"].tolist()
    found = {text: _place(text, lookup, kinds, countries) for text in locations.dropna().unique()}
    nothing = (None, "not stated", None)
    rows = [found[text] if isinstance(text, str) else nothing for text in locations]
    return pd.DataFrame(rows, columns=["country", "status", "kind"], index=locations.index, dtype="object")


def _place(
    text: str, lookup: Lookup, kinds: list[str], countries: list[str]
) -> tuple[str | None, str, str | None]:
    words = normalised(text)
    if not words:
        return None, "not stated", None
    hits = lookup.find(words)
    if any(hit.match == "whole" and kinds[hit.row] == "vague" for hit in hits):
        return None, "not stated", "vague"
    for wanted in (_SPOTS, ("school",)):
        named = {countries[hit.row]: kinds[hit.row] for hit in hits if kinds[hit.row] in wanted}
        if len(named) > 1:
            return None, "not recognised", None
        if named:
            country, kind = next(iter(named.items()))
            return country, "place", kind
    if any(kinds[hit.row] == "online" for hit in hits):
        return None, "online", "online"
    return None, "not recognised", None


def classify(trainings: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return where each activity took place.

    In: location, us_unit, iso3. Out, same index: place_country (ISO3 or missing), place (one of
    :data:`CATEGORIES`). The US unit is asked only when the location says nothing at all, and only for the
    name of a country, a state or a base.
    """
    place = locate(trainings["location"], places)
    silent = place["status"] == "not stated"
    unit = locate(trainings.loc[silent, "us_unit"], places)
    usable = unit[(unit["status"] == "place") & unit["kind"].isin(_FROM_UNIT)]
    place.loc[usable.index, ["country", "status"]] = usable[["country", "status"]]
    category = pd.Series(NOT_RECOGNISED, index=trainings.index, dtype="object")
    category[place["status"] == "not stated"] = NOT_STATED
    category[place["status"] == "online"] = ONLINE
    located = place["status"] == "place"
    category[located] = OTHER_COUNTRY
    category[located & (place["country"] == trainings["iso3"].astype("object"))] = OWN_COUNTRY
    category[located & (place["country"] == "USA")] = UNITED_STATES
    return pd.DataFrame({"place_country": place["country"].astype("str").where(located), "place": category})


def place_totals(trainings: pd.DataFrame, places: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return participants of one fiscal year by where the training took place.

    Out, in the order of :data:`CATEGORIES`: place, participants, activities, cost_usd, share (percent of all
    participants), known_share (percent of the participants whose place is known; missing for the last two).
    """
    rows = trainings[trainings["fiscal_year"] == fiscal_year].reset_index(drop=True)
    rows = rows.assign(place=classify(rows, places)["place"])
    grouped = rows.groupby("place")
    frame = grouped.agg(participants=("quantity", "sum"), activities=("quantity", "size"))
    frame["cost_usd"] = printed_dollars(grouped)
    frame = frame.reindex(list(CATEGORIES)).rename_axis("place").reset_index()
    frame = with_zeros(frame, ("participants", "activities", "cost_usd"))
    frame["share"] = shares(frame["participants"])
    known = ~frame["place"].isin([NOT_STATED, NOT_RECOGNISED])
    frame["known_share"] = shares(frame["participants"].where(known))
    return frame


def classified_share(trainings: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return by fiscal year how far the places are known.

    Out: fiscal_year, participants, classified (participants whose place is known), share (percent),
    not_stated, not_recognised (participants).
    """
    rows = trainings.reset_index(drop=True)
    rows = rows.assign(place=classify(rows, places)["place"])
    wide = rows.pivot_table(index="fiscal_year", columns="place", values="quantity", aggfunc="sum")
    wide = wide.reindex(columns=list(CATEGORIES)).fillna(0).astype("Int64")
    total = wide.sum(axis=1)
    known = total - wide[NOT_STATED] - wide[NOT_RECOGNISED]
    frame = pd.DataFrame({"participants": total, "classified": known})
    frame["share"] = (100.0 * known.astype("Float64") / total.where(total > 0).astype("Float64")).astype(
        "float64"
    )
    frame["not_stated"], frame["not_recognised"] = wide[NOT_STATED], wide[NOT_RECOGNISED]
    return frame.reset_index()


def unrecognised(trainings: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the locations that are in no table, most participants first.

    Out: location (as printed), participants, activities, first_fiscal_year, last_fiscal_year.
    """
    rows = trainings.reset_index(drop=True)
    rows = rows[classify(rows, places)["place"] == NOT_RECOGNISED]
    frame = rows.groupby("location").agg(
        participants=("quantity", "sum"),
        activities=("quantity", "size"),
        first_fiscal_year=("fiscal_year", "min"),
        last_fiscal_year=("fiscal_year", "max"),
    )
    frame = frame.reset_index().sort_values(["participants", "location"], ascending=[False, True])
    return frame.reset_index(drop=True)
