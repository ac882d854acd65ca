"""The parameters of the reports as data, and their check before anything heavy starts.

To add a report: a :class:`Report` in :data:`REPORTS`, its notebook in notebooks/, a test of its parameters.
This module imports nothing outside the standard library, so that a wrong request ends at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from milaid.errors import RequestError, list_problems
from milaid.paths import notebooks_dir, trainings_dir

Value = int | str
FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a report.

    ``type`` is ``int`` or ``str``. ``choices`` are the allowed values, or ``minimum`` and ``maximum`` bound
    them. ``in_notebook`` is False for a parameter of the output, which the notebook does not see.
    """

    name: str
    type: type[int] | type[str]
    default: Value
    help: str
    choices: tuple[Value, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    in_notebook: bool = True

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
            return ", ".join(str(choice) for choice in self.choices)
        return f"{self.minimum} to {self.maximum}"

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
        return self._within(str(given).strip())

    def _within(self, value: Value) -> Value:
        if self.choices and value not in self.choices:
            raise ValueError(
                f"{self.name}: {value!r} is not allowed; allowed: {self.allowed}{self._nearest(value)}"
            )
        if isinstance(value, int) and not self.choices:
            low, high = self.minimum, self.maximum
            if (low is not None and value < low) or (high is not None and value > high):
                raise ValueError(f"{self.name}: {value} is not allowed; allowed: {self.allowed}")
        return value

    def _nearest(self, value: Value) -> str:
        if isinstance(value, int):
            nearest = min((int(choice) for choice in self.choices), key=lambda choice: abs(choice - value))
            return f"; the nearest is {nearest}"
        close = difflib.get_close_matches(value, [str(choice) for choice in self.choices], n=1, cutoff=0.3)
        return f"; did you mean {close[0]!r}?" if close else ""


@dataclass(frozen=True)
class Report:
    """One kind of report: its name, its notebook, and its parameters, found when asked for.

    ``place`` is where its files lie below reports/, without suffix, with parameters in braces.
    """

    kind: str
    title: str
    notebook: str
    place: str
    find_parameters: Callable[[], tuple[Parameter, ...]]

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
        return self.report.place.format(**self.values)

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


def _require_years() -> tuple[int, ...]:
    """Return the fiscal years with data; raises RequestError where there is none."""
    years = years_with_data()
    if not years:
        raise RequestError(f"no fiscal year has data: {trainings_dir()} holds no fy*.parquet; run: make data")
    return years


def _paper_alone() -> tuple[Parameter, ...]:
    """Return the parameters of a report on all data, which has none but that of its PDF."""
    _require_years()
    return (PAPER,)


def _annual_parameters() -> tuple[Parameter, ...]:
    years = _require_years()
    return (
        Parameter("fiscal_year", int, years[-1], "fiscal year of the report", choices=years),
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


REPORTS: dict[str, Report] = {
    report.kind: report
    for report in (
        Report(
            kind="annual",
            title="Annual trends report",
            notebook="annual_trends.ipynb",
            place="annual/{fiscal_year}",
            find_parameters=_annual_parameters,
        ),
        Report(
            kind="data-quality",
            title="Data quality report",
            notebook="data_quality.ipynb",
            place="data-quality",
            find_parameters=_paper_alone,
        ),
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
    parameters = {parameter.name: parameter for parameter in report.find_parameters()}
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
        (parameter.name, parameter.type.__name__, str(parameter.default), parameter.allowed, parameter.help)
        for parameter in report.find_parameters()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([f"{report.title} (milaid report {kind})", "", *lines])
