"""The workbook of a report: a sheet an exhibit, numbers as numbers, everything else as text."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from milaid.blocks.block import Column
from milaid.publish.files import document, workbook
from milaid.tables import counting
from samples import figure, front, full_report, key_facts, notebook, short_table
from workbook_cells import HEAD, sheets


def book(*blocks):
    return workbook.render(document.build(notebook([front(), "## One", *blocks])))


def column(csv: str, place: int = 0, **changes):
    rows = sheets(book(figure(csv=csv, note="", **changes)))["Figure 1"]
    return [row[place] if place < len(row) else None for row in rows[HEAD + 1 :]]


def test_there_is_a_sheet_for_each_exhibit_after_the_contents_and_before_how_to_read():
    made = workbook.render(document.build(notebook(full_report())))
    assert list(sheets(made)) == [
        "Contents", "Key facts", "Figure 1", "Figure 2", "Table 1", "Table 2", "Table A1", "Notes",
        "How to read",
    ]  # fmt: skip


def test_contents_and_notes_say_title_subtitle_note_sources_alt_and_how_to_count():
    made = figure("a", note="A *place* is one.^[See [[b]].]")
    found = sheets(book(key_facts_alone(), made, short_table("b", note="")))

    def row(sheet: str) -> list[str]:
        found_row = next(row for row in found[sheet] if row and row[0] and row[0].value == "Figure 1")
        return [cell.value for cell in found_row[1:]]

    assert row("Contents") == [made.title, made.subtitle]
    assert row("Notes") == [
        "A place is one. [See Table\u00a01.]", f"{made.sources[0].text} {made.sources[0].url}", made.alt,
    ]  # fmt: skip
    text = "\n".join(cell.value for row in found["How to read"] for cell in row if cell)
    assert all(rule in text and explanation in text for rule, explanation in counting.RULES)


def key_facts_alone():
    from dataclasses import replace

    return replace(key_facts(), facts=(), csv="fact,value\nparticipants,40032\n")


def test_numbers_are_numbers_and_keep_their_value():
    cells = column("x\n-24.00189843379212\n198971215\n0\n")
    assert [(float(cell.value), cell.is_text) for cell in cells] == [
        (-24.00189843379212, False), (198971215.0, False), (0.0, False),
    ]  # fmt: skip


def test_a_missing_value_is_an_empty_cell():
    assert column("x,y\n,1\n2,\n", 0)[0] is None


@pytest.mark.parametrize(
    "csv",
    [
        "account_code\n1003\n",
        "x\n007\n",
        "x\n12345678901234567890\n",
        "x\n1\nnone\n",
        "x\n1e999\n",
        "x\n2014-13-45\n",
    ],
)
def test_identifiers_and_what_is_no_number_throughout_stay_text(csv: str):
    assert [cell.value for cell in column(csv)] == csv.split()[1:]
    assert all(cell.is_text for cell in column(csv))


def test_a_column_that_the_table_calls_text_is_text():
    table = short_table(
        "a", note="", csv="label\n14\n", columns=(Column("label", "Label"),), rows=(("14",),), roles=("",)
    )
    assert sheets(book(table))["Table 1"][HEAD + 1][0].is_text


@pytest.mark.parametrize(
    "text", ["=1+1", "+1-1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "http://x.org"]
)
def test_no_text_becomes_a_formula_or_a_link(text: str):
    quoted = '"' + text.replace('"', '""') + '"'
    cell = column(f"x\n{quoted}\n")[0]
    assert (cell.value, cell.is_text, cell.is_formula) == (text, True, False)
    with zipfile.ZipFile(io.BytesIO(book(figure(csv=f"x\n{quoted}\n", note="", title=text)))) as made:
        assert "<f>" not in "".join(
            made.read(name).decode() for name in made.namelist() if name.endswith(".xml")
        )


def test_the_head_stays_in_sight():
    with zipfile.ZipFile(io.BytesIO(book(figure(note="")))) as made:
        assert b'state="frozen"' in made.read("xl/worksheets/sheet2.xml")


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    cell = column(f"x\n{'a' * 40_000}\n")[0]
    assert len(cell.value) == 32_767
    assert cell.value.endswith("a…")


def test_the_same_report_gives_the_same_bytes_without_the_day_of_the_run():
    assert book(figure(note="")) == book(figure(note=""))
    with zipfile.ZipFile(io.BytesIO(book(figure(note="")))) as made:
        assert {entry.date_time[0] for entry in made.infolist()} == {1980}
        assert b"2026-11-23" in made.read("docProps/core.xml")


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(content: bytes, folder: str) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        names = [name for name in made.namelist() if name.startswith(folder) and name.endswith(".xml")]
        return [ElementTree.fromstring(made.read(name)) for name in names]


@pytest.fixture(scope="module")
def whole() -> bytes:
    return workbook.render(document.build(notebook(full_report())))


def test_a_sheet_has_one_table_with_a_name_and_heads_of_its_own(whole: bytes):
    tables = parts(whole, "xl/tables/")
    names = [table.get("displayName") for table in tables]
    assert names == [name.replace(" ", "_") for name in sheets(whole)]
    for table in tables:
        heads = [column.get("name") for column in table.iter(f"{MAIN}tableColumn")]
        assert all(heads) and len({head.casefold() for head in heads}) == len(heads)
    for sheet in parts(whole, "xl/worksheets/sheet"):
        assert [parts.get("count") for parts in sheet.iter(f"{MAIN}tableParts")] == ["1"]


def test_no_cell_is_merged_no_row_is_empty_and_the_first_cell_is_selected(whole: bytes):
    for sheet in parts(whole, "xl/worksheets/sheet"):
        assert not list(sheet.iter(f"{MAIN}mergeCell"))
        rows = [int(row.get("r")) for row in sheet.iter(f"{MAIN}row")]
        assert rows == list(range(1, len(rows) + 1))
        assert all(selection.get("sqref", "A1") == "A1" for selection in sheet.iter(f"{MAIN}selection"))
        assert not list(sheet.iter(f"{MAIN}drawing"))


def test_each_sheet_begins_with_title_note_sources_and_a_link_to_the_contents(whole: bytes):
    for name, rows in list(sheets(whole).items())[1:-2]:
        said = [row[0].value for row in rows[:HEAD]]
        assert said[0].startswith(name)
        assert said[1].startswith("This sheet has one table.")
        assert said[2].startswith("Note: ") and said[3].startswith("Sources: ")
        assert said[4] == "To the sheet Contents"


def test_the_contents_lead_to_every_sheet(whole: bytes):
    contents = parts(whole, "xl/worksheets/sheet1.xml")[0]
    targets = [link.get("location") for link in contents.iter(f"{MAIN}hyperlink")]
    assert targets == [f"'{name}'!A1" for name in list(sheets(whole))[1:]]


def test_the_file_names_title_author_and_language(whole: bytes):
    [core] = parts(whole, "docProps/core")
    found = {each.tag.rpartition("}")[2]: each.text for each in core}
    assert found["title"] == document.build(notebook(full_report())).title
    assert (found["creator"], found["language"]) == ("the milaid authors", "en")


def test_heads_that_differ_only_in_capitals_get_names_of_their_own():
    table = parts(book(figure(csv="x,X,\n1,2,3\n", note="")), "xl/tables/table2.xml")[0]
    assert [column.get("name") for column in table.iter(f"{MAIN}tableColumn")] == ["x", "X (2)", "column 3"]


def styled(content: bytes, sheet: int, cell: str) -> ElementTree.Element:
    """Return the format of a cell of the n-th sheet."""
    [style] = [
        each.get("s") for each in parts(content, f"xl/worksheets/sheet{sheet}.")[0].iter(f"{MAIN}c")
        if each.get("r") == cell
    ]  # fmt: skip
    return parts(content, "xl/styles")[0].find(f"{MAIN}cellXfs")[int(style)]


def number_format(content: bytes, cell: str) -> str:
    known = {
        each.get("numFmtId"): each.get("formatCode")
        for each in parts(content, "xl/styles")[0].iter(f"{MAIN}numFmt")
    }
    number = styled(content, 2, cell).get("numFmtId")
    return known.get(number, {"1": "0"}.get(number, number))


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("fiscal_year", "2009", "0"),
        ("base_fiscal_year", "2020", "0"),
        # A count of people, though its name ends as that of a year.
        ("all_participants_of_year", "55525", "#,##0_-"),
        ("share", "24.25", "#,##0.00_-"),
        ("ratio", "0.123456", "#,##0.000_-"),
    ],
)
def test_a_number_is_shown_as_what_it_counts_asks_for(name: str, value: str, shown: str):
    assert number_format(book(figure(csv=f"{name}\n{value}\n", note="")), "A7") == shown


def test_a_column_of_several_units_shows_counts_without_a_decimal():
    content = book(figure(csv="value\n55525\n180.9\n", note=""))
    assert [number_format(content, cell) for cell in ("A7", "A8")] == ["#,##0_-", "#,##0.0_-"]


def test_rows_of_wrapped_text_are_high_enough_without_the_help_of_a_program():
    content = book(figure(note="word " * 200))
    notes = parts(content, "xl/worksheets/sheet3.")[0]
    heights = {row.get("r"): float(row.get("ht", 0)) for row in notes.iter(f"{MAIN}row")}
    # A thousand letters in a column of 60.
    assert heights["5"] >= 17 * 15


def test_a_sheet_prints_its_table_below_its_title_and_no_line_that_runs_beyond_it():
    content = book(figure(note="word " * 200, title="Aid & training"))
    sheet = parts(content, "xl/worksheets/sheet2.")[0]
    assert sheet.findtext(f"{MAIN}headerFooter/{MAIN}oddHeader") == "&LFigure 1. Aid && training"
    names = {each.text for each in parts(content, "xl/workbook")[0].iter(f"{MAIN}definedName")}
    assert "'Figure 1'!$A$6:$B$8" in names


def test_a_table_too_wide_for_a_page_goes_over_several():
    heads = [f"{'participants_of_the_country' * 2}_{number}" for number in range(12)]
    content = book(figure(csv=f"{','.join(heads)}\n{','.join('1' * 12)}\n", note=""))
    fit = parts(content, "xl/worksheets/sheet2.")[0].find(f"{MAIN}pageSetup")
    assert int(fit.get("fitToWidth")) == 3
