"""Every kind of page keeps the rules of HTML, and has a scope on each head of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from html_rules import broken_rules
from kinds_of_pages import PAGES, html_of
from milaid import paths
from milaid.paths import project_root
from milaid.publish.site import accessibility
from milaid.tables import store

HEAD = '<!DOCTYPE html>\n<html lang="en"><head><title>T</title></head><body>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule(name: str, folder: Path) -> None:
    assert broken_rules(html_of(name, folder)) == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p id=a></p><p id=a></p>", "id 'a' of <p> stands twice"),
        ("<p class=a class=b></p>", "<p> has class twice"),
        ("<p><div></div></p>", "<div> in <p>, which holds text"),
        ("<ul><p></p></ul>", "<p> right in <ul>"),
        ("<ul>text</ul>", "text 'text' right in <ul>"),
        ("<li></li>", "<li> in <body>"),
        ("<dl><dt>A</dt><dd></dd><dt>A</dt><dd></dd></dl>", "the term 'A' stands twice"),
        ("<a href='x'><button></button></a>", "in <a>"),
        ("<a href='x'><span tabindex=0></span></a>", "in <a>"),
        ("<b><i></b></i>", "</b> where <i> is open"),
        ("<table><tr><th>x</th></tr></table>", "<th> with the scope None"),
        ("<p aria-describedby=gone></p>", 'aria-describedby="gone" names what is not there'),
        ("<a href='#gone'>x</a>", 'href="gone" names what is not there'),
        ("<img src='data:'>", "<img> without alt"),
        ("<div/>", "closes nothing"),
        ("<section>", "left open"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named(html: str, told: str) -> None:
    assert any(told in problem for problem in broken_rules(f"{HEAD}{html}</body></html>"))


def test_a_page_that_keeps_them_is_left_alone() -> None:
    body = "<dl><div><dt>A</dt><dd>b</dd></div></dl><table><tbody><tr><th scope=row>x</th></tr></tbody></table><hr>"
    assert broken_rules(f"{HEAD}{body}<svg><path d='M0'/></svg></body></html>") == []


def test_the_statement_of_accessibility_is_that_of_the_site() -> None:
    written = (project_root() / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert written == accessibility.page(), (
        "python -m milaid.publish.site.accessibility > docs/accessibility.md"
    )
