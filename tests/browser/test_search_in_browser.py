"""The search of the index in a real browser, where one is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from browsing import with_script

from milaid.publish.site.writing import write_site
from small_suite import small_suite

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path")

PROBE = """window.addEventListener('load', function () {
var query = document.getElementById('query'), said = {};
ASKED.forEach(function (asked) {
  query.value = asked; query.dispatchEvent(new Event('input'));
  var rows = [].slice.call(document.querySelectorAll('.reports li')).filter(function (e) {
    return e.getClientRects().length > 0 });
  said[asked] = [rows.map(function (e) { return e.querySelector('.name').getAttribute('href') }),
    document.getElementById('found').textContent,
    [].slice.call(document.querySelectorAll('.list')).filter(function (e) { return !e.hidden }).length] });
var out = document.createElement('pre'); out.id = 'probe'; out.textContent = JSON.stringify({said: said,
  scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth});
document.body.appendChild(out) })"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_suite(tmp_path_factory.mktemp("reports"))
    write_site(folder, with_data=False)
    return folder


def browse(page: Path, *flags: str) -> str:
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
        "--disable-background-networking", f"--user-data-dir={page.parent / '.profile'}",
        "--virtual-time-budget=4000", *flags, "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_a_reader_finds_a_report_by_country_spelling_and_year(reports: Path) -> None:
    asked = [
        "",
        "cote d'ivoire",
        "IVOIRE",
        "Elfenbeinküste",
        "Ivory Coast",
        "2013",
        "ivoire 2013",
        "ivoire 1066",
        "quality",
        "country",
        "zzz",
    ]
    page = reports / "probe.html"
    text = (reports / "index.html").read_text(encoding="utf-8")
    page.write_text(with_script(text, PROBE.replace("ASKED", json.dumps(asked))), encoding="utf-8")
    found = json.loads(unescape(re.search(r'<pre id="probe">(.*?)</pre>', browse(page), re.DOTALL)[1]))
    names = {query: said[0] for query, said in found["said"].items()}
    country = ["country/CIV.html"]
    assert len(names[""]) == 4
    assert names["cote d'ivoire"] == names["IVOIRE"] == names["ivoire 2013"] == country
    assert names["Elfenbeinküste"] == names["Ivory Coast"] == country, "as people write it"
    assert names["2013"] == ["annual/2013.html"]
    assert names["ivoire 1066"] == names["zzz"] == []
    assert names["quality"] == ["data-quality.html"]
    assert names["country"] == country
    assert found["said"]["IVOIRE"][1:] == ["1 of 4 reports", 1]
    assert found["said"]["zzz"][1].startswith("No report of this kind")
    assert found["scroll"] <= found["client"]
