"""A list that a user made, such as one of units or of rows: read as every table edited by hand, asked for by its columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from milaid.errors import DataError, RequestError
from milaid.handwritten import Sheet, read_sheet
from milaid.spelling import hint_or_known


@dataclass(frozen=True)
class HandMade:
    """A list of a user: its file, and what is in it."""

    path: Path
    sheet: Sheet

    def column(self, name: str) -> list[str]:
        """Return the cells of a column, its name in any case; RequestError where there is none of that name."""
        columns = self.sheet.columns
        found = next((each for each in columns if each.casefold() == name.casefold()), None)
        if found is None:
            raise RequestError(f"{self.path}: no column {name!r}{hint_or_known(name, columns)}")
        return [row[found].strip() for row in self.sheet.rows]


def read_hand_made(path: Path) -> HandMade:
    """Return a list of a user, as :func:`milaid.handwritten.read_sheet` reads it.

    Raises RequestError where the file is missing, no such table, in other letters than UTF-8 or UTF-16, or without rows.
    """
    try:
        sheet = read_sheet(path, a_list=True)
    except OSError as error:
        raise RequestError(f"{path}: cannot be read: {error.strerror}") from error
    except DataError as error:
        raise RequestError(str(error)) from error
    if not sheet.rows:
        raise RequestError(f"{path}: there is no row below the first line, {', '.join(sheet.columns)}")
    return HandMade(path, sheet)
