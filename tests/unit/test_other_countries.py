"""Rows that stand under one recipient and name another country: counted, and no rank where they are half or more."""

import pandas as pd

from milaid.analysis.concentration import concentration
from milaid.analysis.one_recipient import recipient_ranks
from milaid.analysis.other_countries import RECIPIENT_IN_DOUBT, cases, doubtful
from milaid.analysis.recipients import entering, ranking
from milaid.analysis.share_and_rank import share_and_rank
from milaid.exhibits import misplaced
from training_frames import trainings

ROWS = trainings(
    {"recipient": "Tokelau", "quantity": 500, "row_on_page": 1},
    {"recipient": "Mali", "quantity": 60, "row_on_page": 2},
    {"recipient": "Mali", "quantity": 40, "row_on_page": 3},
    {"recipient": "Togo", "quantity": 90, "row_on_page": 4},
    {"recipient": "Togo", "quantity": 80, "row_on_page": 5, "fiscal_year": 2013},
    {"recipient": "Mali", "quantity": 70, "row_on_page": 6, "fiscal_year": 2013},
)
UNRANKED = {2014: frozenset({"Tokelau"})}


def listed(*rows):
    """Rows that name another country, from (row_on_page, named, kind)."""
    made = [
        {"document": "africa.pdf", "page": 1, "row_on_page": r, "named": n, "kind": k} for r, n, k in rows
    ]
    return pd.DataFrame(made)


def test_a_case_counts_its_people_among_those_of_the_recipient_in_the_year():
    found = cases(ROWS, listed((1, "Tajikistan", "recipient"), (3, "Malawi", "recipient"))).set_index(
        "recipient"
    )
    assert found.loc["Tokelau", ["participants", "of", "share"]].tolist() == [500, 500, 100.0]
    assert found.loc["Mali", ["participants", "of", "share"]].tolist() == [40, 100, 40.0]
    assert doubtful(found.reset_index()) == UNRANKED


def test_guests_and_places_in_doubt_leave_the_rank():
    assert doubtful(cases(ROWS, listed((1, "Tajikistan", "guests"), (4, "Benin", "place")))) == {}


def test_half_is_enough_and_several_countries_add_up():
    half = trainings(
        {"recipient": "Mali", "quantity": 25, "row_on_page": 1},
        {"recipient": "Mali", "quantity": 25, "row_on_page": 2},
        {"recipient": "Mali", "quantity": 50, "row_on_page": 3},
    )
    found = cases(half, listed((1, "Malawi", "recipient"), (2, "Malta", "recipient")))
    assert doubtful(found) == {2014: frozenset({"Mali"})}
    assert doubtful(found[:1]) == {}


def test_a_recipient_in_doubt_counts_and_has_no_rank_and_is_not_the_largest():
    frame = ranking(ROWS, 2014, unranked=UNRANKED)
    assert frame["recipient"].tolist() == ["Mali", "Togo", "Tokelau"]
    assert frame["rank"].astype("object").where(frame["rank"].notna(), None).tolist() == [1, 2, None]
    assert frame["participants"].sum() == 690
    assert concentration(ROWS, UNRANKED).set_index("fiscal_year").loc[2014, "largest_recipient"] == "Mali"
    assert entering(ROWS, 2014, unranked=UNRANKED)["ranked"].tolist() == [False]
    ranks = recipient_ranks(ROWS, 2014, "Mali", UNRANKED[2014])
    assert ranks is not None and (ranks.rank, ranks.of) == (1, 2)
    assert recipient_ranks(ROWS, 2014, "Tokelau", UNRANKED[2014]) is None
    assert share_and_rank(ROWS, "recipient", "Mali", unranked_in=UNRANKED)["rank"].tolist() == [2, 1]
    assert share_and_rank(ROWS, "recipient", "Tokelau", unranked_in=UNRANKED)["rank"].isna().all()


def test_a_case_says_the_year_the_rows_and_whose_they_are() -> None:
    case = {
        "fiscal_year": 2016, "rows": 1, "participants": 510, "of": 510, "recipient": "Tokelau", "named": "Tajikistan",
        "kind": RECIPIENT_IN_DOUBT,
    }  # fmt: skip
    said = misplaced.sentence(case)
    assert said.startswith("FY2016: 1 row with all 510 participants under Tokelau ")
    assert "Tajikistan" in said
    assert "with 5 of 510 participants" in misplaced.sentence({**case, "participants": 5})
