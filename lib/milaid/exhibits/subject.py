"""What the exhibits on training are made from: tables, report year, coverage and the sources to cite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from milaid import fiscal
from milaid.analysis import programs, recipients, series, share_and_rank
from milaid.analysis import trend as trends
from milaid.analysis.groups import of_years
from milaid.analysis.obligations import years_only
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.blocks import numbers
from milaid.blocks.block import Prose, Source, escape
from milaid.blocks.words import and_list
from milaid.exhibits import misplaced
from milaid.exhibits.opening import load_world, read_values
from milaid.exhibits.pages import DocumentPages
from milaid.exhibits.scope import EVERYTHING, PROGRAM, RECIPIENT, REGION, Scope
from milaid.tables import asked, store, subjects
from milaid.tables.coverage import Coverage, coverage

REPORT_NAME = "Foreign Military Training Report"
COUNTING_NOTE = "A person on two courses counts twice."
SECTION = "Vol. I, Sec. IV"
UNPRICED = "Participants on activities without a printed cost above zero count, and add no dollars"
NONE_LISTED = ("no data", "No activity is listed for fiscal year {year}.")


@dataclass(frozen=True)
class Subject:
    """The tables of all years, seen from one report year and within one scope.

    ``world`` holds what is counted of the activities of every year of data (:data:`milaid.exhibits.opening.COUNTED`), each under a department
    where one is known; ``scope`` says which of them the report is about. ``lookback_years`` bounds how far back the charts over the years go, ``top_n``
    how many rows a ranking shows.
    """

    fiscal_year: int
    lookback_years: int
    top_n: int
    world: pd.DataFrame
    scope: Scope = EVERYTHING

    @cached_property
    def trainings(self) -> pd.DataFrame:
        """Return what is counted of the activities of the scope (:data:`milaid.exhibits.opening.COUNTED`), of every year of data."""
        return self.scope.trainings(self.world)

    @cached_property
    def activities(self) -> pd.DataFrame:
        """Return the activities of the scope with all their columns, of every year of data."""
        return self._all_columns(None)

    @cached_property
    def aid(self) -> pd.DataFrame:
        """Return the aid of the scope (``schemas_aid.AID``), of every fiscal year; no rows in a project without that table."""
        return years_only(self.scope.aid(store.load_aid()))

    @cached_property
    def everyone(self) -> Subject:
        """Return the same year seen within no scope, with the coverage of the whole series."""
        return self if self.scope.is_world else replace(self, scope=EVERYTHING)

    @property
    def year_label(self) -> str:
        """Return ``FY2014``."""
        return fiscal.label(self.fiscal_year)

    @property
    def previous_label(self) -> str:
        """Return the label of the year before."""
        return fiscal.label(self.fiscal_year - 1)

    @cached_property
    def coverage(self) -> Coverage:
        """Return the years that list an activity of the scope, with gaps and breaks."""
        if self.scope.is_world:
            return coverage(store.available_years(), store.load_series_breaks())
        years = self.trainings["fiscal_year"].unique()
        return coverage(years, self.scope.series_breaks(store.load_series_breaks()), NONE_LISTED)

    def silent_years(self, field: str) -> tuple[int, ...]:
        """Return the fiscal years of data whose editions print no such column of the activities."""
        return tuple(year for year in self._silent.get(field, ()) if year in self.coverage.years)

    @cached_property
    def _silent(self) -> dict[str, list[int]]:
        """Return by column of the activities the fiscal years whose editions do not print it."""
        fields = store.load_edition_fields()
        found: dict[str, list[int]] = {}
        for edition, field in fields.loc[fields["printed"] == "no", ["edition", "field"]].itertuples(
            index=False
        ):
            found.setdefault(str(field), []).append(fiscal.edition_year(edition))
        return {field: sorted(years) for field, years in found.items()}

    def prints(self, field: str) -> bool:
        """Return whether the edition of the report year prints a column of the activities."""
        return self.fiscal_year not in self.silent_years(field)

    def absence(self, what: str) -> Prose:
        """Return the one line of a section whose edition does not print what it is about."""
        edition = fiscal.edition_label(fiscal.edition(self.fiscal_year))
        return Prose(
            f"The {edition} edition prints no {what}. The report of another year may: the data quality report lists "
            "what each edition prints."
        )

    @property
    def with_previous(self) -> str:
        """Return what to add to a subtitle of the report year: ``, with FY2013``; "" where that may not be compared."""
        return f", with {self.previous_label}" if self.has_previous else ""

    @property
    def has_previous(self) -> bool:
        """Return whether the year before has data and may be compared."""
        return self.coverage.comparable(self.fiscal_year - 1, self.fiscal_year)

    @property
    def single_year(self) -> bool:
        """Return whether one fiscal year alone lists the scope, so that there is no series to draw."""
        return len(self.coverage.years) == 1

    @property
    def why_not_compared(self) -> str:
        """Return as words why the report year stands alone, to follow a comma; "" where it is compared."""
        if self.has_previous:
            return ""
        if self.fiscal_year == self.coverage.first:
            return "the only year of the series" if self.single_year else "the first year of the series"
        if self.fiscal_year - 1 not in self.coverage.years:
            return f"after a year that lists no activity{self.scope.phrase}"
        return f"which is not compared with {self.previous_label}"

    @property
    def break_note(self) -> str:
        """Return what breaks the series between the year before and the report year; "" for nothing."""
        marks = (mark for mark in self.coverage.breaks if mark.fiscal_year == self.fiscal_year)
        return " ".join(mark.description for mark in marks)

    @cached_property
    def series(self) -> pd.DataFrame:
        """Return the totals by fiscal year."""
        return series.annual_totals(self.trainings)

    @cached_property
    def series_with_changes(self) -> pd.DataFrame:
        """Return the totals by fiscal year, each beside those of the year before and the changes on it."""
        return series.with_changes(self.series, self.coverage)

    @cached_property
    def series_with_trend(self) -> pd.DataFrame:
        """Return the totals with their changes, and participants and dollars with averages of five years."""
        frame = self.series_with_changes
        for measure in ("participants", "cost_usd"):
            frame = trends.with_five_year_averages(frame, self.coverage, measure)
        return frame

    @property
    def trend(self) -> trends.Trend:
        """Return what participants do over the years, seen from the report year; without a percentage where that is small."""
        found = trends.trend(self.series, self.fiscal_year, self.coverage)
        return replace(found, change=None) if self.is_small else found

    @property
    def is_small(self) -> bool:
        """Return whether the report year lists so few participants that no percentage and no rank is said of them."""
        return (series.value(self.series, self.fiscal_year) or 0) < LEAST_PARTICIPANTS

    @cached_property
    def share_and_rank(self) -> pd.DataFrame:
        """Return the part of the scope in the world and its rank, by fiscal year; not of the world itself."""
        unranked = {REGION: (subjects.NOT_STATED,), PROGRAM: (subjects.UNREAD,)}
        in_doubt = misplaced.unranked() if self.scope.kind == RECIPIENT else {}
        return share_and_rank.share_and_rank(
            self.world, self.scope.column, self.scope.value, unranked.get(self.scope.kind, ()), in_doubt
        )

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """Return the recipients of the report year by participants."""
        return self._ranking(former=False)

    @cached_property
    def ranking_with_former(self) -> pd.DataFrame:
        """Return the ranking, followed by the recipients that only the year before lists, with zeros."""
        return self._ranking(former=True)

    def _ranking(self, former: bool) -> pd.DataFrame:
        return recipients.ranking(
            self.trainings, self.fiscal_year, self.coverage, former, misplaced.unranked()
        )

    @cached_property
    def year_rows(self) -> pd.DataFrame:
        """Return the activities of the scope in the report year, with all their columns."""
        return self._all_columns(self.fiscal_year)

    def _all_columns(self, fiscal_year: int | None) -> pd.DataFrame:
        where = {} if self.scope.is_world else {self.scope.column: self.scope.value}
        rows = store.load_trainings(fiscal_year, where=where)
        return programs.with_departments(rows, store.load_programs())

    @property
    def window(self) -> tuple[int, int]:
        """Return first and last fiscal year of the charts over the years: the lookback, to the newest year."""
        return max(self.coverage.first, self.fiscal_year - self.lookback_years), self.coverage.last

    @property
    def window_label(self) -> str:
        """Return the years of the window: ``FY2007–FY2020``."""
        return fiscal.span(*self.window)

    @property
    def window_label_all(self) -> str:
        """Return all years of data: ``FY2007–FY2020``."""
        return fiscal.span(self.coverage.first, self.coverage.last)

    def in_window(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a frame whose fiscal year lies in the window."""
        first, last = self.window
        return of_years(frame, first, last).reset_index(drop=True)

    def in_year(self, frame: pd.DataFrame) -> pd.Series:
        """Return the row of a frame that is of the report year, from a frame of one row a fiscal year."""
        return frame[frame["fiscal_year"] == self.fiscal_year].iloc[0]

    @cached_property
    def documents(self) -> pd.DataFrame:
        """Return the documents of all editions with data."""
        return store.load_documents()

    @property
    def year_documents(self) -> pd.DataFrame:
        """Return the documents of the edition of the report year."""
        return self.documents[self.documents["fiscal_year"] == self.fiscal_year]

    @cached_property
    def pages(self) -> DocumentPages:
        """Return how the documents of the report year are named beside a page."""
        return DocumentPages(self.year_documents)

    @cached_property
    def known_issues(self) -> pd.DataFrame:
        """Return the known faults of the documents, with the fiscal year of their edition."""
        issues = store.load_known_issues()
        return issues.assign(fiscal_year=issues["edition"].str[:4].astype(int))

    @cached_property
    def _lost_rows(self) -> pd.DataFrame:
        """Return the known faults of the scope that are rows which cannot be read."""
        issues = self.known_issues
        lost = issues[(issues["level"] == "page") & (issues["measure"] == "rows")]
        if self.scope.kind == PROGRAM:
            return self.scope.totals(lost)
        if self.scope.kind in (REGION, RECIPIENT):
            return lost[lost["country"].map(self._recipient_names).isin(set(self.trainings["recipient"]))]
        return lost

    @property
    def lost_years(self) -> frozenset[int]:
        """Return the fiscal years of which rows of the scope cannot be read."""
        return frozenset(int(year) for year in self._lost_rows["fiscal_year"])

    def incomplete_note(self, previous: bool = False) -> str:
        """Return which recipients have rows that cannot be read, in marked text; "" where none has."""
        years = self.years_compared if previous else (self.fiscal_year,)
        lost = self._lost_rows
        parts = []
        for year in years:
            names = lost.loc[lost["fiscal_year"] == year, "country"].map(self._recipient_names)
            if len(names):
                parts.append(
                    f"{fiscal.label(year)}: {and_list([escape(name) for name in sorted(set(names))])}"
                )
        return (
            f"Rows that cannot be read in the document are missing for {'; '.join(parts)}." if parts else ""
        )

    def unpriced_note(self, *fiscal_years: int) -> str:
        """Return what share of the participants of these years has no printed cost; "" where under one in a hundred."""
        parts = "; ".join(self.unpriced(*fiscal_years))
        return f"{UNPRICED}: {parts}." if parts else ""

    def unpriced(self, *fiscal_years: int) -> list[str]:
        """Return ``31.1% in FY2004`` for each year in which one participant in a hundred has no printed cost.

        Of more than two such years the one with the lowest and the one with the highest share stand for all.
        """
        frame = self.series[self.series["fiscal_year"].isin(fiscal_years)]
        frame = frame[
            (frame["without_cost_share"] >= 1) & (frame["participants"] >= LEAST_PARTICIPANTS)
        ].sort_values("without_cost_share", kind="stable")
        shown = [
            f"{numbers.share(share)} in {fiscal.label(int(year))}"
            for year, share in zip(frame["fiscal_year"], frame["without_cost_share"], strict=True)
        ]
        if len(shown) <= 2:
            return sorted(shown, key=lambda text: text[-4:], reverse=True)
        return [f"from {shown[0]} to {shown[-1]}"]

    @property
    def years_compared(self) -> tuple[int, ...]:
        """Return the report year and, where it may be compared, the year before."""
        return (self.fiscal_year, *([self.fiscal_year - 1] if self.has_previous else []))

    def misplaced_note(self, shown: Iterable[str]) -> str:
        """Return which recipients have no rank, and what rows of those ``shown`` name another country, in marked text."""
        listed = set(self.ranking["recipient"])
        without = misplaced.unranked().get(self.fiscal_year, frozenset()) & listed
        return joined(
            misplaced.unranked_note(without, self.fiscal_year),
            misplaced.note({*shown, *without}, [self.fiscal_year]),
        )

    @cached_property
    def _recipient_names(self) -> dict[str, str]:
        countries = store.load_countries()
        return dict(zip(countries["printed"], countries["recipient"], strict=True))

    def year_sources(self, previous: bool = False, rows: pd.DataFrame | None = None) -> tuple[Source, ...]:
        """Return the documents of the report year with their pages, and the edition before where it is used.

        For a region or a recipient these are the pages that its rows stand on, or those of other ``rows``.
        """
        edition = fiscal.edition_label(fiscal.edition(self.fiscal_year))
        name = f"{REPORT_NAME} {edition}, {SECTION}, pages: "
        if rows is None and self.scope.kind in (REGION, RECIPIENT):
            rows = self.year_rows
        sources = [
            Source(f"{name if i == 0 else ''}{extent}", address)
            for i, (extent, address) in enumerate(self.pages.extents(rows))
        ]
        if previous and self.has_previous:
            before = fiscal.edition_label(fiscal.edition(self.fiscal_year - 1))
            sources.append(Source(f"{self.previous_label}: the same sections of {before}"))
        return tuple(sources)

    def series_sources(self, first: int | None = None, last: int | None = None) -> tuple[Source, ...]:
        """Return the editions from ``first`` to ``last`` fiscal year as one source."""
        of = self.scope.in_sentence if self.scope.kind in (REGION, RECIPIENT) else ""
        return editions_source(first or self.coverage.first, last or self.coverage.last, of)


