"""What readers of screens find in a PDF: heads of tables, alternative texts, lists, notes, links, as far as Typst tags them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import typst

from milaid.publish.files import document, pdf
from pdf_structure import Part, structure
from samples import full_report, notebook


@pytest.fixture(scope="module")
def report() -> document.Document:
    return document.build(notebook(full_report()))


@pytest.fixture(scope="module")
def parts(report: document.Document) -> list[Part]:
    return [part for root in structure(pdf.render(report)) for part in root.walk()]


def test_every_head_of_a_column_is_one(parts: list[Part], report: document.Document) -> None:
    heads = [part for part in parts if part.type == "TH"]
    assert heads and all(part.attributes.get("Scope") == "Column" for part in heads)
    rows = [part for part in parts if part.type == "THead" for part in part.children]
    # The row of a group stands in the head of its part of a table.
    assert rows and all(cell.type == "TH" for row in rows for cell in row.children)


def test_every_figure_says_what_it_shows(parts: list[Part], report: document.Document) -> None:
    alts = {part.alt for part in parts if part.type == "Figure"}
    assert "" not in alts
    assert {e.alt for e in report.exhibits() if e.kind == "Figure"} <= alts


def test_sections_exhibits_lists_notes_and_links_are_told_apart(
    parts: list[Part], report: document.Document
) -> None:
    counts = Counter(part.type for part in parts)
    assert counts["H1"] == len(report.sections)
    assert counts["H2"] >= len(list(report.exhibits())), "the title of an exhibit is a heading"
    assert counts["Link"] > counts["H1"] and counts["Note"] and counts["BlockQuote"] and counts["Code"]
    for item in (part for part in parts if part.type == "LI"):
        assert [child.type for child in item.children] == ["Lbl", "LBody"]


def test_typst_gives_no_head_to_a_row_yet(tmp_path: Path) -> None:
    """Where this fails, rows can have heads: ``typst_table.py`` should give them, and docs/accessibility.md say so."""
    source = tmp_path / "row.typ"
    source.write_text('#table(columns: 2, pdf.header-cell(scope: "row")[Row], [1])')
    with pytest.raises(typst.TypstError, match="does not contain `header-cell`"):
        typst.compile(source)
