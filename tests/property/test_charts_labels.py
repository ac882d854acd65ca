"""Whatever the values, names and gaps: no label of a figure touches another or leaves the sheet."""

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from drawing_texts import check
from milaid.charts.bars import Group, ranked_bars
from milaid.charts.columns import columns_by_year
from milaid.charts.concentration import cumulative_share, top_shares
from milaid.charts.cover import cover_bars
from milaid.charts.distribution import distribution
from milaid.charts.line import Points, long_series
from milaid.charts.lines import lines
from milaid.charts.multiples import small_multiples
from milaid.charts.relation import relation
from milaid.charts.risers_and_fallers import risers_and_fallers

some = settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
"""A figure takes a tenth of a second: few examples, and none smaller is sought for one that fails."""

NAMES = [
    "Burundi",
    "Côte d’Ivoire",
    "São Tomé and Príncipe",
    "Saint Vincent and the Grenadines",
    "Congo, Democratic Republic of (Kinshasa)",
    "Türkiye",
    "Mali",
    "Bosnia and Herzegovina",
    "Lao People’s Democratic Republic",
    "Micronesia, Federated States of",
]
values = st.one_of(st.integers(0, 50), st.integers(0, 6_000), st.integers(0, 300_000))
maybe = st.one_of(st.none(), values)
kinds = st.sampled_from(["integer", "million", "usd", "share"])


@st.composite
def years_and_values(draw, least=1, most=24):
    """Draw fiscal years in a row with values, some missing, at least one known."""
    first = draw(st.integers(1999, 2012))
    amounts = draw(
        st.lists(maybe, min_size=least, max_size=most).filter(lambda v: any(x is not None for x in v))
    )
    return pd.DataFrame({"fiscal_year": range(first, first + len(amounts)), "value": amounts})


def scaled(frame, kind, columns=("value",)):
    """Return the frame with amounts that suit the kind of value."""
    factor = {"million": 4_000.0, "share": 0.0003}.get(kind, 1.0)
    return frame.assign(**{column: frame[column].astype("float64") * factor for column in columns})


@some
@given(
    years_and_values(),
    kinds,
    st.integers(0, 23),
    st.dictionaries(
        st.integers(0, 23), st.sampled_from(["New document layout from FY2008", "Afghan fund"]), max_size=4
    ),
    st.dictionaries(st.integers(0, 23), values, max_size=5),
)
def test_long_series(frame, kind, report, breaks, points):
    frame = scaled(frame, kind)
    first, count = int(frame["fiscal_year"].iloc[0]), len(frame)
    factor = {"million": 4_000.0, "share": 0.0003}.get(kind, 1.0)
    others = Points(
        "Security Assistance Monitor, with sales", {first + y: v * factor for y, v in points.items()}
    )
    drawings = long_series(
        frame,
        key="k",
        report_year=first + report % count,
        kind=kind,
        name="Report to Congress, Section IV",
        breaks={first + year: name for year, name in breaks.items()},
        gaps={first + count // 2: "Total not available"},
        others=others,
    )
    check(drawings, "k")


@st.composite
def panels(draw, names=NAMES, most_panels=6):
    """Draw a frame with a row for each of some names and years; every name has a value somewhere."""
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=most_panels, unique=True))
    count, first = draw(st.integers(1, 22)), draw(st.integers(1999, 2008))
    rows = []
    for name in chosen:
        amounts = draw(st.lists(maybe, min_size=count, max_size=count))
        amounts[draw(st.integers(0, count - 1))] = draw(values)
        rows += [(first + i, name, amount) for i, amount in enumerate(amounts)]
    return pd.DataFrame(rows, columns=["fiscal_year", "region", "value"])


