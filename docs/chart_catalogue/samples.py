"""One drawing of each kind of chart, made from a frame that is small enough to read.

The numbers are those of the tables in data/: course participants as the Foreign Military Training Report lists
them, and military aid as the Greenbook does. A function is named after the kind of chart that it draws.
"""

from __future__ import annotations

import io

import pandas as pd

from milaid.charts.bars import ranked_bars
from milaid.charts.columns import columns_by_year
from milaid.charts.concentration import cumulative_share, top_shares
from milaid.charts.cover import cover_bars
from milaid.charts.distribution import distribution
from milaid.charts.heat import heat_table
from milaid.charts.line import long_series
from milaid.charts.lines import lines
from milaid.charts.multiples import small_multiples
from milaid.charts.relation import relation
from milaid.charts.risers_and_fallers import risers_and_fallers
from milaid.charts.spans import spans
from milaid.charts.style import Drawings
from milaid.charts.tally import Count, Part, tally_bars
from milaid.charts.timeline import timeline
from milaid.charts.world_map import world_map
from milaid.tables import store

REPORT_YEAR = 2014


def frame_of(text: str) -> pd.DataFrame:
    """Return the frame that lines of text show: the names of the columns, then one row a line."""
    return pd.read_csv(io.StringIO(text), skipinitialspace=True)


TOTALS = frame_of("""fiscal_year, participants
    2003, 52945
    2004, 40842
    2005, 32378
    2006, 36151
    2007, 46747
    2008, 41599
    2009, 55525
    2010, 42460
    2011, 54731
    2012, 54328
    2013, 52675
    2014, 40032
""")
REGIONS = frame_of("""fiscal_year, Western Hemisphere, Near East, Europe and Eurasia
    2008,  9814, 3367, 2983
    2009,  8417, 3268, 4067
    2010, 10231, 3204, 3807
    2011,  9532, 4420, 2881
    2012, 10048, 4366, 1985
    2013, 10491, 5798, 2016
    2014, 12993, 2794, 1627
""").melt("fiscal_year", var_name="region", value_name="participants")
RECIPIENTS = frame_of("""recipient, fy2014, fy2013, military_aid_usd
    Burundi,     5449, 4843,    1046934
    Colombia,    3775, 3453,   76490996
    Uganda,      3527, 5408,   30620379
    Mexico,      3183, 2656,   51218435
    Rwanda,      2921,  237,          0
    Benin,       1338, 1813,     358637
    Indonesia,   1128,  254,   16493765
    Jordan,       437,  559,  379968925
    Egypt,        435,  573,  572274031
    Lebanon,      403, 2774,   89712604
    Nigeria,      377, 6159,   10518633
    Pakistan,     353,  357,  286853144
    Afghanistan,  311,  335, 4879411996
    Kenya,        236,  256,   31318875
""")
SOUTH_AMERICA = frame_of("""iso3, recipient, participants
    COL, Colombia,  3775
    PER, Peru,      1549
    CHL, Chile,      380
    PRY, Paraguay,   200
    URY, Uruguay,    134
    BRA, Brazil,     130
    ARG, Argentina,   87
    SUR, Suriname,    45
    ECU, Ecuador,     35
    GUY, Guyana,      27
    BOL, Bolivia,      5
    VEN, Venezuela,    1
""")


def draw_long_series() -> Drawings:
    return long_series(
        TOTALS, key="long_series", report_year=REPORT_YEAR, value="participants",
        breaks={2004: "seven countries leave"},
    )  # fmt: skip


def draw_lines() -> Drawings:
    return lines(REGIONS, key="lines", report_year=REPORT_YEAR, series="region", value="participants")


def draw_top_shares() -> Drawings:
    frame = frame_of("""fiscal_year, Ten largest, Five largest, Largest
        2009, 53.8, 38.6, 16.2
        2010, 36.3, 25.3,  8.6
        2011, 53.9, 39.0, 10.1
        2012, 64.2, 45.2, 11.2
        2013, 62.1, 43.0, 11.7
        2014, 62.0, 47.1, 13.6
    """).melt("fiscal_year", var_name="group", value_name="share")
    return top_shares(frame, key="top_shares", report_year=REPORT_YEAR)


def draw_columns_by_year() -> Drawings:
    frame = frame_of("""fiscal_year, In the United States, Abroad, Not known
        2009, 11061, 42057, 2407
        2010, 13285, 26357, 2818
        2011, 12870, 36866, 4995
        2012,  9961, 43343, 1024
        2013,  9539, 40817, 2319
        2014, 10028, 29746,  258
    """).melt("fiscal_year", var_name="part", value_name="participants")
    return columns_by_year(frame, key="columns_by_year", report_year=REPORT_YEAR, value="participants")


