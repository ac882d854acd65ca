"""Characters that pdfium reads otherwise than the page shows them."""

from __future__ import annotations

import duckdb
import pypdfium2
import pytest

from milaid import paths
from milaid.sources.fmtr import glyphs
from milaid.sources.fmtr.text import Line, joined


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("È", "é"),
        ("Ù", "ô"),
        ("Á", "ç"),
        ("·", "á"),
        ("Û", "ó"),
        ("Ò", "ñ"),
        ("í", "’"),
        ("⁄", "Ú"),
        ("£", "Á"),
        ("º", "º"),
    ],
)
def test_a_character_read_as_that_of_the_macintosh_becomes_that_of_windows(
    read: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glyphs, "_is_symbolic_simple", lambda text, index: True)
    assert glyphs.repaired(None, 0, read) == shown


def test_a_character_of_another_font_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "_is_symbolic_simple", lambda text, index: False)
    assert glyphs.repaired(None, 0, "È") == "È"


def test_only_f_and_l_on_one_spot_are_a_sharp_s() -> None:
    assert glyphs.completes_sharp_s(["o", "f"], [10.0, 14.0], 14.0)
    assert not glyphs.completes_sharp_s(["o", "f"], [10.0, 14.0], 16.2)
    assert not glyphs.completes_sharp_s(["o", "i"], [10.0, 14.0], 14.0)
    assert not glyphs.completes_sharp_s([], [], 14.0)


def test_a_document_of_another_maker_is_not_repaired(tmp_path_factory: pytest.TempPathFactory) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(792, 612)
    assert not glyphs.made_with_ghostscript(document)


@pytest.mark.parametrize(
    ("document", "page", "row", "column", "text"),
    [
        ("2016_2017_Western_Hemisphere_fmtrpt.pdf", 8, 6, "location", "San José"),
        ("2017_2018_Africa_fmtrpt.pdf", 4, 18, "location", "Côte d'Ivoire"),
        ("2017_2018_East_Asia_and_Pacific_fmtrpt.pdf", 23, 29, "course_title", "Officers’"),
        ("2010_2011_Western_Hemisphere_fmtrpt.pdf", 145, 8, "student_unit", "REPÚBLICA"),
        ("2011_2012_Africa_fmtrpt.pdf", 21, 1, "country", "Cote D’Ivoire, Republic of"),
        ("2011_2012_Western_Hemisphere_fmtrpt.pdf", 17, 29, "student_unit", "Cv. Inha·ma"),
        ("243034.pdf", 67, 7, "us_unit", "AFNORTH - 6"),
        ("152774.pdf", 67, 27, "course_title", "LVL I"),
    ],
)
def test_words_read_by_eye_from_the_pages(document: str, page: int, row: int, column: str, text: str) -> None:
    [(found,)] = duckdb.execute(
        f"select {column} from read_parquet('{paths.trainings_dir()}/fy*.parquet') "
        "where document = $d and page = $p and row_on_page = $r",
        {"d": document, "p": page, "r": row},
    ).fetchall()
    assert text in found


def line(y: float, x: float, text: str, end: float) -> Line:
    return Line(y, [x + 4.0 * i for i in range(len(text))], list(text), end)


def test_pieces_that_stand_apart_get_their_blank_back_and_others_none() -> None:
    apart = joined([line(100.0, 36.0, "AFNORTH", 60.0), line(100.0, 62.0, "- 6", 72.0)])
    close = joined([line(100.0, 36.0, "Guinea", 60.0), line(100.0, 60.3, "-Bissau", 90.0)])
    assert [item.text for item in (*apart, *close)] == ["AFNORTH - 6", "Guinea-Bissau"]
