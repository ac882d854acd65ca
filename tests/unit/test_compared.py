"""Which numbers moved between two builds of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from milaid import cli
from milaid.errors import RequestError
from milaid.publish.suite.compared import Moved, TableOf, table_moves, text_moves
from milaid.publish.suite.explain import explain
from small_suite import add_report


def table(text: str) -> TableOf:
    head, *rows = [tuple(line.split(",")) for line in text.split()]
    return TableOf("Table 1", "Title", head, tuple(rows))


def moved(old: str, new: str) -> list[Moved]:
    return list(table_moves(table(old), table(new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("year,n 2013,1 2014,2", "year,n 2013,1 2014,2", []),
        ("year,n 2013,1 2014,2", "year,n 2013,1 2014,3", [("2014", "n", "2", "3", "changed")]),
        ("year,n 2013,1", "year,n 2013,1 2014,3", [("2014", "n", "", "3", "added")]),
        ("year,n 2013,1 2014,3", "year,n 2014,3", [("2013", "n", "1", "", "gone")]),
        ("year,n 2014,3", "year,n 2014,", [("2014", "n", "3", "", "changed")]),
        ("who,n A,1 B,2", "who,n B,2 A,1", []),
        ("rank,who,n 1,A,9 2,B,8", "rank,who,n 1,B,9 2,A,8",
         [("A", "rank", "1", "2", "changed"), ("A", "n", "9", "8", "changed"),
          ("B", "rank", "2", "1", "changed"), ("B", "n", "8", "9", "changed")]),
        ("a,b,n X,Y,1 X,Z,2", "a,b,n X,Y,1 X,Z,5", [("X, Z", "n", "2", "5", "changed")]),
        ("n 1 2", "n 1 3", [("row 2", "n", "2", "3", "changed")]),
        ("who,n A,0.30000000000000004", "who,n A,0.3", []),
        ("who,n A,1000000", "who,n A,1000001", [("A", "n", "1000000", "1000001", "changed")]),
        ("who,n A,1", "who,m A,1", [("all rows", "n", "1 row", "", "gone"), ("all rows", "m", "", "1 row", "added")]),
        ("who,text A,rose_by_5", "who,text A,increased_by_5", []),
    ],
)  # fmt: skip
def test_numbers_are_matched_by_what_names_their_row(old: str, new: str, expected: list[tuple]) -> None:
    assert [(m.row, m.column, m.old, m.new, m.kind) for m in moved(old, new)] == expected


def test_rows_with_one_name_are_told_apart_by_their_order() -> None:
    assert [(m.row, m.old, m.new) for m in moved("who,n A,1 A,2", "who,n A,1 A,3")] == [("A (2)", "2", "3")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It rose to 40,032.", "It went up to 40,032.", []),
        ("It fell by −24.0%.", "It fell by −24.1%.", [("−24.0%", "−24.1%")]),
        ("version 0.1.0, 2026", "version 0.2.0, 2027", []),
        ("In 2014 there were 5.", "There were 5.", [("2014, 5", "5")]),
        ("", "New: 7.", [("", "7")]),
    ],
)
def test_numbers_in_sentences(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.old, m.new) for m in text_moves([("Text", old)], [("Text", new)])] == expected


def test_explain_names_exhibit_row_column_and_what_differs(tmp_path: Path) -> None:
    old = add_report(tmp_path / "old", "annual/2014")
    made = {"version": "0.1.0", "data": "d2", "code": "c1"}
    new = add_report(tmp_path / "new", "annual/2014", participants=40033, year=2015, made_from=made)
    for one, other in ((old, new), (old.with_suffix(""), new.with_suffix(""))):
        text = explain(one, other)
        assert ": 2 numbers moved\n" in text
        assert "  Figure 1, 2014, participants: 40032 → 40033\n" in text
        assert "  Key facts, course participants, value: 40,032 → 40,033\n" in text
        assert "  data: differs, d1 → d2\n  code: the same\n" in text
        assert (
            "  parameters: differs, fiscal_year = 2014, paper = a4 → fiscal_year = 2015, paper = a4\n" in text
        )


def test_tables_alone_are_compared_by_their_files(tmp_path: Path) -> None:
    for name, value in (("old", 1), ("new", 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "table-a1.csv").write_text(f"who,n\nA,{value}\n", encoding="utf-8")
    text = explain(tmp_path / "old", tmp_path / "new")
    assert "Table A1, A, n: 1 → 2" in text
    assert "  data: not known, neither says" in text


def test_a_path_that_is_no_build_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RequestError, match="name the directory with the CSV files"):
        explain(tmp_path / "none", tmp_path)
    with pytest.raises(SystemExit) as done:
        cli.main(["explain", str(tmp_path), str(tmp_path)])
    assert done.value.code == 2
    assert "there is no CSV file" in capsys.readouterr().err
