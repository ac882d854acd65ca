"""An exhibit by itself, as a picture and on paper; a report on a phone; a search in the page."""

from __future__ import annotations

import base64
from typing import Any

import pypdfium2
import pytest
from browsing import BROWSER, Browser, Show

from milaid.blocks.block import Column, Finding, Findings, Prose, Table
from samples import figure, front, full_report, key_facts, short_table

pytestmark = pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path")

LAST = "Unit 1199"
LANDMARKS = """[...document.body.children].filter(e => !e.matches('main,aside,header,footer,nav,script,.skip,[role]') &&
  e.textContent.trim() && !e.querySelector('main')).length"""


def many(rows: int = 1200, **changes: Any) -> Table:
    columns = (
        Column("unit", "Unit as printed"),
        Column("course", "Course"),
        Column("n", "Number", "integer"),
    )
    body = (*((f"Unit {i}", f"Course {i % 7}", i) for i in range(rows)), ("All", None, 99))
    return short_table("t", note="", columns=columns, rows=body, roles=("",) * rows + ("total",), **changes)


def report() -> list[Any]:
    """Return a report with a summary and two sections."""
    found = Findings((Finding("Fewer.", "They fell.", ("long_series",)),))
    first = ["## First", Prose("Words of the first."), figure(note="See [[t]].")]
    return [
        front(),
        "## Key facts",
        key_facts(),
        "## Findings",
        found,
        *first,
        "## Second",
        Prose("Words of the second."),
        many(),
    ]


def visible(browser: Browser, selector: str) -> list[bool]:
    return browser.run(f"[...document.querySelectorAll({selector!r})].map(e => e.checkVisibility())")


def until(browser: Browser, condition: str) -> None:
    """Wait until a condition holds; the browser runs out of patience where it never does."""
    browser.run(
        f"new Promise(done => {{ (function look() {{ ({condition}) ? done() : requestAnimationFrame(look) }})() }})"
    )


def share(browser: Browser, anchor: str) -> None:
    """Open what can be done with an exhibit."""
    browser.run(f"document.querySelector('#{anchor} .uses').open = true")
    until(browser, f"document.querySelector('#{anchor} .uses code')")


def press(browser: Browser, label: str) -> None:
    browser.run(f"[...document.querySelectorAll('button')].find(b => b.textContent === {label!r}).click()")


@pytest.mark.parametrize(("anchor", "kind"), [("figure-1", "FIGURE"), ("table-1", "DIV")])
def test_an_exhibit_is_shown_alone_where_a_page_embeds_it(show: Show, anchor: str, kind: str) -> None:
    browser = show(report(), f"embed={anchor}")
    assert browser.run("[...document.body.children].map(e => e.tagName)") == ["MAIN"]
    assert browser.run("[...document.querySelectorAll('.exhibit')].map(e => e.id + ' ' + e.tagName)") == [
        f"{anchor} {kind}"
    ]
    seen = browser.run("document.body.innerText")
    assert "Source" in seen and f"From: {front().title}" in seen and "Words of" not in seen
    links = browser.run(
        "[...document.querySelectorAll('a:not([download])')].map(a => [a.target, a.href.split('/').pop()])"
    )
    assert links and all(target == "_blank" for target, _ in links)
    assert ["_blank", f"page.html#{anchor}"] in links


def test_a_name_of_no_exhibit_shows_the_report(show: Show) -> None:
    browser = show(report(), "embed=figure-9")
    assert browser.run("document.querySelectorAll('main>section').length") == 4


def saved(browser: Browser, label: str) -> dict[str, Any]:
    """Return what a button gives to be saved: its type, its name and its content."""
    return browser.run(
        "new Promise(done => { URL.createObjectURL = content => { window.content = content; return '#' };"
        "HTMLAnchorElement.prototype.click = function () { var name = this.download, reader = new FileReader();"
        "reader.onload = () => done({ name: name, type: window.content.type, address: reader.result });"
        "reader.readAsDataURL(window.content) };"
        f"[...document.querySelectorAll('.uses button')].find(b => b.textContent === {label!r}).click() }})"
    )


def test_a_figure_is_saved_with_title_source_and_fonts(show: Show) -> None:
    browser = show([front(), "## One", figure(note="")])
    browser.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    share(browser, "figure-1")
    drawing = saved(browser, "Drawing (SVG)")
    browser.send("Emulation.setEmulatedMedia", features=[])
    assert (drawing["name"], drawing["type"]) == ("page-figure-1.svg", "image/svg+xml")
    text = base64.b64decode(drawing["address"].partition(",")[2]).decode()
    for said in (
        "Figure 1",
        "Course participants fell by 24.0%",
        "Source: Foreign Military",
        "font/woff2",
        front().title,
    ):
        assert said in text
    assert "var(" not in text and 'fill="#ffffff"' in text.lower()
    picture = saved(browser, "Picture (PNG)")
    assert (picture["name"], picture["type"]) == ("page-figure-1.png", "image/png")
    content = base64.b64decode(picture["address"].partition(",")[2])
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert width == 2 * (760 + 48) and height > 2 * 320
    assert len(content) > 20_000


