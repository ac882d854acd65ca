"""What a comparison is made from: two to five recipients or programs, each a subject of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from milaid import fiscal
from milaid.blocks.block import Prose, Source, escape
from milaid.blocks.words import and_list
from milaid.errors import RequestError
from milaid.exhibits import scope
from milaid.exhibits.opening import load_world, read_values
from milaid.exhibits.scope import RECIPIENT
from milaid.exhibits.subject import UNPRICED, Subject, editions_source, joined
from milaid.tables import asked, store
from milaid.tables.coverage import Mark

_SCOPES = {"country": scope.recipient, "program": scope.program}


@dataclass(frozen=True)
class Comparison:
    """Two to five subjects of one kind, seen from one report year, in the order they were asked for.

    A member need not have an activity in the report year: ``present`` are those that have.
    """

    members: tuple[Subject, ...]

    def __iter__(self) -> Iterator[Subject]:
        return iter(self.members)

    @property
    def of_recipients(self) -> bool:
        """Whether recipients are compared, not programs."""
        return self.members[0].scope.kind == RECIPIENT

    @property
    def noun(self) -> str:
        """Return what is compared: ``recipient`` or ``program``."""
        return "recipient" if self.of_recipients else "program"

    @property
    def fiscal_year(self) -> int:
        """Return the report year."""
        return self.members[0].fiscal_year

    @property
    def year_label(self) -> str:
        """Return ``FY2014``."""
        return self.members[0].year_label

    @property
    def previous_label(self) -> str:
        """Return the label of the year before."""
        return self.members[0].previous_label

    @property
    def top_n(self) -> int:
        """Return how many rows a ranking shows."""
        return self.members[0].top_n

    @property
    def everyone(self) -> Subject:
        """Return the same year within no scope."""
        return self.members[0].everyone

    @cached_property
    def present(self) -> tuple[Subject, ...]:
        """Return the members with an activity in the report year."""
        return tuple(member for member in self if self.fiscal_year in member.coverage.years)

    @property
    def names(self) -> list[str]:
        """Return the short names of the members, for heads of columns and for lines."""
        return [member.scope.label for member in self]

    @property
    def phrase(self) -> str:
        """Return what to add to "participants": `` from Kenya and Uganda``, `` under IMET and CTFP``."""
        return f" {'from' if self.of_recipients else 'under'} {and_list(self.names)}"

    @property
    def window(self) -> tuple[int, int]:
        """Return first and last fiscal year of the charts over the years."""
        return self.everyone.window

    @property
    def window_label(self) -> str:
        """Return the years of the window: ``FY2007–FY2020``."""
        return self.everyone.window_label

    @property
    def breaks(self) -> dict[int, Mark]:
        """Return the breaks of any member's series within the window, by their first year."""
        first, last = self.window
        marks = (mark for member in self for mark in member.coverage.breaks)
        return {mark.fiscal_year: mark for mark in marks if first < mark.fiscal_year <= last}

    def by_member(self, frame_of: Callable[[Subject], pd.DataFrame]) -> pd.DataFrame:
        """Return the rows of a frame of each member under each other, with column ``member``."""
        return pd.concat(
            [frame_of(member).assign(member=member.scope.label) for member in self], ignore_index=True
        )

    @cached_property
    def year_rows(self) -> pd.DataFrame:
        """Return the activities of all members in the report year."""
        return pd.concat([member.year_rows for member in self.present], ignore_index=True)

    def year_sources(self, previous: bool = False) -> tuple[Source, ...]:
        """Return the documents of the report year with the pages of the members, and the edition before."""
        base = next((member for member in self.present if member.has_previous), self.present[0])
        return base.year_sources(previous, self.year_rows if self.of_recipients else None)

    def series_sources(self, first: int | None = None, last: int | None = None) -> tuple[Source, ...]:
        """Return the editions of the window, or of other years, as one source."""
        start, end = self.window
        of = and_list(self.names) if self.of_recipients else ""
        return editions_source(first or start, last or end, of)

    def note(self, *fiscal_years: int) -> str:
        """Return what is missing in the rows of any member in these years, in marked text; "" for nothing."""
        incomplete = [member.incomplete_note(previous=True) for member in self.present if self.of_recipients]
        unpriced = [
            f"{escape(member.scope.label)} {and_list(parts)}"
            for member in self
            if (parts := member.unpriced(*fiscal_years))
        ]
        return joined(*dict.fromkeys(incomplete), f"{UNPRICED}: {'; '.join(unpriced)}." if unpriced else "")

    def unlisted_note(self) -> str:
        """Return in which years of the window no activity of a member is listed; "" for none."""
        first, last = self.window
        parts = []
        for member in self:
            years = [y for y in self.everyone.coverage.years if first <= y <= last]
            missing = [fiscal.label(y) for y in years if y not in member.coverage.years]
            if missing:
                parts.append(f"{escape(member.scope.label)} in {and_list(missing)}")
        return f"No activity is listed for {'; '.join(parts)}." if parts else ""


def open_comparison(
    compare: str,
    members: str,
    fiscal_year: int | str,
    lookback_years: int | str = 10,
    top_n: int | str = 10,
) -> Comparison:
    """Return a comparison of ``members`` (codes or names joined by commas), each a ``compare``: country or program.

    Raises RequestError for what is no member, or when no member has an activity in the fiscal year.
    """
    (kind,) = asked.read([(asked.compare_choices().read, compare)])
    choices = asked.member_choices(str(kind))
    (codes,) = asked.read([(partial(asked.read_aloud, choices), members)])
    fiscal_year, lookback_years, top_n = read_values(
        fiscal_year, lookback_years, top_n, store.require_years()
    )
    world = load_world()
    scopes = [_SCOPES[str(kind)](code) for code in str(codes).split(",")]
    found = Comparison(tuple(Subject(fiscal_year, lookback_years, top_n, world, each) for each in scopes))
    if not found.present:
        every = sorted({year for member in found for year in member.coverage.years})
        raise RequestError(
            f"no activity of {and_list(found.names)} is listed for fiscal year {fiscal_year}; "
            f"listed: {', '.join(map(str, every))}"
        )
    return found


def absent(comparison: Comparison) -> Prose | None:
    """Return the one line that names the members without an activity in the report year; None where all have one."""
    names = [
        member.scope.label for member in comparison if comparison.fiscal_year not in member.coverage.years
    ]
    if not names:
        return None
    verb = "its cells show" if len(names) == 1 else "their cells show"
    return Prose(
        f"The report lists no activity of {fiscal.words(comparison.fiscal_year)} for {escape(and_list(names))}: {verb} – (none) or .. (not computed)."
    )
