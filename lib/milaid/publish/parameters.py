"""The parameters of the reports as data, and their check before anything heavy starts.

To add a report: a :class:`Report` in :data:`REPORTS`, its notebook in notebooks/, a test of its parameters.
This module imports nothing heavy, so that a wrong request ends at once; recipients and programs are looked up
only for the reports on them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from milaid.errors import RequestError, list_problems
from milaid.paths import notebooks_dir, trainings_dir

if TYPE_CHECKING:
    from milaid.tables.subjects import ReportSubject

Value = int | str
FORMATS = ("html", "pdf")
_MOST_LISTED = 60
"""Choices that are listed in a message; more are left to ``milaid params``."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a report.

    ``type`` is ``int`` or ``str``. ``choices`` are the allowed values, or ``minimum`` and ``maximum`` bound
    them. With ``several`` a value is a list of that many choices, from least to most, joined by commas.
    ``names`` are what the choices stand for, in their order, where a code does not say it. ``default_note`` stands
    for the default where it depends on another parameter. ``in_notebook`` is False for a parameter of the output,
    which the notebook does not see.
    """

    name: str
    type: type[int] | type[str]
    default: Value
    help: str
    choices: tuple[Value, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    in_notebook: bool = True
    several: tuple[int, int] | None = None
    names: tuple[str, ...] = ()
    default_note: str = ""

    @property
    def default_shown(self) -> str:
        """The default in words."""
        return self.default_note or str(self.default)

    @property
    def option(self) -> str:
        """The option of the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def allowed(self) -> str:
        """The allowed values in words."""
        if self.choices and self.type is int:
            return ranges(int(choice) for choice in self.choices)
        if self.choices:
            listed = ", ".join(str(choice) for choice in self.choices)
            return f"{self.several[0]} to {self.several[1]} of {listed}" if self.several else listed
        return f"{self.minimum} to {self.maximum}"

    @property
    def allowed_short(self) -> str:
        """The allowed values in words; of many only how many there are."""
        return self.allowed if len(self.choices) <= _MOST_LISTED else f"one of {len(self.choices)} codes"

    @property
    def sentence(self) -> str:
        """The help as a sentence."""
        return f"{self.help[:1].upper()}{self.help[1:]}."

    def read(self, given: Value) -> Value:
        """Return a given value as the parameter's type; raises ValueError saying what is wrong."""
        if self.type is int:
            text = str(given).strip()
            if not re.fullmatch(r"[+-]?\d{1,9}", text):
                raise ValueError(f"{self.name}: {text!r} is not a whole number; allowed: {self.allowed}")
            return self._within(int(text))
        if self.several:
            return self._list(str(given), *self.several)
        return self._within(self._code(str(given).strip()))

    def _list(self, given: str, least: int, most: int) -> str:
        parts = [self._code(part.strip()) for part in given.split(",") if part.strip()]
        for part in parts:
            self._within(part)
        if len(set(parts)) != len(parts):
            raise ValueError(f"{self.name}: {given!r} names one twice")
        if not least <= len(parts) <= most:
            raise ValueError(
                f"{self.name}: {given!r} names {len(parts)}; allowed: {least} to {most}, joined by commas"
            )
        return ",".join(parts)

    def _code(self, given: str) -> str:
        """Return the choice that is meant by its code or name in any case; else what was given."""
        meant = {str(choice).lower(): str(choice) for choice in self.choices}
        meant |= {name.lower(): str(c) for name, c in zip(self.names, self.choices, strict=False)}
        return meant.get(given.lower(), given)

    def _within(self, value: Value) -> Value:
        if self.choices and value not in self.choices:
            allowed = f"allowed: {self.allowed}" if len(self.choices) <= _MOST_LISTED else "see milaid params"
            raise ValueError(f"{self.name}: {value!r} is not allowed; {allowed}{self._nearest(value)}")
        if isinstance(value, int) and not self.choices:
            low, high = self.minimum, self.maximum
            if (low is not None and value < low) or (high is not None and value > high):
                raise ValueError(f"{self.name}: {value} is not allowed; allowed: {self.allowed}")
        return value

    def _nearest(self, value: Value) -> str:
        if isinstance(value, int):
            nearest = min((int(choice) for choice in self.choices), key=lambda choice: abs(choice - value))
            return f"; the nearest is {nearest}"
        codes = [str(choice) for choice in self.choices]
        named = {name.lower(): code for name, code in zip(self.names, codes, strict=False)}
        close = difflib.get_close_matches(value.lower(), named, n=1, cutoff=0.6)
        if close:
            name = self.names[codes.index(named[close[0]])]
            return f"; did you mean {named[close[0]]!r} ({name})?"
        close = difflib.get_close_matches(value, codes, n=1, cutoff=0.3)
        return f"; did you mean {close[0]!r}?" if close else ""


