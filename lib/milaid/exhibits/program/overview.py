"""The beginning of a program profile: front, what is to be known at a glance, and links to other reports."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from milaid import fiscal
from milaid.analysis import program_profile
from milaid.analysis.program_profile import RANK_RULE, ProgramRanks
from milaid.blocks import numbers
from milaid.blocks.block import Fact, Front, KeyFacts, Related
from milaid.blocks.words import ordinal
from milaid.exhibits import few, links
from milaid.exhibits.front import training_front
from milaid.exhibits.once import once
from milaid.exhibits.program import account, record
from milaid.exhibits.scope import Scope
from milaid.exhibits.scope import program as program_scope
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.subject import open_subject as open_any
from milaid.exhibits.training import facts

_NEAR = 4
"""How many of the largest recipients are linked to."""


def open_program(
    program: str, fiscal_year: int | str, lookback_years: int | str = 10, top_n: int | str = 10
) -> Subject:
    """Return the subject of the profile of a program; RequestError names the known programs and its years."""
    return open_any(fiscal_year, lookback_years, top_n, program_scope(program))


def front(subject: Subject) -> Front:
    """Return title, scope, imprint and cover of the profile."""
    scope, years = subject.scope, subject.coverage
    period = fiscal.period(subject.fiscal_year)
    listed = (
        f"listed in {fiscal.words(years.first)} alone"
        if years.first == years.last
        else f"listed in {len(years.years)} fiscal years from {years.first} to {years.last}"
    )
    return training_front(
        subject,
        kind="Program profile",
        title=f"{title(scope)}, {fiscal.words(subject.fiscal_year)}",
        standfirst=(
            f"What the program is, who was trained under it from {period}, and at what cost, as reported to Congress; "
            f"{listed}."
        ),
        scope=f"Training under {scope.label} in {fiscal.words(subject.fiscal_year)}, {period}",
        keywords=(scope.name, scope.label) if scope.name != scope.label else (scope.name,),
    )


def title(scope: Scope) -> str:
    """Return the name of a program with its label: ``Peacekeeping Operations (PKO)``; the label alone where it is the name."""
    named = scope.name.startswith(scope.label) or scope.label.lower() == scope.name.lower()
    return scope.name if named else f"{scope.name} ({scope.label})"


def key_facts(subject: Subject) -> KeyFacts:
    """Return participants, obligations of the account of the same year, cost, recipients, rank, cost per participant.

    A program without an account of its own has the number of years that list it in place of the obligations.
    """
    obligations = account.fact(subject)
    shown = (
        few.over_the_years(subject),
        facts.participants(subject),
        obligations or _years(subject),
        facts.cost(subject),
        facts.recipients(subject),
        *(() if subject.is_small else (_rank(subject),)),
        facts.cost_per_participant(subject),
    )
    found = facts.key_facts(subject, shown, account.sources(subject) if obligations else ())
    paid = f"Obligations: {account.names(subject)}, in the Greenbook." if obligations else ""
    ranked = "" if subject.is_small else RANK_RULE
    return replace(found, note=joined(found.note, ranked, paid))


def related(subject: Subject) -> Related:
    """Return links to the programs before and after, the largest recipients, the year and the guide."""
    row = record.row(subject)
    items: list[tuple[str, str | None]] = []
    for relation in ("predecessor", "successor"):
        for code in record.codes(row[relation]):
            items.append((f"{relation.capitalize()}: {record.label(code)}", links.program(code)))
    largest = subject.ranking[subject.ranking["participants"] > 0].head(_NEAR)
    items += [(str(name), links.country(name)) for name in largest["recipient"]]
    items += [
        (f"All programs in {subject.year_label}", links.annual(subject.fiscal_year)),
        ("Program guide", "program-guide"),
    ]
    return Related(tuple((label, place) for label, place in items if place))


def _years(subject: Subject) -> Fact:
    count = len(subject.coverage.years)
    return Fact(
        str(count),
        "fiscal year lists it" if count == 1 else "fiscal years list it",
        subject.window_label_all,
        ref="totals_table",
    )


def _rank(subject: Subject) -> Fact:
    found = ranks(subject)
    by_dollars = (
        f"{ordinal(found.dollars)} of {found.priced} by cost"
        if found.dollars is not None
        else "no cost is printed"
    )
    return Fact(
        str(found.participants),
        "rank by participants" if found.programs > 1 else "rank: the only program",
        by_dollars,
        unit=f"of {numbers.integer(found.programs)}",
        ref="program_years",
    )


def ranks(subject: Subject) -> ProgramRanks:
    """Return the ranks of the program in the report year."""
    return program_profile.program_ranks(rank_years(subject), subject.fiscal_year)


@once
def rank_years(subject: Subject) -> pd.DataFrame:
    """Return the ranks of the program by fiscal year (:func:`milaid.analysis.program_profile.rank_years`)."""
    return program_profile.rank_years(subject.world, subject.scope.code)
