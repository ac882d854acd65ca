"""What a term means is shown where it stands: for a pointer, the keyboard and a finger, with scripts and without."""

from __future__ import annotations

import pytest
from browsing import Browser, Show

from milaid.blocks.block import Prose
from samples import figure, front

PARTS = [
    front(),
    "## One",
    Prose("Obligations of a recipient fell."),
    figure(subtitle="Participants", note=""),
]
SHOWN = (
    "[...document.querySelectorAll('.meaning')].filter(m => m.getClientRects().length)"
    ".map(m => m.querySelector('b').textContent)"
)
PLACE = (
    "(([a, b]) => [a.left + a.width / 2, a.top + a.height / 2, b.bottom])"
    "(['.term[aria-describedby={}]', 'h1'].map(s => document.querySelector(s).getBoundingClientRect()))"
)


def point(browser: Browser, term: str, kind: str = "mouseMoved", **more: object) -> None:
    browser.run(
        f"document.querySelector('[aria-describedby={term}]').scrollIntoView({{block: 'center', behavior: 'instant'}})"
    )
    x, y, _ = browser.run(PLACE.format(term))
    browser.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_pointer_and_a_finger_show_the_meaning_of_one_term(show: Show, width: int, scripts: bool) -> None:
    browser = show(PARTS, "section-one", width=width, scripts=scripts, kind="annual")
    assert browser.run(SHOWN) == []
    point(browser, "term-obligation")
    assert browser.run(SHOWN) == ["Obligation."]
    point(browser, "term-recipient")
    assert browser.run(SHOWN) == ["Recipient."]
    for kind in ("mousePressed", "mouseReleased"):
        point(browser, "term-recipient", kind, button="left", clickCount=1)
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
    assert browser.run(SHOWN) == ["Recipient."], "what was tapped on stays"
    point(browser, "term-obligation")
    assert browser.run(SHOWN) == ["Obligation."], "one meaning at a time"


def test_the_keyboard_shows_meanings_and_escape_takes_them_away(show: Show) -> None:
    browser = show(PARTS, kind="annual")
    browser.run("document.querySelector('[aria-describedby=term-obligation]').focus()")
    assert browser.run(SHOWN) == ["Obligation."]
    browser.press("Escape")
    assert browser.run(SHOWN) == []
    browser.press("Tab")
    assert browser.run(SHOWN) == ["Recipient."]


def test_a_pointer_can_move_to_the_meaning_which_lies_in_the_window(show: Show) -> None:
    browser = show(PARTS, kind="annual")
    point(browser, "term-recipient")
    box = "(b => [b.left, b.top, b.right, b.bottom])(document.getElementById('term-recipient').getBoundingClientRect())"
    left, top, right, bottom = browser.run(box)
    assert 0 <= left < right <= 1280 and 0 <= top < bottom <= 900
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=(left + right) / 2, y=(top + bottom) / 2)
    assert browser.run(SHOWN) == ["Recipient."] and browser.run(box) == [left, top, right, bottom]


def test_an_exhibit_by_itself_explains_its_terms_and_print_has_nothing_of_it(show: Show) -> None:
    browser = show(PARTS, "embed=figure-1", kind="annual")
    point(browser, "term-participant")
    assert browser.run(SHOWN) == ["Participant."]
    browser.send("Emulation.setEmulatedMedia", media="print")
    assert browser.run(SHOWN) == []
    browser.send("Emulation.setEmulatedMedia", media="")


def test_readers_of_screens_hear_the_meaning(show: Show) -> None:
    browser = show(PARTS, kind="annual")
    browser.send("Accessibility.enable")
    nodes = browser.send("Accessibility.getFullAXTree")["nodes"]
    [term] = [
        node for node in nodes
        if node.get("role", {}).get("value") == "term" and node.get("description", {}).get("value", "").startswith("Obligation.")
    ]  # fmt: skip
    assert {"name": "focusable", "value": {"type": "booleanOrUndefined", "value": True}} in term["properties"]
