"""What adding a file of ForeignAssistance.gov did, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from milaid import fiscal

FILE_NAME = "foreignassistance.parquet"
REVISED = "The publisher revises both files at any time: a difference does not mean that one is damaged."
_MOST_NAMES = 20


@dataclass(frozen=True)
class AidAddition:
    """What was made of a file: rows read and written, years, what to know, and how it compares with the country file."""

    file: Path
    transactions: int
    rows: int
    first_year: int
    last_year: int
    notes: tuple[str, ...]
    comparison: str
    read: str = "transactions"

    def __str__(self) -> str:
        lines = [
            f"{FILE_NAME}: {self.rows:,} rows from {self.transactions:,} {self.read} of {self.file.name}, "
            f"{fiscal.label(self.first_year)} to {fiscal.label(self.last_year)}",
            *(f"note: {note}" for note in self.notes),
        ]
        return "\n".join([*lines, self.comparison])


def unknown_recipients(names: Sequence[str]) -> list[str]:
    """Return the note on recipients that the reference table does not have; [] for none."""
    if not names:
        return []
    return [
        f"{counted(len(names), 'recipient')} that aid_recipients.csv does not have, kept as printed: {listed(names)}"
    ]


def counted(number: int, noun: str) -> str:
    """Return a number of things: ``1 account``, ``1,200 accounts``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def base_years(years: Sequence[tuple[str, int]]) -> str:
    """Return the note on the base years of constant dollars, each type of transaction with its year."""
    if not years:
        return "the base year of the constant dollars is not clear from the file"
    named = ", ".join(f"{fiscal.label(year)} ({kind})" for kind, year in years)
    return f"constant dollars are those of {named}; the file names no index"


def listed(names: Sequence[str]) -> str:
    """Return names in guillemets, the first twenty of many."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(f"«{name}»" for name in names[:_MOST_NAMES]) + more
