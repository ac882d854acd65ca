"""Whatever stands in an exhibit arrives in its workbook and on the index letter for letter, as text."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from milaid.blocks.block import csv_text
from milaid.blocks.marked import showable
from milaid.publish.files import document, workbook
from milaid.publish.site import pages, revisions
from milaid.publish.site.built_reports import BuiltReport, Download
from samples import figure, front, notebook
from workbook_cells import HEAD, sheets

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60) | st.sampled_from(
    ["=1+1", "_x0041_", "_x005F_", " a ", "a\r\nb", "\u2028", "-", "'", "]]>", "<b>&amp;</b>"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_cells_and_titles_survive(cells: list[str], title: str) -> None:
    made = figure(csv=csv_text(pd.DataFrame({"label": cells}, dtype=object)), title=title, note="")
    book = sheets(workbook.render(document.build(notebook([front(), made]))))
    rows = book["Figure 1"][HEAD + 1 :]
    assert [row[0].value for row in rows] == [showable(text) for text in cells] or all(
        re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?|\d{4}-\d\d-\d\d", text) for text in cells
    )
    assert not any(cell.is_formula for row in rows for cell in row if cell)
    assert any(cell and cell.value == showable(title) for row in book["Contents"] for cell in row)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_names_and_reasons_survive_on_the_index(name: str, reason: str) -> None:
    file = Download("html", "HTML", "web page", "country/CMR.html", 1)
    report = BuiltReport("country/CMR", "country", name, name, name, downloads=(file,))
    revision = revisions.Revision("2026-12-01", "0.1.0", reason, 0)
    history = {"country/CMR": revisions.Published("2026-11-23", "0.1.0", (revision,))}
    page = pages._index(Path(), [report], history)
    shown = unescape(re.search(r'<a class="name" [^>]*>(.*?)</a>', page, re.DOTALL)[1])
    assert shown == showable(name)
    assert unescape(re.search(r"</summary>\n<p>(.*?)</p>", page, re.DOTALL)[1]) == showable(reason)
