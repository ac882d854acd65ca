"""Where the numbers of an exhibit come from: its sources, and how they were made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from milaid.errors import RequestError


@dataclass(frozen=True)
class Source:
    """One source of an exhibit: plain text with document and page, and the official address."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class How:
    """How the numbers of an exhibit came about: what is counted (marked text), filters, notes, sources and a query.

    ``query`` is SQL for DuckDB over the files of data/, run in the folder that holds data/, and ``answer`` what runs it;
    "" and None where the numbers are no plain sum by group.
    """

    counted: str
    filters: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    query: str = ""
    answer: Callable[[str], pd.DataFrame] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        parts = [f"What is counted: {self.counted}"] if self.counted else []
        parts += [f"Filter: {name}: {value}" for name, value in self.filters]
        parts += [f"Note: {note}" for note in self.notes]
        parts += [f"Source: {source.text}" for source in self.sources]
        none = "No one query: the numbers are no plain sum by group."
        parts.append(f"Query (DuckDB):\n{self.query}" if self.query else none)
        return "\n".join(parts)

    def run(self) -> pd.DataFrame:
        """Return what the query gives; RequestError where there is none.

        >>> import milaid as m
        >>> m.country("Mali", year=2020).long_series().how().run().tail(1).values.tolist()
        [[2020, 203]]
        """
        if self.answer is None:
            raise RequestError("there is no query that gives these numbers: they are no plain sum by group")
        return self.answer(self.query)
