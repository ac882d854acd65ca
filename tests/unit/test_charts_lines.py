"""Line charts: gaps, breaks, other publishers, the report year."""

import re

import pandas as pd
import pytest

from drawing_texts import check, texts, words
from milaid.blocks.palette import light
from milaid.charts.columns import columns_by_year
from milaid.charts.concentration import cumulative_share, top_shares
from milaid.charts.line import Points, long_series
from milaid.charts.lines import lines
from milaid.errors import ReportError

TOTALS = {
    2007: 46_700,
    2008: 41_599,
    2010: 42_460,
    2011: 54_700,
    2012: 54_328,
    2013: 52_675,
    2014: 40_032,
    2015: 65_641,
}
MONITOR = Points("Security Assistance Monitor", {2013: 63_872, 2014: 56_346, 2015: 79_865, 2022: 1})


def series(values=TOTALS, first=2007, last=2015):
    years = range(first, last + 1)
    return pd.DataFrame({"fiscal_year": years, "value": [values.get(year) for year in years]})


def draw(frame=None, **how):
    return long_series(
        series() if frame is None else frame,
        **{
            "key": "total",
            "report_year": 2014,
            "name": "Report to Congress",
            "breaks": {2008: "New layout from FY2008"},
            "gaps": {2009: "FY2009: total not available"},
            "others": MONITOR,
            **how,
        },
    )


def strokes(svg, role):
    return [path for path in re.findall(r"<path[^>]*>", svg) if f"stroke: {light(role)}" in path]


def test_the_figure_names_line_gap_break_and_other_publisher():
    drawings = draw()
    check(drawings, "total")
    for svg in (drawings.wide, drawings.narrow):
        text = " ".join(words(svg))
        assert "FY2009: total not available" in text
        assert "New layout from FY2008" in text
        assert "Security Assistance Monitor" in text and "79,865" in text
        assert "Report to Congress" in text


def test_the_report_year_is_semibold_and_accented_on_the_axis_too():
    found = [(t.text, t.weight, t.colour) for t in texts(draw().wide)]
    assert ("40,032", 600, light("accent")) in found
    assert ("2014", 600, light("accent")) in found
    assert ("2012", 400, light("ink2")) in found


def test_the_line_stops_at_gap_and_break():
    wide = draw(others=None, name="").wide
    line = [path for path in strokes(wide, "accent") if "stroke-width: 2.2" in path]
    # FY2007 | break | FY2008 | gap | FY2010 to FY2015: one line of six years; single years have only a dot.
    drawn = [path for path in line if "l" in re.search(r' d="([^"]*)"', path)[1]]
    assert len(drawn) == 1 and re.search(r' d="([^"]*)"', drawn[0])[1].count("l") == 5
    assert "stroke-dasharray" in wide
    assert f"fill: {light('none')}" in wide
    whole = draw(series(dict.fromkeys(range(2007, 2016), 1000)), others=None, breaks={}, gaps={}).wide
    assert "stroke-dasharray" not in whole and f"fill: {light('none')}" not in whole


def test_other_publishers_are_hollow_diamonds_and_never_joined():
    wide = draw().wide
    assert [path for path in strokes(wide, "other") if "stroke-width: 2.2" in path] == []
    diamonds = re.findall(
        rf'<path[^>]*z" style="fill: {light("paper")}; stroke: {light("other")}[^>]*>', wide
    )
    assert len(diamonds) == 3, "points outside the years of the series are left out"


@pytest.mark.parametrize("report_year", [2007, 2015, 2009])
def test_report_year_at_the_ends_and_without_value(report_year):
    drawings = draw(report_year=report_year, kind="million")
    check(drawings, "total")
    assert str(report_year) in words(drawings.wide)


@pytest.mark.parametrize(
    "values",
    [
        {2014: 1},
        {2012: 0, 2013: 0, 2014: 0},
        {2012: 3, 2013: None, 2014: 5},
        {2010: 900_000, 2011: 3, 2014: 2, 2015: 1},
    ],
)
def test_short_empty_and_steep_series(values):
    check(draw(series(values, min(values), max(values) + 1), breaks={}, gaps={}, others=None), "total")


def test_two_runs_give_equal_bytes_and_figures_do_not_share_ids():
    assert draw() == draw()
    assert 'id="' not in draw().wide


def test_no_value_or_a_repeated_year_is_an_error():
    with pytest.raises(ReportError, match="no fiscal year has a value"):
        draw(series({}))
    with pytest.raises(ReportError, match="2008"):
        draw(pd.concat([series(), series().iloc[[1]]]))
    with pytest.raises(ReportError, match="allowed: integer"):
        draw(kind="people")


def regions():
    rows = [
        (year, region, None if year == 2009 else 1000 * (i + 1) + year)
        for i, region in enumerate(["Africa", "Western Hemisphere", "South and Central Asia"])
        for year in range(2007, 2016)
    ]
    return pd.DataFrame(rows, columns=["fiscal_year", "series", "value"])


