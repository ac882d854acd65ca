"""Any text that a cell shows is in page and print, letter for letter, and nothing in it runs or is loaded."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import v4

from exported import dangers, main_of
from milaid.blocks.marked import showable
from milaid.publish.files import document, page, pdf
from milaid.publish.files.outputs import written
from samples import notebook

PIECES = st.sampled_from(
    [
        "<script>alert(1)</script>", "<img src=x onerror=y>", "$x$", "$$", "$5", "[^1]", "[^1]: n", "<b>", "</b>", "<a href=",
        "javascript:x", "](", "![", "attachment:x", "\\begin{align}", "\\end{align}", "<svg", "</svg>", "<style>", "<!--", "-->",
        "<td colspan=9>", "<table>", "~~", "|", "\x1b[31m", "\r", "\n", "\n\n", " ", "`", "#", "*", "\\", "}", "{", "é", "中",
        "<details>", "&lt;", "&#0;", "<iframe src=//e.org>", "style='x:url(y)'", "\x00", "<tr>", "<th rowspan=3>", "\\frac{",
    ]
)  # fmt: skip
ANY = st.text(max_size=30) | st.lists(PIECES, max_size=12).map("".join)
VISIBLE = st.text(
    alphabet=st.characters(categories=("L", "N", "P", "S"), exclude_characters="[]\x1b"),
    min_size=1,
    max_size=20,
)


def page_text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VISIBLE)
def test_visible_text_is_shown_in_stream_frame_and_markdown(value: str) -> None:
    frame = pd.DataFrame({"x": [value]})
    outputs = [
        v4.new_output("stream", name="stdout", text=value),
        v4.new_output("display_data", {"text/html": frame._repr_html_(), "text/plain": "x"}),
    ]
    with pd.option_context("display.max_colwidth", None):
        built = document.build(notebook(["# T", outputs, f"`` {value} ``" if "`" not in value else "x"]))
    text = page_text(main_of(page.render(built)))
    assert text.count(showable(value)) >= (3 if "`" not in value else 2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, ANY, ANY, ANY)
def test_whatever_cells_hold_nothing_runs_and_streams_are_whole(
    text: str, html: str, said: str, latex: str
) -> None:
    outputs = [
        v4.new_output("display_data", {"text/html": html}),
        v4.new_output("display_data", {"text/latex": latex}),
        v4.new_output("display_data", {"text/markdown": re.sub(r"\[\[", "[", text)}),
        v4.new_output("stream", name="stdout", text=said),
        v4.new_output("error", ename=f"E{said}", evalue=latex, traceback=[html]),
    ]
    shown = main_of(page.render(document.build(notebook(["# T", re.sub(r"\[\[", "[", text), outputs]))))
    assert dangers(shown) == []
    if written(said).strip():
        assert showable(written(said).rstrip()) in page_text(shown)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANY, min_size=5, max_size=5))
def test_whatever_cells_hold_makes_a_print(texts: list[str]) -> None:
    text, html, said, latex, cell = texts
    frame = pd.DataFrame({cell: [text, html], "b": [said, latex]})
    outputs = [
        v4.new_output("display_data", {"text/html": html}),
        v4.new_output("display_data", {"text/latex": latex}),
        v4.new_output("display_data", {"text/html": frame.to_html()}),
        v4.new_output("stream", name="stdout", text=said),
        v4.new_output("error", ename="E", evalue=latex, traceback=[html]),
    ]
    content = pdf.render(document.build(notebook(["# T", re.sub(r"\[\[", "[", text), outputs])))
    assert len(pypdfium2.PdfDocument(content)) >= 2
