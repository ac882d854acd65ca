"""A query for a unit may name its country, which the unit's own name seldom says."""

from __future__ import annotations

import pytest

from milaid.analysis.found_names import grouped, with_hits
from milaid.analysis.name_search import LEAST_SCORE, Index, words_of
from milaid.analysis.named_countries import OfCountry, country_forms, find_units, of_country
from milaid.tables import store, subjects
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
        ("Armée malienne", "armee", "Mali"),
        ("gendarmerie nigérienne", "gendarmerie", "Niger"),
        ("police nationale haïtienne", "police nationale", "Haiti"),
        ("ejército guatemalteco", "ejercito", "Guatemala"),
        ("marinha cabo-verdiana", "marinha", "Cape Verde"),
    ],
)
def test_the_longest_name_of_a_country_is_taken_from_the_words(query: str, rest: str, recipient: str) -> None:
    assert of_country(query) == OfCountry(rest, recipient)


@pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
def test_every_word_for_what_is_of_a_country_means_one_that_was_trained_or_none() -> None:
    rows = store.load_demonyms()
    assert set(rows["code"]) <= set(store.load_countries()["iso3"].dropna())
    of_several = set(rows["form"][rows["form"].duplicated()])
    forms = country_forms()
    for form, code in zip(rows["form"], rows["code"], strict=True):
        recipient = forms.get(" ".join(words_of(form)))
        assert (recipient is None) == (form in of_several or not _is_trained(code)), form


def _is_trained(code: str) -> bool:
    return any(recipient.iso3 == code for recipient in subjects.recipients())


@pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
@pytest.mark.parametrize("query", ["Guatemala", "scout rangers", "congolais police", ""])
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
