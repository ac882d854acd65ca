"""One parameter of a report: its type, its allowed values, and how a given value is read.

This module imports nothing heavy, so that a wrong request ends at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from milaid import fiscal, spelling
from milaid.blocks.words import and_list

Value = int | str
_MOST_LISTED = 60
"""Choices that are listed in a message; more are left to ``milaid params``."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a report.

    ``type`` is ``int`` or ``str``. ``choices`` are the allowed values, or ``minimum`` and ``maximum`` bound
    them; without these any value of the type is. With ``several`` a value is a list of that many choices, from least to most, joined by commas.
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
        if len(self.choices) <= _MOST_LISTED:
            return self.allowed
        number = f"{self.several[0]} to {self.several[1]}" if self.several else "one"
        return f"{number} of {len(self.choices)} codes"

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
        return self._within(self.find_code(str(given)))

    def _list(self, given: str, least: int, most: int) -> str:
        parts = [self.find_code(part) for part in given.split(",") if part.strip()]
        for part in parts:
            self._within(part)
        if len(set(parts)) != len(parts):
            raise ValueError(f"{self.name}: {given!r} names one twice")
        if not least <= len(parts) <= most:
            raise ValueError(
                f"{self.name}: {given!r} names {len(parts)}; allowed: {least} to {most}, joined by commas"
            )
        return ",".join(parts)

    def find_code(self, given: str) -> str:
        """Return the choice that is meant by its code, or by its name in any case, with or without accents.

        Returns what was given where it means none.
        """
        # A code wins over a name that reads like it.
        codes = {str(choice).lower(): str(choice) for choice in self.choices}
        meant = given.strip().lower()
        if meant in codes or not self.names:
            return codes.get(meant, given.strip())
        named = {_plain(name): str(code) for name, code in zip(self.names, self.choices, strict=True) if name}
        return named.get(_plain(meant), given.strip())

    def name_of(self, value: Value) -> str:
        """Return what a checked value stands for: its name, its names as a list, "" where it has none."""
        named = dict(zip(map(str, self.choices), self.names, strict=False))
        parts = str(value).split(",") if self.several else [str(value)]
        return and_list([named.get(part) or part for part in parts]) if named else ""

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
        shown = {str(choice): repr(str(choice)) for choice in self.choices}
        for code, name in zip(map(str, self.choices), self.names, strict=False):
            if name:
                shown[name] = shown[code] = f"{code!r} ({name})"
        near = dict.fromkeys(shown[spelled] for spelled in spelling.nearest(value, shown))
        return spelling.did_you_mean(list(near))


def _plain(name: str) -> str:
    """Return a name as it is compared: without accents, capitals and apostrophes."""
    from milaid.tables.subjects import slug

    return slug(re.sub("['’]", "", name))


def ranges(numbers: Iterable[int]) -> str:
    """Return whole numbers with runs drawn together: ``1999, 2007 to 2020``."""
    return ", ".join(
        str(first) if first == last else f"{first} to {last}" for first, last in fiscal.runs(numbers)
    )
