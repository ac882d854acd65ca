"""Every kind of page without a finding of axe-core, in a window and on a phone, light and dark; and by keyboard alone."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from browsing import Browser

from kinds_of_pages import PAGES, html_of
from milaid import paths
from milaid.tables import store

pytestmark = [
    pytest.mark.skipif(find_spec("axe_playwright_python") is None, reason="needs axe-playwright-python, of the group dev"),
    pytest.mark.skipif(not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"),
]  # fmt: skip

RUN = """axe.run(document, {resultTypes: ['violations']%s}).then(found => found.violations.map(
    rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' | ')))"""
COLOURS = ", runOnly: {type: 'rule', values: ['color-contrast']}"
LOOKS = ((1280, "light", ""), (390, "dark", ""), (1280, "dark", COLOURS), (390, "light", COLOURS))
"""Width, colours and rules: all rules at either width, contrast in either colours."""
FOCUS = """(() => { const at = document.activeElement, style = getComputedStyle(at);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    if (at === document.body) return null;
    at.dataset.reached = ''; return seen ? '' : at.outerHTML.slice(0, 120) })()"""
UNREACHED = """[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(
    at => at.checkVisibility() && !('reached' in at.dataset)).map(at => at.outerHTML.slice(0, 120))"""
MOST_STOPS = 600
PATIENCE = 300.0
"""Seconds that the rules may take on a page of thousands of cells."""


@cache
def axe() -> str:
    """Return axe-core as the package brings it."""
    found = find_spec("axe_playwright_python")
    assert found and found.origin
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def opened(
    browser: Browser, html: str, folder: Path, width: int, colours: str, fragment: str = ""
) -> Browser:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    features = [
        {"name": "prefers-color-scheme", "value": colours},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.send("Emulation.setEmulatedMedia", media="", features=features)
    browser.resize(width)
    browser.open(Path("/dev/null"))
    browser.open(file, fragment)
    return browser


def findings(browser: Browser, rules: str) -> Any:
    browser.run(axe() + "; 0")
    usual, browser.patience = browser.patience, PATIENCE
    found = browser.run(RUN % rules)
    browser.patience = usual
    return found


@pytest.mark.parametrize(("width", "colours", "rules"), LOOKS, ids=[f"{w}-{c}" for w, c, _ in LOOKS])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_finding(
    browser: Browser, folder: Path, name: str, width: int, colours: str, rules: str
) -> None:
    assert findings(opened(browser, html_of(name, folder), folder, width, colours), rules) == []


@pytest.mark.parametrize(("width", "colours", "rules"), LOOKS[:2], ids=["window", "phone"])
def test_an_exhibit_by_itself_has_no_finding(
    browser: Browser, folder: Path, width: int, colours: str, rules: str
) -> None:
    html = html_of("of everything", folder)
    assert findings(opened(browser, html, folder, width, colours, "embed=figure-1"), rules) == []


def test_a_finding_is_told(browser: Browser, folder: Path) -> None:
    html = html_of("glossary", folder).replace("<main ", '<p><font color="#cccccc">faint</font></p><main ')
    found = findings(opened(browser, html, folder, 1280, "light"), "")
    assert sorted(rule.split(":")[0] for rule in found) == ["color-contrast", "region"]


@pytest.mark.parametrize("name", ["of everything", "index", "data", "glossary", "brief"])
def test_the_keyboard_reaches_all_that_can_be_used_and_is_seen_there(
    browser: Browser, folder: Path, name: str
) -> None:
    opened(browser, html_of(name, folder), folder, 1280, "light")
    unseen = []
    for _ in range(MOST_STOPS):
        browser.press("Tab")
        at = browser.run(FOCUS)
        if at is None:
            break
        unseen += [at] if at else []
    assert unseen == []
    assert browser.run(UNREACHED) == []
