"""The page in a real browser, where one is installed."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from browsing import BROWSER, FLAGS, Show, with_script

from milaid.publish.files import document, page
from samples import figure, front, full_report, notebook

pytestmark = pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path")

PROBE = """window.addEventListener('load', function () { document.fonts.ready.then(function () {
var all = function (s) { return [].slice.call(document.querySelectorAll(s)) };
var seen = function (e) { return e.getClientRects().length > 0 };
var shown = function (s) { return all(s).filter(seen).length };
var root = document.documentElement, inside = '.scroll,.unseen,.output,svg';
var wide = all('main *').filter(function (e) {
  return !e.closest(inside) && e.getBoundingClientRect().right > root.clientWidth + 1 });
var loads = performance.getEntriesByType('resource').filter(function (r) {
  return r.name.indexOf('data:') !== 0 });
var out = document.createElement('pre');
out.id = 'probe';
out.textContent = JSON.stringify({
  scroll: root.scrollWidth, client: root.clientWidth, loaded: loads.length,
  wide: wide.map(function (e) { return e.className || e.tagName }),
  wideplots: shown('.plot.wide'), narrowplots: shown('.plot.narrow'),
  rail: shown('.rail nav'), folded: shown('.contents-folded'),
  paper: getComputedStyle(document.body).backgroundColor, serif: document.fonts.check('17px Literata'),
  h1: getComputedStyle(document.querySelector('h1')).fontSize });
document.body.appendChild(out) }) })"""


def probe(folder: Path, width: int, *flags: str) -> dict:
    """Return what a browser window of ``width`` px sees of the sample report."""
    html = with_script(page.render(document.build(notebook(full_report()))), PROBE)
    # A headless window cannot be narrower than 500 px; a frame can.
    (folder / "page.html").write_text(html, encoding="utf-8")
    (folder / "frame.html").write_text(
        f'<iframe id="f" src="page.html" style="width:{width}px;height:900px;border:0"></iframe><script>'
        "window.addEventListener('load',function(){setTimeout(function(){document.body.appendChild("
        "document.getElementById('f').contentDocument.getElementById('probe'))},500)})</script>",
        encoding="utf-8",
    )
    command = [
        BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=4000", "--window-size=1400,1000", *flags,
        "--dump-dom", (folder / "frame.html").as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = re.search(r'<pre id="probe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None, done.stderr[-500:]
    return json.loads(unescape(found[1]))


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_the_page_fits_the_window_and_loads_nothing(tmp_path: Path, width: int) -> None:
    seen = probe(tmp_path, width)
    assert seen["scroll"] <= seen["client"] <= width
    assert seen["wide"] == []
    assert seen["loaded"] == 0
    assert seen["serif"]


def test_a_phone_gets_narrow_charts_and_folded_contents(tmp_path: Path) -> None:
    seen = probe(tmp_path, 390)
    assert (seen["wideplots"], seen["narrowplots"]) == (0, 2)
    assert (seen["rail"], seen["folded"]) == (0, 1)
    assert seen["h1"] == "31px"


def test_a_desktop_gets_wide_charts_and_the_rail(tmp_path: Path) -> None:
    seen = probe(tmp_path, 1280)
    assert (seen["wideplots"], seen["narrowplots"]) == (2, 0)
    assert (seen["rail"], seen["folded"]) == (1, 0)
    assert seen["h1"] == "42px"


def test_readers_who_prefer_the_dark_get_it(tmp_path: Path) -> None:
    assert probe(tmp_path, 1280)["paper"] == "rgb(255, 255, 255)"
    assert probe(tmp_path, 1280, "--blink-settings=preferredColorScheme=0")["paper"] == "rgb(20, 24, 29)"


@pytest.mark.parametrize(("width", "shown"), [(390, True), (800, True), (1280, False)])
def test_where_the_facts_stand_after_the_report_its_day_stands_before_it(
    show: Show, width: int, shown: bool
) -> None:
    browser = show(
        [replace(front(), facts=(("Published", "23 November 2026"),)), "## One", figure(note="")], width=width
    )
    seen = browser.run("""[document.querySelector('.dated').checkVisibility(), document.querySelector('.dated').textContent,
        document.querySelector('.about').getBoundingClientRect().top < document.querySelector('.exhibit').getBoundingClientRect().top]""")
    assert seen == [shown, "Published 23 November 2026. ", not shown]
