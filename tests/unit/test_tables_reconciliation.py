import pandas as pd
import pytest

from milaid.errors import DataError
from milaid.tables import schemas
from milaid.tables.reconciliation import reconciliation, require_reconciled
from milaid.tables.schema import conform
from training_frames import trainings

ROWS = trainings(
    {"program_printed": "IMET-1", "quantity": 3, "cost_usd": 100},
    {"program_printed": "IMET-1", "quantity": 2, "cost_usd": None},
    {"program_printed": "FMF", "quantity": 7, "cost_usd": 50},
)
PLANNED = {
    "edition": "2014-2015",
    "program_printed": "FMF",
    "quantity": 99,
    "cost_usd": 9,
    "fiscal_year": 2015,
    "status": "planned",
}


PLACE = {
    "edition": "2014-2015", "document": "africa.pdf", "page": 1, "region": "Africa", "country": "Burundi",
}  # fmt: skip


def printed(*totals, fiscal_year=2014, status="actual"):
    """Printed totals: (level, program_printed, quantity, cost_usd)."""
    rows = [
        {
            **PLACE, "fiscal_year": fiscal_year, "status": status, "level": level, "program_printed": program,
            "section": 1, "quantity": quantity, "cost_usd": cost,
        }
        for level, program, quantity, cost in totals
    ]  # fmt: skip
    return conform(pd.DataFrame(rows), schemas.TRAININGS_TOTALS)


def issues(*rows):
    """Known issues: (level, program_printed, measure, printed_value, computed_value)."""
    full = [
        {
            **PLACE, "fiscal_year": 2014, "program_printed": program, "level": level, "measure": measure,
            "printed_value": printed_value, "computed_value": computed_value, "reason": "misprint",
        }
        for level, program, measure, printed_value, computed_value in rows
    ]  # fmt: skip
    return conform(pd.DataFrame(full, columns=list(schemas.KNOWN_ISSUES.columns)), schemas.KNOWN_ISSUES)


RIGHT = [("program", "IMET-1", 5, 100), ("program", "FMF", 7, 50), ("country", None, 12, 150)]


def test_rows_that_add_up_agree_in_people_and_dollars():
    frame = reconciliation(ROWS, printed(*RIGHT), issues())
    assert frame["agrees"].tolist() == [True, True, True]
    assert frame["computed_participants"].sum() == 24
    require_reconciled(frame, issues())


def test_a_difference_that_nobody_named_is_an_error_with_its_page():
    frame = reconciliation(ROWS, printed(("program", "IMET-1", 6, 100), *RIGHT[1:]), issues())
    with pytest.raises(DataError) as caught:
        require_reconciled(frame, issues())
    assert "IMET-1, program total of quantity: printed 6, rows 5 (africa.pdf, page 1)" in str(caught.value)


def test_a_known_issue_with_the_same_two_values_is_accepted_and_carries_its_reason():
    known = issues(("program", "IMET-1", "quantity", "6", "5"))
    frame = reconciliation(ROWS, printed(("program", "IMET-1", 6, 100), *RIGHT[1:]), known)
    require_reconciled(frame, known)
    assert frame.loc[~frame["agrees"], "reason"].tolist() == ["misprint"]
    assert frame.loc[frame["known_issue"], "program_printed"].tolist() == ["IMET-1"]


@pytest.mark.parametrize(
    "known", [("program", "IMET-1", "quantity", "6", "4"), ("program", "FMF", "quantity", "8", "7")]
)
def test_a_known_issue_with_other_values_or_of_a_total_that_agrees_is_an_error(known):
    wrong = printed(("program", "IMET-1", 6, 100), *RIGHT[1:])
    assert not reconciliation(ROWS, wrong, issues(known))["known_issue"].any()
    with pytest.raises(DataError):
        require_reconciled(reconciliation(ROWS, wrong, issues(known)), issues(known))


def test_rows_without_a_printed_total_do_not_agree():
    frame = reconciliation(ROWS, printed(*RIGHT[1:]), issues())
    missing = frame[~frame["agrees"]]
    assert missing["program_printed"].tolist() == ["IMET-1"]
    assert missing["printed_participants"].isna().all()


def test_a_label_printed_twice_for_a_country_is_one_total():
    twice = printed(("program", "IMET-1", 3, 100), ("program", "IMET-1", 2, 0), *RIGHT[1:])
    assert reconciliation(ROWS, twice, issues())["agrees"].all()


def test_planned_rows_count_in_totals_of_what_is_planned_and_of_both_and_in_no_other():
    rows = pd.concat([ROWS, trainings(PLANNED)], ignore_index=True)
    both = printed(
        ("program", "IMET-1", 5, 100), ("program", "FMF", 106, 59), ("country", None, 111, 159), status="both"
    )
    done = printed(("fiscal_year", "IMET-1", 5, 100), ("fiscal_year", "FMF", 7, 50))
    planned = printed(("fiscal_year", "FMF", 99, 9), fiscal_year=2015, status="planned")
    frame = reconciliation(rows, pd.concat([both, done, planned], ignore_index=True), issues())
    assert frame["agrees"].all()
    assert len(frame) == 6


def test_a_planned_row_counted_as_done_is_a_difference():
    rows = pd.concat(
        [ROWS, trainings({**PLANNED, "status": "actual", "fiscal_year": 2014})], ignore_index=True
    )
    assert not reconciliation(rows, printed(*RIGHT), issues())["agrees"].all()
