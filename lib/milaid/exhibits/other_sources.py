"""How exhibits cite the official files beside the training report."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from milaid import fiscal
from milaid.blocks import numbers
from milaid.blocks.block import Source
from milaid.tables import source_files, store

DEFLATOR = source_files.DEFLATOR_SOURCE
SALES_BOOK = source_files.SALES_BOOK_SOURCE
EXCESS_REPORT = source_files.EXCESS_ARTICLES_SOURCE
GREENBOOK = source_files.GREENBOOK_SOURCE
POPULATION = source_files.POPULATION_SOURCE


def cite(path: str, place: str = "") -> Source:
    """Return a file of ``other_sources.csv`` as a source, with the place in it where one is given."""
    row = store.load_other_sources().set_index("path").loc[path]
    return Source(f"{row['publisher']}, {row['title']}{f', {place}' if place else ''}", row["url"])


def greenbook_lines(rows: pd.DataFrame, first: int, last: int) -> Source:
    """Return the Greenbook with its lines of some fiscal years, and the ``rows`` (sheet_row) of the sheet if there are any."""
    place = f"lines of {fiscal.label(first)}" + (f" to {fiscal.label(last)}" if last > first else "")
    if len(rows):
        place += f", {extent('row', rows['sheet_row'].astype(int))} of the sheet"
    return cite(GREENBOOK, place)


def sales_book_pages(agreements: pd.DataFrame) -> Source:
    """Return the Historical Sales Book with the pages (page) on which it has these agreements."""
    return cite(SALES_BOOK, extent("page", agreements["page"].astype(int)))


def excess_report_rows(articles: pd.DataFrame) -> Source:
    """Return the report of Excess Defense Articles with the rows of its file (file_row) that hold these articles."""
    return cite(EXCESS_REPORT, f"{extent('row', articles['file_row'].astype(int))} of the file")


def extent(unit: str, values: Iterable[int]) -> str:
    """Return from where to where rows or pages go: ``pages 3–21``, ``page 3`` with ``unit`` "page"."""
    known = sorted(set(values))
    first, last = numbers.integer(known[0]), numbers.integer(known[-1])
    return f"{unit} {first}" if first == last else f"{unit}s {first}–{last}"
