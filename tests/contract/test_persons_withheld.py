"""No field of the tables looks as if it were about a person without having been read and decided."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from milaid.paths import reference_dir
from milaid.tables import personal, store
from milaid.tables.schemas_people import TEXTS
from milaid.tables.state import read_rows
from milaid.tables.withheld import MARKS, is_marked

HAND_CHECKED = Path(__file__).parents[1] / "backtest" / "hand_checked_rows.csv"
pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")


@pytest.fixture(scope="module")
def activities():
    return store.load_trainings(
        status=None, columns=["row_id", "fiscal_year", "edition", "document", "page", "country", *TEXTS]
    )


def test_every_candidate_is_withheld_or_decided_to_be_no_person(activities):
    undecided = personal.candidates(activities, store.load_not_personal())
    # The words themselves are not said: a name is not to stand in the log of a test.
    places = [f"{row.row_id}, {row.field}" for row in undecided.itertuples()]
    assert places == [], "read each on its page; see docs/personal-data.md"


def test_without_the_decisions_there_are_candidates_in_every_year(activities):
    assert set(personal.candidates(activities, store.load_not_personal().iloc[:0])["row_id"].str[:9]) >= {
        edition for edition in activities["edition"].unique() if edition >= "2001-2002"
    }


def test_every_listed_field_says_what_is_shown_and_no_other_has_a_mark(activities):
    withheld, rows = store.load_withheld(), activities.set_index("row_id")
    assert len(withheld) >= 252
    for row in withheld.itertuples():
        assert rows.at[row.row_id, row.field] == row.shown
        assert MARKS[row.kind] in row.shown
        assert tuple(rows.loc[row.row_id, ["fiscal_year", "edition", "document", "page"]]) == (
            row.fiscal_year,
            row.edition,
            row.document,
            row.page,
        )
    assert set(activities.loc[is_marked(activities), "row_id"]) == set(withheld["row_id"])


def test_each_decision_on_words_that_are_no_person_still_decides_something(activities):
    table = store.load_not_personal()
    for pattern in table["pattern"]:
        re.compile(pattern)
    texts = {field: activities[["country", field]].dropna().drop_duplicates() for field in TEXTS}
    for row in table.itertuples():
        fields = [row.field] if isinstance(row.field, str) else TEXTS
        of = [texts[field] for field in fields]
        if isinstance(row.country, str):
            of = [frame[frame["country"] == row.country] for frame in of]
        assert any(
            re.search(row.pattern, personal.unmarked(text), re.IGNORECASE)
            for frame in of
            for text in frame.iloc[:, 1]
        ), row.pattern


@pytest.mark.parametrize(
    "path", [reference_dir() / "corrections.csv", HAND_CHECKED], ids=lambda path: path.name
)
def test_no_table_of_printed_cells_holds_a_field_that_is_withheld(path):
    withheld = {tuple(row_id.rsplit("/", 3)[1:]) for row_id in store.load_withheld()["row_id"]}
    rows = read_rows(path)
    assert rows
    assert not withheld & {(row["document"], f"p{row['page']}", f"r{row['row_on_page']}") for row in rows}
