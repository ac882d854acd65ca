"""The sources of a frame of one's own: from its rows where they say on which page they stand."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from milaid import fiscal
from milaid.api.selection import sources_of
from milaid.blocks.block import Source
from milaid.exhibits.pages import DocumentPages
from milaid.exhibits.subject import REPORT_NAME, SECTION, editions_source
from milaid.tables import store

NOT_STATED = Source("not stated by the author")
_MOST_EDITIONS = 3
"""Rows of more editions are cited by the first and the last of them, not page by page."""

Given = str | Source | Iterable[str | Source] | None


def find_sources(frame: pd.DataFrame, given: Given = None) -> tuple[Source, ...]:
    """Return the sources given, else those of the rows (document and page), else those the frame was selected with.

    Where nothing says where the numbers come from, the source line says so.
    """
    if given is not None:
        several = [given] if isinstance(given, str | Source) else list(given)
        return tuple(each if isinstance(each, Source) else Source(each) for each in several) or (NOT_STATED,)
    if {"document", "page"} <= set(frame.columns) and len(frame) and frame["document"].notna().all():
        return _of_pages(frame)
    return sources_of(frame) or (NOT_STATED,)


def _of_pages(frame: pd.DataFrame) -> tuple[Source, ...]:
    documents = store.load_documents()
    used = documents[documents["file"].isin(set(frame["document"]))]
    years = sorted({int(year) for year in used["fiscal_year"]})
    if not years:
        return sources_of(frame) or (NOT_STATED,)
    if len(years) > _MOST_EDITIONS:
        return editions_source(years[0], years[-1], "the rows shown")
    found = []
    for year in years:
        pages = DocumentPages(documents[documents["fiscal_year"] == year])
        rows = frame[frame["document"].isin(set(used.loc[used["fiscal_year"] == year, "file"]))]
        name = f"{REPORT_NAME} {fiscal.edition_label(fiscal.edition(year))}, {SECTION}, pages: "
        found += [Source(f"{name}{extent}", address) for extent, address in pages.extents(rows)]
    return tuple(found)
