"""The Content-Security-Policy of pages: nothing but what a page was written with."""

from __future__ import annotations

import re
from html import unescape

import pytest

from milaid.publish.files import document, page
from milaid.publish.files.policy import MOST_STYLES, hash_of, policy, with_policy
from samples import full_report, notebook

HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8">\n'


def directives(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in text.split("; "))}


def test_scripts_and_styles_are_allowed_by_their_text_and_data_are_no_script() -> None:
    html = (
        f"{HEAD}<style>\nb{{}}</style><script>a < b</script><script type='module'>c</script>"
        '<script type="application/ld+json">{}</script><p style="color: &quot;x&quot;">'
    )
    found = directives(policy(html))
    assert set(found["script-src"]) == {hash_of("a < b"), hash_of("c")}
    assert found["style-src-elem"] == [hash_of("\nb{}")]
    assert found["style-src-attr"] == ["'unsafe-hashes'", hash_of('color: "x"')]
    assert found["default-src"] == found["base-uri"] == found["form-action"] == ["'none'"]
    assert found["img-src"] == found["font-src"] == ["data:"]


def test_the_hash_is_that_of_the_specification() -> None:
    # The example of Content Security Policy Level 3, 8.4.
    assert hash_of("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_a_page_without_scripts_runs_none() -> None:
    found = directives(policy(f"{HEAD}<p>text"))
    assert "script-src" not in found
    assert found["style-src-elem"] == found["style-src-attr"] == ["'none'"]


def test_a_table_in_too_many_colours_allows_styles_of_elements() -> None:
    cells = "".join(f'<td style="color:#{number:06x}">' for number in range(MOST_STYLES + 1))
    assert directives(policy(HEAD + cells))["style-src-attr"] == ["'unsafe-inline'"]


def test_directives_can_be_added_and_replaced() -> None:
    found = directives(policy(HEAD, {"img-src": "data: blob:", "connect-src": "'self'"}))
    assert found["img-src"] == ["data:", "blob:"]
    assert found["connect-src"] == ["'self'"]


def test_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(ValueError, match="no line <meta charset"):
        with_policy("<html><script>x</script></html>")


def test_the_policy_stands_before_all_that_it_speaks_of_and_no_handler_is_in_a_tag() -> None:
    html = page.render(document.build(notebook(full_report())))
    at = html.index('http-equiv="Content-Security-Policy"')
    assert html.index("<meta charset") < at < min(html.index("<style"), html.index("<script"))
    assert at < 1024
    stated = re.search(r'Security-Policy" content="([^"]*)"', html)
    assert stated is not None
    assert unescape(stated[1]) == policy(html)
    assert not re.search(
        r"<[a-z][^<>]*\son[a-z]+=", re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    )
