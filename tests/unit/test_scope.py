"""What a report is about: codes, rows, words and breaks of one region, recipient or program."""

from __future__ import annotations

import pytest

from milaid.errors import RequestError
from milaid.exhibits import scope
from milaid.exhibits.aid import greenbook
from milaid.exhibits.comparison.subject import open_comparison
from milaid.exhibits.program.overview import open_program
from milaid.exhibits.subject import open_subject
from milaid.exhibits.training import cost
from milaid.tables import store, subjects

pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")


@pytest.mark.parametrize(
    ("name", "iso3", "kind", "code"),
    [
        ("Cameroon", "CMR", "country", "CMR"),
        ("Hong Kong", "HKG", "territory", "HKG"),
        ("Serbia and Montenegro", "SRB", "former state", "SERBIA-AND-MONTENEGRO"),
        ("Indochina", None, "not stated", "INDOCHINA"),
        ("Côte d’Ivoire", None, "not stated", "COTE-D-IVOIRE"),
    ],
)
def test_a_recipient_without_an_iso_code_of_its_own_is_known_by_its_name(name, iso3, kind, code):
    assert subjects.recipient_code(name, iso3, kind) == code


def test_codes_are_unique_and_lead_back_to_their_recipient():
    known = subjects.recipients()
    assert len({s.code for s in known}) == len({s.name for s in known}) == len(known)
    for found in known:
        assert scope.recipient(found.code).name == found.name
        assert found.fiscal_years == tuple(sorted(set(found.fiscal_years)))


def test_the_parts_of_each_kind_add_up_to_the_world():
    world = store.load_trainings(2014)
    parts = {
        "region": [scope.region(s.code) for s in subjects.regions()],
        "recipient": [scope.recipient(s.code) for s in subjects.recipients()],
        "program": [scope.program(s.code) for s in subjects.programs()],
    }
    for kind, scopes in parts.items():
        rows = [row for part in scopes for row in part.trainings(world)["row_id"]]
        assert sorted(rows) == sorted(world["row_id"]), kind


def test_a_name_that_means_none_or_several_says_what_may_be_meant_and_where_all_are_listed():
    with pytest.raises(RequestError, match=r"region: 'asia' is not clear; .*Near East \(near-east\)"):
        scope.region("asia")
    with pytest.raises(RequestError, match=r"^country: 'Kenja' is not allowed; did you mean Kenya \(KEN\)\?"):
        scope.recipient("Kenja")
    with pytest.raises(RequestError, match=r"'Narnya' is not allowed; milaid params program lists what is$"):
        scope.program("Narnya")


def test_a_notebook_reads_names_and_years_as_the_command_line_does():
    subject = open_subject("2014–15", scope=scope.recipient("Elfenbeinküste"))
    assert (subject.fiscal_year, subject.scope.code) == (2014, "CIV")
    assert open_program("Foreign Military Financing (FMF)", "FY 2014").scope.code == "FMF"
    compared = open_comparison("country", "Korea, Republic of, Kenia, DRC", "FY2014")
    assert [member.scope.code for member in compared] == ["KOR", "KEN", "COD"]


def test_all_that_is_wrong_with_what_is_compared_comes_in_one_message():
    with pytest.raises(RequestError) as caught:
        open_comparison("country", "Kenya, Congo, Alemania", 2014)
    assert "Congo (Kinshasa) (COD) or Congo (Brazzaville) (COG)" in str(caught.value)
    assert "'Alemania' is not allowed; it is Germany (DEU)" in str(caught.value)


@pytest.mark.parametrize("year", ["abc", "2014-2016", ""])
def test_what_is_no_year_is_refused_with_those_that_have_data(year):
    with pytest.raises(RequestError, match=r"fiscal_year: '.*' is not a whole number; allowed: 1999 to"):
        open_subject(year)


def test_a_year_that_lists_nothing_of_the_scope_is_refused_with_those_that_do():
    with pytest.raises(
        RequestError, match=r"^fiscal_year: 2014 is not allowed; allowed: 1999 to 2011; the nearest is 2011$"
    ):
        open_subject(2014, scope=scope.recipient("HRV"))


