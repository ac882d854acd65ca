from __future__ import annotations

import pytest

from milaid.exhibits import typst_table
from milaid.exhibits.exhibit import Column
from samples import long_table, matrix, short_table


@pytest.mark.parametrize("table", [short_table(), long_table(), matrix()])
@pytest.mark.parametrize("full", [468.0, 700.0])
def test_columns_fill_the_width_exactly(table: object, full: float) -> None:
    assert sum(typst_table.layout(table, full).widths) == pytest.approx(full)


def test_numbers_keep_the_room_they_need_and_text_gives_way() -> None:
    wide = "a very long name of a recipient " * 6
    table = short_table(rows=((1, wide, wide, 1_000_000, 2, 3, 4.0, 198_971_215, "AF 1"),), roles=("",))
    chosen = typst_table.layout(table, 468)
    needed = typst_table.text_width("198,971,215", chosen.size)
    assert chosen.widths[7] >= needed
    assert sum(chosen.widths) == pytest.approx(468)


def test_a_share_of_the_width_is_kept() -> None:
    columns = (Column("a", "A", width=0.5), Column("b", "B", "integer"))
    table = short_table(columns=columns, rows=(("x", 1),), roles=("",))
    assert typst_table.layout(table, 400).widths == pytest.approx((200, 200))


def test_tabular_figures_are_all_as_wide() -> None:
    assert typst_table.text_width("111", 10) == typst_table.text_width("888", 10)
