import pandas as pd
import pytest

from milaid.tables import store
from milaid.tables.addresses import plain
from milaid.tables.institutions import spelled_institutions
from milaid.tables.locations import LOCATION_COLUMNS, Gazetteer, recognise_locations
from milaid.tables.phrases import normalised


@pytest.fixture(scope="module")
def gazetteer():
    schools = spelled_institutions(store.load_institution_names(), store.load_institutions())
    return Gazetteer(store.load_places(), store.load_us_states(), schools)


def said(text, gazetteer):
    here = gazetteer.read(text)
    return (here.place, here.us_state, here.country) if here.status == "recognised" else here.status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FT BENNING GA 31905-5468", ("Fort Benning", "GA", "USA")),
        ("Ft. Benning, GA, US", ("Fort Benning", "GA", "USA")),
        ("LACKLAND AFB, TX 78236-5259", ("Lackland AFB", "TX", "USA")),
        ("W-P AFB, OH 45433-7803", ("Wright-Patterson AFB", "OH", "USA")),
        ("FT MCNAIR WASH DC 20319-5960", ("Fort McNair", "DC", "USA")),
        ("Washington, D.C.", ("Washington", "DC", "USA")),
        ("WASHINGTON", ("Washington", "DC", "USA")),
        ("ATLANTA, GA", ("Atlanta", "GA", "USA")),  # a town of the table makes GA a state
        ("HOLTSVILLE, NY 11742", ("Holtsville", "NY", "USA")),  # the ZIP code makes any town one
        ("MCLEAN, VA 22102", ("McLean", "VA", "USA")),
        ("COGARD INTL TRNG DET TRACEN YORKTOWN VA", ("Yorktown", "VA", "USA")),
        ("IBM, SCHAUMBURG, IL", ("Schaumburg", "IL", "USA")),
        ("Louisville, TN, US", ("Louisville", "TN", "USA")),
        ("Columbia, SC, US", ("Columbia", "SC", "USA")),
        ("University Of Puerto Rico", (None, "PR", "USA")),
        ("Guam, USA", (None, "GU", "USA")),
        ("Texas", (None, "TX", "USA")),
        ("United States", (None, None, "USA")),
    ],
)
def test_a_us_address_is_told_by_the_position_of_its_state(text, expected, gazetteer):
    assert said(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Georgia", (None, None, "GEO")),
        ("Georgia (In Country Training)", (None, None, "GEO")),
        ("Tbilisi, Georgia", ("Tbilisi", None, "GEO")),
        ("Atlanta, Georgia, United States", ("Atlanta", "GA", "USA")),
        ("Lebanon", (None, None, "LBN")),
        ("LEBANON, OH 45036", ("Lebanon", "OH", "USA")),
        ("WYOMING, MN 55092", ("Wyoming", "MN", "USA")),
        ("California, MD", ("California", "MD", "USA")),
        ("Panama City, FL", ("Panama City", "FL", "USA")),
        ("Panama City, Panama", ("Panama City", None, "PAN")),
        ("San José, Costa Rica", ("San José", None, "CRI")),
        ("SAN JOSE, CA 95110", ("San José", "CA", "USA")),
        ("Bogota, CO", ("Bogotá", None, "COL")),
        ("PUEBLO, CO 81001", ("Pueblo", "CO", "USA")),
        ("Colorado Springs, CO", ("Colorado Springs", "CO", "USA")),
        ("Casablanca, MO", ("Casablanca", None, "MAR")),
        ("Antananarivo, MA", ("Antananarivo", None, "MDG")),
        ("Cartagena, Spain", ("Cartagena", None, "ESP")),
        ("Cartagena, Colombia", ("Cartagena", None, "COL")),
        ("Victoria, Canada", ("Victoria", None, "CAN")),
        ("Victoria, Seychelles", ("Victoria", None, "SYC")),
        ("Georgetown, Guyana", ("Georgetown", None, "GUY")),
        ("Georgetown, TX", ("Georgetown", "TX", "USA")),
        ("Santiago, Dominican Republic", ("Santiago", None, "DOM")),
        ("Cordoba, Argentina", ("Córdoba", None, "ARG")),
        ("Niamey, Niger", ("Niamey", None, "NER")),
        ("JAJI, NIGERIA", ("Jaji", None, "NGA")),
        ("Guinea Bissau (In Country Training)", (None, None, "GNB")),
        ("Equatorial Guinea", (None, None, "GNQ")),
        ("Papua New Guinea", (None, None, "PNG")),
        ("Dominica", (None, None, "DMA")),
        ("Santo Domingo, Dominican Republic", ("Santo Domingo", None, "DOM")),
        ("Democratic Republic of the Congo - Kinshasa", ("Kinshasa", None, "COD")),
        ("Brazzaville, Congo", ("Brazzaville", None, "COG")),
        ("Grenada", (None, None, "GRD")),
        ("Granada, Nicaragua", ("Granada", None, "NIC")),
        ("Albuquerque, New Mexico", ("Albuquerque", "NM", "USA")),
        ("Burma Camp, Accra, GHANA", ("Burma Camp", None, "GHA")),
        ("Libreville Gabon", ("Libreville", None, "GAB")),
        ("KAMPUCHEA (CAMBODIA) (IN COUNTRY TRAINING)", (None, None, "KHM")),
    ],
)
def test_names_that_mean_several_places_are_told_apart(text, expected, gazetteer):
    assert said(text, gazetteer) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Victoria", "Georgetown", "Cordoba", "Granada",  # towns of several countries
        "Kuala Lumpur, Singapore", "Ft. Bliss, Tx & Kabul Afg", "Kiev/Chisnau",  # two countries
        "Ottawa, CA", "APO NY 09043", "GA", "441S", "Atlantis", "DCOTEAMS",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_not_recognised(text, gazetteer):
    assert said(text, gazetteer) == "not recognised"


