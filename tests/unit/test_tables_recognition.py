import pandas as pd
import pytest

from milaid.tables import store
from milaid.tables.recognition import load_reference, recognise, recognition
from milaid.tables.units import clean_unit
from training_frames import trainings

SILENT = frozenset(store.load_unit_words()["pattern"])


def institution(us_unit, location=None):
    """Return the institution that a US unit and a location name, None for none."""
    found = recognise(trainings({"us_unit": us_unit, "location": location}), load_reference())["institution"]
    return None if found.isna().iloc[0] else found.iloc[0]


def test_institutions_are_named_from_the_us_unit_then_from_the_location():
    nesa = "Near East South Asia Center for Strategic Studies"
    assert institution("NESA - 12", "Bangkok, Thailand") == nesa
    assert institution("N/A - 2", "DLIELC, LACKLAND AFB TX").startswith("Defense Language Institute")
    assert institution("MC").startswith("George C. Marshall")
    assert institution(None, "NESA Center, Washington, D.C.") == nesa
    assert institution(None, "NESA, Bangkok, Thailand") == nesa  # it also trains elsewhere


@pytest.mark.parametrize(
    ("us_unit", "location"),
    [
        ("7th SFG(A) - 12", "Tolemaida"),
        ("MAXWELL AFB, AL", "Maxwell AFB, AL, US"),  # a base is no school
        ("NESA / WHINSEC", None),  # two
        ("Lackland AFB, TX (Other Than DLI And IAAFA Students)", None),
        (None, "Army War College, Mhow, India"),  # another one than that of Carlisle
        ("COLOMBIA (IN COUNTRY TRAINING) - 4", None),
        (None, None),
    ],
)
def test_what_names_no_school_names_no_institution(us_unit, location):
    assert institution(us_unit, location) is None


def test_a_part_and_its_whole_are_the_part():
    unit = "Defense Resources Management Institute NPS, Monterey"
    assert institution(unit) == "Defense Resources Management Institute"


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("Army", "Army"),
        ("  11th Air Unit ,Laouina   AFB", "11th Air Unit, Laouina AFB"),
        ("Anti Drug &amp;amp;amp; Smuggling Unit", "Anti Drug & Smuggling Unit"),
        ("14th Brigade ``Aysen``", '14th Brigade "Aysen"'),
        ("1st Defense Deputy Minister`s Office", "1st Defense Deputy Minister's Office"),
        ("ANEPE (Army ( R ) )", "ANEPE (Army (R))"),
        ("Anti- narcotics", "Anti-narcotics"),
        ("Inter- American", "Inter-American"),
        ("BDF -HQ", "BDF - HQ"),
        (", CIMIC Officer, MKSF,", "CIMIC Officer, MKSF"),
        ("U.S. Navy.", "U.S. Navy."),
        ("1-1 IN", "1-1 IN"),
        ("Task Force – Horn of Africa", "Task Force - Horn of Africa"),
        ("N/A", None),
        ("-", None),
        ("None", None),
        ("TBD", None),
        ("unknown", None),
        ("see Notes", None),
        ("Not Reported", None),
        ("Various", "Various"),
    ],
)
def test_the_unit_is_tidied_and_its_words_are_kept(printed, clean):
    assert clean_unit(printed, SILENT) == clean


def test_the_texts_as_printed_stay_beside_what_they_say():
    rows = trainings({"location": "FT SILL OK 73503", "us_unit": None, "student_unit": " MOD,"})
    row = recognise(rows, load_reference()).iloc[0]
    assert (row["location"], row["place"], row["us_state"]) == ("FT SILL OK 73503", "Fort Sill", "OK")
    assert (row["student_unit"], row["student_unit_clean"]) == (" MOD,", "MOD")
    assert row["in_united_states"] and not row["online"]


def test_recognition_counts_activities_and_participants_of_each_year():
    rows = trainings(
        {"location": "Lima, Peru", "student_unit": "Army", "quantity": 30},
        {"location": "441S", "us_unit": "NESA", "student_unit": "N/A", "quantity": 10},
        {"location": None, "quantity": None},
        {"location": "Chad", "fiscal_year": 2015, "quantity": 0},
    )
    frame = recognition(recognise(rows, load_reference())).set_index(["fiscal_year", "measure"])
    counts = ["total", "location", "country", "place", "institution", "unit"]
    assert frame.loc[(2014, "activities"), counts].tolist() == [3, 2, 1, 1, 1, 1]
    assert frame.loc[(2014, "participants"), counts].tolist() == [40, 40, 30, 30, 10, 30]
    assert frame.loc[(2014, "participants"), "country_share"] == 75.0
    assert frame.loc[(2015, "activities"), "place_share"] == 0.0
    assert pd.isna(frame.loc[(2015, "participants"), "place_share"])
