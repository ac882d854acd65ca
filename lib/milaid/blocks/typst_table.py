"""Tables of exhibits as Typst, with column widths measured from their contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from milaid.blocks import fonts
from milaid.blocks.block import Column, Table
from milaid.blocks.cells import head_label, row_flags, shown
from milaid.blocks.glyphs import string
from milaid.blocks.targets import is_web_address
from milaid.blocks.typst_text_table import FULL_WIDTH

_ARROW = 8.0
_EVERY = 5


@cache
def _advances(weight: int) -> tuple[dict[str, float], float]:
    """Return the width of each character of Public Sans, figures tabular, and of one it lacks; size 1."""
    from fontTools.ttLib import TTFont

    face = next(face for face in fonts.FACES if face.family == fonts.SANS and face.weight == weight)
    with TTFont(fonts.fonts_dir() / f"{face.file}.ttf") as font:
        metrics, units = font["hmtx"].metrics, font["head"].unitsPerEm
        widths = {
            chr(code): metrics.get(f"{name}.tf", metrics[name])[0] / units
            for code, name in font.getBestCmap().items()
        }
    return widths, 1.0


def text_width(value: str, size: float, weight: int = 400) -> float:
    """Return the width of a line of Public Sans with tabular figures in points."""
    widths, other = _advances(weight)
    return size * sum(widths.get(character, other) for character in value)


_LONG = 10
"""Rows from which on a table may break over pages."""

_LEAST_FOOT = 4
"""Rows that stand together at least at the end of a table that breaks."""


@dataclass(frozen=True)
class Setting:
    """How a table is set, in points: size of type, space between columns, space above and below a line."""

    size: float
    gutter: float
    inset: float
    widths: tuple[float, ...] = ()


_LAYOUTS = (Setting(8.2, 10, 3.4), Setting(8.2, 7, 3.4), Setting(7.8, 6, 3.2))
_WORDS = ("text", "page")
_MOST_FOR_A_WORD = 0.25
"""The part of a table that a column gets for a single long word at most."""
_DENSE_LAYOUTS = (Setting(7.5, 6, 2.5), Setting(7.5, 4, 2.3), Setting(7.5, 3, 2.2))
DENSE_COLUMNS = 15


def layout(block: Table, full: float) -> Setting:
    """Return the roomiest layout in which the cells of a table stand on one line each, ``full`` points wide.

    Columns with a ``width`` get that share of it, those of numbers what these need at least. The others get what their
    contents need and an equal part of what is left over. Where even the tightest layout is too wide, the widest columns of text are cut.
    """
    tried = _DENSE_LAYOUTS if len(block.columns) >= DENSE_COLUMNS else _LAYOUTS
    for option in tried:
        for split_heads in (False, True):
            needs = _needs(block, full, option, split_heads)
            slack = full - sum(needs)
            free = [p for p, column in enumerate(block.columns) if not column.width] or list(
                range(len(needs))
            )
            if slack >= 0:
                widths = (need + (slack / len(free) if p in free else 0) for p, need in enumerate(needs))
                return replace(option, widths=tuple(widths))
    return replace(tried[-1], widths=tuple(_narrowed(needs, _text_columns(block, free), full)))


def _text_columns(block: Table, free: list[int]) -> list[int]:
    return [p for p in free if block.columns[p].kind == "text"] or free


def _needs(block: Table, full: float, option: Setting, split_heads: bool) -> list[float]:
    """Return what every column needs, its share of the space between columns included."""
    needs = []
    last = len(block.columns) - 1
    for position, column in enumerate(block.columns):
        sides = 0.5 + ((position > 0) + (position < last)) * option.gutter / 2
        contents = _content_width(block, position, option.size) + sides
        if not column.width:
            needs.append(max(contents, _head_width(column, option.size, split_heads) + sides))
        else:
            # A line of words goes on below; a word or a number does not, and would run into its neighbour.
            if column.kind in _WORDS:
                contents = min(_longest_word(block, position, option.size) + sides, _MOST_FOR_A_WORD * full)
            needs.append(max(column.width * full, contents))
    return needs


def _longest_word(block: Table, position: int, size: float) -> float:
    """Return the width of the longest word in the cells of a column, in bold where the column is."""
    column = block.columns[position]
    roles = block.roles or ("",) * len(block.rows)
    cells = (
        shown(column, row[position], role) for row, role in zip(block.rows, roles, strict=True) if role == ""
    )
    # A line may end after a hyphen, but not within a date.
    words = {word for cell in cells for word in re.sub(r"-(?=\D)", "- ", cell).split()}
    weight = 600 if column.emphasis == "main" else 400
    return max((text_width(word, size, weight) for word in words), default=0.0)


def _content_width(block: Table, position: int, size: float) -> float:
    """Return the width of the longest cell of a column, heads of groups apart."""
    column = block.columns[position]
    roles = block.roles or ("",) * len(block.rows)
    widths = (
        text_width(
            shown(column, row[position], role),
            size,
            600 if role == "total" or column.emphasis == "main" else 400,
        )
        for row, role in zip(block.rows, roles, strict=True)
        if role != "group"
    )
    return max(widths, default=0.0)


def _head_width(column: Column, size: float, split: bool) -> float:
    """Return the width of a head on one line or, ``split``, on two."""
    if column.turned:
        return size * 1.2
    arrow = _ARROW if column.sorted_descending else 0.0
    together = text_width(column.label, size, 600) + arrow
    longest = (
        max((text_width(word, size, 600) for word in head_label(column).split(" ")), default=0.0) + arrow
    )
    return max(longest, together * 0.6) if split else together


def _narrowed(needs: list[float], text_columns: list[int], full: float) -> list[float]:
    """Return widths of ``full`` in all: the widest columns of text are cut to a common measure."""
    low, high = 0.0, max(needs)
    for _ in range(40):
        middle = (low + high) / 2
        total = sum(min(need, middle) if p in text_columns else need for p, need in enumerate(needs))
        low, high = (middle, high) if total <= full else (low, middle)
    widths = [min(need, low) if p in text_columns else need for p, need in enumerate(needs)]
    scale = full / sum(widths) if sum(widths) else 1.0
    return [width * scale for width in widths]


def table(block: Table, full: float = FULL_WIDTH, notes: str = "") -> str:
    """Return the Typst of a table ``full`` points wide, without title.

    ``notes`` (a Typst expression) go below the rows of a long table, on the page of the last of them.
    """
    columns = block.columns
    roles = list(block.roles) or [""] * len(block.rows)
    chosen = layout(block, full)
    targets = dict(block.links)
    addresses = [targets.get(column.name) or (None,) * len(roles) for column in columns]
    rows = [
        _cells(columns, row, role, chosen, [column[position] for column in addresses], codes)
        for position, (row, role, codes) in enumerate(zip(block.rows, roles, row_flags(block), strict=True))
    ]
    foot = _foot_size(roles) if notes else 0
    body, last = rows[: len(rows) - foot], rows[len(rows) - foot :]
    # As a head of its own a group stays with its first row and stands again after a page break.
    body = [
        f"table.header(level: 2, {row.rstrip()}),\n" if role == "group" else row
        for row, role in zip(body, roles, strict=False)
    ]
    if notes:
        last.append(
            f"table.cell(colspan: {len(columns)}, align: left, inset: (x: 0pt, top: 9pt), {{{notes}}}),"
        )
    arguments = {
        "align": _array(["left" if column.kind == "text" else "right" for column in columns]),
        "size": f"{chosen.size}pt",
        "inset": f"{chosen.inset}pt",
        "gutter": f"{chosen.gutter}pt",
        "lines": _array([string(letter) for letter in (*_lines(roles), "n")]),
        "bold-rows": _array([p + 1 for p, role in enumerate(roles) if role in ("total", "group")]),
        "main": _array(_positions(columns, "main")),
        "secondary": _array(_positions(columns, "secondary")),
        "heads": _array([_head(column) for column in columns]),
        "last": f"({''.join(last)})",
    }
    named = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    return f"#data-table({_array([f'{width:.2f}pt' for width in chosen.widths])}, {named},\n{''.join(body)});"


def _cells(
    columns: tuple[Column, ...],
    row: tuple[Any, ...],
    role: str,
    chosen: Setting,
    targets: list[str | None],
    codes: list[str],
) -> str:
    """Return the cells of a row as Typst arguments; those that lead to a web address are links."""
    if role == "group":
        inset = f"(left: 0pt, top: 8pt, bottom: {chosen.inset}pt)"
        return f"table.cell(colspan: {len(columns)}, align: left, inset: {inset}, {string(str(row[0]))}),\n"
    line = []
    for column, value, target, code in zip(columns, row, targets, codes, strict=True):
        content = string(shown(column, value, role))
        linked = f"link({string(str(target))}, {content})" if is_web_address(target) else content
        line.append(f"{linked} + flag({string(code)})" if code else linked)
    return ", ".join(line) + ",\n"


def _foot_size(roles: list[str]) -> int:
    """Return how many rows at the end stay on one page: the sums and two rows above them, four in all at least."""
    sums = next((count for count, role in enumerate(reversed(roles)) if role not in ("total", "other")), 0)
    return min(max(sums + 2, _LEAST_FOOT), max(0, len(roles) - 1))


def _positions(columns: tuple[Column, ...], emphasis: str) -> list[int]:
    return [position for position, column in enumerate(columns) if column.emphasis == emphasis]


def _array(values: list) -> str:
    return f"({', '.join(str(value) for value in values)}{',' if len(values) == 1 else ''})"


def _head(column: Column) -> str:
    label = string(head_label(column))
    if column.turned:
        return f"turned({label})"
    if column.sorted_descending:
        return f"[#text(fill: palette.accent)[#{label};#down]]"
    return label


def _lines(roles: list[str]) -> list[str]:
    """Return the kind of rule below each row."""
    letters = []
    plain_rows = 0
    for position, role in enumerate(roles):
        plain_rows = plain_rows + 1 if role == "" else 0
        following = roles[position + 1] if position + 1 < len(roles) else ""
        if following == "total":
            letters.append("t")
        elif role == "total":
            letters.append("n")
        else:
            letters.append("r" if plain_rows and plain_rows % _EVERY == 0 else "g")
    return letters


def is_long(block: Table) -> bool:
    """Return whether a table may break over pages: one of so many rows can leave much of a page empty."""
    return len(block.rows) >= _LONG
