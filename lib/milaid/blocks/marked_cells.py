"""Marked text as people write it in cells of a notebook, with mathematics, named footnotes, struck text and HTML.

On top of :mod:`milaid.blocks.marked` it reads ``$...$`` and ``$$...$$``, environments such as ``\\begin{align}``,
``[^name]`` with ``[^name]: text`` in this or another cell, and ``~~...~~``. HTML becomes tokens like any other; what
of it is left out is told in a token ``unshown``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from milaid.blocks import html_tokens, marked
from milaid.blocks.targets import is_web_address

_NOTE = re.compile(r"\[\^([^\]\s\[]+)\]")
_DEFINITION = re.compile(r"\[\^([^\]\s\[]+)\]:[ \t]?")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_SIMPLE = (
    "b",
    "strong",
    "i",
    "em",
    "cite",
    "var",
    "s",
    "del",
    "strike",
    "sub",
    "sup",
    "code",
    "kbd",
    "samp",
    "a",
)
_NAMES = {"b": "strong", "i": "em", "cite": "em", "var": "em", "del": "s", "strike": "s"}


def notes_of(texts: Iterable[str]) -> dict[str, str]:
    """Return the text of each footnote that some text of a notebook refers to."""
    joined = list(texts)
    referred = {name for text in joined for name in _references(text)}
    found: dict[str, str] = {}
    for text in joined:
        if "[^" in text:
            env: dict = {"referred": referred, "notes": {}}
            _parser().block.parse(text, _parser(), env, [])
            found.update(env["notes"])
    return found


def _references(text: str) -> Iterator[str]:
    for match in _NOTE.finditer(text):
        if text[match.end() : match.end() + 1] != ":":
            yield match[1]


def parse(text: str, notes: dict[str, str] | None = None) -> list[Token]:
    """Return the block tokens of a cell; ``notes`` are footnotes that are defined in other cells."""
    shown = marked.showable(text)
    env = {"referred": {*_references(shown), *(notes or {})}, "notes": dict(notes or {}), "open": ()}
    return list(marked.without_empty_headings(list(_own(_parser().parse(shown, env)))))


@cache
def _parser() -> MarkdownIt:
    parser = marked.new_parser(html=True).enable("strikethrough")
    parser.use(
        dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True
    )
    parser.use(amsmath_plugin)
    parser.block.ruler.before("reference", "named_note", _definition_rule, {"alt": ["paragraph"]})
    parser.inline.ruler.before("link", "named_note", _reference_rule)
    return parser


def _definition_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read ``[^name]: text`` with the lines below it that are indented or go on at once."""
    if state.is_code_block(start):
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _DEFINITION.match(first)
    if not match:
        return False
    if silent:
        return True
    lines = [first[match.end() :]]
    line = start + 1
    while line < end:
        text = state.src[state.bMarks[line] : state.eMarks[line]]
        is_blank = not text.strip()
        if _DEFINITION.match(text.lstrip()) or (
            not lines[-1].strip() and not is_blank and text[:1] not in " \t"
        ):
            break
        lines.append(text)
        line += 1
    text = " ".join(part.strip() for part in lines if part.strip())
    if match[1] in state.env["referred"]:
        state.env["notes"][match[1]] = text
    else:
        # Nothing refers to it: it stands as it is written, where CommonMark would take it for the address of a link.
        state.push("paragraph_open", "p", 1)
        written = state.push("inline", "", 0)
        written.content, written.children = f"{match[0]}{text}", []
        state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _reference_rule(state: StateInline, silent: bool) -> bool:
    """Read ``[^name]``; a note that refers to itself stays as it is written."""
    match = _NOTE.match(state.src, state.pos, state.posMax)
    notes, being_read = state.env.get("notes", {}), state.env.get("open", ())
    if not match or match[1] not in notes or match[1] in being_read:
        return False
    if not silent:
        children: list[Token] = []
        state.md.inline.parse(
            notes[match[1]], state.md, {**state.env, "open": (*being_read, match[1])}, children
        )
        state.push("footnote", "", 0).children = children
    state.pos = match.end()
    return True


