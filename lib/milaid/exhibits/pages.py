"""How the documents of an edition are named beside a page number."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from milaid.exhibits.words import cardinal

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


class DocumentPages:
    """The documents of one edition, each with a short label to stand before a page.

    A document that alone holds one region is named by the region; where one document holds several regions or
    several hold one, all of the edition are numbered. In: rows of ``schemas.DOCUMENTS`` of one edition.
    """

    def __init__(self, documents: pd.DataFrame) -> None:
        self._documents = documents.set_index("file")
        regions = self._documents["region"]
        self.by_region = regions.is_unique and regions.isin(list(REGION_ABBREVIATIONS)).all()
        self._labels = {
            file: REGION_ABBREVIATIONS[region] if self.by_region else f"D{number}"
            for number, (file, region) in enumerate(regions.items(), 1)
        }

    def label(self, document: str) -> str:
        """Return the label of a document: ``AF``, ``D3``."""
        return self._labels[document]

    def place(self, document: str, page: int) -> str:
        """Return where a row stands, for a table: ``AF 5``; a web page has no pages: ``AF``."""
        label = self._labels[document]
        return label if pd.isna(self._documents.at[document, "pages"]) else f"{label} {page}"

    def extent(self, document: str) -> str:
        """Return what the document holds: ``Africa 1–56``, ``D3 Africa, web page``."""
        region, pages = self._documents.loc[document, ["region", "pages"]]
        name = region if self.by_region else f"{self._labels[document]} {region}"
        return f"{name}, web page" if pd.isna(pages) else f"{name} 1–{pages}"

    def extents(self) -> list[tuple[str, str | None]]:
        """Return what the documents hold, with the address of each; several web pages of a region as one, without."""
        groups = self._documents.reset_index().groupby("region", sort=False)
        found: list[tuple[str, str | None]] = []
        for region, rows in groups:
            if len(rows) > 1 and rows["pages"].isna().all():
                found.append((f"{region}, {cardinal(len(rows))} web pages", None))
                continue
            for row in rows.itertuples():
                found.append((self.extent(str(row.file)), None if pd.isna(row.url) else str(row.url)))
        return found

    def key(self, documents: Iterable[str]) -> str:
        """Return what the labels of these documents mean: ``AF Africa, NEA Near East``."""
        used = set(documents)
        return ", ".join(
            f"{label} {self._documents.at[file, 'region']}" if self.by_region else f"{label} {file}"
            for file, label in self._labels.items()
            if file in used
        )