def test_several_lines_are_named_at_their_ends_in_ink():
    drawings = lines(regions(), key="regions", report_year=2014, breaks={2008: "New layout"})
    check(drawings, "regions")
    ink = [t.text for t in texts(drawings.wide) if t.colour == light("ink") and t.weight == 600]
    assert {"Africa", "Western Hemisphere"} <= set(ink)
    assert f"stroke: {light('africa')}" in drawings.wide, "regions have their own colours"
    assert "FY2009: no data" in " ".join(words(drawings.wide))


def test_shares_are_percent():
    frame = regions().rename(columns={"series": "group"}).assign(share=lambda f: f["value"] / 100)
    drawings = top_shares(frame, key="top", report_year=2014)
    check(drawings, "top")
    assert any(text.endswith("%") for text in words(drawings.wide))


def test_cumulative_share_labels_the_ranks_asked_for():
    frame = pd.DataFrame({"now": [60, 20, 10, 5, 3, 2, 0], "before": [30, 30, 20, 10, 5, 5, None]})
    drawings = cumulative_share(
        frame,
        key="c",
        value="now",
        previous="before",
        value_label="FY2014",
        previous_label="FY2013",
        marked=(1, 5),
    )
    check(drawings, "c")
    assert {"60.0%", "98.0%", "FY2014", "FY2013", "1", "5"} <= set(words(drawings.wide))
    with pytest.raises(ReportError, match="no value above zero"):
        cumulative_share(frame.assign(now=0), key="c", value="now", value_label="FY2014")


@pytest.mark.parametrize("years", [(2008, 2010, 2011), (2012, 2013, 2014, 2015), (2008, 2015), (2014, 2015)])
def test_the_line_of_a_break_passes_beside_the_names_of_others(years):
    names = {year: f"New layout and other counting rules from FY{year}" for year in years}
    drawings = draw(
        series(dict.fromkeys(range(2007, 2016), 5_000)), breaks=names, gaps={}, others=None, kind="integer"
    )
    check(drawings, "total")
    for svg in (drawings.wide, drawings.narrow):
        dashed = re.findall(r'd="M([\d.]+) ([\d.]+)l0(?: |)(-[\d.]+)"[^>]*stroke-dasharray', svg)
        assert len(dashed) == len(years)
        for x, y, rise in ((float(part) for part in line) for line in dashed):
            crossed = [
                t.text for t in texts(svg) if t.box.crossed((x, y - 8, x, y + rise)) and t.box.top < y - 8
            ]
            assert [text for text in crossed if not text.replace(",", "").isdigit()] == []


def test_lines_show_another_publisher_as_points_that_no_line_joins():
    frame = pd.DataFrame(
        {
            "fiscal_year": [2018, 2019, 2020] * 2,
            "series": ["Military"] * 3 + ["Economic"] * 3,
            "value": [14e9, 15e9, 11e9, 30e9, 33e9, 39e9],
        }
    )
    points = [Points("Military, another publisher", {2021: 12e9, 2022: 13e9})]
    alone = lines(frame, key="aid", report_year=2019, kind="million")
    beside = lines(frame, key="aid", report_year=2019, kind="million", others=points)
    check(beside, "aid")
    for plain, svg in ((alone.wide, beside.wide), (alone.narrow, beside.narrow)):
        assert "Military, another publisher" in " ".join(words(svg))
        assert not strokes(plain, "other") and len(strokes(svg, "other")) >= 1
        assert len(strokes(svg, "accent")) == len(strokes(plain, "accent"))
    assert "2022" in words(beside.wide) and "2022" not in words(alone.wide)


def test_lines_that_meet_in_the_report_year_have_one_label_there():
    frame = pd.DataFrame(
        {
            "fiscal_year": [1999, 2000, 2001] * 2,
            "series": ["Current dollars"] * 3 + ["Constant dollars"] * 3,
            "value": [119.6e6, 130e6, 150e6, 119.6e6, 127e6, 140e6],
        }
    )
    drawings = lines(frame, key="cost", report_year=1999, kind="million")
    for svg in (drawings.wide, drawings.narrow):
        assert [text.text for text in texts(svg)].count("$119.6m") == 1


@pytest.mark.parametrize("draw", [lines, columns_by_year])
def test_a_role_too_faint_for_a_line_or_a_bar_is_refused(draw):
    frame = pd.DataFrame({"fiscal_year": [2001, 2002], "part": ["A", "A"], "value": [1, 2]})
    names = {"series": "part"} if draw is lines else {"part": "part"}
    with pytest.raises(ReportError, match=r"too faint for lines and bars: 'm2' of 'A'"):
        draw(frame, key="k", report_year=2002, roles={"A": "m2"}, **names)
