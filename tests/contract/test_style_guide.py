"""docs/style-guide.html: every kind of block and chart, the parts of a page around them, and just what the command makes."""

from __future__ import annotations

import re

import pytest

from chart_catalogue import style_guide
from chart_catalogue.kinds import chart_functions
from milaid.blocks.block import BLOCKS, Figure, Table

MOST_BYTES = 600_000
PAGE_PARTS = (
    'class="skip"', 'class="masthead"', 'class="rail"', 'class="about"', 'nav class="contents"', 'class="contents-folded"',
    'class="offers"', 'class="kind"', 'class="standfirst"', 'class="footnotes"', 'class="term"', 'class="meanings"',
    'class="imprint"', 'id="cite"', 'id="made"', 'class="related"', 'class="total"', 'class="group"', "sortable",
)  # fmt: skip
"""What marks each part of a page around its blocks; a draft has a ribbon beside."""


@pytest.fixture(scope="module")
def html() -> str:
    return style_guide.FILE.read_text(encoding="utf-8")


def test_every_kind_of_block_and_chart_is_shown() -> None:
    blocks = [part for part in style_guide.parts() if not isinstance(part, str)]
    assert {block.block for block in blocks} == set(BLOCKS)
    assert sorted(b.key for b in blocks if isinstance(b, Figure)) == sorted(chart_functions())
    assert all(block.alt for block in blocks if isinstance(block, Figure | Table))


def test_every_part_of_a_page_is_shown(html: str) -> None:
    assert [part for part in PAGE_PARTS if part not in html] == []


def test_the_page_is_the_one_that_the_command_makes(html: str) -> None:
    assert html == style_guide.render(), "run: make style-guide"


def test_the_page_is_small_and_leads_to_nothing_that_is_not_there(html: str) -> None:
    assert len(html.encode()) < MOST_BYTES
    led = [to for to in re.findall(r'href="([^"]+)"', html) if not to.startswith(("#", "https://", "data:"))]
    assert led == []
