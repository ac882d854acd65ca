"""Tables of Markdown and of HTML as Typst: set smaller where they are wide, and in several parts where that is too small.

A cell that is wider than its column would run into its neighbour, and what lies beyond the edge of the paper is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from milaid.blocks import marked

FULL_WIDTH = 468.0
"""The width of an exhibit on an upright page, in points."""

_SIZES = (8.2, 7.8, 7.5)
_LETTER = 0.56
_SIDES = 1.2
"""The width of a letter and of the space beside a cell, in parts of the size of type."""


@dataclass(frozen=True)
class _Cell:
    start: Token
    inside: tuple[Token, ...]

    @property
    def columns(self) -> int:
        return int(self.start.attrs.get("colspan", 1))

    @property
    def longest_word(self) -> int:
        """How many letters must stay on one line: a number in all, else the longest word."""
        text = marked.plain(self.inside)
        to_the_right = "right" in str(self.start.attrs.get("style", ""))
        return len(text) if to_the_right and len(text) < 24 else max(map(len, text.split()), default=0)


@dataclass(frozen=True)
class _Table:
    heads: list[list[_Cell]]
    body: list[list[_Cell]]

    @property
    def rows(self) -> list[list[_Cell]]:
        return [*self.heads, *self.body]

    @property
    def width(self) -> int:
        return sum(cell.columns for cell in self.rows[0])

    @property
    def has_spans(self) -> bool:
        return any({"colspan", "rowspan"} & set(cell.start.attrs) for row in self.rows for cell in row)


def end_of(tokens: Sequence[Token]) -> int:
    """Return the position of the token that closes the table that the first one opens."""
    return next((n for n, token in enumerate(tokens) if token.type == "table_close"), len(tokens) - 1)


def text_table(tokens: Sequence[Token], write: Callable[[Sequence[Token]], str]) -> str:
    """Return the Typst of a table; ``write`` gives that of what is in a cell."""
    table = _read(tokens)
    if not table.rows or not table.width:
        return ""
    parts = _parts(table)
    shown = []
    for count, columns in enumerate(parts, start=1):
        if len(parts) > 1:
            first, last = columns[-1 if len(columns) == 1 else 1] + 1, columns[-1] + 1
            shown.append(
                f'#part-of-table("Columns {first} to {last} of {table.width}, part {count} of {len(parts)}");\n'
            )
        shown.append(_written(table, columns, write))
    return "".join(shown)


def _read(tokens: Sequence[Token]) -> _Table:
    heads: list[list[_Cell]] = []
    body: list[list[_Cell]] = []
    rows = body
    for position, token in enumerate(tokens):
        match token.type:
            case "thead_open":
                rows = heads
            case "thead_close":
                rows = body
            case "tr_open":
                rows.append([])
            case "th_open" | "td_open":
                end = next(
                    n for n in range(position, len(tokens)) if tokens[n].type in ("th_close", "td_close")
                )
                rows[-1].append(_Cell(token, tuple(tokens[position + 1 : end])))
    return _Table(heads, [row for row in body if row])


def _needs(table: _Table) -> list[float]:
    """Return what each column needs, in parts of the size of type."""
    longest = [1] * table.width
    for row in table.rows:
        column = 0
        for cell in row:
            if cell.columns == 1 and column < len(longest):
                longest[column] = max(longest[column], cell.longest_word)
            column += cell.columns
    return [count * _LETTER + _SIDES for count in longest]


def _size(needs: Sequence[float]) -> float:
    return next((size for size in _SIZES if sum(needs) * size <= FULL_WIDTH), _SIZES[-1])


def _parts(table: _Table) -> list[list[int]]:
    """Return the columns of each part; the first column stands in every one."""
    needs = _needs(table)
    everything = list(range(table.width))
    if sum(needs) * _SIZES[-1] <= FULL_WIDTH or table.has_spans or table.width < 3:
        return [everything]
    parts: list[list[int]] = [[0]]
    for column in everything[1:]:
        if len(parts[-1]) > 1 and sum(needs[c] for c in [*parts[-1], column]) * _SIZES[1] > FULL_WIDTH:
            parts.append([0])
        parts[-1].append(column)
    return parts


def _written(table: _Table, columns: list[int], write: Callable[[Sequence[Token]], str]) -> str:
    whole = len(columns) == table.width
    kept = [
        [[row[column] for column in columns if column < len(row)] if not whole else row for row in rows]
        for rows in (table.heads, table.body)
    ]
    heads, body = (["".join(_cell(cell, write) for cell in row) for row in rows] for rows in kept)
    needs = _needs(table)
    named = []
    if len(heads) != 1:
        named.append(f"heads: {len(heads)}, ")
    if (size := _size([needs[column] for column in columns])) != _SIZES[0]:
        named.append(f"size: {size}pt, ")
    head = f"table.header({''.join(heads)}), " if heads else ""
    sides = ", ".join(_sides(kept))
    return f"#text-table(({sides},), {''.join(named)}{head}{''.join(body)});\n\n"


def _sides(kept: list[list[list[_Cell]]]) -> list[str]:
    """Return on which side each column stands, as the first row of the body says where it has all cells."""
    rows = [row for part in kept for row in part]
    width = sum(cell.columns for cell in rows[0])
    first = next((row for row in kept[1] if sum(cell.columns for cell in row) == width), rows[0])
    sides = []
    for cell in first:
        to_the_right = "right" in str(cell.start.attrs.get("style", ""))
        sides += ["right" if to_the_right else "left"] * cell.columns
    return sides


def _cell(cell: _Cell, write: Callable[[Sequence[Token]], str]) -> str:
    content = f"[{write(cell.inside)}], "
    spans = [
        f"{name}: {cell.start.attrs[name]}" for name in ("colspan", "rowspan") if name in cell.start.attrs
    ]
    return f"table.cell({', '.join(spans)}){content}" if spans else content
