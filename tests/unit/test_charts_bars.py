"""Bars: ranks, ticks and values; risers and fallers; small multiples; columns; distributions; the cover."""

import re

import pandas as pd
import pytest

from drawing_texts import check, overlaps, texts, words
from milaid.blocks.palette import light
from milaid.charts.bars import Group, ranked_bars
from milaid.charts.columns import columns_by_year
from milaid.charts.cover import cover_bars
from milaid.charts.distribution import distribution
from milaid.charts.multiples import small_multiples
from milaid.charts.relation import relation
from milaid.charts.risers_and_fallers import risers_and_fallers
from milaid.errors import ReportError

LONG = "Congo, Democratic Republic of (Kinshasa)"


def recipients():
    return pd.DataFrame(
        {
            "recipient": [
                "Afghanistan",
                LONG,
                "Saint Vincent and the Grenadines",
                "São Tomé and Príncipe",
                "Mali",
                "Togo",
            ],
            "value": [49_228, 2_400, 1_200, 30, 0, None],
            "previous": [910, None, 0, 29, 3, 12],
            "rank": [1, 2, 3, 4, 5, None],
            "previous_rank": [22, None, 121, 5, 5, 9],
            "code": ["A-1", "Section 1004", None, "IMET", "PKO", "FMF"],
            "group": ["State", "State", "Defense", "Defense", "Defense", "Defense"],
        }
    )


def rows_of_bars(svg, role):
    """Return the widths of the filled rectangles of a role colour."""
    return [
        float(step) for step in re.findall(rf'd="M[^"]*?l(-?[\d.]+) 0[^"]*" style="fill: {light(role)}', svg)
    ]


def bars(**how):
    return ranked_bars(
        recipients(),
        **{
            "key": "r",
            "report_year": 2014,
            "label": "recipient",
            "value": "value",
            "previous": "previous",
            **how,
        },
    )


def test_ranked_bars_show_ranks_values_and_dashes_for_what_is_missing():
    drawings = bars(rank="rank", previous_rank="previous_rank", label_head="Recipient")
    check(drawings, "r")
    for svg in (drawings.wide, drawings.narrow):
        assert {"49,228", "910", "0", "–", "121", "FY2014", "FY2013"} <= set(words(svg))
        weights = {t.text: t.weight for t in texts(svg)}
        assert weights["49,228"] == 600 and weights["910"] == 400
    assert LONG in words(drawings.wide)


def test_bars_are_as_long_as_their_values_from_zero():
    widths = rows_of_bars(bars().wide, "accent")
    assert len(widths) == 4, "no bar for zero and for a missing value"
    assert widths[1] / widths[0] == pytest.approx(2_400 / 49_228, abs=0.001)


def test_every_value_of_last_year_has_a_tick():
    ticks = re.findall(rf'<path d="[^"]*" style="fill: {light("ink")}"', bars().wide)
    assert len(ticks) == 5
    without = ranked_bars(recipients(), key="r", report_year=2014, label="recipient", value="value")
    assert re.findall(rf'<path d="[^"]*" style="fill: {light("ink")}"', without.wide) == []
    assert "FY2013" not in words(without.wide)


def test_groups_have_heading_colour_totals_and_share():
    groups = [
        Group("State", "accent", 51_628, 910, "97.7% of participants"),
        Group("Defense", "other", 1_230, 44),
    ]
    drawings = bars(group="group", groups=groups, code="code")
    check(drawings, "r")
    assert {"State", "51,628", "97.7% of participants", "Section 1004"} <= set(words(drawings.wide))
    assert f"Section 1004: {LONG}" in " ".join(words(drawings.narrow))
    assert rows_of_bars(drawings.wide, "other"), "bars have the colour of their group"
    with pytest.raises(ReportError, match="'Defense' has no heading"):
        bars(group="group", groups=groups[:1])


