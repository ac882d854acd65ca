"""The table of printed columns: complete for every edition of data, and not contradicted by the rows."""

from __future__ import annotations

import pytest

from milaid import fiscal
from milaid.analysis.quality_coverage import FIELDS, field_coverage
from milaid.paths import trainings_dir
from milaid.tables import schemas, store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)


@pytest.fixture(scope="module")
def listed():
    return store.load_edition_fields()


@pytest.fixture(scope="module")
def trainings():
    return store.load_trainings(status=None)


def test_every_edition_lists_every_printed_field_once(listed, trainings):
    fields = {*(field.printed for field in FIELDS), "funder"}
    assert fields <= set(schemas.TRAININGS.columns)
    for edition, rows in listed.groupby("edition"):
        assert set(rows["field"]) == fields, edition
    assert set(trainings["edition"]) <= set(listed["edition"])
    assert set(listed["edition"]) == {fiscal.edition(int(name[:4])) for name in listed["edition"]}


def test_a_column_has_a_heading_if_and_only_if_it_is_printed(listed):
    assert ((listed["printed"] == "yes") == listed["heading"].notna()).all()


def test_no_row_has_a_value_in_a_column_that_its_edition_does_not_print(listed, trainings):
    absent = listed[listed["printed"] == "no"]
    for entry in absent[absent["edition"].isin(trainings["edition"])].itertuples():
        cells = trainings.loc[trainings["edition"] == entry.edition, entry.field]
        nothing = cells == "not stated" if entry.field == "funder" else cells.isna()
        assert nothing.all(), f"{entry.edition}, {entry.field}"


def test_an_edition_that_prints_the_department_states_it(listed, trainings):
    prints = listed.loc[(listed["field"] == "funder") & (listed["printed"] == "yes"), "edition"]
    rows = trainings[trainings["edition"].isin(prints) & (trainings["program"] != "UNREAD")]
    assert set(rows["funder"]) == {"DoS", "DoD", "DHS"}


def test_a_column_that_is_printed_and_empty_in_a_whole_edition_has_a_note(listed, trainings):
    frame = field_coverage(trainings[trainings["status"] == "actual"], listed)
    empty = frame[frame["printed"] & ~frame["derived"] & (frame["filled"] == 0)]
    assert empty["note"].notna().all()
