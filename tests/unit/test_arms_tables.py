"""Tables on arms: unknown names, rows against printed totals, and their place in a build."""

from __future__ import annotations

import csv
from dataclasses import replace

import pandas as pd
import pytest

from drawn_sales_book import ALBANIA, BOLIVIA, SMALL, Book, write_book
from eda_reports import write_report
from fmtr_documents import write as write_training
from milaid.errors import DataError, SourceError
from milaid.sources.eda import read_excess_defense_articles
from milaid.sources.sales_book.measures import FMF, FMS, TOTAL
from milaid.sources.sales_book.tables import read_sales, read_sales_totals
from milaid.tables import arms, eda_oddities, schemas_arms, store
from milaid.tables.arms_reconciliation import reconciliation, require_reconciled
from milaid.tables.schema import conform
from milaid.tables.source_files import EXCESS_ARTICLES_SOURCE, SALES_BOOK_SOURCE
from milaid.tables.state import file_digest
from small_project import write_rows

# A line of all years without any year prints zero, and so does the block of the world.
ZEROS = [
    *((3, "recipient", "Classified Totals", measure, 2023, 2027, "0", None) for measure in (FMS, FMF)),
    *((3, "world", None, measure, 1950, 2022, "0", None) for measure in (FMS, FMF)),
]


def issues(*rows):
    columns = schemas_arms.ARMS_KNOWN_ISSUES.columns
    frame = pd.DataFrame([(2027, *row, "Seen on the page.") for row in rows], columns=list(columns))
    return conform(frame, schemas_arms.ARMS_KNOWN_ISSUES)


def compared(path, *rows):
    sales, totals = read_sales(path), conform(read_sales_totals(path), schemas_arms.ARMS_SALES_TOTALS)
    return reconciliation(sales, totals, issues(*rows))


def complaint(path, *rows):
    with pytest.raises(DataError) as caught:
        require_reconciled(compared(path, *rows), issues(*rows))
    return str(caught.value)


@pytest.fixture
def drawn(tmp_path):
    return lambda book=SMALL: write_book(tmp_path / "book.pdf", book)


def test_a_book_whose_rows_add_up_but_for_what_is_named_is_accepted(drawn):
    found = compared(drawn(), *ZEROS)
    require_reconciled(found, issues(*ZEROS))
    assert found["agrees"].sum() == len(found) - len(ZEROS) == 2 * 8 + 1 + 19
    assert found["known_issue"].sum() == len(ZEROS)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ((2, 5), "page 2, recipient of Albania, all agreements, FY2027: printed 1, rows 3000"),
        ((0, 6), "page 2, recipient of Albania, FMS agreements, FY2023-2027: printed 1, rows 1013"),
        ((2, 6), "page 2, recipient of Albania, all agreements, FY1950-2027: printed 1, rows 108293481"),
    ],
)
def test_a_total_of_a_recipient_that_differs_is_named_with_its_page(drawn, cell, said):
    message = complaint(drawn(Book((replace(ALBANIA, cells={cell: "$1"}), BOLIVIA))))
    assert said in message
    # A total that is not printed at all differs too.
    missing = complaint(drawn(Book((replace(ALBANIA, cells={cell: None}), BOLIVIA))))
    assert said.replace("printed 1,", "printed nothing,") in missing


@pytest.mark.parametrize("line", range(3))
@pytest.mark.parametrize("column", range(7))
def test_every_total_of_the_world_is_held_against_its_rows(drawn, line, column):
    message = complaint(drawn(SMALL.without(world={(line, column): "$77"})), *ZEROS)
    assert "page 3, world, " in message and "printed 77, rows " in message


def test_an_empty_cell_and_a_name_on_another_page_are_named(drawn):
    book = Book((BOLIVIA, replace(ALBANIA, break_below_name=True, cells={(1, 4): None})))
    message = complaint(drawn(book))
    assert "page 3, cell of Albania, FMF-funded agreements, FY2026: printed nothing, rows nothing" in message
    assert "page 3, heading of Albania, FY1950-2027: printed 2, rows 3" in message


def test_an_issue_with_another_value_or_page_or_that_is_no_more_is_named(drawn):
    path = drawn(Book((replace(ALBANIA, cells={(2, 5): "$1"}), BOLIVIA)))
    world = [(2, *row[1:]) for row in ZEROS[2:]]
    named = (2, "recipient", "Albania", TOTAL, 2027, 2027, "1", "3000")
    require_reconciled(compared(path, named, *world), issues(named, *world))
    for other in ((*named[:6], "1", "2999"), (3, *named[1:]), (*named[:6], "2", "3000")):
        message = complaint(path, other, *world)
        assert "no such difference is found" in message and "printed 1, rows 3000" in message


