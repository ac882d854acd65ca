import pandas as pd
import pytest

from milaid.analysis.concentration import concentration, with_and_without
from milaid.analysis.recipients import entering, largest_changes, leaving, ranking
from milaid.errors import DataError
from training_frames import covered, trainings


@pytest.fixture
def two_years():
    return trainings(
        {"fiscal_year": 2013, "recipient": "Benin", "quantity": 100},
        {"fiscal_year": 2013, "recipient": "Ghana", "quantity": 300},
        {"fiscal_year": 2013, "recipient": "Mali", "quantity": 40},
        {"fiscal_year": 2013, "recipient": "Niger", "quantity": 300},
        {"fiscal_year": 2014, "recipient": "Benin", "quantity": 250, "page": 9, "cost_usd": 20},
        {"fiscal_year": 2014, "recipient": "Benin", "quantity": 50, "page": 4, "cost_usd": 30},
        {"fiscal_year": 2014, "recipient": "Ghana", "quantity": 150, "page": 11},
        {"fiscal_year": 2014, "recipient": "Niger", "quantity": 300, "page": 12},
        {"fiscal_year": 2014, "recipient": "Togo", "quantity": 100, "page": 13},
        {"fiscal_year": 2014, "recipient": "Chad", "quantity": 0, "page": 10},
    )


def by_name(frame):
    return frame.set_index("recipient")


def test_ranking_sorts_by_participants_and_ties_share_a_rank(two_years):
    frame = ranking(two_years, 2014)
    assert frame["recipient"].tolist() == ["Benin", "Niger", "Ghana", "Togo", "Chad"]
    assert frame["rank"].tolist() == [1, 1, 3, 4, 5]
    assert by_name(frame)["previous_rank"].to_dict()["Ghana"] == 1
    assert by_name(frame)["previous_rank"].to_dict()["Benin"] == 3


def test_ranking_sets_the_year_before_beside_each_recipient(two_years):
    frame = by_name(ranking(two_years, 2014))
    benin = frame.loc["Benin"]
    assert (benin["participants"], benin["cost_usd"], benin["activities"]) == (300, 50, 2)
    assert (benin["previous_participants"], benin["change"], benin["percent_change"]) == (100, 200, 200.0)
    assert frame.loc["Togo", ["previous_participants", "previous_rank", "change"]].isna().all()
    assert frame["share"].sum() == pytest.approx(100)


def test_ranking_names_the_first_page_of_a_recipient(two_years):
    assert by_name(ranking(two_years, 2014)).loc["Benin", "page"] == 4


def test_ranking_across_a_break_knows_the_value_but_computes_no_change(two_years):
    frame = by_name(ranking(two_years, 2014, covered(2013, 2014, (2014, "break"))))
    assert frame.loc["Benin", "previous_participants"] == 100
    assert frame[["change", "percent_change"]].isna().all().all()


def test_ranking_of_the_first_year_has_no_year_before(two_years):
    frame = ranking(two_years, 2013, covered(2013, 2014))
    assert frame[["previous_participants", "change", "percent_change"]].isna().all().all()


def test_ranking_of_a_year_without_rows_is_an_error(two_years):
    with pytest.raises(DataError, match="2012"):
        ranking(two_years, 2012)


def test_largest_changes_are_by_absolute_change_among_recipients_of_both_years(two_years):
    changes = largest_changes(ranking(two_years, 2014), 5)
    assert list(
        zip(changes.frame["recipient"], changes.frame["direction"], changes.frame["change"], strict=True)
    ) == [
        ("Benin", "increase", 200),
        ("Ghana", "decrease", -150),
    ]
    assert "absolute change" in changes.rule


def test_largest_changes_takes_the_first_n_of_each_direction():
    rows = []
    for name, before, now in [("A", 10, 40), ("B", 10, 40), ("C", 10, 90), ("D", 90, 10), ("E", 50, 10)]:
        rows += [
            {"fiscal_year": 2013, "recipient": name, "quantity": before},
            {"fiscal_year": 2014, "recipient": name, "quantity": now},
        ]
    changes = largest_changes(ranking(trainings(*rows), 2014), 2).frame
    assert changes["recipient"].tolist() == ["C", "A", "D", "E"]


def test_entering_and_leaving_recipients_need_a_participant(two_years):
    assert entering(two_years, 2014)["recipient"].tolist() == ["Togo"]
    assert leaving(two_years, 2014)["recipient"].tolist() == ["Mali"]
    assert leaving(two_years, 2014)["participants"].tolist() == [40]


def test_nobody_enters_or_leaves_across_a_break(two_years):
    broken = covered(2013, 2014, (2014, "break"))
    assert entering(two_years, 2014, broken).empty
    assert leaving(two_years, 2014, broken).empty


def test_concentration_of_known_shares(two_years):
    frame = concentration(two_years).set_index("fiscal_year")
    year = frame.loc[2014]  # 300, 300, 150, 100, 0 of 850
    assert year["top_1_share"] == pytest.approx(100 * 300 / 850)
    assert year["top_5_share"] == pytest.approx(100)
    assert year["herfindahl"] == pytest.approx((300**2 + 300**2 + 150**2 + 100**2) / 850**2)
    assert (year["recipients"], year["largest_recipient"], year["participants_without_largest"]) == (
        4,
        "Benin",
        550,
    )


def test_a_single_recipient_has_a_herfindahl_index_of_one():
    assert concentration(trainings({"quantity": 7}))["herfindahl"].tolist() == [1.0]


def test_with_and_without_a_recipient(two_years):
    frame = with_and_without(two_years, "Mali")
    assert frame["recipient_participants"].tolist() == [40, 0]
    assert frame["participants_without"].tolist() == [700, 850]
    with pytest.raises(DataError, match="Atlantis"):
        with_and_without(two_years, "Atlantis")


def test_former_recipients_follow_without_rank_and_are_no_largest_change(two_years):
    frame = ranking(two_years, 2014, former=True)
    mali = by_name(frame).loc["Mali"]
    assert (mali["participants"], mali["previous_participants"], mali["change"]) == (0, 40, -40)
    assert pd.isna(mali["rank"])
    assert frame["previous_participants"].sum() == 740
    assert "Mali" not in largest_changes(frame, 9).frame["recipient"].tolist()
