"""Tables that people made and spreadsheets saved."""

from __future__ import annotations

import pytest

from milaid.errors import RequestError
from milaid.tables.by_hand import read_hand_made

ROWS = [{"unit": "Batallón 1", "country": "Peru"}, {"unit": "Río; Norte", "country": ""}]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ('unit,country\nBatallón 1,Peru\n"Río; Norte",\n', "utf-8"),
        ('unit;country\r\nBatallón 1;Peru\r\n"Río; Norte";\r\n;\r\n', "utf-8-sig"),
        ("unit\tcountry\r\nBatallón 1\tPeru\r\nRío; Norte\r\n", "utf-16"),
        ('sep=;\r\nunit;country\r\nBatallón 1;Peru\r\n"Río; Norte";\r\n', "utf-8-sig"),
    ],
)
def test_a_table_is_read_however_a_spreadsheet_saved_it(tmp_path, text, letters):
    path = tmp_path / "units.csv"
    path.write_bytes(text.encode(letters))
    table = read_hand_made(path)
    assert list(table.sheet.rows) == ROWS
    assert table.column("Unit") == ["Batallón 1", "Río; Norte"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"unit,country\n", "no row below the first line"),
        (b"unit,country\na,b,c\n", "line 2: has 3 cells"),
        (b"PK\x03\x04rest", "is a workbook, .* Save it as CSV in UTF-8"),
        ("unit\nBatallón 1\n".encode("cp1252"), "line 2, letter 7: the byte 0xF3 is no UTF-8"),
        ("unit\nBatallón 1\n".encode("utf-16")[:-1], "line 2: is no UTF-16"),
        (b'unit\na\n"b\n', "line 3: this row cannot be read"),
        (b"unit,Unit,unit\na,b,c\n", "the column 'unit' stands a second time"),
    ],
)
def test_what_is_no_table_is_refused_with_the_place(tmp_path, content, said):
    path = tmp_path / "units.csv"
    path.write_bytes(content)
    with pytest.raises(RequestError, match=said):
        read_hand_made(path)


def test_a_missing_column_is_named_with_the_nearest(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text("unit,country\na,b\n")
    with pytest.raises(RequestError, match="did you mean 'country'"):
        read_hand_made(path).column("contry")
    with pytest.raises(RequestError, match="cannot be read"):
        read_hand_made(tmp_path / "none.csv")
