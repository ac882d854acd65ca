"""A list of units against those that are printed: candidates, and words that are no clearance."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from milaid.analysis import name_search
from milaid.analysis.name_search import Index
from milaid.analysis.screening import FOUND, MOST_CANDIDATES, NO_NAME, NONE_FOUND, Entry, screen
from milaid.publish.screening.files import COLUMNS, NOT_CLEARANCE
from milaid.publish.screening.make import make_screening
from milaid.publish.screening.request import read_request
from milaid.tables import store

UNITS = [
    ("Kenya", "1st Infantry Battalion", 3), ("Kenya", "1 INF BN", 2), ("Kenya", "Naval Dive Team", 1),
    ("Uganda", "1st Infantry Battalion", 7), ("Uganda", None, 9),
]  # fmt: skip


@pytest.fixture
def activities() -> pd.DataFrame:
    rows = [
        (2014, "2014-2015", "1.pdf", number, number, recipient, people, unit)
        for number, (recipient, unit, people) in enumerate(UNITS, start=1)
    ]
    names = [
        "fiscal_year",
        "edition",
        "document",
        "page",
        "row_on_page",
        "recipient",
        "quantity",
        "student_unit_clean",
    ]
    return pd.DataFrame(rows, columns=names).astype({"quantity": "Int64"})


def test_variants_of_a_recipient_are_one_candidate_with_people_and_rows(activities):
    (found,) = screen([Entry(2, "batallon infanteria 1", "Kenya")], activities)
    assert (found.outcome, found.spellings) == (FOUND, 2)
    (candidate,) = found.candidates
    assert (candidate.unit, candidate.participants, candidate.activities) == ("1 INF BN", 5, 2)
    assert candidate.other_spellings == "1st Infantry Battalion"
    assert candidate.row_ids == "2014-2015/1.pdf/p1/r1 | 2014-2015/1.pdf/p2/r2"


def test_a_name_without_a_recipient_is_searched_among_all_and_each_recipient_is_a_candidate(activities):
    (found,) = screen([Entry(2, "1st infantry battalion")], activities)
    assert {candidate.recipient for candidate in found.candidates} == {"Kenya", "Uganda"}


def test_entries_come_back_in_their_order_with_what_came_of_each(activities):
    entries = [
        Entry(2, "dive team", "Kenya"),
        Entry(3, "zzxq", "Uganda"),
        Entry(4, " ", "Kenya"),
        Entry(5, "dive team", "Uganda"),
    ]
    assert [each.outcome for each in screen(entries, activities)] == [FOUND, NONE_FOUND, NO_NAME, NONE_FOUND]


def test_many_names_at_once_are_found_by_the_rules_of_one():
    names = ["Special Forces Group", "1er Batallon de Infanteria", "Marine Battalion 3", "UNHCR", "HQ"]
    asked = ["specal forces", "infantry battalion 1", "marines 3rd bn", "un refugees", "hq", "sf"]
    at_once = Index(names)
    at_once.expect(asked)
    for query in asked:
        assert at_once.find(query) == Index(names).find(query)


def test_names_are_found_alike_however_few_words_are_kept(monkeypatch):
    names = ["Special Forces Group", "Special Police", "1er Batallon de Infanteria", "Infantry Battalion 1"]
    asked = ["specal forces", "infantry battalion 1", "police special", "forces specal", "battalion"] * 2
    wanted = [Index(names).find(query) for query in asked]
    monkeypatch.setattr(name_search, "_MOST_KEPT", 3)
    index = Index(names)
    for query, hits in zip(asked, wanted, strict=True):
        index.expect([query])
        places, scores = index.best(query)
        assert index.find(query) == hits
        assert list(zip(places.tolist(), scores.tolist(), strict=True)) == [
            (hit.name, hit.score) for hit in hits
        ]


def test_a_unit_of_several_recipients_counts_the_rows_of_each_alone(activities):
    (found,) = screen([Entry(2, "1st infantry battalion")], activities)
    assert {(each.recipient, each.participants, each.activities) for each in found.candidates} == {
        ("Kenya", 5, 2), ("Uganda", 7, 1),
    }  # fmt: skip


@pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")
def test_a_list_with_mistakes_becomes_three_files_that_clear_nobody(tmp_path):
    path = tmp_path / "units.csv"
    lines = [
        "Unidad;País",
        "Batallon Fuerzas Especiales;Honduras",
        "Zzxq 998;Kenya",
        ";Kenya",
        "=cmd;Ruritania",
    ]
    path.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    request = read_request(path, None, "país", "FY2010", "2020")
    assert request.years == tuple(range(2010, 2021))
    done = make_screening(request, tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out" / "candidates.csv").read_text("utf-8-sig").splitlines()))
    assert list(rows[0]) == [column.name for column in COLUMNS]
    of_first = [row for row in rows if row["line"] == "2"]
    assert 1 <= len(of_first) <= MOST_CANDIDATES and {row["recipient"] for row in of_first} == {"Honduras"}
    assert float(of_first[0]["score"]) == 100.0
    assert [row["result"] for row in rows if row["line"] == "3"] == [NONE_FOUND]
    assert all("Ruritania" in row["note"] and row["name"] == "'=cmd" for row in rows if row["line"] == "5")
    page = (tmp_path / "out" / "candidates.html").read_text(encoding="utf-8")
    assert NOT_CLEARANCE in page and "is not evidence that no training took place" in str(done)
    for text in (page, str(done), NOT_CLEARANCE):
        assert not any(
            word in text.casefold() for word in ("cleared", "passed", "no record of training", "clean unit")
        )
