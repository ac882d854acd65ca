"""Identifiers that last, citations and addresses of rows."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.errors import DataError
from milaid.tables import citation, schemas, store, value_flags
from milaid.tables.digests import edits_allowed
from milaid.tables.schema import conform
from training_frames import trainings


def documents(*rows):
    """Return a list of documents; each row names only what matters."""
    default = {**dict.fromkeys(schemas.DOCUMENTS.columns), "edition": "2014-2015", "fiscal_year": 2014}
    full = [{**default, "sha256": "0", "path": "x", "kind": "official file", **row} for row in rows]
    return conform(pd.DataFrame(full), schemas.DOCUMENTS)


WHOLE = {"file": "whole.pdf", "url": "https://example.org/1.pdf"}
CUT = {"file": "cut.pdf", "url": "https://example.org/2.pdf", "kind": "page extract"}
KNOWN = {**CUT, "file": "known.pdf", "first_page_in_official_file": 100}
WEB = {"file": "web.html", "url": "https://example.org/web.html"}


@pytest.mark.parametrize(
    ("document", "printed", "place", "address"),
    [
        ("whole.pdf", "14", "p. 14", "https://example.org/1.pdf#page=14"),
        (
            "whole.pdf",
            "IV-12",
            "p. IV-12 (page 14 of the official file)",
            "https://example.org/1.pdf#page=14",
        ),
        ("whole.pdf", None, "page 14 of the official file", "https://example.org/1.pdf#page=14"),
        ("known.pdf", "14", "p. 14 (page 113 of the official file)", "https://example.org/2.pdf#page=113"),
        ("known.pdf", None, "page 113 of the official file", "https://example.org/2.pdf#page=113"),
        ("cut.pdf", "14", "p. 14", "https://example.org/2.pdf"),
        ("cut.pdf", None, "page 14 of cut.pdf", "https://example.org/2.pdf"),
        ("web.html", None, "web page web.html", "https://example.org/web.html"),
    ],
)
def test_a_citation_names_the_page_that_is_known(document, printed, place, address):
    rows = trainings({"document": document, "page": 14, "printed_page": printed}, {"document": "whole.pdf"})
    cited = citation.cited(rows, documents(WHOLE, CUT, KNOWN, WEB)).iloc[0]
    assert cited["citation"] == (
        f"Foreign Military Training Report 2014-2015, Volume I, Section IV, Africa, {place}"
    )
    assert cited["source_url"] == address


def test_citing_changes_no_other_column_and_no_order():
    rows = trainings({"document": "cut.pdf", "page": 2}, {"document": "whole.pdf", "page": 1, "quantity": 9})
    cited = citation.cited(rows, documents(WHOLE, CUT))
    others = [name for name in rows.columns if name != "row_id"]
    pd.testing.assert_frame_equal(cited[others], rows[others])
    conform(value_flags.flagged(cited, "trainings"), schemas.EXPORTED_SCHEMAS["trainings"])


def test_all_documents_that_are_not_listed_come_in_one_message():
    rows = trainings({"document": "b.pdf"}, {"document": "a.pdf"}, {"document": "whole.pdf"})
    with pytest.raises(DataError) as caught:
        citation.cited(rows, documents(WHOLE))
    assert "a.pdf" in str(caught.value) and "b.pdf" in str(caught.value)
    assert "documents.csv" in str(caught.value) and "whole.pdf" not in str(caught.value)


def test_an_identifier_names_edition_document_page_and_row():
    rows = trainings({"document": "243029.pdf", "page": 14, "row_on_page": 12})
    assert citation.identified(rows)["row_id"].tolist() == ["2014-2015/243029.pdf/p14/r12"]


def test_rows_keep_their_identifiers_when_another_is_dropped_renamed_or_added(built):
    def places():
        rows = store.load_trainings(status=None)
        return dict(zip(rows["row_id"], zip(rows["country"], rows["quantity"], strict=True), strict=True))

    before = places()
    dropped = "2014-2015/africa.pdf/p1/r1"
    assert before[dropped] == ("Angola", 2)
    built.append(
        "corrections",
        {
            "edition": "2014-2015",
            "document": "africa.pdf",
            "page": 1,
            "row_on_page": 1,
            "field": "row",
            "as_printed": "First",
            "reason": "not a row",
        },
    )
    issue = {"edition": "2014-2015", "document": "africa.pdf", "page": 1, "country": "Angola"}
    with edits_allowed():
        for level, program in (("program", "IMET-1"), ("country", "")):
            totals = store.load_totals().query("country == 'Angola' and level == @level")
            totals = totals[totals["program_printed"].fillna("") == program].iloc[0]
            for measure, printed in (("quantity", totals["quantity"]), ("cost_usd", totals["cost_usd"])):
                rows = store.load_trainings().query("country == 'Angola' and row_id != @dropped")
                rows = rows[rows["program_printed"] == program] if program else rows
                value = {"printed_value": printed, "computed_value": rows[measure].sum()}
                named = {
                    "level": level,
                    "program_printed": program,
                    "measure": measure,
                    "reason": "row left out",
                }
                built.append("known_issues", {**issue, **named, **value})
    built.documents = [row for row in built.documents if row["file"] != "africa_2013.pdf"]
    built.add("near_east.pdf", built_document())
    names = built.table("countries")
    text = names.read_text(encoding="utf-8")
    names.write_text(text.replace("Benin,BEN,Benin", "Benin,BEN,Republic of Benin"), encoding="utf-8")
    built.build()
    after = places()
    assert dropped not in after
    kept = {row: place for row, place in before.items() if row != dropped and "africa_2013" not in row}
    assert {row: after[row] for row in kept} == kept
    assert any("near_east.pdf" in row for row in after)


def built_document():
    from fmtr_documents import Country, Document

    return Document((Country("Jordan"),), region="Near East")
