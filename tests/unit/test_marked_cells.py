"""What people write in Markdown cells: mathematics, footnotes, HTML, and amounts of money beside it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from test_outputs import picture

from exported import dangers, exported, main_of, words
from milaid.blocks import marked_cells
from milaid.blocks.mathematics import mathml
from milaid.blocks.mathematics_typst import equation
from milaid.publish.files import document, page, pdf
from samples import notebook


def test_mathematics_is_mathml_and_typst() -> None:
    html, print_ = exported(["# T\n\nInline $r = \\frac{p}{N}$ and\n\n$$\\bar{x} = \\sum_{i=1}^{n} x_i$$"])
    assert '<math display="inline" alttext="r = \\frac{p}{N}">' in html
    assert '<math display="block"' in html
    assert "$" not in words(html) + print_
    assert "Inline" in print_
    assert "∑" in print_


@pytest.mark.parametrize(
    "text", ["It cost $5 and $6 million.", "$199.0 million, $5", "a $ b $ c", "US$5 and US$7", r"\$x\$"]
)
def test_amounts_of_money_are_no_mathematics(text: str) -> None:
    html, _ = exported([f"# T\n\n{text}"])
    assert "<math" not in html
    assert words(html).endswith(text.replace("\\", ""))


@pytest.mark.parametrize(
    "latex",
    [
        r"e^{i\pi} = -1", r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", r"\text{share in \%} \left(\frac{a}{b}\right)^2",
        r"\begin{aligned} a &= b \\ c &= d\end{aligned}", r"\sqrt[3]{x} \hat\beta \mathbb{R} \mathbf{x} x'' \le 1 < 2",
        r"\begin{cases} 1 & x>0\\0\end{cases}", r"\operatorname{Var}(X) \log x \lim_{x\to0}", r"\binom{n}{k} \dfrac12",
        r"\underbrace{a+b}_{n} \overline{ab} \vec{a} \tilde x", r"\left\{ x \right. \mathrm{USD} \int_0^1 f\,dx",
    ],
)  # fmt: skip
def test_usual_formulas_are_set_in_both(latex: str) -> None:
    assert mathml(latex, True)
    assert equation(latex, True)
    html, print_ = exported([f"# T\n\n$${latex}$$"])
    assert "cannot be set" not in html + print_


@pytest.mark.parametrize("latex", [r"\undefinedthing{x}", r"\frac{a", "x^", "}{"])
def test_a_formula_that_cannot_be_set_stands_as_it_was_written(latex: str) -> None:
    html, print_ = exported([f"# T\n\n$${latex}$$"])
    assert latex in words(html)
    assert "cannot be set" in html
    assert "cannot be set" in print_
    assert latex.replace(" ", "") in print_.replace(" ", "")


def test_a_formula_cannot_bring_an_address_along() -> None:
    html, _ = exported([r"# T" "\n\n" r"$\href{javascript:alert(1)}{x}$ $\style{color:url(x)}{y}$"])
    assert dangers(html) == []


def test_a_footnote_may_be_defined_in_another_cell_and_ends_where_it_refers_to_itself() -> None:
    parts = [
        "# T\n\na[^one] b[^two] c[^none]",
        "[^one]: First *note*.\n    Goes on.\n[^two]: Second[^two].\n\n[^unused]: left",
    ]
    html, print_ = exported(parts)
    assert 'id="note-1">First <em>note</em>. Goes on.' in html
    assert 'id="note-2">Second[^two].' in html
    assert "c[^none]" in html
    assert "[^unused]: left" in html
    assert "First note. Goes on." in print_
    assert "[^unused]: left" in print_


def test_html_in_markdown_is_read_and_cleaned() -> None:
    text = (
        '# T\n\nH<sub>2</sub>O <b onclick="x()">bold *and*</b> <a href="javascript:x()">no</a> <a href="https://e.org">yes</a><br>\n'
        'unclosed <b> here\n\n<div align="center"><h2>Head</h2><iframe src="https://e.org"></iframe></div>\n\n<!-- note -->'
    )
    html, print_ = exported([text])
    assert "H<sub>2</sub>O <strong>" in html
    assert "bold <em>and</em></strong>" in html
    assert '<a href="https://e.org">yes</a><br>' in html
    assert "an action (onclick)" in html
    assert "a frame (https://e.org)" in html
    assert "note" not in html
    assert dangers(html) == []
    assert "Head" in print_


def test_struck_text_is_struck() -> None:
    html, print_ = exported(["# T\n\n~~gone~~"])
    assert "<s>gone</s>" in html
    assert "gone" in print_


def test_pictures_are_embedded_from_attachment_file_and_address_or_named(tmp_path: Path) -> None:
    (tmp_path / "pics").mkdir()
    (tmp_path / "pics/a b.png").write_bytes(base64.b64decode(picture()))
    (tmp_path / "no.png").write_text("no picture")
    text = (
        f"# T\n\n![att](attachment:x.png)\n\n![file](pics/a%20b.png)\n\n![data](data:image/png;base64,{picture()})\n\n"
        "![far](https://e.org/x.png)\n\n![lost](lost.png)\n\n![none](attachment:y.png)\n\n![broken](no.png)\n\n"
        f"![root]({tmp_path}/pics/a%20b.png)\n\n![twice //](//e.org/x.png)"
    )
    made = notebook([text])
    made.cells[0]["attachments"] = {"x.png": {"image/png": picture()}}
    built = document.build(made, folder=tmp_path)
    html = main_of(page.render(built))
    for alt in ("att", "file", "data"):
        assert f'alt="{alt}"' in html
    assert html.count("<img") == 3
    told = words(html)
    assert "the picture “far” at https://e.org/x.png. Nothing is loaded from elsewhere." in told
    assert "“lost” (lost.png): there is no file lost.png beside the notebook" in told
    assert "“none” (attachment:y.png): the cell has no attachment of this name" in told
    assert "“broken” (no.png): it is no picture, or damaged" in told
    assert "only files beside the notebook are taken" in told
    assert told.count("Not exported") == 6
    assert dangers(html) == []
    assert pdf.render(built).startswith(b"%PDF")


def test_the_words_on_what_is_left_out_name_each_thing_once() -> None:
    assert marked_cells.left_out("<p onclick=a onclick=b>x</p><p onclick=c>y</p>").count("onclick") == 1
    assert marked_cells.left_out("<p>x</p>") == ""
