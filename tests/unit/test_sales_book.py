"""The Historical Sales Book read back from drawn pages: other years, its oddities, and layouts that are refused."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from drawn_sales_book import ALBANIA, BOLIVIA, BREAK, LABELS, SMALL, Book, Recipient, write_book
from fmtr_documents import write
from milaid.errors import SourceError
from milaid.sources.sales_book.measures import FMS, TOTAL
from milaid.sources.sales_book.tables import read_sales, read_sales_totals
from milaid.tables import schemas_arms
from milaid.tables.arms import harmonised
from milaid.tables.schema import conform, validate


@pytest.fixture
def drawn(tmp_path):
    def draw(book: Book = SMALL):
        return write_book(tmp_path / "book.pdf", book)

    return draw


def refusal(path):
    messages = set()
    for read in (read_sales, read_sales_totals):
        with pytest.raises(SourceError) as caught:
            read(path)
        assert caught.value.exit_code == 3
        messages.add(str(caught.value))
    (message,) = messages
    assert message.startswith(str(path))
    return message


def one(frame, **values):
    for name, value in values.items():
        frame = frame[frame[name] == value]
    (row,) = frame.itertuples()
    return row


def test_the_years_are_those_of_the_heads(drawn):
    sales = read_sales(drawn())
    albania = sales[sales["recipient"] == "Albania"]
    assert albania["fiscal_year"].tolist() == [pd.NA, 2023, 2024, 2025, 2026, 2027]
    assert albania[["first_fiscal_year", "last_fiscal_year"]].iloc[0].tolist() == [1950, 2022]
    assert set(sales["edition_fiscal_year"]) == {2027}
    later = read_sales(drawn(Book((ALBANIA,), first=1955, years=tuple(range(2030, 2035)))))
    assert later["fiscal_year"].dropna().tolist() == [2030, 2031, 2032, 2033, 2034]
    assert (later["first_fiscal_year"].min(), set(later["edition_fiscal_year"])) == (1955, {2034})


def test_a_year_has_its_two_parts_and_their_sum_and_the_block_only_its_total(drawn):
    sales = read_sales(drawn())
    row = one(sales, recipient="Albania", fiscal_year=2024)
    parts = row.fms_agreements_usd, row.fmf_funded_agreements_usd, row.total_agreements_usd
    assert parts == (-4, 5, 1)
    block = one(sales[sales["fiscal_year"].isna()], recipient="Albania")
    assert pd.isna(block.fms_agreements_usd) and pd.isna(block.fmf_funded_agreements_usd)
    assert block.total_agreements_usd == 108_290_463


def test_recipients_stand_with_what_is_printed_beside_their_name(drawn):
    sales = read_sales(drawn())
    row = one(sales, recipient="Bolivia", fiscal_year=2027)
    assert (row.combatant_command, row.region, row.continent) == ("SOUTHCOM", "WHA", "S. America")
    assert (row.footnote, row.page, row.printed_page) == ("1", 2, "1")
    assert one(sales, recipient="Classified Totals").page == 3
    assert read_sales(drawn(Book((replace(ALBANIA, described=None),))))["region"].isna().all()


def test_a_name_at_the_foot_of_the_page_before_keeps_its_amounts(drawn):
    sales = read_sales(drawn(Book((BOLIVIA, replace(ALBANIA, break_below_name=True)))))
    row = one(sales, recipient="Albania", fiscal_year=2027)
    assert (row.heading_page, row.page, row.total_agreements_usd) == (2, 3, 3_000)


def test_an_empty_cell_is_no_zero_and_a_zero_without_a_sign_is_one(drawn):
    book = Book((replace(ALBANIA, cells={(1, 5): None, (0, 3): "0"}),))
    sales = read_sales(drawn(book))
    empty, zero = (one(sales, fiscal_year=year) for year in (2027, 2025))
    assert pd.isna(empty.fmf_funded_agreements_usd)
    assert empty.total_agreements_usd == empty.fms_agreements_usd == 1_000
    assert zero.fms_agreements_usd == 0


def test_periods_without_any_number_have_no_row(drawn):
    sales = read_sales(drawn())
    assert one(sales, recipient="Classified Totals").last_fiscal_year == 2022
    without_block = replace(ALBANIA, cells={(2, 0): None})
    assert read_sales(drawn(Book((without_block,))))["fiscal_year"].notna().all()


def test_every_printed_total_is_a_row_and_says_which_years_it_covers(drawn):
    totals = read_sales_totals(drawn())
    albania = totals[totals["recipient"] == "Albania"]
    assert len(albania) == 5 + 3
    # Headed as all years, the lines of FMS and FMF hold no block.
    assert one(albania, measure=FMS).first_fiscal_year == 2023
    assert one(albania, measure=TOTAL, first_fiscal_year=1950).amount_usd == 108_290_463 + 3_018 - 0 - 0
    world = totals[totals["level"] == "world"]
    assert world["recipient"].isna().all() and len(world) == 3 * 7
    assert one(world, measure=TOTAL, first_fiscal_year=2027, last_fiscal_year=2027).amount_usd == 3_003


def test_zeros_and_full_stops_beside_a_name_say_nothing_but_a_number_is_refused(drawn):
    for beside in ("$0", "."):
        assert len(read_sales(drawn(Book((replace(ALBANIA, beside=beside),))))) == 6
    message = refusal(drawn(Book((replace(ALBANIA, beside="$1,200"),))))
    assert "page 2" in message and "«$1,200»" in message


@pytest.mark.parametrize(
    ("book", "page", "words"),
    [
        (SMALL.without(heads={"Continent": "Theatre"}), 2, "Continent expected first"),
        (SMALL.without(heads={"Continent": ""}), 2, "Continent expected first"),
        (SMALL.without(heads={"2025": "2099"}), 2, "for each year after it"),
        (SMALL.without(heads={"1950 To 2022": "1951 To 2022"}), 2, "a block of years from FY1950"),
        (SMALL.without(heads={"2026": "later"}), 2, "«Fiscal Year later»"),
        (SMALL.without(printed_pages={2: 3}), 3, "edition and page number (2027, 2) expected"),
        (SMALL.without(with_world=False), 3, "expected to end with the lines «Totals»"),
        (Book((replace(ALBANIA, labels=LABELS[:2]), BOLIVIA)), 2, "«Total» of Albania expected, found «Bolivia"),
        (Book((replace(ALBANIA, labels=(LABELS[1], LABELS[0], "Total")),)), 2, f"«{LABELS[0]}» of Albania"),
        (Book((replace(ALBANIA, labels=("Title 10 Programs", *LABELS)),)), 2, "found «Title 10 Programs"),
        (Book((replace(ALBANIA, cells={(0, 2): "n/a"}),)), 2, "expected for Albania, found «n/a»"),
        (Book((replace(ALBANIA, cells={(0, 2): "$1.5"}),)), 2, "whole dollars"),
        (Book((replace(ALBANIA, cells={(0, 2): "$5      $6"}),)), 2, "one amount in whole dollars a column"),
    ],
)  # fmt: skip
def test_a_changed_layout_is_refused_with_page_and_what_was_expected(drawn, book, page, words):
    message = refusal(drawn(book))
    assert f"page {page}:" in message
    assert words in message


def test_a_file_cut_off_another_pdf_and_no_pdf_are_refused(tmp_path, drawn):
    path = drawn()
    path.write_bytes(path.read_bytes()[:-400])
    assert "the PDF is cut off" in refusal(path)
    assert "no Historical Sales Book" in refusal(write(tmp_path / "training.pdf"))
    page = tmp_path / "page.pdf"
    page.write_bytes(b"<!DOCTYPE html><html>404</html>")
    assert "this is an HTML page" in refusal(page)


def test_what_is_read_fits_the_tables(drawn):
    path = drawn(Book((ALBANIA, BOLIVIA, BREAK, Recipient("NATO", (1,) * 5, (0,) * 5))))
    names = {"printed": ["Albania", "Bolivia", "NATO"], "iso3": ["ALB", "BOL", None]}
    known = pd.DataFrame(names).assign(recipient=names["printed"], region=None, kind="country")
    sales, totals = harmonised(read_sales(path), known), read_sales_totals(path)
    for frame, schema in ((sales, schemas_arms.ARMS_SALES), (totals, schemas_arms.ARMS_SALES_TOTALS)):
        validate(conform(frame, schema), schema)
