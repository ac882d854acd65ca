"""The front of the reports on training: cover of the PDF, head and rail of the page."""

from __future__ import annotations

from datetime import date

import milaid
from milaid import fiscal
from milaid.analysis import series
from milaid.exhibits import numbers
from milaid.exhibits.charts.cover import cover_bars
from milaid.exhibits.exhibit import Front
from milaid.exhibits.subject import Subject
from milaid.exhibits.words import counted

SERIES_NAME = "US foreign military training and aid"
LICENCE = "Text and figures CC BY 4.0. Source documents: public domain"


def published() -> str:
    """Return day and version of this release: ``18 November 2026, version 0.1.0``."""
    day = date.fromisoformat(milaid.__released__)
    return f"{day.day} {day:%B %Y}, version {milaid.__version__}"


def training_front(
    subject: Subject, *, kind: str, title: str, standfirst: str, scope: str, keywords: tuple[str, ...] = ()
) -> Front:
    """Return the front of a report on the training of a subject; its cover shows the participants by year."""
    year = subject.fiscal_year
    edition = fiscal.edition(year).replace("-", "–")
    source = f"State and Defense Departments, report to Congress, {edition} edition"
    people = counted(int(series.value(subject.series, year) or 0), "course participant")
    return Front(
        series=SERIES_NAME,
        kind=kind,
        title=title,
        standfirst=standfirst,
        scope=scope,
        cover=cover_bars(subject.series, key="cover", report_year=year, value="participants"),
        cover_alt=(
            f"Bars of course participants{subject.scope.phrase} by fiscal year, {subject.window_label_all}; "
            f"{fiscal.label(year)}, with {numbers.integer(series.value(subject.series, year))}, stands out."
        ),
        cover_lead=f"{people}{subject.scope.phrase} in {fiscal.words(year)}",
        cover_note=f"Course participants by fiscal year, {subject.scope.subtitle}, {subject.window_label_all}.",
        imprint=(("Published", published()), ("Main source", source), ("Licence", LICENCE)),
        facts=(("Published", published()), ("Period", fiscal.period(year)), ("Main source", source)),
        keywords=("foreign military training", "security assistance", *keywords, fiscal.label(year)),
    )
