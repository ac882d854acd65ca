from __future__ import annotations

import re

import pytest
from nbformat import v4

from milaid.blocks.block import Fact, Finding, Findings, KeyFacts, Prose, Source
from milaid.errors import ReportError
from milaid.publish.files import document, page, pdf
from samples import figure, front, full_report, matrix, notebook, short_table


def test_exhibits_are_numbered_by_kind_in_order_of_appearance() -> None:
    built = document.build(
        notebook([figure("a", note=""), short_table("b", note=""), figure("c", note=""), matrix("d", 3)])
    )
    labels = {key: built.numbering.number(key).label.replace("\u00a0", " ") for key in "abcd"}
    assert labels == {"a": "Figure 1", "b": "Table 1", "c": "Figure 2", "d": "Table A1"}
    assert built.numbering.number("d").anchor == "table-a1"


def test_every_unknown_key_is_named_with_cell_heading_and_nearest_key() -> None:
    parts = ["# T\n\n## The total", figure("long_series", note=""), Prose("[[long_serie]]"), "see [[top]]"]
    with pytest.raises(ReportError) as caught:
        document.build(notebook([*parts, Findings((Finding("x", "[[lng_series]]"),))]))
    message = str(caught.value)
    assert (
        "cell 3 below 'The total': no exhibit has the key 'long_serie'; did you mean 'long_series'?"
        in message
    )
    assert "cell 4" in message
    assert "cell 5" in message


def test_a_key_used_for_two_exhibits_is_an_error() -> None:
    with pytest.raises(ReportError, match=r"cell 2: the key 'a' is used a second time.*key='a_2'"):
        document.build(notebook([figure("a", note=""), figure("a", note="", title="Another")]))


def test_an_exhibit_shown_twice_has_one_number_and_two_places() -> None:
    twice = [figure("a", note=""), short_table("t", note="")] * 2
    built = document.build(notebook([front(), "## One", *twice, front(), "see [[a]]"]))
    assert [exhibit.key for exhibit in built.exhibits()] == ["a", "t"]
    html = page.render(built)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {"figure-1", "figure-1-again-2", "table-1", "table-1-again-2"} <= set(ids)
    assert "Figure\u00a02" not in html
    assert html.count('<a href="#figure-1">') == 2  # the two lists of contents
    assert pdf.render(built).startswith(b"%PDF")


def test_what_stands_above_the_front_speaks_to_the_person_at_the_notebook() -> None:
    built = document.build(notebook(["# How to use\n\nsecret", front(), "## One", "text"]))
    assert built.title == front().title
    assert [section.title for section in built.sections] == ["One"]
    assert "secret" not in page.render(built)


def test_without_a_front_the_first_heading_is_the_title() -> None:
    built = document.build(notebook(["# My *own* notebook\n\nintro\n\n## One\n\ntext", "## One"]))
    assert built.title == "My own notebook"
    assert [section.title for section in built.sections] == ["", "One", "One"]
    assert [section.anchor for section in built.sections] == ["", "section-one", "section-one-2"]


def test_a_notebook_without_headings_is_called_by_its_name() -> None:
    assert document.build(notebook(["text"]), "some name").title == "some name"


def test_cells_tagged_notebook_only_are_left_out() -> None:
    made = notebook(["## One", "hidden words"])
    made.cells[1].metadata["tags"] = ["notebook-only"]
    assert "hidden words" not in page.render(document.build(made))


def test_outputs_that_are_no_block_are_shown_and_code_is_not() -> None:
    table = {"text/html": "<table><tr><td>rich 7</td></tr></table>", "text/plain": "plain 7"}
    outputs = [
        v4.new_output("display_data", table),
        v4.new_output("stream", name="stdout", text="said <this>"),
        v4.new_output("stream", name="stderr", text="a warning"),
        v4.new_output(
            "display_data", {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'}
        ),
    ]
    built = document.build(notebook(["# T", outputs]))
    html = page.render(built)
    assert "rich 7" in html
    assert "said &lt;this&gt;" in html
    assert "Warnings and messages</p><pre>a warning</pre>" in html
    assert "shown()" not in html
    assert 'alt="Figure of the notebook, cell 2"' in html
    assert pdf.render(built).startswith(b"%PDF")


def test_a_script_in_an_output_is_not_put_on_the_page() -> None:
    output = v4.new_output("display_data", {"text/html": "<script>x()</script>", "text/plain": "plain"})
    html = page.render(document.build(notebook([[output]])))
    assert "x()" not in html
    assert "plain" in html


def test_an_error_in_a_notebook_is_shown() -> None:
    output = v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    assert "ValueError: no" in page.render(document.build(notebook([[output]])))


def test_a_block_that_cannot_be_read_names_its_cell() -> None:
    made = notebook([figure("a", note="")])
    made.cells[0].outputs[0]["data"]["application/vnd.milaid.block+json"]["surplus"] = 1
    with pytest.raises(ReportError, match=r"cell 1: its block cannot be read: .*'surplus'"):
        document.build(made)


def test_the_page_of_a_whole_report_loads_nothing_and_has_one_of_each_id() -> None:
    html = page.render(document.build(notebook(full_report())))
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= set(ids)
    assert not re.search(r'src="(?!data:)', html)
    assert not re.search(r"<(?:link|img|iframe|object)[^>]+https?://", html)
    assert "url(http" not in html
    assert len(html.encode()) < page.MOST_BYTES


def test_facts_and_findings_name_only_exhibits_that_the_report_shows() -> None:
    findings = Findings((Finding("x", "y", ("long_series", "places")),))
    facts = KeyFacts((Fact("1", "people", "none", ref="places"),), (Source("s"),), "a\n1\n")
    built = document.build(notebook(["# T\n\n## The total", figure("long_series", note=""), findings, facts]))
    [shown] = [block for block in built.blocks() if isinstance(block, Findings)]
    assert shown.findings[0].refs == ("long_series",)
    [shown_facts] = [block for block in built.blocks() if isinstance(block, KeyFacts)]
    assert shown_facts.facts[0].ref == ""
