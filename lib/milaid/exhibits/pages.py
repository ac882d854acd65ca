"""How the documents of an edition are named beside a page number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from milaid.blocks.words import and_list, cardinal
from milaid.tables import citation

# The sections of the report carry the names of the regions.
REGION_ABBREVIATIONS = {
    "Africa": "AF",
    "East Asia and Pacific": "EAP",
    "Europe": "EUR",
    "Near East": "NEA",
    "New Independent States": "NIS",
    "NIS": "NIS",
    "South Asia": "SA",
    "South Central Asia": "SCA",
    "Western Hemisphere": "WHA",
}


_FILE = " (file "
FILE_NOTE = "File: page of the official file that the link opens, where the section is a part of it."
_IN_FULL = {"NIS": "New Independent States"}


def regions_in_words(regions: str) -> str:
    """Return the regions of a document as running text has them: ``Near East and New Independent States``."""
    return and_list([_IN_FULL.get(region, region) for region in regions.split("; ")])


def document_names(documents: pd.DataFrame) -> pd.Series:
    """Return for rows of ``schemas.DOCUMENTS`` of one edition what each is called: ``Africa``, ``Africa (2 of 3)``."""
    names = [regions_in_words(region) for region in documents["region"].fillna("Whole edition")]
    parts: Counter[str] = Counter()
    found = []
    for name in names:
        parts[name] += 1
        of = names.count(name)
        found.append(name if of == 1 else f"{name} ({parts[name]} of {of})")
    return pd.Series(found, index=documents.index, dtype="str")


def in_file(page: int, official: int | None) -> str:
    """Return a page of a section, and the page of the official file where that is another: ``5 (file 97)``."""
    return str(page) if official in (None, page) else f"{page}{_FILE}{official})"


def file_note(places: Iterable[object]) -> str:
    """Return what the second number of a page is; "" where no place has one."""
    return FILE_NOTE if any(_FILE in str(place) for place in places) else ""


def document_labels(documents: pd.DataFrame) -> pd.Series:
    """Return for rows of ``schemas.DOCUMENTS`` of one edition what stands for each beside a page.

    ``AF``, ``EAP/EUR``, ``WHA (2 of 5)``; ``p.`` for one that holds all regions of the edition.
    """
    if len(documents) == 1 and "; " in str(documents["region"].iloc[0]):
        return pd.Series("p.", index=documents.index)
    regions = documents["region"].fillna("Whole edition").map(_abbreviated)
    names = document_names(documents)
    part = names.str.extract(r"( \(\d+ of \d+\))$")[0].fillna("")
    return regions + part


def _abbreviated(regions: str) -> str:
    """Return the regions of a document in the abbreviations of its sections: ``EAP/EUR``."""
    return "/".join(REGION_ABBREVIATIONS.get(region, region) for region in regions.split("; "))


class DocumentPages:
    """The documents of one edition, each with a short label to stand before a page.

    A document that alone holds one region is named by the region; where one document holds several regions or
    several hold one, all of the edition are numbered. In: rows of ``schemas.DOCUMENTS`` of one edition.
    """

    def __init__(self, documents: pd.DataFrame) -> None:
        self._documents = documents.set_index("file")
        # Asked for each row of a table: looked up in a frame it would take a hundred times as long.
        self._known = {str(row.file): row for row in documents.itertuples()}
        regions = self._documents["region"]
        self.by_region = regions.is_unique and regions.isin(list(REGION_ABBREVIATIONS)).all()
        self._names = document_names(self._documents)
        self._labels = {
            file: REGION_ABBREVIATIONS[region] if self.by_region else f"D{number}"
            for number, (file, region) in enumerate(regions.items(), 1)
        }

    def label(self, document: str) -> str:
        """Return the label of a document: ``AF``, ``D3``."""
        return self._labels[document]

    def name(self, document: str) -> str:
        """Return what a document is called: by its region, and its number where several hold one region."""
        return str(self._names[document])

    def place(self, document: str, page: int) -> str:
        """Return where a row stands, for a table: ``AF 5``, ``AF 5 (file 97)``; a web page has no pages: ``AF``."""
        label = self._labels[document]
        known = self._known[document]
        if pd.isna(known.pages):
            return label
        first = known.first_page_in_official_file
        return f"{label} {page}" if pd.isna(first) else f"{label} {in_file(page, page + int(first) - 1)}"

    def addresses(self, rows: pd.DataFrame) -> pd.Series:
        """Return for rows of document and page the official address at that page, null without one."""
        return citation.source_url(rows, self._documents.reset_index())

    def extent(self, document: str, first: int = 1, last: int | None = None) -> str:
        """Return pages of a document, all of them by default: ``Africa 3``, ``D2 Europe/Near East 1–56``, ``D3 Africa, web page``."""
        region, pages = self._known[document].region, self._known[document].pages
        # No comma within a name: what a line says again is left out between its commas (publish/files/said_once.py).
        regions = "/".join(_IN_FULL.get(one, one) for one in region.split("; "))
        name = regions if self.by_region else f"{self._labels[document]} {regions}"
        if pd.isna(pages):
            return f"{name}, web page"
        last = int(pages) if last is None else last
        return f"{name} {first}" if first == last else f"{name} {first}–{last}"

    def extents(self, rows: pd.DataFrame | None = None) -> list[tuple[str, str | None]]:
        """Return what the documents hold, with the address of each; several web pages of a region as one, without.

        With ``rows`` (document, page) these are the pages from the first to the last of them in each document.
        """
        if rows is not None:
            return self._extents_of(rows)
        groups: dict[str, list[Any]] = defaultdict(list)
        for known in self._known.values():
            groups[str(known.region)].append(known)
        found: list[tuple[str, str | None]] = []
        for region, documents in groups.items():
            if len(documents) > 1 and all(pd.isna(known.pages) for known in documents):
                found.append((f"{regions_in_words(region)}, {cardinal(len(documents))} web pages", None))
                continue
            found += [
                (self.extent(str(known.file)), None if pd.isna(known.url) else str(known.url))
                for known in documents
            ]
        return found

    def _extents_of(self, rows: pd.DataFrame) -> list[tuple[str, str | None]]:
        spans = rows.groupby("document")["page"].agg(["min", "max"])
        pages = {str(span.Index): (int(span.min), int(span.max)) for span in spans.itertuples()}
        return [
            (self.extent(file, *pages[file]), None if pd.isna(known.url) else str(known.url))
            for file, known in self._known.items()
            if file in pages
        ]

    def key(self, documents: Iterable[str]) -> str:
        """Return what the labels of these documents mean: ``AF Africa, NEA Near East``, ``D3 Africa (2 of 3)``."""
        used = set(documents)
        return ", ".join(
            f"{label} {self._names[file]}" for file, label in self._labels.items() if file in used
        )
