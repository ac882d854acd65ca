"""A kind of report as one entry: what it is called, where its notebook and its files lie, what it is asked.

Everything else follows from the entry: options of the command line, keys of the plan, lists and links of the site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from string import Formatter

from milaid.paths import notebooks_dir
from milaid.publish.registry import standard
from milaid.publish.registry.parameter import Parameter, Value
from milaid.spelling import hint_or_known
from milaid.tables import added_years

PART_OF_PLACE = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
_VALUES = {"fiscal_year": r"\d{4}"}
RESERVED = ("paper", "set", "settings", "format", "formats", "out", "out_dir", "help")
"""Names that options of the command line have already."""
_KIND = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PLACE = re.compile(rf"{PART_OF_PLACE}(?:/[A-Za-z0-9{{}}_-]+)?")


@dataclass(frozen=True)
class Report:
    """One kind of report.

    ``kind`` names it in commands and plans, ``title`` says what one of them is. The index lists them under
    ``heading`` with the sentence ``lead``; one that stands alone is introduced by its own front there. ``plural`` is
    what the way back on a page calls them. ``notebook`` lies in notebooks/ unless it is a whole path. ``place`` is
    where the files lie below reports/, without suffix, with parameters in braces: ``country/{country}``; without a
    folder there is one report of the kind.
    ``parameters`` are names of :mod:`milaid.publish.registry.standard` and parameters of its own, in the order in
    which they are listed; ``defaults`` stand for their usual defaults. ``brief`` are keys of exhibits in the order in
    which its brief would have them: it shows the first two figures and the first table of them that the report shows.
    A kind that names none has no brief. ``aid_notebook`` makes the report of a fiscal year of which only an added table of
    aid says something (:mod:`milaid.tables.added_years`); a kind without one has no such years.
    """

    kind: str
    title: str
    notebook: str | Path
    place: str
    parameters: tuple[str | Parameter, ...] = ()
    heading: str = ""
    lead: str = ""
    plural: str = ""
    defaults: Mapping[str, Value] = field(default_factory=dict)
    brief: tuple[str, ...] = ()
    aid_notebook: str = ""

    def find_parameters(self, given: Mapping[str, Value] | None = None) -> tuple[Parameter, ...]:
        """Return the parameters for the values asked for; RequestError where there is no data.

        The values matter because a country has rows in some years only.
        """
        found = standard.resolve(self.parameters, self.defaults, given or {})
        return standard.with_years_of_aid(found) if self.aid_notebook else found

    def for_values(self, values: Mapping[str, Value]) -> Report:
        """Return the entry that makes the report of checked values: itself, or with the notebook of a year of aid alone."""
        alone = self.aid_notebook and values.get("fiscal_year") in added_years.aid_alone()
        return replace(self, notebook=self.aid_notebook) if alone else self

    @property
    def notebook_path(self) -> Path:
        """The notebook of the report."""
        return notebooks_dir() / self.notebook

    def own_files(self) -> tuple[Path, ...]:
        """Return its notebook, and the modules beside a notebook that is not the suite's: its cells may import them."""
        path = self.notebook_path
        modules = sorted(path.parent.glob("*.py")) if Path(self.notebook).is_absolute() else []
        return (path, *modules)

    @property
    def folder(self) -> str:
        """The folder of its files below reports/, "" where there is one report of the kind."""
        return self.place.rpartition("/")[0]

    @property
    def listed_as(self) -> str:
        """The heading of its list on the index."""
        return self.heading or self.title

    @property
    def several(self) -> str:
        """What more than one of them are called."""
        return self.plural or self.listed_as

    @property
    def fields(self) -> tuple[str, ...]:
        """The parameters that its place names."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.place) if name is not None)

    @property
    def subject(self) -> str:
        """The parameter that says which recipient, program or region it is about, "" where there is none."""
        return next((name for name in self.fields if name in standard.SUBJECTS), "")

    @property
    def by_year(self) -> bool:
        """Whether there is one report a fiscal year."""
        return self.fields == ("fiscal_year",)

    @property
    def problems(self) -> list[str]:
        """What is wrong with the entry itself, [] for nothing."""
        found = [f"{name}: is missing" for name in ("kind", "title", "place") if not getattr(self, name)]
        if self.kind and not _KIND.fullmatch(self.kind):
            found.append(f"kind: {self.kind!r} is no name; small letters, digits and hyphens may stand in it")
        found += [
            f"parameters: {name!r} is none that reports share{hint_or_known(name, standard.NAMES)}"
            for name in self.parameters
            if isinstance(name, str) and name not in standard.NAMES
        ]
        found += [
            f"parameters: {name!r} is the name of an option that every report has"
            for name in self._names
            if name in RESERVED
        ]
        return found + (self._problems_of_place() if self.place else [])

    @property
    def _names(self) -> list[str]:
        return [p if isinstance(p, str) else p.name for p in self.parameters]

    def _problems_of_place(self) -> list[str]:
        try:
            fields = self.fields
        except ValueError as error:
            return [f"place: {self.place!r}: {error}"]
        found = [
            f"place: {{{name}}} is no parameter of the report{hint_or_known(name, self._names)}"
            for name in fields
            if name not in self._names
        ]
        if not _PLACE.fullmatch(self.place) or "{" in self.place.partition("/")[0]:
            found.append(f"place: {self.place!r} has not the form 'name' or 'folder/{{parameter}}'")
        elif self.folder and not fields:
            found.append(
                f"place: {self.place!r} names no parameter, so that all reports would lie at one place"
            )
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = []
        for text, name, _, _ in Formatter().parse(self.place):
            parts.append(re.escape(text))
            if name is not None:
                parts.append(f"(?P<{name}>{_VALUES.get(name, PART_OF_PLACE)})")
        return re.compile("".join(parts))

    def values_in(self, place: str) -> dict[str, str]:
        """Return the values of parameters that a place names; none where a plan gave it a name of its own."""
        match = self._pattern.fullmatch(place)
        return match.groupdict() if match else {}

    def has(self, place: str) -> bool:
        """Return whether the files of a report of this kind may lie at a place."""
        folder, _, name = place.rpartition("/")
        if not self.folder:
            return place == self.place
        return folder == self.folder and bool(name)

    def may_link_to(self, place: str) -> bool:
        """Return whether a place has the form of one of this kind: its usual one, or a name from a plan."""
        if not self.folder or self.by_year:
            return self._pattern.fullmatch(place) is not None
        return re.fullmatch(f"{re.escape(self.folder)}/{PART_OF_PLACE}", place) is not None


@dataclass(frozen=True)
class Request:
    """A checked request: ``values`` for the notebook, ``output`` for what is made of it.

    ``slug`` stands for the last part of the place where another than that of the parameters is wanted. ``said`` is what
    to say back of what was asked for: what was understood by names and years, where they do not say it themselves.
    """

    report: Report
    values: dict[str, Value]
    output: dict[str, Value]
    slug: str = ""
    said: tuple[str, ...] = field(default=(), compare=False)

    @property
    def place(self) -> str:
        """Where the files of the report lie below reports/, without suffix: ``annual/2014``."""
        if self.slug:
            return "/".join(filter(None, (self.report.folder, self.slug)))
        shown = {name: str(value).replace(",", "-") for name, value in self.values.items()}
        return self.report.place.format(**shown)

    @property
    def words(self) -> str:
        """The request in words, for messages: ``annual report (fiscal_year = 2014, top_n = 10)``."""
        given = ", ".join(f"{name} = {value}" for name, value in self.values.items())
        return f"{self.report.kind} report{given and f' ({given})'}"
