"""Figures from drawings and frames: one key for both, what is missing is an error, and the words of gaps and breaks."""

import pandas as pd
import pytest

from milaid.blocks.block import Source, csv_text
from milaid.charts.style import Drawings
from milaid.errors import ReportError
from milaid.exhibits.figures import figure, mark_labels, mark_notes
from milaid.tables.coverage import Mark

FRAME = pd.DataFrame(
    {
        "recipient": ["Kenya", "Togo"],
        "participants": pd.array([1_200, None], dtype="Int64"),
        "share": [99.5, 0.5],
    }
)
TEXTS = {
    "key": "largest",
    "title": "Kenya: 1,200 participants",
    "alt": "Bars of participants: Kenya 1,200.",
    "sources": (Source("Report to Congress"),),
}
GAP = Mark(2008, "gap", "no report", "No report was published.")
BREAK = Mark(2010, "break", "new layout", "Totals are of other programs.")


def draw(key: str) -> Drawings:
    return Drawings(wide=f'<svg id="{key}-wide"/>', narrow=f'<svg id="{key}-narrow"/>')


def test_both_drawings_land_in_the_figure_under_its_key():
    made = figure(draw, csv=FRAME, **TEXTS)
    assert (made.key, made.wide, made.narrow) == (
        "largest",
        '<svg id="largest-wide"/>',
        '<svg id="largest-narrow"/>',
    )


def test_the_file_is_the_frame():
    made = figure(draw, csv=FRAME[["recipient", "participants"]], **TEXTS)
    assert made.csv == "recipient,participants\nKenya,1200\nTogo,\n"
    assert made.csv == csv_text(FRAME[["recipient", "participants"]])


def test_texts_that_are_given_stand_in_the_figure_and_the_others_are_empty():
    made = figure(draw, csv=FRAME, subtitle="By recipient", note="One *rule*.", appendix=True, **TEXTS)
    assert (made.title, made.alt, made.sources) == (TEXTS["title"], TEXTS["alt"], TEXTS["sources"])
    assert (made.subtitle, made.note, made.appendix) == ("By recipient", "One *rule*.", True)
    plain = figure(draw, csv=FRAME, **TEXTS)
    assert (plain.subtitle, plain.note, plain.appendix) == ("", "", False)


@pytest.mark.parametrize(
    ("name", "empty"), [("key", ""), ("title", ""), ("alt", ""), ("sources", ())], ids=lambda part: str(part)
)
def test_a_figure_without_what_every_exhibit_needs_is_an_error(name, empty):
    with pytest.raises(ReportError, match=f"has no {name}"):
        figure(draw, csv=FRAME, **{**TEXTS, name: empty})


def test_gaps_and_breaks_are_named_by_year_for_a_chart_and_in_sentences_for_a_note():
    assert mark_labels([GAP, BREAK]) == {2008: "no report", 2010: "new layout"}
    assert (
        mark_notes([GAP, BREAK]) == "FY2008: No report was published. FY2010: Totals are of other programs."
    )
    assert (mark_labels([]), mark_notes([])) == ({}, "")
