"""What is asked for, read at the door: names, years and columns as people write them; all problems in one message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from numbers import Integral

from milaid import fiscal
from milaid.errors import RequestError, list_problems
from milaid.spelling import hint_or_known
from milaid.tables import subjects
from milaid.tables.naming.answers import wrong
from milaid.tables.naming.countries import PRINTED, known_countries, resolve_country
from milaid.tables.naming.departments import DEPARTMENTS, resolve_department
from milaid.tables.naming.forms import Answer, Found, Named
from milaid.tables.naming.lists import split_names
from milaid.tables.naming.programs import resolve_program
from milaid.tables.naming.reading import rows_of
from milaid.tables.naming.regions import resolve_region
from milaid.tables.naming.years import resolve_fiscal_year
from milaid.tables.recipient_codes import OWN_CODE
from milaid.tables.schemas_trainings import STATUSES

Names = str | Iterable[str] | None
"""One name, several, or None for all: as people write them."""
Years = int | str | Iterable[int | str] | None
"""A fiscal year, several, a range, ``"2010-2020"``, ``"FY2014"``, the edition ``"2014-2015"``, or None for all."""
_NO_TRAINING = "for which no training is listed"
_SPAN = re.compile(r"(?:fy)?\s*(\d{4})\s*(?:-|–|—|:|to|\.\.)\s*(?:fy)?\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What was asked for: values by column, the fiscal years (None for all), and both in words.

    ``departments`` are the codes of those asked for, none for all: which one funds an activity is no column of it alone.
    ``said`` is what was understood by names and years where they do not say it themselves.
    """

    where: Mapping[str, tuple[str, ...]]
    years: tuple[int, ...] | None
    filters: Mapping[str, str]
    said: tuple[str, ...]
    departments: tuple[str, ...] = ()

    @property
    def whose(self) -> str:
        """The recipients, regions or programs that were asked for, to follow "of"; "" for all."""
        return ", ".join(
            value for name, value in self.filters.items() if name in ("country", "region", "program")
        )


