"""Any text that a table may hold comes back from CSV and SQLite letter for letter, read without milaid.

In a CSV a text that a spreadsheet would take for a formula has an apostrophe in front, after one rule.
"""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from milaid.blocks.csv_form import verbatim
from milaid.publish.export.database import Database
from milaid.publish.export.files import CsvFile
from milaid.tables.schema import Field, Schema

SCHEMA = Schema(
    "texts",
    "Texts.",
    (Field("first", "text", "", "Any.", nullable=True), Field("number", "int64", "", "Any.", nullable=True)),
)
# A table holds no empty text: what is not there is null, in CSV an empty cell.
FORMULAS = st.text(alphabet="=+-@\t\r\n\"',;|\\0A ﻿é中\u202e", min_size=1, max_size=12)
TEXT = st.none() | st.text(min_size=1, max_size=30) | FORMULAS
NUMBER = st.none() | st.integers(-(2**63), 2**63 - 1)
PARTS = st.lists(st.lists(st.tuples(TEXT, NUMBER), max_size=5), min_size=1, max_size=3)


def table(rows: list[tuple]) -> pa.Table:
    return pa.table([[row[i] for row in rows] for i in (0, 1)], schema=SCHEMA.arrow_schema)


@settings(max_examples=100)
@given(PARTS)
def test_csv(parts: list[list[tuple]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.csv"
        with CsvFile(path, SCHEMA) as file:
            for part in parts:
                file.write(table(part))
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head, *found = csv.reader(stream)
        assert head == ["first", "number"]
        expected = [
            ("" if text is None else text, "" if n is None else str(n)) for part in parts for text, n in part
        ]
        assert [(verbatim(text), number) for text, number in found] == expected
        assert not [text for text, _ in found if is_dangerous(text)]
        frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
        read = frame.fillna("").itertuples(index=False)
        assert [(verbatim(text), number) for text, number in read] == expected


def is_dangerous(cell: str) -> bool:
    """Return whether a cell is a formula to a spreadsheet, said without the rule: it can name a function or a cell."""
    named = any(letter.isascii() and letter.isalnum() for letter in cell)
    try:
        float(cell)
    except ValueError:
        return cell.startswith(("=", "+", "-", "@", "\t", "\r")) and named
    # Python reads more as a number than a spreadsheet does: +1, 1_000, a tab before it.
    return not cell.lstrip("-").replace(".", "").replace("e", "").replace("E", "").replace("-", "").isdigit()


@settings(max_examples=100)
@given(PARTS)
def test_sqlite(parts: list[list[tuple]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.sqlite"
        with Database(path, [SCHEMA]) as base:
            for part in parts:
                base.write(SCHEMA, table(part))
        connection = sqlite3.connect(path)
        found = connection.execute('SELECT "first", number FROM texts').fetchall()
        connection.close()
    assert found == [row for part in parts for row in part]
