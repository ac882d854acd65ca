"""What reports may be asked for: the countries, programs and regions with activities, and the years that list them.

The command line, plans and notebooks read what they are given by these, so that all understand and refuse it alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from milaid.errors import RequestError, list_problems
from milaid.tables import subjects
from milaid.tables.digests import once_a_look
from milaid.tables.naming.choices import Choices, Value
from milaid.tables.naming.countries import resolve_country
from milaid.tables.naming.forms import Answer
from milaid.tables.naming.programs import resolve_program
from milaid.tables.naming.reading import rows_of
from milaid.tables.naming.regions import resolve_region
from milaid.tables.subjects import ReportSubject

COMPARED = ("country", "program")
"""What can be compared; these are many, so that messages do not list them."""
MEMBERS = (2, 5)
"""How many of them are compared, from least to most."""
_KNOWN: dict[str, Callable[[], tuple[ReportSubject, ...]]] = {
    "country": subjects.recipients,
    "program": subjects.programs,
    "region": subjects.regions,
}
_RESOLVE: dict[str, Callable[..., Answer]] = {
    "country": resolve_country,
    "program": resolve_program,
    "region": resolve_region,
}


def known_subjects(kind: str) -> tuple[ReportSubject, ...]:
    """Return the countries, programs or regions with activities: ``kind`` is country, program or region."""
    return _KNOWN[kind]()


@once_a_look
def subject_choices(kind: str) -> Choices:
    """Return how a parameter ``country``, ``program`` or ``region`` is read."""
    known = known_subjects(kind)
    return Choices(
        kind,
        tuple(subject.code for subject in known),
        names=_names(known),
        resolve=_resolver(kind, known),
        listed_as=kind if kind in COMPARED else "",
    )


def member_choices(compare: str) -> Choices:
    """Return how the members of a comparison of countries or of programs are read."""
    one = subject_choices(compare)
    return Choices("members", one.of, one.names, one.resolve, one.listed_as, several=MEMBERS)


def compare_choices() -> Choices:
    """Return how the parameter is read that says what is compared."""
    return Choices("compare", COMPARED)


def read(given: Sequence[tuple[Callable[[Any], Value], object]]) -> list[Value]:
    """Return what is meant by values, each given with what reads it; raises one RequestError with all that is wrong."""
    found: list[Value] = []
    problems: list[str] = []
    for reads, value in given:
        try:
            found.append(reads(value))
        except ValueError as problem:
            problems.append(str(problem))
    if len(problems) > 1:
        raise RequestError(list_problems("the report cannot be made as asked:", problems))
    if problems:
        raise RequestError(problems[0])
    return found


def read_aloud(choices: Choices, given: object) -> Value:
    """Return what is meant by a value, and print what was understood where the value does not say it itself.

    Raises ValueError saying what is wrong.
    """
    value = choices.read(given)
    if said := choices.said(given):
        print("; ".join(said))
    return value


def _resolver(kind: str, known: Sequence[ReportSubject]) -> Callable[[str], Answer]:
    """Return what says which country, program or region a text means; ``known`` are those with activities."""
    return partial(_RESOLVE[kind], listed=tuple(subject.named for subject in known))


def _names(known: Sequence[ReportSubject]) -> tuple[str, ...]:
    """Return what the codes stand for; a program has its name from programs.csv, "" where that lacks it."""
    if not any(subject.kind == subjects.PROGRAM for subject in known):
        return tuple(subject.name for subject in known)
    programs = {row["code"]: row["name"] for row in rows_of("programs.csv")}
    return tuple(programs.get(subject.code, "") for subject in known)
