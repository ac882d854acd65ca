"""Official documents read again and compared with the rows and totals in data/."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.paths import configured_sources, reference_dir
from milaid.sources.fmtr.corrections import read_corrections
from milaid.sources.fmtr.document import read_document
from milaid.tables import store
from milaid.tables.withheld import withhold

SOURCES = configured_sources()
pytestmark = [
    pytest.mark.skipif(
        SOURCES is None, reason="MILAID_SOURCES does not name the directory of the official files"
    ),
    pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data"),
]

# A short document of each layout; of the program tables, one of the first and of the last edition, one stored
# turned by 90 degrees, one with corrections.
FILES = (
    "cta_af_a2gam.html",
    "3164.pdf",
    "34330.pdf",
    "45787.pdf",
    "South_Central_Asia_2006_2007.html",
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


def assert_equal(again, stored, order):
    """Compare the columns that were read, with one kind of missing value.

    A document may end before it names the region of its last tables; the build takes that from the next one.
    """
    again, stored = (frame.sort_values(order, ignore_index=True, kind="stable") for frame in (again, stored))
    again = again.assign(region=again["region"].where(again["region"] != "", stored["region"]))
    plain = [
        frame.astype("object").where(frame.notna(), None) for frame in (again, stored[list(again.columns)])
    ]
    pd.testing.assert_frame_equal(*plain)


def test_every_row_and_cell_is_the_one_in_the_table(document):
    name, listed, tables = document
    stored = of(store.load_trainings(int(listed["fiscal_year"]), status=None), name)
    read = withhold(tables.activities, store.load_withheld())
    assert_equal(read, stored, ["page", "row_on_page"])
    assert len(stored) > 400


def test_every_printed_total_is_the_one_in_the_table(document):
    name, _, tables = document
    stored = of(store.load_totals(), name)
    assert_equal(tables.totals, stored, ["page", "section", "level", "country"])


def test_region_edition_and_pages_are_those_of_the_list_of_documents(document):
    _, listed, tables = document
    rows = tables.activities
    assert set(rows["edition"]) == {listed["edition"]}
    # A region whose heading stands in the document before is completed once all are read.
    assert set(rows["region"]) - {""} <= set(listed["region"].split("; "))
    # A web page is one page, whose number is not listed.
    assert rows["page"].max() <= (1 if pd.isna(listed["pages"]) else listed["pages"])
