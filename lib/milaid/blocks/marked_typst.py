"""Marked text as Typst.

Text becomes string literals (``#"...";``), so no character of it can be read as markup. A character that
no font of the PDF has is shown by its number, ``[U+4E2D]``: PDF/UA forbids a missing glyph, and a reader
can still look it up.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

from markdown_it.token import Token

from milaid.blocks import fonts, marked
from milaid.blocks.numbering import References
from milaid.blocks.targets import NO_LINKS, Links, is_web_address

_STRING_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\n", "\t": "\\t"}
_DATA_ADDRESS = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)(;[^,]*)?,(.*)", re.DOTALL)


def fallback_fonts_dir() -> Path:
    """Return the directory of DejaVu Sans, for characters that Literata and Public Sans do not have."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@cache
def _covered() -> frozenset[int]:
    """Return the code points that the fonts of the PDF can draw."""
    from fontTools.ttLib import TTFont

    files = [fonts.fonts_dir() / f"{face.file}.ttf" for face in fonts.FACES]
    regular = [path for path in files if path.stem.endswith("-Regular")]
    covered: set[int] = set()
    for path in [*regular, fallback_fonts_dir() / "DejaVuSans.ttf"]:
        with TTFont(path, lazy=True) as font:
            covered.update(font.getBestCmap())
    return frozenset(covered)


def _drawable(value: str) -> str:
    """Return text in which every character has a glyph; others are named by their number."""
    composed = unicodedata.normalize("NFC", marked.showable(value))
    if composed.isascii():
        return composed
    return "".join(c if c.isascii() or ord(c) in _covered() else _named(c) for c in composed)


def _named(character: str) -> str:
    """Return the number of a character that cannot be drawn; invisible ones are left out."""
    return "" if unicodedata.category(character) == "Cf" else f"[U+{ord(character):04X}]"


def string(value: str) -> str:
    """Return plain text as a Typst string literal."""
    return '"' + "".join(_STRING_ESCAPES.get(c, c) for c in _drawable(value)) + '"'


def text(value: str) -> str:
    """Return plain text as Typst markup, letter for letter; ranges and amounts stay on one line."""
    parts = marked.TOGETHER.split(value)
    return "".join(
        f"#box({string(part)});" if i % 2 else f"#{string(part)};" for i, part in enumerate(parts) if part
    )


def image_bytes(address: str) -> tuple[str, bytes] | None:
    """Return suffix and content of a picture in a ``data:`` address, or None."""
    match = _DATA_ADDRESS.fullmatch(address)
    if not match:
        return None
    suffix = "svg" if match[1] == "svg+xml" else match[1]
    content = unquote_to_bytes(match[3])
    return suffix, base64.b64decode(content) if "base64" in (match[2] or "") else content


def _table_start(tokens: Sequence[Token]) -> str:
    """Return the start of a Typst table with the alignments of the head that follows."""
    alignments = []
    for token in tokens:
        if token.type == "thead_close":
            break
        if token.type == "th_open":
            alignments.append("right" if "right" in str(token.attrs.get("style", "")) else "left")
    return f"#text-table(({', '.join(alignments)},), "


class TypstWriter:
    """Writes tokens as Typst markup.

    ``depth`` is the level of the heading above, 0 for none. ``assets`` collects the files the markup
    names, by name. Only web addresses become links, as the PDF travels alone; ``links`` says which other reports
    there are to be named.
    """

    def __init__(self, references: References, links: Links = NO_LINKS) -> None:
        self.references = references
        self.links = links
        self.depth = 0
        self.assets: dict[str, bytes] = {}

    def asset(self, suffix: str, content: bytes) -> str:
        """Keep a file for the compiler and return its name."""
        name = f"asset-{len(self.assets) + 1}.{suffix}"
        self.assets[name] = content
        return name

    def blocks(self, value: str, lead: str = "") -> str:
        """Return a marked text of paragraphs as Typst, behind a lead of Typst."""
        return (f"{lead} " if lead else "") + self.tokens(marked.parse(value))

    def inline(self, value: str) -> str:
        """Return a marked text of one paragraph as Typst without the paragraph."""
        return self.tokens(marked.parse_inline(value))

    def reference(self, key: str, label: str = "") -> str:
        """Return the linked number of an exhibit, or ``label`` for it."""
        number = self.references.number(key)
        if number is None:
            return f"[{text(key)}]"
        return f"#reference({string(number.anchor)}, {string(label or number.label)});"

    def tokens(self, tokens: Sequence[Token]) -> str:
        """Return tokens as Typst."""
        parts = []
        for position, token in enumerate(tokens):
            if token.type == "table_open":
                parts.append(_table_start(tokens[position:]))
            else:
                parts.append(self._token(token))
        return "".join(parts)

    def _token(self, token: Token) -> str:
        match token.type:
            case "text":
                return text(token.content)
            case "inline":
                return self.tokens(token.children or [])
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "#linebreak();"
            case "code_inline":
                return f"#raw({string(token.content)});"
            case "code_block" | "fence":
                return f"#raw({string(token.content.rstrip())}, block: true);\n\n"
            case "reference":
                return self.reference(token.meta["key"])
            case "footnote":
                return f"#footnote[{self.tokens(token.children or [])}];"
            case "image":
                return self._image(token)
            case "hr":
                return "#text-rule;\n\n"
            case "heading_open":
                self.depth = min(max(2, int(token.tag[1:]) - 1), self.depth + 1)
                return f"#heading(level: {self.depth})["
            case "link_open":
                href = str(token.attrs.get("href", ""))
                # A link that only works beside the notebook becomes plain text: the PDF travels alone.
                return f"#link({string(href)})[" if is_web_address(href) else "#text["
        return self._structure(token)

    def _structure(self, token: Token) -> str:
        """Return the Typst of tokens that only open or close something."""
        match token.type:
            case "paragraph_open":
                return ""
            case "paragraph_close":
                return "" if token.hidden else "\n\n"
            case "em_open":
                return "#emph["
            case "strong_open":
                return "#strong["
            case "em_close" | "strong_close" | "link_close":
                return "];"
            case "heading_close":
                return "];\n\n"
            case "bullet_list_open":
                return "#list("
            case "ordered_list_open":
                return f"#enum(start: {int(token.attrs.get('start', 1))}, "
            case "bullet_list_close" | "ordered_list_close":
                return ");\n\n"
            case "list_item_open" | "th_open" | "td_open":
                return "["
            case "list_item_close" | "th_close" | "td_close":
                return "], "
            case "blockquote_open":
                return "#quote(block: true)["
            case "blockquote_close":
                return "];\n\n"
            case "thead_open":
                return "table.header("
            case "thead_close":
                return "), "
            case "table_close":
                return ");\n\n"
        return ""

    def _image(self, token: Token) -> str:
        source = str(token.attrs.get("src", ""))
        alt = marked.plain(token.children or [])
        picture = image_bytes(source)
        if picture:
            return f"#picture({string(self.asset(*picture))}, {string(alt or 'Picture')});"
        return text(alt or source)
