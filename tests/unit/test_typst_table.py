from __future__ import annotations

import pytest

from milaid.blocks import typst, typst_table
from milaid.blocks.block import Column
from milaid.blocks.marked_typst import TypstWriter
from milaid.blocks.numbering import Numbering
from milaid.errors import ReportError
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


def test_a_share_too_small_for_its_numbers_grows_and_text_gives_way() -> None:
    shares = (
        Column("a", "A", width=0.8),
        Column("b", "B", "usd", width=0.05),
        Column("c", "C", "page", width=0.15),
    )
    table = short_table(columns=shares, rows=(("x " * 60, 12_345_678, "AF 1 (file 279)"),), roles=("",))
    chosen = typst_table.layout(table, 400)
    assert chosen.widths[1] >= typst_table.text_width("12,345,678", chosen.size)
    assert chosen.widths[2] == pytest.approx(60) and sum(chosen.widths) == pytest.approx(400)


def test_a_column_of_words_has_room_for_its_longest_word_but_not_for_any_length() -> None:
    columns = (Column("a", "A", width=0.9), Column("b", "B", width=0.1))
    table = short_table(columns=columns, rows=(("x " * 60, "2010-10-01 – 2011-09-30"),), roles=("",))
    chosen = typst_table.layout(table, 400)
    assert chosen.widths[1] >= typst_table.text_width("2010-10-01", chosen.size)
    endless = short_table(columns=columns, rows=(("x " * 60, "https://" + "x" * 300),), roles=("",))
    assert typst_table.layout(endless, 400).widths[1] == pytest.approx(100)


def test_tabular_figures_are_all_as_wide() -> None:
    assert typst_table.text_width("111", 10) == typst_table.text_width("888", 10)


def _in_print(table: object) -> str:
    numbering = Numbering()
    numbering.add(table)
    return typst.render(table, TypstWriter(numbering))


def test_print_shows_as_many_rows_as_asked_for_and_says_where_the_others_are() -> None:
    made = _in_print(long_table(rows=1150, note="", pdf_rows=40))
    assert made.count('"WHA ') == 40 and '"40,032"' in made
    assert '"Group 1"' in made and '"Group 2"' not in made
    assert (
        "the first 40 rows of 1,150. The other 1,110 are on the HTML page of this report and in the file "
        "table-1.csv. The total is that of all rows." in made
    )


def test_print_that_goes_on_into_the_second_group_has_both_headings() -> None:
    made = _in_print(long_table(rows=60, note="", pdf_rows=59))
    assert '"Group 1"' in made and '"Group 2"' in made
    assert "The other one is on the HTML page" in made


@pytest.mark.parametrize("rows", [None, 60, 61])
def test_print_of_all_rows_says_nothing_of_others(rows: int | None) -> None:
    made = _in_print(long_table(rows=60, note="", pdf_rows=rows))
    assert made.count('"WHA ') == 60 and "In print" not in made


def test_rows_left_out_of_print_do_not_stand_beside_all_other() -> None:
    with pytest.raises(ReportError, match='beside a row "other"'):
        short_table(pdf_rows=3)
