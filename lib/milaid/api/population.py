"""People."""

from __future__ import annotations

import pandas as pd

from milaid.api.asked import Door, Names, Years
from milaid.api.selection import condition, marked
from milaid.api.totals import rows_with_codes
from milaid.exhibits import other_sources
from milaid.tables import store


def population(country: Names = None, *, years: Years = None) -> pd.DataFrame:
    """Return the population of recipients by calendar year: recipient, iso3, year, population.

    Former states and groups have none.

    >>> import milaid as m
    >>> m.population("Mali", years=2020)["population"].to_list()
    [21713836]
    """
    people = store.load_population()
    codes = rows_with_codes().dropna().drop_duplicates("iso3")
    frame = people.merge(codes, on="iso3")[["recipient", "iso3", "year", "population"]]
    door = Door("m.population")
    door.recipient_of(country, "recipient", frame["recipient"].unique())
    door.years(years, frame["year"].unique())
    asked = door.close()
    if "recipient" in asked.where:
        frame = frame[frame["recipient"].isin(asked.where["recipient"])]
    if asked.years is not None:
        frame = frame[frame["year"].isin(asked.years)]
    shown = {"iso3": tuple(sorted(set(frame["iso3"])))} if country is not None else {}
    return marked(
        frame.reset_index(drop=True),
        counted="Population at the middle of the calendar year.",
        filters=asked.filters,
        sources=(other_sources.cite(other_sources.POPULATION),),
        said=asked.said,
        query=f"select iso3, year, population\nfrom 'data/population.csv'\nwhere {condition(shown, asked.years, 'year')}",
    )
