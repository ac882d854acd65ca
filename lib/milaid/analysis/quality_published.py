"""Figures that others published for single recipients, programs and years, beside the rows of Section IV."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.change import percent_change

WORLD, ALL = "World", "All"


def people_beside_ours(
    trainings: pd.DataFrame, published: pd.DataFrame, programs: pd.DataFrame
) -> pd.DataFrame:
    """Return the published counts of people, each beside the participants of the same years, place and program.

    In: actual activities, ``schemas.PUBLISHED_FIGURES``, ``schemas.PROGRAMS``. Out, by first year, world totals first:
    publisher, measure, fiscal_year (text, a period with a hyphen), place, program, published (Int64), participants
    (Int64; missing when a year has no data, or Section IV knows no such program or recipient), difference (published
    minus ours), percent (of ours, by the rule of percent_change), reason (missing where it is not known), definition,
    source_url. The two count different things: neither is put in the place of the other.
    """
    chosen = published[published["unit"] == "people"]
    codes = {
        **dict(zip(programs["label"], programs["code"], strict=True)),
        **{c: c for c in programs["code"]},
    }
    rows = []
    for figure in chosen.to_dict("records"):
        ours = _ours(trainings, figure, codes)
        value = int(figure["value"])
        rows.append(
            {
                "publisher": figure["publisher"],
                "measure": figure["measure"],
                "fiscal_year": figure["fiscal_year"],
                "place": figure["place"],
                "program": figure["program"],
                "published": value,
                "participants": ours,
                "difference": None if ours is None else value - ours,
                "percent": percent_change(value, ours),
                "reason": figure["reason"],
                "definition": figure["definition"],
                "source_url": figure["source_url"],
            }
        )
    frame = pd.DataFrame(rows)
    order = pd.DataFrame(
        {
            "year": frame["fiscal_year"],
            "part": (frame["place"] != WORLD) * 2 + (frame["program"] != ALL),
            "size": -frame["published"],
        }
    )
    frame = frame.loc[order.sort_values(["year", "part", "size"], kind="stable").index]
    frame = frame.astype(dict.fromkeys(("published", "participants", "difference"), "Int64"))
    return frame.astype({"percent": "float64"}).reset_index(drop=True)


def _ours(trainings: pd.DataFrame, figure: dict, codes: dict[str, str]) -> int | None:
    """Return the participants of the years, place and program of a figure; None where they cannot be counted."""
    first, _, last = str(figure["fiscal_year"]).partition("-")
    years = set(range(int(first), int(last or first) + 1))
    if not years <= set(trainings["fiscal_year"].unique().tolist()):
        return None
    rows = trainings[trainings["fiscal_year"].isin(years)]
    if figure["place"] != WORLD:
        rows = rows[rows["recipient"] == figure["place"]]
    if figure["program"] != ALL:
        rows = rows[rows["program"] == codes.get(figure["program"], "")]
    return int(rows["quantity"].sum()) if len(rows) else None
