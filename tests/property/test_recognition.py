"""What must hold for any text of a location, a US unit or a unit of participants."""

from __future__ import annotations

import functools
import re

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from milaid.tables.institutions import spelled_institutions
from milaid.tables.locations import Gazetteer, recognise_locations
from milaid.tables.recognition import load_reference
from milaid.tables.schemas_trainings import LOCATION_STATUSES
from milaid.tables.units import clean_unit

_WORDS = [
    "Lima", "Peru", "Ft. Benning", "GA", "31905-5468", "Georgia", "Lebanon", "OH", "45036", "US", ",", "/", " and ",
    "San Jose", "Panama City", "WHINSEC", "NDU", "Virtual", "VARIOUS", "N/A", "DC", "Washington", "APO", "-", "(",
    "Kabul", "U.S.", "Niger", "FL", "Puerto Rico", "441S", ".", "\n", "Stennis", "AL", "New York", "Eielson AFB",
]  # fmt: skip
_MARKS = [
    " ",
    "- ",
    " -",
    ",",
    " ,",
    "&amp;",
    "&amp;amp;",
    "``",
    "'",
    "( ",
    ") ",
    "–",
    "\N{NO-BREAK SPACE}",
    "/",
]
locations = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join))
units = st.one_of(
    st.text(max_size=30),
    st.lists(st.one_of(st.sampled_from(_MARKS), st.text("aB1é. ", max_size=4)), max_size=9).map("".join),
)
many = settings(max_examples=150, deadline=None)


@functools.cache
def reference():
    return load_reference()


@functools.cache
def gazetteer():
    tables = reference()
    schools = spelled_institutions(tables.institution_names, tables.institutions)
    return Gazetteer(tables.places, tables.us_states, schools)


@many
@given(st.lists(st.one_of(st.none(), locations), min_size=1, max_size=5))
def test_the_columns_of_a_location_agree_with_each_other(texts):
    frame = recognise_locations(pd.Series(texts, dtype="object"), gazetteer())
    in_usa, country = frame["in_united_states"], frame["location_country"]
    assert (in_usa.isna() == country.isna()).all()
    assert (in_usa.fillna(False) == (country == "USA")).all()
    assert (country[frame["us_state"].notna()] == "USA").all()
    assert country[frame["place"].notna()].notna().all()
    assert ((frame["location_status"] == "recognised") == country.notna()).all()
    assert ((frame["location_status"] == "online") == frame["online"].fillna(False)).all()
    silent = pd.Series(texts, dtype="object").isna()
    assert frame.loc[silent].drop(columns="location_status").isna().all(axis=None)
    assert set(frame["location_status"]) <= set(LOCATION_STATUSES)
    assert set(frame["us_state"].dropna()) <= set(reference().us_states["us_state"])


@many
@given(locations, locations)
def test_a_text_says_the_same_in_whatever_row_it_stands(text, other):
    alone = recognise_locations(pd.Series([text]), gazetteer()).iloc[0]
    beside = recognise_locations(pd.Series([other, None, text]), gazetteer()).iloc[2]
    pd.testing.assert_series_equal(alone, beside, check_names=False)


@many
@given(units)
def test_a_clean_unit_stays_as_it_is(text):
    clean = cleaned(text)
    assert clean is None or cleaned(clean) == clean


@many
@given(units)
def test_cleaning_keeps_every_letter_and_digit_in_its_order(text):
    clean = cleaned(text)
    decoded = re.sub(r"&(amp;)+", "&", text)
    if clean is not None and not re.search(r"&#?\w+;", decoded):
        assert letters(clean) == letters(decoded)


def cleaned(text):
    return clean_unit(text, frozenset(reference().unit_words["pattern"]))


def letters(text):
    return [character for character in text if character.isalnum()]