@dataclass(frozen=True)
class Report:
    """One kind of report: its name, its notebook, and its parameters, found when asked for.

    ``place`` is where its files lie below reports/, without suffix, with parameters in braces. ``find`` takes the
    values asked for, which other parameters may depend on: a country has rows in some years only.
    """

    kind: str
    title: str
    notebook: str
    place: str
    find: Callable[[Mapping[str, Value]], tuple[Parameter, ...]]

    def find_parameters(self, given: Mapping[str, Value] | None = None) -> tuple[Parameter, ...]:
        """Return the parameters for the values asked for; RequestError where there is no data."""
        return self.find(given or {})

    @property
    def notebook_path(self) -> Path:
        """The notebook of the report."""
        return notebooks_dir() / self.notebook


@dataclass(frozen=True)
class Request:
    """A checked request: ``values`` for the notebook, ``output`` for what is made of it."""

    report: Report
    values: dict[str, Value]
    output: dict[str, Value]

    @property
    def place(self) -> str:
        """Where the files of the report lie below reports/, without suffix: ``annual/2014``."""
        shown = {name: str(value).replace(",", "-") for name, value in self.values.items()}
        return self.report.place.format(**shown)

    @property
    def words(self) -> str:
        """The request in words, for messages: ``annual report (fiscal_year = 2014, top_n = 10)``."""
        given = ", ".join(f"{name} = {value}" for name, value in self.values.items())
        return f"{self.report.kind} report{given and f' ({given})'}"


