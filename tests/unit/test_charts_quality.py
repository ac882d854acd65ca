"""Shaded cells, bars of counts, and the timeline of what changed."""

import re

import pandas as pd
import pytest

from drawing_texts import check, texts, words
from milaid.blocks.palette import light
from milaid.charts.cover import cover_bars
from milaid.charts.heat import heat_table, percent_text
from milaid.charts.tally import Count, Part, tally_bars
from milaid.charts.timeline import timeline
from milaid.errors import ReportError

EDITIONS = [f"{year}–{year + 1}" for year in range(1999, 2021)]
HEADS = {name: f"Field {name}" for name in "abcdefghijkl"}


def cells(value=100.0):
    return pd.DataFrame(
        [(e, f, value) for e in EDITIONS for f in HEADS], columns=["edition", "field", "share"]
    )


def heat(frame, heads=HEADS):
    return heat_table(
        frame, key="h", row="edition", column="field", value="share", heads=heads, row_head="Edition"
    )


def filled(svg, role):
    return len(re.findall(rf'style="fill: {light(role)}', svg))


def test_twelve_fields_fit_the_page_and_stand_in_panels_on_a_phone():
    drawings = heat(cells())
    check(drawings, "h")
    assert words(drawings.wide).count("1999–2000") == 1
    assert words(drawings.narrow).count("1999–2000") == 3


def test_a_missing_share_is_grey_with_a_dash_and_zero_is_neither():
    frame = cells().assign(share=[None, 0.0, *[100.0] * (len(cells()) - 2)])
    svg = heat(frame).wide
    assert words(svg).count("–") == 1 and words(svg).count("0") == 1
    assert filled(svg, "none") == 1 and filled(svg, "land") == 1


@pytest.mark.parametrize(
    ("share", "text"),
    [(100.0, "100"), (99.96, ">99"), (99.4, "99"), (0.0, "0"), (0.2, "<1"), (50.0, "50"), (None, "–")],
)
def test_only_all_is_written_as_a_hundred(share, text):
    assert percent_text(share) == text


def test_more_is_darker_and_text_keeps_its_contrast():
    frame = pd.DataFrame({"edition": ["x"] * 4, "field": list("abcd"), "share": [10.0, 60.0, 95.0, 100.0]})
    drawings = heat(frame, {name: name for name in "abcd"})
    check(drawings, "h")
    for role in ("m1", "m2", "m4", "m5"):
        assert filled(drawings.wide, role) == 1
    colours = {text.text: text.colour for text in texts(drawings.wide)}
    assert colours["10"] == light("ink") and colours["95"] == light("paper")


def test_heat_refuses_what_is_no_share_or_given_twice():
    with pytest.raises(ReportError, match="no share in percent"):
        heat(cells(100.1))
    with pytest.raises(ReportError, match="given twice"):
        heat(pd.concat([cells(), cells()]))
    with pytest.raises(ReportError, match="no cell belongs"):
        heat(cells(), {"z": "Z"})


PARTS = [
    Part("good", "Totals that agree", "accent"),
    Part("bad", "Known fault", "other"),
    Part("none", "Never", "ink"),
]
COUNTS = [Count("all", "Compared"), Count("bad", "Known", main=True)]


def tallies(**columns):
    frame = pd.DataFrame(
        {"name": EDITIONS[:3], "good": [900, 450, 0], "bad": [1, 0, 3], "none": 0, **columns}
    )
    frame = frame.assign(all=frame["good"] + frame["bad"])
    return tally_bars(frame, key="t", label="name", parts=PARTS, counts=COUNTS, label_head="Edition")


def widths(svg, role):
    return [
        float(step) for step in re.findall(rf'd="M[^"]*?l(-?[\d.]+) 0[^"]*" style="fill: {light(role)}', svg)
    ]


def test_parts_are_drawn_to_scale_and_the_smallest_can_be_seen():
    drawings = tallies()
    check(drawings, "t")
    bars = widths(drawings.wide, "accent")[1:]
    assert bars[1] / bars[0] == pytest.approx(0.5, abs=0.01)
    assert widths(drawings.wide, "other")[1:] == [3.0, 3.0]


def test_a_part_that_never_occurs_is_not_in_the_key():
    shown = words(tallies().narrow)
    assert "Known fault" in shown and "Never" not in shown
    assert {"901", "450", "3", "Compared", "Known"} <= set(shown)


def test_counts_refuse_negative_parts_and_no_rows():
    with pytest.raises(ReportError, match="negative part"):
        tallies(bad=[-1, 0, 0])
    with pytest.raises(ReportError, match="no row"):
        tally_bars(pd.DataFrame({"name": []}), key="t", label="name", parts=PARTS, counts=COUNTS)


MARKS = pd.DataFrame(
    {
        "fiscal_year": [2001, 2002, 2006, 2008, 2019, 2020],
        "kind": ["gap", "gap", "break", "change", "change", "gap"],
        "label": [
            "not read",
            "not read",
            "a new layout of the tables",
            "no US unit",
            "CTFP becomes CTIWFP",
            "lost",
        ],
    }
)


def test_gaps_that_follow_each_other_are_one_band_and_labels_stay_inside():
    drawings = timeline(MARKS, key="l", first=1999, last=2020)
    check(drawings, "l")
    assert words(drawings.wide).count("not read") == 1
    assert {"a new layout of the tables", "CTFP becomes CTIWFP"} <= set(words(drawings.narrow))
    bands = widths(drawings.wide, "none")
    assert max(bands) == pytest.approx(2 * min(b for b in bands if b > 13), abs=0.2)


def test_a_mark_stands_before_the_year_it_applies_to():
    svg = timeline(MARKS[MARKS["kind"] == "change"], key="l", first=2006, last=2010).wide
    squares = [float(x) for x in re.findall(rf'd="M([\d.]+) [^"]*" style="fill: {light("accent")}', svg)]
    year = next(text.box for text in texts(svg) if text.text == "2008")
    assert len(squares) == 2, "one in the key, one for 2008; 2019 lies outside"
    assert max(squares) < year.left


def test_a_timeline_refuses_unknown_kinds_and_no_marks():
    with pytest.raises(ReportError, match="unknown kinds"):
        timeline(MARKS.assign(kind="other"), key="l", first=1999, last=2020)
    with pytest.raises(ReportError, match="no mark lies"):
        timeline(MARKS, key="l", first=1980, last=1990)


def test_a_cover_without_a_report_year_accents_every_bar():
    frame = pd.DataFrame({"fiscal_year": [2013, 2014], "value": [3, 4]})
    assert filled(cover_bars(frame, key="c", report_year=None), "accent") == 2
    assert filled(cover_bars(frame, key="c", report_year=None), "soft") == 0
