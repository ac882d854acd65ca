"""How the pieces of a document fill its pages: their order within a run, closer spacing, and where pages end.

Measured heights come in, decisions go out; no page is drawn here. A run is a text with the exhibits behind it. Figures
and tables are numbered apart, so that the two kinds of a run may change places without a number moving.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["heading", "text", "figure", "table", "block"]

MOST_EMPTY = 0.4
"""A page with more of its height left blank than this counts as unfilled, the last one of a part apart."""

LEAST_ROWS = 4
"""Rows of a table that stand together at least on each side of a page break."""

_CLOSER = {"figure": 9.0, "table": 9.0, "heading": 12.0, "text": 0.0, "block": 0.0}
"""What a piece that is set closer gives up of the space above it, in points."""

_STATES = 60
_BELOW = {"figure": 28.0, "table": 28.0, "heading": 0.0, "text": 13.0, "block": 18.0}
"""What of a piece is space below it, which the end of a page does not need, in points."""

_UNFILLED, _EMPTIER = 10.0, 12.0
_APART, _PART_APART, _BARE_HEADING = 12.0, 5.0, 1000.0
_MOVED, _CLOSE = 0.4, 0.15
"""What counts against a layout: an unfilled page, the more the emptier it is; the text of a section, of a part of one, or a heading alone on another
page than its first exhibit; an exhibit that moved; a page set closer."""
_LINE = 14.0


@dataclass(frozen=True)
class Piece:
    """A piece of a document as measured on an endless page, in points.

    ``height`` reaches to the next piece. ``rows`` are the heights of the rows between which it may break, ``head`` what
    stands above the first of them and ``again`` the part of it that each further page repeats, ``tail`` what stays
    with the last ones; ``least`` of them stand together on each side. ``anchors`` says whether it is a text that opens
    a part of a section: it has a heading, or stands right below one.
    """

    kind: Kind
    height: float
    rows: tuple[float, ...] = ()
    head: float = 0.0
    again: float = 0.0
    tail: float = 0.0
    least: int = LEAST_ROWS
    anchors: bool = False


@dataclass(frozen=True)
class Placed:
    """A piece on its page: its position in the document, whether it starts the page, and whether it is set closer."""

    piece: int
    page: int
    starts_page: bool = False
    closer: bool = False


@dataclass(frozen=True)
class _State:
    """What is laid out so far: ``used`` of the page, ``slack`` that closer spacing of this page would free."""

    cost: float = 0.0
    page: int = 0
    used: float = 0.0
    slack: float = 0.0
    placed: tuple[Placed, ...] = ()

    def turned(self, height: float) -> _State:
        """Return the top of the next page."""
        empty = max(0.0, 1 - self.used / height)
        cost = self.cost + (
            _UNFILLED + _EMPTIER * (empty - MOST_EMPTY) if empty > MOST_EMPTY - 0.02 else empty * empty
        )
        return replace(self, cost=cost, page=self.page + 1, used=0.0, slack=0.0)


def arrange(pieces: Sequence[Piece], height: float) -> list[Placed]:
    """Return the pieces of one part, in the order in which they fill pages of ``height`` points best.

    A part is what stands between two forced page breaks. Headings and the texts that open a section stay before their
    exhibits and, where that leaves no page unfilled, on one page with the first of them.
    """
    states = [_State()]
    for run in _runs(pieces):
        grown: list[_State] = []
        for moved, order in _orders(pieces, run):
            for state in states:
                grown += _laid(pieces, order, replace(state, cost=state.cost + _MOVED * moved), height)
        states = _best(grown)
    return list(min(states, key=lambda state: state.cost).placed) if pieces else []


def _runs(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """Yield the positions of each run: headings, the texts below them, and what stands behind."""
    run: list[int] = []
    for position, piece in enumerate(pieces):
        before = pieces[run[-1]] if run else None
        opening = before is not None and (
            before.kind == "heading" or (before.kind == "text" and before.anchors)
        )
        goes_on = piece.kind == "text" and opening
        if run and piece.kind in ("heading", "text") and not goes_on:
            yield run
            run = []
        run.append(position)
    if run:
        yield run


def _orders(pieces: Sequence[Piece], run: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield the orders of a run with the number of places by which its exhibits move."""
    opening = [p for p in run if pieces[p].kind in ("heading", "text")]
    exhibits = run[len(opening) :]
    if any(pieces[p].kind == "block" for p in exhibits) or len(exhibits) > 7:
        yield 0, run
        return
    for order in _merged(
        [p for p in exhibits if pieces[p].kind == "figure"],
        [p for p in exhibits if pieces[p].kind == "table"],
    ):
        moved = sum(place != was for place, was in zip(order, exhibits, strict=True))
        yield moved, opening + order
        # A text without a heading may stand below the first of its exhibits.
        if (
            len(opening) == 1
            and order
            and not pieces[opening[0]].anchors
            and pieces[opening[0]].kind == "text"
        ):
            yield moved + 1, [order[0], *opening, *order[1:]]


