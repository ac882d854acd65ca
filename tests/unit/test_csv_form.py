"""The one form of CSV: byte order mark, numbers as they are, no cell that is a formula, and back again."""

from __future__ import annotations

import csv
import io

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milaid.blocks.csv_form import csv_file, csv_rows, csv_text, harmless, text_of_file, verbatim

CELL = st.text(alphabet="=+-@\t\r\n'\",A1é.%", max_size=8)


@pytest.mark.parametrize(
    ("cell", "filed"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://e.org")', '\'=HYPERLINK("http://e.org")'),
        ("+49 30", "'+49 30"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tA1", "'\tA1"),
        ("\r=A1", "'\r=A1"),
        ("'=A1", "''=A1"),
        ("-", "-"),
        ("--", "--"),
        ("-12.5", "-12.5"),
        ("-1e-05", "-1e-05"),
        ("O'Higgins", "O'Higgins"),
        ("'Ndrangheta", "'Ndrangheta"),
        ("", ""),
    ],
)
def test_only_a_text_that_could_be_a_formula_has_an_apostrophe(cell: str, filed: str) -> None:
    assert harmless(cell) == filed
    assert verbatim(filed) == cell


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    content = csv_file(buffer.getvalue())
    assert csv_rows(text_of_file(content)) == rows
    # Also for a reader that knows nothing of carriage returns inside cells.
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [list(map(verbatim, row)) for row in read] == rows


@given(st.text(alphabet=',"\n\r\x0b\u2028aé', max_size=30))
def test_a_text_is_taken_line_by_line_as_a_file_is(text: str) -> None:
    plain = text.replace("\r", "")
    assert csv_rows(plain) == list(csv.reader(io.StringIO(plain, newline="\n")))


def test_a_long_frame_is_written_as_a_short_one_is() -> None:
    days = pd.to_datetime(["2020-01-31", None]).astype("datetime64[s]")
    part = pd.DataFrame(
        {
            "name": ["Côte d’Ivoire, A", None],
            "people": pd.array([1, None], "Int64"),
            "share": [0.1, None],
            "day": days,
        }
    )
    rows = csv_text(part).partition("\n")[2]
    assert csv_text(pd.concat([part] * 3_000)) == "name,people,share,day\n" + rows * 3_000


def test_a_file_reads_alike_in_pandas_duckdb_and_without_either(tmp_path) -> None:
    frame = pd.DataFrame({"name": ["Côte d’Ivoire", "-", "=A1"], "people": [67640, -3, None]})
    path = tmp_path / "table.csv"
    path.write_bytes(csv_file(csv_text(frame)))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfname,people\n")
    assert list(pd.read_csv(path)["name"]) == ["Côte d’Ivoire", "-", "'=A1"]
    assert duckdb.sql(f"SELECT name, people FROM '{path}'").fetchall() == [
        ("Côte d’Ivoire", 67640.0),
        ("-", -3.0),
        ("'=A1", None),
    ]
    assert text_of_file(path.read_bytes()) == csv_text(frame)


def test_a_file_without_mark_is_taken_as_it_is() -> None:
    assert text_of_file(b"name\n'=A1\n") == "name\n'=A1\n"