@dataclass
class Door:
    """Reads one call of the API; what is wrong with it is gathered, and told by :meth:`close`."""

    call: str
    problems: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    filters: dict[str, str] = field(default_factory=dict)
    departments: tuple[str, ...] = ()
    chosen_years: tuple[int, ...] | None = None
    absent: str = _NO_TRAINING

    def names(
        self, name: str, given: str | Iterable[str], values: Mapping[str, str], resolve: Callable
    ) -> dict[str, str]:
        """Read names of an argument; ``values`` has what is allowed by code: returned are those of them that are named."""
        found: dict[str, str] = {}
        for text in _texts(given, lambda one: isinstance(resolve(one), Found)):
            answer: Answer = resolve(text)
            if problem := wrong(text, answer, values):
                self.problems.append(f"{name}: {problem.replace(_NO_TRAINING, self.absent)}")
            elif isinstance(answer, Found):
                found[answer.code] = values[answer.code]
                self.said += [answer.said] if answer.said else []
        if not found and not self.problems:
            self.problems.append(f"{name}: nothing is named; leave it out for all")
        self.filters[name] = ", ".join(found.values())
        return found

    def country_at_once(self, given: Names) -> bool:
        """Read one recipient that is named by its code or its name in the reports, without all other forms; False for others.

        Whether there is training of it, the rows say.
        """
        named = {
            row[key]: row["recipient"]
            for key in ("recipient", "iso3")
            for row in rows_of(PRINTED[0])
            if row[key]
        }
        alone = {row["iso3"] for row in rows_of(PRINTED[0]) if row["kind"] not in OWN_CODE}
        if not isinstance(given, str) or given not in named or given in alone:
            return False
        self.where["recipient"] = (named[given],)
        self.filters["country"] = named[given]
        return True

    def country(self, given: Names, column: str = "recipient") -> None:
        """Read recipients of training."""
        if given is None:
            return
        known = subjects.recipients()
        listed = tuple(each.named for each in known)
        values = {each.code: each.name for each in known}
        found = self.names("country", given, values, lambda text: resolve_country(text, listed))
        self.where[column] = tuple(found.values())

    def recipient_of(self, given: Names, column: str, names: Iterable[str]) -> None:
        """Read recipients of another table, which has these display names."""
        if given is None:
            return
        listed = tuple(each.named for each in subjects.recipients())
        there = set(names)
        self.absent = "which this table does not have"
        values = {each.code: each.name for each in known_countries(listed).things if each.name in there}
        found = self.names("country", given, values, lambda text: resolve_country(text, listed))
        self.where[column] = tuple(found.values())

    def region(self, given: Names, column: str = "region_harmonised") -> None:
        """Read regions."""
        if given is None:
            return
        known = subjects.regions()
        listed = tuple(each.named for each in known)
        values = {each.code: each.name for each in known}
        found = self.names("region", given, values, lambda text: resolve_region(text, listed))
        self.where[column] = tuple(found.values())

    def program(self, given: Names) -> None:
        """Read programs."""
        if given is None:
            return
        known = subjects.programs()
        listed = tuple(Named(each.code, each.code) for each in known)
        values = {each.code: each.code for each in known}
        found = self.names("program", given, values, lambda text: resolve_program(text, listed))
        self.where["program"] = tuple(found)

    def department(self, given: Names) -> None:
        """Read departments."""
        if given is not None:
            self.departments = tuple(self.names("department", given, DEPARTMENTS, resolve_department))

    def status(self, given: str | None) -> None:
        """Read whether activities are done or planned; None is both."""
        if given is None:
            return
        if given not in STATUSES:
            self.problems.append(
                f"status: {given!r} is not allowed{hint_or_known(str(given), STATUSES)}; None is both"
            )
        self.where["status"] = (given,)
        self.filters["status"] = given

    def years(self, given: Years, known: Iterable[int]) -> None:
        """Read fiscal years; of a span those that have data, of years named one by one each must have."""
        there = sorted(set(known))
        if given is None:
            return
        spans = isinstance(given, range)
        wanted: set[int] = set()
        for each in [given] if isinstance(given, str | int | Integral) else given:
            for one, of_span in self._years_of(each):
                if one in there:
                    wanted.add(one)
                elif not (of_span or spans):
                    self._no_data(each, there)
        if not wanted and not self.problems:
            self._no_data(given, there)
        self.chosen_years = tuple(sorted(wanted))
        self.filters["years"] = fiscal.spans(wanted)

    def _no_data(self, given: object, there: list[int]) -> None:
        data = fiscal.spans(there) or "none"
        self.problems.append(f"years: {given!r} has no data; there are {data}")

    def _years_of(self, given: object) -> Iterator[tuple[int, bool]]:
        """Yield the years that one value means, and whether it is a span."""
        parts = str(given).split(",") if isinstance(given, str) else [str(given)]
        for text in filter(str.strip, parts):
            answer = resolve_fiscal_year(text)
            if isinstance(answer, Found):
                self.said += [answer.said] if answer.said else []
                yield int(answer.code), False
            elif match := _SPAN.fullmatch(text.strip()):
                yield from ((year, True) for year in range(int(match[1]), int(match[2]) + 1))
            else:
                self.problems.append(
                    f"years: {given!r} is no fiscal year; write 2014, range(2010, 2021), '2010-2020' or 'FY2014'"
                )

    def one_of(self, name: str, given: object, allowed: Iterable[str]) -> None:
        """Read a word that must be one of some."""
        allowed = list(allowed)
        if given not in allowed:
            self.problems.append(f"{name}: {given!r} is not allowed{hint_or_known(str(given), allowed)}")

    def close(self) -> Asked:
        """Return what was asked for; raises RequestError with all that is wrong."""
        if self.problems:
            raise RequestError(list_problems(f"{self.call} cannot be answered as asked:", self.problems))
        return Asked(
            dict(self.where),
            self.chosen_years,
            dict(self.filters),
            tuple(dict.fromkeys(self.said)),
            self.departments,
        )


def _texts(given: str | Iterable[str], means_one: Callable[[str], bool]) -> list[str]:
    if isinstance(given, str):
        return [given] if means_one(given) else split_names(given, means_one)
    return [str(each) for each in given]
