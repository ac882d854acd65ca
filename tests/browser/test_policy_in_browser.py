"""The policy of pages in a real browser: what a page does itself works, what is put into it does not run."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import BROWSER, Browser

from milaid.publish.files import document, page
from milaid.publish.site.writing import write_site
from samples import full_report, notebook
from small_suite import small_suite

pytestmark = pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path")

WATCH = """window.refused = []; window.made = [];
document.addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective + ' ' + e.blockedURI));
window.addEventListener('error', e => refused.push(e.message));
HTMLAnchorElement.prototype.click = function () { made.push([this.download, this.href]) };"""
PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
# Pictures, mathematics, a table in colours and a drawing, as people put them into their own reports.
OF_PEOPLE = [
    f"![A dot]({PICTURE})",
    "Inline $x^2$ and\n\n$$\\\\frac{a}{b} = \\\\sqrt{c}$$",
    '<table><tr><td style="background-color: #fde725; color: red">1</td></tr></table>',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>rect{fill:red}</style><rect width="9" height="9"/></svg>',
]


@pytest.fixture
def watched(browser: Browser) -> Browser:
    """Return the browser with an ear in each page from before its first line."""
    browser.send("Page.enable")
    browser.send("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
    return browser


def shown(browser: Browser, file: Path, html: str, fragment: str = "", width: int = 1280) -> Browser:
    file.write_text(html, encoding="utf-8")
    browser.resize(width)
    browser.open(Path("/dev/null"))
    browser.open(file, fragment)
    return browser


def html_of_report() -> str:
    return page.render(document.build(notebook([*full_report(), *OF_PEOPLE])))


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_of_a_page_is_refused(watched: Browser, tmp_path: Path, width: int) -> None:
    shown(watched, tmp_path / "page.html", html_of_report(), width=width)
    watched.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    watched.run("document.querySelectorAll('th button').forEach(b => b.click())")
    watched.run("new Promise(done => setTimeout(done, 300))")
    assert watched.run("refused") == []
    assert watched.run("getComputedStyle(document.body).fontFamily").startswith("Literata")
    # Drawings have their colours, and pictures are there.
    assert watched.run("[...document.images].every(i => i.naturalWidth > 0)")
    assert watched.run("getComputedStyle(document.querySelector('svg.plot [style*=\"fill: var(--accent)\"]')).fill") not in (
        "rgb(0, 0, 0)", "",
    )  # fmt: skip


def test_a_drawing_is_taken_along_as_a_picture(watched: Browser, tmp_path: Path) -> None:
    shown(watched, tmp_path / "page.html", html_of_report())
    watched.run("document.querySelectorAll('.uses').forEach(d => d.open = true)")
    wait = "new Promise(done => setTimeout(done, 500))"
    watched.run(wait)
    watched.run("[...document.querySelectorAll('.uses button')].slice(0, 2).forEach(b => b.click())")
    watched.run(wait)
    made = watched.run(
        "Promise.all(made.map(async ([name, at]) => [name.split('.').pop(), at.split(':')[0]]))"
    )
    assert sorted(made) == [["png", "blob"], ["svg", "blob"]]
    assert watched.run("refused") == []


def test_an_exhibit_by_itself_is_shown(watched: Browser, tmp_path: Path) -> None:
    shown(watched, tmp_path / "page.html", html_of_report(), "embed=figure-1")
    assert watched.run("document.documentElement.className") == "embedded"
    assert watched.run("refused") == []


@pytest.mark.parametrize(
    ("added", "refused"),
    [
        ("<script>window.ran = 1</script>", "script-src-elem inline"),
        ('<script src="https://example.org/a.js"></script>', "script-src-elem https://example.org/a.js"),
        ('<p onclick="window.ran = 1" id="go">x</p><p>', "script-src-attr inline"),
        ("<style>body{display:none}</style>", "style-src-elem inline"),
        ('<p style="display: none">', "style-src-attr inline"),
        ('<img src="https://example.org/seen.png">', "img-src https://example.org/seen.png"),
        ('<iframe src="https://example.org/"></iframe>', "frame-src https://example.org/"),
        ('<base href="https://example.org/">', "base-uri https://example.org/"),
    ],
)
def test_what_somebody_puts_into_a_page_is_refused(
    watched: Browser, tmp_path: Path, added: str, refused: str
) -> None:
    shown(watched, tmp_path / "page.html", html_of_report().replace("</body>", f"{added}</body>"))
    watched.run("document.getElementById('go')?.click(); new Promise(done => setTimeout(done, 100))")
    # Some browsers give the address without its path.
    assert [said for said in watched.run("refused") if refused.startswith(said.rstrip("/"))], watched.run(
        "refused"
    )
    assert watched.run("window.ran") is None


def test_nothing_of_the_pages_of_a_site_is_refused(watched: Browser, tmp_path: Path) -> None:
    reports = small_suite(tmp_path / "reports")
    for path in [*write_site(reports, with_data=False), reports / "annual" / "2014.html"]:
        if path.suffix != ".html":
            continue
        watched.open(Path("/dev/null"))
        watched.open(path)
        assert watched.run("refused") == [], path.name
    watched.open(reports / "index.html")
    search = "q => { query.value = q; query.dispatchEvent(new Event('input')); return found.textContent }"
    assert watched.run(f"({search})('ivoire')") == "1 of 4 reports"
