"""HTML of a notebook as the tokens of marked text, so that one writer makes the page and one the print.

What a cell shows as HTML was written by whoever ran it. It is cleaned by ammonia (nh3), and what is left is not copied:
only its text, and of its structure what marked text knows, is written anew. Nothing in it can run, load or lead
astray; :func:`left_out` says in words what is gone.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3
from markdown_it.token import Token

from milaid.blocks.html_grid import table_tokens
from milaid.blocks.svg import cleaned
from milaid.blocks.targets import is_web_address

_MARKS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em", "var": "em", "s": "s",
    "del": "s", "strike": "s", "sub": "sub", "sup": "sup",
}  # fmt: skip
"""Element -> the mark that stands for it."""

_CODE = ("code", "kbd", "samp", "tt")
_PLAIN = ("span", "font", "u", "ins", "small", "big", "mark", "abbr", "q", "label", "time", "bdi", "bdo")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = (
    "div", "p", "section", "article", "header", "footer", "main", "aside", "nav", "center", "figure", "figcaption",
    "details", "summary", "dl", "dt", "dd", "caption", "blockquote", "ul", "ol", "li", "pre", "hr", "table", "thead",
    "tbody", "tfoot", "tr", "th", "td", *_HEADINGS,
)  # fmt: skip
_INLINE = frozenset((*_MARKS, *_CODE, *_PLAIN, "a", "br", "wbr", "img"))
_VOID = ("br", "hr", "img", "wbr")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SVG = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)


@dataclass
class Node:
    """An element with what is in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def text(self) -> str:
        """Return all text inside."""
        return "".join(
            c if isinstance(c, str) else "\n" if c.tag == "br" else c.text() for c in self.children
        )

    def find(self, *tags: str) -> Iterator[Node]:
        """Yield the nearest elements of these kinds inside, not those inside of them."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.find(*tags)


class _Reader(HTMLParser):
    """Reads cleaned HTML, in which every element that is opened is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read(html: str) -> Node:
    """Return the cleaned elements of HTML; a drawing in it becomes a picture."""
    clean = nh3.clean(
        _SVG.sub(_as_picture, html),
        tags=set(_CONTAINERS) | _INLINE,
        clean_content_tags={"script", "style", "template", "noscript", "title", "iframe", "object", "select"},
        attributes={
            "a": {"href"}, "img": {"src", "alt"}, "ol": {"start"},
            "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
        },
        url_schemes={"http", "https", "mailto", "data", "attachment"},
        strip_comments=True,
        link_rel=None,
    )  # fmt: skip
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    return reader.root


def _as_picture(found: re.Match[str]) -> str:
    drawing = cleaned(found[0].encode("utf-8"))
    if drawing is None:
        return " "
    return f'<img alt="Drawing" src="data:image/svg+xml;base64,{base64.b64encode(drawing).decode("ascii")}">'


def tokens(html: str) -> list[Token]:
    """Return HTML as block tokens."""
    return list(_blocks(read(html)))


def _blocks(node: Node) -> Iterator[Token]:
    """Yield what is in an element as block tokens; runs of text are paragraphs."""
    run: list[Node | str] = []
    for child in node.children:
        if _is_inline(child):
            run.append(child)
            continue
        yield from _paragraph(run)
        run = []
        if isinstance(child, Node):
            yield from _block(child)
    yield from _paragraph(run)


def _is_inline(child: Node | str) -> bool:
    return isinstance(child, str) or (child.tag in _INLINE and all(map(_is_inline, child.children)))


def _paragraph(run: Sequence[Node | str], mark: str = "") -> Iterator[Token]:
    children = inline(run)
    if not children:
        return
    if mark:
        children = [Token(f"{mark}_open", mark, 1), *children, Token(f"{mark}_close", mark, -1)]
    yield from around("paragraph", "p", [Token("inline", "", 0, children=children)])


def around(name: str, tag: str, inside: Sequence[Token], **attrs: str | int | float) -> Iterator[Token]:
    """Yield tokens between what opens and closes them."""
    yield Token(f"{name}_open", tag, 1, attrs=attrs)
    yield from inside
    yield Token(f"{name}_close", tag, -1)


def _block(node: Node) -> Iterator[Token]:
    match node.tag:
        case "hr":
            yield Token("hr", "hr", 0)
        case "pre":
            yield Token("code_block", "code", 0, content=node.text().strip("\n") + "\n")
        case "blockquote":
            yield from around("blockquote", "blockquote", list(_blocks(node)))
        case "ul" | "ol":
            yield from _list(node)
        case "table":
            for caption in node.find("caption"):
                yield from _paragraph([caption.text()])
            yield from table_tokens(node, flat)
        case "summary" | "dt":
            yield from _paragraph(flat_children(node), "strong")
        case tag if tag in _HEADINGS:
            if children := inline(flat_children(node)):
                yield from around("heading", tag, [Token("inline", "", 0, children=children)])
        case _:
            yield from _blocks(node)


