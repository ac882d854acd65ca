"""Where training took place."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.groups import totals
from milaid.analysis.name_search import LEAST_SCORE, SEARCH_RULE, Index
from milaid.analysis.places import PLACES_RULE, classify
from milaid.api.asked import Names, Years
from milaid.api.selection import marked
from milaid.api.trainings import FILES, condition_of, door_of, rows_of, sources_of_years
from milaid.exhibits.subject import COUNTING_NOTE

_KEYS = ["place", "us_state", "location_country", "where"]


def places(
    text: str | None = None,
    country: Names = None,
    *,
    years: Years = None,
    program: Names = None,
    region: Names = None,
    department: Names = None,
    least: float = LEAST_SCORE,
) -> pd.DataFrame:
    """Return the places of training with most participants first; with a text those that it names.

    ``country`` is that of the participants. Columns: place, us_state, location_country (ISO code), where (in the United
    States, at home, abroad, online, not stated, not recognised), participants, cost_usd, activities, recipients; with a
    text also score. A place is missing where the reports name none, or several.

    >>> import milaid as m
    >>> m.places(country="Mali", years=2020)["place"].head(3).to_list()
    ['Bamako', 'Kati', 'Fort McNair']
    >>> m.places("fort bening", years=2020).loc[0, ["place", "us_state"]].to_list()
    ['Fort Benning', 'GA']
    """
    asked = door_of("m.places", country, years, program, region, department).close()
    rows = rows_of(
        asked,
        ["recipient", "iso3", "quantity", "cost_usd", "location_status", "location_country", "in_united_states",
         "place", "us_state"],
    )  # fmt: skip
    frame = totals(rows.assign(where=classify(rows).astype("str")), _KEYS)
    frame = frame.sort_values(["participants", *_KEYS], ascending=[False, *[True] * len(_KEYS)]).reset_index(
        drop=True
    )
    if text is not None:
        names = frame[["place", "us_state", "location_country"]].fillna("").agg(" ".join, axis=1)
        known = list(dict.fromkeys(names))
        hits = {known[hit.name]: hit.score for hit in Index(known).find(text, least)}
        frame.insert(0, "score", names.map(hits))
        frame = frame.dropna(subset=["score"]).sort_values("score", ascending=False, kind="stable")
    said = f" Places that say “{text}”: {SEARCH_RULE}" if text is not None else ""
    return marked(
        frame.reset_index(drop=True),
        counted=f"Course participants by place of training. {PLACES_RULE} {COUNTING_NOTE}{said}",
        filters={**asked.filters, **({"place": text} if text is not None else {})},
        sources=sources_of_years(asked),
        said=asked.said,
        query=(
            "select place, us_state, location_country, sum(quantity)::bigint as participants, count(*) as activities\n"
            f"from {FILES}\nwhere {condition_of(asked)}\ngroup by all order by participants desc"
        ),
    )
