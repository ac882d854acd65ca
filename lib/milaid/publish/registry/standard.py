"""The parameters that several kinds of reports share, by name, with what the data allow.

Recipients and programs are looked up only for the reports on them, and nothing heavy is imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from milaid.errors import RequestError
from milaid.paths import reference_dir, trainings_dir, without_data
from milaid.publish.registry.parameter import Parameter, Value
from milaid.tables.naming.bounds import LOOKBACK_YEARS, TOP_N

if TYPE_CHECKING:
    from milaid.tables.naming.forms import Answer
    from milaid.tables.subjects import ReportSubject

SUBJECTS = {"country": "recipient", "program": "program", "region": "region"}
"""The parameters that say what a report is about, and what that is (:mod:`milaid.tables.subjects`)."""

DEPENDED_ON = (*SUBJECTS, "compare")
"""The parameters whose value says what another one may be: the years of a country, the members that are compared."""

PAPER = Parameter("paper", str, "a4", "paper size of the PDF", choices=("a4", "letter"), in_notebook=False)
"""The parameter that every report has."""

_HELP = {
    "country": "recipient: its code, or any usual name",
    "program": "program: its code, its name, or a label of the reports",
    "region": "region: its name, or a usual one",
}
_USUAL = {"country": "CMR", "program": "IMET", "region": "africa"}
_USUAL_MEMBERS = ("KEN", "ETH", "UGA", "IMET", "CTFP", "INCLE")
_COMPARED = ("country", "program")


def years_with_data() -> tuple[int, ...]:
    """Return the fiscal years that have a file of activities, found by file names alone."""
    names = (re.fullmatch(r"fy(\d{4})\.parquet", path.name) for path in trainings_dir().glob("fy*.parquet"))
    return tuple(sorted(int(match[1]) for match in names if match))


def require_years() -> tuple[int, ...]:
    """Return the fiscal years with data; raises RequestError where there is none."""
    years = years_with_data()
    if not years:
        raise RequestError(
            f"no fiscal year has data: {trainings_dir()} holds no fy*.parquet; {without_data()}"
        )
    return years


def resolve(
    wanted: Sequence[str | Parameter], defaults: Mapping[str, Value], given: Mapping[str, Value]
) -> tuple[Parameter, ...]:
    """Return parameters as they are for the values asked for, that of the paper behind them.

    ``wanted`` are names of :data:`NAMES`, and parameters of a report's own. Raises RequestError where there is no data.
    """
    require_years()
    found: list[Parameter] = []
    for each in wanted:
        parameter = each if isinstance(each, Parameter) else _MAKERS[each](given, found, defaults.get(each))
        found.append(parameter)
    return (*found, PAPER)


def _subject(name: str) -> Callable[..., Parameter]:
    def make(given: Mapping[str, Value], before: Sequence[Parameter], default: Value | None) -> Parameter:
        known = _known(name)
        codes = tuple(subject.code for subject in known)
        usual = str(default or _USUAL[name])
        default_code = usual if usual in codes else codes[0]
        return Parameter(
            name,
            str,
            default_code,
            _HELP[name],
            choices=codes,
            names=_names(known),
            resolve=_resolver(name, known),
            listed_as=name if name in _COMPARED else "",
        )

    return make


def _fiscal_year(given: Mapping[str, Value], before: Sequence[Parameter], default: Value | None) -> Parameter:
    years = require_years()
    from milaid.tables.naming.years import resolve_fiscal_year

    parameter = Parameter(
        "fiscal_year",
        int,
        years[-1],
        "fiscal year of the report",
        choices=years,
        resolve=resolve_fiscal_year,
    )
    about = next((p for p in before if p.name in SUBJECTS), None)
    if about is not None:
        asked = about.find_code(str(given.get(about.name, about.default)))
        own = next((s.fiscal_years for s in _known(about.name) if s.code == asked), years)
        note = f"the newest year that lists the {about.name}"
        parameter = replace(parameter, choices=own, default=own[-1], default_note=note)
    if default in parameter.choices:
        parameter = replace(parameter, default=default, default_note="")
    return parameter


def _bounded(name: str, usual: int, help: str, minimum: int, maximum: int) -> Callable[..., Parameter]:
    def make(given: Mapping[str, Value], before: Sequence[Parameter], default: Value | None) -> Parameter:
        chosen = usual if default is None else default
        return Parameter(name, int, chosen, help, minimum=minimum, maximum=maximum)

    return make


def _compare(given: Mapping[str, Value], before: Sequence[Parameter], default: Value | None) -> Parameter:
    return Parameter("compare", str, default or _COMPARED[0], "what is compared", choices=_COMPARED)


def _members(given: Mapping[str, Value], before: Sequence[Parameter], default: Value | None) -> Parameter:
    compare = next((p for p in before if p.name == "compare"), None)
    asked = str(given.get("compare", compare.default if compare else _COMPARED[0])).strip().lower()
    compared = asked if asked in _COMPARED else _COMPARED[0]
    known = _known(compared)
    codes = tuple(subject.code for subject in known)
    named = [code for code in str(default or "").split(",") if code in codes]
    usual = named or [code for code in _USUAL_MEMBERS if code in codes][:3] or codes[:2]
    return Parameter(
        "members",
        str,
        ",".join(usual),
        "two to five of them, joined by commas: codes or names as in milaid params country or program",
        choices=codes,
        names=_names(known),
        several=(2, 5),
        resolve=_resolver(compared, known),
        listed_as=compared,
    )


_MAKERS: dict[str, Callable[..., Parameter]] = {
    **{name: _subject(name) for name in SUBJECTS},
    "compare": _compare,
    "members": _members,
    "fiscal_year": _fiscal_year,
    "lookback_years": _bounded(
        "lookback_years", 10, "years before the report year in charts over the years", *LOOKBACK_YEARS
    ),
    "top_n": _bounded("top_n", 10, "recipients, programs and courses shown in rankings", *TOP_N),
}
NAMES = tuple(_MAKERS)
"""The names of the parameters that are known here; one that depends on another stands behind it."""


def _known(name: str) -> tuple[ReportSubject, ...]:
    from milaid.tables import subjects

    return {
        subjects.RECIPIENT: subjects.recipients,
        subjects.PROGRAM: subjects.programs,
        subjects.REGION: subjects.regions,
    }[SUBJECTS[name]]()


def _resolver(name: str, known: Sequence[ReportSubject]) -> Callable[[str], Answer]:
    """Return what says which country, program or region a text means; ``known`` are those with activities."""
    from milaid.tables.naming.countries import resolve_country
    from milaid.tables.naming.programs import resolve_program
    from milaid.tables.naming.regions import resolve_region

    resolve = {"country": resolve_country, "program": resolve_program, "region": resolve_region}[name]
    return partial(resolve, listed=tuple(subject.named for subject in known))


def _names(known: Sequence[ReportSubject]) -> tuple[str, ...]:
    """Return what the codes stand for; a program has its name from programs.csv, "" where that lacks it."""
    from milaid.tables import state, subjects

    table = reference_dir() / "programs.csv"
    if not any(subject.kind == subjects.PROGRAM for subject in known):
        return tuple(subject.name for subject in known)
    programs = {row["code"]: row["name"] for row in state.read_rows(table)} if table.is_file() else {}
    return tuple(programs.get(subject.code, "") for subject in known)
