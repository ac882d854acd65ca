"""Whatever names, headings, cells and notes hold: a page runs nothing that milaid did not write, and its policy says so."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from milaid.blocks.block import Column, Prose, Table
from milaid.publish.files import crate, document, page
from milaid.publish.files.policy import policy
from milaid.publish.registry.checking import check
from milaid.tables.recipient_codes import slug
from samples import REPORT, figure, front, notebook

HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>", "</style><script>alert(1)</script>", '" onload="alert(1)', "<img src=x onerror=alert(1)>",
        "{{ 7 * 7 }}", "{% raw %}", "{# no #}", '#import "x"', "#eval(\"1\")", "$ x $", "=HYPERLINK(\"x\")", "@SUM(1)", "\u202egnp.exe\u202c",
        "\u2066x\u2069", "עברית", "العربية", "\u200b", "a\u0300", "\x00", "\x1b[31m", "\x7f", "\ufffe", "\\input{x}", "`x`", "[x](javascript:alert(1))",
        "]]>", "<!--", "-->", "&lt;script&gt;", "<svg onload=alert(1)>", "<style>*{display:none}</style>", "\r\n", "../../x", "CON", "a/b\\c",
    ]
)  # fmt: skip
TEXT = st.lists(HOSTILE | st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=3).map(
    "".join
)


class Seen(HTMLParser):
    """What a browser would run or load of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.handlers: list[str] = []
        self.loads: list[str] = []
        self.scripts = 0
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.scripts += tag == "script"
        for name, value in attrs:
            if name.startswith("on") or (
                name in ("href", "src") and (value or "").strip().lower().startswith("javascript:")
            ):
                self.handlers.append(f"{tag} {name}")
            if name == "src" and not (value or "").startswith("data:"):
                self.loads.append(f"{tag} {value}")


def table_of(cells: list[str], title: str) -> Table:
    rows = tuple({"name": cell, "value": number} for number, cell in enumerate(cells))
    return Table(
        key="cells", title=title, subtitle=title, alt=title, note="", sources=(REPORT,), csv="name,value\n",
        columns=(Column("name", title), Column("value", "Value", "integer")), rows=rows,
    )  # fmt: skip


def html_of(texts: list[str]) -> tuple[str, document.Document]:
    first, second, third, fourth = texts
    escaped = [re.sub(r"([\\`*_\[\]<>#$|~^{}!-])", r"\\\1", " ".join(t.split())) for t in texts]
    parts = [
        front(),
        f"## {first}",
        second,
        Prose(f"Text {escaped[1]}"),
        figure(note=""),
        table_of([first, second, third, fourth], f"A title {escaped[2]}"),
    ]
    built = document.build(notebook(parts))
    return page.render(built), built


@given(st.lists(TEXT, min_size=4, max_size=4))
@settings(max_examples=60)
def test_a_page_runs_nothing_else(texts: list[str]) -> None:
    plain, _ = html_of(["a", "b", "c", "d"])
    html, _ = html_of(texts)
    seen, usual = Seen(), Seen()
    seen.feed(html)
    usual.feed(plain)
    assert seen.scripts == usual.scripts
    assert seen.handlers == seen.loads == []
    assert "iframe" not in seen.tags
    stated = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert stated is not None
    assert unescape(stated[1]) == policy(html)
    # Scripts and sheets are the same, whatever the texts are.
    assert [
        line for line in policy(html).split("; ") if line.startswith(("script-src", "style-src-elem"))
    ] == [line for line in policy(plain).split("; ") if line.startswith(("script-src", "style-src-elem"))]


@given(st.lists(TEXT, min_size=4, max_size=4), st.dictionaries(TEXT, st.just("0" * 64), max_size=3))
@settings(max_examples=40)
def test_a_manifest_says_what_it_was_given(texts: list[str], inputs: dict[str, str]) -> None:
    _, built = html_of(texts)
    files = {"../2014.html": crate.File(1, "1" * 64), "figure-1.csv": crate.File(2, "2" * 64)}
    made = crate.render(built, check("annual", {}), {"version": "1", **inputs}, files)
    graph = json.loads(made)["@graph"]
    assert len({entity["@id"] for entity in graph}) == len(graph)
    assert {entity["name"] for entity in graph if entity["@id"].startswith("#input-")} == set(inputs) - {
        "version"
    }
    assert all(entity["@id"].isascii() for entity in graph)


@given(TEXT)
def test_a_name_as_a_part_of_an_address_stays_in_its_folder(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))