def open_subject(
    fiscal_year: int | str,
    lookback_years: int | str = 10,
    top_n: int | str = 10,
    scope: Scope = EVERYTHING,
) -> Subject:
    """Return the subject of a report; RequestError names what may be asked for when a value is out of range.

    A fiscal year may be written as one writes it: ``FY2014``, or the edition ``2014-2015``.
    """
    asked_for = read_values(fiscal_year, lookback_years, top_n, _years_of(scope))
    return Subject(*asked_for, load_world(), scope)


def _years_of(scope: Scope) -> tuple[int, ...]:
    """Return the fiscal years that list an activity of a scope."""
    if scope.is_world:
        return store.require_years()
    kind = "country" if scope.kind == RECIPIENT else scope.kind
    return next(each.fiscal_years for each in asked.known_subjects(kind) if each.code == scope.code)


def editions_source(first: int, last: int, of: str = "") -> tuple[Source, ...]:
    """Return the editions of fiscal years as one source: the pages ``of`` a part, else all pages."""
    pages = f"pages of {of}" if of else "all pages of the regional sections"
    return (Source(f"{REPORT_NAME}, {fiscal.edition_span(first, last)}, {SECTION}, {pages}"),)


def joined(*sentences: str) -> str:
    """Return sentences as one note; those that are empty are left out."""
    return " ".join(sentence for sentence in sentences if sentence)