def test_bars_refuse_negative_values_and_empty_frames():
    with pytest.raises(ReportError, match="negative"):
        ranked_bars(
            recipients().assign(value=-1), key="r", report_year=2014, label="recipient", value="value"
        )
    with pytest.raises(ReportError, match="no row"):
        ranked_bars(recipients().iloc[:0], key="r", report_year=2014, label="recipient", value="value")


def changes(rows, **how):
    frame = pd.DataFrame(rows, columns=["recipient", "previous", "value"])
    return risers_and_fallers(
        frame,
        **{
            "key": "c",
            "report_year": 2014,
            "label": "recipient",
            "value": "value",
            "previous": "previous",
            **how,
        },
    )


def test_increases_stand_above_decreases_and_are_signed():
    drawings = changes([("Nigeria", 6_159, 377), ("Rwanda", 237, 2_921), (LONG, 60, 61)])
    check(drawings, "c")
    top = {t.text: t.box.top for t in texts(drawings.wide)}
    assert top["+2,684"] < top["+1"] < top["−5,782"]
    assert {"6,159", "377", "Fewer", "More"} <= set(words(drawings.narrow))
    assert rows_of_bars(drawings.wide, "accent") and rows_of_bars(drawings.wide, "other")


def test_only_increases_have_no_word_for_decreases():
    drawings = changes([("Rwanda", 237, 2_921), ("Peru", 5, 5)])
    check(drawings, "c")
    assert "Fewer" not in words(drawings.wide) and "0" in words(drawings.wide)
    with pytest.raises(ReportError, match="no change can be drawn for 'Mali'"):
        changes([("Mali", None, 3)])


def panels(missing=()):
    rows = [
        (year, region, None if year in missing else base + year)
        for region, base in (
            ("Africa", 0),
            ("Western Hemisphere", 5_000),
            ("Near East", 90_000),
            ("Europe and Eurasia", 7),
        )
        for year in range(2007, 2016)
    ]
    return pd.DataFrame(rows, columns=["fiscal_year", "region", "value"])


@pytest.mark.parametrize("missing", [(), (2007,), (2011,), (2015,), (2007, 2011, 2012, 2015)])
@pytest.mark.parametrize("report_year", [2007, 2014, 2015])
def test_small_multiples_name_value_change_and_missing_years(missing, report_year):
    drawings = small_multiples(
        panels(missing),
        key="m",
        report_year=report_year,
        changes={"Africa": -42.2, "Near East": None},
        breaks={2008: "new members"},
    )
    check(drawings, "m")
    found = words(drawings.wide)
    assert {"Africa", "Western Hemisphere", "Near East", "Europe and Eurasia"} <= set(found)
    assert ("no data" in found) == bool(missing)
    if report_year not in missing:
        assert "−42.2%" in found and ".." in found
        assert rows_of_bars(drawings.wide, "accent")


def test_lines_of_panels_are_named_once_above_them():
    marks = {"breaks": {2008: "new members"}, "events": {2012: "a law", 1990: "long ago"}}
    drawings = small_multiples(panels(), key="m", report_year=2014, **marks)
    plain = small_multiples(panels(), key="m", report_year=2014)
    for svg, without in ((drawings.wide, plain.wide), (drawings.narrow, plain.narrow)):
        found = words(svg)
        assert [found.count(name) for name in ("FY2008: new members", "FY2012: a law")] == [1, 1]
        assert not any("long ago" in name for name in found)
        lines = 2 * (4 + 1)
        assert svg.count("stroke-dasharray") - without.count("stroke-dasharray") == lines
    check(drawings, "m")
    assert "Break in FY2008: new members." in drawings.said and "Marked: a law in FY2012." in drawings.said


def test_rows_of_panels_must_hold_all_panels():
    with pytest.raises(ReportError, match="hold 3 panels, but there are 4"):
        small_multiples(panels(), key="m", report_year=2014, rows=(3,))


