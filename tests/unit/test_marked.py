from __future__ import annotations

import pytest

from milaid.blocks import marked
from milaid.blocks.block import escape
from milaid.blocks.glyphs import string
from milaid.blocks.marked_html import HtmlWriter
from milaid.blocks.marked_typst import TypstWriter
from milaid.blocks.numbering import Numbering
from samples import figure


def writers() -> tuple[HtmlWriter, TypstWriter]:
    numbering = Numbering()
    numbering.add(figure("series"))
    return HtmlWriter(numbering), TypstWriter(numbering)


@pytest.mark.parametrize(
    ("source", "html", "typst"),
    [
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>", '#"a ";#emph[#"b";];#" ";#strong[#"c";];'),
        ("`x<y`", "<p><code>x&lt;y</code></p>", '#raw("x<y");'),
        ("[t](https://a.org/)", '<p><a href="https://a.org/">t</a></p>', '#link("https://a.org/")[#"t";];'),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>", '#list([#"a";], [#"b";], );'),
        ("3. a", '<ol start="3"><li>a</li></ol>', '#enum(start: 3, [#"a";], );'),
        ("> a", "<blockquote><p>a</p></blockquote>", '#quote(block: true)[#"a";];'),
        ("    x\n", "<pre><code>x</code></pre>", '#raw("x", block: true);'),
        ("### h", "<h3>h</h3>", '#heading(level: 1)[#"h";];'),
        ("<b>", "<p>&lt;b&gt;</p>", '#"<b>";'),
        ("see [[series]]", "Figure\u00a01</a>", '#reference("figure-1", "Figure\u00a01");'),
        ("a^[b *c*]", 'aria-label="Footnote 1">1</a></sup>', '#footnote[#"b ";#emph[#"c";];];'),
        ("2014–2015", '<span class="together">2014–2015</span>', '#box("2014–2015");'),
    ],
)
def test_one_text_becomes_html_and_typst(source: str, html: str, typst: str) -> None:
    to_html, to_typst = writers()
    assert html in to_html.blocks(source).replace("\n", "")
    assert typst in to_typst.blocks(source).replace("\n\n", "")


def test_tables_keep_their_alignment() -> None:
    to_html, to_typst = writers()
    source = "| a | b |\n|---|---:|\n| c | 1 |\n"
    assert '<td class="n">1</td>' in to_html.blocks(source)
    assert (
        '#text-table((left, right,), table.header([#"a";], [#"b";], ), [#"c";], [#"1";], );'
        in to_typst.blocks(source)
    )


def test_footnotes_are_numbered_over_the_page_and_listed_with_a_way_back() -> None:
    writer, _ = writers()
    writer.blocks("a^[first]")
    writer.blocks("b^[second [[series]]]")
    notes = writer.footnote_list()
    assert notes.index("first") < notes.index("second")
    assert 'href="#note-2-mark"' in notes
    assert 'href="#figure-1"' in notes


def test_keys_are_found_in_footnotes_too() -> None:
    assert marked.keys(marked.parse("[[a]] and ^[see [[b]]] but not \\[\\[c\\]\\] or `[[d]]`")) == ["a", "b"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
def test_a_link_that_could_run_code_is_text(url: str) -> None:
    to_html, _ = writers()
    assert "href" not in to_html.blocks(f"[t]({url})")


def test_a_picture_from_elsewhere_is_a_link_not_a_load() -> None:
    to_html, _ = writers()
    assert "<img" not in to_html.blocks("![alt](https://a.org/x.png)")


@pytest.mark.parametrize("text", ["1. x", "- x", "# x", "a [[series]] b", "x^[y]", "| a |", "&amp;", "\\*"])
def test_escaped_text_is_shown_letter_for_letter(text: str) -> None:
    assert marked.plain(marked.parse_inline(escape(text))) == text


def test_a_heading_never_skips_a_level_in_print() -> None:
    _, to_typst = writers()
    to_typst.depth = 1
    assert "level: 2" in to_typst.blocks("##### deep")


def test_a_character_without_glyph_is_named_by_its_number() -> None:
    assert string("a中b") == '"a[U+4E2D]b"'
    assert string("e\u0301 São ▲") == '"é São ▲"'


@pytest.mark.parametrize("text", ["#", "## ", "# ^[a note]", "# [[key]]"])
def test_a_heading_without_words_is_left_out(text: str) -> None:
    assert [token.type for token in marked.parse(text + "\n\nBelow.")] == [
        "paragraph_open", "inline", "paragraph_close",
    ]  # fmt: skip


def test_a_heading_with_words_stays() -> None:
    assert [token.type for token in marked.parse("# Words")] == ["heading_open", "inline", "heading_close"]