def _own(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens with HTML read and with one name for each kind of formula."""
    for token in tokens:
        match token.type:
            case "html_block":
                yield from html_tokens.tokens(token.content)
                yield from notice(left_out(token.content))
            case "amsmath" | "math_block":
                yield Token("math_block", "math", 0, content=token.content)
            case "inline":
                token.children = _read(token.children or [])
                yield token
            case _:
                yield token


def _read(children: Sequence[Token]) -> list[Token]:
    """Return inline tokens with the tags of HTML among them read."""
    found: list[Token] = []
    for token, opened in _paired(children):
        match token.type:
            case "html_inline" if opened:
                found += opened
            case "html_inline":
                found += _single(token.content)
            case "math_inline_double":
                found.append(Token("math_inline", "math", 0, content=token.content))
            case "footnote":
                token.children = _read(token.children or [])
                found.append(token)
            case _:
                found.append(token)
    return found


def _single(tag: str) -> list[Token]:
    """Return what a tag stands for that is no part of a pair: a line break, a picture, or what is left out."""
    name = _TAG.match(tag)
    if name and not name[1] and name[2].lower() in ("br", "img"):
        return html_tokens.inline(html_tokens.read(tag).children) or [Token("hardbreak", "br", 0)]
    words = left_out(tag)
    return [unshown(words)] if words else []


def _paired(children: Sequence[Token]) -> list[tuple[Token, list[Token]]]:
    """Return tokens with what each tag of HTML becomes: the two of a pair that is well nested open and close a mark."""
    becomes: list[list[Token]] = [[] for _ in children]
    waiting: list[tuple[int, str]] = []
    for position, token in enumerate(children):
        match = _TAG.match(token.content) if token.type == "html_inline" else None
        name = match[2].lower() if match else ""
        if token.nesting > 0:
            waiting.append((position, ""))
        elif token.nesting < 0:
            while waiting and waiting.pop()[1]:
                pass
        elif match and name in _SIMPLE and not match[1]:
            waiting.append((position, name))
        elif match and name in _SIMPLE:
            inner = [entry for entry in waiting if entry[1] == name]
            if inner and all(mark for _, mark in waiting[waiting.index(inner[-1]) :]):
                start = inner[-1][0]
                del waiting[waiting.index(inner[-1]) :]
                becomes[start], becomes[position] = _pair(name, children[start].content)
    return list(zip(children, becomes, strict=True))


def _pair(name: str, tag: str) -> tuple[list[Token], list[Token]]:
    if name in ("code", "kbd", "samp"):
        # Marks may stand inside, which code of marked text knows none of.
        return [], []
    mark, attrs = _NAMES.get(name, name), {}
    if name == "a":
        address = _Attributes.of(tag).get("href", "")
        if not is_web_address(address):
            return [], []
        mark, attrs = "link", {"href": address}
    opening, closing = html_tokens.around(mark, "a" if mark == "link" else mark, [], **attrs)
    words = left_out(tag)
    return ([opening, unshown(words)] if words else [opening]), [closing]


class _Attributes(HTMLParser):
    """Reads the attributes of one tag."""

    found: dict[str, str]

    @classmethod
    def of(cls, tag: str) -> dict[str, str]:
        reader = cls()
        reader.found = {}
        reader.feed(tag)
        return reader.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = {name: value or "" for name, value in attrs}


def left_out(html: str) -> str:
    """Return one sentence on what of HTML is not shown, "" for nothing."""
    found = html_tokens.left_out(html)
    if not found:
        return ""
    return f"Not exported: {', '.join(found)}. A report holds nothing that runs or is loaded from elsewhere."


def unshown(words: str) -> Token:
    """Return the token of a line that says what is not shown, and why."""
    return Token("unshown", "", 0, content=words)


def notice(words: str) -> Iterator[Token]:
    """Yield such a line as a paragraph of its own, nothing for no words."""
    if words:
        yield from html_tokens.around("paragraph", "p", [Token("inline", "", 0, children=[unshown(words)])])
