"""Rows on their pages: framed, with names of persons covered, as a PDF/UA or as pictures."""

from __future__ import annotations

import io

import pandas as pd
import pypdfium2
import pytest
from PIL import Image

from fmtr_documents import Country, Document, Program, write
from fmtr_documents import Row as Printed
from milaid.blocks import palette
from milaid.errors import RequestError, SourceError
from milaid.publish.evidence.make import make_evidence
from milaid.publish.evidence.picture import covers, pictures, words_in
from milaid.publish.evidence.rows import MOST_ROWS, Box, Row, find_rows, row_ids
from milaid.sources.fmtr.document import read_document
from milaid.sources.official import file_digest
from milaid.tables import store

PLACE = "fmtr/2014_2015/9.pdf"
FRAME = tuple(int(palette.ROLES["accent"][0][place : place + 2], 16) for place in (1, 3, 5))


@pytest.fixture
def sources(tmp_path):
    """Return a folder of official files with one small document of two rows."""
    rows = (
        Printed("Alpha Course", student_unit="First Unit"),
        Printed("Beta Course", student_unit="Maj Jane Doe, Navy"),
    )
    path = tmp_path / PLACE
    path.parent.mkdir(parents=True)
    write(path, Document((Country("Angola", (Program("IMET-1", rows),)),)))
    return tmp_path


def row_of(sources, number: int = 1, **changed) -> Row:
    path = sources / PLACE
    tables = read_document(path)
    activity = tables.activities.iloc[number - 1].to_dict() | {
        "citation": "Report, p. 1", "source_url": "https://example.org/9.pdf#page=1", "official_page": 1, "derived": None,
    } | changed  # fmt: skip
    boxes = tables.boxes[tables.boxes["row_on_page"] == number]
    document = {
        "file": "9.pdf", "edition": "2014-2015", "region": "Africa", "kind": "official file", "url": "https://example.org/9.pdf",
        "sha256": file_digest(path), "bytes": "1000", "pages": "1", "path": PLACE,
    }  # fmt: skip
    placed = tuple(Box(b.on_page, b.left, b.bottom, b.right, b.top) for b in boxes.itertuples())
    return Row(f"2014-2015/9.pdf/p1/r{number}", activity, document, placed, ())


def test_a_row_becomes_a_tagged_pdf_with_its_fields_and_where_it_stands(sources, tmp_path):
    row = row_of(sources)
    (path,) = make_evidence([row], tmp_path / "out", sources=sources)
    content = path.read_bytes()
    assert path.name == "2014-2015_9.pdf_p1_r1.pdf" and b"pdfuaid:part" in content
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)).replace(
        "\N{ZERO WIDTH SPACE}", ""
    )
    joined = "".join(text.split())
    for said in (
        "Alpha Course",
        "First Unit",
        row.row_id,
        row.document["sha256"],
        "https://example.org/9.pdf#page=1",
        "milaid evidence",
    ):
        assert "".join(said.split()) in joined, said
    assert make_evidence([row], tmp_path / "again", sources=sources)[0].read_bytes() == content


def test_pictures_are_made_one_a_row(sources, tmp_path):
    paths = make_evidence([row_of(sources, 1), row_of(sources, 2)], tmp_path / "out", "png", sources)
    assert [path.name for path in paths] == ["2014-2015_9.pdf_p1_r1.png", "2014-2015_9.pdf_p1_r2.png"]
    assert all(Image.open(path).width > 1000 for path in paths)


def test_the_frame_stands_around_the_row(sources):
    row = row_of(sources)
    drawn = Image.open(io.BytesIO(pictures(sources / PLACE, row.boxes, []).page)).convert("RGB")
    height = pypdfium2.PdfDocument(sources / PLACE)[0].get_height()
    near = [
        (x, y) for x in range(drawn.width) for y in range(drawn.height)
        if max(abs(a - b) for a, b in zip(drawn.getpixel((x, y)), FRAME, strict=True)) < 12
    ]  # fmt: skip
    box = row.boxes[0]
    left, right = min(x for x, _ in near) / 2, max(x for x, _ in near) / 2
    top, bottom = height - min(y for _, y in near) / 2, height - max(y for _, y in near) / 2
    assert box.left - 6 < left < box.left and box.right < right < box.right + 6
    assert box.bottom - 4 < bottom < box.bottom and box.top < top < box.top + 4


