"""What a page offers besides reading: files, citation, how it was made, and what it says to programs."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode, v4

from milaid.blocks.block import Column, Definitions
from milaid.errors import RequestError
from milaid.publish.files import document, page
from milaid.publish.files.card import NAME
from milaid.publish.files.cited import Cited
from milaid.publish.files.document import Mark
from milaid.publish.files.exporters import MilaidHTMLExporter
from milaid.publish.site.addresses import require_address, with_address
from samples import HOSTILE, figure, front, full_report, notebook, short_table

PARAMETERS = {"country": "CMR", "fiscal_year": 2014}
DIGESTS = {"version": "0.1.0", "data": "d1d1", "code": "c2c2"}


def built(*parts: Any, formats: tuple[str, ...] = ("html", "pdf"), **changes: Any) -> NotebookNode:
    """Return a notebook as a build leaves it."""
    about = {"report": "country", "place": "country/CMR", "parameters": PARAMETERS, "formats": list(formats)}
    made = notebook(
        [front(), "## One", *(parts or (figure(note=""),))],
        milaid={**about, **changes},
        milaid_inputs=DIGESTS,
    )
    cell = v4.new_code_cell(
        'country = "CMR"\nfiscal_year = 2014', metadata={"tags": ["parameters"]}, id="values"
    )
    made.cells.insert(0, cell)
    for count, cell in enumerate((cell for cell in made.cells if cell.cell_type == "code"), start=1):
        cell.execution_count = count
    return made


def shown(made: NotebookNode, *marks: Mark) -> str:
    report = document.build(made)
    report.marks = marks
    return page.render(report)


def graph(html: str) -> dict[str, dict[str, Any]]:
    """Return what a page says to programs, by type."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    said = json.loads(found[1])
    assert said["@context"] == "https://schema.org"
    return {entry["@type"]: entry for entry in said["@graph"]}


def offered(html: str) -> list[str]:
    found = re.search(r'<nav class="offers".*?</nav>', html, re.DOTALL)
    return re.findall(r'href="([^"]*)"', found[0]) if found else []


def test_a_built_report_offers_its_files_its_citation_and_how_it_was_made() -> None:
    html = shown(built())
    assert offered(html) == ["CMR.pdf", "CMR.xlsx", "CMR.zip", "CMR.ipynb", "#cite", "#made"]
    assert offered(shown(built(formats=("html",))))[0] == "CMR.xlsx"


def test_a_copy_that_is_exported_elsewhere_offers_no_files(tmp_path: Path) -> None:
    there = {"metadata": {"path": str(tmp_path), "name": "CMR"}}
    assert offered(MilaidHTMLExporter().from_notebook_node(built(), there)[0]) == ["#cite", "#made"]
    (tmp_path / "CMR.zip").write_bytes(b"")
    assert "CMR.pdf" in offered(MilaidHTMLExporter().from_notebook_node(built(), there)[0])


def test_every_place_that_is_offered_on_the_page_is_there() -> None:
    html = shown(built())
    for name in ("cite", "made"):
        assert html.count(f'id="{name}"') == 1


def test_it_says_parameters_versions_digests_and_the_command() -> None:
    made = unescape(shown(built()).partition('id="made"')[2])
    for said in ("country: CMR; fiscal year: 2014", "milaid 0.1.0, code c2c2", "d1d1"):
        assert said in made
    assert "milaid report country --country CMR --fiscal-year 2014" in made


def test_a_notebook_with_other_values_or_a_mark_offers_no_files_of_the_published_one() -> None:
    changed = built()
    changed.cells[0].source = 'country = "KEN"\nfiscal_year = 2014'
    assert offered(shown(changed)) == ["#cite"]
    assert offered(shown(built(), Mark("Draft", "Not run."))) == []


def test_a_report_that_is_none_of_the_suite_is_neither_cited_nor_licensed_for_others() -> None:
    html = shown(notebook([front(), "## One", figure(note="")]))
    assert offered(html) == []
    report = graph(html)["Report"]
    assert report["name"] == front().title
    assert not {"license", "author", "publisher"} & set(report)


