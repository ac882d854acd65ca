"""The key facts on training: each one number of the report year, what it is compared with, and its exhibit."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import series
from milaid.blocks import numbers
from milaid.blocks.block import Fact, KeyFacts, Source, csv_text
from milaid.blocks.words import counted
from milaid.exhibits import trend
from milaid.exhibits.facts_file import filed
from milaid.exhibits.subject import Subject, joined

_UNDEFINED = "The sign .. means not computed."


def participants(subject: Subject) -> Fact:
    """Return the participants with the change on the year before."""
    row = _row(subject)
    return Fact(
        numbers.integer(row["participants"]),
        "course participant" if row["participants"] == 1 else "course participants",
        compared(subject, row["participants_percent_change"], numbers.integer(row["participants_before"])),
        ref="totals_table",
    )


def cost(subject: Subject) -> Fact:
    """Return the dollars with the change on the year before."""
    row = _row(subject)
    return dollars(
        row["cost_usd"],
        "cost of training",
        compared(subject, row["cost_usd_percent_change"], numbers.million(row["cost_usd_before"])),
        "totals_table",
    )


def participants_of_all_years(subject: Subject) -> Fact:
    """Return the participants of all years together, and the years with most."""
    years = counted(len(subject.coverage.years), "year")
    return Fact(
        numbers.integer(subject.series["participants"].sum()),
        "participants in all years",
        f"{years} list it; {trend.peak(subject.trend)[0]}"
        if not subject.single_year
        else "no other year lists it",
        ref="totals_table",
    )


def recipients(subject: Subject) -> Fact:
    """Return the recipients with a participant, now and a year earlier."""
    return _with_participant(subject, "recipient")


def programs(subject: Subject) -> Fact:
    """Return the programs with a participant, now and a year earlier."""
    return _with_participant(subject, "program")


def average(subject: Subject) -> Fact:
    """Return the average of participants over five years, or why it is not computed."""
    found = subject.trend
    if found.average is None:
        first = subject.fiscal_year - series.AVERAGE_YEARS + 1
        why = (
            f"data begin in {fiscal.label(subject.coverage.first)}"
            if subject.coverage.first > first
            else "not every one of the five years is comparable"
        )
        return Fact(numbers.NOT_COMPUTED, "participants a year, five-year average", why, ref="totals_table")
    return Fact(
        numbers.integer(found.average),
        f"participants a year, {trend.years(subject.fiscal_year)}",
        trend.change(found) or "no comparable five years before",
        ref="long_series",
    )


def cost_per_participant(subject: Subject) -> Fact:
    """Return dollars for each participant with a printed cost, now and a year earlier."""
    before = series.value(subject.series, subject.fiscal_year - 1, "cost_per_participant")
    return Fact(
        numbers.usd(_row(subject)["cost_per_participant"]),
        "cost per participant with a cost",
        f"{numbers.usd(before)} in {subject.previous_label}" if before is not None else none_before(subject),
        ref="totals_table",
    )


def dollars(value: object, label: str, comparison: str, ref: str) -> Fact:
    """Return an amount as a fact, its unit apart from the figure."""
    figure, _, unit = numbers.million(value).partition(" ")
    return Fact(figure, label, comparison, unit=unit, ref=ref)


def compared(subject: Subject, percent: object, before: str) -> str:
    """Return a change in percent with the earlier value, or that there is no year to compare with."""
    if not subject.has_previous:
        return none_before(subject)
    if numbers.is_missing(percent) or subject.is_small:
        return f"{before} in {subject.previous_label}"
    return f"{numbers.percent_change(percent)} on {subject.previous_label} ({before})"


def key_facts(subject: Subject, facts: tuple[Fact, ...], sources: tuple[Source, ...] = ()) -> KeyFacts:
    """Return the facts as a block, with the documents of the year and further ``sources``."""
    frame = filed(facts)
    frame.insert(0, "fiscal_year", subject.fiscal_year)
    return KeyFacts(
        facts=facts,
        sources=(*subject.year_sources(previous=True), *sources),
        csv=csv_text(frame),
        note=joined(
            f"Of {subject.year_label} unless a label has other years. Dollars are current US dollars unless a label says otherwise. {_UNDEFINED}",
            "" if subject.is_small else subject.unpriced_note(*subject.years_compared),
        ),
    )


def _row(subject: Subject) -> pd.Series:
    return subject.in_year(subject.series_with_changes)


def _with_participant(subject: Subject, noun: str) -> Fact:
    measure = f"{noun}s"
    count = _row(subject)[measure]
    before = series.value(subject.series, subject.fiscal_year - 1, measure)
    return Fact(
        numbers.integer(count),
        f"{noun if count == 1 else measure} with a participant",
        none_before(subject) if before is None else f"{numbers.integer(before)} in {subject.previous_label}",
        ref="totals_table",
    )


def none_before(subject: Subject) -> str:
    """Return why nothing of the year before stands beside a fact."""
    listed = subject.scope.is_world or subject.fiscal_year - 1 in subject.coverage.years
    return f"no comparable {subject.previous_label}" if listed else f"none listed in {subject.previous_label}"
