"""All that a cell shows is in page and print, or named there with the reason."""

from __future__ import annotations

import base64
import io
import shutil
import sys

import matplotlib.pyplot as plt
import pandas as pd
import pypdfium2
import pytest
from nbformat import v4
from PIL import Image

from exported import dangers, exported, of_notebook, shown, words
from milaid.publish.files import document, pdf
from samples import notebook

BROWSER = next((name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), "")


def picture(mode: str = "RGB", form: str = "PNG", size: tuple[int, int] = (40, 20)) -> str:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, form)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def frame_output(frame: pd.DataFrame) -> dict[str, str]:
    return {"text/html": frame._repr_html_(), "text/plain": repr(frame)}


def test_a_frame_is_a_table_in_both() -> None:
    frame = pd.DataFrame({"recipient": ["Côte d’Ivoire", "Türkiye"], "share, %": [1.5, None]})
    html, print_ = shown(frame_output(frame))
    assert '<th class="n" scope="col">share, %</th>' in html
    assert '<th class="n" scope="row">1</th><td>Türkiye</td><td class="n">NaN</td>' in html
    assert "Not exported" not in html
    assert "recipient share, % 0 Côte d’Ivoire 1.5 1 Türkiye NaN" in print_


def test_heads_of_two_rows_keep_their_spans_and_every_cell_its_column() -> None:
    columns = pd.MultiIndex.from_tuples([("people", "2013"), ("people", "2014"), ("cost", "2014")])
    index = pd.MultiIndex.from_tuples([("Africa", "a"), ("Africa", "b")], names=["region", "kind"])
    html, print_ = shown(frame_output(pd.DataFrame([[1, 2, 3], [4, 5, 6]], index=index, columns=columns)))
    assert 'scope="colgroup" colspan="2">people' in html
    assert 'scope="row" rowspan="2">Africa' in html
    assert "Africa a 1 2 3 b 4 5 6" in print_


def test_the_head_of_a_long_frame_stands_on_every_page_of_the_print() -> None:
    frame = pd.DataFrame({"recipient": [f"R{n}" for n in range(150)]})
    with pd.option_context("display.max_rows", None):
        made = notebook(["# T", [v4.new_output("display_data", frame_output(frame))]])
    pages = [
        p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf.render(document.build(made)))
    ]
    with_rows = [text for text in pages if "R1" in text or "R9" in text]
    assert len(with_rows) > 2
    assert all("recipient" in text for text in with_rows)


def test_a_wide_frame_is_whole_in_print() -> None:
    frame = pd.DataFrame({f"a_rather_long_name_{n}": [f"value-{n}"] for n in range(19)})
    _, print_ = shown(frame_output(frame))
    assert "Columns 2 to" in print_
    assert all(f"value-{n}" in print_ for n in range(19))
    made = pdf.render(document.build(notebook(["# T", [v4.new_output("display_data", frame_output(frame))]])))
    for sheet in pypdfium2.PdfDocument(made):
        text = sheet.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        assert all(box[2] <= sheet.get_width() for box in boxes)


@pytest.mark.parametrize(
    "text",
    [
        "<Axes: xlabel='recipient'>", "[<matplotlib.lines.Line2D at 0x7f73a97ebad0>]", "Text(0.5, 1.0, 'Title')",
        "<seaborn.axisgrid.FacetGrid at 0x7f>", "(array([1.]), array([0., 1.]), <BarContainer object of 1 artists>)",
    ],
)  # fmt: skip
def test_what_a_plotting_call_returns_is_dropped_beside_its_figure_only(text: str) -> None:
    returned = v4.new_output("execute_result", {"text/plain": text})
    drawn = v4.new_output(
        "display_data", {"image/png": picture(), "text/plain": "<Figure size 640x480 with 1 Axes>"}
    )
    html, print_ = exported(["# T", [returned, drawn]])
    assert html.count("<img") == 1
    assert "<pre>" not in html
    assert "axisgrid" not in print_
    alone, _ = exported(["# T", [returned]])
    assert words(alone).removeprefix('id="main">').endswith(text)


