"""Rows that stand under one recipient and name another country: how many people they are, of how many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

import pandas as pd

Unranked: TypeAlias = Mapping[int, Collection[str]]
"""Recipients that get no rank, by fiscal year."""
NONE_UNRANKED: Unranked = {}
RECIPIENT_IN_DOUBT, GUESTS, PLACE_IN_DOUBT = "recipient", "guests", "place"
"""What a case says, as ``schemas_documents.OTHER_COUNTRY_KINDS``."""
DOUBTFUL_SHARE = 50.0
"""Percent of the participants of a recipient in a year from which on it is not ranked."""
DOUBT_RULE = (
    "A recipient is not ranked in a year in which half or more of its participants stand in rows that name another "
    "country."
)
COLUMNS = ("fiscal_year", "document", "page", "row_on_page", "recipient", "quantity")
"""Columns of the activities that :func:`cases` needs."""

_PLACE = ["document", "page", "row_on_page"]


def cases(activities: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each fiscal year, recipient and other country that its rows name.

    In: actual activities (:data:`COLUMNS`) and ``schemas_documents.OTHER_COUNTRY_ROWS``. Out, by year and recipient:
    fiscal_year, recipient, named, kind, document, page (of the first row), rows, participants (Int64), of (Int64,
    participants of the recipient in the year), share (percent of these).
    """
    found = activities.merge(listed[[*_PLACE, "named", "kind"]], on=_PLACE).sort_values(_PLACE)
    frame = found.groupby(["fiscal_year", "recipient", "named", "kind"], as_index=False).agg(
        document=("document", "first"),
        page=("page", "first"),
        rows=("quantity", "size"),
        participants=("quantity", "sum"),
    )
    all_of = activities.groupby(["fiscal_year", "recipient"])["quantity"].sum().rename("of")
    frame = frame.join(all_of, on=["fiscal_year", "recipient"])
    share = 100.0 * frame["participants"].astype("float64") / frame["of"].astype("float64")
    return frame.astype({"participants": "Int64", "of": "Int64"}).assign(share=share.fillna(0.0))


def doubtful(found: pd.DataFrame) -> dict[int, frozenset[str]]:
    """Return for each fiscal year the recipients of :func:`cases` that are not to be ranked (:data:`DOUBT_RULE`)."""
    doubts = found[found["kind"] == RECIPIENT_IN_DOUBT]
    shares = doubts.groupby(["fiscal_year", "recipient"])["share"].sum()
    years: dict[int, set[str]] = {}
    for year, recipient in shares[shares >= DOUBTFUL_SHARE].index:
        years.setdefault(int(year), set()).add(str(recipient))
    return {year: frozenset(names) for year, names in years.items()}
