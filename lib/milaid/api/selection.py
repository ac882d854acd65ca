"""What a frame of the API says of itself, in ``frame.attrs``: how it was selected, its sources, and a query.

pandas may drop it on the way; what needs it then says so, or takes it from the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from milaid.blocks.block import Source
from milaid.blocks.words import and_list

KEYS = ("counted", "filters", "notes", "said", "sources", "query")


def marked(
    frame: pd.DataFrame,
    *,
    counted: str,
    filters: Mapping[str, str],
    sources: Sequence[Source],
    notes: Iterable[str] = (),
    said: Iterable[str] = (),
    query: str = "",
) -> pd.DataFrame:
    """Return a frame that says of itself what is counted, how it was selected and where it comes from."""
    frame.attrs = {
        "counted": counted,
        "filters": dict(filters),
        "notes": [note for note in notes if note],
        "said": list(said),
        "sources": [[source.text, source.url] for source in sources],
        "query": query,
    }
    return frame


_WORDS = {
    "iso3": "country code",
    "us_state": "US state",
    "location_country": "country of training",
    "account_code": "code of the account",
}


def in_words(keys: Iterable[str]) -> str:
    """Return the names of columns as words of a sentence: ``fiscal year and country``."""
    return and_list([_WORDS.get(key, key.replace("_", " ")) for key in keys])


def sources_of(frame: pd.DataFrame) -> tuple[Source, ...]:
    """Return the sources that a frame says it has."""
    return tuple(Source(*source) for source in frame.attrs.get("sources", ()))


def condition(
    where: Mapping[str, Sequence[str]], years: Sequence[int] | None = None, year: str = "fiscal_year"
) -> str:
    """Return the SQL condition that rows have one of the values of each column, and are of these fiscal years."""
    parts = [f"{name} {_among(values)}" for name, values in where.items()]
    if years is not None:
        whole = list(years) == list(range(years[0], years[-1] + 1)) and len(years) > 2
        listed = f"{year} in ({', '.join(map(str, years))})" if len(years) > 1 else f"{year} = {years[0]}"
        parts.append(f"{year} between {years[0]} and {years[-1]}" if whole else listed)
    return " and ".join(parts) or "true"


def _among(values: Sequence[str]) -> str:
    quoted = [quote(value) for value in values]
    return f"= {quoted[0]}" if len(quoted) == 1 else f"in ({', '.join(quoted)})"


def quote(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