def _list(node: Node) -> Iterator[Token]:
    items: list[Token] = []
    for item in node.find("li"):
        items += around("list_item", "li", list(_blocks(item)))
    if not items:
        return
    start = node.attrs.get("start", "")
    attrs = {"start": int(start)} if re.fullmatch(r"\d{1,6}", start) else {}
    yield from around("bullet_list" if node.tag == "ul" else "ordered_list", node.tag, items, **attrs)


def flat(node: Node) -> list[Token]:
    """Return what is in an element as inline tokens, its blocks on lines of their own."""
    return inline(flat_children(node))


def flat_children(node: Node) -> list[Node | str]:
    """Return what is in an element without its blocks; between two of them there is a line break."""
    found: list[Node | str] = []
    for child in node.children:
        if _is_inline(child):
            found.append(child)
        elif isinstance(child, Node):
            found += [Node("br"), *flat_children(child), Node("br")]
    return found


def inline(children: Sequence[Node | str]) -> list[Token]:
    """Return text and elements inside a paragraph as inline tokens, [] where there is nothing to see."""
    found = [token for child in children for token in _inline(child)]
    while found and _is_space(found[0]):
        found.pop(0)
    while found and _is_space(found[-1]):
        found.pop()
    shown: list[Token] = []
    for token in found:
        if not (token.type == "hardbreak" and shown and shown[-1].type == "hardbreak"):
            shown.append(token)
    return shown if any(t.nesting == 0 and not _is_space(t) for t in shown) else []


def _is_space(token: Token) -> bool:
    return token.type == "hardbreak" or (token.type == "text" and not token.content.strip())


def _inline(child: Node | str) -> Iterator[Token]:
    if isinstance(child, str):
        yield Token("text", "", 0, content=_SPACE.sub(" ", child))
        return
    inside = [token for part in child.children for token in _inline(part)]
    href = child.attrs.get("href", "")
    match child.tag:
        case "br":
            yield Token("hardbreak", "br", 0)
        case "img":
            yield picture(child.attrs.get("src", ""), child.attrs.get("alt", ""))
        case tag if tag in _CODE:
            yield Token("code_inline", "code", 0, content=child.text())
        case tag if tag in _MARKS:
            yield from around(_MARKS[tag], _MARKS[tag], inside)
        case "a" if is_web_address(href):
            yield from around("link", "a", inside, href=href)
        case _:
            yield from inside


def picture(address: str, alt: str) -> Token:
    """Return the token of a picture."""
    said = [Token("text", "", 0, content=alt)]
    return Token("image", "img", 0, attrs={"src": address}, content=alt, children=said)


_RUNS = {
    "script": "a script", "iframe": "a frame", "frame": "a frame", "object": "a frame", "embed": "a frame",
    "applet": "a frame", "form": "a form", "input": "a field", "button": "a button", "select": "a field",
    "textarea": "a field", "video": "a film", "audio": "a sound", "canvas": "a drawing by a script",
    "link": "a style sheet", "base": "an address for its links",
}  # fmt: skip


class _Watcher(HTMLParser):
    """Notes what HTML holds that a report leaves out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _RUNS:
            address = values.get("src") or values.get("data") or values.get("href") or values.get("action")
            shown = f" ({address[:120]})" if address and not address.startswith("data:") else ""
            self.found.append(f"{_RUNS[tag]}{shown}")
        for name, value in values.items():
            if name.startswith("on"):
                self.found.append(f"an action ({name})")
            elif name == "style" and "url(" in value.lower():
                self.found.append("a picture that its style names")
            elif name in ("href", "src") and re.match(r"\s*(javascript|vbscript)\s*:", value, re.IGNORECASE):
                self.found.append("a link that runs something")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def left_out(html: str) -> list[str]:
    """Return what of HTML is not shown, in words, each once."""
    watcher = _Watcher()
    watcher.feed(html)
    found = watcher.found
    found += [
        "a drawing that is no SVG" for svg in _SVG.findall(html) if cleaned(svg.encode("utf-8")) is None
    ]
    if re.search(r"<style[^>]*>(?:(?!</style).)*#T_(?:(?!</style).)*color", html, re.DOTALL):
        found.append("the colours of a table")
    return list(dict.fromkeys(found))
