"""Every number that the words and the charts of a report say stands in the file of the exhibit that they lead to."""

from __future__ import annotations

import pytest

from chart_labels import values_of
from claims import Claim, Shown, missing
from milaid import paths
from milaid.charts.canvas import Canvas
from milaid.charts.style import WIDE
from milaid.tables import store
from number_words import in_figures

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)


def test_a_number_that_no_exhibit_shows_is_found() -> None:
    exhibits = {"share": Shown("fiscal_year,share\n2003,0.0400\n2004,12.3456\n")}
    assert missing(Claim("title", "12.3% in FY2004, less than 0.1% in FY2003", ("share",)), exhibits) == []
    assert missing(Claim("title", "12.4% in FY2004", ("share",)), exhibits) == ["12.4%"]
    assert missing(Claim("title", "Less than 0.1%", ("none",)), exhibits) == ["0.0%"]
    assert missing(Claim("title", "Section 1206 and 2282 train and equip", ("share",)), exhibits) == []
    assert missing(Claim("title", "Section 1206 and 44 rows", ("share",)), exhibits) == ["44"]


def test_a_number_in_words_is_looked_for() -> None:
    exhibits = {"programs": Shown("program,participants\nA,4\nB,8\nC,0\n")}
    for right in (
        "Two programs had participants",
        "Of three programs",
        "the five-year average",
        "The five largest recipients",
    ):
        assert missing(Claim("title", right, ("programs",)), exhibits) == []
    assert missing(Claim("title", "Seven programs had participants", ("programs",)), exhibits) == ["7"]
    assert in_figures("Twenty-third of one hundred twelfth; one of twelve") == "23 of 112; one of 12"


def test_the_labels_of_a_chart_are_looked_for_and_the_steps_of_its_axis_are_not() -> None:
    canvas = Canvas(WIDE, 100, "tried")
    for step, label in enumerate(("0", "20", "40")):
        canvas.text(30, 90 - 30 * step, label, role="ink2", size=WIDE.axis, anchor="end")
    canvas.text(200, 40, "37", role="accent")
    canvas.text(300, 40, "31.5%", role="ink2", size=WIDE.axis)
    assert values_of(canvas.svg()) == "37 31.5%"


def test_a_value_below_million_dollars_is_one_of_millions() -> None:
    exhibits = {"bars": Shown("recipient,obligations_usd\nA,199049000\n")}
    assert missing(Claim("bars.wide", "$ million A 199.0", ("bars",), in_millions=True), exhibits) == []
    assert missing(Claim("bars.wide", "$ million A 199.1", ("bars",), in_millions=True), exhibits) == [
        "199.1"
    ]
    assert missing(Claim("bars.wide", "A 199.0", ("bars",)), exhibits) == ["199.0"]