def ranges(numbers: Iterable[int]) -> str:
    """Return whole numbers with runs drawn together: ``1999, 2007 to 2020``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def years_with_data() -> tuple[int, ...]:
    """Return the fiscal years that have a file of activities, found by file names alone."""
    names = (re.fullmatch(r"fy(\d{4})\.parquet", path.name) for path in trainings_dir().glob("fy*.parquet"))
    return tuple(sorted(int(match[1]) for match in names if match))


PAPER = Parameter("paper", str, "a4", "paper size of the PDF", choices=("a4", "letter"), in_notebook=False)


_COMPARED = {"country": "recipient", "program": "program"}


def _require_years() -> tuple[int, ...]:
    """Return the fiscal years with data; raises RequestError where there is none."""
    years = years_with_data()
    if not years:
        raise RequestError(f"no fiscal year has data: {trainings_dir()} holds no fy*.parquet; run: make data")
    return years


def _paper_alone(given: Mapping[str, Value]) -> tuple[Parameter, ...]:
    """Return the parameters of a report on all data, which has none but that of its PDF."""
    _require_years()
    return (PAPER,)


def _annual_parameters(given: Mapping[str, Value]) -> tuple[Parameter, ...]:
    return _with_year(_require_years(), _require_years()[-1])


def _with_year(
    years: tuple[int, ...], default: int, *before: Parameter, newest_of: str = ""
) -> tuple[Parameter, ...]:
    """Return ``before``, then report year, charts over the years, rankings and paper."""
    note = f"the newest year that lists the {newest_of}" if newest_of else ""
    return (
        *before,
        Parameter("fiscal_year", int, default, "fiscal year of the report", choices=years, default_note=note),
        Parameter(
            "lookback_years",
            int,
            10,
            "years before the report year in charts over the years",
            minimum=2,
            maximum=30,
        ),
        Parameter(
            "top_n", int, 10, "recipients, programs and courses shown in rankings", minimum=3, maximum=30
        ),
        PAPER,
    )


def _on_a_subject(
    name: str, what: str, help: str, default: str, named: Callable[[ReportSubject], str]
) -> Callable[[Mapping[str, Value]], tuple[Parameter, ...]]:
    """Return how to find the parameters of a report on one subject of a kind, whose years are its own."""

    def find(given: Mapping[str, Value]) -> tuple[Parameter, ...]:
        _require_years()
        known = _subjects(what)
        codes = tuple(subject.code for subject in known)
        parameter = Parameter(
            name,
            str,
            default if default in codes else codes[0],
            help,
            choices=codes,
            names=tuple(named(subject) for subject in known),
        )
        asked = parameter._code(str(given.get(name, parameter.default)).strip())
        own = next((subject.fiscal_years for subject in known if subject.code == asked), years_with_data())
        return _with_year(own, own[-1], parameter, newest_of=name)

    return find


def _comparison_parameters(given: Mapping[str, Value]) -> tuple[Parameter, ...]:
    years = _require_years()
    compare = Parameter("compare", str, "country", "what is compared", choices=tuple(_COMPARED))
    what = _COMPARED.get(str(given.get("compare", compare.default)).strip().lower(), "recipient")
    known = _subjects(what)
    codes = tuple(subject.code for subject in known)
    default = ",".join(
        [c for c in ("KEN", "ETH", "UGA", "IMET", "CTFP", "INCLE") if c in codes][:3] or codes[:2]
    )
    members = Parameter(
        "members",
        str,
        default,
        "two to five of them, joined by commas",
        choices=codes,
        names=tuple(subject.name for subject in known),
        several=(2, 5),
    )
    return _with_year(years, years[-1], compare, members)


def _subjects(what: str) -> tuple[ReportSubject, ...]:
    from milaid.tables import subjects

    return {
        subjects.RECIPIENT: subjects.recipients,
        subjects.PROGRAM: subjects.programs,
        subjects.REGION: subjects.regions,
    }[what]()


REPORTS: dict[str, Report] = {
    report.kind: report
    for report in (
        Report(
            "annual",
            "Annual trends report",
            "annual_trends.ipynb",
            "annual/{fiscal_year}",
            _annual_parameters,
        ),
        Report(
            "program",
            "Program profile",
            "program_profile.ipynb",
            "program/{program}",
            _on_a_subject("program", "program", "code of the program", "IMET", lambda s: ""),
        ),
        Report(
            "country",
            "Country profile",
            "country_profile.ipynb",
            "country/{country}",
            _on_a_subject(
                "country",
                "recipient",
                "ISO code of the recipient, or its name in capitals with hyphens",
                "CMR",
                lambda s: s.name,
            ),
        ),
        Report(
            "region",
            "Region profile",
            "region_profile.ipynb",
            "region/{region}",
            _on_a_subject(
                "region", "region", "region, in small letters with hyphens", "africa", lambda s: s.name
            ),
        ),
        Report(
            "comparison", "Comparison", "comparison.ipynb", "comparison/{members}", _comparison_parameters
        ),
        Report("program-guide", "Program guide", "program_guide.ipynb", "program-guide", _paper_alone),
        Report("data-quality", "Data quality report", "data_quality.ipynb", "data-quality", _paper_alone),
    )
}


def find_report(kind: str) -> Report:
    """Return the report of a kind; raises RequestError naming the known kinds and the nearest."""
    if kind not in REPORTS:
        close = difflib.get_close_matches(kind, REPORTS, n=1, cutoff=0.4)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise RequestError(f"no report is called {kind!r}; known: {', '.join(REPORTS)}{hint}")
    return REPORTS[kind]


def check(kind: str, given: Mapping[str, Value]) -> Request:
    """Return the checked request; raises RequestError with all problems: unknown names, wrong values."""
    report = find_report(kind)
    parameters = {parameter.name: parameter for parameter in report.find_parameters(given)}
    values = {name: parameter.default for name, parameter in parameters.items()}
    problems = []
    for name, value in given.items():
        if name not in parameters:
            close = difflib.get_close_matches(name.replace("-", "_"), parameters, n=1, cutoff=0.4)
            hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(parameters)}"
            problems.append(f"{name}: the {kind} report has no such parameter; {hint}")
            continue
        try:
            values[name] = parameters[name].read(value)
        except ValueError as problem:
            problems.append(str(problem))
    if problems:
        raise RequestError(
            list_problems(
                f"the {kind} report cannot be made as asked:",
                problems,
                f"see: milaid params {kind}",
            )
        )
    return Request(
        report=report,
        values={name: value for name, value in values.items() if parameters[name].in_notebook},
        output={name: value for name, value in values.items() if not parameters[name].in_notebook},
    )


def check_formats(formats: Collection[str]) -> None:
    """Raise RequestError for formats that do not exist."""
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        seen = ", ".join(map(repr, unknown)) or "nothing"
        raise RequestError(f"format: {seen} is not allowed; allowed: {', '.join(FORMATS)}")


def describe(kind: str) -> str:
    """Return the parameters of a report as an aligned table of text."""
    report = find_report(kind)
    rows = [("name", "type", "default", "allowed", "help")]
    rows += [
        (parameter.name, parameter.type.__name__, parameter.default_shown, parameter.allowed, parameter.help)
        for parameter in report.find_parameters()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([f"{report.title} (milaid report {kind})", "", *lines])
