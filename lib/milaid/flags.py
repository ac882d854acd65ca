"""Observation flags: the letters beside a number that say what it is, and how they are told to readers.

The letters are those of Eurostat, which are the small forms of the SDMX code list CL_OBS_STATUS. A value without a
letter is a normal one. In print and on a page ``..`` and ``–`` stand where there is no value; in files the cell is
empty, and :data:`MISSING` beside it tells ``..`` from ``–``.
"""

from __future__ import annotations

from collections.abc import Iterable

BREAK, DIFFERS, DERIVED, PROVISIONAL, UNRELIABLE, MISSING = "b", "d", "e", "p", "u", "m"
MEANINGS = {
    BREAK: "break in series",
    DIFFERS: "definition differs",
    DERIVED: "estimated or derived",
    MISSING: "not computed or not available",
    PROVISIONAL: "provisional",
    UNRELIABLE: "low reliability",
}
"""What each letter means, in the order of the letters."""
SUFFIX = "_flag"
"""What the column of the flags is called, after the name of the column of values."""
SIGNS = (
    ("..", "not computed or not available"),
    ("–", "none: the source lists no value"),
    ("0", "zero, or less than half of the last digit shown"),
)
"""What stands in a cell that has no number, and what a zero is."""


def joined(codes: Iterable[str]) -> str:
    """Return several letters as one flag: each once, by the alphabet."""
    return "".join(sorted(set(codes)))


def letters() -> str:
    """Return the letters that stand beside numbers, with their meanings, in one sentence without a stop."""
    return "; ".join(f"{code} {meaning}" for code, meaning in MEANINGS.items() if code != MISSING)


def signs() -> str:
    """Return the signs that stand in place of numbers, with their meanings, in one sentence without a stop."""
    return "; ".join(f"{sign} {meaning}" for sign, meaning in SIGNS)


def as_markdown() -> str:
    """Return what the flag columns of files hold, as a list in Markdown."""
    lines = [f"- `{code}` {meaning}" for code, meaning in MEANINGS.items()]
    return "\n".join(lines)
