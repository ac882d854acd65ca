"""The cells of a table as text, and which of its rows count: the same on a page, in print and in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from milaid.blocks import numbers
from milaid.blocks.block import Column, Table
from milaid.blocks.words import counted

FEW_ROWS = 20
"""A table of more plain rows sorts and filters on the page (``publish/files/templates/tables.js``)."""


def fact_columns(count: int) -> int:
    """Return in how many columns so many key facts stand, so that none is left alone in the last row."""
    if count <= 2:
        return 2
    return 4 if count % 3 == 1 else 3


def plain_rows(block: Table) -> int:
    """Return how many rows are no heading and no sum."""
    return len(block.rows) - sum(role != "" for role in block.roles)


def with_rows(block: Table, kept: Sequence[int]) -> Table:
    """Return a table of some of its rows by their positions, with all that stands beside these rows."""
    return replace(
        block,
        rows=tuple(block.rows[position] for position in kept),
        roles=tuple(block.roles[position] for position in kept) if block.roles else (),
        links=tuple((name, tuple(targets[p] for p in kept)) for name, targets in block.links),
        flags=tuple((name, tuple(codes[p] for p in kept)) for name, codes in block.flags),
    )


def row_header(columns: tuple[Column, ...]) -> int:
    """Return the position of the column that names the rows: the first one of text, else the first."""
    return next((position for position, column in enumerate(columns) if column.kind == "text"), 0)


def head_label(column: Column) -> str:
    """Return the label of a column; its unit "%" does not go on a line of its own."""
    return column.label.replace(" %", "\N{NO-BREAK SPACE}%")


def shown(column: Column, value: Any, role: str) -> str:
    """Return the text of a cell; rank, page and text stay empty where a sum has none."""
    if role in ("other", "total") and column.kind in ("rank", "page", "text") and numbers.is_missing(value):
        return ""
    if column.computed and numbers.is_missing(value):
        return numbers.NOT_COMPUTED
    return numbers.cell(value, column.kind)


def row_flags(block: Table) -> list[list[str]]:
    """Return the flags of the cells of a table, row by row in the order of its columns; "" for a cell without one."""
    of_column = dict(block.flags)
    none = ("",) * len(block.rows)
    by_column = [of_column.get(column.name, none) for column in block.columns]
    return [[flags[position] for flags in by_column] for position in range(len(block.rows))]


def left_out(block: Table) -> int:
    """Return how many plain rows of a table print does not show."""
    return 0 if block.pdf_rows is None else max(0, plain_rows(block) - block.pdf_rows)


def last_printed(block: Table) -> int:
    """Return the position of the last plain row that is printed; below it print shows only the total."""
    roles = block.roles or ("",) * len(block.rows)
    plain = [position for position, role in enumerate(roles) if role == ""]
    return plain[(block.pdf_rows or 0) - 1] if left_out(block) else len(block.rows) - 1


def printed(block: Table) -> Table:
    """Return what print shows of a table: its first ``pdf_rows`` plain rows under their headings, and its sums."""
    if left_out(block) == 0:
        return block
    roles = block.roles or ("",) * len(block.rows)
    last = last_printed(block)
    kept = [position for position, role in enumerate(roles) if position <= last or role == "total"]
    return replace(
        block,
        rows=tuple(block.rows[p] for p in kept),
        roles=tuple(roles[p] for p in kept),
        links=tuple((name, tuple(targets[p] for p in kept)) for name, targets in block.links),
        flags=tuple((name, tuple(codes[p] for p in kept)) for name, codes in block.flags),
    )


def left_out_in_words(block: Table, file: str) -> str:
    """Return how many rows print leaves out and where they are, the CSV file among it; "" for none."""
    count = left_out(block)
    if not count:
        return ""
    first = f"the first {counted(block.pdf_rows or 0, 'row').removeprefix('1 ')} of {numbers.integer(plain_rows(block))}"
    rest = "The other one is" if count == 1 else f"The other {numbers.integer(count)} are"
    sums = " The total is that of all rows." if "total" in block.roles else ""
    return f"{first}. {rest} on the HTML page of this report and in the file {file}.{sums}"
