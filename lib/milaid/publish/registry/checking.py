"""What is asked for, held against the entry of its report before anything heavy starts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from milaid.errors import RequestError, list_problems
from milaid.publish.registry.known import find_report, known
from milaid.publish.registry.parameter import Parameter, Value
from milaid.publish.registry.report import Report, Request
from milaid.spelling import hint_or_known

USUAL_FORMATS = ("html", "pdf")
BRIEF = "brief"
"""The format that only kinds of reports with a list of exhibits for it have."""
FORMATS = (*USUAL_FORMATS, BRIEF)
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def check(kind: str, given: Mapping[str, Value]) -> Request:
    """Return the checked request; raises RequestError with all problems: unknown names, wrong values."""
    request, problems = read(find_report(kind), given)
    if problems:
        raise RequestError(
            list_problems(
                f"the {kind} report cannot be made as asked:",
                problems,
                f"see: milaid params {kind}",
            )
        )
    return request


def read(
    report: Report, given: Mapping[str, Value], found: Sequence[Parameter] | None = None
) -> tuple[Request, list[str]]:
    """Return the request, defaults where nothing or nothing right is given, and all problems of what is given.

    ``found`` are the parameters for the values given, where they are known already.
    """
    asked = report.find_parameters(given) if found is None else found
    parameters = {parameter.name: parameter for parameter in asked}
    values = {name: parameter.default for name, parameter in parameters.items()}
    problems = []
    said: list[str] = []
    for name, value in given.items():
        if name not in parameters:
            hint = hint_or_known(name, parameters)
            problems.append(f"{name}: the {report.kind} report has no such parameter{hint}")
            continue
        try:
            values[name] = parameters[name].read(value)
        except ValueError as problem:
            problems.append(str(problem))
            continue
        said += parameters[name].said(value)
        if name in report.fields and not _PART.fullmatch(str(values[name]).replace(",", "-")):
            problems.append(
                f"{name}: {value!r} names the files of the report; letters, digits, hyphens and _ may stand in it"
            )
    request = Request(
        report=report.for_values(values),
        values={name: value for name, value in values.items() if parameters[name].in_notebook},
        output={name: value for name, value in values.items() if not parameters[name].in_notebook},
        said=tuple(said),
    )
    return request, problems


def check_formats(formats: Collection[str], report: Report | None = None) -> None:
    """Raise RequestError for formats that do not exist, or that a kind of report has not."""
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        seen = ", ".join(map(repr, unknown)) or "nothing"
        raise RequestError(f"format: {seen} is not allowed; allowed: {', '.join(FORMATS)}")
    if report and len(formats_of(report, formats)) < len(formats):
        raise RequestError(f"format: {without_brief(report)}")


def without_brief(report: Report) -> str:
    """Return what to say of a kind of report that has no brief."""
    with_one = ", ".join(kind for kind, other in known().items() if other.brief)
    return f"the {report.kind} report has no brief; reports with one: {with_one}"


def formats_of(report: Report, formats: Collection[str]) -> tuple[str, ...]:
    """Return those of some formats that a kind of report has."""
    return tuple(name for name in formats if name != BRIEF or report.brief)


def read_formats(text: str, report: Report | None = None) -> tuple[str, ...]:
    """Return the formats of a list with commas, in their usual order; RequestError for others, and as above."""
    named = [name.strip().lower() for name in text.split(",") if name.strip()]
    check_formats(named, report)
    return tuple(name for name in FORMATS if name in named)
