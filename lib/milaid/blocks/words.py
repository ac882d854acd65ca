"""Small words of English sentences: plurals, articles, lists, ranks."""

from __future__ import annotations

from collections.abc import Sequence

from milaid.blocks import numbers

_ONES = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
)  # fmt: skip
_CARDINALS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def ordinal(rank: int) -> str:
    """Return a rank from 1 to 999 in words: ``twenty-third``, ``one hundred twelfth``."""
    if not 1 <= rank <= 999:
        return f"{numbers.integer(rank)}th"
    hundreds, rest = divmod(rank, 100)
    if hundreds and not rest:
        return f"{_CARDINALS[hundreds - 1]} hundredth"
    prefix = f"{_CARDINALS[hundreds - 1]} hundred " if hundreds else ""
    if rest < 20:
        return prefix + _ONES[rest]
    tens, ones = divmod(rest, 10)
    if not ones:
        return prefix + _TENS[tens].removesuffix("y") + "ieth"
    return f"{prefix}{_TENS[tens]}-{_ONES[ones]}"


def cardinal(number: int) -> str:
    """Return a number as running text has it: ``no``, in words up to twelve, else in figures."""
    small = ("no", *_CARDINALS)
    return small[number] if 0 <= number < len(small) else numbers.integer(number)


def none_or(number: int) -> str:
    """Return how many of several, to stand before "of the": ``not one``, ``one``, ``two``."""
    return cardinal(number) if number else "not one"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, plural unless it is one: ``1 participant``, ``0 participants``.

    ``plural`` is for nouns that do not take an s: ``activities``.
    """
    return f"{numbers.integer(number)} {noun if number == 1 else plural or f'{noun}s'}"


def the(number: int, noun: str, plural: str = "") -> str:
    """Return a number of known things with their noun: ``the 8 recipients``, and ``the recipient`` for one."""
    return f"the {noun if number == 1 else counted(number, noun, plural)}"


def agreeing(number: int, total: int, noun: str, plural: str = "") -> str:
    """Return a part of a number of things: ``3 of 4 totals``, and ``the only total`` for one of one."""
    if number == total == 1:
        return f"the only {noun}"
    return f"{numbers.integer(number)} of {counted(total, noun, plural)}"


def and_list(names: Sequence[str]) -> str:
    """Return names as a list: ``Benin``, ``Benin and Togo``, ``Benin, Ghana and Togo``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def direction(value: float) -> str:
    """Return ``rose``, ``fell`` or ``was unchanged``."""
    return "rose" if value > 0 else "fell" if value < 0 else "was unchanged"


def sentence_start(text: str) -> str:
    """Return text with its first letter in capitals; the other letters as they are."""
    return text[:1].upper() + text[1:]


def possessive(name: str) -> str:
    """Return a name as an owner: ``Cameroon’s``, ``the Philippines’``."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def as_sentence(lead: str) -> str:
    """Return a lead that ends like a sentence."""
    return lead if lead.rstrip().endswith((".", "!", "?", ":")) else f"{lead.rstrip()}."
