"""What a block looks like in a notebook that is not trusted: styles that JupyterLab's sanitizer leaves in its elements."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from milaid.blocks import html, live
from milaid.blocks.block import Block, KeyFacts
from milaid.blocks.inline_style import with_inline_styles
from milaid.blocks.marked_html import HtmlWriter
from milaid.blocks.numbering import Numbering
from samples import figure, key_facts, long_table, matrix, short_table

BLOCKS = (figure(note=""), short_table(note=""), long_table(note=""), matrix(), key_facts())
SANITIZERS = Path(sys.prefix, "share", "jupyter", "lab", "static")


@cache
def kept_properties() -> frozenset[str]:
    """Return the properties that the sanitizer of the installed JupyterLab keeps."""
    for script in sorted(SANITIZERS.glob("jlab_core.*.js")):
        if found := re.search(r'allowedStyles:\{"\*":\{(.*?)\}', script.read_text(encoding="utf-8")):
            return frozenset(re.findall(r'(?:^|[,"])([a-z-]+)"?:\[', found[1]))
    raise AssertionError(f"no list of styles in {SANITIZERS}")


class _Numbered(Numbering):
    def number(self, key: str):  # type: ignore[no-untyped-def]
        return self.add(figure(key)) if key not in self else super().number(key)


def rendered(block: Block) -> str:
    numbering = _Numbered()
    if not isinstance(block, KeyFacts):
        numbering.add(block)  # type: ignore[arg-type]
    return html.render(block, HtmlWriter(numbering))


def of(styled: str, start: str) -> str:
    """Return the style of the first element that begins so."""
    found = re.search(rf'{re.escape(start)}[^>]* style="([^"]*)"', styled)
    assert found is not None, start
    return found[1]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: getattr(block, "key", block.block))
def test_all_styles_are_of_properties_that_jupyterlab_keeps_and_have_no_colour_of_text(block: Block) -> None:
    shown = re.sub(r"<svg .*?</svg>|<style>.*?</style>|<img[^>]*>", "", live.live(block), flags=re.DOTALL)
    declared = [part for style in re.findall(r' style="([^"]*)"', shown) for part in style.split(";") if part]
    names = {part.partition(":")[0] for part in declared}
    assert len(names) > 5
    # What is trusted is shown by the style sheet: the drawing is all that a notebook hides by this.
    assert names <= kept_properties()
    assert "color" not in names, "the theme may be light or dark"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: getattr(block, "key", block.block))
def test_styles_are_all_that_is_added_and_exports_have_none(block: Block) -> None:
    plain = rendered(block)
    assert not re.search(r"<(?:table|tr|td|th|ul|li|p)\b[^>]* style=", plain)
    styled = with_inline_styles(plain)
    drawings = re.split(r"(<svg .*?</svg>)", styled, flags=re.DOTALL)
    bare = [part if part.startswith("<svg ") else re.sub(r' style="[^"]*"', "", part) for part in drawings]
    assert "".join(bare) == plain


def test_a_table_has_names_on_the_left_its_main_column_bold_and_lines() -> None:
    styled = with_inline_styles(rendered(short_table()))
    assert "text-align:left" in of(styled, '<th scope="row"')
    assert "font-weight:400" in of(styled, '<th scope="row"')
    assert of(styled, '<td class="m"') == "font-weight:600"
    assert of(styled, '<td class="t') == "text-align:left"
    assert "border-bottom:1px solid" in of(styled, "<tr")
    total = styled[styled.index('<tr class="total"') :]
    assert "font-weight:600" in of(total, '<th scope="row"') and "border-top:1px solid" in of(total, "<td")
    assert "position:absolute" in of(styled, '<caption class="unseen"')
    assert of(styled, '<p class="hint"') == "display:none"
    numbers = re.findall(r"<td>[^<]+</td>", styled)
    assert len(numbers) > 10, "most cells need none"


def test_key_facts_stand_in_columns_without_bullets() -> None:
    facts = key_facts()
    styled = with_inline_styles(rendered(facts))
    assert re.search(r"display:grid;grid-template-columns:repeat\(\d,", of(styled, "<ul"))
    assert of(styled, "<li").startswith("display:flex")
    assert styled.count("border-left:0") == len(
        [n for n in range(len(facts.facts)) if n % int(re.search(r"repeat\((\d)", styled)[1]) == 0]  # type: ignore[index]
    )
    assert "font-size:30px" in of(styled, '<p class="value"')


def test_the_picture_of_a_figure_is_its_drawing_in_less_room_than_base64() -> None:
    one = figure(note="", alt='with "quotes" & 100%')
    shown = live.live(one)
    found = re.search(r'<img class="untrusted"[^>]*src="data:image/svg\+xml,([^"]*)"', shown)
    assert found is not None
    assert not set('<>#"\n') & set(found[1])
    drawing = unquote(found[1])
    assert drawing.count("<") == one.wide.count("<") and "'Public Sans', Arial" in drawing
    assert len(found[1]) < len(drawing.encode()) * 4 / 3
