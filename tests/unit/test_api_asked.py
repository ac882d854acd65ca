"""What the front door in Python reads: names, years and columns as people write them, and what is wrong with them."""

from __future__ import annotations

import pandas as pd
import pytest

import milaid as m
from milaid.api.asked import Door
from milaid.errors import RequestError
from milaid.tables import store, subjects

pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")


@pytest.mark.parametrize(
    ("given", "years"),
    [
        (2014, (2014,)),
        ("2014", (2014,)),
        ("FY2014", (2014,)),
        ("2014-2015", (2014,)),
        ("2010-2012", (2010, 2011, 2012)),
        ("FY2010 to FY2012", (2010, 2011, 2012)),
        ("2010, 2012–2014", (2010, 2012, 2013, 2014)),
        (range(2010, 2012), (2010, 2011)),
        (range(1990, 2001), (1999, 2000)),
        ("1990-2000", (1999, 2000)),
        ([2012, "2010"], (2010, 2012)),
        (None, None),
    ],
)
def test_years_as_people_write_them(given: object, years: tuple[int, ...] | None) -> None:
    door = Door("call")
    door.years(given, range(1999, 2021))  # type: ignore[arg-type]
    assert door.close().years == years


@pytest.mark.parametrize(
    "given", [1998, [2010, 1998], "1998", "1990-1995", range(1990, 1995), [], "soon", "2010-soon"]
)
def test_a_year_without_data_or_sense_is_said(given: object) -> None:
    door = Door("call")
    door.years(given, range(1999, 2021))  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="years: "):
        door.close()


def test_an_edition_is_said_back() -> None:
    said = m.trainings("Mali", years="2014-2015", columns=["quantity"]).attrs["said"]
    assert said == ["2014-2015 is the edition that reports fiscal year 2014"]


@pytest.mark.parametrize(
    "country", ["Kenya, Uganda", ["Kenya", "UGA"], "KEN,UGA", ("kenia", "Ouganda"), ["Uganda", "Kenya", "Kenya"]]
)  # fmt: skip
def test_several_countries_in_any_form(country: object) -> None:
    rows = m.trainings(country, years=2020, columns=["recipient"])  # type: ignore[arg-type]
    assert set(rows["recipient"]) == {"Kenya", "Uganda"}


def test_a_comma_may_stand_in_a_name() -> None:
    assert set(m.trainings("Korea, Republic of", years=2020)["recipient"]) == {"South Korea"}


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(RequestError) as error:
        m.trainings(
            "Congo", program="IMTE", region="Atlantis", years=1812, status="done", columns=["quantty"]
        )
    said = str(error.value)
    assert said.startswith("m.trainings cannot be answered as asked:")
    for part in ("(COD) or", "(IMET)", "region: ", "1812 has no data", "'done'", "'quantity'"):
        assert part in said
    assert said.count("\n  - ") == 6


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: m.totals("yeer"), "by: 'yeer' is not allowed; did you mean 'year'"),
        (lambda: m.totals(measure="people"), "measure: 'people' is not allowed"),
        (lambda: m.totals([]), "by: name one or several"),
        (lambda: m.totals(["country", "recipient"]), "two of country, recipient are the same"),
        (lambda: m.totals(constant=2020), "ask for measure='cost_usd'"),
        (lambda: m.totals(measure="cost_usd", constant=1812), "constant: 1812"),
        (lambda: m.totals("country", per_million=True), "per_million: ask for participants by country and fiscal_year"),
        (lambda: m.change(2010, 2010), "are not two years"),
        (lambda: m.change(2010, 2011, by="fiscal_year"), "by: 'fiscal_year' is not allowed"),
        (lambda: m.aid("Mars", category="naval", account="IMT"), "account: 'IMT' is no account; did you mean 'IMET'"),
        (lambda: m.arms(kind="guns"), "kind: 'guns' is not allowed; known: agreements, excess"),
        (lambda: m.arms("Palau"), "Palau (PLW), which this table does not have"),
        (lambda: m.units(" "), "text: name a unit"),
        (lambda: m.country("Malli"), "did you mean Mali (MLI)"),
        (lambda: m.country("Mali", year=2013), "2013 is not allowed"),
        (lambda: m.cite(m.totals()), "no column says where a row stands"),
    ],
)  # fmt: skip
def test_each_door_says_what_is_wrong(call, said: str) -> None:
    with pytest.raises(RequestError) as error:
        call()
    assert said in str(error.value)


def test_notes_tell_the_break_where_it_concerns_the_series() -> None:
    assert "joined NATO" in m.totals("fiscal_year").attrs["notes"][0]
    assert m.totals("fiscal_year", years="2005-2010").attrs["notes"] == []
    assert "FY2013" in m.totals("fiscal_year", country="Mali").attrs["notes"][0]
    assert m.change(2003, 2004, by="region").attrs["notes"][0].startswith("Not compared: FY2004")
    assert m.change(2003, 2004, by="program", country="Mali")["change"].notna().all()


def test_planned_activities_are_found_by_the_year_they_are_planned_for() -> None:
    planned = m.trainings(status="planned", years=2000)
    assert set(planned["fiscal_year"]) == {2000} and set(planned["status"]) == {"planned"}
    assert set(planned["edition"]) == {"1999-2000"}


def test_people_per_million_are_of_the_calendar_year() -> None:
    row = m.totals(["country", "year"], country="Kenya", years=2019, per_million=True).iloc[0]
    people = store.load_population().query("iso3 == 'KEN' and year == 2019")["population"].item()
    assert row["population"] == people
    assert row["participants_per_million"] == pytest.approx(row["participants"] * 1e6 / people)


def test_each_row_is_cited_on_its_page() -> None:
    rows = m.trainings("Kenya", years=2020)
    by_page = m.cite(rows)
    by_identifier = m.cite(rows[["row_id"]])
    assert (by_page["citation"] == by_identifier["citation"]).all()
    assert (by_page["source_url"] == by_identifier["source_url"]).all()
    with pytest.raises(RequestError, match="no activity has the row_id '2020-2021/none'"):
        m.cite(rows[["row_id"]].assign(row_id="2020-2021/none"))
    assert m.cite(m.aid("Kenya", years=2020))["citation"].str.contains("of the sheet").all()
    assert m.cite(m.arms("Kenya"))["citation"].str.contains(", page ").all()


@pytest.mark.parametrize(
    "asked",
    [
        {"country": "Mali"},
        {"region": "Africa", "years": "2018-2020", "columns": ["quantity", "row_id"]},
        {"program": ["IMET", "CTFP"], "years": [2011, 2020], "columns": ["program", "start_date"]},
        {"country": "Kenya", "status": None},
    ],
)
def test_files_that_are_not_as_built_are_checked_and_give_the_same(
    asked: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = m.trainings(**asked)
    monkeypatch.setattr("milaid.api.trainings.is_as_built", lambda path: False)
    pd.testing.assert_frame_equal(m.trainings(**asked), quick)


def test_a_recipient_read_at_once_is_the_one_that_the_resolver_names() -> None:
    for subject in subjects.recipients():
        for text in (subject.name, subject.code):
            quick, slow = Door("call"), Door("call")
            slow.country(text)
            if quick.country_at_once(text):
                assert quick.where == slow.where, text


def test_without_data_the_message_says_what_to_do(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    for call in (lambda: m.trainings(), lambda: m.units("guard"), lambda: m.totals(), lambda: m.year(2014)):
        with pytest.raises(RequestError, match="milaid init DIR --with-data"):
            call()
