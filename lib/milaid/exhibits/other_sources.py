"""How exhibits cite the official files beside the training report."""

from __future__ import annotations

from collections.abc import Iterable

from milaid.blocks import numbers
from milaid.blocks.block import Source
from milaid.tables import source_files, store

SALES_BOOK = source_files.SALES_BOOK_SOURCE
EXCESS_REPORT = source_files.EXCESS_ARTICLES_SOURCE
GREENBOOK = source_files.GREENBOOK_SOURCE
POPULATION = source_files.POPULATION_SOURCE


def cite(path: str, place: str = "") -> Source:
    """Return a file of ``other_sources.csv`` as a source, with the place in it where one is given."""
    row = store.load_other_sources().set_index("path").loc[path]
    return Source(f"{row['publisher']}, {row['title']}{f', {place}' if place else ''}", row["url"])


def extent(unit: str, values: Iterable[int]) -> str:
    """Return from where to where rows or pages go: ``pages 3–21``, ``page 3`` with ``unit`` "page"."""
    known = sorted(set(values))
    first, last = numbers.integer(known[0]), numbers.integer(known[-1])
    return f"{unit} {first}" if first == last else f"{unit}s {first}–{last}"
