"""Tables that people edit are read as they were meant, or refused with file, line and column, whatever was done to them."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milaid import paths
from milaid.errors import DataError
from milaid.handwritten import as_text, parse, read_sheet
from milaid.tables import schemas
from milaid.tables.edited import problems_of, problems_of_references, require_fit, require_sound
from milaid.tables.schemas_documents import SERIES_BREAKS
from milaid.tables.store import read_file

TABLES = sorted(path.name for path in paths.reference_dir().glob("*.csv"))
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
PRINTED = CELLS.filter(lambda cell: bool(cell.strip()))


def written(rows: list[list[str]], separator: str, end: str, mark: bool) -> str:
    """Return rows as a spreadsheet of some country saves them."""
    quoted = [separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    return ("\ufeff" if mark else "") + end.join(quoted) + end


@given(
    columns=st.lists(PRINTED.map(str.strip).filter(bool), min_size=2, max_size=5, unique=True),
    data=st.data(),
    separator=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
)
def test_any_table_is_read_back_however_it_was_saved(columns, data, separator, end, mark):
    # What stands most often in the first line is what separates.
    columns = [re.sub("[,;\t]", "", name) or f"column {i}" for i, name in enumerate(columns)]
    columns = [f"{name} {i}" for i, name in enumerate(columns)]
    row = st.lists(CELLS, min_size=len(columns), max_size=len(columns)).filter(
        lambda r: any(c.strip() for c in r)
    )
    rows = data.draw(st.lists(row, max_size=5))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(written([columns, *rows], separator, end, mark).encode())
        sheet = read_sheet(path)
    assert list(sheet.columns) == [name.strip() for name in columns]
    assert [list(row.values()) for row in sheet.rows] == rows
    assert parse(sheet.text, "again").rows == sheet.rows
    assert sheet.text == as_text(sheet.columns, rows)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_the_project_is_in_the_form_that_is_written(table):
    path = paths.reference_dir() / table
    assert read_sheet(path).text == path.read_text(encoding="utf-8")


def test_the_tables_of_the_project_are_sound():
    require_sound(paths.reference_dir(), schemas.SCHEMAS)


@given(table=st.sampled_from(TABLES), data=st.data())
def test_random_damage_is_refused_with_its_place_or_does_no_harm(table, data):
    content = (paths.reference_dir() / table).read_bytes()[:6000]
    content = content[: content.rfind(b"\n") + 1]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 20))
        put = data.draw(
            st.binary(max_size=4) | st.sampled_from([b'"', b",", b";", b"\n", b"\r", b"\xe9", b"\0"])
        )
        content = content[:place] + put + content[place + cut :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / table
        path.write_bytes(content)
        try:
            frame = read_file(path, schemas.SCHEMAS[path.stem])
        except DataError as refused:
            said = str(refused)
            assert str(path) in said
            assert re.search(r"line \d+|is empty|UTF-16|stands on line", said), said
        else:
            assert set(schemas.SCHEMAS[path.stem].columns) <= set(frame.columns)


BREAKS = (
    "fiscal_year,kind,label,region,concerns,description\n2009,gap,lost,,,Lost.\n2010,break,new,Africa,,New.\n"
)
FAULTS = {
    "another encoding": (BREAKS.replace("Lost.", "Perdu à jamais").encode("cp1252"), "line 2, letter 23: the byte 0xE0 is no UTF-8"),
    "UTF-16": (BREAKS.encode("utf-16"), "is written in UTF-16"),
    "nothing": (b"\n\n", "is empty"),
    "a missing column": (BREAKS.replace("kind", "sort").encode(), "line 1: the column 'kind' is missing"),
    "a column twice": (BREAKS.replace("region", "label").encode(), "line 1: the column 'label' stands a second time"),
    "a column without a name": (BREAKS.replace("region", "").encode(), "line 1: column 4 has no name"),
    "an unknown region": (BREAKS.replace("Africa", "Afrika").encode(), "line 3, column 'region': 'Afrika' is not allowed"),
    "a word for a number": (BREAKS.replace("2010", "soon").encode(), "line 3, column 'fiscal_year': 'soon' is no whole number"),
    "a number too large": (BREAKS.replace("2010", "201000").encode(), "line 3, column 'fiscal_year': '201000' is no whole number"),
    "an empty cell": (BREAKS.replace("Lost.", "").encode(), "line 2, column 'description': is empty"),
    "a cell too many": (BREAKS.replace("Lost.", "Lost, all").encode(), "line 2: has 7 cells, the first line 6"),
    "a cell too few": (BREAKS.replace(",,Lost", ",Lost").encode(), "line 2: has 5 cells, the first line 6"),
    "an open quotation mark": (BREAKS.replace("Lost.", '"Lost.').encode(), "line 2: this row cannot be read"),
    "a byte 0": (BREAKS.replace("Lost", "Lo\0st").encode(), "line 2: holds a byte 0"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_file_line_and_column(content, said, tmp_path):
    path = tmp_path / "series_breaks.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=re.escape(said)) as refused:
        read_file(path, SERIES_BREAKS)
    assert str(path) in str(refused.value)


def test_all_faults_come_in_one_message(tmp_path):
    path = tmp_path / "series_breaks.csv"
    path.write_text(
        BREAKS.replace("gap", "hole").replace("Africa", "Afrika").replace("New.", ""), encoding="utf-8"
    )
    with pytest.raises(DataError) as refused:
        require_fit(read_sheet(path), path, SERIES_BREAKS)
    assert all(
        part in str(refused.value)
        for part in ("line 2, column 'kind'", "line 3, column 'region'", "line 3, column 'description'")
    )


def test_a_key_that_stands_twice_names_both_lines():
    rows = "printed,code\nIMET,IMET\nFMF,FMF\nIMET,FMF\n"
    [problem] = problems_of(parse(rows, "labels"), schemas.PROGRAM_LABELS)
    assert problem == "line 4: printed 'IMET' stands on line 2 already"


def test_a_code_that_another_table_does_not_have_is_told_with_what_is_near():
    labels = parse("printed,code\nIMET-1,IMETT\n", "labels")
    programs = parse("code\nIMET\n", "programs")
    sheets = {"program_labels": (labels, schemas.PROGRAM_LABELS), "programs": (programs, schemas.PROGRAMS)}
    [problem] = problems_of_references(sheets)["program_labels"]
    assert problem.startswith("line 2, column 'code': 'IMETT' is not in the column 'code' of programs.csv")
    assert "did you mean 'IMET'?" in problem


def test_rows_over_several_lines_are_counted_by_the_lines_of_the_file(tmp_path):
    path = tmp_path / "series_breaks.csv"
    path.write_text(
        BREAKS.replace("Lost.", '"Lost\nfor ever."').replace("Africa", "Afrika"), encoding="utf-8"
    )
    with pytest.raises(DataError, match="line 4, column 'region'"):
        read_file(path, SERIES_BREAKS)
