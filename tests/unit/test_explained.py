"""Terms of a report are explained where a section or an exhibit uses them first."""

from __future__ import annotations

import re

import pytest

from milaid.blocks.block import Definitions, Prose
from milaid.blocks.explained import Explained, Term
from milaid.blocks.marked_html import HtmlWriter
from milaid.blocks.numbering import Numbering
from milaid.publish.files import document, page
from milaid.tables import terms
from samples import figure, front, notebook

TERMS = (Term("Obligation", "(?i:obligations?)", "Money *bound* & paid."), Term("FMS", "FMS", "Sales."))


def writer() -> HtmlWriter:
    return HtmlWriter(Numbering(), explained=Explained(TERMS))


def marked(html: str) -> list[str]:
    return re.findall(r'<span class="term"[^>]*>([^<]*)</span>', html)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Obligations fell, obligations rose.", ["Obligations"]),
        ("FMS and obligation.", ["FMS", "obligation"]),
        ("fms, FMS-like, AFMS, an obligation’s, obligations.csv", ["obligations"]),
        ("[obligations](https://a.b) and `obligations`", []),
        ("### Obligations\n\nObligations fell.", ["Obligations"]),
        ("Nothing.^[Of obligations.]", []),
    ],
)
def test_the_first_use_is_marked_outside_links_headings_code_and_notes(said: str, found: list[str]) -> None:
    assert marked(writer().blocks(said)) == found


def test_a_part_explains_anew_and_what_it_is_in_goes_on() -> None:
    made = writer()
    assert marked(made.words("obligations")) == ["obligations"]
    with made.part():
        assert marked(made.words("obligations obligations")) == ["obligations"]
    assert marked(made.words("obligations")) == []
    with made.unexplained():
        assert marked(made.words("FMS")) == []


def test_a_meaning_stands_once_and_is_led_to() -> None:
    made = writer()
    html = made.blocks("Obligations & FMS.")
    assert "</span> &amp; <span" in html
    assert made.meanings().count("<b>Obligation.</b> Money <em>bound</em> &amp; paid.") == 1
    led = set(re.findall(r'aria-describedby="([^"]+)"', html))
    assert led == set(re.findall(r'id="([^"]+)"', made.meanings())) == {"term-obligation", "term-fms"}
    assert all(f"#{anchor}{{" in made.explained.styles() for anchor in led)
    assert writer().meanings() == ""


def shown(kind: str) -> str:
    told = Definitions((("Participant", "A participant is a place."),))
    made = notebook(
        [front(), "## Participants", Prose("Participants fell. Participants rose."), figure(note=""), "## Data and method", told]
    )  # fmt: skip
    made.metadata["milaid"] = {"report": kind} if kind else {}
    return page.render(document.build(made))


def test_a_report_explains_in_each_section_and_exhibit_but_not_where_it_defines() -> None:
    html = shown("annual")
    assert re.findall(r"<h2[^>]*>Participants</h2>", html)
    body = html.partition("<main")[2]
    assert [term.lower() for term in marked(body)].count("participants") == 1
    assert "course participants" in [term.lower() for term in marked(body)]
    assert marked(body.partition('id="section-data-and-method"')[2]) == []
    assert body.count('role="tooltip"') == len(set(re.findall(r'describedby="([^"]+)"', body)))
    assert 'class="term"' not in shown("")


def test_every_term_of_the_glossary_has_words_that_find_it() -> None:
    assert [name for name, _ in terms.WORDS] == [name for name, _ in terms.TERMS]
    for name, words in terms.WORDS:
        found = Explained([Term(name, words, "")])
        assert marked(found.marked(f"The {name} is.", str)) == [name]
