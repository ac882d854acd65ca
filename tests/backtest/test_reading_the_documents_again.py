"""Official documents read again and compared with the rows and totals in data/."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.paths import configured_sources, reference_dir
from milaid.sources.fmtr.corrections import read_corrections
from milaid.sources.fmtr.document import read_document
from milaid.tables import store

SOURCES = configured_sources()
pytestmark = [
    pytest.mark.skipif(
        SOURCES is None, reason="MILAID_SOURCES does not name the directory of the official files"
    ),
    pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data"),
]

# A short document of the first and of the last edition, one stored turned by 90 degrees, one with corrections.
FILES = (
    "126577.pdf",
    "14-Volume-I-Section-IV-Part-IV-V-South-Central-Asia.pdf",
    "156001.pdf",
    "2016_2017_South_Central_Asia_fmtrpt.pdf",
)


@pytest.fixture(scope="module", params=FILES)
def document(request):
    """Return one document as the list of documents names it, read again."""
    listed = store.load_documents().set_index("file").loc[request.param]
    corrections = read_corrections(reference_dir() / "corrections.csv")
    mended = [correction for correction in corrections if correction.document == request.param]
    return request.param, listed, read_document(SOURCES / listed["path"], mended)


def of(frame, name):
    return frame[frame["document"] == name].reset_index(drop=True)


def assert_equal(again, stored):
    """Compare the columns that were read, with one kind of missing value."""
    plain = [
        frame.astype("object").where(frame.notna(), None) for frame in (again, stored[list(again.columns)])
    ]
    pd.testing.assert_frame_equal(*plain)


def test_every_row_and_cell_is_the_one_in_the_table(document):
    name, listed, tables = document
    stored = of(store.load_trainings(int(listed["fiscal_year"]), status=None), name)
    assert_equal(tables.activities.sort_values(["page", "row_on_page"], ignore_index=True), stored)
    assert len(stored) > 900


def test_every_printed_total_is_the_one_in_the_table(document):
    name, _, tables = document
    stored = of(store.load_totals(), name)
    assert_equal(tables.totals.sort_values(["page", "section"], ignore_index=True, kind="stable"), stored)


def test_region_edition_and_pages_are_those_of_the_list_of_documents(document):
    _, listed, tables = document
    rows = tables.activities
    assert set(rows["edition"]) == {listed["edition"]}
    assert set(rows["region"]) == {listed["region"]}
    assert rows["page"].max() <= listed["pages"]
