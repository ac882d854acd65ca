"""The plan: which reports ``milaid build`` makes, read from reports/plan.yml and checked before anything runs."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from string import Formatter

from milaid import paths
from milaid.errors import RequestError, list_problems
from milaid.publish.registry import checking
from milaid.publish.registry.checking import BRIEF, FORMATS, USUAL_FORMATS, formats_of, without_brief
from milaid.publish.registry.folders import folders_of_plan, read_folder
from milaid.publish.registry.known import known, register, registry
from milaid.publish.registry.parameter import Value
from milaid.publish.registry.places import SITE_PAGES, brief_of
from milaid.publish.registry.report import Report, Request
from milaid.publish.suite.each import Asked, expanded, problem_of_places
from milaid.publish.suite.plan_file import RawEntry, read_plan
from milaid.spelling import hint
from milaid.tables.digests import looked_at_once

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_NAMED_VALUES = 5


@dataclass(frozen=True)
class Entry:
    """One report of the plan: its checked values for the notebook and its output, formats and title.

    ``slug`` stands for the last part of its place where the plan gives one, else "".
    """

    report: Report
    values: dict[str, Value]
    output: dict[str, Value]
    formats: tuple[str, ...]
    title: str
    slug: str = ""

    @property
    def kind(self) -> str:
        """The kind of the report."""
        return self.report.kind

    @property
    def request(self) -> Request:
        """The request of the report."""
        return Request(self.report, self.values, self.output, self.slug)

    @property
    def place(self) -> str:
        """Where its files lie below reports/, without suffix: ``country/CMR``."""
        return self.request.place


@dataclass(frozen=True)
class Plan:
    """The reports of a plan, in its order, each with a place of its own."""

    entries: tuple[Entry, ...]

    @property
    def places(self) -> frozenset[str]:
        """The places of all reports and of the pages of the site: what a report may link to."""
        return frozenset(SITE_PAGES) | {entry.place for entry in self.entries}

    def select(self, patterns: Collection[str] = ()) -> tuple[Entry, ...]:
        """Return the entries whose place matches one of the patterns of a shell in any case, all without any.

        Raises RequestError naming every pattern that matches nothing, with places that are near.
        """
        places = {entry.place: entry for entry in self.entries}
        matched = {
            pattern: {place for place in places if fnmatchcase(place.lower(), pattern.lower())}
            for pattern in patterns
        }
        if not all(matched.values()):
            folders = sorted({f"{place.split('/')[0]}/*" for place in places if "/" in place})
            missing = [pattern for pattern, found in matched.items() if not found]
            raise RequestError(
                list_problems(
                    "no report of the plan matches:",
                    [f"{p!r}{hint(p, folders if '*' in p else [*folders, *places])}" for p in missing],
                    "see: milaid build --list",
                )
            )
        chosen = set().union(*matched.values()) if patterns else set(places)
        return tuple(entry for place, entry in places.items() if place in chosen)


def load_plan(path: Path | None = None) -> Plan:
    """Return the plan of a file, by default reports/plan.yml; raises RequestError with all that is wrong in it."""
    path = path or paths.plan_file()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        advice = paths.without_suite(path) or "name another with --plan, or make one with milaid init DIR"
        raise RequestError(f"{path}: there is no such plan; {advice}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{path}: the plan cannot be read: {error}") from error
    return expand(text, str(path), _kinds_of(path))


def _kinds_of(path: Path) -> Sequence[str]:
    """Make the kinds of reports known that a plan brings along, and return what is wrong with them."""
    if path.resolve() == paths.plan_file().resolve():
        return registry().problems
    problems: list[str] = list(registry().problems)
    for folder in folders_of_plan(path):
        found, wrong = read_folder(folder)
        problems += [*wrong, *register(found)]
    return problems


def expand(text: str, name: str, problems_of_kinds: Sequence[str] = ()) -> Plan:
    """Return the plan that a text in YAML describes; ``name`` is that of its file in messages.

    ``problems_of_kinds`` are those of the kinds of reports that it may name. Raises RequestError: with the line where it is no YAML, else with every problem and the entry it is in.
    """
    formats, raw_entries, problems = read_plan(text, name)
    problems = [*problems_of_kinds, *problems]
    formats = _formats(formats, "formats", problems) or USUAL_FORMATS
    labelled: list[tuple[str, Entry]] = []
    with looked_at_once():
        for raw in (raw for raw in raw_entries if raw.report):
            entries, wrong = _expand(raw, formats)
            labelled += [(raw.label, entry) for entry in entries]
            problems += [f"{raw.label}: {problem}" for problem in wrong]
    problems += _places_in_conflict(labelled)
    if not problems and not labelled:
        problems.append("there is no entry below 'reports:'")
    if problems:
        raise RequestError(
            list_problems(f"{name} cannot be built as it stands:", problems, "nothing was built")
        )
    return Plan(tuple(entry for _, entry in labelled))


def _expand(raw: RawEntry, formats: tuple[str, ...]) -> tuple[list[Entry], list[str]]:
    """Return the reports of one entry and its problems; one that concerns only some of them names these."""
    kinds = known()
    if raw.report not in kinds:
        return [], [f"report: {raw.report!r} is unknown; known: {', '.join(kinds)}{hint(raw.report, kinds)}"]
    report = kinds[raw.report]
    problems: list[str] = []
    own = _formats(raw.formats, "formats", problems)
    if BRIEF in own and not report.brief:
        problems.append(f"formats: {without_brief(report)}")
    # What the plan says of all entries holds for those that can have it.
    formats = own or formats_of(report, formats)
    asked = Asked(report)
    given = expanded(asked, raw, problems)
    found: dict[str, list[str]] = {}
    entries = []
    for value, values in given:
        entry, wrong = _report(asked, values, raw)
        entries.append(replace(entry, formats=formats))
        for problem in wrong:
            found.setdefault(problem, []).append(value)
    for problem, concerned in found.items():
        problems.append(problem if len(concerned) == len(given) else f"{problem} (for {_some(concerned)})")
    if not problems and (problem := problem_of_places(raw, [entry.place for entry in entries])):
        problems.append(problem)
        entries = []
    return entries, problems


def _report(asked: Asked, given: Mapping[str, Value], raw: RawEntry) -> tuple[Entry, list[str]]:
    """Return one report of an entry with its title and slug, and its problems."""
    report, parameters = asked.report, asked.of(given)
    request, problems = checking.read(report, given, parameters)
    words = {name: str(value) for name, value in request.values.items()}
    subject = next((p for p in parameters if p.names), None)
    if subject and not problems:
        value = request.values[subject.name]
        words |= {"name": subject.name_of(value), "code": str(value).replace(",", "-")}
    elif subject:
        words |= {"name": "", "code": "x"}
    title = _filled("title", raw.title or _usual_title(report, words), words, problems)
    slug = _filled("slug", raw.slug, words, problems).replace(",", "-")
    if slug and not _SLUG.fullmatch(slug):
        problems.append(
            f"slug: {slug!r} is no part of an address; letters, digits, hyphens and _ may stand in it"
        )
    return Entry(request.report, request.values, request.output, (), title, slug), problems


def _usual_title(report: Report, words: Mapping[str, str]) -> str:
    if "name" in words:
        return f"{report.title}: {{name}}"
    return f"{report.title}, fiscal year {{fiscal_year}}" if "fiscal_year" in words else report.title


def _filled(key: str, template: str, words: Mapping[str, str], problems: list[str]) -> str:
    """Return a text with the words in braces put in; "" and a problem where one is not known."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        problems.append(f"{key}: {template!r}: {error}")
        return ""
    wrong = [part for part in parts if part[1] is not None and (part[1] not in words or part[2] or part[3])]
    for _, name, _, _ in wrong:
        known = ", ".join(f"{{{word}}}" for word in words) or "none"
        problems.append(f"{key}: {{{name}}} cannot stand here; known: {known}{hint(name or '', words)}")
    return "" if wrong else template.format(**words)


