"""Known faults where their numbers are used: banners, notes and marks, each only in the reports concerned."""

from __future__ import annotations

import csv
import io
from functools import cache

from milaid.blocks.block import Box
from milaid.exhibits import scope
from milaid.exhibits.aid import beside_training
from milaid.exhibits.country import neighbours, overview, units
from milaid.exhibits.program import rows
from milaid.exhibits.quality import faults, world
from milaid.exhibits.quality.subject import open_survey
from milaid.exhibits.region import map as region_map
from milaid.exhibits.subject import Subject, open_subject
from milaid.exhibits.training import overview as training_overview
from milaid.exhibits.training import recipients
from milaid.exhibits.training import regions as training_regions


@cache
def subject_of(year: int, kind: str = "world", code: str = "") -> Subject:
    chosen = scope.EVERYTHING if kind == "world" else getattr(scope, kind)(code)
    return open_subject(year, scope=chosen)


def banner(code: str, year: int) -> Box:
    found = overview.other_countries(subject_of(year, "recipient", code))
    assert isinstance(found, Box)
    return found


def test_a_profile_whose_rows_name_another_country_opens_with_a_warning_and_gives_no_rank() -> None:
    found = banner("TKL", 2016)
    assert found.lead == "Read with care."
    assert "2 rows with all 510 participants under Tokelau name Tajikistan" in found.text
    assert "No rank for Tokelau in FY2016" in found.text
    subject = subject_of(2016, "recipient", "TKL")
    assert not [fact for fact in overview.key_facts(subject).facts if "rank" in fact.label]
    assert "has no rank among" in neighbours.lead(subject).text
    assert "1,300 of 1,421 participants under Paraguay name Panama" in banner("PRY", 2018).text


def test_the_country_that_is_named_says_so_too_and_others_say_nothing() -> None:
    other = banner("TJK", 2016)
    assert other.lead == "Rows that name another country."
    assert "under Tokelau name Tajikistan" in other.text and "No rank" not in other.text
    assert overview.other_countries(subject_of(2016, "recipient", "COL")) is None


def test_a_recipient_in_doubt_is_none_of_the_largest_and_the_note_says_why() -> None:
    annual, region = subject_of(2016), subject_of(2018, "region", "western-hemisphere")
    figure = recipients.top_recipients(annual)
    assert "Tokelau" not in figure.csv
    assert "No rank for Tokelau in FY2016" in figure.note
    assert "Paraguay" not in recipients.top_recipients(region).csv
    assert "Paraguay" not in recipients.lead(region).text
    said = " ".join(finding.text for finding in training_overview.findings(annual).findings)
    assert "Tokelau" not in said


def test_a_recipient_in_doubt_has_no_rank_on_the_map_of_its_region_nor_for_its_population() -> None:
    region = subject_of(2018, "region", "western-hemisphere")
    figure, table = region_map.recipients_map(region), beside_training.per_million(region)
    assert figure is not None and table is not None
    ranks = {row["recipient"]: row["rank"] for row in csv.DictReader(io.StringIO(figure.csv))}
    assert ranks["Paraguay"] == "" and ranks["Colombia"] != ""
    assert "Paraguay" not in table.csv
    for note in (figure.note, table.note, training_regions.recipients_map(subject_of(2018)).note):
        assert "No rank for Paraguay in FY2018" in note


def test_lost_rows_are_noted_only_where_they_are_of_the_report() -> None:
    assert "Angola and Benin" in subject_of(2019).incomplete_note()
    assert "Angola" in subject_of(2019, "program", "PKO").incomplete_note()
    assert [subject_of(y, "program", "PCCF").incomplete_note(previous=True) for y in (2016, 2017, 2018)] == [
        ""
    ] * 3
    assert subject_of(2019, "recipient", "COL").incomplete_note() == ""
    # The total of Sri Lanka is not printed in FY2003; its rows are, and are counted.
    assert subject_of(2003).incomplete_note() == ""


def test_a_derived_value_is_marked_in_tables_of_activities_and_in_a_column_of_their_files() -> None:
    ukraine = units.units_table(subject_of(2007, "recipient", "UKR"))
    marked = [
        row for row, code in zip(ukraine.rows, dict(ukraine.flags)["participants"], strict=True) if code
    ]
    assert {row[2] for row in marked} == {"Workshop on the"}
    assert "e estimated or derived: participants cannot be read" in ukraine.note
    head = ukraine.csv.splitlines()[0].split(",")
    assert '"quantity, cost_usd"' in ukraine.csv and {"derived", "quantity_flag", "cost_usd_flag"} <= set(
        head
    )
    asff = rows.activities(subject_of(2017, "program", "ASFF"))
    assert {"not readable"} == {
        row[2] for row, code in zip(asff.rows, dict(asff.flags)["quantity"], strict=True) if code == "e"
    }
    assert "the cost cannot be read on the page" in asff.note
    assert "estimated or derived" not in units.units_table(subject_of(2016, "recipient", "TKL")).note


def test_data_quality_counts_what_is_derived_and_names_what_remains() -> None:
    survey = open_survey()
    assert "26 values are filled in so" in faults.lead(survey).text
    table = faults.faults_by_edition(survey)
    at = [column.name for column in table.columns].index("derived")
    assert sum(row[at] for row, role in zip(table.rows, table.roles, strict=True) if not role) == 26
    text = world.lead(survey).text
    assert "FY2019 −7 people and −191,543 US dollars (lost rows, AF 2 (file 101))" in text
    assert "FY2017" not in text
    other = faults.other_faults(survey)
    assert other is not None and "Tajikistan" in other.csv and "23 people and $708,352" in other.csv