@some
@given(panels(), st.integers(0, 21), kinds, st.booleans())
def test_lines_small_multiples_and_columns(frame, report, kind, broken):
    frame = scaled(frame, kind)
    years = frame["fiscal_year"].unique()
    report_year = int(years[report % len(years)])
    breaks = {int(years[len(years) // 2]): "New document layout from FY2008"} if broken else {}
    names = frame["region"].unique()
    roles = dict(zip(names, ["accent", "other", "ink2", "soft", "m4", "homeland"], strict=False))
    drawn = lines(
        frame, key="k", report_year=report_year, series="region", kind=kind, roles=roles, breaks=breaks
    )
    check(drawn, "k")
    changes = {name: [-42.2, None, 1234.5][i % 3] for i, name in enumerate(names)}
    drawn = small_multiples(
        frame, key="k", report_year=report_year, kind=kind, changes=changes, breaks=breaks
    )
    check(drawn, "k")
    for mode in ("stacked", "side"):
        drawn = columns_by_year(
            frame,
            key="k",
            report_year=report_year,
            part="region",
            kind=kind,
            mode=mode,
            roles=roles,
            breaks=breaks,
        )
        check(drawn, "k")


@st.composite
def recipients(draw):
    """Draw ranked recipients with values of two years."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=10, unique=True))
    return pd.DataFrame(
        {
            "recipient": names,
            "value": pd.Series([draw(maybe) for _ in names], dtype="Float64"),
            "previous": pd.Series([draw(maybe) for _ in names], dtype="Float64"),
            "rank": range(1, len(names) + 1),
            "previous_rank": pd.Series(
                [draw(st.one_of(st.none(), st.integers(1, 170))) for _ in names], dtype="Int64"
            ),
            "code": [draw(st.sampled_from(["IMET", "Section 1004", "Non-SA, UC", None])) for _ in names],
            "group": [draw(st.sampled_from(["Department of State", "Department of Defense"])) for _ in names],
        }
    )


@some
@given(recipients(), kinds, st.booleans(), st.booleans(), st.booleans())
def test_ranked_bars(frame, kind, ranked, coded, grouped):
    frame = scaled(frame, kind, ("value", "previous"))
    groups = [
        Group("Department of State", "accent", 98.4, 0, "52.6% of participants"),
        Group("Department of Defense", "other", 2, None, "46.6% of participants"),
    ]
    drawings = ranked_bars(
        frame,
        key="k",
        report_year=2014,
        label="recipient",
        value="value",
        previous="previous",
        kind=kind,
        rank="rank" if ranked else None,
        previous_rank="previous_rank" if ranked else None,
        code="code" if coded else None,
        group="group" if grouped else None,
        groups=groups if grouped else (),
        label_head="Recipient",
    )
    check(drawings, "k")


@some
@given(recipients(), kinds)
def test_risers_and_fallers(frame, kind):
    frame = scaled(frame.fillna({"value": 0, "previous": 0}), kind, ("value", "previous"))
    drawings = risers_and_fallers(
        frame, key="k", report_year=2014, label="recipient", value="value", previous="previous", kind=kind
    )
    check(drawings, "k")


@some
@given(st.lists(values, min_size=1, max_size=12), st.booleans(), st.booleans())
def test_distribution(counts, long, share):
    names = [
        f"{5 * i + 1}–{5 * i + 5} days" + (" of course" * 3 if long and i % 3 == 0 else "")
        for i in range(len(counts))
    ]
    frame = pd.DataFrame({"class": names, "count": counts})
    check(distribution(frame, key="k", share=share, axis_label="Length of course"), "k")


@some
@given(
    st.lists(st.integers(0, 50_000), min_size=1, max_size=160),
    st.lists(st.integers(1, 900), min_size=1, max_size=160),
)
def test_cumulative_share(now, before):
    size = max(len(now), len(before))
    frame = pd.DataFrame(
        {"now": [*now, *[0] * (size - len(now))], "before": [*before, *[0] * (size - len(before))]}
    )
    frame.loc[0, "now"] += 1
    drawings = cumulative_share(
        frame, key="k", value="now", previous="before", value_label="FY2014", previous_label="FY2013"
    )
    check(drawings, "k")


@some
@given(years_and_values(), st.integers(0, 23))
def test_cover_and_top_shares(frame, report):
    year = int(frame["fiscal_year"].iloc[report % len(frame)])
    from drawing_texts import outside, overlaps

    cover = cover_bars(frame, key="k", report_year=year)
    assert overlaps(cover) == [] and outside(cover) == []
    shares = pd.concat(
        frame.assign(group=name, share=frame["value"].astype("float64") % 97 * factor)
        for name, factor in (("Largest recipient", 0.3), ("Five largest", 0.7), ("Ten largest", 1.0))
    )
    check(top_shares(shares, key="k", report_year=year), "k")


@some
@given(st.lists(st.tuples(values, values), min_size=1, max_size=60), st.booleans())
def test_relation(points, logarithmic):
    frame = pd.DataFrame(points, columns=["participants", "cost"])
    frame["recipient"] = [NAMES[i % len(NAMES)] for i in range(len(frame))]
    frame.loc[0, ["participants", "cost"]] = (7, 70)
    drawings = relation(
        frame,
        key="k",
        x="participants",
        y="cost",
        label="recipient",
        x_title="Course participants",
        y_title="Cost of training",
        y_kind="usd",
        logarithmic=logarithmic,
    )
    check(drawings, "k")
