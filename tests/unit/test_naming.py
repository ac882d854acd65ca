"""What a name as people write it means: countries, programs, regions and fiscal years."""

from __future__ import annotations

import pytest

from milaid.tables.naming.answers import wrong
from milaid.tables.naming.countries import resolve_country
from milaid.tables.naming.forms import Answer, Candidates, Forms, Found, Missing, Named
from milaid.tables.naming.lists import split_names
from milaid.tables.naming.programs import resolve_program
from milaid.tables.naming.regions import resolve_region
from milaid.tables.naming.years import resolve_fiscal_year

FOUND = {
    # codes
    "KEN": "KEN", "ken": "KEN", " Ken ": "KEN", "KE": "KEN", "XK": "XKX", "gb": "GBR", "AND": "AND",
    "ZAR": "COD", "SERBIA-AND-MONTENEGRO": "SERBIA-AND-MONTENEGRO", "INDOCHINA": "INDOCHINA", "ANT": "ANT",
    # present and former names
    "Eswatini": "SWZ", "Swaziland": "SWZ", "Myanmar": "MMR", "Burma": "MMR", "Cabo Verde": "CPV",
    "Cape Verde": "CPV", "North Macedonia": "MKD", "Macedonia": "MKD", "East Timor": "TLS",
    "Timor-Leste": "TLS", "Turkey": "TUR", "Türkiye": "TUR", "Zaire": "COD", "Upper Volta": "BFA",
    "Ivory Coast": "CIV", "Yugoslavia": "SERBIA-AND-MONTENEGRO", "USSR": "SOVIET-UNION", "Holland": "NLD",
    # long and short forms, and those turned round
    "Republic of Korea": "KOR", "Korea, Republic of": "KOR", "Korea, Rep.": "KOR",
    "Korea, Dem. People's Rep.": "PRK", "Russian Federation": "RUS", "Iran (Islamic Republic of)": "IRN",
    "Egypt, Arab Rep.": "EGY", "The Gambia": "GMB", "Gambia, The": "GMB", "Bosnia": "BIH",
    "Bosnia-Herzegovina": "BIH", "Sao Tome": "STP", "Trinidad": "TTO", "St. Kitts and Nevis": "KNA",
    "Saint Vincent": "VCT", "Republic of China": "TWN", "Congo (DRC)": "COD", "Congo, Rep.": "COG",
    "Viet Nam": "VNM", "Laos": "LAO", "Palestine": "PSE",
    # abbreviations
    "DRC": "COD", "D.R.C.": "COD", "UAE": "ARE", "U.K.": "GBR", "PNG": "PNG", "CAR": "CAF", "DPRK": "PRK",
    "ROK": "KOR", "KSA": "SAU", "PRC": "CHN", "USA": "USA",
    # other languages
    "Alemania": "DEU", "Kenia": "KEN", "Elfenbeinküste": "CIV", "Elfenbeinkueste": "CIV", "Maroc": "MAR",
    "Marruecos": "MAR", "Kamerun": "CMR", "Égypte": "EGY", "egypte": "EGY", "Tuerkei": "TUR",
    "مصر": "EGY", "Украина": "UKR", "Danmark": "DNK",
    # accents, capitals and apostrophes
    "CÔTE D’IVOIRE": "CIV", "Cote d'Ivoire": "CIV", "cote d ivoire": "CIV", "São Tomé": "STP",
    # names that others contain
    "Guinea": "GIN", "Niger": "NER", "Samoa": "WSM", "Dominica": "DMA", "Sudan": "SDN", "China": "CHN",
}  # fmt: skip
SEVERAL = {
    "Congo": {"COD", "COG"},
    "kongo": {"COD", "COG"},
    "Korea": {"KOR", "PRK"},
    "Corée": {"KOR", "PRK"},
    "Virgin Islands": {"VGB", "VIR"},
    "St. Martin": {"MAF", "SXM"},
    "ROC": {"TWN", "COG"},
}
NEAR = {
    "Kenja": ["KEN"],
    "Eswatni": ["SWZ"],
    "Tanznia": ["TZA"],
    "South Korae": ["KOR"],
    "Phillipines": ["PHL"],
    "Columbia": ["COL"],
    "Swazi": ["SWZ"],
    "Brazzav": ["COG"],
    "Republic of": [],
    "Atlantis": [],
    "Wakanda": [],
    "xyz": [],
    "??": [],
    "": [],
}


def codes(answer: Answer) -> list[str]:
    """Return the codes of what an answer names."""
    match answer:
        case Found(what):
            return [what.code]
        case Candidates(several):
            return [one.code for one in several]
        case Missing(near):
            return [one.code for one in near]


@pytest.mark.parametrize(("text", "code"), FOUND.items())
def test_a_country_is_found_as_people_write_it(text: str, code: str) -> None:
    answer = resolve_country(text)
    assert isinstance(answer, Found), answer
    assert answer.code == code


@pytest.mark.parametrize(("text", "meant"), SEVERAL.items())
def test_a_name_of_several_countries_is_asked_back(text: str, meant: set[str]) -> None:
    answer = resolve_country(text)
    assert isinstance(answer, Candidates)
    assert set(codes(answer)) == meant


@pytest.mark.parametrize(("text", "near"), NEAR.items())
def test_a_miss_names_what_is_near_and_makes_no_wild_guess(text: str, near: list[str]) -> None:
    answer = resolve_country(text)
    assert isinstance(answer, Missing)
    assert codes(answer) == near


