"""One parameter of a report: its type, its allowed values, and how a given value is read.

This module imports nothing heavy, so that a wrong request ends at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from milaid import fiscal, spelling
from milaid.blocks.words import and_list
from milaid.tables.naming.answers import wrong
from milaid.tables.naming.bounds import whole_number
from milaid.tables.naming.forms import Answer, Found, key
from milaid.tables.naming.lists import split_names

Value = int | str
_MOST_LISTED = 60
"""Choices that are listed in a message; more are left to ``milaid params``."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a report.

    ``type`` is ``int`` or ``str``. ``choices`` are the allowed values, or ``minimum`` and ``maximum`` bound
    them; without these any value of the type is. With ``several`` a value is a list of that many choices, from least to most, joined by commas.
    ``names`` are what the choices stand for, in their order, where a code does not say it. ``resolve`` says what a text
    means that is none of the choices; its codes are choices. ``listed_as`` is the kind of report whose ``milaid params``
    lists the choices, where these are many. ``default_note`` stands
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
    resolve: Callable[[str], Answer] | None = None
    listed_as: str = ""

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
            return self._within(whole_number(self.name, self.find_code(str(given)), self.allowed))
        if self.several:
            return self._list(str(given), *self.several)
        return self._one(str(given))

    def said(self, given: Value) -> list[str]:
        """Return what to say back of a value that was read: what its texts mean, where they do not say it."""
        texts = self.split(str(given)) if self.several else [str(given)]
        answers = [self.resolve(text) for text in texts if not self._as_written(text)] if self.resolve else []
        return [answer.said for answer in answers if isinstance(answer, Found) and answer.said]

    def _one(self, text: str) -> Value:
        code = self.find_code(text)
        if code not in self.choices and self.resolve and text.strip():
            raise ValueError(f"{self.name}: {self._wrong(text)}")
        return self._within(code)

    def _each(self, texts: Iterable[str]) -> list[str]:
        """Return the choices that texts mean; raises one ValueError with all that is wrong."""
        found, problems = [], []
        for text in texts:
            try:
                found.append(str(self._one(text)))
            except ValueError as problem:
                problems.append(str(problem).removeprefix(f"{self.name}: "))
        if problems:
            raise ValueError(f"{self.name}: {'; '.join(problems)}")
        return found

    def _wrong(self, text: str) -> str:
        """Return what is wrong with a text that means none of the choices, and where these are listed."""
        said = (
            wrong(text, self.resolve(text), [str(choice) for choice in self.choices]) if self.resolve else ""
        )
        if "; " in said:
            return said
        if self.listed_as:
            return f"{said}; milaid params {self.listed_as} lists what is"
        return f"{said}; allowed: {self.allowed}"

    def _list(self, given: str, least: int, most: int) -> str:
        parts = self._each(self.split(given))
        if len(set(parts)) != len(parts):
            raise ValueError(f"{self.name}: {given!r} names one twice")
        if not least <= len(parts) <= most:
            raise ValueError(
                f"{self.name}: {given!r} names {len(parts)}; allowed: {least} to {most}, joined by commas"
            )
        return ",".join(parts)

    def split(self, given: str) -> list[str]:
        """Return the texts of a list with commas; one may stand in a name."""
        return split_names(given, lambda text: self.find_code(text) in self.choices)

    def find_code(self, given: str) -> str:
        """Return the choice that is meant by its code, by its name, or by what :attr:`resolve` knows of it.

        Returns what was given where it means none.
        """
        if written := self._as_written(given):
            return written
        answer = self.resolve(given) if self.resolve else None
        return answer.code if isinstance(answer, Found) and self._has(answer.code) else given.strip()

    def _has(self, code: str) -> bool:
        return self.type is int or code in self.choices

    def _as_written(self, given: str) -> str:
        """Return the choice whose code or name a text is, in any case, with or without accents; "" for none."""
        # A code wins over a name that reads like it.
        codes = {str(choice).lower(): str(choice) for choice in self.choices}
        meant = given.strip().lower()
        if meant in codes or not self.names:
            return codes.get(meant, "")
        named = {key(name): str(code) for name, code in zip(self.names, self.choices, strict=True) if name}
        return named.get(key(meant), "")

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
                shown[name] = shown[code] = f"{name} ({code})"
        near = dict.fromkeys(shown[spelled] for spelled in spelling.nearest(value, shown))
        return spelling.did_you_mean(list(near))


def ranges(numbers: Iterable[int]) -> str:
    """Return whole numbers with runs drawn together: ``1999, 2007 to 2020``."""
    return ", ".join(
        str(first) if first == last else f"{first} to {last}" for first, last in fiscal.runs(numbers)
    )
