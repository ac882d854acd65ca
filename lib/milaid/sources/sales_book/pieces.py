"""Words of a printed line that are set without a gap, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milaid.sources.fmtr.text import Line

# The name of a recipient and the columns beside it are set further apart than the words of either.
GAP = 6.0


@dataclass(frozen=True)
class Piece:
    """Words set without a gap: text, left and right edge, baseline."""

    text: str
    left: float
    right: float
    y: float


def pieces_of(line: Line) -> list[Piece]:
    """Return a line cut where its words stand apart."""
    pieces: list[Piece] = []
    for text, left, right in _words(line):
        before = pieces[-1] if pieces else None
        if before and left - before.right <= GAP:
            pieces[-1] = Piece(f"{before.text} {text}", before.left, right, line.y)
        else:
            pieces.append(Piece(text, left, right, line.y))
    return pieces


def _words(line: Line) -> Iterator[tuple[str, float, float]]:
    """Yield the words of a line with their left and right edges; a blank is set where the word before it ends."""
    word, left = "", 0.0
    for x, character in zip(line.xs, line.characters, strict=True):
        if not character.isspace():
            word, left = word + character, left if word else x
        elif word:
            yield word, left, x
            word = ""
    if word:
        yield word, left, line.end
