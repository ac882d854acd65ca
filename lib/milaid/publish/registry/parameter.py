"""One parameter of a report: its type, its allowed values, and how a given value is read.

This module imports nothing heavy, so that a wrong request ends at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from milaid.blocks.words import and_list
from milaid.tables.naming.bounds import whole_number
from milaid.tables.naming.choices import MOST_LISTED, Choices, Value
from milaid.tables.naming.forms import Answer


@dataclass(frozen=True)
class Parameter:
    """One parameter of a report.

    ``type`` is ``int`` or ``str``. ``choices`` are the allowed values, or ``minimum`` and ``maximum`` bound
    them; without these any value of the type is. With ``several`` a value is a list of that many choices, from least to most, joined by commas.
    ``names`` are what the choices stand for, in their order, where a code does not say it. ``resolve`` says what a text
    means that is none of the choices; its codes are choices. ``listed_as`` is the kind of report whose ``milaid params``
    lists the choices, where these are many. ``default_note`` stands
    for the default where it depends on another parameter. ``note_above`` is what more to say of a number above all choices. ``in_notebook`` is False for a parameter of the output,
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
    resolve: Callable[[str], Answer] | None = None
    listed_as: str = ""
    note_above: str = ""

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
        if self.choices:
            return self._choices.allowed
        if self.type is str:
            return "any text"
        match self.minimum, self.maximum:
            case None, None:
                return "any whole number"
            case low, None:
                return f"{low} or more"
            case None, high:
                return f"{high} or less"
        return f"{self.minimum} to {self.maximum}"

    @property
    def allowed_short(self) -> str:
        """The allowed values in words; of many only how many there are."""
        if len(self.choices) <= MOST_LISTED:
            return self.allowed
        number = f"{self.several[0]} to {self.several[1]}" if self.several else "one"
        return f"{number} of {len(self.choices)} codes"

    @property
    def sentence(self) -> str:
        """The help as a sentence."""
        return f"{self.help[:1].upper()}{self.help[1:]}."

    @cached_property
    def _choices(self) -> Choices:
        return Choices(self.name, self.choices, self.names, self.resolve, self.listed_as, self.several)

    def read(self, given: Value) -> Value:
        """Return a given value as the parameter's type; raises ValueError saying what is wrong."""
        if self.type is str or self.choices:
            return self._chosen(given)
        value = whole_number(self.name, self.find_code(str(given)), self.allowed)
        low, high = self.minimum, self.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            raise ValueError(f"{self.name}: {value} is not allowed; allowed: {self.allowed}")
        return value

    def _chosen(self, given: Value) -> Value:
        """Return the choice that is meant; of a number above all choices the message says more."""
        try:
            return self._choices.read(given)
        except ValueError as problem:
            code = self.find_code(str(given))
            if self.note_above and code.isdecimal() and int(code) > max(map(int, self.choices)):
                raise ValueError(f"{problem}; {self.note_above}") from problem
            raise

    def said(self, given: Value) -> list[str]:
        """Return what to say back of a value that was read: what its texts mean, where they do not say it."""
        return self._choices.said(given)

    def split(self, given: str) -> list[str]:
        """Return the texts of a list with commas; one may stand in a name."""
        return self._choices.split(given)

    def find_code(self, given: str) -> str:
        """Return the choice that is meant by its code, by its name, or by what :attr:`resolve` knows of it.

        Returns what was given where it means none.
        """
        return self._choices.find_code(given)

    def name_of(self, value: Value) -> str:
        """Return what a checked value stands for: its name, its names as a list, "" where it has none."""
        named = dict(zip(map(str, self.choices), self.names, strict=False))
        parts = str(value).split(",") if self.several else [str(value)]
        return and_list([named.get(part) or part for part in parts]) if named else ""