def test_words_that_the_tables_withhold_are_covered_and_all_others_stay(sources):
    row = row_of(sources, 2, student_unit="Maj [name withheld], Navy")
    page = pypdfium2.PdfDocument(sources / PLACE)[0]
    withheld = [(row.boxes[0], row.activity)]
    hidden = covers(page, withheld)
    assert {word for word, box in words_in(page, row.boxes[0]) if box in hidden} == {"Jane", "Doe"}
    drawn = pictures(sources / PLACE, row.boxes, withheld)
    picture, height = Image.open(io.BytesIO(drawn.page)).convert("L"), page.get_height()
    assert drawn.covered
    for box in hidden:
        area = picture.crop(
            (
                int(box.left * 2) + 1,
                int((height - box.top) * 2) + 1,
                int(box.right * 2) - 1,
                int((height - box.bottom) * 2) - 1,
            )
        )
        assert area.getextrema()[1] < 30, "all of it is black"


def test_another_file_than_the_one_that_was_read_is_refused(sources, tmp_path):
    row = row_of(sources)
    (sources / PLACE).write_bytes((sources / PLACE).read_bytes() + b"%%EOF\n")
    with pytest.raises(SourceError, match="not the document that the tables were read from"):
        make_evidence([row], tmp_path / "out", sources=sources)
    assert not (tmp_path / "out").exists()


def test_a_row_of_a_web_page_says_that_there_is_no_picture(sources, tmp_path):
    row = row_of(sources)
    web = Row(row.row_id, row.activity, row.document | {"file": "9.html", "path": "nowhere/9.html"}, (), ())
    (path,) = make_evidence([web], tmp_path / "out", sources=sources)
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert "published as web pages" in " ".join(text.split())


def test_rows_are_named_on_the_command_line_and_in_a_file(tmp_path):
    listed = tmp_path / "hits.csv"
    listed.write_bytes("row_id;unit\r\na/b/p1/r1;x\r\nc/d/p1/r2;y\r\n".encode("utf-8-sig"))
    assert row_ids(["c/d/p1/r2"], listed) == ["c/d/p1/r2", "a/b/p1/r1"]
    with pytest.raises(RequestError, match="no row is named"):
        row_ids([], None)
    with pytest.raises(RequestError, match=f"{MOST_ROWS} fit"):
        row_ids([f"r{number}" for number in range(MOST_ROWS + 1)], None)


@pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")
def test_rows_that_are_not_there_are_all_named():
    with pytest.raises(RequestError) as told:
        find_rows(["nonsense", "2014-2015/243029.pdf/p14/r9999", "2014-2015/243029.pdf/p14/r12"])
    assert "'nonsense': no identifier" in str(told.value) and "r9999: no activity" in str(told.value)
    (found,) = find_rows(["2014-2015/243029.pdf/p14/r12"])
    assert found.boxes[0].page == 14 and found.activity["quantity"] == 1
    assert pd.notna(found.activity["source_url"])


@pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")
def test_a_row_that_is_corrected_says_what_the_page_prints():
    (found,) = find_rows([_first_corrected()])
    assert found.corrections and "the page prints" in found.corrections[0]


def _first_corrected() -> str:
    from milaid.paths import reference_dir
    from milaid.tables.state import read_rows

    rows = read_rows(reference_dir() / "corrections.csv")
    row = next(row for row in rows if row["field"] not in ("row", "page", "country"))
    return f"{row['edition']}/{row['document']}/p{row['page']}/r{row['row_on_page']}"
