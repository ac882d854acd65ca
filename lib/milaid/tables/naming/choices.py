"""What a parameter may be, and how a given value is read as that: by the command line, a plan and a notebook alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from milaid import fiscal, spelling
from milaid.tables.naming.answers import wrong
from milaid.tables.naming.bounds import whole_number
from milaid.tables.naming.forms import Answer, Found, key
from milaid.tables.naming.lists import split_names

Value = int | str
MOST_LISTED = 60
"""Choices that are listed in a message; more are left to ``milaid params``."""


@dataclass(frozen=True)
class Choices:
    """The values that a parameter of this name may have: whole numbers or codes; ``of`` is empty where any text may be.

    With ``several`` a value is a list of that many choices, from least to most, joined by commas. ``names`` are what the
    choices stand for, in their order, where a code does not say it. ``resolve`` says what a text means that is none of
    the choices; its codes are choices. ``listed_as`` is the kind of report whose ``milaid params`` lists the choices,
    where these are many.
    """

    name: str
    of: tuple[Value, ...] = ()
    names: tuple[str, ...] = ()
    resolve: Callable[[str], Answer] | None = None
    listed_as: str = ""
    several: tuple[int, int] | None = None

    @property
    def are_numbers(self) -> bool:
        """Whether the choices are whole numbers."""
        return bool(self.of) and isinstance(self.of[0], int)

    @property
    def allowed(self) -> str:
        """The choices in words."""
        if self.are_numbers:
            return ranges(int(choice) for choice in self.of)
        listed = ", ".join(str(choice) for choice in self.of)
        return f"{self.several[0]} to {self.several[1]} of {listed}" if self.several else listed

    def read(self, given: object) -> Value:
        """Return the choice that is meant by a given value; raises ValueError saying what is wrong."""
        text = str(given)
        if self.are_numbers:
            return self._within(whole_number(self.name, self.find_code(text), self.allowed))
        return self._list(text, *self.several) if self.several else self._one(text)

    def said(self, given: object) -> list[str]:
        """Return what to say back of a value that was read: what its texts mean, where they do not say it."""
        texts = self.split(str(given)) if self.several else [str(given)]
        answers = [self.resolve(text) for text in texts if not self._as_written(text)] if self.resolve else []
        return [answer.said for answer in answers if isinstance(answer, Found) and answer.said]

    def split(self, given: str) -> list[str]:
        """Return the texts of a list with commas; one may stand in a name."""
        return split_names(given, lambda text: self.find_code(text) in self.of)

    def find_code(self, given: str) -> str:
        """Return the choice that is meant by its code, by its name, or by what :attr:`resolve` knows of it.

        Returns what was given where it means none.
        """
        if written := self._as_written(given):
            return written
        answer = self.resolve(given) if self.resolve else None
        known = isinstance(answer, Found) and (self.are_numbers or answer.code in self.of)
        return answer.code if known and isinstance(answer, Found) else given.strip()

    def _as_written(self, given: str) -> str:
        """Return the choice whose code or name a text is, in any case, with or without accents; "" for none."""
        # A code wins over a name that reads like it.
        codes = {str(choice).lower(): str(choice) for choice in self.of}
        meant = given.strip().lower()
        if meant in codes or not self.names:
            return codes.get(meant, "")
        named = {key(name): str(code) for name, code in zip(self.names, self.of, strict=True) if name}
        return named.get(key(meant), "")

    def _one(self, text: str) -> Value:
        code = self.find_code(text)
        if code not in self.of and self.resolve and text.strip():
            raise ValueError(f"{self.name}: {self._wrong(text, self.resolve(text))}")
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

    def _list(self, given: str, least: int, most: int) -> str:
        parts = self._each(self.split(given))
        if len(set(parts)) != len(parts):
            raise ValueError(f"{self.name}: {given!r} names one twice")
        if not least <= len(parts) <= most:
            raise ValueError(
                f"{self.name}: {given!r} names {len(parts)}; allowed: {least} to {most}, joined by commas"
            )
        return ",".join(parts)

    def _wrong(self, text: str, answer: Answer) -> str:
        """Return what is wrong with a text that means none of the choices, and where these are listed."""
        said = wrong(text, answer, [str(choice) for choice in self.of])
        if "; " in said:
            return said
        if self.listed_as:
            return f"{said}; milaid params {self.listed_as} lists what is"
        return f"{said}; allowed: {self.allowed}"

    def _within(self, value: Value) -> Value:
        if self.of and value not in self.of:
            allowed = f"allowed: {self.allowed}" if len(self.of) <= MOST_LISTED else "see milaid params"
            raise ValueError(f"{self.name}: {value!r} is not allowed; {allowed}{self._nearest(value)}")
        return value

    def _nearest(self, value: Value) -> str:
        if isinstance(value, int):
            nearest = min((int(choice) for choice in self.of), key=lambda choice: abs(choice - value))
            return f"; the nearest is {nearest}"
        shown = {str(choice): repr(str(choice)) for choice in self.of}
        for code, name in zip(map(str, self.of), self.names, strict=False):
            if name:
                shown[name] = shown[code] = f"{name} ({code})"
        near = dict.fromkeys(shown[spelled] for spelled in spelling.nearest(str(value), shown))
        return spelling.did_you_mean(list(near))


def ranges(numbers: Iterable[int]) -> str:
    """Return whole numbers with runs drawn together: ``1999, 2007 to 2020``."""
    return ", ".join(
        str(first) if first == last else f"{first} to {last}" for first, last in fiscal.runs(numbers)
    )
