"""Searching names that are spelled in many ways."""

from __future__ import annotations

import pytest

from milaid.analysis.found_names import grouped, with_hits
from milaid.analysis.name_search import Index, variants, words_of
from training_frames import trainings

NAMES = [
    "1er Batallón de Infantería “Los Pinos”",
    "3RD INF BN",
    "Third Infantry Battalion",
    "3rd Infantery Battalion, Fort Oak",
    "13th Infantry Battalion",
    "Naval Dive Team",
    "NAVY DIVE TEAM",
    "Escuadr\N{REPLACEMENT CHARACTER}n de Caballería 7",
    "Special Forces Group",
    "12º RCP",
    "Presidential Guard HQ",
]


def found(query: str) -> list[str]:
    return [NAMES[hit.name] for hit in Index(NAMES).find(query)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("3 infantry battalion", NAMES[1:4]),
        ("battalion infantry third", NAMES[1:4]),
        ("infantery batalion 3rd", NAMES[1:4]),
        ("batallon infanteria pinos", NAMES[:1]),
        ("marina dive teams", NAMES[5:7]),
        ("escuadron caballeria", NAMES[7:8]),
        ("grupo fuerzas especiales", NAMES[8:9]),
        ("SF group", NAMES[8:9]),
        ("parachute regiment 12", NAMES[9:10]),
        ("guardia presidencial", NAMES[10:]),
    ],
)
def test_a_name_is_found_in_any_order_language_or_spelling(query: str, names: list[str]) -> None:
    assert sorted(found(query)) == sorted(names)


def test_a_number_is_not_another_that_is_spelled_like_it() -> None:
    assert "13th Infantry Battalion" not in found("3 infantry battalion")


@pytest.mark.parametrize("query", ["", "  ", "?", "the of", "zzzzzz"])
def test_what_says_nothing_finds_nothing(query: str) -> None:
    assert found(query) == []


def test_a_word_that_no_name_says_spoils_little() -> None:
    assert found("ruritanian presidential guard") == ["Presidential Guard HQ"]
    assert found("ruritanian guards") == ["Presidential Guard HQ"]
    assert found("ruritanian") == []
    assert found("99 infantry battalion") == []


def test_what_says_just_what_was_asked_comes_first() -> None:
    hits = Index(["Army Dive School and Boat Team", "Dive School"]).find("dive school")
    assert [hit.name for hit in hits] == [1, 0]
    assert hits[0].score == 100.0 > hits[1].score >= 85.0


def test_ordinals_and_possessives_are_no_part_of_a_word() -> None:
    assert words_of("The 007th Sheriff’s Bn") == ["7", "sheriff", "bn"]


def test_spellings_of_the_same_words_are_variants() -> None:
    groups = variants(Index(NAMES).meanings)
    assert groups[1] == groups[2] != groups[4]
    assert groups[5] == groups[6] != groups[8]


def test_a_group_has_the_usual_spelling_years_people_and_pages() -> None:
    rows = trainings(
        {"fiscal_year": 2010, "student_unit_clean": "3RD INF BN", "quantity": 4, "page": 7},
        {"fiscal_year": 2012, "student_unit_clean": "3RD INF BN", "quantity": None, "page": 9},
        {"fiscal_year": 2012, "student_unit_clean": "Third Infantry Battalion", "quantity": 2, "page": 9},
        {"fiscal_year": 2012, "student_unit_clean": "Naval Dive Team", "quantity": 50, "page": 9},
    )
    names = rows["student_unit_clean"].unique().tolist()
    index = Index(names)
    frame = grouped(
        with_hits(rows, "student_unit_clean", names, index, index.find("infantry bn")), "student_unit_clean"
    )
    assert len(frame) == 1
    row = frame.iloc[0]
    assert (row["student_unit_clean"], row["other_spellings"]) == ("3RD INF BN", "Third Infantry Battalion")
    assert (row["years"], row["participants"], row["activities"], row["spellings"]) == (
        "FY2010, FY2012",
        6,
        3,
        2,
    )
    assert row["pages"].count(" p. ") == 2
    assert grouped(with_hits(rows, "student_unit_clean", names, index, []), "student_unit_clean").empty
