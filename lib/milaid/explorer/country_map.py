"""The map of a measure by country."""

from __future__ import annotations

import pandas as pd

from milaid.api.row_sources import find_sources
from milaid.api.totals import rows_with_codes
from milaid.blocks.block import Figure
from milaid.charts import formats
from milaid.charts.world_map import not_drawn, world_map
from milaid.errors import RequestError
from milaid.exhibits.figures import figure
from milaid.exhibits.subject import joined
from milaid.exhibits.training.regions import map_sources
from milaid.tables import store


def country_map(frame: pd.DataFrame, *, value: str, title: str, label: str) -> Figure:
    """Return the map of a column by ``country``; raises RequestError where nothing above zero can be drawn.

    Former states, whose code is another's today, groups and small states are not drawn, which the note says.
    """
    codes = rows_with_codes().drop_duplicates("recipient").set_index("recipient")["iso3"]
    named = frame.assign(iso3=frame["country"].map(codes)).dropna(subset=[value])
    coded = named.dropna(subset=["iso3"]).groupby("iso3", as_index=False)
    summed = coded.agg(recipient=("country", "first"), value=(value, "sum"))
    boundaries = store.load_boundaries()
    without = len(not_drawn(named, boundaries, value=value))
    if without == (named[value] > 0).sum():
        raise RequestError("A map needs a country with a value above zero: choose other countries or years.")
    kind = formats.dollars(summed["value"])[0] if "usd" in value and "share" not in value else "decimal"
    kind = "share" if "share" in value else "integer" if value == "participants" else kind
    largest = named.nlargest(5, value)
    return figure(
        lambda key: world_map(summed, boundaries, key=key, kind=kind, legend=label, labelled=3),
        key="country_map",
        title=title,
        subtitle=label,
        alt=f"World map by country; the largest are {', '.join(largest['country'])}.",
        note=joined(
            str(frame.attrs.get("counted", "")),
            f"Not drawn: {without} with a value above zero that are small or no country of today."
            if without
            else "",
            *frame.attrs.get("notes", ()),
        ),
        sources=(*find_sources(frame), *map_sources()),
        csv=named[["country", "iso3", value]],
    )
