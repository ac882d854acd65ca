"""A block by itself: as text, as a frame, and as a file of its own."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest

from milaid import exhibits as exhibits
from milaid.blocks.block import Box, Column, Findings, Prose, Table, csv_frame
from milaid.errors import ReportError, RequestError
from samples import figure, front, key_facts, short_table
from workbook_cells import sheets


@pytest.mark.parametrize("block", [figure(), short_table(), key_facts(), front(), Prose("Some *words*.")])
def test_a_block_is_worth_reading_as_text(block) -> None:
    text = str(block)
    assert text == repr(block) and not text.startswith("<")
    assert "*" not in text and "[[" not in text
    if hasattr(block, "title"):
        assert " ".join(block.title.split()) in " ".join(text.split())


def test_a_table_as_text_shows_its_cells_note_and_sources() -> None:
    table = replace(short_table(), note="Counted once; see [[other_table]].")
    text = " ".join(str(table).split())
    for column in table.columns:
        assert column.label in text
    assert "see the exhibit “other table”." in text
    assert table.sources[0].text in text


def test_a_long_table_says_how_many_rows_are_left() -> None:
    rows = tuple((f"row {number}", number) for number in range(100))
    table = replace(
        short_table(), columns=(Column("name", "Name"), Column("people", "People", "integer")), rows=rows,
        roles=("",) * 100, links=(),
    )  # fmt: skip
    text = str(table)
    assert "row 23" in text and "row 24" not in text and "76 more rows" in text


def test_csv_becomes_numbers_days_and_text() -> None:
    frame = csv_frame("year,share,day,code,empty,label\n2020,1.5,2020-01-31,007,,a\n2021,,2020-02-01,8,,\n")
    assert [str(kind) for kind in frame.dtypes] == ["Int64", "Float64", "datetime64[us]", "str", "str", "str"]
    assert frame["code"].to_list() == ["007", "8"]
    assert frame["share"].isna().to_list() == [False, True]


def test_the_frame_is_that_of_the_file() -> None:
    block = figure()
    assert list(block.frame.columns) == block.csv.splitlines()[0].split(",")
    assert key_facts().frame.shape[0] >= 1


@pytest.mark.parametrize("suffix", ["csv", "svg", "png", "pdf", "xlsx"])
@pytest.mark.parametrize("block", [figure(), short_table(), key_facts()], ids=["figure", "table", "facts"])
def test_an_exhibit_is_saved_as_a_file_of_its_own(block, suffix: str, tmp_path: Path) -> None:
    content = block.save(tmp_path / f"exhibit.{suffix}").read_bytes()
    match suffix:
        case "csv":
            assert content.decode() == f"\ufeff{block.csv}"
        case "svg":
            assert b"<svg" in content[:400]
        case "png":
            assert content.startswith(b"\x89PNG")
        case "pdf":
            document = pypdfium2.PdfDocument(content)
            text = " ".join(page.get_textpage().get_text_range() for page in document)
            assert len(document) == 1 and block.sources[0].text.split()[0] in text
        case "xlsx":
            found = sheets(content)
            assert list(found) == ["Contents", "Table", "Notes", "How to read"]
            assert block.sources[0].text in str(found["Notes"])


def test_the_same_exhibit_gives_the_same_workbook(tmp_path: Path) -> None:
    one, two = (short_table().save(tmp_path / name).read_bytes() for name in ("one.xlsx", "two.xlsx"))
    assert one == two and zipfile.is_zipfile(io.BytesIO(one))


def test_a_reference_to_another_exhibit_is_named_in_words(tmp_path: Path) -> None:
    table = replace(short_table(), note="See [[long_series]].")
    document = pypdfium2.PdfDocument(table.save(tmp_path / "table.pdf"))
    assert "the exhibit “long series”" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.docx", "does not end in .csv"), ("none/a.png", "there is no folder"), ("a", "end in")],
)
def test_what_cannot_be_saved_is_said(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=said):
        short_table().save(tmp_path / name)


def test_words_have_no_table(tmp_path: Path) -> None:
    for block in (Prose("Words."), Box("Lead", "Words."), Findings(())):
        with pytest.raises(ReportError, match="has no table"):
            block.save(tmp_path / "words.csv")
    assert Prose("Words.").save(tmp_path / "words.pdf").read_bytes().startswith(b"%PDF")


def test_how_says_what_the_exhibit_says_and_has_no_query() -> None:
    block = short_table()
    how = block.how()
    assert block.sources == how.sources and how.query == ""
    with pytest.raises(RequestError, match="no query"):
        how.run()
    assert isinstance(block, Table) and isinstance(block.frame, pd.DataFrame)