def test_address_and_embed_code_can_be_copied(show: Show) -> None:
    browser = show(report())
    share(browser, "table-1")
    address, code = browser.run("[...document.querySelectorAll('#table-1 code')].map(e => e.textContent)")
    assert address.endswith("page.html#table-1")
    assert code.startswith("<iframe ") and 'page.html#embed=table-1"' in code
    press(browser, "Copy address")
    assert browser.run("getSelection().toString()") == address


def test_a_phone_opens_with_the_summary_and_the_other_sections_folded(show: Show) -> None:
    browser = show(report(), width=390)
    assert browser.run(
        "[...document.querySelectorAll('main h2 button')].map(b => b.textContent + b.ariaExpanded)"
    ) == [
        "Firstfalse",
        "Secondfalse",
    ]
    assert visible(browser, ".facts,.findings,.plot.narrow,#table-1") == [True, True, False, False]
    press(browser, "First")
    assert visible(browser, ".plot.narrow,#table-1") == [True, False]
    browser.run("location.hash = 'table-1'")
    until(browser, "document.querySelector('#table-1').checkVisibility()")
    assert browser.run("document.documentElement.scrollWidth") == 390


def test_a_link_from_elsewhere_opens_the_section_it_leads_to(show: Show) -> None:
    browser = show(report(), "table-1", width=390)
    assert visible(browser, ".plot.narrow,#table-1") == [False, True]


def test_without_scripts_and_on_a_wide_window_nothing_is_folded(show: Show) -> None:
    assert visible(show(report()), "main .plot.wide,#table-1") == [True, True]
    browser = show(report(), width=390, scripts=False)
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    assert visible(browser, ".plot.narrow,#table-1") == [True, True]
    assert len([row for row in visible(browser, "#table-1 tbody tr") if row]) == 1201


def test_a_turned_phone_opens_what_was_folded(show: Show) -> None:
    browser = show(report(), width=390)
    browser.resize(844)
    until(browser, "document.querySelector('#table-1').checkVisibility()")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_search_in_the_page_finds_rows_that_are_not_shown(show: Show, width: int) -> None:
    """A text fragment is found as a search finds it."""
    row = (
        "[...document.querySelectorAll('#table-1 tbody th')].find(e => e.textContent.trim() === 'Unit 1199')"
    )
    browser = show(report(), width=width)
    assert browser.run(f"{row}.checkVisibility()") is False
    browser.send(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}]
    )
    browser = show(report(), f":~:text={LAST.replace(' ', '%20')}", width=width)
    until(
        browser, f"{row}.checkVisibility() && {row}.getBoundingClientRect().top < innerHeight && scrollY > 0"
    )
    browser.send("Emulation.setEmulatedMedia", features=[])
    assert browser.run("document.querySelector('#table-1 [role=status]').textContent").startswith(
        "1,200 rows."
    )
    assert browser.run("document.querySelector('#table-1 .more').hidden")


def printed(browser: Browser) -> list[str]:
    """Return the text of each page that the browser prints."""
    content = base64.b64decode(browser.send("Page.printToPDF", preferCSSPageSize=True)["data"])
    pages = pypdfium2.PdfDocument(content)
    return [sheet.get_textpage().get_text_range() for sheet in pages]


@pytest.mark.parametrize("width", [390, 1280])
def test_print_has_the_rows_of_the_pdf_below_repeated_heads(show: Show, width: int) -> None:
    parts = report()
    parts[-1] = many(pdf_rows=120)
    pages = printed(show(parts, width=width))
    assert 3 <= len(pages) <= 9
    of_table = [
        text for text in pages if any(f"Unit {i} Course" in text.replace("\r\n", " ") for i in range(120))
    ]
    assert len(of_table) > 1 and all("Unit as printed" in text for text in of_table)
    whole = " ".join(pages)
    assert (
        "Unit 119" in whole
        and "Unit 120 " not in whole
        and "the first 120 rows of 1,200" in whole.replace("\r\n", " ")
    )
    assert "Words of the second" in whole


def test_without_scripts_print_is_as_short(show: Show) -> None:
    parts = report()
    parts[-1] = many(pdf_rows=120)
    assert len(printed(show(parts, scripts=False))) <= 9


def test_all_that_a_page_shows_is_in_a_landmark_of_its_own_name(show: Show) -> None:
    for fragment in ("", "embed=figure-1"):
        browser = show(full_report(), fragment)
        assert browser.run(LANDMARKS) == 0
        roles = {"main", "navigation", "complementary", "contentinfo", "banner", "region", "search"}
        found = [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in browser.send("Accessibility.getFullAXTree")["nodes"]
            if node.get("role", {}).get("value") in roles and not node["ignored"]
        ]
        assert len(found) == len(set(found)) > 0
