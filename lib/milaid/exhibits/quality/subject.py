"""What the exhibits on data quality are made from: all tables, compared and counted once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from milaid import fiscal
from milaid.analysis import quality, quality_coverage, quality_names, quality_published
from milaid.blocks.block import Source
from milaid.exhibits.pages import document_labels, document_names, in_file
from milaid.exhibits.subject import REPORT_NAME, SECTION
from milaid.paths import reference_dir
from milaid.tables import reconciliation, schemas, store
from milaid.tables.coverage import Coverage, coverage

_COMPARED = (
    "fiscal_year", "status", "edition", "document", "country", "recipient", "program", "program_printed", "quantity",
    "cost_usd",
)  # fmt: skip
_ADDED = ("fiscal_year", "status", "edition", "quantity", "cost_usd")
_RECONCILED = (*_COMPARED, "page", "region")
"""Columns of the activities that are compared over the years, and those that are added up year by year."""


@dataclass(frozen=True)
class QualitySubject:
    """The tables of every edition with data.

    ``load`` gives activities as :func:`milaid.tables.store.load_trainings` does; never all columns of all ``years`` at
    once, which take a few hundred megabytes.
    """

    years: tuple[int, ...]
    load: Callable[..., pd.DataFrame] = store.load_trainings

    @cached_property
    def everything(self) -> pd.DataFrame:
        """Return people and dollars of the activities, done and planned."""
        return self.load(status=None, columns=_ADDED)

    @cached_property
    def trainings(self) -> pd.DataFrame:
        """Return what is compared of the activities that are reported as done."""
        return self.load(columns=_COMPARED)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Return every printed total."""
        return store.load_totals()

    @cached_property
    def withheld(self) -> pd.DataFrame:
        """The fields in which a person's name or number is withheld."""
        return store.load_withheld()

    @cached_property
    def known_issues(self) -> pd.DataFrame:
        """Return the known faults of the documents."""
        return store.load_known_issues()

    @cached_property
    def documents(self) -> pd.DataFrame:
        """Return the documents of the editions with data."""
        documents = store.load_documents()
        return documents[documents["edition"].isin(self.trainings["edition"].unique())].reset_index(drop=True)

    @cached_property
    def reconciled(self) -> pd.DataFrame:
        """Return every printed total beside the sum of its rows."""
        # Year by year, as no total reaches over two editions; totals of an edition without rows stand alone.
        listed = self.totals["edition"].str[:4].astype(int)
        years = sorted({*self.years, *listed})
        parts = [
            reconciliation.reconciliation(
                self._of_edition(year), self.totals[listed == year], self.known_issues
            )
            for year in years
        ]
        return pd.concat(parts, ignore_index=True)

    def _of_edition(self, year: int) -> pd.DataFrame:
        if year in self.years:
            return self.load(year, None, _RECONCILED)
        return self.load(self.years[0], None, _RECONCILED).iloc[:0]

    @cached_property
    def editions(self) -> pd.DataFrame:
        """Return what each edition holds and how many of its printed totals agree."""
        return quality.editions(self.trainings, self.reconciled, self.documents)

    @cached_property
    def world(self) -> pd.DataFrame:
        """Return the sum of all rows beside the sum of the printed totals, by fiscal year."""
        return quality.world_totals(self.trainings, self.totals, self.reconciled)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """Return the known faults of totals, one row a total."""
        return quality.fault_cases(self.known_issues)

    @cached_property
    def corrections(self) -> pd.DataFrame:
        """Return the corrected cells and the rows left out, with place and reason."""
        # Brings along what reads PDFs, which no other report needs.
        from milaid.sources.fmtr.corrections import read_corrections

        rows = read_corrections(reference_dir() / "corrections.csv")
        columns = ["edition", "document", "page", "row_on_page", "field", "as_printed", "corrected", "reason"]
        return pd.DataFrame([[getattr(row, name) for name in columns] for row in rows], columns=columns)

    @cached_property
    def unread(self) -> pd.DataFrame:
        """Return the cells that hold no value that can be read."""
        return store.load_unread_values()

    @cached_property
    def edition_fields(self) -> pd.DataFrame:
        """Return which column each edition prints."""
        return store.load_edition_fields()

    @cached_property
    def fields(self) -> pd.DataFrame:
        """Return for each edition and field whether it is printed and how many cells say something."""
        editions = self.trainings["edition"].unique()
        quality_coverage.require_listed(editions, schemas.TRAININGS.columns, self.edition_fields)
        years = [quality_coverage.field_coverage(self.load(year), self.edition_fields) for year in self.years]
        return pd.concat(years, ignore_index=True)

    @cached_property
    def marks(self) -> pd.DataFrame:
        """Return gaps, breaks and changes of the series; a gap that has data by now is none."""
        marks = store.load_series_breaks()
        filled = (marks["kind"] == "gap") & marks["fiscal_year"].isin(self.trainings["fiscal_year"])
        return marks[~filled].reset_index(drop=True)

    @cached_property
    def coverage(self) -> Coverage:
        """Return the years of data with gaps and breaks."""
        return coverage(self.trainings["fiscal_year"].unique(), self.marks)

    @cached_property
    def names(self) -> pd.DataFrame:
        """Return every printed name of a recipient with its first and last year."""
        return quality_names.printed_names(self.trainings, store.load_countries())

    @cached_property
    def programs(self) -> pd.DataFrame:
        """Return the programs that followed others or have several labels."""
        return quality_names.program_names(self.trainings, store.load_programs())

    @cached_property
    def published(self) -> pd.DataFrame:
        """Return the counts of people that others published, beside ours."""
        return quality_published.people_beside_ours(
            self.trainings, store.load_published_figures(), store.load_programs()
        )

    @cached_property
    def planned(self) -> pd.DataFrame:
        """Return the planned activities of each edition, beside those done."""
        return quality.planned_beside_actual(self.everything)

    @property
    def years_label(self) -> str:
        """Return the fiscal years of data: ``FY1999–FY2020``."""
        return fiscal.span(self.coverage.first, self.coverage.last)

    @property
    def editions_label(self) -> str:
        """Return the editions with data: ``1999–2000 to 2020–2021``."""
        return fiscal.edition_span(*self.editions["fiscal_year"].iloc[[0, -1]])

    def report_source(self, what: str = "") -> tuple[Source, ...]:
        """Return the editions as one source, with what of them is meant."""
        return (Source(f"{REPORT_NAME}, {self.editions_label}, {SECTION}{what and f', {what}'}"),)

    @cached_property
    def document_names(self) -> pd.Series:
        """Return by file what each document is called: ``Africa``, ``Western Hemisphere (2 of 5)``."""
        return self._by_file(document_names)

    @cached_property
    def _labels(self) -> pd.Series:
        return self._by_file(document_labels)

    @cached_property
    def _without_pages(self) -> frozenset[str]:
        return frozenset(self.documents.loc[self.documents["pages"].isna(), "file"])

    def _by_file(self, named: Callable[[pd.DataFrame], pd.Series]) -> pd.Series:
        editions = (rows.set_index("file") for _, rows in self.documents.groupby("edition", sort=False))
        return pd.concat([named(rows) for rows in editions])

    def page(self, document: str, page: int) -> str:
        """Return where something stands: ``AF 27``, ``WHA (2 of 5) 27 (file 123)``; a web page has no pages: ``AF (1 of 3)``."""
        label = str(self._labels.get(document, document))
        if document in self._without_pages:
            return label
        first = self._first_pages.get(document)
        return f"{label} {in_file(page, None if first is None else first + page - 1)}"

    @cached_property
    def _first_pages(self) -> dict[str, int]:
        known = self.documents.set_index("file")["first_page_in_official_file"].dropna()
        return {str(file): int(first) for file, first in known.items()}


def open_survey() -> QualitySubject:
    """Return the survey of all data; RequestError where there are none."""
    survey = QualitySubject(store.available_years())
    survey.everything  # noqa: B018  # Where there are none, this says so.
    return survey
