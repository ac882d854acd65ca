"""What must hold for any activities: parts add up, filters do not add, ranks and shares are what they say."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milaid.analysis import courses, places
from milaid.analysis.concentration import concentration, with_and_without
from milaid.analysis.groups import beside_previous, totals
from milaid.analysis.programs import department_totals, program_totals, recipient_program_table
from milaid.analysis.recipients import entering, largest_changes, leaving, ranking
from milaid.analysis.regions import region_totals, region_years
from milaid.analysis.series import annual_totals
from milaid.tables.money import to_constant
from training_frames import programs, trainings

_REGIONS = {"Benin": "Africa", "Togo": "Africa", "Peru": "Western Hemisphere", "Oman": "Near East"}
_PROGRAMS = programs("IMET", "FMF", "PKO")
_PLACES = [
    {"location_status": "not stated"},
    {"location_status": "not recognised"},
    {"location_status": "online"},
    *({"location_country": country} for country in ("PER", "USA", "BEN")),
]

_row = st.fixed_dictionaries(
    {
        "fiscal_year": st.sampled_from([2013, 2014]),
        "recipient": st.sampled_from(sorted(_REGIONS)),
        "program": st.sampled_from(["IMET", "FMF", "PKO"]),
        "funder": st.sampled_from(["DoS", "DoD"]),
        "quantity": st.one_of(st.none(), st.integers(0, 300)),
        "cost_usd": st.one_of(st.none(), st.integers(0, 10**7)),
        "where": st.sampled_from(_PLACES),
        "start_date": st.one_of(st.none(), st.dates(date(2013, 1, 1), date(2014, 9, 1))),
        "end_date": st.one_of(st.none(), st.dates(date(2013, 6, 1), date(2015, 9, 1))),
    }
)  # fmt: skip


@st.composite
def _activities(draw):
    rows = draw(st.lists(_row, min_size=1, max_size=25))
    rows = [{**row, **row.pop("where"), "region_harmonised": _REGIONS[row["recipient"]]} for row in rows]
    # Every example has a row of the report year, as every report has.
    return trainings(
        *rows, {"fiscal_year": 2014, "recipient": "Peru", "region_harmonised": "Western Hemisphere"}
    )


def _year_total(frame, fiscal_year=2014):
    return int(frame.loc[frame["fiscal_year"] == fiscal_year, "quantity"].sum())


given_activities = given(_activities())
quick = settings(max_examples=20, deadline=None)


@quick
@given_activities
def test_recipients_regions_programs_departments_places_and_lengths_add_up_to_the_total(frame):
    total = _year_total(frame)
    parts = {
        "recipients": ranking(frame, 2014)["participants"],
        "regions": region_totals(frame, 2014)["participants"],
        "programs": program_totals(frame, _PROGRAMS, 2014)["participants"],
        "departments": department_totals(frame, 2014)["participants"],
        "places": places.place_totals(frame, 2014)["participants"],
        "lengths": courses.length_classes(frame, 2014)["participants"],
        "table": recipient_program_table(frame, 2014)["total"],
    }
    assert {name: int(values.sum()) for name, values in parts.items()} == dict.fromkeys(parts, total)


@quick
@given_activities
def test_a_series_of_regions_adds_up_to_the_annual_series(frame):
    regions = region_years(frame).groupby("fiscal_year")["participants"].sum()
    assert regions.tolist() == annual_totals(frame)["participants"].tolist()


@quick
@given_activities
def test_with_former_groups_the_previous_columns_add_up_to_the_year_before(frame):
    for by in (["recipient"], ["program"], ["region_harmonised"]):
        beside = beside_previous(frame, 2014, by, former=True)
        if (frame["fiscal_year"] == 2013).any():
            assert beside["previous_participants"].sum() == _year_total(frame, 2013)


@quick
@given(_activities(), st.sampled_from(["recipient", "program", "funder", "region_harmonised"]))
def test_a_filter_never_raises_a_total(frame, column):
    kept = frame[frame[column] == frame[column].iloc[0]]
    everything, some = totals(frame, ["fiscal_year"]), totals(kept, ["fiscal_year"])
    both = some.merge(everything, on="fiscal_year", suffixes=("", "_all"))
    for name in ("participants", "cost_usd", "activities", "recipients"):
        assert (both[name] <= both[f"{name}_all"]).all()


@quick
@given_activities
def test_a_rank_is_one_more_than_the_number_of_larger_recipients(frame):
    ranked = ranking(frame, 2014)
    for row in ranked.itertuples():
        assert row.rank == 1 + int((ranked["participants"] > row.participants).sum())
    assert ranked["participants"].is_monotonic_decreasing


@quick
@given_activities
def test_shares_sum_to_one_hundred_or_are_missing(frame):
    for found in (ranking(frame, 2014), region_totals(frame, 2014), department_totals(frame, 2014)):
        if _year_total(frame):
            assert found["share"].sum() == pytest.approx(100)
        else:
            assert found["share"].isna().all()


@quick
@given_activities
def test_concentration_grows_with_the_number_of_recipients_counted(frame):
    for row in concentration(frame).itertuples():
        if row.participants:
            assert (
                0 < row.top_1_share <= row.top_5_share <= row.top_10_share <= row.top_20_share <= 100 + 1e-9
            )
            assert 1 / row.recipients - 1e-9 <= row.herfindahl <= 1 + 1e-9


@quick
@given_activities
def test_with_and_without_a_recipient_add_up(frame):
    split = with_and_without(frame, "Peru")
    assert (split["recipient_participants"] + split["participants_without"] == split["participants"]).all()


@quick
@given_activities
def test_a_change_reverses_and_entering_is_leaving_seen_from_the_other_side(frame):
    years = frame["fiscal_year"]
    mirrored = frame.assign(fiscal_year=years.map({2013: 2014, 2014: 2013}).astype("int16"))
    if not (years == 2013).any():
        return
    assert entering(frame, 2014)["recipient"].tolist() == leaving(mirrored, 2014)["recipient"].tolist()
    forward = ranking(frame, 2014).set_index("recipient")["change"].dropna()
    backward = ranking(mirrored, 2014).set_index("recipient")["change"].dropna()
    assert (forward + backward.reindex(forward.index) == 0).all()


@quick
@given(_activities(), st.integers(0, 4))
def test_the_largest_changes_are_none_smaller_than_those_left_out(frame, n):
    ranked = ranking(frame, 2014)
    picked = largest_changes(ranked, n).frame
    for direction, sign in (("increase", 1), ("decrease", -1)):
        chosen = picked[picked["direction"] == direction]
        others = ranked[(ranked["change"] * sign > 0) & ~ranked["recipient"].isin(chosen["recipient"])]
        assert len(chosen) <= n
        if len(others) and len(chosen):
            assert chosen["change"].abs().min() >= others["change"].abs().max()


@quick
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10**12)), min_size=2, max_size=2),
    st.floats(0.1, 3.0),
    st.floats(0.1, 3.0),
)
def test_constant_dollars_of_the_base_year_equal_current_ones_and_rebasing_keeps_ratios(costs, first, second):
    deflator = pd.DataFrame({"fiscal_year": [2013, 2014], "gdp_deflator": [first, second]})
    frame = pd.DataFrame({"fiscal_year": [2013, 2014], "cost_usd": pd.array(costs, dtype="Int64")})
    in_2014 = to_constant(frame, deflator, 2014)["cost_usd_constant"]
    in_2013 = to_constant(frame, deflator, 2013)["cost_usd_constant"]
    if costs[1] is not None:
        assert in_2014.iloc[1] == costs[1]
    assert in_2014.to_numpy() == pytest.approx(in_2013.to_numpy() * second / first, nan_ok=True)
