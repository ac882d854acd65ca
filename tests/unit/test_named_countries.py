"""A query for a unit may name its country, which the unit's own name seldom says."""

from __future__ import annotations

import pytest

from milaid.analysis.found_names import grouped, with_hits
from milaid.analysis.name_search import LEAST_SCORE, Index
from milaid.analysis.named_countries import OfCountry, find_units, of_country
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
        ("Iraqi federal police", "federal police", "Iraq"),
        ("presidential guard of South Sudan", "presidential guard", "South Sudan"),
    ],
)
def test_the_longest_name_of_a_country_is_taken_from_the_words(query: str, rest: str, recipient: str) -> None:
    assert of_country(query) == OfCountry(rest, recipient)


@pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
@pytest.mark.parametrize("query", ["Guatemala", "scout rangers", ""])
def test_a_query_of_a_country_alone_or_of_none_is_left_whole(query: str) -> None:
    assert of_country(query) is None


@pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
@pytest.mark.parametrize("query", ["bir cameroon", "BIR of the Cameroon"])
def test_what_a_country_adds_counts_in_its_own_rows_alone(query: str) -> None:
    rows = trainings(
        {"student_unit_clean": "BIR", "recipient": "Cameroon", "quantity": 5},
        {"student_unit_clean": "BIR", "recipient": "Chad", "quantity": 7},
        {"student_unit_clean": "BIR Cameroon", "recipient": "Chad", "quantity": 9},
        {"student_unit_clean": "Army of Cameroon", "recipient": "Cameroon", "quantity": 11},
    )
    names = rows["student_unit_clean"].unique().tolist()
    index = Index(names)
    hits = find_units(index, query, LEAST_SCORE)
    found = with_hits(rows, "student_unit_clean", names, index, hits.everywhere, hits.recipient, hits.there)
    frame = grouped(found, "student_unit_clean", ["recipient"])
    assert sorted(
        zip(frame["student_unit_clean"], frame["recipient"], frame["participants"], strict=True)
    ) == [
        ("BIR", "Cameroon", 5),
        ("BIR Cameroon", "Chad", 9),
    ]
