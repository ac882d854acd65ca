"""Values of charts on hover, focus and tap, in a real browser, where one is installed."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from browsing import BROWSER, FLAGS, with_script

from milaid.charts.line import long_series
from milaid.publish.files import document, page
from samples import figure, front, notebook

MOST_BYTES = 5_000
SCRIPT = page.TEMPLATES / "values.js"
PROBE = """window.addEventListener('load', function () {
var plot = document.querySelector('svg.plot.wide'), box = plot.getBoundingClientRect();
var at = function (share) { return { bubbles: true, clientX: box.left + box.width * share, clientY: box.top + 40,
  pointerType: 'mouse' } };
var tip = function () { var e = document.querySelector('.value-tip'); return e && !e.hidden ? e.textContent : '' };
var key = function (name) { plot.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })) };
var seen = { before: tip(), focusable: plot.tabIndex };
plot.dispatchEvent(new PointerEvent('pointermove', at(0.99))); seen.hover = tip();
plot.dispatchEvent(new PointerEvent('pointerleave', at(0.99))); seen.left = tip();
plot.dispatchEvent(new MouseEvent('click', at(0.08))); seen.tap = tip();
key('ArrowRight'); seen.next = tip();
key('End'); seen.end = tip();
key('Escape'); seen.escape = tip();
var out = document.createElement('pre'); out.id = 'probe'; out.textContent = JSON.stringify(seen);
document.body.appendChild(out) })"""


def test_the_script_is_small_and_needs_no_library() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert not re.search(r"import |require\(|https?:", text)


@pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path")
def test_values_are_told_on_hover_focus_and_tap(tmp_path: Path) -> None:
    frame = pd.DataFrame({"fiscal_year": range(2010, 2015), "value": [100, 200, 300, 400, 500]})
    drawn = long_series(frame, key="long_series", report_year=2014)
    shown = replace(figure(note=""), wide=drawn.wide, narrow=drawn.narrow)
    html = with_script(page.render(document.build(notebook([front(), shown]))), PROBE)
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    command = [
        BROWSER, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=4000",
        "--window-size=1400,1000", "--dump-dom", (tmp_path / "page.html").as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = re.search(r'<pre id="probe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None, done.stderr[-500:]
    assert json.loads(unescape(found[1])) == {
        "before": "", "focusable": 0, "hover": "FY2014: 500", "left": "", "tap": "FY2010: 100",
        "next": "FY2011: 200", "end": "FY2014: 500", "escape": "",
    }  # fmt: skip
