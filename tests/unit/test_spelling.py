"""What is near to a word that is not known, and how a message says it."""

from __future__ import annotations

import pytest

from milaid.spelling import did_you_mean, hint, hint_or_known, nearest

COUNTRIES = ["Côte d’Ivoire", "Ghana", "Guinea", "Guinea-Bissau", "Guyana", "Iran", "Iraq", "Équatoria"]


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("Ghanna", ("Ghana", "Guyana")),
        ("COTE D'IVOIRE", ("Côte d’Ivoire",)),
        ("equatoria", ("Équatoria",)),
        ("guinea bissau", ("Guinea-Bissau", "Guinea")),
        ("Iran", ("Iran", "Iraq")),
        ("Xyzzy", ()),
        ("", ()),
    ],
)
def test_the_nearest_come_first_whatever_their_capitals_accents_and_punctuation(
    given: str, near: tuple[str, ...]
) -> None:
    assert nearest(given, COUNTRIES) == near


def test_of_many_that_are_near_three_are_named() -> None:
    assert nearest("IMET-9", [f"IMET-{number}" for number in range(1, 9)]) == ("IMET-8", "IMET-7", "IMET-6")


def test_how_alike_the_nearest_are_at_least_can_be_said() -> None:
    assert nearest("Burma", ["Myanmar (Burma)"]) == ()
    assert nearest("Burma", ["Myanmar (Burma)"], 0.5) == ("Myanmar (Burma)",)
    assert nearest("Ghanna", COUNTRIES, 0.9) == ("Ghana",)


def test_spellings_that_differ_in_capitals_or_accents_alone_are_named_once() -> None:
    known = ["Côte d’Ivoire", "Cote D'Ivoire", "COTE D’IVOIRE"]
    assert nearest("Cote Ivoire", known) == nearest("Cote Ivoire", reversed(known)) == ("COTE D’IVOIRE",)


def test_a_hint_names_all_that_is_near_in_quotes_and_nothing_else() -> None:
    assert hint("top-n", ["fiscal_year", "top_n"]) == "; did you mean 'top_n'?"
    assert hint("Ghanna", COUNTRIES) == "; did you mean 'Ghana' or 'Guyana'?"
    assert hint("Xyzzy", COUNTRIES) == ""


def test_where_nothing_is_near_all_that_is_known_can_be_named() -> None:
    assert hint_or_known("anual", iter(["annual", "country"])) == "; did you mean 'annual'?"
    assert hint_or_known("xyz", iter(["annual", "country"])) == "; known: annual, country"
    assert hint_or_known("xyz", []) == "; known: none"


def test_a_hint_shows_spellings_as_they_are_given() -> None:
    assert did_you_mean(["Cameroon (CMR)", "Comoros (COM)"]) == (
        "; did you mean Cameroon (CMR) or Comoros (COM)?"
    )
    assert did_you_mean([]) == ""