def test_panels_of_their_own_row_have_their_own_scale_and_kind():
    frame = pd.DataFrame(
        {
            "fiscal_year": [2013, 2014] * 2,
            "region": ["Obligations", "Obligations", "Participants", "Participants"],
            "value": [99_200_000, 103_800_000, 4_555, 5_178],
        }
    )
    kinds = {"Obligations": "million", "Participants": "integer"}
    drawings = small_multiples(frame, key="m", report_year=2014, kinds=kinds, rows=(1, 1))
    check(drawings, "m")
    for svg in (drawings.wide, drawings.narrow):
        found = set(words(svg))
        assert {"$103.8m", "5,178"} <= found
        assert {word for word in found if word.startswith("$") and word != "$103.8m"}, "a scale of dollars"
    with pytest.raises(ReportError, match="several kinds share the scale"):
        small_multiples(frame, key="m", report_year=2014, kinds=kinds, rows=(2,))


def test_columns_stack_to_their_total_and_name_their_parts():
    frame = panels((2010,)).rename(columns={"region": "part"})
    frame = frame[frame["part"].isin(["Africa", "Western Hemisphere"])]
    drawings = columns_by_year(frame, key="s", report_year=2014, breaks={2008: "New layout"})
    check(drawings, "s")
    total = 2014 + 7_014
    said = set(words(drawings.wide))
    assert {f"{total:,}", "FY2015: 2,015", "FY2015: 7,015", "no data"} <= said, (
        "of the column they are joined to"
    )
    assert not {"FY2014: 2,014", "FY2014: 7,014"} & said
    beside = columns_by_year(frame, key="s", report_year=2014, mode="side")
    check(beside, "s")
    assert {"FY2014: 2,014", "FY2014: 7,014"} <= set(words(beside.wide)), (
        "joined to no column: of the report year"
    )
    with pytest.raises(ReportError, match="allowed: stacked, side"):
        columns_by_year(frame, key="s", report_year=2014, mode="pie")


def test_distribution_labels_counts_and_shares():
    frame = pd.DataFrame({"class": ["1–5 days", "6–30 days", "Not stated"], "count": [750, 250, 0]})
    drawings = distribution(frame, key="d", axis_label="Length")
    check(drawings, "d")
    for svg in (drawings.wide, drawings.narrow):
        assert {"750", "75.0%", "25.0%", "0", "Not stated"} <= set(words(svg))
    with pytest.raises(ReportError, match="6–30 days"):
        distribution(frame.assign(count=[1, None, 1]), key="d")


def test_cover_has_a_bar_a_year_and_an_empty_slot():
    frame = pd.DataFrame({"fiscal_year": range(2007, 2015), "value": [5, 4, None, 6, 7, 3, 2, 9]})
    svg = cover_bars(frame, key="cover", report_year=2014)
    assert "no data" in words(svg) and "2014" in words(svg)
    assert len(re.findall(f"fill: {light('soft')}", svg)) == 6
    assert cover_bars(frame, key="cover", report_year=2014) == svg


def test_relation_names_outliers_and_leaves_out_what_a_logarithm_cannot_show():
    frame = pd.DataFrame(
        {"name": [f"R{i}" for i in range(30)], "x": [*range(1, 30), 5_000], "y": [*range(1, 30), 0]}
    )
    linear = relation(frame, key="x", x="x", y="y", label="name", x_title="People", y_title="Dollars")
    check(linear, "x")
    assert "R29" in words(linear.wide)
    logged = relation(frame, key="x", x="x", y="y", label="name", x_title="P", y_title="D", logarithmic=True)
    check(logged, "x")
    assert "R29" not in words(logged.wide)


def test_the_head_of_the_labels_keeps_clear_of_the_bars_where_all_names_are_short() -> None:
    frame = pd.DataFrame({"recipient": ["Mali"], "value": [8709], "previous": [5]})
    drawings = ranked_bars(
        frame,
        key="k",
        report_year=2014,
        label="recipient",
        value="value",
        previous="previous",
        label_head="Recipient",
    )
    assert overlaps(drawings.wide) == overlaps(drawings.narrow) == []
