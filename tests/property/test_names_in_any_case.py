"""A name means the same in any case, without its accents, with any apostrophe and with blanks around it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from milaid.tables.naming.countries import resolve_country
from milaid.tables.naming.forms import key
from milaid.tables.naming.programs import resolve_program
from milaid.tables.naming.reading import rows_of

FORMS = sorted(
    {row["form"] for row in rows_of("country_names.csv")}
    | {row["printed"] for row in rows_of("countries.csv")}
)
LABELS = sorted(row["printed"] for row in rows_of("program_labels.csv"))


@st.composite
def rewritten(draw: st.DrawFn, forms: list[str]) -> tuple[str, str]:
    """Return a form, and the same as a person in a hurry may write it."""
    form = draw(st.sampled_from(forms))
    upper = draw(st.lists(st.booleans(), min_size=len(form), max_size=len(form)))
    text = "".join(c.upper() if up else c.lower() for c, up in zip(form, upper, strict=True))
    if draw(st.booleans()):
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    apostrophe = draw(st.sampled_from("'’‘ʼ"))
    text = text.replace("'", apostrophe).replace("’", apostrophe)
    return form, draw(st.sampled_from(["", " ", "\t"])) + text + draw(st.sampled_from(["", "  ", "."]))


def codes(answer: object) -> object:
    return getattr(answer, "code", None) or getattr(answer, "of", None)


@given(rewritten(FORMS))
def test_a_country_means_the_same(pair: tuple[str, str]) -> None:
    form, text = pair
    assert codes(resolve_country(text)) == codes(resolve_country(form)) is not None


@given(rewritten(LABELS))
def test_a_program_means_the_same(pair: tuple[str, str]) -> None:
    form, text = pair
    assert codes(resolve_program(text)) == codes(resolve_program(form)) is not None


@given(st.text(max_size=60))
def test_any_text_has_an_answer_that_does_not_depend_on_its_case(text: str) -> None:
    if key(text) == key(text.upper()):
        assert codes(resolve_country(text)) == codes(resolve_country(text.upper()))
