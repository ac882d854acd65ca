"""The findings on data quality: each number from the tables, each case in words that fit it."""

import pandas as pd
import pytest

from milaid.blocks.block import Prose, Table
from milaid.exhibits.quality import editions, faults, planned, sentences, world
from quality_frames import documents, edition_fields, issues, survey, totals
from training_frames import trainings

ROWS = trainings(
    {"program_printed": "IMET-1", "quantity": 3, "cost_usd": 100},
    {"fiscal_year": 2015, "program_printed": "IMET-1", "quantity": 4, "cost_usd": 50},
)
RIGHT = [(2014, "actual", "country", None, 3, 100), (2015, "actual", "program", "IMET-1", 4, 50),
         (2015, "actual", "country", None, 4, 50)]  # fmt: skip
SOUND = totals((2014, "actual", "program", "IMET-1", 3, 100), *RIGHT)
FAULTY = totals((2014, "actual", "program", "IMET-1", 5, 700), *RIGHT)
ISSUES = issues(
    ("2014-2015", "program", "IMET-1", "quantity", "5", "3", "The last row is printed over."),
    ("2014-2015", "program", "IMET-1", "cost_usd", "700", "100", "The last row is printed over."),
)
NO_CELLS = pd.DataFrame(
    columns=[
        "edition",
        "document",
        "page",
        "row_on_page",
        "field",
        "as_printed",
        "corrected",
        "reason",
        "outcome",
    ]
)


def made(printed=FAULTY, known=ISSUES, **tables):
    return survey(
        ROWS, totals=printed, known_issues=known, documents=documents("2014-2015", "2015-2016"),
        edition_fields=edition_fields("2014-2015", "2015-2016"), corrections=NO_CELLS, unread=NO_CELLS, **tables,
    )  # fmt: skip


def texts(found):
    return {finding.lead: finding.text for finding in sentences.findings(found)}


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(1, 3, 33.3), (9999, 10000, 99.9), (10, 10, 100.0), (0, 0, 100.0), (2, 3, 66.6)],
)
def test_a_share_is_rounded_down_so_that_only_all_is_a_hundred(part, whole, share):
    assert sentences.floor_share(part, whole) == share


def test_a_known_fault_is_named_with_both_numbers_and_its_reason():
    found = texts(made())
    assert (
        "1 of 2 program totals and 2 of 2 country totals" in found["The rows add up to the printed totals."]
    )
    assert "75.0% of all totals that the 2 editions print" in found["The rows add up to the printed totals."]
    assert found["No difference is unexplained."].startswith(
        "1 printed total differs from the rows, in 2014–2015."
    )
    assert "2 people (FY2014) and $600 (FY2014) apart" in found["World totals hardly differ."]
    assert "known faults account for all of it" in found["World totals hardly differ."]
    largest = found["Largest known fault: Burundi (IMET-1)."]
    assert "exceeds the rows by $600 and 2 people. The last row is printed over." in largest


def test_sound_tables_say_so_and_name_no_fault():
    found = made(SOUND, issues())
    assert sentences.agreement(found) == "All 4 printed totals agree with their rows"
    said = texts(found)
    assert said["No difference."] == "Every printed total equals the sum of its rows."
    assert "Few cells were touched." not in said
    assert not [lead for lead in said if lead.startswith("Largest")]
    assert isinstance(faults.known_issues(found), Prose)
    assert isinstance(faults.faults_by_edition(found), Prose)
    assert (
        world.world_table(found).title == "Rows and printed totals give the same world totals in every year"
    )


def test_what_nobody_explained_is_said():
    found = made(known=issues())
    assert (
        texts(found)["Some differences are not explained."]
        == "1 total differs from the rows and no reason is known."
    )
    assert editions.editions_table(found).title == "1 difference not explained"
    assert "do not account for every difference" in world.world_table(found).note


def test_columns_that_are_not_printed_and_those_that_are_hardly_filled_are_told_apart():
    listed = edition_fields("2014-2015", "2015-2016", absent=(("2015-2016", "us_unit"),))
    found = made()
    found.__dict__["edition_fields"] = listed
    text = texts(found)["Some columns are missing in some editions."]
    assert "Not printed: US unit in FY2015." in text
    assert "US unit in FY2014 (0.0%)" in text and "US unit in FY2015 (" not in text


def test_planned_rows_are_named_and_never_counted():
    rows = pd.concat(
        [ROWS, trainings({"fiscal_year": 2016, "edition": "2015-2016", "status": "planned", "quantity": 900})]
    )
    found = survey(rows, documents=documents("2015-2016"))
    assert int(found.trainings["quantity"].sum()) == 7
    table = planned.planned_table(found)
    assert isinstance(table, Table) and table.title == "900 people planned for FY2016, not counted as done"
    assert isinstance(planned.planned_table(made()), Prose)


def test_a_table_of_faults_shows_each_total_once_below_its_reason():
    table = faults.known_issues(made())
    assert isinstance(table, Table)
    assert table.roles == ("group", "")
    assert table.rows[0][0] == "2014–2015: The last row is printed over."
    assert table.rows[1] == ("Burundi, IMET-1", "africa.pdf 1", 5, 3, 700, 100)
    by_edition = faults.faults_by_edition(made())
    assert isinstance(by_edition, Table)
    assert by_edition.rows[-1][1:4] == (1, 2, 600)


def test_a_document_beside_a_page_is_named_by_its_part_of_the_edition():
    one = documents("2014-2015")
    assert survey(ROWS, documents=one).page("africa_2014.pdf", 7) == "AF 7"
    two = survey(ROWS, documents=pd.concat([one, one.assign(file="africa_z.pdf")], ignore_index=True))
    assert two.page("africa_z.pdf", 7) == "AF (2 of 2) 7"
    assert two.document_names["africa_z.pdf"] == "Africa (2 of 2)"
    web = survey(ROWS, documents=documents("2014-2015", pages=None))
    assert web.page("africa_2014.pdf", 1) == "AF"
    several = one.assign(file="several.pdf", region="Africa; NIS")
    assert survey(ROWS, documents=several).page("several.pdf", 7) == "p. 7"
    beside = survey(ROWS, documents=pd.concat([one, several], ignore_index=True))
    assert beside.page("several.pdf", 7) == "AF/NIS 7"
    assert beside.document_names["several.pdf"] == "Africa and New Independent States"


def test_the_file_of_a_table_of_faults_has_name_and_file_of_each_document():
    table = faults.known_issues(made(known=ISSUES.assign(document="africa_2014.pdf")))
    assert isinstance(table, Table)
    assert set(table.frame["document"]) == {"africa_2014.pdf"}
    assert set(table.frame["document_name"]) == {"Africa"}
    assert "AF 27 for Africa" in table.note and ".pdf" not in str(table.rows)
