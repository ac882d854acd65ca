"""Whatever the pieces of a document: each is placed once, in an order that keeps numbers and headings right."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from milaid.publish.files.pagination import Piece, Placed, arrange

HEIGHT = 700.0


@st.composite
def some_pieces(draw: st.DrawFn) -> list[Piece]:
    kinds = draw(st.lists(st.sampled_from(["heading", "text", "figure", "table", "block"]), max_size=14))
    pieces = []
    for kind in kinds:
        height = draw(st.floats(15, 900 if kind == "table" else 640))
        count = int(height / 15) if kind == "table" and draw(st.booleans()) else 0
        rows = (15.0,) * (count - 6) if count > 14 else ()
        if not rows:
            height = min(height, 640.0)
        pieces.append(Piece(kind, height, rows, 50.0 if rows else 0, 20.0, 40.0, anchors=draw(st.booleans())))
    return pieces


def kept_order(placed: list[Placed], pieces: list[Piece], kind: str) -> list[int]:
    return [put.piece for put in placed if pieces[put.piece].kind == kind]


@given(some_pieces())
def test_every_piece_is_placed_once_and_pages_follow_each_other(pieces: list[Piece]) -> None:
    placed = arrange(pieces, HEIGHT)
    assert sorted(put.piece for put in placed) == list(range(len(pieces)))
    assert all(later.page - put.page >= 0 for put, later in pairwise(placed))
    assert not placed or placed[0].page == 0


@given(some_pieces())
def test_no_kind_of_exhibit_changes_its_order_and_no_exhibit_leaves_its_heading(pieces: list[Piece]) -> None:
    placed = arrange(pieces, HEIGHT)
    for kind in ("heading", "figure", "table", "block"):
        order = kept_order(placed, pieces, kind)
        assert order == sorted(order)
    place = {put.piece: position for position, put in enumerate(placed)}
    for heading in kept_order(placed, pieces, "heading"):
        for other in range(len(pieces)):
            assert (place[other] < place[heading]) == (other < heading)


@given(some_pieces())
def test_what_does_not_break_stands_whole_on_its_page(pieces: list[Piece]) -> None:
    placed = arrange(pieces, HEIGHT)
    used: dict[int, float] = {}
    broken = {put.page for put in placed if pieces[put.piece].rows}
    for put in placed:
        # A closer piece gives up 12 points at most, and what stands below the last one needs no room.
        used[put.page] = used.get(put.page, 0.0) + pieces[put.piece].height - (12 if put.closer else 0)
    for page, height in used.items():
        if page not in broken:
            assert height <= HEIGHT + 28 + 12


def test_a_table_goes_ahead_of_a_figure_that_does_not_fit() -> None:
    pieces = [
        Piece("heading", 30),
        Piece("figure", 360),
        Piece("figure", 360),
        Piece("table", 330, (15.0,) * 16, 50, 20, 40),
        Piece("heading", 30),
        Piece("figure", 300),
    ]
    placed = arrange(pieces, HEIGHT)
    assert [put.piece for put in placed[:4]] == [0, 1, 3, 2]
    assert not any(put.starts_page for put in placed[:3])


def test_a_page_is_set_closer_where_that_keeps_a_piece_on_it() -> None:
    placed = arrange([Piece("figure", 370), Piece("heading", 40), Piece("figure", 325)], HEIGHT)
    assert {put.page for put in placed} == {0}
    assert any(put.closer for put in placed)


def test_a_heading_and_its_text_stay_with_their_first_exhibit() -> None:
    pieces = [
        Piece("figure", 500),
        Piece("heading", 40),
        Piece("text", 80, anchors=True),
        Piece("figure", 400),
    ]
    pages = [put.page for put in arrange(pieces, HEIGHT)]
    assert pages == [0, 1, 1, 1]
