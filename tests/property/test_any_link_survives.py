"""Any text may be linked, and a link between two reports leads from the one to the other."""

from __future__ import annotations

import posixpath
import re
from html import unescape

from hypothesis import assume, given
from hypothesis import strategies as st

from milaid.blocks import html, marked
from milaid.blocks.block import Column, Related, escape
from milaid.blocks.html_table import table
from milaid.blocks.marked_html import HtmlWriter
from milaid.blocks.numbering import Numbering
from milaid.blocks.targets import Links, is_target
from samples import short_table

TEXT = st.text(max_size=30) | st.text(alphabet="#$*_`~\\\"'[]{}()<>@/=&!.;:% é–", max_size=20)
CODE = st.from_regex(r"[A-Z0-9]{1,5}(-[A-Z0-9]{1,5}){0,2}", fullmatch=True)
PLACE = st.one_of(
    st.sampled_from(["index", "data", "glossary", "cite", "program-guide", "data-quality", "annual/1999"]),
    st.builds("{}/{}".format, st.sampled_from(["country", "program", "region", "comparison"]), CODE),
)


@given(PLACE, PLACE)
def test_a_link_leads_to_its_place(start: str, end: str) -> None:
    assert is_target(end)
    address = Links(start, frozenset({end})).address(end)
    if start == end:
        assert address is None
    else:
        assert address is not None
        assert posixpath.normpath(posixpath.join("/", posixpath.dirname(start), address)) == f"/{end}.html"


@given(TEXT, PLACE, st.booleans())
def test_the_text_of_a_cell_is_the_same_with_and_without_its_link(
    value: str, place: str, known: bool
) -> None:
    assume(place != "annual/2014")
    made = short_table(
        "t", columns=(Column("a", "A"),), rows=((value,),), roles=("",), links=(("a", (place,)),)
    )
    links = Links("annual/2014", frozenset({place} if known else ()))
    body = re.search(r"<tbody>\n(.*)</tbody>", table(made, "c", links), re.DOTALL)
    assert body is not None
    assert unescape(re.sub(r"<[^>]*>", "", body[1])).strip("\n") == marked.showable(value).strip("\n")
    assert ("<a " in body[1]) is known


@given(TEXT, st.booleans())
def test_any_text_can_be_the_words_of_a_link(value: str, known: bool) -> None:
    words = " ".join(marked.showable(value).split())
    assume(words)
    writer = HtmlWriter(Numbering(), links=Links("index", frozenset({"data"} if known else ())))
    shown = writer.inline(f"[{escape(words)}](report:data)")
    assert unescape(re.sub(r"<[^>]*>", "", shown)) == words
    assert ('<a href="data.html">' in shown) is known
    related = html.render(Related(((words, "data"),)), writer)
    assert bool(related) is known
