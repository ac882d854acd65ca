"""The front of the reports on training: cover of the PDF, head and rail of the page."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import series
from milaid.blocks import numbers
from milaid.blocks.block import Front
from milaid.blocks.words import counted
from milaid.charts.cover import cover_bars
from milaid.exhibits.subject import Subject
from milaid.imprint import LICENCE, SERIES_NAME, published


def training_front(
    subject: Subject, *, kind: str, title: str, standfirst: str, scope: str, keywords: tuple[str, ...] = ()
) -> Front:
    """Return the front of a report on the training of a subject; its cover shows the participants by year."""
    return series_front(
        subject.series,
        subject.fiscal_year,
        subject.scope.phrase,
        subject.scope.subtitle,
        kind=kind,
        title=title,
        standfirst=standfirst,
        scope=scope,
        keywords=keywords,
    )


def series_front(
    totals: pd.DataFrame,
    fiscal_year: int,
    phrase: str,
    whose: str,
    *,
    kind: str,
    title: str,
    standfirst: str,
    scope: str,
    keywords: tuple[str, ...] = (),
) -> Front:
    """Return the front of a report whose cover shows ``totals``: fiscal_year and participants.

    ``phrase`` follows "participants" (`` from Africa``, "" for all of them), ``whose`` says whose they are.
    """
    edition = fiscal.edition_label(fiscal.edition(fiscal_year))
    source = f"State and Defense Departments, report to Congress, {edition} edition"
    count = int(series.value(totals, fiscal_year) or 0)
    years = fiscal.span(int(totals["fiscal_year"].min()), int(totals["fiscal_year"].max()))
    return Front(
        series=SERIES_NAME,
        kind=kind,
        title=title,
        standfirst=standfirst,
        scope=scope,
        cover=cover_bars(totals, key="cover", report_year=fiscal_year, value="participants"),
        cover_alt=(
            f"Bars of course participants{phrase} by fiscal year, {years}; "
            f"{fiscal.label(fiscal_year)}, with {numbers.integer(count)}, stands out."
        ),
        cover_lead=f"{counted(count, 'course participant')}{phrase} in {fiscal.words(fiscal_year)}",
        cover_note=f"Course participants by fiscal year, {whose}, {years}.",
        imprint=(("Published", published()), ("Main source", source), ("Licence", LICENCE)),
        facts=(("Published", published()), ("Period", fiscal.period(fiscal_year)), ("Main source", source)),
        keywords=("foreign military training", "security assistance", *keywords, fiscal.label(fiscal_year)),
    )
