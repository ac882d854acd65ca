import pytest

from milaid.analysis.courses import length_classes, lengths, median_length, most_frequent
from training_frames import trainings


def activity(days, people=1, **more):
    if days is None:
        return {"quantity": people, **more}
    start, end = "2014-01-01", f"2014-01-{days:02d}"
    return {"quantity": people, "start_date": start, "end_date": end, **more}


def test_titles_are_compared_without_capitals_and_spacing_and_shown_as_mostly_printed():
    frame = most_frequent(
        trainings(
            {"course_title": "English  Course", "quantity": 2},
            {"course_title": "ENGLISH COURSE", "quantity": 3},
            {"course_title": "ENGLISH COURSE ", "quantity": 1, "recipient": "Togo"},
            {"course_title": "War College", "quantity": 4},
            {"course_title": None, "quantity": 10},
            {"course_title": "-", "quantity": 5},
        ),
        2014,
    )
    assert frame["course"].tolist() == ["ENGLISH COURSE", "War College"]
    assert frame["participants"].tolist() == [6, 4]
    assert frame["activities"].tolist() == [3, 1]
    assert frame["recipients"].tolist() == [2, 1]
    assert frame["share"].tolist() == [24.0, 16.0]  # of all 25, those without a title included


def test_both_the_first_and_the_last_day_are_counted():
    rows = trainings(
        {"start_date": "2014-03-01", "end_date": "2014-03-01"},
        {"start_date": "2012-02-28", "end_date": "2012-03-01"},
        {"start_date": "2014-03-02", "end_date": "2014-03-01"},
        {"start_date": "2014-03-02"},
    )
    assert lengths(rows).tolist()[:3] == [1, 3, 0]
    assert lengths(rows).isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2014-01-01", "2014-01-07", "1–7 days"),
        ("2014-01-01", "2014-01-08", "8–30 days"),
        ("2014-01-01", "2014-01-30", "8–30 days"),
        ("2014-01-01", "2014-01-31", "31–90 days"),
        ("2014-01-01", "2014-04-01", "91–180 days"),
        ("2014-01-01", "2014-06-30", "181–365 days"),
        ("2014-01-01", "2014-12-31", "181–365 days"),
        ("2014-01-01", "2015-01-01", "over 365 days"),
        ("2014-01-02", "2014-01-01", "end before start"),
        (None, "2014-01-01", "no start or end date"),
    ],
)
def test_each_length_falls_into_one_class(start, end, name):
    frame = length_classes(trainings({"start_date": start, "end_date": end, "quantity": 3}), 2014)
    assert frame.loc[frame["participants"] == 3, "length"].tolist() == [name]
    assert frame["participants"].sum() == 3


def test_shares_are_of_participants_whose_course_has_a_length():
    frame = length_classes(trainings(activity(2, 30), activity(20, 10), activity(None, 60)), 2014).set_index(
        "length"
    )
    assert frame.loc["1–7 days", "share"] == 75.0
    assert frame.loc[["no start or end date", "end before start"], "share"].isna().all()


def test_the_median_is_weighted_by_participants():
    found = median_length(trainings(activity(2, 1), activity(5, 1), activity(20, 3)), 2014)
    assert (found.days, found.participants) == (20.0, 5)


def test_the_median_of_an_even_number_lies_halfway():
    assert median_length(trainings(activity(2, 2), activity(5, 2)), 2014).days == 3.5


def test_activities_without_dates_or_participants_are_not_in_the_median():
    rows = trainings(activity(None, 50), activity(9, 0), activity(3, 1))
    assert median_length(rows, 2014).days == 3.0
    assert median_length(trainings(activity(None)), 2014).days is None