def test_what_was_understood_is_said_back_where_the_text_does_not_say_it() -> None:
    said = {
        text: resolve_country(text).said
        for text in ("Eswatini", "Yugoslavia", "ken", "kenya", "COTE D'IVOIRE")
    }
    assert said == {
        "Eswatini": "'Eswatini' is Swaziland (SWZ) here",
        "Yugoslavia": "'Yugoslavia' is Serbia and Montenegro (SERBIA-AND-MONTENEGRO) here",
        "ken": "",
        "kenya": "",
        "COTE D'IVOIRE": "",
    }
    assert resolve_country("Yugoslavia").iso3 == "SRB"


def test_what_is_listed_beside_the_tables_is_found_too() -> None:
    assert isinstance(resolve_country("Ruritania"), Missing)
    assert resolve_country("ruritania", [Named("RURITANIA", "Ruritania")]).code == "RURITANIA"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("imet", "IMET"),
        ("International Military Education and Training (IMET)", "IMET"),
        ("IMET-2", "IMET"),
        ("foreign military financing", "FMF"),
        ("INL", "INCLE"),
        ("Section 1206", "SEC1206"),
        ("sec. 1206", "SEC1206"),
        ("1206", "SEC1206"),
        ("2282", "SEC1206"),
        ("Section 506", "SEC506"),
        ("Non-SA, UC", "NONSA-UC"),
        ("Marshall Center", "REGCTR"),
        ("SCSI", "MSI"),
    ],
)
def test_a_program_is_found_by_code_name_or_printed_label(text: str, code: str) -> None:
    answer = resolve_program(text)
    assert isinstance(answer, Found), answer
    assert answer.code == code


def test_a_wrong_program_names_the_nearest() -> None:
    assert codes(resolve_program("IMTE")) == ["IMET"]
    assert codes(resolve_program("Aviation Leadership Programme")) == ["ALP"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("africa", "africa"),
        ("near-east", "near-east"),
        ("Middle East", "near-east"),
        ("MENA", "near-east"),
        ("Latin America", "western-hemisphere"),
        ("east asia & the pacific", "east-asia-and-pacific"),
        ("EUR", "europe-and-eurasia"),
    ],
)
def test_a_region_is_found_by_its_names(text: str, code: str) -> None:
    answer = resolve_region(text)
    assert isinstance(answer, Found), answer
    assert answer.code == code


def test_a_part_of_a_region_and_more_than_one_are_asked_back() -> None:
    sahel, asia = resolve_region("Sahel"), resolve_region("Asia")
    assert isinstance(sahel, Candidates) and codes(sahel) == ["africa"]
    assert isinstance(asia, Candidates) and len(asia.of) == 3
    assert codes(resolve_region("Carribean")) == ["western-hemisphere"]
    assert codes(resolve_region("Atlantis")) == []


@pytest.mark.parametrize(
    "text",
    [2014, "2014", " FY2014 ", "FY 2014", "fy14", "fiscal year 2014", "2014-2015", "2014–15", "FY2014/15"],
)
def test_a_fiscal_year_is_read_as_people_write_it(text: str | int) -> None:
    assert codes(resolve_fiscal_year(text)) == ["2014"]


def test_an_edition_is_said_back() -> None:
    assert resolve_fiscal_year("2014-2015").said == "2014-2015 is the edition that reports fiscal year 2014"
    assert resolve_fiscal_year("1999–00").said == "1999–00 is the edition that reports fiscal year 1999"
    assert resolve_fiscal_year("FY2014").said == ""
    assert codes(resolve_fiscal_year("FY99")) == ["1999"]


@pytest.mark.parametrize("text", ["abc", "2014-2016", "2014-2014", "2014-1915", "14", "2014.0", "-2014", ""])
def test_what_is_no_fiscal_year_is_missing(text: str) -> None:
    assert resolve_fiscal_year(text) == Missing()


def test_an_earlier_tier_goes_before_a_later_one() -> None:
    things = [Named("A", "First"), Named("B", "Second")]
    forms = Forms(things, [[("one", "A")], [("one", "B"), ("two", "B"), ("two", "A"), ("none", "C")]])
    assert codes(forms.resolve("one")) == ["A"]
    assert codes(forms.resolve("two")) == ["B", "A"]
    assert isinstance(forms.resolve("none"), Missing), "a code of nothing"


def test_a_comma_may_stand_in_a_name_of_a_list() -> None:
    def means_one(text: str) -> bool:
        return isinstance(resolve_country(text), Found)

    assert split_names("Kenya, Korea, Republic of,Gambia, The,", means_one) == [
        "Kenya",
        "Korea, Republic of",
        "Gambia, The",
    ]
    assert split_names("KEN,Kenya", means_one) == ["KEN", "Kenya"]
    assert split_names("Congo, Narnia", means_one) == ["Congo", "Narnia"]


def test_an_answer_that_is_none_of_what_is_allowed_says_so() -> None:
    kenya = Named("KEN", "Kenya", "KEN")
    chad = Named("TCD", "Chad", "TCD")
    assert wrong("Kenia", Found(kenya), {"KEN"}) == ""
    assert wrong("Kenia", Found(kenya), {"TCD"}) == (
        "'Kenia' is not allowed; it is Kenya (KEN), for which no training is listed"
    )
    assert wrong(" K ", Missing((kenya, chad)), {"TCD"}) == "'K' is not allowed; did you mean Chad (TCD)?"
    assert wrong("K", Missing((kenya,)), {"TCD"}) == "'K' is not allowed; did you mean Kenya (KEN)?"
    assert wrong("K", Missing(), {"TCD"}) == "'K' is not allowed"
    assert wrong("K", Candidates((kenya, chad)), {"TCD"}) == (
        "'K' is not clear; it may be Kenya (KEN) or Chad (TCD): write the code"
    )
