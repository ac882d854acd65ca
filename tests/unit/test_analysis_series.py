import math

import pytest

from milaid.analysis.change import change, percent_change
from milaid.analysis.series import annual_totals, extreme, five_year_average, value, with_changes
from milaid.errors import DataError
from training_frames import annual, covered, trainings


def test_annual_totals_add_people_dollars_recipients_and_programs_of_each_year():
    frame = annual_totals(
        trainings(
            {"fiscal_year": 2013, "recipient": "Benin", "quantity": 10, "cost_usd": 1000},
            {"fiscal_year": 2014, "recipient": "Benin", "quantity": 3, "cost_usd": 500, "program": "FMF"},
            {"fiscal_year": 2014, "recipient": "Ghana", "quantity": 5, "cost_usd": None},
            {"fiscal_year": 2014, "recipient": "Togo", "quantity": 0, "cost_usd": 300, "program": "PKO"},
        )
    )
    assert frame["fiscal_year"].tolist() == [2013, 2014]
    assert frame["participants"].tolist() == [10, 8]
    assert frame["cost_usd"].tolist() == [1000, 800]
    assert frame["recipients"].tolist() == [1, 2]  # Togo has no participant
    assert frame["programs"].tolist() == [1, 2]  # PKO has none either
    assert frame["activities"].tolist() == [1, 3]
    assert frame["participants_with_cost"].tolist() == [10, 3]  # Ghana prints no cost
    assert frame["cost_per_participant"].tolist() == [100.0, pytest.approx(800 / 3)]
    assert frame["without_cost_share"].tolist() == [0.0, pytest.approx(100 * 5 / 8)]


def test_a_cost_of_zero_is_no_price():
    frame = annual_totals(trainings({"quantity": 9000, "cost_usd": 0}, {"quantity": 71, "cost_usd": 7100}))
    assert frame["cost_per_participant"].tolist() == [100.0]
    assert frame["without_cost_share"].tolist() == [pytest.approx(100 * 9000 / 9071)]


def test_cost_per_participant_is_missing_without_participants():
    frame = annual_totals(trainings({"quantity": 0, "cost_usd": 700}))
    assert math.isnan(frame["cost_per_participant"].iloc[0])


def test_a_change_is_computed_on_the_earlier_year():
    assert change(40032, 52675) == -12643
    assert percent_change(40032, 52675) == pytest.approx(-24.0019, abs=1e-4)
    assert percent_change(75, 50) == 50.0


@pytest.mark.parametrize(
    ("now", "before", "comparable"), [(10, 49, True), (10, None, True), (None, 60, True), (60, 80, False)]
)
def test_a_percent_change_is_not_computed_on_small_missing_or_incomparable_values(now, before, comparable):
    assert percent_change(now, before, comparable) is None


def test_a_change_is_computed_on_small_values_but_not_across_a_break():
    assert change(10, 49) == -39
    assert change(60, 80, comparable=False) is None


def test_changes_stop_at_gaps_and_breaks():
    series = annual({2007: 100, 2008: 150, 2010: 200, 2011: 100})
    frame = with_changes(series, covered(2007, 2011, (2009, "gap"), (2008, "break")), ("participants",))
    assert frame["comparable"].tolist() == [False, False, False, True]
    assert frame["participants_before"].tolist()[1] == 100  # known, but a break lies between
    assert frame["participants_change"].isna().tolist() == [True, True, True, False]
    assert frame["participants_change"].iloc[3] == -100
    assert frame["participants_percent_change"].iloc[3] == -50.0


def test_five_year_average_is_of_the_five_years_that_end_with_the_year():
    series = annual({2009: 999, 2010: 10, 2011: 20, 2012: 30, 2013: 40, 2014: 55})
    assert five_year_average(series, 2014, covered(2009, 2014)) == 31.0


@pytest.mark.parametrize(
    "coverage", [covered(2010, 2014, (2012, "gap")), covered(2010, 2014, (2014, "break"))]
)
def test_five_year_average_needs_five_comparable_years(coverage):
    series = annual({2010: 10, 2011: 20, 2012: 30, 2013: 40, 2014: 50})
    assert five_year_average(series, 2014, coverage) is None


def test_five_year_average_is_none_when_the_series_is_shorter():
    assert five_year_average(annual({2013: 1, 2014: 2}), 2014, covered(2013, 2014)) is None


def test_a_break_before_the_first_of_the_five_years_does_not_matter():
    series = annual(dict.fromkeys(range(2009, 2015), 10))
    assert five_year_average(series, 2014, covered(2009, 2014, (2010, "break"))) == 10.0


def test_extreme_names_the_latest_earlier_year_that_was_as_low():
    series = annual({2008: 30, 2009: 50, 2010: 60, 2011: 70, 2012: 40})
    found = extreme(series, 2012, covered(2008, 2012))
    assert (found.kind, found.since, found.years, found.first) == ("lowest", 2008, 3, 2008)


def test_extreme_of_all_years_has_no_since_and_an_equal_year_ends_the_run():
    highest = extreme(annual({2009: 1, 2010: 2, 2011: 3, 2012: 4}), 2012, covered(2009, 2012))
    assert (highest.kind, highest.since, highest.first) == ("highest", None, 2009)
    equal = extreme(
        annual({2008: 9, 2009: 4, 2010: 2, 2011: 3, 2012: 4}), 2012, covered(2008, 2012), least_years=2
    )
    assert equal.since == 2009


def test_extreme_does_not_look_across_a_break_or_on_later_years():
    series = annual({2009: 50, 2010: 60, 2011: 70, 2012: 40, 2013: 10})
    assert extreme(series, 2012, covered(2009, 2013, (2011, "break"))) is None
    assert extreme(series, 2012, covered(2009, 2013)).years == 3


def test_a_year_that_is_not_in_the_series_is_named():
    assert value(annual({2014: 7}), 2013) is None
    with pytest.raises(DataError, match="2013"):
        extreme(annual({2014: 7}), 2013, covered(2013, 2014))
