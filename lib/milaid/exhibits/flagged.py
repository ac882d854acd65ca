"""Which flag each cell of a table has, and the columns of flags beside the values of its file.

The rule of every table: a value that follows from printed totals is ``e``; what a table over the years knows of its
years (:class:`Flags`) stands beside their values; a computed value that is missing is ``m`` in the file and ``..`` to
readers. A total that holds a derived value is no ``e``: it is what the document prints.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from milaid import fiscal, flags
from milaid.blocks import numbers
from milaid.blocks.block import Column, escape
from milaid.blocks.csv_form import ROWS_AT_ONCE, csv_lines
from milaid.blocks.words import and_list

Row = Mapping[str, Any]
_DERIVED = {"quantity": "quantity", "participants": "quantity", "cost_usd": "cost_usd"}
"""Columns of tables of activities -> the value that the column ``derived`` names."""
_FOLLOWS = {
    "quantity": "participants cannot be read on the page and follow from the printed totals",
    "cost_usd": "the cost cannot be read on the page and follows from the printed totals",
}
_YEARS = ("fiscal_year", "year", "label")
SAID_OF_ROWS = (*_YEARS, "derived")
"""Columns that say of a row which year it is of and what in it follows from printed totals."""
_MOST_YEARS = 4


@dataclass(frozen=True)
class Flags:
    """What a table knows of its values beyond what each row says itself.

    ``of`` gives for a column and a row the letters of the value there, each with the reason in a few words; it is asked
    about ``columns`` alone, which have a column of flags in the file also where none has one.
    """

    columns: frozenset[str] = frozenset()
    of: Callable[[str, Row], Mapping[str, str]] = lambda column, row: {}


NO_FLAGS = Flags()


def fiscal_year_of(row: Row) -> int | None:
    """Return the fiscal year that a row is of, from its number or its label; None where it names none."""
    for name in _YEARS:
        text = str(row.get(name, "")).removeprefix("FY")
        if len(text) == 4 and text.isdecimal():
            return int(text)
    return None


def is_computed(column: Column) -> bool:
    """Return whether no source prints the values of a column, so that one that is missing was not computed."""
    return column.computed or column.kind in numbers.COMPUTED_KINDS


def reasons(column: str, row: Row, known: Flags) -> dict[str, str]:
    """Return the letters of a value that is there, each with its reason."""
    found = dict(known.of(column, row)) if column in known.columns else {}
    value, derived = _DERIVED.get(column, ""), row.get("derived")
    if value and isinstance(derived, str) and value in derived.split(", "):
        found[flags.DERIVED] = _FOLLOWS[value]
    return found


def of_rows(rows: Sequence[Row], columns: Sequence[Column], known: Flags) -> tuple[dict[str, list[str]], str]:
    """Return for each column that has any the flags of its cells, and the legend of the letters that are there."""
    found: dict[str, list[str]] = {}
    said: dict[str, dict[str, list[int]]] = {}
    # Long tables of activities have few columns that can have a letter.
    for column in columns:
        if column.name not in known.columns and column.name not in _DERIVED:
            continue
        of_cells = [
            {} if numbers.is_missing(row[column.name]) else reasons(column.name, row, known) for row in rows
        ]
        if not any(of_cells):
            continue
        found[column.name] = [flags.joined(letters) for letters in of_cells]
        for row, letters in zip(rows, of_cells, strict=True):
            for letter, reason in letters.items():
                years = said.setdefault(letter, {}).setdefault(reason, [])
                year = fiscal_year_of(row)
                years += [year] if year is not None and year not in years else []
    return found, legend(said)


def legend(said: Mapping[str, Mapping[str, Sequence[int]]]) -> str:
    """Return what letters mean, with the reason of each and the fiscal years it holds for; "" for no letter.

    ``b break in series: seven countries leave (FY2004).``
    """
    parts = []
    for letter in sorted(said):
        named = [
            reason if letter == flags.DERIVED or not years else f"{reason} ({_years(years)})"
            for reason, years in said[letter].items()
        ]
        parts.append(f"{letter} {flags.MEANINGS[letter]}: {'; '.join(named)}.")
    return " ".join(parts)


def _years(years: Sequence[int]) -> str:
    return (
        and_list([fiscal.label(year) for year in sorted(years)])
        if len(years) <= _MOST_YEARS
        else fiscal.spans(years)
    )


def symbols() -> list[tuple[str, str]]:
    """Return what the signs and letters of tables and files mean, as entries of the definitions of a report."""
    return [
        ("Symbols", f"{escape(flags.signs())}. FY fiscal year; USD US dollars."),
        (
            "Letters beside numbers",
            f"{escape(flags.letters())}. A break or another definition holds from the year marked on. In the CSV files and "
            "the workbook the letters stand in columns of their own, as *cost\\_usd\\_flag*; there an empty cell is .. "
            f"where the letter is {flags.MISSING}, else –.",
        ),
    ]


def csv_with_flags(text: str, columns: Iterable[Column], known: Flags) -> str:
    """Return CSV text with a column ``<name>_flag`` behind each column of values that can have a flag."""
    lines = csv_lines(text)
    head = next(lines, [])
    computed = {column.name for column in columns if is_computed(column)}
    derived = set(_DERIVED) if "derived" in head else set()
    flagged = (computed | derived | known.columns) & set(head)
    if not flagged:
        return text
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(
        [
            written
            for name in head
            for written in ((name, name + flags.SUFFIX) if name in flagged else (name,))
        ]
    )
    # In pieces: as lists of cells the rows of a long table take a multiple of the room of its text.
    while rows := list(islice(lines, ROWS_AT_ONCE)):
        writer.writerows(zip(*_with_flags(head, rows, flagged, known, computed), strict=True))
    return buffer.getvalue()


def _with_flags(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    flagged: Collection[str],
    known: Flags,
    computed: set[str],
) -> list[Sequence[str]]:
    """Return the columns of some rows of a CSV, with those of flags among them."""
    columns = list(zip(*rows, strict=True))
    derived = columns[head.index("derived")] if "derived" in head else ()
    written: list[Sequence[str]] = []
    for name, cells in zip(head, columns, strict=True):
        written.append(cells)
        if name in known.columns:
            dicts = (dict(zip(head, row, strict=True)) for row in rows)
            written.append([_flag(name, row, known, computed) for row in dicts])
        elif name in flagged:
            written.append(_plain_flags(cells, name in computed, _DERIVED.get(name, ""), derived))
    return written


def _plain_flags(cells: Sequence[str], computed: bool, value: str, derived: Sequence[str]) -> list[str]:
    """Return the flags of a column that can only be missing or derived; ``derived`` names for each row what is."""
    missing = flags.MISSING if computed else ""
    if not value or not derived:
        return [missing if cell == "" else "" for cell in cells]
    return [
        missing if cell == "" else flags.DERIVED if names and value in names.split(", ") else ""
        for cell, names in zip(cells, derived, strict=True)
    ]


def _flag(name: str, row: Row, known: Flags, computed: set[str]) -> str:
    if row[name] == "":
        return flags.MISSING if name in computed else ""
    return flags.joined(reasons(name, row, known))
