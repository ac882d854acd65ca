"""A table of HTML, such as a frame of pandas shows, as the tokens of a table in which every row has all its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markdown_it.token import Token

_NUMBER = re.compile(
    r"[(]?[-+−–]?[$€£]?\d[\d,. \u00a0\u202f]*(?:[eE][-+]?\d+)?\s?%?[)]?|[-+−]?inf|NaN|nan|NaT|None|<NA>|…|\.\.\.|–|"
)
_MOST_SPANNED = 1000


class Element(Protocol):
    """What is asked of an element of HTML."""

    tag: str
    attrs: dict[str, str]

    def find(self, *tags: str) -> Iterator[Element]: ...

    def text(self) -> str: ...


@dataclass
class _Cell:
    """A cell where it begins; ``is_head`` as the HTML says."""

    tokens: list[Token]
    text: str
    is_head: bool
    columns: int = 1
    rows: int = 1


@dataclass
class _Part:
    """The rows of a head or a body: for each the cells that begin in it, by column."""

    rows: list[dict[int, _Cell]] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((column for _, column in self.taken), default=-1) + 1


def table_tokens(table: Element, inline: Callable[..., list[Token]]) -> Iterator[Token]:
    """Yield the tokens of a table; ``inline`` gives those of what is in a cell. Nothing for a table without cells."""
    heads = [row for part in table.find("thead") for row in part.find("tr")]
    others = [row for part in table.find("tbody", "tfoot") for row in part.find("tr")]
    others = others or [row for row in table.find("tr", "thead") if row.tag == "tr"]
    while others and not heads and _only_heads(others[0]):
        heads.append(others.pop(0))
    head, body = _part(heads, inline), _part(others, inline)
    width = max(head.width, body.width)
    if not width:
        return
    numeric = [_is_numeric(body, column) for column in range(width)]
    yield Token("table_open", "table", 1, meta={"heads": len(head.rows), "columns": width})
    if head.rows:
        yield Token("thead_open", "thead", 1)
        yield from _rows(head, width, numeric, is_head=True)
        yield Token("thead_close", "thead", -1)
    yield Token("tbody_open", "tbody", 1)
    yield from _rows(body, width, numeric, is_head=False)
    yield Token("tbody_close", "tbody", -1)
    yield Token("table_close", "table", -1)


def _only_heads(row: Element) -> bool:
    cells = list(row.find("th", "td"))
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _part(rows: Sequence[Element], inline: Callable[..., list[Token]]) -> _Part:
    part = _Part(rows=[{} for _ in rows])
    for position, row in enumerate(rows):
        column = 0
        for element in row.find("th", "td"):
            while (position, column) in part.taken:
                column += 1
            cell = _Cell(inline(element), element.text().strip(), element.tag == "th")
            cell.columns = _span(element, "colspan")
            while any((position, column + step) in part.taken for step in range(cell.columns)):
                cell.columns -= 1
            cell.rows = min(_span(element, "rowspan"), len(rows) - position)
            part.rows[position][column] = cell
            part.taken |= {
                (position + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }
            column += cell.columns
    return part


def _span(element: Element, name: str) -> int:
    value = element.attrs.get(name, "")
    return max(1, min(int(value), _MOST_SPANNED)) if re.fullmatch(r"\d{1,6}", value) else 1


def _is_numeric(body: _Part, column: int) -> bool:
    """Return whether a column holds numbers only, so that they stand to the right."""
    texts = [row[column].text for row in body.rows if column in row]
    return any(re.search(r"\d", text) for text in texts) and all(_NUMBER.fullmatch(text) for text in texts)


def _rows(part: _Part, width: int, numeric: Sequence[bool], is_head: bool) -> Iterator[Token]:
    for position, row in enumerate(part.rows):
        yield Token("tr_open", "tr", 1)
        for column in range(width):
            if column not in row and (position, column) in part.taken:
                continue
            cell = row.get(column) or _Cell([], "", is_head)
            yield from _cell(cell, numeric[column] and cell.columns == 1, is_head)
        yield Token("tr_close", "tr", -1)


def _cell(cell: _Cell, to_the_right: bool, is_head: bool) -> Iterator[Token]:
    tag = "th" if cell.is_head or is_head else "td"
    attrs: dict[str, str | int | float] = {}
    if to_the_right:
        attrs["style"] = "text-align:right"
    if cell.columns > 1:
        attrs["colspan"] = cell.columns
    if cell.rows > 1:
        attrs["rowspan"] = cell.rows
    if tag == "th":
        attrs["scope"] = ("colgroup" if cell.columns > 1 else "col") if is_head else "row"
    yield Token(f"{tag}_open", tag, 1, attrs=attrs)
    if cell.tokens:
        yield Token("inline", "", 0, children=cell.tokens)
    yield Token(f"{tag}_close", tag, -1)
