"""Tables of exhibits as HTML."""

from __future__ import annotations

import re
from typing import Any

from milaid import flags
from milaid.blocks.block import Column, Table
from milaid.blocks.cells import head_label, last_printed, plain_rows, row_flags, row_header, shown
from milaid.blocks.marked_html import attribute, text
from milaid.blocks.targets import NO_LINKS, Links

_EMPHASIS = {"main": "m", "secondary": "s"}
_HEAD_CLASSES = {"text": "t", "page": "p", "rank": "r"}
_EVERY = 5
_SHORT, _LONG = 18, 60
_STUB = "stub"

_MOST_ROWS = 300
_COLUMN_STYLES = {
    "t": "text-align:left;white-space:normal;letter-spacing:0",
    "k": "white-space:nowrap",
    "l": "min-width:200px",
    "p": "letter-spacing:0",
    "m": "font-weight:600",
    "s": "color:var(--ink2)",
}


def is_huge(block: Table) -> bool:
    """Return whether a table has so many rows that its cells carry no classes and closing tags of their own."""
    return plain_rows(block) > _MOST_ROWS


def column_styles(block: Table, name: str) -> str:
    """Return the style sheet of the columns of a huge table inside the element of the id ``name``."""
    # The names of rows would be squeezed to their longest word between columns that keep a width.
    rules = [f".milaid #{name} tbody th{{min-width:180px}}"]
    for position, column in enumerate(block.columns):
        names = _cell_class(block, position).split()
        names += [_EMPHASIS[column.emphasis]] if column.emphasis else []
        if names:
            declared = ";".join(_COLUMN_STYLES[letter] for letter in names)
            rules.append(f".milaid #{name} td:nth-child({position + 1}){{{declared}}}")
    return "\n".join(rules)


def table(block: Table, caption: str, links: Links = NO_LINKS) -> str:
    """Return the ``<table>`` of an exhibit; its caption is for screen readers, as the title stands above."""
    targets = dict(block.links)
    by_column = [targets.get(column.name) for column in block.columns]
    stub = row_header(block.columns)
    kinds = [_STUB if p == stub else _cell_class(block, p) for p in range(len(block.columns))]
    heads = "".join(_head(column, kind == _STUB) for column, kind in zip(block.columns, kinds, strict=True))
    parts = []
    plain_rows = 0
    roles = list(block.roles) or [""] * len(block.rows)
    huge = is_huge(block)
    codes = row_flags(block)
    last, was_unprinted = last_printed(block), False
    for position, (row, role) in enumerate(zip(block.rows, roles, strict=True)):
        plain_rows = plain_rows + 1 if role == "" else 0
        before_total = position + 1 < len(roles) and roles[position + 1] == "total"
        line = "before-total" if before_total else "five" if plain_rows and plain_rows % _EVERY == 0 else ""
        unprinted = position > last and role != "total"
        if position and (role == "group" or unprinted != was_unprinted):
            parts.append(f"</tbody><tbody{_classes('unprinted' if unprinted else '')}>\n")
        was_unprinted = unprinted
        addresses = [links.address(column[position]) if column else None for column in by_column]
        if huge and role == "":
            parts.append(_bare_row(block.columns, row, stub, addresses, codes[position]))
        else:
            parts.append(_row(block.columns, row, role, kinds, line, addresses, codes[position]))
    # A letter in the last column would hang out of the table, which scrolls there.
    hangs = ' class="flagged"' if any(row[-1] for row in codes) else ""
    return (
        f'<table{hangs}><caption class="unseen">{text(caption)}</caption><thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{''.join(parts)}</tbody></table>"
    )


_WRAPPED = ("t", "t l")
"""Classes of cells whose text goes on to further lines."""
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
"""A date, which a browser would part at its hyphens."""


def _cell_class(block: Table, position: int) -> str:
    """Return the class of the cells of a column: text, text kept on one line, long text, page, or "" for a number."""
    kind = block.columns[position].kind
    if kind == "text":
        roles = block.roles or ("",) * len(block.rows)
        cells = (
            str(row[position] or "") for row, role in zip(block.rows, roles, strict=True) if role != "group"
        )
        longest = max((len(cell) for cell in cells), default=0)
        return "t k" if longest <= _SHORT else "t l" if longest > _LONG else "t"
    return "p" if kind == "page" else ""


def _classes(*names: str) -> str:
    chosen = " ".join(name for name in names if name)
    return f' class="{chosen}"' if chosen else ""


def _head(column: Column, is_stub: bool) -> str:
    classes = _classes(
        _HEAD_CLASSES.get(column.kind, ""), "v" if column.turned else "", "stub" if is_stub else ""
    )
    sort = ' aria-sort="descending"' if column.sorted_descending else ""
    label = text(head_label(column))
    label = f"<span>{label}</span>" if column.turned else label
    return f'<th scope="col"{classes}{sort}>{label}</th>'


def _row(
    columns: tuple[Column, ...],
    row: tuple[Any, ...],
    role: str,
    kinds: list[str],
    line: str,
    addresses: list[str | None],
    codes: list[str],
) -> str:
    if role == "group":
        head = f'<th scope="rowgroup" colspan="{len(columns)}"><span>{text(str(row[0]))}</span></th>'
        return f'<tr class="group">{head}</tr>\n'
    cells = []
    for column, kind, value, address, code in zip(columns, kinds, row, addresses, codes, strict=True):
        tag, scope = ("th", ' scope="row"') if kind == _STUB else ("td", "")
        classes = _classes(kind, _EMPHASIS.get(column.emphasis, ""))
        content = _content(column, value, role, address, code)
        if kind in _WRAPPED:
            content = _DATE.sub(r'<span class="together">\g<0></span>', content)
        cells.append(f"<{tag}{scope}{classes}>{content}</{tag}>")
    return f"<tr{_classes(role, line)}>{''.join(cells)}</tr>\n"


def _bare_row(
    columns: tuple[Column, ...],
    row: tuple[Any, ...],
    stub: int,
    addresses: list[str | None],
    codes: list[str],
) -> str:
    """Return a row of a huge table: cells without classes and without closing tags, which the next one implies."""
    cells = []
    for position, (column, value, address, code) in enumerate(
        zip(columns, row, addresses, codes, strict=True)
    ):
        tag = "<th scope=row>" if position == stub else "<td>"
        cells.append(tag + _content(column, value, "", address, code))
    return f"<tr>{''.join(cells)}\n"


def _content(column: Column, value: Any, role: str, address: str | None, code: str) -> str:
    content = text(shown(column, value, role))
    linked = f'<a href="{attribute(address)}">{content}</a>' if address else content
    return f"{linked}{_flag(code)}" if code else linked


def _flag(code: str) -> str:
    """Return a flag as it hangs beside a number, so that numbers with and without one end below each other."""
    meaning = "; ".join(flags.MEANINGS[letter] for letter in code)
    return f'<sup class="flag" title="{attribute(meaning)}">{text(code)}</sup>'