def test_unknown_recipients_are_named_with_page_and_nearest_spelling(drawn):
    known = pd.DataFrame({"printed": ["Albania", "Bolivia"], "iso3": None, "recipient": "", "region": "", "kind": ""})  # fmt: skip
    with pytest.raises(DataError) as caught:
        arms.harmonised(read_sales(drawn(Book((replace(ALBANIA, name="Albanie"), BOLIVIA)))), known)
    said = str(caught.value)
    assert "recipient «Albanie» (page 2) is not in arms_recipients.csv; nearest: «Albania»" in said
    assert "Bolivia» (" not in said
    rows = pd.DataFrame({"recipient": ["Xyzzy"], "file_row": [7]})
    with pytest.raises(
        DataError, match=r"«Xyzzy» \(row 7\) is not in arms_recipients.csv; nearest: none near"
    ):
        arms.harmonised(rows, known)


def enter(project):
    """List the book and the report of articles as they lie there among the sources of a small project."""
    table = project.table("other_sources")
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not row["path"].startswith("arms/")]
    for name in (SALES_BOOK_SOURCE, EXCESS_ARTICLES_SOURCE):
        digest = file_digest(project.sources / name)
        rows.append(
            {**rows[0], "path": name, "title": name, "url": f"https://example.org/{name}", "sha256": digest}
        )
    write_rows(table, rows)


@pytest.fixture(scope="module")
def with_arms_once(built_once, tmp_path_factory):
    """The small project, built again with a book and a report of articles."""
    return built_once.built_with(_add_files_on_arms, tmp_path_factory.mktemp("arms"))


@pytest.fixture
def with_arms(with_arms_once, home):
    """The same in a directory of its own."""
    return with_arms_once.copied_to(home)


def _add_files_on_arms(project):
    (project.sources / "arms").mkdir()
    write_book(project.sources / SALES_BOOK_SOURCE)
    write_report(project.sources / EXCESS_ARTICLES_SOURCE, {}, {})
    enter(project)
    named = issues(*ZEROS)
    named.to_csv(project.table("arms_known_issues"), index=False)
    counted = eda_oddities.counts(read_excess_defense_articles(project.sources / EXCESS_ARTICLES_SOURCE))
    rows = [{"oddity": name, "rows": n, "description": "-", "treatment": "-"} for name, n in counted.items()]
    write_rows(project.table("eda_oddities"), rows)


def test_a_build_makes_the_tables_and_keeps_them_while_their_files_are_the_same(with_arms):
    sales, articles = store.load_arms_sales(), store.load_excess_defense_articles()
    assert len(sales) == 13 and sales["iso3"].dropna().unique().tolist() == ["ALB", "BOL"]
    assert articles["repeats_row"].tolist() == [pd.NA, 2]
    before = with_arms.content()
    with_arms.append("us_states", {"pattern": "NOWHERE", "match": "word", "us_state": "NW"})
    for name in (SALES_BOOK_SOURCE, EXCESS_ARTICLES_SOURCE):
        (with_arms.sources / name).unlink()
    with_arms.build()
    assert all(with_arms.content()[name] == before[name] for name in (arms.SALES, arms.TOTALS, arms.ARTICLES))


def _cut(path):
    path.write_bytes(path.read_bytes()[:-300])


def _another(path):
    write_training(path)


def _without_column(path):
    path.write_text(path.read_text(encoding="utf-8").replace("Status Date", "Date"), encoding="utf-8")


def _amounts_as_words(path):
    path.write_text(path.read_text(encoding="utf-8").replace("$5.00", "five"), encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "spoil", "said"),
    [
        (SALES_BOOK_SOURCE, _cut, "the PDF is cut off"),
        (SALES_BOOK_SOURCE, _another, "no Historical Sales Book"),
        (EXCESS_ARTICLES_SOURCE, _without_column, "no column Status Date"),
        (EXCESS_ARTICLES_SOURCE, _amounts_as_words, "row 3, Total Current Value: «five»"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_leaves_data_as_it_was(with_arms, source, spoil, said):
    before = with_arms.content()
    spoil(with_arms.sources / source)
    enter(with_arms)
    with pytest.raises(SourceError) as caught:
        with_arms.build()
    assert caught.value.exit_code == 3
    assert said in str(caught.value) and source in str(caught.value)
    assert with_arms.content() == before


def test_an_unnamed_difference_or_oddity_fails_the_build(project):
    _add_files_on_arms(project)
    write_book(project.sources / SALES_BOOK_SOURCE, SMALL.without(world={(2, 5): "$1"}))
    enter(project)
    with pytest.raises(DataError, match="world, all agreements, FY2027: printed 1, rows 3003"):
        project.build()
    write_book(project.sources / SALES_BOOK_SOURCE)
    write_report(project.sources / EXCESS_ARTICLES_SOURCE, {}, {}, {})
    enter(project)
    with pytest.raises(DataError, match="repeated row: listed 1, found 2"):
        project.build()
    assert not (project.data / arms.SALES).exists()