def _merged(first: list[int], second: list[int]) -> Iterator[list[int]]:
    """Yield all ways of merging two lists that keep the order of each."""
    if not first or not second:
        yield first + second
        return
    for rest in _merged(first[1:], second):
        yield [first[0], *rest]
    for rest in _merged(first, second[1:]):
        yield [second[0], *rest]


def _laid(pieces: Sequence[Piece], order: list[int], state: _State, height: float) -> list[_State]:
    """Return the states after a run: laid out from here on, and from the top of a new page."""
    starts = [state]
    if state.used:
        starts.append(state.turned(height))
    ends = []
    for start in starts:
        for position, place in enumerate(order):
            above = [pieces[p] for p in order[:position]]
            start = _put(pieces[place], place, start, _torn(above), height)
        ends.append(start)
    return ends


def _torn(above: Sequence[Piece]) -> float:
    """Return what it costs to start a page below these pieces of a run."""
    if not above or above[-1].kind not in ("heading", "text"):
        return 0.0
    if above[-1].kind == "heading":
        return _BARE_HEADING
    if any(piece.kind == "heading" for piece in above):
        return _APART
    return _PART_APART if any(piece.anchors for piece in above) else 0.0


def _put(piece: Piece, place: int, state: _State, torn: float, height: float) -> _State:
    """Return the state after a piece was put on the page or, where it does not fit there, on the next."""
    slack = state.slack + (_CLOSER[piece.kind] if state.used else 0.0)
    needed = state.used + piece.height - _BELOW[piece.kind]
    if needed <= height:
        return _set(state, place, state.used + piece.height, slack)
    if needed - slack <= height:
        closer = tuple(replace(put, closer=True) if put.page == state.page else put for put in state.placed)
        cost = state.cost + _CLOSE
        tight = replace(state, placed=closer, cost=cost)
        return _set(tight, place, state.used + piece.height - slack, 0.0, closer=True)
    if piece.rows:
        broken = _broken(piece, state, place, height)
        if broken:
            return broken
    turned = replace(state.turned(height), cost=state.turned(height).cost + torn) if state.used else state
    if piece.rows and piece.height > height:
        return _broken(piece, turned, place, height) or _set(turned, place, height, 0.0)
    return _set(turned, place, min(piece.height, height), 0.0)


def _set(state: _State, place: int, used: float, slack: float, closer: bool = False) -> _State:
    put = Placed(place, state.page, starts_page=not state.used and bool(state.placed), closer=closer)
    return replace(state, used=used, slack=slack, placed=(*state.placed, put))


def _broken(piece: Piece, state: _State, place: int, room: float) -> _State | None:
    """Return the state after a piece that goes on over pages, or None where too little of it would start here."""
    rows = list(piece.rows)
    left = room - state.used - piece.head
    first = _fitting(rows[: len(rows) - piece.least], left)
    if first < piece.least:
        return None
    start = _set(state, place, state.used, 0.0)
    rows, page = rows[first:], state.page + 1
    while sum(rows) + piece.again + piece.tail - _BELOW[piece.kind] > room and len(rows) > piece.least:
        fitting = max(1, _fitting(rows[: len(rows) - piece.least], room - piece.again))
        rows, page = rows[fitting:], page + 1
    return replace(start, page=page, used=piece.again + sum(rows) + piece.tail, slack=0.0)


def _fitting(rows: Sequence[float], room: float) -> int:
    """Return how many rows fit."""
    count = 0
    for row in rows:
        room -= row
        if room < 0:
            break
        count += 1
    return count


def lines_of(height: float) -> tuple[float, ...]:
    """Return a text of some height as rows between which it may break; a short one does not break."""
    count = int(height / _LINE)
    return (_LINE,) * count if count > 3 * LEAST_ROWS else ()


def _best(states: list[_State]) -> list[_State]:
    """Return the cheapest state of each fill of the page, the best of them."""
    kept: dict[int, _State] = {}
    for state in sorted(states, key=lambda state: state.cost):
        kept.setdefault(round(state.used), state)
    return list(kept.values())[:_STATES]
