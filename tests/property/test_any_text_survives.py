"""Any text a data file may hold is shown letter for letter, in HTML and in print."""

from __future__ import annotations

import re
from html import unescape

import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milaid.blocks import marked
from milaid.blocks.block import Box, Definitions, escape
from milaid.blocks.glyphs import string
from milaid.blocks.marked_html import HtmlWriter, attribute, text
from milaid.blocks.marked_typst import TypstWriter
from milaid.blocks.numbering import Numbering
from milaid.publish.files import document, pdf
from samples import figure, notebook, short_table

ANY = st.text(max_size=40)
PUNCTUATION = st.text(alphabet="#$*_`~\\\"'[]{}()<>@/=+-|&^!.;:,% \n0aé–中\u0000\u202e", max_size=30)
ONE_LINE = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30).map(
    lambda value: " ".join(value.split())
)


def without_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(ANY | PUNCTUATION)
def test_plain_text_comes_back_from_html(value: str) -> None:
    shown = marked.showable(value)
    assert without_tags(text(value)) == shown
    assert unescape(attribute(value)) == shown
    assert '"' not in attribute(value)
    shown.encode("utf-8")


@given(ONE_LINE | PUNCTUATION.map(lambda value: " ".join(value.split())))
def test_escaped_text_comes_back_from_marked_text(value: str) -> None:
    writer = HtmlWriter(Numbering())
    assert without_tags(writer.inline(escape(value))) == marked.showable(value)
    paragraph = writer.blocks(escape(value))
    assert without_tags(paragraph).strip("\n") == marked.showable(value)
    assert not value or paragraph.startswith("<p>")


@given(ANY | PUNCTUATION)
def test_a_typst_string_cannot_be_left(value: str) -> None:
    literal = string(value)
    assert literal[0] == literal[-1] == '"'
    assert not re.search(r'(?<!\\)(?:\\\\)*"', literal[1:-1])
    assert "\n" not in literal


@given(ANY | PUNCTUATION)
def test_marked_text_of_any_kind_closes_what_it_opens(value: str) -> None:
    markup = TypstWriter(Numbering()).blocks(re.sub(r"\[\[", "[", value))
    outside = re.sub(r'"(?:\\.|[^"\\])*"', "", markup)
    assert outside.count("[") == outside.count("]")
    assert outside.count("(") == outside.count(")")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANY | PUNCTUATION, min_size=6, max_size=6))
def test_any_text_anywhere_makes_a_pdf(texts: list[str]) -> None:
    prose, title, subtitle, cell, term, note = texts
    parts = [
        "# T",
        figure("f", title=f"x{title}", subtitle=subtitle, alt=f"x{note}", note=escape(note)),
        short_table("t", rows=((1, cell, cell, 1, 2, 3, 4.0, 5, cell),), roles=("",), note=""),
        Definitions(((term, escape(prose)),)),
        Box(term, re.sub(r"\[\[", "[", prose)),
    ]
    content = pdf.render(document.build(notebook(parts)))
    assert len(pypdfium2.PdfDocument(content)) >= 2
