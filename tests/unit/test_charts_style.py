"""The look: measuring and fitting text, placing labels, axes, and clean SVG."""

import itertools

import pytest

from drawing_texts import ids, strange_colours, texts
from milaid.charts.axes import YearPlot, covering_ticks, round_ticks, year_labels
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import label, number, signed, tick
from milaid.charts.place import Label, Obstacles, Place, choose, spread
from milaid.charts.style import NARROW, SEMIBOLD, WIDE, shorten, text_width, theme, wrap
from milaid.charts.svg import clean, compact_path
from milaid.errors import ReportError
from milaid.fiscal import runs

LONG = "Congo, Democratic Republic of (Kinshasa)"


def test_text_is_measured_in_the_bundled_font():
    assert text_width("", 12) == 0
    assert text_width("Burundi", 25) == pytest.approx(2 * text_width("Burundi", 12.5), rel=0.01)
    assert text_width("Burundi", 12.5, SEMIBOLD) > text_width("Burundi", 12.5)
    # Public Sans is narrower than the font matplotlib falls back to (DejaVu Sans: 52 px).
    assert 40 < text_width("Burundi", 12.5) < 50


def test_dollars_are_measured_as_letters_not_as_formula():
    assert text_width("$5 and $6", 12) > text_width("5 and 6", 12)


def test_long_names_are_shortened_by_measured_width_between_words():
    short = shorten(LONG, 160, 12.5)
    assert short.endswith("…") and text_width(short, 12.5) <= 160
    assert LONG.startswith(short.removesuffix("…"))
    assert shorten("Mali", 160, 12.5) == "Mali"


def test_wrapped_lines_fit_and_keep_all_words():
    lines = wrap(LONG, 130, 12)
    assert " ".join(lines) == LONG
    assert all(text_width(line, 12) <= 130 for line in lines)
    two = wrap(LONG * 3, 130, 12, most=2)
    assert len(two) == 2 and two[1].endswith("…")


@pytest.mark.parametrize("highest", [1, 3, 7, 49, 999, 5449, 67_600, 128_280, 1e9])
def test_axis_steps_are_equal_round_and_few(highest):
    ticks = round_ticks(highest, "integer")
    steps = {round(b - a, 6) for a, b in itertools.pairwise(ticks)}
    assert ticks[0] == 0 and len(steps) == 1 and 2 <= len(ticks) <= 6
    assert all(value % 1 == 0 for value in ticks)
    assert ticks[-1] >= 0.5 * highest
    assert covering_ticks(highest, "integer")[-1] >= highest
    assert len(covering_ticks(highest, "integer")) <= 4


def test_report_year_first_and_last_year_are_labelled_before_all_others():
    frame = YearPlot(Bounds(40, 0, 358, 200), 2000, 2020, 1)
    labelled = [year for year, _ in year_labels(frame, 2013, 11.5, (0, 358))]
    assert {2000, 2013, 2020} <= set(labelled)
    close = YearPlot(Bounds(40, 0, 140, 200), 2000, 2020, 1)
    assert 2019 in [year for year, _ in year_labels(close, 2019, 11.5, (0, 358))]
    assert 2020 not in [year for year, _ in year_labels(close, 2019, 11.5, (0, 358))]


def test_runs_of_years():
    assert runs([2001, 2003, 2002, 2007]) == [(2001, 2003), (2007, 2007)]


def test_numbers_in_figures():
    assert number(40032, "integer") == "40,032"
    assert label(198_971_215, "million") == "$199.0m"
    assert label(-5_000_000, "million") == "−$5.0m"
    assert label(39_417_200_000, "million") == "$39.4bn"
    assert [label(v, "million") for v in (999_960_000, 999_940_000)] == ["$1.0bn", "$999.9m"]
    assert [label(v, "million") for v in (0, 14_200, 49_999, 50_000)] == ["$0", "$14,200", "$49,999", "$0.1m"]
    assert label(-2_500_000_000, "million") == "−$2.5bn"
    assert number(None, "integer") == "–"
    assert (
        signed(-5782, "integer") == "−5,782"
        and signed(606, "integer") == "+606"
        and signed(0, "integer") == "0"
    )
    assert signed(-4000, "million") == "0.0"
    assert [tick(v, "million") for v in (0, 2.5e6, 5e7)] == ["0", "$2.5m", "$50m"]
    assert [tick(v, "million") for v in (5e8, 1e9, 1.5e9, 4e10)] == ["$500m", "$1bn", "$1.5bn", "$40bn"]


def test_spread_keeps_order_and_room():
    placed = spread([100, 101, 102, 300], [20, 20, 20, 20], 0, 310)
    assert placed == sorted(placed)
    assert all(b - a >= 20 - 1e-9 for a, b in itertools.pairwise(placed))
    assert placed[-1] <= 300 and placed[0] >= 10
    assert spread([50], [20], 0, 310) == [50]


def test_a_label_is_never_put_on_another():
    label_ = Label(("5,449",), 12)
    obstacles = Obstacles(texts=[Bounds(0, 0, 200, 200)])
    places = [Place(100, 100), Place(210, 100, cost=50)]
    assert choose(label_, places, obstacles, Bounds(0, 0, 400, 400)) == places[1]
    assert choose(label_, places[:1], obstacles, Bounds(0, 0, 400, 400)) is None


def test_length_of_a_line_inside_a_box():
    box = Bounds(0, 0, 10, 10)
    assert box.crossed((-5, 5, 15, 5)) == pytest.approx(10)
    assert box.crossed((-5, 20, 15, 20)) == 0
    assert box.crossed((5, 5, 5, 30)) == pytest.approx(5)


def test_paths_are_rounded_without_drifting_apart():
    d = "M 0.04 0.04 " + " ".join(f"L {0.26 * i} {0.26 * i}" for i in range(1, 101)) + " Z"
    short = compact_path(d)
    x = sum(float(part.split()[0]) for part in short[:-1].split("l")[1:])
    assert x == pytest.approx(26.0, abs=0.05)
    assert compact_path("M 1 1 L 1.01 1.01 L 2 1 Z") == "M1 1l1 0z"


def test_a_strange_colour_is_an_error_that_names_it():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M 0 0" style="fill: #123456"/></svg>'
    with pytest.raises(ReportError, match="#123456"):
        clean(svg, "k")


def test_canvas_writes_text_where_it_says_and_nothing_else():
    with theme():
        canvas = Canvas(WIDE, 100, "key")
        box = canvas.text(700, 50, "São $5 & $6 <a>", anchor="end", weight=SEMIBOLD)
        canvas.turned(20, 90, "no data", size=11)
        svg = canvas.svg()
    horizontal, turned = texts(svg)
    assert horizontal.text == "São $5 & $6 <a>" and horizontal.weight == 600
    assert horizontal.box.right == 700 and horizontal.box.left == pytest.approx(box.left, abs=0.1)
    assert turned.box.bottom == pytest.approx(90, abs=0.2) and turned.box.left < 20 < turned.box.right
    assert strange_colours(svg) == set() and ids(svg) == []
    assert "'Public Sans'" in svg


def test_the_theme_leaves_no_trace():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with theme():
        assert mpl.rcParams["svg.fonttype"] == "none"
    assert dict(mpl.rcParams) == before
    assert NARROW.narrow and not WIDE.narrow
