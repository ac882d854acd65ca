"""The pieces of a document as Typst, put together in the order and spacing in which they fill its pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from milaid.publish.files.pagination import Kind, Piece, Placed, arrange, lines_of


@dataclass(frozen=True)
class Code:
    """The Typst of a piece; ``breaks`` is whether it starts a page whatever stands before it, ``flipped`` on a turned one.

    ``opens`` says of a text that it has a heading or stands below one, ``rows`` of a piece that it breaks between rows.
    """

    kind: Kind
    text: str
    breaks: bool = False
    flipped: bool = False
    opens: bool = False
    rows: bool = False


_ANCHOR = re.compile(r'exhibit-head\("([^"]+)"')
_FOOTNOTE = 24.0
"""What a footnote takes at the foot of the page, in points."""
_HEAD_ABOVE = 5.0
"""What of the head of a table stands above its first line of text at most, in points."""


def unplaced(codes: Sequence[Code]) -> list[Placed]:
    """Return the pieces in their own order, page breaks left to Typst but for the forced ones."""
    return [Placed(position, 0, starts_page=code.breaks) for position, code in enumerate(codes)]


def source(codes: Sequence[Code], placed: Sequence[Placed]) -> str:
    """Return the Typst of all pieces as they were placed."""
    lines = []
    closer = False
    for put in placed:
        code = codes[put.piece]
        if put.closer != closer:
            names = "closer" if put.closer else "usual"
            lines.append(f"#let (exhibit, long-exhibit, section-heading) = {names}\n")
            closer = put.closer
        if code.flipped:
            lines.append(f"#flipped-page[#piece({put.piece})\n{code.text}]\n")
            continue
        if put.starts_page:
            lines.append("#pagebreak(weak: true)\n")
        lines.append(f"#piece({put.piece})\n{code.text}#piece-end({put.piece})\n")
    return "".join([*lines, "#measurements()\n"])


def placed(codes: Sequence[Code], measurements: dict[str, Any], height: float) -> list[Placed]:
    """Return the pieces placed on pages with ``height`` points of room, from what was measured on endless ones."""
    return arrange([_measured(code, position, measurements) for position, code in enumerate(codes)], height)


def _measured(code: Code, position: int, measurements: dict[str, Any]) -> Piece:
    """Return a piece with its measures."""
    starts = {piece: (page, y) for piece, page, y in measurements["pieces"]}
    ends = {piece: (page, y) for piece, page, y in measurements["ends"]}
    page, top = starts[position]
    following = starts.get(position + 1, (0, 0.0))
    end = following[1] if following[0] == page else ends[position][1]
    height = end - top + _FOOTNOTE * code.text.count("#footnote")
    if code.kind == "text":
        return Piece("text", height, lines_of(height), least=2, anchors=code.opens)
    marks = [y for row_page, y in measurements["rows"] if row_page == page and top <= y < end]
    if not code.rows or len(marks) < 3:
        return Piece(code.kind, height, anchors=code.opens)
    if code.kind == "table":
        # The first mark is that of the head, the last one that of the notes.
        rows = tuple(later - row for row, later in pairwise(marks[1:]))
        again = marks[1] - marks[0] + _HEAD_ABOVE
        return Piece("table", height, rows, marks[1] - top, again, end - marks[-1])
    rows = tuple(later - row for row, later in pairwise((*marks, end)))
    return Piece(code.kind, height, rows, marks[0] - top, least=1)


def stands(codes: Sequence[Code], placed: Sequence[Placed], exhibits: Sequence[tuple[str, int]]) -> bool:
    """Return whether the exhibits stand on the pages that they were meant for; ``exhibits`` are anchors and pages."""
    found = dict(exhibits)
    named = ((_ANCHOR.search(codes[put.piece].text), put.page) for put in placed)
    return len({found[name[1]] - page for name, page in named if name and name[1] in found}) <= 1


def without_breaks(placed: Sequence[Placed]) -> list[Placed]:
    """Return the placed pieces with no page break of their own."""
    return [replace(put, starts_page=False) for put in placed]