def _formats(given: Sequence[str], key: str, problems: list[str]) -> tuple[str, ...]:
    """Return formats in their usual order."""
    lowered = [name.lower() for name in given]
    problems += [
        f"{key}: {name!r} is not allowed; allowed: {', '.join(FORMATS)}"
        for name in lowered
        if name not in FORMATS
    ]
    return tuple(name for name in FORMATS if name in lowered)


def _places_in_conflict(labelled: Sequence[tuple[str, Entry]]) -> list[str]:
    """Return a problem for each report whose files would lie where others do, also where case does not count."""
    taken = {
        brief_of(entry.place).lower(): f"the brief of {entry.place}"
        for _, entry in labelled
        if BRIEF in entry.formats
    }
    reserved = {*SITE_PAGES, paths.FAILURES, *(report.folder for report in known().values())}
    problems = []
    for label, entry in labelled:
        place = entry.place.lower()
        if place in reserved:
            problems.append(f"{label}: slug: {entry.place!r} is the name of a page or folder of the site")
        elif place in taken:
            problems.append(
                f"{label}: {entry.place} is made by {taken[place]} too; give one of them a slug of its own"
            )
        taken.setdefault(place, label)
    return problems


def _some(values: Sequence[str]) -> str:
    """Return values as a list, of many only the first."""
    more = len(values) - _NAMED_VALUES
    return ", ".join(values[:_NAMED_VALUES]) + (f" and {more} more" if more > 0 else "")
