"""The beginning of a report: front, key facts, findings and how to read the numbers."""

from __future__ import annotations

from datetime import date

import pandas as pd

import milaid
from milaid import fiscal
from milaid.analysis import findings as analysis_findings
from milaid.analysis import series
from milaid.exhibits import numbers, prose
from milaid.exhibits.charts.cover import cover_bars
from milaid.exhibits.exhibit import Box, Fact, Findings, Front, KeyFacts, csv_text
from milaid.exhibits.subject import Subject, joined
from milaid.tables import store

SERIES_NAME = "US foreign military training and aid"


def front(subject: Subject) -> Front:
    """Return title, scope, imprint and cover of the annual trends report."""
    year = subject.fiscal_year
    participants = numbers.integer(series.value(subject.series, year))
    edition = fiscal.edition(year).replace("-", "–")
    source = f"State and Defense Departments, report to Congress, {edition} edition"
    released = _long_date(date.fromisoformat(milaid.__released__))
    return Front(
        series=SERIES_NAME,
        kind="Annual trends report",
        title=f"Foreign military training in {fiscal.words(year)}",
        standfirst=(
            "What the Departments of State and Defense reported to Congress on the training of foreign military "
            f"and civilian personnel from {fiscal.period(year)}, set beside the other years of data, "
            f"{fiscal.label(subject.coverage.first)} to {fiscal.label(subject.coverage.last)}."
        ),
        scope=f"What the Departments of State and Defense reported to Congress for {fiscal.period(year)}",
        cover=cover_bars(subject.series, key="cover", report_year=year, value="participants"),
        cover_alt=(
            f"Bars of course participants by fiscal year, {fiscal.label(subject.coverage.first)} to "
            f"{fiscal.label(subject.coverage.last)}; {fiscal.label(year)}, with {participants}, stands out."
        ),
        cover_lead=f"{participants} course participants in {fiscal.words(year)}",
        cover_note=f"Course participants by fiscal year, all recipients, {subject.window_label_all}.",
        imprint=(
            ("Published", f"{released}, version {milaid.__version__}"),
            ("Main source", source),
            ("Licence", "Text and figures CC BY 4.0. Source documents: public domain"),
        ),
        facts=(
            ("Published", f"{released}, version {milaid.__version__}"),
            ("Period", fiscal.period(year)),
            ("Main source", source),
        ),
        keywords=("foreign military training", "security assistance", fiscal.label(year)),
    )


def key_facts(subject: Subject) -> KeyFacts:
    """Return the key facts of the report year: participants, average, recipients, programs, dollars."""
    table = series.with_changes(subject.series, subject.coverage)
    row = table[table["fiscal_year"] == subject.fiscal_year].iloc[0]
    average = series.five_year_average(subject.series, subject.fiscal_year, subject.coverage)
    first = subject.fiscal_year - series.AVERAGE_YEARS + 1
    dollars, unit = numbers.million(row["cost_usd"]).split(" ")
    each = numbers.usd(row["cost_per_participant"])
    facts = (
        Fact(
            numbers.integer(row["participants"]), "course participants",
            _change(subject, row["participants_percent_change"], numbers.integer(row["participants_before"])),
            ref="long_series",
        ),
        Fact(
            dollars, "cost of training", _change(
                subject, row["cost_usd_percent_change"], numbers.million(row["cost_usd_before"])
            ), unit=unit, ref="dollars_series",
        ),
        Fact(
            numbers.integer(row["recipients"]), "recipients with a participant",
            _count_before(subject, "recipients"), ref="recipients_table",
        ),
        Fact(
            numbers.integer(row["programs"]), "programs with a participant",
            _count_before(subject, "programs"), ref="programs",
        ),
        Fact(
            numbers.NOT_COMPUTED if average is None else numbers.integer(average), "five-year average of participants",
            f"{fiscal.label(first)}–{fiscal.label(subject.fiscal_year)}" if average is not None
            else f"data begin in {fiscal.label(subject.coverage.first)}", ref="totals_table",
        ),
        Fact(
            each, "cost per participant", _each_before(subject), ref="cost_per_participant",
        ),
    )  # fmt: skip
    frame = pd.DataFrame(
        [(subject.fiscal_year, f.label, f"{f.value} {f.unit}".strip(), f.comparison) for f in facts],
        columns=["fiscal_year", "fact", "value", "comparison"],
    )
    return KeyFacts(
        facts=facts,
        sources=subject.year_sources(previous=True),
        csv=csv_text(frame),
        note=joined(
            f"All of {subject.year_label}. Dollars are current US dollars. {_UNDEFINED}",
            subject.unpriced_note(*subject.years_compared),
        ),
    )


_UNDEFINED = "The sign .. means not computed."


def findings(subject: Subject) -> Findings:
    """Return six to ten findings of the report year, chosen by a fixed rule."""
    material = analysis_findings.Material(
        trainings=subject.trainings,
        programs=store.load_programs(),
        deflator=store.load_deflator(),
        fiscal_year=subject.fiscal_year,
        coverage=subject.coverage,
    )
    return Findings(prose.sentences(analysis_findings.findings(material)))


def how_to_read() -> Box:
    """Return the note that defines what the numbers count."""
    return Box(
        "How to read the numbers.",
        "A fiscal year (FY) runs from 1 October of the year before to 30 September. A participant is one place on "
        "one course: a person on two courses counts twice. Foreign Military Sales, most members of the North "
        "Atlantic Treaty Organization (NATO), Australia, Japan, New Zealand and classified activities are not in "
        "Section IV of the report to Congress, which is what is counted here. Dollars are current US dollars "
        "unless a label says otherwise. A dash (–) means none in the source, two points (..) not computed.",
    )


def _change(subject: Subject, percent: object, before: str) -> str:
    if not subject.has_previous:
        return f"no comparable {subject.previous_label}"
    return f"{numbers.percent_change(percent)} on {subject.previous_label} ({before})"


def _count_before(subject: Subject, measure: str) -> str:
    before = series.value(subject.series, subject.fiscal_year - 1, measure)
    return (
        f"no comparable {subject.previous_label}"
        if before is None
        else (f"{numbers.integer(before)} in {subject.previous_label}")
    )


def _each_before(subject: Subject) -> str:
    before = series.value(subject.series, subject.fiscal_year - 1, "cost_per_participant")
    return (
        f"no comparable {subject.previous_label}"
        if before is None
        else (f"{numbers.usd(before)} in {subject.previous_label}")
    )


def _long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
