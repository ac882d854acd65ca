import pandas as pd
import pytest

from milaid.analysis import places
from milaid.analysis.institutions import identify, institution_totals
from milaid.analysis.phrases import normalised
from milaid.tables import store
from training_frames import trainings


@pytest.fixture(scope="module")
def table():
    return store.load_places()


def located(text, table):
    found = places.locate(pd.Series([text], dtype="str"), table).iloc[0]
    return found["country"] if found["status"] == "place" else found["status"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ft. Benning, GA, US", "USA"),
        ("FORT BENNING, GA, UNITED STATES", "USA"),
        ("Pearl Harbor, HI 96860-5033", "USA"),
        ("Washington, D.C.", "USA"),
        ("Garmisch, GY", "DEU"),
        ("Marshall Center Garmisch, Germany", "DEU"),
        ("COLOMBIA (IN COUNTRY TRAINING)", "COL"),
        ("Guinea Bissau (In Country Training)", "GNB"),
        ("Bogota, CO", "COL"),
        ("Colorado Springs, CO", "USA"),
        ("National Defense University, Ulaanbaatar, Mongolia", "MNG"),
        ("NATIONAL DEFENSE UNIVERSITY", "USA"),
        ("NAVDIVSALVTRACEN PANAMA CITY FL", "USA"),
        ("Panama City, Panama", "PAN"),
        ("Thiès, Senegal", "SEN"),
        ("Abidjan, Cote d'Ivoire", "CIV"),
        ("N'Djamena, CD", "TCD"),
        ("Niamey, Niger", "NER"),
        ("JAJI, NIGERIA", "NGA"),
        ("Papua New Guinea", "PNG"),
        ("Albuquerque, New Mexico", "USA"),
        ("Tbilisi, Georgia", "GEO"),
        ("ATLANTA, GA", "USA"),
        ("DRC (IN COUNTRY TRAINING)", "COD"),
        ("Virtual - Event", "online"),
        ("VARIOUS", "not stated"),
        ("Mobile Training Team", "not stated"),
        ("", "not stated"),
        ("-", "not stated"),
        ("Ft. Bliss, Tx & Kabul Afg", "not recognised"),  # two countries
        ("Kuala Lumpur, Singapore", "not recognised"),
        ("441S", "not recognised"),
        ("Atlantis", "not recognised"),
    ],
)
def test_a_location_is_placed_in_one_country_or_in_none(text, expected, table):
    assert located(text, table) == expected


def test_training_is_at_home_abroad_or_in_the_united_states(table):
    rows = trainings(
        {"iso3": "COL", "location": "Bogota, Colombia"},
        {"iso3": "PER", "location": "Bogota, Colombia"},
        {"iso3": "COL", "location": "Monterey, CA, US"},
        {"iso3": None, "location": "Bogota, Colombia"},
        {"iso3": "COL", "location": "Virtual - Event"},
        {"iso3": "COL", "location": "DCOTEAMS"},
        {"iso3": "COL", "location": None},
    )
    assert places.classify(rows, table)["place"].tolist() == [
        places.OWN_COUNTRY, places.OTHER_COUNTRY, places.UNITED_STATES, places.OTHER_COUNTRY, places.ONLINE,
        places.NOT_RECOGNISED, places.NOT_STATED,
    ]  # fmt: skip


def test_the_us_unit_is_asked_only_when_the_location_says_nothing(table):
    rows = trainings(
        {"iso3": "COL", "location": "N/A", "us_unit": "COLOMBIA (IN COUNTRY TRAINING) - 4"},
        {"iso3": "COL", "location": None, "us_unit": "MAXWELL AFB, AL"},
        {"iso3": "COL", "location": "DCOTEAMS", "us_unit": "MAXWELL AFB, AL"},
        {"iso3": "COL", "location": "N/A", "us_unit": "INFANTRY SCHOOL"},  # a school can send its teachers
    )
    assert places.classify(rows, table)["place"].tolist() == [
        places.OWN_COUNTRY, places.UNITED_STATES, places.NOT_RECOGNISED, places.NOT_STATED,
    ]  # fmt: skip


def test_participants_of_all_places_add_up_and_known_shares_leave_out_the_unknown(table):
    rows = trainings(
        {"iso3": "COL", "location": "Bogota, Colombia", "quantity": 30},
        {"iso3": "COL", "location": "Monterey, CA, US", "quantity": 10},
        {"iso3": "COL", "location": "441S", "quantity": 40},
        {"iso3": "COL", "location": "VARIOUS", "quantity": 20},
    )
    frame = places.place_totals(rows, table, 2014).set_index("place")
    assert frame["participants"].sum() == 100
    assert frame.loc[places.OWN_COUNTRY, "known_share"] == 75.0
    assert frame.loc[places.NOT_RECOGNISED, "share"] == 40.0
    coverage = places.classified_share(rows, table).iloc[0]
    assert (coverage["classified"], coverage["not_stated"], coverage["not_recognised"]) == (40, 20, 40)
    assert places.unrecognised(rows, table)["location"].tolist() == ["441S"]


def test_text_is_normalised_before_it_is_looked_up():
    assert normalised("  Ft. Benning,  GA 31905 ") == "FT BENNING GA"
    assert normalised("São Tomé") == "SAO TOME"


def test_every_pattern_is_written_in_normalised_form():
    for frame in (store.load_places(), store.load_institutions()):
        assert [text for text in frame["pattern"] if normalised(text) != text] == []


def test_institutions_are_named_from_the_us_unit_then_from_the_location():
    table = store.load_institutions()
    rows = trainings(
        {"us_unit": "NESA - 12", "location": "Bangkok, Thailand"},
        {"us_unit": "N/A - 2", "location": "DLIELC, LACKLAND AFB TX"},
        {"us_unit": "MC", "location": None},
        {"us_unit": "7th SFG(A) - 12", "location": "Tolemaida"},
        {"us_unit": None, "location": None},
    )
    named = identify(rows, table)
    assert named.tolist()[:3] == [
        "Near East South Asia Center for Strategic Studies",
        "Defense Language Institute English Language Center",
        "George C. Marshall European Center for Security Studies",
    ]
    assert named.isna().tolist() == [False, False, False, True, True]


def test_participants_without_a_named_institution_are_counted():
    rows = trainings(
        {"us_unit": "NESA", "quantity": 30},
        {"us_unit": "WHINSEC", "quantity": 50},
        {"us_unit": "unknown unit", "quantity": 20},
    )
    totals = institution_totals(rows, store.load_institutions(), 2014, n=1)
    assert totals.frame["participants"].tolist() == [50]
    assert totals.frame["share"].tolist() == [50.0]
    assert (totals.identified, totals.unidentified) == (80, 20)


def test_text_that_names_two_institutions_names_none():
    rows = trainings({"us_unit": "NESA", "location": None}, {"us_unit": "NESA / WHINSEC", "location": None})
    assert identify(rows, store.load_institutions()).isna().tolist() == [False, True]


@pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")
def test_the_place_of_most_participants_is_known_in_every_year(table):
    shares = places.classified_share(store.load_trainings(), table).set_index("fiscal_year")["share"]
    # The 2007-2008 edition names schools and centers in place of towns.
    assert (shares.drop(2007) > 90).all()
    assert shares[2007] > 70
