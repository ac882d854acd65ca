"""The parameters of the reports as data, and their check before anything heavy starts.

To add a report: a :class:`Report` in :data:`REPORTS`, its notebook in notebooks/, a test of its parameters.
This module imports nothing heavy, so that a wrong request ends at once; recipients and programs are looked up
only for the reports on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from milaid import spelling
from milaid.errors import RequestError, list_problems
from milaid.paths import notebooks_dir, reference_dir, trainings_dir
from milaid.publish.parameter import Parameter, Value

if TYPE_CHECKING:
    from milaid.tables.subjects import ReportSubject

FORMATS = ("html", "pdf")


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
    """A checked request: ``values`` for the notebook, ``output`` for what is made of it.

    ``slug`` stands for the last part of the place where another than that of the parameters is wanted.
    """

    report: Report
    values: dict[str, Value]
    output: dict[str, Value]
    slug: str = ""

    @property
    def place(self) -> str:
        """Where the files of the report lie below reports/, without suffix: ``annual/2014``."""
        if self.slug:
            return "/".join([*self.report.place.split("/")[:-1], self.slug])
        shown = {name: str(value).replace(",", "-") for name, value in self.values.items()}
        return self.report.place.format(**shown)

    @property
    def words(self) -> str:
        """The request in words, for messages: ``annual report (fiscal_year = 2014, top_n = 10)``."""
        given = ", ".join(f"{name} = {value}" for name, value in self.values.items())
        return f"{self.report.kind} report{given and f' ({given})'}"


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
    name: str, what: str, help: str, default: str
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
            names=_names(known),
        )
        asked = parameter.find_code(str(given.get(name, parameter.default)))
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
        "two to five of them, joined by commas: codes or names as in milaid params country or program",
        choices=codes,
        names=_names(known),
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


def _names(known: Sequence[ReportSubject]) -> tuple[str, ...]:
    """Return what the codes stand for; a program has its name from programs.csv, "" where that lacks it."""
    from milaid.tables import state, subjects

    table = reference_dir() / "programs.csv"
    if not any(subject.kind == subjects.PROGRAM for subject in known):
        return tuple(subject.name for subject in known)
    programs = {row["code"]: row["name"] for row in state.read_rows(table)} if table.is_file() else {}
    return tuple(programs.get(subject.code, "") for subject in known)


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
            _on_a_subject("program", "program", "code of the program", "IMET"),
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
            ),
        ),
        Report(
            "region",
            "Region profile",
            "region_profile.ipynb",
            "region/{region}",
            _on_a_subject("region", "region", "region, in small letters with hyphens", "africa"),
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
        hint = spelling.hint(kind, REPORTS)
        raise RequestError(f"no report is called {kind!r}; known: {', '.join(REPORTS)}{hint}")
    return REPORTS[kind]


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


def read(report: Report, given: Mapping[str, Value]) -> tuple[Request, list[str]]:
    """Return the request, defaults where nothing or nothing right is given, and all problems of what is given."""
    parameters = {parameter.name: parameter for parameter in report.find_parameters(given)}
    values = {name: parameter.default for name, parameter in parameters.items()}
    problems = []
    for name, value in given.items():
        if name not in parameters:
            hint = spelling.hint_or_known(name, parameters)
            problems.append(f"{name}: the {report.kind} report has no such parameter{hint}")
            continue
        try:
            values[name] = parameters[name].read(value)
        except ValueError as problem:
            problems.append(str(problem))
    request = Request(
        report=report,
        values={name: value for name, value in values.items() if parameters[name].in_notebook},
        output={name: value for name, value in values.items() if not parameters[name].in_notebook},
    )
    return request, problems


def check_formats(formats: Collection[str]) -> None:
    """Raise RequestError for formats that do not exist."""
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        seen = ", ".join(map(repr, unknown)) or "nothing"
        raise RequestError(f"format: {seen} is not allowed; allowed: {', '.join(FORMATS)}")


def read_formats(text: str) -> tuple[str, ...]:
    """Return the formats of a list with commas, in their usual order; RequestError for others."""
    named = [name.strip().lower() for name in text.split(",") if name.strip()]
    check_formats(named)
    return tuple(name for name in FORMATS if name in named)


def describe(kind: str) -> str:
    """Return the parameters of a report as an aligned table of text, then what the codes in it stand for."""
    report = find_report(kind)
    parameters = report.find_parameters()
    rows = [("name", "type", "default", "allowed", "help")]
    for p in parameters:
        allowed = f"one of {len(p.choices)} codes below" if _codes(p) else p.allowed_short
        rows.append((p.name, p.type.__name__, p.default_shown, allowed, p.help))
    rule = tuple("-" * max(map(len, column)) for column in zip(*rows, strict=True))
    lines = aligned([rows[0], rule, *rows[1:]])
    codes = [line for parameter in parameters for line in _codes(parameter)]
    return "\n".join([f"{report.title} (milaid report {kind})", "", *lines, *codes])


def _codes(parameter: Parameter) -> list[str]:
    """Return the codes of a parameter with their names, one a line, "" before them; [] where it has no names.

    The codes of a list are those of another report.
    """
    if parameter.several or not any(parameter.names):
        return []
    named = zip(map(str, parameter.choices), parameter.names, strict=True)
    return ["", f"{parameter.name}: a code or name of", *(f"  {line}" for line in aligned(list(named)))]


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows of text as lines with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
