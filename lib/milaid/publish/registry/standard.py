"""The parameters that several kinds of reports share, by name, with what the data allow.

Recipients and programs are looked up only for the reports on them, and nothing heavy is imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from milaid.errors import RequestError
from milaid.paths import trainings_dir, without_data
from milaid.publish.registry.parameter import Parameter, Value
from milaid.tables import added_years
from milaid.tables.digests import once_a_look, require_as_built
from milaid.tables.naming.bounds import LOOKBACK_YEARS, TOP_N

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


@once_a_look
def years_with_data() -> tuple[int, ...]:
    """Return the fiscal years that have a file of activities, found by file names alone."""
    names = (re.fullmatch(r"fy(\d{4})\.parquet", path.name) for path in trainings_dir().glob("fy*.parquet"))
    return tuple(sorted(int(match[1]) for match in names if match))


def require_years() -> tuple[int, ...]:
    """Return the fiscal years with data; RequestError where there is none, DataError where they are not as built."""
    require_as_built()
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


def with_years_of_aid(found: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Return parameters whose fiscal year may also be one of which only an added table of aid says something.

    Where there is no such table, a later year is refused with what would add it.
    """
    return tuple(_with_years_of_aid(each) if each.name == "fiscal_year" else each for each in found)


def _with_years_of_aid(parameter: Parameter) -> Parameter:
    from milaid.tables.naming.years import year_choices

    alone = added_years.aid_alone()
    if not alone:
        return replace(parameter, note_above=added_years.ADVICE)
    years = (*(int(choice) for choice in parameter.choices), *alone)
    return replace(parameter, choices=years, resolve=year_choices(years).resolve)


def _subject(name: str) -> Callable[..., Parameter]:
    def make(given: Mapping[str, Value], before: Sequence[Parameter], default: Value | None) -> Parameter:
        from milaid.tables.asked import subject_choices

        found = subject_choices(name)
        usual = str(default or _USUAL[name])
        default_code = usual if usual in found.of else found.of[0]
        return Parameter(
            name,
            str,
            default_code,
            _HELP[name],
            choices=found.of,
            names=found.names,
            resolve=found.resolve,
            listed_as=found.listed_as,
        )

    return make


def _fiscal_year(given: Mapping[str, Value], before: Sequence[Parameter], default: Value | None) -> Parameter:
    years = require_years()
    from milaid.tables.naming.years import year_choices

    parameter = Parameter(
        "fiscal_year",
        int,
        years[-1],
        "fiscal year of the report",
        choices=years,
        resolve=year_choices(years).resolve,
    )
    about = next((p for p in before if p.name in SUBJECTS), None)
    if about is not None:
        from milaid.tables.asked import known_subjects

        asked = about.find_code(str(given.get(about.name, about.default)))
        own = next((s.fiscal_years for s in known_subjects(about.name) if s.code == asked), years)
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
    from milaid.tables.asked import member_choices

    found = member_choices(compared)
    named = [code for code in str(default or "").split(",") if code in found.of]
    usual = (
        named or [code for code in _USUAL_MEMBERS if code in found.of][:3] or [str(c) for c in found.of[:2]]
    )
    return Parameter(
        "members",
        str,
        ",".join(usual),
        "two to five of them, joined by commas: codes or names as in milaid params country or program",
        choices=found.of,
        names=found.names,
        several=found.several,
        resolve=found.resolve,
        listed_as=found.listed_as,
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
