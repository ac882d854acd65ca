"""Two builds of a report side by side: which numbers moved, in which exhibit, row and column.

A number is the same when it differs by no more than the last digits of a calculation. A change of wording that
leaves every number where it was is none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

CHANGED, ADDED, GONE = "changed", "added", "gone"
_NUMBER = re.compile(r"(?:(?<![\d\w])[-−+])?\$?\d[\d,]*(?:\.\d+)?%?")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_YEAR = re.compile(r"(.*_)?year")
# What a report says of itself is no number of it.
_OWN_VERSION = re.compile(r"version \d+(\.\d+)*(, \d{4}|,? of \d{4}-\d\d-\d\d)?")


@dataclass(frozen=True)
class Moved:
    """One number that moved: its exhibit, row and column as a reader finds them, what it was and what it is.

    ``kind`` is ``changed``, ``added`` or ``gone``. ``row`` or ``column`` is "" where all of them are meant.
    """

    exhibit: str
    row: str
    column: str
    old: str
    new: str
    kind: str = CHANGED

    @property
    def sentence(self) -> str:
        """The move in one line."""
        where = ", ".join(filter(None, (self.exhibit, self.row, self.column)))
        if self.kind == ADDED:
            return f"{where}: {self.new} (new)"
        if self.kind == GONE:
            return f"{where}: {self.old} (no longer there)"
        return f"{where}: {self.old} → {self.new}"


@dataclass(frozen=True)
class TableOf:
    """The table of one exhibit: its label and title, the names of its columns, its rows as text."""

    label: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_moves(old: TableOf, new: TableOf) -> Iterator[Moved]:
    """Yield the numbers that moved between two states of one exhibit."""
    columns = [name for name in old.head if name in new.head]
    for name in old.head:
        if name not in columns:
            yield Moved(new.label, "all rows", name, f"{_count(old)}", "", GONE)
    for name in new.head:
        if name not in columns:
            yield Moved(new.label, "all rows", name, "", f"{_count(new)}", ADDED)
    keys = _key_columns(columns, old, new)
    before, after = _by_key(old, keys), _by_key(new, keys)
    for key in [*before, *(key for key in after if key not in before)]:
        for name in columns:
            if name in keys:
                continue
            was = before[key].get(name, "") if key in before else None
            now = after[key].get(name, "") if key in after else None
            yield from _cell_moves(new.label, key, name, was, now)


def exhibit_gone(table: TableOf) -> Moved:
    """Return that a whole exhibit is no longer there."""
    return Moved(f"{table.label}: {table.title}", "", "", _count(table), "", GONE)


def exhibit_added(table: TableOf) -> Moved:
    """Return that a whole exhibit is new."""
    return Moved(f"{table.label}: {table.title}", "", "", "", _count(table), ADDED)


def text_moves(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[Moved]:
    """Yield the numbers that moved in running text; texts are pairs of where they stand and what they say."""
    before = [(where, _numbers(text)) for where, text in old]
    after = [(where, _numbers(text)) for where, text in new]
    before, after = [pair for pair in before if pair[1]], [pair for pair in after if pair[1]]
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        for position in range(max(b - a, d - c)):
            was = before[a + position] if a + position < b else None
            now = after[c + position] if c + position < d else None
            yield from _sentence_moves(was, now)


def _sentence_moves(
    was: tuple[str, tuple[str, ...]] | None, now: tuple[str, tuple[str, ...]] | None
) -> Iterator[Moved]:
    where = (now or was or ("",))[0]
    old, new = (was[1] if was else ()), (now[1] if now else ())
    if old == new:
        return
    if len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True), start=1):
            if one != other:
                yield Moved(where, f"number {number} of the text", "", one, other)
        return
    kind = CHANGED if old and new else ADDED if new else GONE
    yield Moved(where, "text", "", ", ".join(old), ", ".join(new), kind)


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(_OWN_VERSION.sub("", text)))


def _count(table: TableOf) -> str:
    return f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"


def _key_columns(columns: Sequence[str], old: TableOf, new: TableOf) -> list[str]:
    """Return the columns that tell the rows apart: the first ones that are no measure, as many as it takes."""
    candidates = [name for name in columns if _YEAR.fullmatch(name) or not _is_measure(name, old, new)]
    chosen: list[str] = []
    for name in candidates:
        chosen.append(name)
        if all(len(set(_values(table, chosen))) == len(table.rows) for table in (old, new)):
            break
    return chosen


def _is_measure(name: str, *tables: TableOf) -> bool:
    cells = [cell for table in tables for (cell,) in _values(table, [name]) if cell]
    return all(_PLAIN.fullmatch(cell) for cell in cells)


def _values(table: TableOf, names: Sequence[str]) -> list[tuple[str, ...]]:
    places = [table.head.index(name) for name in names]
    return [tuple(row[place] if place < len(row) else "" for place in places) for row in table.rows]


def _by_key(table: TableOf, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the rows by what names them, those with the same name counted."""
    seen: Counter[str] = Counter()
    rows = {}
    for number, (row, key) in enumerate(zip(table.rows, _values(table, keys), strict=True), start=1):
        name = ", ".join(filter(None, key)) if keys else f"row {number}"
        seen[name] += 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        rows[shown] = dict(zip(table.head, row, strict=False))
    return rows


def _cell_moves(label: str, row: str, column: str, was: str | None, now: str | None) -> Iterator[Moved]:
    if _same(was or "", now or ""):
        return
    kind = ADDED if was is None else GONE if now is None else CHANGED
    yield Moved(label, row, column, was or "", now or "", kind)


def _same(one: str, other: str) -> bool:
    """Return whether two cells hold the same numbers."""
    if one == other:
        return True
    if _PLAIN.fullmatch(one) and _PLAIN.fullmatch(other):
        return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-12)
    return _numbers(one) == _numbers(other)
