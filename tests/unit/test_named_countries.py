"""A query for a unit may name its country, which the unit's own name seldom says."""

from __future__ import annotations

import pytest

from milaid.analysis.found_names import grouped, with_hits
from milaid.analysis.name_search import Index
from milaid.analysis.named_countries import OfCountry, of_country
from milaid.tables import store
from training_frames import trainings


@pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
@pytest.mark.parametrize(
    ("query", "rest", "recipient"),
    [
        ("BIR Cameroun", "bir", "Cameroon"),
        ("Kaibiles de Guatemala", "kaibiles", "Guatemala"),
        ("Côte d'Ivoire gendarmerie", "gendarmerie", "Côte d’Ivoire"),
        ("gendarmerie cote d ivoire", "gendarmerie", "Côte d’Ivoire"),
        ("navy guinea bissau", "navy", "Guinea-Bissau"),
        ("presidential guard of South Sudan", "presidential guard", "South Sudan"),
    ],
)
def test_the_longest_name_of_a_country_is_taken_from_the_words(query: str, rest: str, recipient: str) -> None:
    assert of_country(query) == OfCountry(rest, recipient)


@pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
@pytest.mark.parametrize("query", ["Guatemala", "scout rangers", ""])
def test_a_query_of_a_country_alone_or_of_none_is_left_whole(query: str) -> None:
    assert of_country(query) is None


def test_what_a_country_adds_counts_in_its_own_rows_alone() -> None:
    rows = trainings(
        {"student_unit_clean": "BIR", "recipient": "Cameroon", "quantity": 5},
        {"student_unit_clean": "BIR", "recipient": "Chad", "quantity": 7},
        {"student_unit_clean": "BIR Cameroon", "recipient": "Chad", "quantity": 9},
    )
    names = rows["student_unit_clean"].unique().tolist()
    index = Index(names)
    found = with_hits(
        rows, "student_unit_clean", names, index, index.find("bir cameroon"), "Cameroon", index.find("bir")
    )
    hits = grouped(found, "student_unit_clean", ["recipient"])
    assert sorted(zip(hits["student_unit_clean"], hits["recipient"], hits["participants"], strict=True)) == [
        ("BIR", "Cameroon", 5),
        ("BIR Cameroon", "Chad", 9),
    ]
