"""Marked text: Markdown with ``[[key]]`` for the number of an exhibit and ``^[...]`` for a footnote.

One parser makes one token stream; two writers turn it into HTML and into Typst. Text reaches both letter
for letter: in HTML with its special characters escaped, in Typst as string literals, which know no markup.
Raw HTML is text like any other. Cells of a notebook may hold more (:mod:`milaid.blocks.marked_cells`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_KEY = re.compile(r"\[\[([A-Za-z0-9][A-Za-z0-9_.-]*)\]\]")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
TOGETHER = re.compile(r"(\d[\d,.]*–\d[\d,.]*|\$?\d[\d,.]* (?:million|billion)\b)")
"""Texts that stay on one line: ranges such as 2014–2015, amounts such as $199.0 million."""


def showable(text: str) -> str:
    """Return text with U+FFFD for code points that no page can hold: controls and lone surrogates."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _reference_rule(state: StateInline, silent: bool) -> bool:
    """Read ``[[key]]``."""
    match = _KEY.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("reference", "", 0).meta = {"key": match[1]}
    state.pos = match.end()
    return True


def _footnote_rule(state: StateInline, silent: bool) -> bool:
    """Read ``^[...]``; the note is marked text itself."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        children: list[Token] = []
        state.md.inline.parse(state.src[state.pos + 2 : end], state.md, state.env, children)
        token = state.push("footnote", "", 0)
        token.children = children
    state.pos = end + 1
    return True


def new_parser(html: bool = False) -> MarkdownIt:
    """Return a parser of CommonMark with tables, references and footnotes; raw HTML is text unless asked for."""
    parser = MarkdownIt("commonmark", {"html": html}).enable("table")
    parser.inline.ruler.before("link", "reference", _reference_rule)
    parser.inline.ruler.before("link", "footnote", _footnote_rule)
    return parser


@cache
def _parser() -> MarkdownIt:
    return new_parser()


def parse(text: str) -> list[Token]:
    """Return the block tokens of a marked text; a heading without words is left out."""
    return list(without_empty_headings(_parser().parse(showable(text), {})))


def without_empty_headings(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens without headings that say nothing: they are no bookmark and no entry of the contents."""
    waiting: Token | None = None
    skipping = False
    for token in tokens:
        if token.type == "heading_open":
            waiting = token
        elif waiting is not None:
            skipping = not plain(token.children or [])
            if not skipping:
                yield waiting
                yield token
            waiting = None
        elif skipping and token.type == "heading_close":
            skipping = False
        else:
            yield token


def parse_inline(text: str) -> list[Token]:
    """Return the inline tokens of a marked text of one line."""
    return [child for token in _parser().parseInline(showable(text), {}) for child in token.children or []]


def walk(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield all tokens, those inside footnotes too, in reading order."""
    for token in tokens:
        yield token
        yield from walk(token.children or [])


def keys(tokens: Sequence[Token]) -> list[str]:
    """Return the keys of the exhibits that tokens refer to, in reading order."""
    return [token.meta["key"] for token in walk(tokens) if token.type == "reference"]


def plain(tokens: Sequence[Token]) -> str:
    """Return the text of inline tokens without markup, footnotes and references."""
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type in ("text", "code_inline", "image", "math_inline"):
            parts.append(token.content)
        elif token.type == "inline":
            parts.append(plain(token.children or []))
    return "".join(parts).strip()