def draw_small_multiples() -> Drawings:
    return small_multiples(
        REGIONS, key="small_multiples", report_year=REPORT_YEAR, value="participants",
        changes={"Western Hemisphere": 23.8, "Near East": -51.8, "Europe and Eurasia": -19.3},
    )  # fmt: skip


def draw_cover_bars() -> str:
    return cover_bars(TOTALS, key="cover_bars", report_year=REPORT_YEAR, value="participants")


def draw_ranked_bars() -> Drawings:
    return ranked_bars(
        RECIPIENTS.head(6), key="ranked_bars", report_year=REPORT_YEAR, label="recipient", value="fy2014",
        previous="fy2013", label_head="Recipient",
    )  # fmt: skip


def draw_risers_and_fallers() -> Drawings:
    moved = RECIPIENTS.assign(change=RECIPIENTS["fy2014"] - RECIPIENTS["fy2013"])
    moved = moved[moved["change"].abs() > 500].sort_values("change", ascending=False)
    return risers_and_fallers(
        moved, key="risers_and_fallers", report_year=REPORT_YEAR, label="recipient", value="fy2014",
        previous="fy2013",
    )  # fmt: skip


def draw_cumulative_share() -> Drawings:
    return cumulative_share(
        SOUTH_AMERICA, key="cumulative_share", value="participants", value_label="FY2014", marked=(1, 2, 5)
    )


def draw_distribution() -> Drawings:
    frame = frame_of("""class, count
        1–7 days,         8320
        8–30 days,       14815
        31–90 days,      10705
        91–180 days,      1516
        181–365 days,     4090
        over 365 days,      51
        end before start,  535
    """)
    return distribution(frame, key="distribution")


def draw_relation() -> Drawings:
    return relation(
        RECIPIENTS, key="relation", x="military_aid_usd", y="fy2014", label="recipient", x_kind="million",
        x_title="Military aid, US dollars", y_title="Course participants", logarithmic=True, named=6,
    )  # fmt: skip


def draw_world_map() -> Drawings:
    boundaries = store.load_boundaries()
    members = set(SOUTH_AMERICA["iso3"])
    return world_map(
        SOUTH_AMERICA, boundaries, key="world_map", value="participants", countries=members,
        not_covered=set(boundaries["iso3"]) - members, land="Other countries",
    )  # fmt: skip


def draw_heat_table() -> Drawings:
    frame = frame_of("""edition, Cost, Location, Unit, US unit
        2010–2011, 100,   99.9, 96.5,
        2011–2012,  76.2, 99.9, 97.7, 87.5
        2012–2013, 100,  100,   95.5, 89.9
        2013–2014, 100,   98.9, 96.4, 64.4
        2014–2015, 100,   99.7, 96.0, 94.5
    """).melt("edition", var_name="field", value_name="share")
    heads = {name: name for name in frame["field"]}
    return heat_table(
        frame, key="heat_table", row="edition", column="field", value="share", heads=heads, row_head="Edition"
    )


def draw_tally_bars() -> Drawings:
    frame = frame_of("""edition, program, country, known, compared
        2014–2015, 606, 155, 0, 761
        2015–2016, 587, 152, 2, 741
        2016–2017, 671, 153, 5, 829
        2017–2018, 671, 153, 4, 828
        2018–2019, 717, 155, 0, 872
    """)
    return tally_bars(
        frame,
        key="tally_bars",
        label="edition",
        parts=(
            Part("program", "Program totals that agree", "accent"),
            Part("country", "Country totals that agree", "soft"),
            Part("known", "Known fault", "other"),
        ),
        counts=(Count("compared", "Compared"), Count("known", "Known", main=True)),
        label_head="Edition",
    )


def draw_spans() -> Drawings:
    runs = frame_of("""label, role, first, last
        EIPC,        accent, 1999, 2002
        EIPC,        accent, 2004, 2005
        CTFP,        other,  2003, 2018
        GPOI,        accent, 2007, 2012
        PKO,         accent, 2013, 2020
        Section 333, other,  2018, 2020
    """)
    years = [list(range(row.first, row.last + 1)) for row in runs.itertuples()]
    frame = runs.assign(fiscal_year=years).explode("fiscal_year")
    return spans(frame, key="spans", first=1999, last=2020)


def draw_timeline() -> Drawings:
    frame = frame_of("""fiscal_year, kind, label
        2004, break,  seven countries leave
        2008, change, no US unit
        2011, change, costs without a figure
        2012, change, Albania and Croatia leave
        2018, change, Section 333 printed
    """)
    return timeline(frame, key="timeline", first=1999, last=2020)
