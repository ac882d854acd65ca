"""What the exhibits on aid share: the years of the Greenbook, whom the aid goes to, its sources, and what is absent."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from milaid import fiscal
from milaid.analysis import aid
from milaid.analysis.change import percent_change
from milaid.analysis.groups import of_years
from milaid.blocks import numbers
from milaid.blocks.block import Prose, Source, escape
from milaid.blocks.words import and_list
from milaid.exhibits.other_sources import POPULATION, cite, greenbook_lines
from milaid.exhibits.scope import PROGRAM, RECIPIENT, REGION
from milaid.exhibits.subject import Subject
from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR
from milaid.tables import store
from milaid.tables.coverage import NO_DATA, Coverage

OBLIGATIONS_RULE = (
    "Aid is obligations of the fiscal year in the Greenbook, loans and grants, less what was taken back."
)
CONSTANT_DOLLARS = f"constant {fiscal.label(CONSTANT_FISCAL_YEAR)} dollars"
CONSTANT_LABEL = f"{CONSTANT_DOLLARS} (price index of the Greenbook)"
"""How the printed constant dollars are named: the Greenbook states the base year, but not which index it is."""


def covered() -> tuple[int, ...]:
    """Return the fiscal years that the Greenbook covers; none in a project without it."""
    return _covered(store.load_aid.stamp())


@lru_cache(maxsize=1)
def _covered(state: object) -> tuple[int, ...]:
    """Return the fiscal years of the table in this ``state``; exhibits ask for them some forty times a report."""
    return aid.covered_years(store.load_aid())


def coverage() -> Coverage:
    """Return the years of the Greenbook as a series without gaps and breaks; those of the training report are not its."""
    return Coverage(covered(), (), (), ())


def given(subject: Subject) -> bool:
    """Return whether the Greenbook has a line of aid of the scope for the report year."""
    return absence(subject) is None


def absence(subject: Subject) -> Prose | None:
    """Return the one line of a section that has no aid to show; None where there is some."""
    if subject.scope.kind == PROGRAM:
        return Prose("The Greenbook gives aid by account, not by training program: there is none to show.")
    line = year_absence(subject)
    if line is None and subject.aid.empty:
        line = Prose(
            f"The Greenbook has no line of aid{escape(whom(subject))} in {_span()}: there is none to show."
        )
    if line is None and subject.fiscal_year not in aid.covered_years(subject.aid):
        years = aid.covered_years(subject.aid)
        others = f"are of {fiscal.label(years[0])} alone"
        if len(years) > 1:
            others = f"are of other years, from {fiscal.label(years[0])} to {fiscal.label(years[-1])}"
        line = Prose(
            f"The Greenbook has no line of aid{escape(whom(subject))} for {subject.year_label}, and so no amount to "
            f"show; its lines {others}."
        )
    return line


def year_absence(subject: Subject) -> Prose | None:
    """Return the line that a project has no Greenbook, or that this does not cover the report year; None where it does."""
    if not covered():
        return Prose("This project has no table of aid: there is none to show.")
    if subject.fiscal_year not in covered():
        return Prose(f"The Greenbook covers {_span()}: there is no aid of {subject.year_label} to show.")
    return None


def has_previous(subject: Subject) -> bool:
    """Return whether the Greenbook covers the year before the report year."""
    return subject.fiscal_year - 1 in covered()


def ranked(subject: Subject) -> bool:
    """Return whether there is aid to rank by recipient: not for a single one."""
    return given(subject) and subject.scope.kind != RECIPIENT


def whom(subject: Subject, preposition: str = "to") -> str:
    """Return what to add to aid or arms: "" for the world, `` to Africa``, `` to Cameroon``."""
    return f" {preposition} {subject.scope.in_sentence}" if _is_part(subject) else ""


def of_part(subject: Subject) -> str:
    """Return what to add to a subtitle that speaks of recipients: "" for the world, ``, Africa`` for a region."""
    return f", {subject.scope.subtitle}" if _is_part(subject) else ""


def years_label(frame: pd.DataFrame) -> str:
    """Return the years of a frame by fiscal year: ``FY1946–FY2020``, ``FY2014``."""
    first, last = int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max())
    return fiscal.span(first, last)


def window(subject: Subject) -> tuple[int, ...]:
    """Return the covered years of the charts over the years: the lookback, to the newest."""
    return tuple(year for year in covered() if year >= subject.fiscal_year - subject.lookback_years)


def from_first(subject: Subject) -> tuple[int, ...]:
    """Return the covered years from the first on that has a line of the scope."""
    first = min(aid.covered_years(subject.aid), default=0)
    return tuple(year for year in covered() if year >= first)


def unlisted(frame: pd.DataFrame, value: str) -> dict[int, str]:
    """Return the years of a frame that the Greenbook has no line for, each named as a chart names its gap."""
    return dict.fromkeys((int(y) for y in frame.loc[frame[value].isna(), "fiscal_year"]), NO_DATA[0])


def source(subject: Subject, first: int | None = None, last: int | None = None) -> Source:
    """Return the Greenbook with the rows of the scope in the years ``first`` to ``last``, by default the report year."""
    start = subject.fiscal_year if first is None else first
    end = start if last is None else last
    return greenbook_lines(of_years(subject.aid, start, end), start, end)


def year_source(subject: Subject, previous: bool) -> Source:
    """Return the Greenbook with the rows of the scope in the report year and, where ``previous``, in the one before."""
    first = subject.fiscal_year - 1 if previous else subject.fiscal_year
    return source(subject, first, subject.fiscal_year)


def population_sources(subject: Subject) -> tuple[Source, ...]:
    """Return the source of the population of the report year; none in a project without it."""
    if store.load_population().empty:
        return ()
    return (cite(POPULATION, f"column {subject.fiscal_year}"),)


def against(values: pd.Series, year: int) -> str:
    """Return an amount with the one of the year before and the change in percent, where there is one."""
    now, before = values.get(year), values.get(year - 1)
    text = numbers.dollars(now)
    if before is None or pd.isna(before) or not (now or before):
        return text
    percent = percent_change(now, before) if now >= 0 else None
    text += f", against {numbers.dollars(before)} in {fiscal.label(year - 1)}"
    return text if percent is None else f"{text} ({numbers.percent_change(percent)})"


def above_zero(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the frame without the values below zero of some columns: bars and lines begin at zero."""
    return frame.assign(**{name: frame[name].mask(frame[name] < 0) for name in columns})


def below_zero_note(frame: pd.DataFrame, value: str, name: str | None = None) -> str:
    """Return which values of a frame by fiscal year a chart leaves out for being below zero; "" for none.

    ``name`` is the column that says whose value it is.
    """
    low = frame[(frame[value] < 0).fillna(False).astype(bool)]
    parts = [
        f"{escape(str(row[name])) + ' in ' if name else ''}{fiscal.label(int(row['fiscal_year']))} "
        f"({numbers.dollars(row[value])})"
        for _, row in low.iterrows()
    ]
    return f"Below zero and not drawn: {and_list(parts)}." if parts else ""


def _span() -> str:
    years = covered()
    return f"{fiscal.label(years[0])} to {fiscal.label(years[-1])}"


def _is_part(subject: Subject) -> bool:
    return subject.scope.kind in (REGION, RECIPIENT)
