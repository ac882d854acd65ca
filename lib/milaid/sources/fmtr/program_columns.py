"""The columns of a program table: named by its head, told apart by their left edges."""

from __future__ import annotations

from collections.abc import Iterator

from milaid.sources.fmtr.parsed import LayoutMismatch
from milaid.sources.fmtr.text import Line

Columns = list[tuple[str, float]]
"""Name and left edge of each column, from left to right."""

# The names of a column over the years, in the order in which the columns stand on the page.
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("course_title", ("Course Title",)),
    ("quantity", ("Students", "Qty")),
    ("location", ("Training Location", "Location")),
    ("student_unit", ("Student's Unit",)),
    ("us_unit", ("US Unit - US Qty", "US Units", "US Unit")),
    ("cost", ("Total Cost",)),
    ("start_date", ("Start Date",)),
    ("end_date", ("End Date",)),
)
COLUMN_NAMES = frozenset(name for name, _ in COLUMNS)
_OPTIONAL = frozenset({"us_unit"})
_ORDER = [name for name, _ in COLUMNS]
# The longest first: «US Unit» begins «US Units» too.
_TITLES = sorted(
    ((title.replace(" ", ""), name) for name, titles in COLUMNS for title in titles),
    key=lambda item: -len(item[0]),
)
FIRST_TITLE = COLUMNS[0][1][0]
# A cell's text may be set this far from the left edge of the head above it.
EDGE_TOLERANCE = 3.0


def read_head(line: Line, page: int) -> Columns:
    """Return the columns that a table head names.

    Every word of the head must belong to a known column name: what stands under a name that is not known
    would be read into the column to its left. Raises LayoutMismatch with what was expected and what is seen.
    """
    columns, unknown = _named(line)
    names = [name for name, _ in columns]
    missing = [name for name in _ORDER if name not in names and name not in _OPTIONAL]
    problems = [f"«{word}» is no column of this layout" for word in unknown]
    problems += [f"it has no column {dict(COLUMNS)[name][-1]!r}" for name in missing]
    if not problems and names != [name for name in _ORDER if name in names]:
        problems.append("the columns stand in another order")
    if problems:
        expected = ", ".join(" or ".join(dict.fromkeys(titles)) for _, titles in COLUMNS)
        raise LayoutMismatch(
            page,
            f"expected a table head with the columns {expected}; seen «{line.text}»: {'; '.join(problems)}",
        )
    return columns


def _named(line: Line) -> tuple[Columns, list[str]]:
    """Return the columns that a head names, and its words that name none."""
    inked = [i for i, character in enumerate(line.characters) if not character.isspace()]
    text = "".join(line.characters[i] for i in inked).replace("’", "'")
    columns: Columns = []
    unknown: list[str] = []
    place, after_name = 0, True
    while place < len(text):
        found = next(((title, name) for title, name in _TITLES if text.startswith(title, place)), None)
        if found:
            columns.append((found[1], line.xs[inked[place]]))
            place += len(found[0])
        elif after_name:
            unknown.append(text[place])
            place += 1
        else:
            unknown[-1] += text[place]
            place += 1
        after_name = found is not None
    return columns, unknown


def cells(line: Line, columns: Columns) -> dict[int, str]:
    """Return the text of a line by the number of the column that each character stands in."""
    parts: dict[int, list[str]] = {}
    for column, _, character in _placed(line, columns):
        parts.setdefault(column, []).append(character)
    texts = {column: " ".join("".join(part).split()) for column, part in parts.items()}
    return {column: text for column, text in texts.items() if text}


def starts(line: Line, columns: Columns) -> Iterator[tuple[str, float, float]]:
    """Yield for each cell of a line the name of its column, where its text begins and the column's left edge."""
    before = -1
    for column, x, character in _placed(line, columns):
        if column != before and not character.isspace():
            yield columns[column][0], x, columns[column][1]
            before = column


def _placed(line: Line, columns: Columns) -> list[tuple[int, float, str]]:
    """Return column, place and character of each character of a line."""
    edges = [left - EDGE_TOLERANCE for _, left in columns]
    last = len(edges) - 1
    placed = []
    column = 0
    for x, character in zip(line.xs, line.characters, strict=True):
        while column < last and x >= edges[column + 1]:
            column += 1
        while column > 0 and x < edges[column]:
            column -= 1
        placed.append((column, x, character))
    return placed
