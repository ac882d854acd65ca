"""The text of web pages: title, texts outside of tables, rows and cells, and pages that cannot be read."""

from __future__ import annotations

import pytest

from milaid.errors import SourceError
from milaid.sources.fmtr.hypertext import read_hypertext


@pytest.fixture
def read(tmp_path):
    def read(body, charset="utf-8", head=""):
        path = tmp_path / "page.html"
        path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>\n".encode(charset))
        return read_hypertext(path)

    return read


def test_title_texts_and_rows_are_kept_apart(read):
    page = read(
        "<h1>Africa</h1> before <table><tr><td>a</td><td>b</td></tr></table> after",
        head="<title>The\n  report</title>",
    )
    assert page.title == "The report"
    assert page.texts == ["Africa", "before", "after"]
    assert page.rows == [["a", "b"]]


def test_empty_cells_keep_their_place_and_blanks_that_do_not_break_are_blanks(read):
    page = read(
        "<table><tr><td></td><td>&nbsp;</td><td> x&nbsp; y </td><td><p> </p></td></tr><tr></tr></table>"
    )
    assert page.rows == [["", "", "x y", ""], []]


def test_cells_and_rows_that_are_not_closed_end_where_the_next_begins(read):
    assert read("<table><tr><td>a<td>b<tr><th>c<td>d</table>").rows == [["a", "b"], ["c", "d"]]


def test_mark_up_within_a_cell_does_not_break_its_text_but_a_new_line_parts_two_words(read):
    page = read(
        "<table><tr><td>Z<b>imbabwe</b>, <i>Non</i>-Security<br>Assistance<p>FY 99</p>x</td></tr></table>"
    )
    assert page.rows == [["Zimbabwe, Non-Security Assistance FY 99 x"]]


def test_signs_written_by_name_or_number_are_those_shown(read):
    assert read("<table><tr><td>P&amp;E &lt;A&gt; &eacute; &#8217;</td></tr></table>").rows == [
        ["P&E <A> é ’"]
    ]


def test_what_a_reader_of_the_page_does_not_see_is_no_text(read):
    page = read("<script>var a = '<td>x</td>';</script><style>td {}</style><!-- <td>y</td> --><p>shown</p>")
    assert (page.rows, page.texts) == ([], ["shown"])


def test_a_table_within_a_cell_has_rows_of_its_own(read):
    page = read(
        "<table><tr><td>out<table><tr><td>in</td></tr></table></td></tr><tr><td>next</td></tr></table>"
    )
    assert page.rows == [["out"], ["in"], ["next"]]


@pytest.mark.parametrize(
    ("charset", "declared"), [("utf-8", ""), ("cp1252", '<meta charset="windows-1252">')]
)
def test_the_text_is_read_in_the_encoding_that_the_page_declares(read, charset, declared):
    assert read("<p>São Tomé’s</p>", charset, declared).texts == ["São Tomé’s"]


@pytest.mark.parametrize(
    ("charset", "declared", "cause"),
    [
        ("cp1252", "", "its text cannot be read as utf-8"),
        ("utf-8", '<meta charset="utf-99">', "its text cannot be read as utf-99"),
    ],
)
def test_a_page_in_another_encoding_than_it_declares_is_refused(read, charset, declared, cause):
    with pytest.raises(SourceError, match=rf"page\.html: {cause}.*save the page as it is"):
        read("<p>São Tomé</p>", charset, declared)


@pytest.mark.parametrize("end", ["</html>", "</HTML >\n\n", "</blockquote>", "</body></html>\r\n"])
def test_a_page_ends_with_its_last_mark_up(tmp_path, end):
    path = tmp_path / "page.html"
    path.write_text(f"<html><p>shown</p>{end}", encoding="utf-8")
    assert read_hypertext(path).texts == ["shown"]