def test_words_say_whose_numbers_they_are():
    assert scope.EVERYTHING.phrase == scope.EVERYTHING.part == scope.EVERYTHING.on == ""
    near_east, cameroon, imet = scope.region("near-east"), scope.recipient("CMR"), scope.program("IMET")
    assert near_east.phrase == " from the Near East" and near_east.on == " on the Near East"
    assert (
        cameroon.whole == "all from Cameroon"
        and cameroon.training == "Training of participants from Cameroon"
    )
    assert imet.phrase == " under IMET" and imet.training == "Training under IMET"


def test_a_break_of_one_region_breaks_the_series_of_that_region_alone():
    years = {
        code: open_subject(2004, scope=made).has_previous
        for code, made in {
            "world": scope.EVERYTHING,
            "europe": scope.region("europe-and-eurasia"),
            "africa": scope.region("africa"),
            "Ukraine": scope.recipient("UKR"),
            "IMET": scope.program("IMET"),
        }.items()
    }
    assert years == {"world": False, "europe": False, "africa": True, "Ukraine": True, "IMET": False}


def test_years_between_that_list_nothing_are_gaps_and_are_not_compared():
    tuvalu = open_subject(2016, scope=scope.recipient("TUV"))
    assert 2015 in [mark.fiscal_year for mark in tuvalu.coverage.gaps]
    assert {mark.label for mark in tuvalu.coverage.gaps} == {"no data"}
    assert not tuvalu.has_previous
    assert tuvalu.why_not_compared == "after a year that lists no activity from Tuvalu"


def test_the_year_before_stands_in_a_subtitle_only_where_it_may_be_compared():
    assert open_subject(2014).with_previous == ", with FY2013"
    assert open_subject(2004).with_previous == ""


def test_the_row_of_the_report_year_is_picked_from_a_frame_by_year():
    subject = open_subject(2014)
    assert subject.in_year(subject.series)["participants"] == subject.year_rows["quantity"].sum()
    row = subject.in_year(subject.series_with_changes)
    before = subject.series.set_index("fiscal_year").at[2013, "participants"]
    assert row["fiscal_year"] == 2014 and row["participants_before"] == before


def test_aid_and_arms_go_to_a_part_of_the_world_and_to_no_program():
    cameroon, imet = (
        open_subject(2014, scope=made) for made in (scope.recipient("CMR"), scope.program("IMET"))
    )
    assert greenbook.whom(cameroon) == " to Cameroon" and greenbook.whom(cameroon, "with") == " with Cameroon"
    assert greenbook.whom(open_subject(2014)) == greenbook.whom(imet) == ""


def test_the_greenbook_is_cited_with_the_year_before_only_where_it_is_used():
    subject = open_subject(2014)
    assert greenbook.has_previous(subject)
    both, one = (greenbook.year_source(subject, previous).text for previous in (True, False))
    assert ", lines of FY2013 to FY2014, rows " in both
    assert ", lines of FY2014, rows " in one
    assert one == greenbook.source(subject).text


def test_sources_are_the_pages_that_the_rows_stand_on():
    cameroon = open_subject(2014, scope=scope.recipient("CMR"))
    pages = cameroon.year_rows["page"]
    assert f"Africa {pages.min()}–{pages.max()}" in cameroon.year_sources()[0].text


def test_printed_totals_of_a_part_are_those_of_its_names():
    totals = store.load_totals()
    totals = totals[totals["edition"] == "2014-2015"]
    burundi = scope.recipient("BDI").totals(totals)
    assert set(burundi["country"]) == {"Burundi"}
    assert burundi.loc[burundi["level"] == "country", "quantity"].sum() == 5_449
    imet = scope.program("IMET").totals(totals)
    assert set(imet["program_printed"]) <= {"IMET-1", "IMET-2", "IMET-X"}


def test_a_printed_cost_of_zero_is_told_from_none_printed():
    palestinian = open_subject(2020, scope=scope.recipient("PSE"))
    assert palestinian.year_rows["cost_usd"].tolist() == [0, 0]
    assert cost.lead(palestinian).text.endswith("come to $0 ([[totals_table]]).")
    palestinian.__dict__["series"] = palestinian.series.assign(cost_usd=None)
    assert "prints no dollars" in cost.lead(palestinian).text
