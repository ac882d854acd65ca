"""How far rows and printed totals agree: by edition, as world totals, case by case; what is planned."""

import pandas as pd
import pytest

from milaid.analysis import quality
from milaid.tables.reconciliation import reconciliation
from quality_frames import documents, issues, totals
from training_frames import trainings

ROWS = trainings(
    {"program_printed": "IMET-1", "quantity": 3, "cost_usd": 100},
    {"program_printed": "FMF", "quantity": 7, "cost_usd": 50},
    {"fiscal_year": 2015, "program_printed": "FMF", "quantity": 4, "cost_usd": None},
)
PRINTED = totals(
    (2014, "actual", "program", "IMET-1", 5, 100),
    (2014, "actual", "program", "FMF", 7, 50),
    (2014, "actual", "country", None, 12, 150),
    (2015, "actual", "program", "FMF", 4, 0),
    (2015, "actual", "country", None, 4, 0),
)
ISSUES = issues(
    ("2014-2015", "program", "IMET-1", "quantity", "5", "3", "misprint"),
    ("2014-2015", "country", None, "quantity", "12", "10", "misprint"),
)


def reconciled(known=ISSUES):
    return reconciliation(ROWS, PRINTED, known)


def test_an_edition_counts_what_it_holds_and_what_agrees_at_each_level():
    frame = quality.editions(ROWS, reconciled(), documents("2014-2015")).set_index("edition")
    first = frame.loc["2014-2015"]
    assert first[["documents", "pages", "activities", "participants", "cost_usd"]].tolist() == [
        1,
        3,
        2,
        10,
        150,
    ]
    assert first[["compared", "agreeing", "known", "unexplained"]].tolist() == [3, 1, 2, 0]
    assert first[["program_compared", "program_agreeing", "program_known"]].tolist() == [2, 1, 1]
    assert frame.loc["2015-2016", ["compared", "agreeing"]].tolist() == [2, 2]
    assert pd.isna(frame.loc["2015-2016", "documents"])


def test_a_difference_that_nobody_named_is_unexplained():
    frame = quality.editions(ROWS, reconciled(issues()), documents("2014-2015"))
    assert frame["unexplained"].tolist() == [2, 0]
    assert set(quality.differences(reconciled(issues()))["state"]) == {"unexplained"}


def test_levels_come_in_the_order_of_the_list_and_unknown_ones_last():
    frame = pd.DataFrame({"level": ["region", "country", "program", "fiscal_year"]})
    assert quality.levels_of(frame) == ["program", "country", "fiscal_year", "region"]


def test_a_difference_says_what_is_missing_from_the_rows():
    frame = quality.differences(reconciled())
    assert frame["level"].tolist() == ["country", "program"]
    assert frame["missing_participants"].tolist() == [2, 2]
    assert frame["missing_cost_usd"].tolist() == [0, 0]


def test_world_totals_differ_by_just_what_known_faults_account_for():
    frame = quality.world_totals(ROWS, PRINTED, reconciled()).set_index("fiscal_year")
    assert frame.loc[2014, ["participants", "printed_participants"]].tolist() == [10, 12]
    assert frame["participants_difference"].tolist() == [2, 0]
    assert frame["participants_known"].tolist() == [2, 0]
    assert frame["participants_unexplained"].tolist() == [0, 0]
    assert frame["cost_usd_difference"].tolist() == [0, 0]


def test_a_difference_without_a_reason_stays_unexplained_in_the_world_total():
    frame = quality.world_totals(ROWS, PRINTED, reconciled(issues())).set_index("fiscal_year")
    assert frame.loc[2014, ["participants_known", "participants_unexplained"]].tolist() == [0, 2]