def test_programs_read_the_report_and_its_data() -> None:
    said = graph(shown(built()))
    report, data = said["Report"], said["Dataset"]
    assert report["name"] == front().title and report["description"] == front().standfirst
    assert [file["contentUrl"] for file in report["encoding"]] == ["CMR.pdf", "CMR.ipynb"]
    assert report["image"] == f"CMR/{NAME}"
    assert [file.get("contentUrl") for file in data["distribution"]] == ["CMR.xlsx", "CMR.zip", None]
    assert data["distribution"][-1]["url"] == "#figure-1"
    assert data["license"] == report["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["isBasedOn"][0]["url"].startswith("https://")


def test_no_text_ends_the_script_of_the_data() -> None:
    html = shown(built(figure(note="", title=HOSTILE)))
    assert graph(html)["Dataset"]["distribution"][-1]["name"] == HOSTILE


def test_the_citation_for_other_programs_has_the_ends_of_lines_that_they_ask_for() -> None:
    assert (
        'href="data:application/x-research-info-systems;charset=utf-8,TY%20%20-%20RPRT%0D%0AAU%20%20-%20'
        in shown(built())
    )


def test_a_picture_is_named_only_where_it_is_made() -> None:
    tags = dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)"', shown(built()))
    )
    assert tags["og:image"] == f"CMR/{NAME}" and tags["twitter:card"] == "summary_large_image"
    assert unescape(tags["og:title"]) == front().title
    assert "og:image" not in shown(built(formats=("html",)))


def test_the_address_of_the_site_makes_addresses_whole() -> None:
    html = with_address(shown(built()), "country/CMR.html", "https://example.org/a")
    assert f'property="og:image" content="https://example.org/a/country/CMR/{NAME}"' in html
    assert '<link rel="canonical" href="https://example.org/a/country/CMR.html">' in html
    assert 'property="og:url" content="https://example.org/a/country/CMR.html"' in html


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org/", "https://a b", "https://a/?q"])
def test_what_is_no_address_of_a_site_is_refused(address: str) -> None:
    with pytest.raises(RequestError, match="--address"):
        require_address(address)


def test_a_report_is_cited_as_text_and_for_two_kinds_of_programs() -> None:
    cited = Cited("Aid & 5% more", "A series", "Country profile", "country/CMR")
    assert cited.text.startswith("The milaid authors. Aid & 5% more. A series, country profile, version ")
    assert r"title = {Aid \& 5\% more}" in cited.bibtex and cited.bibtex.startswith(
        "@techreport{milaid-country-CMR,"
    )
    assert cited.ris.startswith("TY  - RPRT\n") and "\nTI  - Aid & 5% more\n" in cited.ris
    assert cited.ris.endswith("\nER  - \n")


def many_rows(**changes: Any) -> Any:
    """Return a table of 400 rows in two groups with a total, of which print shows 150."""
    columns = (Column("unit", "Unit"), Column("n", "Number", "integer"))
    rows = [
        ("A", None),
        *((f"Unit {i}", i) for i in range(200)),
        ("B", None),
        *((f"Unit {i}", i) for i in range(200, 400)),
    ]
    roles = ("group", *[""] * 200, "group", *[""] * 200, "total")
    values = {"columns": columns, "rows": (*rows, ("All", 9)), "roles": roles, "pdf_rows": 150, **changes}
    return short_table("t", note="", **values)


def test_print_leaves_out_the_rows_that_the_pdf_leaves_out_and_says_so() -> None:
    html = shown(notebook(["# T", many_rows()]))
    parts = re.findall(r"<tbody([^>]*)>(.*?)</tbody>", html, re.DOTALL)
    kept = "".join(body for attributes, body in parts if "unprinted" not in attributes)
    assert [int(n) for n in re.findall(r"Unit (\d+)", kept)] == list(range(150))
    assert 'class="total"' in kept and ">B<" not in kept
    assert "the first 150 rows of 400. The other 250 are on the HTML page of this report" in html
    assert (
        "unprinted"
        not in shown(notebook(["# T", many_rows(pdf_rows=None)]))
        .partition("<main")[2]
        .partition("<script")[0]
    )


def test_every_head_of_a_table_says_what_it_is_the_head_of() -> None:
    for parts in (full_report(), ["# T", many_rows()]):
        html = shown(notebook(parts)).partition("<main")[2].partition("<script")[0]
        heads = re.findall(r"<th\b[^>]*>", html)
        assert heads and all(re.search(r"\bscope=\"?(col|row|rowgroup|colgroup)\b", head) for head in heads)


def test_a_term_with_two_meanings_stands_once() -> None:
    block = Definitions((("A", "one"), ("B", "two"), ("A", "three")))
    html = shown(notebook(["# T", block]))
    assert html.count("<dt>A</dt>") == 1
    assert "<dt>A</dt><dd><p>one</p>\n</dd><dd><p>three</p>\n</dd>" in re.sub(
        r"</p>\s*</dd>", "</p>\n</dd>", html
    )


def test_the_scripts_of_a_page_stay_small() -> None:
    scripts = re.findall(r"<script>(.*?)</script>", shown(notebook(full_report())), re.DOTALL)
    assert 5_000 < sum(map(len, scripts)) < 17_500
    assert "onclick" not in "".join(scripts)
