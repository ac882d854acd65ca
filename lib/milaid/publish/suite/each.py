"""The reports that one entry of a plan stands for: one for each value of a parameter, or of several together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from milaid.blocks.words import and_list
from milaid.publish.registry.parameter import Parameter, Value
from milaid.publish.registry.report import Report
from milaid.publish.registry.standard import DEPENDED_ON, SUBJECTS
from milaid.publish.suite.plan_file import RawEntry
from milaid.spelling import hint

Given = dict[str, Value]


@dataclass
class Asked:
    """The parameters of a kind of report for what is given; found once for all that differ in nothing they depend on."""

    report: Report
    _known: dict[tuple[Value | None, ...], tuple[Parameter, ...]] = field(default_factory=dict)

    def of(self, given: Mapping[str, Value]) -> tuple[Parameter, ...]:
        """Return the parameters for the values given; RequestError where there is no data."""
        key = tuple(given.get(name) for name in DEPENDED_ON)
        if key not in self._known:
            self._known[key] = self.report.find_parameters(given)
        return self._known[key]


def expanded(asked: Asked, raw: RawEntry, problems: list[str]) -> list[tuple[str, Given]]:
    """Return for each report of an entry the values it is for, in words, and the parameters it is given.

    Of several parameters the one that others depend on is taken first, whatever their order in the plan: the years of
    a country are those that list it. What is wrong is added to ``problems``.
    """
    found: list[Given] = [dict(raw.parameters)]
    if not raw.each:
        problems += [f"{key}: needs 'each'" for key in ("only", "exclude") if getattr(raw, key)]
        return [("", found[0])]
    wrong = _wrong_names(asked.of(found[0]), raw)
    if wrong:
        problems += wrong
        return []
    chosen = {key: _by_name(key, getattr(raw, key), raw.each, problems) for key in ("only", "exclude")}
    names = [parameter.name for parameter in asked.of(found[0]) if parameter.name in raw.each]
    for position, name in enumerate(names):
        parameters = [_named(asked.of(given), name) for given in found]
        readers = {
            key: _Chosen(key, by_name.get(name, ()), parameters, names[:position], problems)
            for key, by_name in chosen.items()
        }
        found = [
            {**given, name: value}
            for given, parameter in zip(found, parameters, strict=True)
            for value in (readers["only"].of(parameter) if readers["only"].texts else parameter.choices)
            if value not in readers["exclude"].of(parameter)
        ]
    if not found and not problems:
        problems.append(f"exclude: leaves no {and_list(names)}")
    return [(", ".join(str(given[name]) for name in names), given) for given in found]


def problem_of_places(raw: RawEntry, places: Sequence[str]) -> str:
    """Return what to say where reports of one entry would lie at the same place, "" where none would."""
    different = len({place.lower() for place in places})
    if different == len(places):
        return ""
    if raw.slug and "{" not in raw.slug:
        return f"slug: {raw.slug!r} is the same for {len(places)} reports; put {{code}} into it"
    wanted = "-".join("{code}" if name in SUBJECTS else f"{{{name}}}" for name in raw.each)
    given = f"{raw.slug!r} gives" if raw.slug else "without it there are"
    return f'slug: {given} only {different} places for {len(places)} reports; write slug: "{wanted}"'


def _wrong_names(parameters: Sequence[Parameter], raw: RawEntry) -> list[str]:
    known = [p.name for p in parameters if p.in_notebook and p.choices and not p.several]
    possible = f"possible here: {', '.join(known)}" if known else f"a {raw.report} report is one of its kind"
    problems = [
        f"each: {name!r} has no list of values; {possible}{hint(name, known)}"
        for name in raw.each
        if name not in known
    ]
    problems += [
        f"each: {name!r} stands twice" for name in dict.fromkeys(raw.each) if raw.each.count(name) > 1
    ]
    return problems or [
        f"{name}: stands in 'each' and in 'parameters'" for name in raw.each if name in raw.parameters
    ]


def _by_name(
    key: str, given: Mapping[str, tuple[str, ...]], each: Sequence[str], problems: list[str]
) -> dict[str, tuple[str, ...]]:
    """Return the texts of ``only`` or ``exclude`` by parameter; those that name none are of the only one there is."""
    found = {}
    for name, texts in given.items():
        if name in each:
            found[name] = texts
        elif name:
            problems.append(f"{key}: {name!r} does not stand in 'each'{hint(name, each)}")
        elif len(each) == 1:
            found[each[0]] = texts
        else:
            form = ", ".join(f"{one}: [...]" for one in each)
            problems.append(f"{key}: does not say of which parameter; write {key}: {{{form}}}")
    return found


class _Chosen:
    """The values of one parameter that ``only`` or ``exclude`` names, which may be allowed for some reports alone."""

    def __init__(
        self,
        key: str,
        texts: Sequence[str],
        parameters: Sequence[Parameter],
        before: Sequence[str],
        problems: list[str],
    ) -> None:
        # A plan takes a list apart at commas, and one may stand in a name.
        self.texts = parameters[0].split(",".join(texts)) if parameters else texts
        self._read: dict[int, tuple[Value, ...]] = {}
        for text in self.texts if parameters else ():
            wrong = [problem for parameter in parameters if (problem := _problem(parameter, text))]
            if len(wrong) < len(parameters):
                continue
            if before:
                name = parameters[0].name
                problems.append(f"{key}: {name}: {text!r} is not allowed for any {and_list(before)}")
            else:
                problems.append(f"{key}: {wrong[0]}")

    def of(self, parameter: Parameter) -> tuple[Value, ...]:
        """Return the values that are allowed for a parameter, in the order in which they are named."""
        if id(parameter) not in self._read:
            allowed = [text for text in self.texts if not _problem(parameter, text)]
            self._read[id(parameter)] = tuple(dict.fromkeys(parameter.read(text) for text in allowed))
        return self._read[id(parameter)]


def _problem(parameter: Parameter, text: str) -> str:
    try:
        parameter.read(text)
    except ValueError as problem:
        return str(problem)
    return ""


def _named(parameters: Sequence[Parameter], name: str) -> Parameter:
    return next(parameter for parameter in parameters if parameter.name == name)