@pytest.mark.parametrize("text", ["", "-", "VARIOUS", "Mobile Training Team", "UNKNOWN", "N/A"])
def test_a_location_may_say_nothing(text, gazetteer):
    assert said(text, gazetteer) == "not stated"


@pytest.mark.parametrize("text", ["Virtual - Event", "Senior Enlisted Academy Distance Learning"])
def test_teaching_at_a_distance_has_no_place(text, gazetteer):
    assert said(text, gazetteer) == "online"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bangkok and Pran Buri, THAILAND", (None, None, "THA")),
        ("HANOI//HCMC", (None, None, "VNM")),
        ("Washington, DC/Tampa, FL", (None, None, "USA")),
        ("WASH DC/VIENNA, VA 22182", (None, None, "USA")),
        ("San Antonio, TX and San Angelo TX", (None, "TX", "USA")),
    ],
)
def test_two_places_are_no_place(text, expected, gazetteer):
    assert said(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DLIELC", ("Lackland AFB", "TX", "USA")),
        ("WESTERN HEMIS INSTITUTE FOR SECURITY COOP", ("Fort Benning", "GA", "USA")),
        ("MARSHALL CENTER", ("Garmisch-Partenkirchen", None, "DEU")),
        ("Marshall Center, Germany", ("Garmisch-Partenkirchen", None, "DEU")),
        ("ARMOR SCHOOL", (None, None, "USA")),  # it moved
        ("National Defense University, Ulaanbaatar, Mongolia", ("Ulaanbaatar", None, "MNG")),
        ("DIMO", "not stated"),  # it also trains elsewhere
    ],
)
def test_a_school_that_stands_alone_is_at_its_seat(text, expected, gazetteer):
    assert said(text, gazetteer) == expected


def test_a_state_that_contradicts_the_base_is_not_taken(gazetteer):
    assert said("EIELSON AFB, AR 99702-2320", gazetteer) == ("Eielson AFB", None, "USA")


def test_no_location_says_nothing_in_any_column(gazetteer):
    frame = recognise_locations(pd.Series([None, "Lima, Peru"], index=[7, 3], dtype="str"), gazetteer)
    assert list(frame.columns) == list(LOCATION_COLUMNS)
    assert frame.drop(columns="location_status").loc[7].isna().all()
    assert frame.loc[7, "location_status"] == "not stated"
    assert frame.loc[3, ["place", "location_country"]].tolist() == ["Lima", "PER"]
    assert not frame.loc[3, "in_united_states"] and not frame.loc[3, "online"]


def test_text_is_normalised_before_it_is_looked_up():
    assert normalised("  Ft. Benning,  GA ") == "FORT BENNING GA"
    assert normalised("São Tomé") == "SAO TOME"


def test_names_in_capitals_are_written_plainly():
    assert plain("FORT MCNAIR") == "Fort McNair"
    assert plain("ST LOUIS") == "St. Louis"
    assert plain("LITTLE ROCK AFB") == "Little Rock AFB"
