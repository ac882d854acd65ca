"""What several notes say stands once, with a link from each; nothing that a note says is lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from milaid.blocks.block import Definitions, Exhibit, KeyFacts, Source
from milaid.publish.files import document, page, pdf
from milaid.publish.files.said_once import said_once, units
from samples import figure, front, long_table, notebook, short_table

SHARED = "A person on two courses counts twice."
LEANING = "Cost is the printed amount. It is in current US dollars."
LONG = (
    "An institution is a school, a college or an academy, named from the unit as printed or, where that names none, "
    "from the place."
)
OWN = "In FY2014 it was 12."
EDITION = "Foreign Military Training Report 2014–2015, Vol. I, pages: Africa 1–40"
LINES = ("Sales Book, fiscal year 2024 edition, page 6", "Sales Book, fiscal year 2024 edition, page 7")


@pytest.fixture(scope="module")
def made() -> document.Document:
    edition = (Source(EDITION, "https://example.org/1"), Source("Europe 1–30", "https://example.org/2"))
    exhibits = (
        replace(figure("a", note=f"{SHARED} {OWN}"), sources=(*edition, Source(LINES[0]))),
        replace(short_table("b", note=f"{SHARED} {LEANING} {LONG}"), sources=edition),
        replace(long_table("c", 12, note=f"{LEANING} Explained already."), sources=(Source(LINES[1]),)),
    )
    method = Definitions((("What is counted", "Courses. Explained already."),))
    return document.build(notebook([front(), "## Findings", *exhibits, "## Data and method", method]))


def rules_of(report: document.Document) -> dict[str, str]:
    [rules] = [block for block in report.blocks() if isinstance(block, Definitions) and block.anchors]
    return dict(rules.items)


def notes_of(report: document.Document) -> dict[str, str]:
    return {block.key: block.note for block in report.blocks() if isinstance(block, Exhibit)}


def test_what_notes_share_or_explain_at_length_is_a_rule_with_its_exhibits(made: document.Document) -> None:
    rules = rules_of(said_once(made))
    assert rules["Rule 1"] == f"{SHARED} ([[a]] and [[b]].)"
    assert rules["Rule 2"] == f"{LEANING} ([[b]] and [[c]].)"
    assert rules["Rule 3"] == f"{LONG} ([[b]].)"


def test_a_note_keeps_its_own_and_names_its_rules(made: document.Document) -> None:
    notes = notes_of(said_once(made))
    assert notes == {
        "a": f"{OWN} [[rule-1]].",
        "b": "[[rule-1]], [[rule-2]], [[rule-3]].",
        "c": "[[rule-2]].",
    }


def test_sources_of_several_exhibits_stand_whole_once(made: document.Document) -> None:
    once = said_once(made)
    shown = {
        block.key: [source.text for source in block.sources]
        for block in once.blocks()
        if isinstance(block, Exhibit)
    }
    assert shown["b"] == ["Foreign Military Training Report 2014–2015"]
    assert shown["a"] == ["Foreign Military Training Report 2014–2015", "Sales Book, page 6"]
    whole = rules_of(once)["Foreign Military Training Report 2014–2015"]
    assert "Vol. I" in whole and "[Europe 1–30](https://example.org/2)" in whole


def test_nothing_said_is_lost(made: document.Document) -> None:
    once = said_once(made)
    explained = "".join(
        meaning for block in once.blocks() if isinstance(block, Definitions) for _, meaning in block.items
    )
    for key, note in notes_of(made).items():
        for unit in units(note):
            assert unit in notes_of(once)[key] or unit in explained


def test_page_and_print_lead_from_a_note_to_its_rule(made: document.Document) -> None:
    html = page.render(made)
    assert 'href="#rule-1"' in html and 'id="rule-1"' in html
    assert pdf.render(made)


def test_a_document_without_a_method_keeps_its_notes() -> None:
    made = document.build(
        notebook([front(), "## A", figure("a", note=SHARED), short_table("b", note=SHARED)])
    )
    assert said_once(made) is made


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Under 10 U.S.C. 362 it is so. They are not.", ["Under 10 U.S.C. 362 it is so. They are not."]),
        (
            "Listed by the law (22 U.S.C. Section 2). More.",
            ["Listed by the law (22 U.S.C. Section 2).", "More."],
        ),
        ("One.\n\nTwo *three*. *Four* is.", ["One.", "Two *three*.", "*Four* is."]),
        (
            "One. b break in series: A (FY2004). 22 are here.",
            ["One.", "b break in series: A (FY2004).", "22 are here."],
        ),
        (
            "One. – none. The two panels differ. The two differ.",
            ["One.", "– none.", "The two panels differ. The two differ."],
        ),
        ("", []),
    ],
)
def test_a_note_is_parted_where_its_parts_can_stand_alone(note: str, found: list[str]) -> None:
    assert units(note) == found


def test_key_facts_share_rules_too(made: document.Document) -> None:
    facts = KeyFacts((), note=SHARED, sources=(), csv="")
    section = made.sections[0]
    shown = replace(section, elements=[document.Element(facts, 1), *section.elements])
    once = said_once(replace(made, sections=[shown, *made.sections[1:]]))
    assert re.search(r"\(the key facts, \[\[a\]\] and \[\[b\]\]\.\)", rules_of(once)["Rule 1"])


def test_the_legend_of_letters_stays_below_its_table() -> None:
    legend = "b break in series: seven members no longer listed (FY2004)."
    method = Definitions((("What is counted", "Courses."),))
    shown = [replace(figure("a", note=legend)), replace(short_table("b", note=f"{SHARED} {legend}"))]
    made = document.build(notebook([front(), "## Findings", *shown, "## Data and method", method]))
    assert all(legend in note for note in notes_of(said_once(made)).values())