def test_a_figure_of_matplotlib_is_drawn_in_both_and_has_words() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg")
    plt.close(figure)
    data = {"image/svg+xml": buffer.getvalue(), "text/plain": "<Figure size 640x480 with 1 Axes>"}
    html, _ = shown(data)
    assert 'alt="Figure of the notebook, cell 2"' in html
    assert dangers(html) == []
    content = pdf.render(document.build(notebook(["# T", [v4.new_output("display_data", data)]])))
    assert b"Figure of the notebook, cell 2" in content or b"/Figure" in content


def test_the_words_of_a_picture_are_its_own_where_it_has_some() -> None:
    html, _ = shown({"image/png": picture(), "text/plain": "A map of Kenya"})
    assert 'alt="A map of Kenya"' in html
    html, _ = shown(
        {"image/png": picture(), "text/plain": "x"}, **{"image/png": {"alt": "Rivers", "width": 20}}
    )
    assert 'alt="Rivers" width="20"' in html


@pytest.mark.parametrize(
    ("mode", "form", "mime"),
    [("CMYK", "JPEG", "jpeg"), ("P", "GIF", "gif"), ("RGBA", "WEBP", "webp"), ("L", "TIFF", "tiff")],
)
def test_pictures_of_all_usual_kinds_are_shown(mode: str, form: str, mime: str) -> None:
    html, print_ = shown({f"image/{mime}": picture(mode, form)})
    assert html.count("<img") == 1
    assert "Not" not in print_


def test_a_damaged_picture_is_named_and_the_print_is_made() -> None:
    html, print_ = shown({"image/png": picture()[:40]})
    assert "a picture (image/png). It is damaged." in html
    assert "It is damaged." in print_


def test_a_drawing_that_only_a_browser_can_read_leaves_a_line_in_print() -> None:
    inner = "data:image/svg+xml;base64," + base64.b64encode(b"<svg><rect").decode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{inner}" width="3" height="3"/></svg>'
    html, print_ = shown({"image/svg+xml": svg})
    assert "<img" in html
    assert "T" in print_


VEGA = (
    '<style>#a.vega-embed{width:100%}</style><div id="a"></div><script>(function(spec, embedOpt){vegaEmbed(x)})('
    '{"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "mark": "bar", "title": "Bars", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"field": "a"}}}, {"mode": "vega-lite"});</script>'
)


def without(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)


def test_a_chart_of_altair_is_a_picture_where_it_can_be_made() -> None:
    pytest.importorskip("vl_convert")
    html, print_ = shown({"text/html": VEGA, "text/plain": "alt.Chart(...)"})
    assert 'alt="Bars"' in html
    assert dangers(html) == []
    assert "Not exported" not in html + print_


def test_data_that_lie_elsewhere_are_not_fetched_for_a_chart() -> None:
    pytest.importorskip("vl_convert")
    specification = {
        "mark": "bar",
        "data": {"url": "https://example.org/x.csv"},
        "encoding": {"x": {"field": "a"}},
    }
    html, _ = shown({"application/vnd.vegalite.v5+json": specification})
    assert "Not exported: a chart of Altair" in html


def test_a_chart_of_altair_is_named_where_no_picture_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    without("vl_convert", monkeypatch)
    for data in (
        {"text/html": VEGA},
        {"application/vnd.vegalite.v5+json": {"mark": "bar"}, "text/plain": "x"},
    ):
        html, print_ = shown(data)
        assert "Not exported: a chart of Altair" in html
        assert "alt.renderers.enable('png')" in words(html)
        assert "Not exported: a chart of Altair" in print_
        assert dangers(html) == []


