"""Documents named beside their pages, also those that hold several regions."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.exhibits.pages import DocumentPages
from milaid.tables import store

DOCUMENTS = store.load_documents()


@pytest.mark.parametrize("year", sorted(DOCUMENTS["fiscal_year"].unique()))
def test_a_document_is_named_without_a_comma_so_that_none_of_its_regions_is_left_out(year):
    """Parts between commas that several sources of a report have are given once, and left out below exhibits."""
    documents = DOCUMENTS[DOCUMENTS["fiscal_year"] == year]
    named = DocumentPages(documents)
    for document in documents[documents["pages"].notna()].itertuples():
        said = named.extent(document.file, 2, 3)
        assert "," not in said and said.endswith(" 2–3")
        for region in document.region.replace("NIS", "New Independent States").split("; "):
            assert region in said


def test_several_regions_stand_behind_the_label_of_their_document():
    documents = pd.DataFrame(
        {
            "file": ["one.pdf"], "region": ["Africa; East Asia and Pacific; NIS"], "pages": [306], "url": [None],
            "first_page_in_official_file": [None],
        }
    )  # fmt: skip
    extent = DocumentPages(documents).extent
    assert extent("one.pdf") == "D1 Africa/East Asia and Pacific/New Independent States 1–306"
    assert extent("one.pdf", 11, 11) == "D1 Africa/East Asia and Pacific/New Independent States 11"
