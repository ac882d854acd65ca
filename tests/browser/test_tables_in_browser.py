"""Tables of more than twenty rows in a real browser: order, filter, keyboard, phone, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import BROWSER, Browser, Show

from milaid.blocks.block import Column, Table
from samples import long_table, matrix, short_table

pytestmark = pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path")

NAMES = [f"{name} {i}" for i in range(1, 9) for name in ("Åland", "Benin", "Côte d’Ivoire")]
COUNTS: list[Any] = [None if i % 6 == 5 else (-1) ** i * 300 * i for i in range(24)]
PLACES = [f"AF {30 - i}" for i in range(24)]


def grouped() -> Table:
    """Return 24 rows in two groups, every sixth without a count, and a total."""
    rows = [(NAMES[i], COUNTS[i], PLACES[i]) for i in range(24)]
    return short_table(
        "t",
        note="",
        columns=(
            Column("name", "Name"),
            Column("count", "Count", "change"),
            Column("page", "Page", "page"),
        ),
        rows=(("Near East", "", ""), *rows[:12], ("Africa", "", ""), *rows[12:], ("All", 1234, None)),
        roles=("group", *[""] * 12, "group", *[""] * 12, "total"),
    )


def huge(rows: int = 1200) -> Table:
    """Return a table of many rows."""
    return short_table(
        "t",
        note="",
        columns=(Column("unit", "Unit"), Column("course", "Course"), Column("n", "Number", "integer")),
        rows=(*((f"Unit {i}", f"Course {i % 7}", i * 7 % rows) for i in range(rows)), ("All", None, 99)),
        roles=("",) * rows + ("total",),
    )


def of(*tables: Table) -> list[Any]:
    """Return the parts of a page of tables."""
    return ["# T", *tables]


def column(browser: Browser, position: int) -> list[str]:
    """Return the cells of a column as a reader sees them, headings of groups included."""
    return browser.run(
        "[...document.querySelectorAll('.exhibit tbody tr')].filter(row => row.getClientRects().length && row.checkVisibility())"
        f".map(row => (row.cells[{position}] || row.cells[0]).textContent.trim())"
    )


def click(browser: Browser, selector: str, position: int = 0) -> None:
    browser.run(f"document.querySelectorAll('.exhibit {selector}')[{position}].click()")


def status(browser: Browser) -> str:
    return browser.run("document.querySelector('.exhibit [role=status]').textContent")


def filter_by(browser: Browser, words: str) -> None:
    """Type into the field and wait for the rows."""
    browser.run("document.querySelector('.exhibit input').select()")
    browser.type(words)
    browser.run("new Promise(done => setTimeout(done, 400))")


def test_numbers_sort_by_value_and_missing_ones_stand_last_both_ways(show: Show) -> None:
    browser = show(of(grouped()))
    shown = dict(zip(NAMES, COUNTS, strict=True))
    known = sorted((c for c in COUNTS if c is not None), reverse=True)
    click(browser, "thead button", 1)
    names = column(browser, 0)
    assert [shown[name] for name in names[:20]] == known
    assert names[-1] == "All" and column(browser, 1)[20:24] == [".."] * 4
    click(browser, "thead button", 1)
    assert [shown[name] for name in column(browser, 0)[:20]] == known[::-1]
    assert column(browser, 1)[20:24] == [".."] * 4
    assert status(browser) == "24 rows, by Count, ascending."


def test_texts_sort_as_words_and_pages_as_numbers(show: Show) -> None:
    browser = show(of(grouped()))
    click(browser, "thead button", 0)
    assert column(browser, 0)[:2] + column(browser, 0)[-2:] == [
        "Åland 1",
        "Åland 2",
        "Côte d’Ivoire 8",
        "All",
    ]
    click(browser, "thead button", 2)
    assert column(browser, 2)[:3] == ["AF 7", "AF 8", "AF 9"]


def test_headings_of_groups_go_while_sorted_and_come_back(show: Show) -> None:
    browser = show(of(grouped()))
    before = column(browser, 0)
    assert before[0] == "Near East" and before[13] == "Africa"
    click(browser, "thead button", 1)
    assert not {"Near East", "Africa"} & set(column(browser, 0))
    click(browser, ".tools button")
    assert column(browser, 0) == before
    assert browser.run("document.activeElement.type") == "search"


def test_heads_say_how_the_rows_are_sorted(show: Show) -> None:
    browser = show(of(long_table(note="", rows=30, title="T")))
    marks = "[...document.querySelectorAll('.exhibit th[aria-sort]')].map(h => h.textContent + h.ariaSort)"
    assert browser.run(marks) == ["FY2014descending"]
    click(browser, "thead button", 3)
    assert browser.run(marks) == ["FY2014ascending"]
    click(browser, "thead button", 1)
    assert browser.run(marks) == ["Recipientascending"]
    click(browser, ".tools button")
    assert browser.run(marks) == ["FY2014descending"]


def test_the_filter_finds_words_without_accents_in_rows_and_headings(show: Show) -> None:
    browser = show(of(grouped()))
    filter_by(browser, "COTE d'Ivoire 22")
    assert column(browser, 0) == ["Near East", "Côte d’Ivoire 3", "All (of all rows)"]
    assert status(browser) == "1 of 24 rows."
    filter_by(browser, "africa benin")
    assert column(browser, 0) == ["Africa", *[f"Benin {i}" for i in range(5, 9)], "All (of all rows)"]
    filter_by(browser, "nothing like it")
    assert column(browser, 0) == ["All (of all rows)"]
    assert status(browser) == "No row holds these words."
    click(browser, ".tools button")
    assert len(column(browser, 0)) == 27 and column(browser, 0)[-1] == "All"


def test_what_sums_up_rows_not_shown_goes_while_rows_are_filtered(show: Show) -> None:
    rows = [(i, f"Name {i}", "", 100 - i, 1, 1, 1.0, 1, "") for i in range(21)]
    sums = [(None, "All other", None, 5, 5, 0, 0.0, 5, None), (None, "All", None, 9, 9, 0, 0.0, 9, None)]
    browser = show(of(short_table("t", note="", rows=(*rows, *sums), roles=("",) * 21 + ("other", "total"))))
    click(browser, "thead button", 1)
    assert column(browser, 1)[-2:] == ["All other", "All"]
    filter_by(browser, "name 20")
    assert column(browser, 1) == ["Name 20", "All (of all rows)"]


def test_the_keyboard_is_enough(show: Show) -> None:
    browser = show(of(grouped()))
    browser.run("document.querySelector('.exhibit input').focus()")
    browser.press("Tab")  # the scrolling region
    browser.press("Tab")
    assert browser.run("document.activeElement.textContent") == "Name"
    browser.press("Tab")
    browser.press("Enter")
    assert browser.run("document.activeElement.closest('th').ariaSort") == "descending"
    browser.press(" ")
    assert browser.run("document.activeElement.closest('th').ariaSort") == "ascending"
    assert browser.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_controls_have_names_and_the_number_of_rows_is_announced(show: Show) -> None:
    browser = show(of(grouped()))
    names = [
        node["name"]["value"]
        for node in browser.send("Accessibility.getFullAXTree")["nodes"]
        if node.get("role", {}).get("value") in ("searchbox", "button") and not node["ignored"]
    ]
    assert names == ["Filter rows of Table\u00a01", "Name", "Count", "Page"]
    assert status(browser) == "24 rows. Select a column head to sort."


@pytest.mark.parametrize("rows", [15, 1200])
def test_without_scripts_the_table_is_complete_and_has_no_controls(show: Show, rows: int) -> None:
    browser = show(of(grouped() if rows == 15 else huge(rows)), scripts=False)
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    assert len(column(browser, 0)) == (27 if rows == 15 else rows + 1)
    assert browser.run("document.querySelectorAll('main button, main input').length") == 0


def test_a_table_of_few_rows_has_no_controls(show: Show) -> None:
    browser = show(of(short_table("t", note="")))
    assert browser.run("document.querySelectorAll('main button, main input').length") == 0


def test_a_huge_table_shows_a_part_and_more_when_asked(show: Show) -> None:
    browser = show(of(huge()))
    assert len(column(browser, 0)) == 201
    assert status(browser) == "1,200 rows, the first 200 shown. Select a column head to sort."
    click(browser, ".more button", 0)
    assert len(column(browser, 0)) == 401
    click(browser, ".more button", 1)
    assert len(column(browser, 0)) == 1201
    assert browser.run("document.querySelector('.exhibit .more').hidden")
    click(browser, "thead button", 2)
    assert column(browser, 2)[:2] == ["1,199", "1,198"] and column(browser, 2)[-1] == "99"
    filter_by(browser, "unit 1199")
    assert column(browser, 0) == ["Unit 1199", "All (of all rows)"]


def test_columns_of_a_huge_table_look_like_those_of_any_other(show: Show) -> None:
    browser = show(of(huge()))
    look = "[...document.querySelectorAll('.exhibit tbody:first-of-type tr:nth-child(2)>*')].map(c => getComputedStyle(c).textAlign)"
    assert browser.run(look) == ["left", "left", "right"]


def test_a_table_is_printed_whole(show: Show) -> None:
    browser = show(of(huge()))
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert len(column(browser, 0)) == 1201
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert len(column(browser, 0)) == 201


@pytest.mark.parametrize("table", [grouped(), matrix("t"), huge(), long_table("t", note="", title="T")])
def test_a_phone_has_room_for_the_controls(show: Show, table: Table) -> None:
    browser = show(of(table), width=390)
    click(browser, "thead button", 0)
    assert browser.run("document.documentElement.scrollWidth") == 390
    sizes = browser.run(
        "[...document.querySelectorAll('.tools input, .tools button, .more button')].filter(e => e.offsetWidth)"
        ".map(e => [e.getBoundingClientRect().right <= 390, e.offsetHeight >= 44])"
    )
    assert len(sizes) >= 2 and all(fits and tall for fits, tall in sizes)


def test_columns_keep_their_widths_while_rows_come_and_go(show: Show) -> None:
    browser = show(of(grouped()))
    widths = "[...document.querySelectorAll('.exhibit thead th')].map(h => Math.round(h.offsetWidth))"
    before = browser.run(widths)
    filter_by(browser, "benin 2")
    assert browser.run(widths) == before
