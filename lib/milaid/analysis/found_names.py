"""What is known of names that were searched: variant spellings as one, with years, participants and pages."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from milaid import fiscal
from milaid.analysis.name_search import Hit, Index, variants

BETWEEN = " | "
"""Stands between spellings and between pages in one cell."""


def with_hits(
    rows: pd.DataFrame,
    name: str,
    names: Sequence[str],
    index: Index,
    hits: Sequence[Hit],
    recipient: str = "",
    of_recipient: Sequence[Hit] = (),
) -> pd.DataFrame:
    """Return the rows whose ``name`` was found, with score (0 to 100) and group (variants have one number), best first.

    ``of_recipient`` was found too, and counts in rows of that ``recipient`` alone.
    """
    everywhere = {hit.name: hit.score for hit in hits}
    there = {hit.name: hit.score for hit in of_recipient}
    places = [*everywhere, *(place for place in there if place not in everywhere)]
    found = pd.DataFrame(
        {
            name: pd.Series([names[place] for place in places], dtype="str"),
            "score": pd.Series([everywhere.get(place, 0.0) for place in places], dtype="float64"),
            "there": pd.Series([there.get(place, 0.0) for place in places], dtype="float64"),
            "group": pd.Series(variants([index.meanings[place] for place in places]), dtype="int64"),
        }
    )
    kept = rows[rows[name].isin(set(found[name]))].merge(found, on=name, how="left")
    if there:
        better = (kept["recipient"] == recipient) & (kept["there"] > kept["score"])
        kept["score"] = kept["score"].mask(better, kept["there"])
        kept = kept[kept["score"] > 0]
    return kept.drop(columns="there").sort_values("score", ascending=False, kind="stable")


def grouped(found: pd.DataFrame, name: str, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the groups of :func:`with_hits`, best first, then most participants.

    In: also fiscal_year, quantity, edition, document, page. Out: score, ``name`` (the spelling of most activities), ``by``,
    years (in words), first_year, last_year, participants, activities (Int64), spellings (how many), other_spellings and
    pages (edition, document and page), both in one cell, joined by :data:`BETWEEN`.
    """
    keys = ["group", *by]
    columns = [
        "score", name, *by, "years", "first_year", "last_year", "participants", "activities", "spellings",
        "other_spellings", "pages",
    ]  # fmt: skip
    if found.empty:
        return pd.DataFrame({column: pd.Series(dtype="str") for column in columns})
    rows = []
    for key, part in found.groupby(keys, sort=False, dropna=False):
        spellings = part[name].value_counts(sort=True)
        usual = sorted(spellings.index, key=lambda text: (-spellings[text], text))
        pages = (
            part[["edition", "document", "page"]]
            .drop_duplicates()
            .sort_values(["edition", "document", "page"])
        )
        years = sorted(set(part["fiscal_year"]))
        rows.append(
            (
                part["score"].max(), usual[0], *key[1:], fiscal.spans(map(int, years)), years[0], years[-1],
                part["quantity"].sum(), len(part), len(usual), BETWEEN.join(usual[1:]),
                BETWEEN.join(f"{e} {d} p. {p}" for e, d, p in pages.itertuples(index=False, name=None)),
            )
        )  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    counts = dict.fromkeys(("first_year", "last_year", "participants", "activities", "spellings"), "Int64")
    order = ["score", "participants", name]
    return frame.astype(counts).sort_values(order, ascending=[False, False, True]).reset_index(drop=True)