def test_world_totals_take_the_totals_of_the_year_where_program_totals_cover_two():
    printed = totals(
        (1999, "actual", "fiscal_year", "IMET-1", 3, 100),
        (2000, "planned", "fiscal_year", "IMET-1", 90, 900),
        (1999, "both", "program", "IMET-1", 93, 1000),
        edition="1999-2000",
    )
    chosen = quality.actual_year_totals(pd.concat([printed, PRINTED]))
    assert chosen[chosen["edition"] == "1999-2000"]["quantity"].tolist() == [3]
    assert chosen[chosen["edition"] == "2014-2015"]["level"].tolist() == ["program", "program"]


def test_people_and_dollars_of_a_fault_are_one_case():
    cases = quality.fault_cases(
        issues(
            ("2014-2015", "program", "IMET-1", "quantity", "5", "3", "misprint"),
            ("2014-2015", "program", "IMET-1", "cost_usd", "900", "800", "misprint"),
            ("2014-2015", "country", None, "cost_usd", None, "800", "lost"),
            ("2014-2015", "row", "IMET-1", "country", "Tokelau", None, "a fault of a row"),
        )
    )
    assert cases["level"].tolist() == ["program", "country"]
    assert cases["differs"].tolist() == ["people, dollars", "dollars"]
    numbers = ["printed_participants", "rows_participants", "printed_cost_usd", "rows_cost_usd"]
    assert cases.loc[0, numbers].tolist() == [5, 3, 900, 800]
    assert cases.loc[1, numbers].isna().tolist() == [True, True, True, False]


def test_faults_that_are_no_total_are_kept_apart_from_those_that_are():
    known = issues(("2014-2015", "page", None, "rows", None, None, "blank"), *[
        ("2014-2015", "country", None, "quantity", "5", "3", "misprint")])  # fmt: skip
    assert quality.other_faults(known)["reason"].tolist() == ["blank"]
    assert len(quality.fault_cases(known)) == 1
    assert quality.fault_cases(issues()).empty


def test_cells_are_counted_by_edition_and_field():
    cells = pd.DataFrame({"edition": ["a", "a", "b"], "field": ["cost", "end_date", "cost"]})
    frame = quality.cells_by_edition(cells)
    assert frame.to_dict("list") == {
        "edition": ["a", "b"],
        "cost": [1, 1],
        "end_date": [1, 0],
        "total": [2, 1],
    }


def test_planned_rows_stand_beside_what_the_next_edition_reports_as_done():
    rows = trainings(
        {"fiscal_year": 2000, "edition": "1999-2000", "status": "planned", "quantity": 9, "cost_usd": 90},
        {"fiscal_year": 2000, "quantity": 5, "cost_usd": 60},
        {"fiscal_year": 2001, "edition": "2000-2001", "status": "planned", "quantity": 2, "cost_usd": 20},
    )
    frame = quality.planned_beside_actual(rows).set_index("fiscal_year")
    assert frame.loc[2000, ["planned_participants", "actual_participants"]].tolist() == [9, 5]
    assert frame.loc[2001, "planned_cost_usd"] == 20
    assert pd.isna(frame.loc[2001, "actual_participants"])
    assert quality.planned_beside_actual(ROWS).empty


@pytest.mark.parametrize("column", ["compared", "agreeing"])
def test_a_level_that_an_edition_does_not_print_is_missing_there(column):
    later = totals(
        (2016, "actual", "country", None, 1, 0),
        edition="2016-2017",
    )
    rows = trainings({"fiscal_year": 2016, "quantity": 1, "cost_usd": 0})
    frame = reconciliation(pd.concat([ROWS, rows]), pd.concat([PRINTED, later]), ISSUES)
    frame = frame[~((frame["edition"] == "2016-2017") & (frame["level"] == "program"))]
    counts = quality.editions(ROWS, frame, documents("2014-2015"))
    assert pd.notna(counts[f"program_{column}"]).all()
    counts = quality.editions(pd.concat([ROWS, rows]), frame, documents("2014-2015")).set_index("edition")
    assert pd.isna(counts.loc["2016-2017", f"program_{column}"])
