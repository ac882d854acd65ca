"""Links between reports: relative from every depth, plain text where the suite does not have the place."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from milaid.blocks import html, live, targets, typst
from milaid.blocks.block import Column, Prose, Related, Table, from_payload
from milaid.blocks.marked_html import HtmlWriter
from milaid.blocks.marked_typst import TypstWriter
from milaid.blocks.numbering import Numbering
from milaid.blocks.targets import Links
from milaid.errors import ReportError
from milaid.exhibits.tables import table_from_frame
from milaid.publish.files import document, page, pdf
from milaid.publish.files.exporters import MilaidHTMLExporter, MilaidPDFExporter
from samples import REPORT, front, notebook, short_table

SUITE = frozenset({"index", "country/CMR", "program/IMET", "data-quality"})


def table(**changes) -> Table:
    made = {
        "columns": (Column("recipient", "Recipient"), Column("page", "Page", "page")),
        "rows": (("Cameroon", "AF 5"), ("A & <b>", 7), ("All", None)),
        "roles": ("", "", "total"),
        "links": (
            ("recipient", ("country/CMR", "country/XXX", None)),
            ("page", ('https://a.org/x.pdf?a="1"&b#page=5', None, None)),
        ),
        "note": "",
    }
    return short_table("t", **{**made, **changes})


@pytest.mark.parametrize(
    ("place", "target", "address"),
    [
        ("annual/2014", "country/CMR", "../country/CMR.html"),
        ("country/KEN", "country/CMR", "CMR.html"),
        ("country/KEN", "index", "../index.html"),
        ("program-guide", "country/CMR", "country/CMR.html"),
        ("index", "data-quality", "data-quality.html"),
        ("index", "country/CMR#table-3", "country/CMR.html#table-3"),
        ("country/CMR", "country/CMR", None),
        ("country/CMR", "country/CMR#table-3", "#table-3"),
        ("annual/2014", "country/TCD", None),
        ("", "country/CMR", None),
        ("annual/2014", None, None),
        ("", "https://www.state.gov/", "https://www.state.gov/"),
    ],
)
def test_an_address_is_relative_to_the_document(place: str, target: str, address: str | None) -> None:
    assert Links(place, SUITE).address(target) == address


def test_a_report_made_alone_links_to_the_web_and_to_nothing_else() -> None:
    assert Links().address("country/CMR") is None
    assert Links("annual/2014").address("country/CMR") is None


def test_marked_text_links_to_what_is_there_and_says_the_rest_plainly() -> None:
    source = "See [Cameroon](report:country/CMR), [*Chad*](report:country/TCD), [State](https://a.org/)."
    writer = HtmlWriter(Numbering(), links=Links("annual/2014", SUITE))
    assert writer.inline(source) == (
        'See <a href="../country/CMR.html">Cameroon</a>, <em>Chad</em>, <a href="https://a.org/">State</a>.'
    )
    assert "report:" not in HtmlWriter(Numbering()).inline(source)
    print_ = TypstWriter(Numbering(), Links("annual/2014", SUITE)).inline(source)
    assert print_.count("#link(") == 1 and "country/" not in print_ and "report:" not in print_


def test_a_link_inside_the_footnote_of_a_link_is_closed_where_it_belongs() -> None:
    writer = HtmlWriter(Numbering(), links=Links("annual/2014", SUITE))
    shown = writer.inline("[a^[[b](report:country/CMR)]](report:country/TCD) and [c](report:program/IMET)")
    assert shown.count("<a ") == shown.count("</a>") == 2
    assert writer.footnotes == ['<a href="../country/CMR.html">b</a>']


def test_cells_link_to_places_of_the_suite_and_to_web_addresses() -> None:
    numbering = Numbering()
    numbering.add(table())
    shown = html.render(table(), HtmlWriter(numbering, links=Links("annual/2014", SUITE)))
    body = re.search(r"<tbody>(.*)</tbody>", shown, re.DOTALL)
    assert body is not None
    assert '<a href="../country/CMR.html">Cameroon</a>' in body[1]
    assert '<a href="https://a.org/x.pdf?a=&quot;1&quot;&amp;b#page=5">AF 5</a>' in body[1]
    assert "A &amp; &lt;b&gt;" in body[1] and "XXX" not in body[1]
    assert body[1].count("<a ") == 2
    assert "country/CMR" not in live.live(table())


def test_in_print_cells_link_to_web_addresses_only() -> None:
    numbering = Numbering()
    numbering.add(table())
    shown = typst.render(table(), TypstWriter(numbering, Links("annual/2014", SUITE)))
    cells = shown[shown.index("#data-table") :]
    assert 'link("https://a.org/x.pdf?a=\\"1\\"&b#page=5", "AF 5")' in cells
    assert "CMR" not in cells
    assert pdf.render(document.build(notebook([table()]))).startswith(b"%PDF")


def test_related_reports_show_those_of_the_suite_or_nothing() -> None:
    block = Related((("Cameroon", "country/CMR"), ("Chad", "country/TCD"), ("IMET & more", "program/IMET")))
    links = Links("annual/2014", SUITE)
    shown = html.render(block, HtmlWriter(Numbering(), links=links))
    assert re.findall(r'href="([^"]*)">([^<]*)<', shown) == [
        ("../country/CMR.html", "Cameroon"),
        ("../program/IMET.html", "IMET &amp; more"),
    ]
    assert typst.render(block, TypstWriter(Numbering(), links)) == '#related("Cameroon", "IMET & more");\n'
    assert html.render(block, HtmlWriter(Numbering())) == typst.render(block, TypstWriter(Numbering())) == ""
    pdf.render(document.build(linked([block])))


def test_blocks_with_links_come_back_from_json() -> None:
    for block in (table(), Related((("Cameroon", "country/CMR"),))):
        assert from_payload(json.loads(json.dumps(block.payload()))) == block


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"links": (("nation", (None, None, None)),)}, "'nation', which is no column"),
        ({"links": (("page", (None,)),)}, "1 links of 'page' for 3 rows"),
        ({"pdf_rows": 0}, "pdf_rows is 0"),
    ],
)
def test_links_that_do_not_fit_the_table_are_an_error(changes: dict, message: str) -> None:
    with pytest.raises(ReportError, match=f"table 't' has .*{message}"):
        table(**changes)


def test_unknown_kinds_of_targets_are_named_with_cell_and_exhibit() -> None:
    wrong = table(links=(("recipient", ("nation/CMR", "javascript:x", None)),))
    with pytest.raises(ReportError) as caught:
        document.build(notebook([wrong, Prose("[x](report:country)"), "[y](report:nowhere/at-all)"]))
    message = str(caught.value)
    assert "cell 1: table 't': 'nation/CMR' is no web address and no place" in message
    assert "cell 1: table 't': 'javascript:x'" in message
    assert "cell 2: prose: 'country' is no" in message
    assert "cell 3: 'nowhere/at-all' is no" in message


def linked(parts: list, place: str = "annual/2014", links: frozenset[str] = SUITE):
    about = {"report": place.partition("/")[0], "paper": "a4", "place": place, "links": sorted(links)}
    return notebook(parts, milaid=about)


def test_the_places_of_a_document_are_those_of_all_its_parts() -> None:
    made = document.build(
        notebook(
            [
                front(),
                "## One [a](report:region/africa)\n\n[b](report:glossary#imet)",
                table(note="[c](report:annual/2013)"),
                Related((("d", "program/IMET"), ("e", "https://a.org/"))),
            ]
        )
    )
    assert made.places() == {
        "index", "region/africa", "glossary", "country/CMR", "country/XXX", "annual/2013", "program/IMET",
    }  # fmt: skip


def test_a_page_of_the_suite_leads_to_the_index_and_to_its_kind() -> None:
    shown = page.render(document.build(linked([front(), "## One"])))
    assert '<a href="../index.html">All reports</a>' in shown
    assert '<a href="../index.html#annual">Annual trends reports</a>' in shown
    single = page.render(document.build(linked([front(), "## One"], "data-quality")))
    assert '<a href="index.html">All reports</a>' in single and "index.html#" not in single
    alone = page.render(document.build(linked([front(), "## One"], links=frozenset())))
    assert "All reports" not in alone


def test_the_exporters_give_the_same_links_as_the_report() -> None:
    made = linked([front(), "## One\n\n[b](report:country/CMR)", table()])
    report = document.build(made)
    assert MilaidHTMLExporter().from_notebook_node(made)[0] == page.render(report)
    assert MilaidPDFExporter().from_notebook_node(made)[0] == pdf.render(report)
    assert '<a href="../country/CMR.html">b</a>' in page.render(report)


def test_tables_from_frames_take_targets_from_a_column_or_a_function() -> None:
    frame = pd.DataFrame(
        {"region": ["A", "A", "B"], "name": ["x", "y", "z"], "n": [3, 2, 1], "to": ["index", None, "data"]}
    )
    made = table_from_frame(
        frame,
        (Column("name", "Name"), Column("n", "N", "integer")),
        key="t",
        title="T",
        alt="A",
        sources=(REPORT,),
        group="region",
        top=2,
        other_label="Other",
        total_label="All",
        links={"name": "to", "n": lambda values: values.map({3: "glossary"})},
    )
    assert made.roles == ("group", "", "", "other", "total")
    assert made.links == (
        ("name", (None, "index", None, None, None)),
        ("n", (None, "glossary", None, None, None)),
    )


def test_links_of_a_frame_without_such_a_column_are_an_error() -> None:
    frame = pd.DataFrame({"name": ["x"]})
    with pytest.raises(ReportError, match="'nothing', which is not in the frame") as caught:
        table_from_frame(
            frame, (Column("name", "Name"),), key="t", title="T", alt="A", sources=(REPORT,),
            links={"name": "nothing", "page": "name"},
        )  # fmt: skip
    assert "links for 'page', which is no column shown" in str(caught.value)


@pytest.mark.parametrize(
    "wrong", ["", "country/", "/CMR", "country/a/b", "country/../x", "ftp://a", "a b", "a_b"]
)
def test_what_is_no_target(wrong: str) -> None:
    assert not targets.is_target(wrong)
