"""Whatever stands in the cells of a document, in however many lines and rows, is read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmtr_documents import FY2008, FY2014, FY2017, Document, Row, one_table, write
from milaid.sources.fmtr.document import read_document

words = st.text("abcXYZ019-'&(),./é’ó", min_size=1, max_size=8)
lines = st.lists(words, min_size=1, max_size=3).map(" ".join)
cells = st.none() | st.lists(lines, min_size=1, max_size=3)
rows = st.lists(st.tuples(cells, cells, cells, st.integers(0, 99_999)), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("documents") / "any.pdf"


def wrapped(cell):
    return "\n".join(cell) if cell else None


@settings(max_examples=80, deadline=None)
@given(rows, st.sampled_from([FY2008, FY2014, FY2017]), st.sampled_from([0, 90]))
def test_cells_are_read_back_row_by_row(path, described, layout, rotation):
    drawn = [
        Row(wrapped(title), f"{quantity:,}", wrapped(location), wrapped(unit))
        for title, location, unit, quantity in described
    ]
    tables = read_document(write(path, Document((one_table(*drawn),), layout=layout, rotation=rotation)))
    found = tables.activities[["course_title", "location", "student_unit", "quantity"]].astype("object")
    assert list(found.where(found.notna(), None).itertuples(index=False, name=None)) == [
        (*(" ".join(cell) if cell else None for cell in row[:3]), row[3]) for row in described
    ]
    assert tables.totals["quantity"].tolist() == [sum(row[3] for row in described)] * 2
    assert tables.unread.empty
