"""Names that are given together, joined by commas."""

from __future__ import annotations

from collections.abc import Callable


def split_names(given: str, means_one: Callable[[str], bool]) -> list[str]:
    """Return the names of a list; a comma may stand in one of them: ``Kenya, Korea, Republic of``.

    ``means_one`` says whether a text is the name of one thing.
    """
    found: list[str] = []
    for text in filter(str.strip, given.split(",")):
        if found and not means_one(text) and means_one(f"{found[-1]},{text}"):
            found[-1] += f",{text}"
        else:
            found.append(text)
    return [text.strip() for text in found]
