"""What part of the tables a report is about, and how its sentences name that part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd

from milaid.exhibits.articles import region_name
from milaid.tables import asked, store, subjects

WORLD, REGION, RECIPIENT, PROGRAM = "world", subjects.REGION, subjects.RECIPIENT, subjects.PROGRAM
_COLUMNS = {REGION: "region_harmonised", RECIPIENT: "recipient", PROGRAM: "program"}
_AID_COLUMNS = {REGION: "region_harmonised", RECIPIENT: "recipient_harmonised"}


@dataclass(frozen=True)
class Scope:
    """All of the tables (``world``), or the rows of one region, recipient or program.

    ``code`` is that of :class:`milaid.tables.subjects.ReportSubject`, ``name`` what is shown, ``label`` the short
    name for charts and headings.
    """

    kind: str = WORLD
    code: str = ""
    name: str = ""
    label: str = ""

    @property
    def is_world(self) -> bool:
        """Whether nothing is left out."""
        return self.kind == WORLD

    @property
    def phrase(self) -> str:
        """Return what to add to "participants": "" for the world, `` from Africa``, `` from Cameroon``, `` under IMET``."""
        if self.is_world:
            return ""
        return f" under {self.label}" if self.kind == PROGRAM else f" from {self.in_sentence}"

    @property
    def in_sentence(self) -> str:
        """Return the name as it stands in a sentence: ``Cameroon``, ``the Bahamas``, ``the Near East``."""
        if self.kind == RECIPIENT and self.name == subjects.NOT_STATED:
            return "a recipient that is not stated"
        return region_name(self.name)

    @property
    def training(self) -> str:
        """Return the training of this part, to begin a sentence: ``Training of participants from Cameroon``."""
        if self.kind in (REGION, RECIPIENT):
            return f"Training of participants{self.phrase}"
        return f"Training{self.phrase}"

    @property
    def on(self) -> str:
        """Return what to add to rows or activities: `` on Cameroon``, `` under IMET``; "" for the world."""
        return self.phrase.replace(" from ", " on ", 1)

    @property
    def part(self) -> str:
        """Return what to add behind a comma to what is not participants: ``, Africa``; "" for the world."""
        return "" if self.is_world else f", {self.label}"

    @property
    def subtitle(self) -> str:
        """Return whose numbers a subtitle speaks of: ``all recipients``, ``Africa``, ``Cameroon``, ``IMET``."""
        return "all recipients" if self.is_world else self.label

    @property
    def whole(self) -> str:
        """Return what shares are of, to follow "of": ``all``, ``all from Africa``, ``all under IMET``."""
        return f"all{self.phrase}"

    def trainings(self, activities: pd.DataFrame) -> pd.DataFrame:
        """Return the activities of this part; ``schemas.TRAININGS`` in and out."""
        if self.is_world:
            return activities
        return activities[activities[_COLUMNS[self.kind]] == self.value].reset_index(drop=True)

    def aid(self, aid: pd.DataFrame) -> pd.DataFrame:
        """Return the aid of a region or recipient; all of it for the world and for a program."""
        column = _AID_COLUMNS.get(self.kind)
        return aid if column is None else aid[aid[column] == self.value].reset_index(drop=True)

    def totals(self, totals: pd.DataFrame) -> pd.DataFrame:
        """Return the printed totals of programs and countries that are of this part (``schemas.TRAININGS_TOTALS``)."""
        if self.is_world:
            return totals
        if self.kind == PROGRAM:
            labels = store.load_program_labels()
            printed = labels.loc[labels["code"] == self.code, "printed"]
            return totals[totals["program_printed"].isin(printed)]
        countries = store.load_countries()
        column = "region" if self.kind == REGION else "recipient"
        printed = countries.loc[countries[column] == self.name, "printed"]
        return totals[totals["country"].isin(printed)]

    def series_breaks(self, breaks: pd.DataFrame) -> pd.DataFrame:
        """Return the breaks that concern this part: those of all regions and, but for a recipient, of its region.

        A break of a region is that recipients of it came or went, which leaves the series of any one recipient whole.
        """
        named = breaks["region"].notna()
        if self.kind == REGION:
            return breaks[~named | (breaks["region"] == self.name)]
        return breaks[~named] if self.kind == RECIPIENT else breaks

    def events(self, events: pd.DataFrame) -> pd.DataFrame:
        """Return the events that charts of this part mark (``schemas.EVENTS``): those of all, and its own."""
        own = {"all", self.code if self.kind == RECIPIENT else self.name if self.kind == REGION else WORLD}
        return events[[not own.isdisjoint(named.split("; ")) for named in events["concerns"]]]

    @property
    def column(self) -> str:
        """Return the column of activities that says which part they belong to; "" for the world."""
        return _COLUMNS.get(self.kind, "")

    @property
    def value(self) -> str:
        """Return what :attr:`column` holds for this part; "" for the world."""
        return self.code if self.kind == PROGRAM else self.name


EVERYTHING = Scope()


def region(name: str) -> Scope:
    """Return the scope of a region by its code, such as ``africa``, or a usual name; RequestError for others."""
    found = _find("region", name)
    return Scope(REGION, found.code, found.name, found.name)


def recipient(name: str) -> Scope:
    """Return the scope of a recipient by its code, such as ``CMR``, or any usual name; RequestError for others."""
    found = _find("country", name)
    label = "recipient not stated" if found.name == subjects.NOT_STATED else found.name
    return Scope(RECIPIENT, found.code, found.name, label)


def program(name: str) -> Scope:
    """Return the scope of a program by its code, such as ``IMET``, its name or a label; RequestError for others."""
    found = _find("program", name)
    row = store.load_programs().set_index("code").loc[found.code]
    return Scope(PROGRAM, found.code, str(row["name"]), str(row["label"]))


def _find(kind: str, name: str) -> subjects.ReportSubject:
    """Return what a name means; RequestError says what is near, or may be meant, and where all are listed."""
    choices = asked.subject_choices(kind)
    (code,) = asked.read([(partial(asked.read_aloud, choices), name)])
    return next(subject for subject in asked.known_subjects(kind) if subject.code == code)
