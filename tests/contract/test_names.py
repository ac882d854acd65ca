"""The reference tables of names: every name in them, and every one of CLDR, leads to what it stands for."""

from __future__ import annotations

import csv

import pytest
from babel import Locale

from milaid.paths import reference_dir
from milaid.tables import subjects
from milaid.tables.build import country_names
from milaid.tables.naming.countries import PRINTED, known_countries, resolve_country
from milaid.tables.naming.forms import Answer, Candidates, Found, key
from milaid.tables.naming.programs import resolve_program
from milaid.tables.naming.regions import resolve_region
from milaid.tables.schema_fields import REGIONS

BEFORE_1992 = "Yugoslavia"
"""A recipient of the Historical Sales Book that has the name of another: of that which the training reports print."""


def rows(table: str) -> list[dict[str, str]]:
    with (reference_dir() / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def meant(answer: Answer) -> set[str]:
    """Return the codes that an answer names as meant, of one or of several."""
    match answer:
        case Found(what):
            return {what.code, what.iso3}
        case Candidates(several):
            return {code for one in several for code in (one.code, one.iso3)}
    return set()


@pytest.mark.parametrize("table", PRINTED)
def test_every_printed_name_leads_to_its_recipient(table: str) -> None:
    wrong = [
        row["printed"]
        for row in rows(table)
        if not (
            row["iso3"] in meant(answer := resolve_country(row["printed"]))
            if row["iso3"]
            else isinstance(answer := resolve_country(row["printed"]), Found)
            and answer.name in (row["recipient"], "Serbia and Montenegro")
        )
    ]
    assert wrong == []


def test_every_recipient_is_found_by_its_code_and_its_name() -> None:
    for subject in subjects.recipients():
        assert resolve_country(subject.code).code == subject.code
        assert resolve_country(subject.name).code == subject.code, subject.name


def test_every_form_of_the_table_leads_to_its_code() -> None:
    wrong = [
        row["form"]
        for row in rows("country_names.csv")
        if row["code"] not in meant(resolve_country(row["form"]))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "pt"])
def test_every_name_of_cldr_leads_to_its_territory(language: str) -> None:
    """Also with a babel that is newer than the table."""
    names = Locale.parse(language).territories
    codes = country_names.codes()
    assert len(codes) > 240
    wrong = [
        name
        for two, code in codes.items()
        if (name := names[two]) and code not in meant(resolve_country(name))
    ]
    assert wrong == []


def test_codes_of_two_and_three_letters_are_those_of_iso() -> None:
    for two, three in country_names.codes().items():
        assert resolve_country(two).iso3 == resolve_country(three).iso3 == three


def test_only_what_is_said_to_be_ambiguous_is_asked_back() -> None:
    """A new row that means another country than a form before it must be meant."""
    forms = {row["form"] for table in PRINTED for row in rows(table) for row["form"] in [row["printed"]]}
    forms |= {row["form"] for row in rows("country_names.csv")}
    asked = {key(form) for form in forms if isinstance(resolve_country(form), Candidates)}
    assert asked == {
        *("congo", "kongo", "korea", "corea", "coree", "coreia"),
        *("virginislands", "guiana", "saintmartin", "roc"),
    }  # fmt: skip


def test_the_rows_of_cldr_are_those_that_the_table_has() -> None:
    table = rows("country_names.csv")
    own = [row for row in table if row["source"] != country_names.CLDR]
    have = {(key(row["form"]), row["code"]) for row in table}
    made = list(country_names.rows(own))
    assert len(made) > 3000
    assert {(key(row["form"]), row["code"]) for row in made if row["language"] in ("", "fr", "de")} <= have


def test_what_is_written_for_this_project_says_why_where_its_kind_does_not() -> None:
    unexplained = [
        row["form"]
        for row in rows("country_names.csv")
        if row["source"] != country_names.CLDR and row["kind"] == "code" and not row["note"]
    ]
    assert unexplained == []


def test_no_code_is_read_as_another_country_by_a_name() -> None:
    named = {thing.code for thing in known_countries().things}
    assert {resolve_country(code).code for code in named} == named


def test_every_printed_label_and_name_of_a_program_leads_to_it() -> None:
    for row in rows("program_labels.csv"):
        assert resolve_program(row["printed"]).code == row["code"], row
    for row in rows("programs.csv"):
        for column in ("code", "name", "short_name", "label"):
            assert resolve_program(row[column]).code == row["code"], row[column]


def test_every_region_and_every_form_of_one_leads_to_it() -> None:
    for region in set(REGIONS) - {"Not stated"}:
        assert resolve_region(region).name == region
    for row in rows("region_names.csv"):
        answer = resolve_region(row["form"])
        named = {answer.name} if isinstance(answer, Found) else {one.name for one in answer.of}
        assert row["region"] in named, row
        assert isinstance(answer, Found) == (row["kind"] == "name"), row