def test_a_chart_of_plotly_is_its_picture_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    without("kaleido", monkeypatch)
    specification = {"data": [], "layout": {"title": {"text": "Sales <b>x</b>"}}}
    html, print_ = shown({"application/vnd.plotly.v1+json": specification})
    assert "Not exported: a chart of Plotly “Sales x”" in words(html)
    assert "plotly.io.renderers.default = 'png'" in print_
    html, print_ = shown({"application/vnd.plotly.v1+json": specification, "image/png": picture()})
    assert "<img" in html
    assert "Not exported" not in html + print_


@pytest.mark.skipif(not BROWSER, reason="kaleido needs chromium (or google-chrome) on the path")
def test_a_chart_of_plotly_is_drawn_and_loads_nothing() -> None:
    pytest.importorskip("kaleido", reason="kaleido is not installed; run make test")
    bars = {
        "data": [{"type": "bar", "x": ["North", "South"], "y": [3, 4]}],
        "layout": {"title": {"text": "Sales"}},
    }
    html, print_ = shown({"application/vnd.plotly.v1+json": bars})
    assert 'alt="Sales"' in html and "data:image/svg+xml" in html
    assert "Not exported" not in html + print_
    assert dangers(html) == []
    # The outlines of a map lie on another server.
    of_map = {
        "data": [{"type": "choropleth", "locations": ["MLI"], "z": [1]}],
        "layout": {"title": {"text": "Map"}},
    }
    html, print_ = shown({"application/vnd.plotly.v1+json": of_map})
    assert "Not exported: a chart of Plotly “Map”" in words(html)
    assert "Not exported: a chart of Plotly" in print_


def test_a_control_is_named() -> None:
    data = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "IntSlider(value=3)"}
    html, print_ = shown(data)
    assert "a control, IntSlider(value=3)" in words(html)
    assert "works in a running notebook only" in print_


def test_an_output_of_a_kind_that_is_not_known_is_named() -> None:
    html, print_ = shown({"application/geo+json": {"type": "Point"}, "text/plain": "<GeoJSON>"})
    assert "an output of the kind application/geo+json" in html
    assert "application/geo+json" in print_


def test_the_name_of_an_object_is_not_shown_where_more_is_known() -> None:
    html, print_ = shown({"application/json": {"a": [1]}, "text/plain": "<IPython.core.display.JSON object>"})
    assert "a&quot;: [" in html
    assert "IPython" not in html + print_
    html, print_ = shown(
        {"application/javascript": "x()", "text/plain": "<IPython.core.display.Javascript object>"}
    )
    assert "an output of the kind application/javascript" in html
    assert "IPython" not in html + print_


@pytest.mark.parametrize(
    ("html", "kept", "told"),
    [
        ('<b onclick="alert(1)">bold</b>', "<strong>bold</strong>", "an action (onclick)"),
        ('<p>x</p><iframe src="https://e.org"></iframe>', "<p>x</p>", "a frame (https://e.org)"),
        ("<p>x</p><script>alert(1)</script>", "<p>x</p>", "a script"),
        ('<form action="https://e.org"><p>x</p><input></form>', "<p>x</p>", "a form (https://e.org), a field"),
        ('<a href=" JavaScript:alert(1)">x</a>', "<p>x</p>", "a link that runs something"),
        ('<p style="background:url(https://e.org/x.png)">x</p>', "<p>x</p>", "a picture that its style names"),
        ('<p>x</p><img src="https://e.org/x.png" alt="Map">', "<p>x</p>", "the picture “Map” at https://e.org/x.png"),
        ('<p>x</p><link rel=stylesheet href="//e.org/x.css">', "<p>x</p>", "a style sheet (//e.org/x.css)"),
        ("<p>x</p><object data='https://e.org/x'></object>", "<p>x</p>", "a frame (https://e.org/x)"),
        ('<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">x', "", "Not exported"),
        ("<style>.x{color:red}</style>", "", "HTML in which there is no text and no picture"),
    ],
)  # fmt: skip
def test_html_of_a_cell_is_cleaned_and_what_is_gone_is_told(html: str, kept: str, told: str) -> None:
    page, print_ = shown({"text/html": html, "text/plain": "<IPython.core.display.HTML object>"})
    assert kept in page
    assert told in words(page)
    assert dangers(page) == []
    assert told.split(" (")[0].replace("“", "“") in print_


