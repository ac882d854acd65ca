"""The beginning of the report: front, key facts and findings."""

from __future__ import annotations

from milaid import fiscal
from milaid.blocks import numbers
from milaid.blocks.block import Fact, Findings, Front, KeyFacts, csv_text
from milaid.blocks.words import cardinal, counted
from milaid.charts.cover import cover_bars
from milaid.exhibits.facts_file import filed
from milaid.exhibits.quality import sentences
from milaid.exhibits.quality.subject import QualitySubject
from milaid.imprint import LICENCE, SERIES_NAME, published


def front(survey: QualitySubject) -> Front:
    """Return title, scope, imprint and cover of the data quality report."""
    source = f"State and Defense Departments, reports to Congress, editions {survey.editions_label}"
    years = survey.editions["fiscal_year"].map(fiscal.label)
    compared = numbers.listed(years, survey.editions["compared"], numbers.integer)
    return Front(
        series=SERIES_NAME,
        kind="Data quality report",
        title="How good are the numbers on foreign military training?",
        standfirst=(
            f"Every total that the reports to Congress print for {survey.years_label}, beside the sum of the rows we "
            "read; every difference with its page and reason; and what the tables do and do not hold."
        ),
        scope=(
            f"Every printed total of the reports to Congress, {survey.years_label}, beside the sum of the rows; "
            "what the tables hold and what they do not"
        ),
        cover=cover_bars(
            survey.editions[["fiscal_year", "compared"]].astype("int64"),
            key="cover",
            report_year=None,
            value="compared",
        ),
        cover_alt=f"Bars of the printed totals compared, by fiscal year: {compared}.",
        cover_lead=sentences.agreement(survey),
        cover_note=f"Printed totals compared with the sum of their rows, by fiscal year, {survey.years_label}.",
        imprint=(
            ("Published", published()),
            ("Main source", source),
            ("Licence", LICENCE),
        ),
        facts=(
            ("Published", published()),
            ("Period", f"Fiscal years {survey.coverage.first} to {survey.coverage.last}"),
            ("Main source", source),
        ),
        keywords=("foreign military training", "data quality", "reconciliation"),
    )


def key_facts(survey: QualitySubject) -> KeyFacts:
    """Return what was compared, what agrees, what is a known fault, what is not explained, and how much it is."""
    sums = survey.editions.sum(numeric_only=True)
    dollars, _, unit = numbers.million(sums["cost_usd"]).partition(" ")
    with_faults = int((survey.editions["known"] > 0).sum())
    facts = (
        Fact(
            numbers.share(sentences.floor_share(sums["agreeing"], sums["compared"])), "of printed totals agree",
            f"{numbers.integer(sums['agreeing'])} of {numbers.integer(sums['compared'])}, people and dollars",
            ref="agreement",
        ),
        Fact(
            numbers.integer(sums["known"]), "totals with a known fault",
            f"in {cardinal(with_faults)} edition{'' if with_faults == 1 else 's'}, with page and reason", ref="faults",
        ),
        Fact(
            numbers.integer(sums["unexplained"]), "differences unexplained", "the tables are not built with any",
            ref="agreement",
        ),
        Fact(
            numbers.integer(sums["activities"]), "activities read",
            f"{counted(int(sums['documents']), 'document')}, {numbers.integer(sums['pages'])} pages", ref="holdings",
        ),
        Fact(
            numbers.integer(sums["participants"]), "course participants",
            f"in {survey.years_label}; a person on two courses counts twice", ref="world",
        ),
        Fact(
            dollars, "cost of training", "in current US dollars, where a cost is printed", unit=unit, ref="world",
        ),
    )  # fmt: skip
    return KeyFacts(
        facts=facts,
        sources=survey.report_source("all pages"),
        csv=csv_text(filed(facts)),
        note="A total agrees when the rows above it add up to it to the person and to the dollar.",
    )


def findings(survey: QualitySubject) -> Findings:
    """Return the findings of the report."""
    return Findings(sentences.findings(survey))
