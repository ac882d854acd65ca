"""The beginning of the annual report: front, key facts, findings and how to read the numbers."""

from __future__ import annotations

from milaid import fiscal
from milaid.analysis import findings as analysis_findings
from milaid.blocks.block import Box, Finding, Findings, Front, KeyFacts
from milaid.exhibits import misplaced, prose
from milaid.exhibits.front import training_front
from milaid.exhibits.subject import Subject
from milaid.exhibits.training import facts, large_rows
from milaid.tables import store


def front(subject: Subject) -> Front:
    """Return title, scope, imprint and cover of the annual trends report."""
    year = subject.fiscal_year
    return training_front(
        subject,
        kind="Annual trends report",
        title=f"Foreign military training in {fiscal.words(year)}",
        standfirst=(
            "What the Departments of State and Defense reported to Congress on the training of foreign military "
            f"and civilian personnel from {fiscal.period(year)}, set beside the other years of data, "
            f"{fiscal.label(subject.coverage.first)} to {fiscal.label(subject.coverage.last)}."
        ),
        scope=f"What the Departments of State and Defense reported to Congress for {fiscal.period(year)}",
    )


def key_facts(subject: Subject) -> KeyFacts:
    """Return the key facts of the report year: participants, dollars, recipients, programs, average, cost each."""
    shown = (
        facts.average, facts.participants, facts.recipients, facts.programs, facts.cost,
        facts.cost_per_participant,
    )  # fmt: skip
    return facts.key_facts(subject, tuple(fact(subject) for fact in shown))


def findings(subject: Subject) -> Findings:
    """Return up to ten findings of the report year, chosen by a fixed rule, and beside total and cost the rows that hold much of them.

    Where the year is small they are the total and its cost alone.
    """
    material = analysis_findings.Material(
        trainings=subject.trainings,
        programs=store.load_programs(),
        deflator=store.load_deflator(),
        fiscal_year=subject.fiscal_year,
        coverage=subject.coverage,
        unranked=misplaced.unranked(),
    )
    left_out = analysis_findings.LEFT_OUT[subject.scope.kind]
    if material.ranked["rank"].isna().all():
        left_out += ("recipients", "with_without_largest")
    if subject.is_small:
        return Findings(prose.sentences(analysis_findings.plain(material)))
    found = analysis_findings.findings(material, left_out)
    of_rows = large_rows.findings(subject)
    shown: list[Finding] = []
    for data, finding in zip(found, prose.sentences(found, subject.scope.phrase), strict=True):
        shown += [finding, *([of_rows[data.key]] if data.key in of_rows else [])]
    return Findings(tuple(shown))


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
