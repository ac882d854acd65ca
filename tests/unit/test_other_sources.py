"""Official files are cited with the places in them that an exhibit is made from."""

import pandas as pd
import pytest

from milaid.exhibits.other_sources import excess_report_rows, extent, greenbook_lines, sales_book_pages


@pytest.mark.parametrize(
    ("values", "shown"), [([3], "page 3"), ([21, 3, 7, 3], "pages 3–21"), ([1200, 4], "pages 4–1,200")]
)
def test_an_extent_goes_from_the_least_to_the_greatest(values, shown):
    assert extent("page", values) == shown


def test_lines_of_the_greenbook_name_their_years_and_the_rows_of_the_sheet_if_there_are_any():
    rows = pd.DataFrame({"sheet_row": pd.array([9, 1_012], dtype="Int64")})
    assert greenbook_lines(rows, 2013, 2014).text.endswith(
        ", lines of FY2013 to FY2014, rows 9–1,012 of the sheet"
    )
    assert greenbook_lines(rows.head(1), 2014, 2014).text.endswith(", lines of FY2014, row 9 of the sheet")
    none = greenbook_lines(rows.head(0), 2014, 2014)
    assert none.text.endswith(", lines of FY2014") and none.url.startswith("https://")


def test_the_book_is_cited_by_page_and_the_report_by_row():
    assert sales_book_pages(pd.DataFrame({"page": [21.0, 3.0]})).text.endswith(", pages 3–21")
    assert excess_report_rows(pd.DataFrame({"file_row": [8]})).text.endswith(", row 8 of the file")
