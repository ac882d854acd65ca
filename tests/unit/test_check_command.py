"""``milaid check``: a line an edition, one edition in detail, and the exit code that scripts rely on."""

from __future__ import annotations

import pandas as pd
import pytest

from fmtr_documents import Country, Document, Program
from milaid.cli import main
from milaid.publish import check as checking

WRONG = Document((Country("Angola", (Program(total=("12", "$3,400")),), ("1", "$100")),))
ISSUE = {
    "edition": "2014-2015", "document": "africa.pdf", "page": 1, "region": "Africa", "country": "Angola",
    "program_printed": "IMET-1", "level": "program", "reason": "The total is a misprint.",
}  # fmt: skip
PEOPLE = {**ISSUE, "measure": "quantity", "printed_value": "12", "computed_value": "1"}
DOLLARS = {**ISSUE, "measure": "cost_usd", "printed_value": "3400", "computed_value": "100"}


def check(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["check", *arguments])
    return int(ended.value.code or 0)


@pytest.fixture(scope="module")
def faulty_once(built_once, tmp_path_factory):
    """The small project with one program total that is a misprint and named as such."""
    return built_once.built_with(_with_a_misprint, tmp_path_factory.mktemp("faulty"))


def _with_a_misprint(project):
    project.add("africa.pdf", WRONG)
    project.append("known_issues", PEOPLE, DOLLARS)


@pytest.fixture
def faulty(faulty_once, home):
    """The same in a directory of its own."""
    return faulty_once.copied_to(home)


def lines(capsys) -> list[str]:
    shown = capsys.readouterr().out.splitlines()
    assert max(map(len, shown)) <= checking.WIDTH
    return shown


def test_sound_tables_end_with_0_and_a_line_that_says_it_all(built, capsys):
    assert check() == 0
    shown = lines(capsys)
    assert shown[0].split() == [
        "edition",
        "rows",
        "people",
        "dollars",
        "programs",
        "countries",
        "known",
        "rest",
    ]
    assert "2014-2015" in shown[3] and shown[3].split()[-4:] == ["4/4", "3/3", "0", "0"]
    assert shown[-1] == "9 of 9 printed totals agree, nothing unexplained."


def test_a_known_fault_is_counted_and_lets_the_check_pass(faulty, capsys):
    assert check() == 0
    shown = lines(capsys)
    row = next(line for line in shown if line.startswith("2014-2015"))
    assert row.split()[-4:] == ["1/2", "2/2", "1", "0"]
    assert shown[-1].endswith("1 known fault of the documents, nothing unexplained.")


def test_one_edition_lists_every_total_that_differs_with_page_and_reason(faulty, capsys):
    assert check("--edition", "2014-2015") == 0
    text = "\n".join(lines(capsys))
    assert "Angola, IMET-1 (program total): africa.pdf, page 1" in text
    assert "printed            12   rows             1  differs" in text
    assert "printed         3,400   rows           100  differs" in text
    assert "  The total is a misprint." in text
    assert check("--edition", "2013-2014") == 0
    other = "\n".join(lines(capsys))
    assert "Angola" not in other and other.endswith("nothing unexplained.")


@pytest.mark.parametrize("arguments", [(), ("--edition", "2014-2015")])
def test_a_difference_that_is_not_named_ends_with_4_after_the_table(faulty, capsys, arguments):
    table = faulty.table("known_issues")
    table.write_text(table.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert check(*arguments) == 4
    shown = capsys.readouterr()
    assert shown.out.rstrip().endswith("1 UNEXPLAINED.")
    assert "printed 12, rows 1 (africa.pdf, page 1)" in shown.err


def test_a_known_fault_with_other_values_is_unexplained(faulty, capsys):
    table = faulty.table("known_issues")
    table.write_text(table.read_text(encoding="utf-8").replace(",12,1,", ",13,1,"), encoding="utf-8")
    assert check() == 4
    assert capsys.readouterr().out.rstrip().endswith("1 UNEXPLAINED.")


def test_a_fault_in_another_edition_does_not_concern_this_one(faulty, capsys):
    table = faulty.table("known_issues")
    table.write_text(table.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert check("--edition", "2013-2014") == 0
    capsys.readouterr()


def test_an_edition_without_data_ends_with_2_and_the_nearest(built, capsys):
    assert check("--edition", "2014") == 2
    said = capsys.readouterr().err
    assert "edition '2014' has no data; editions with data: 2013-2014 to 2014-2015" in said
    assert "did you mean '201" in said


def test_numbers_of_twenty_two_editions_fit_a_hundred_columns():
    counts = {
        f"{level}_{name}": count
        for level, count in (("program", 19_999), ("country", 4_999), ("fiscal_year", 19_999))
        for name in ("compared", "agreeing")
    }
    frame = pd.DataFrame([{"edition": "2014-2015", "activities": 299_999, "participants": 1_299_999,
                           "cost_usd": 9_999_999_999, "compared": 59_997, "agreeing": 59_000, "known": 997,
                           "unexplained": 0, **counts}])  # fmt: skip
    text = checking.overview(frame, ["program", "country", "fiscal_year"])
    assert max(map(len, text.splitlines())) <= checking.WIDTH


def test_rows_of_text_are_aligned():
    assert checking.aligned([["a", "10", "x"], ["bcd", "2", "yz"]]) == ["a    10   x", "bcd   2  yz"]