def test_lists_links_and_drawings_of_html_are_kept() -> None:
    html = (
        '<h2>Head</h2><ul><li>one<li><a href="https://e.org">two</a></ul><pre>a  b\nc</pre><p>H<sub>2</sub>O'
        '<svg width="9" height="9"><circle r="3"/><script>x()</script></svg></p>'
    )
    page, print_ = shown({"text/html": html})
    for part in (
        "<h3>Head</h3>",
        "<li><p>one</p>",
        '<a href="https://e.org">two</a>',
        "<pre><code>a  b\nc",
        "<sub>2</sub>",
    ):
        assert part in page
    assert 'src="data:image/svg+xml' in page
    assert dangers(page) == []
    assert "Head" in print_


def test_html_that_is_nested_without_end_is_named() -> None:
    page, print_ = shown({"text/html": "<div>" * 5000 + "deep" + "</div>" * 5000})
    assert "deep" in page
    assert "deep" in print_


def test_latex_of_an_output_is_mathematics() -> None:
    html, _ = shown({"text/latex": r"$e^{i\pi} = -1$", "image/png": picture(), "text/plain": "x"})
    assert '<math display="inline"' in html
    html, _ = shown({"text/latex": r"$\displaystyle \frac{1}{2}$"})
    assert "<mfrac>" in html


def test_streams_stand_as_a_terminal_shows_them() -> None:
    outputs = [
        v4.new_output("stream", name="stdout", text="10%\r50%\r100%\n\x1b[31mred\x1b[0m\n"),
        v4.new_output("stream", name="stderr", text="UserWarning: x\n"),
    ]
    html, print_ = exported(["# T", outputs])
    assert "<pre>100%\nred</pre>" in html
    assert "Warnings and messages UserWarning: x" in words(html)
    assert "100% red Warnings and messages UserWarning: x" in print_


def test_an_error_has_its_traceback_without_colours() -> None:
    trace = [
        "\x1b[31m-----\x1b[39m",
        "Cell \x1b[32mIn[1]\x1b[39m, line 1",
        "\x1b[31mZeroDivisionError\x1b[39m: division by zero",
    ]
    output = v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=trace)
    html, print_ = exported(["# T", [output]])
    assert "<pre>-----\nCell In[1], line 1\nZeroDivisionError: division by zero</pre>" in html
    assert "Cell In[1], line 1 ZeroDivisionError: division by zero" in print_


def test_raw_cells_are_shown_but_for_the_description_of_a_report() -> None:
    made = notebook(["# T", "a", "b", "c"])
    made.cells[1:] = [
        v4.new_raw_cell("---\nkind: x\n---"),
        v4.new_raw_cell("<b>bold</b><script>x()</script>", metadata={"raw_mimetype": "text/html"}),
        v4.new_raw_cell("plain *raw*"),
    ]
    html, print_ = of_notebook(made)
    assert "kind" not in html
    assert "<strong>bold</strong>" in html
    assert "<pre>plain *raw*</pre>" in html
    assert "plain *raw*" in print_


def test_folded_cells_are_shown_and_outputs_tagged_to_be_removed_are_not() -> None:
    said = [v4.new_output("stream", name="stdout", text="said")]
    made = notebook(["# T", said, said])
    made.cells[1].metadata.update(collapsed=True, jupyter={"outputs_hidden": True})
    made.cells[2].metadata["tags"] = ["remove-output"]
    html, _ = of_notebook(made)
    assert html.count("said") == 1
