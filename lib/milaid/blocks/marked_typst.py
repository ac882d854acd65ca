"""Marked text as Typst.

Text becomes string literals (``#"...";``, :mod:`milaid.blocks.glyphs`), so no character of it can be read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from milaid.blocks import marked, mathematics, pictures
from milaid.blocks.glyphs import string
from milaid.blocks.mathematics_typst import equation
from milaid.blocks.numbering import References
from milaid.blocks.targets import NO_LINKS, Links, is_web_address
from milaid.blocks.typst_text_table import FULL_WIDTH, end_of, text_table

TALLEST_PICTURE = 560.0
_LONG_RUN = re.compile(r"(\S{80})(?=\S)")
_BREAK = "\\1\N{ZERO WIDTH SPACE}"
NO_NAME = "a picture without a name"


def text(value: str) -> str:
    """Return plain text as Typst markup, letter for letter; ranges and amounts stay on one line."""
    parts = marked.TOGETHER.split(value)
    return "".join(
        f"#box({string(part)});" if i % 2 else f"#{string(part)};" for i, part in enumerate(parts) if part
    )


class TypstWriter:
    """Writes tokens as Typst markup.

    ``depth`` is the level of the heading above, 0 for none. ``assets`` collects the files the markup
    names, by name; ``unreadable`` are those that Typst is known to refuse. Only web addresses become links, as the PDF travels alone; ``links`` says which other reports
    there are to be named.
    """

    def __init__(self, references: References, links: Links = NO_LINKS) -> None:
        self.references = references
        self.links = links
        self.depth = 0
        self.assets: dict[str, bytes] = {}
        self.unreadable: frozenset[bytes] = frozenset()
        self._places: dict[str, int] = {}

    def place_of(self, name: str) -> str:
        """Return the label for what is shown under a name: the name, with a count from the second time on."""
        count = self._places[name] = self._places.get(name, 0) + 1
        return name if count == 1 else f"{name}-again-{count}"

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
        done = 0
        for position, token in enumerate(tokens):
            if position < done:
                continue
            if token.type == "table_open":
                done = position + end_of(tokens[position:]) + 1
                parts.append(text_table(tokens[position:done], self.tokens))
            elif token.type == "inline" and (picture := _only_picture(token)):
                parts.append(self._picture(picture, alone=True))
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
            case "preformatted":
                return f"#preformatted({string(_LONG_RUN.sub(_BREAK, token.content))});\n\n"
            case "reference":
                return self.reference(token.meta["key"])
            case "footnote":
                return f"#footnote[{self.tokens(token.children or [])}];"
            case "image":
                return self._picture(token, alone=False)
            case "math_inline" | "math_block":
                return _formula(token)
            case "unshown":
                return f"#unshown({string(token.content)});"
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
            case "s_open":
                return "#strike["
            case "sub_open":
                return "#sub["
            case "sup_open":
                return "#super["
            case "em_close" | "strong_close" | "link_close" | "s_close" | "sub_close" | "sup_close":
                return "];"
            case "heading_close":
                return "];\n\n"
            case "bullet_list_open":
                return "#list("
            case "ordered_list_open":
                return f"#enum(start: {int(token.attrs.get('start', 1))}, "
            case "bullet_list_close" | "ordered_list_close":
                return ");\n\n"
            case "list_item_open":
                return "["
            case "list_item_close":
                return "], "
            case "blockquote_open":
                return "#quote(block: true)["
            case "blockquote_close":
                return "];\n\n"
        return ""

    def _picture(self, token: Token, alone: bool) -> str:
        """Return a picture on a line of its own or within one; its words where it cannot be shown."""
        source = str(token.attrs.get("src", ""))
        alt = marked.plain(token.children or [])
        found = pictures.of_address(source)
        if found and found[1] in self.unreadable:
            return f"#unshown({string(f'Not in print: {alt or NO_NAME}. The drawing cannot be read.')});"
        if not found:
            return text(alt or source)
        picture = pictures.read(found[1])
        file = string(self.asset(*found))
        if not alone or picture is None:
            return f"#picture({file}, {string(alt or 'Picture')});"
        wide = float(token.attrs.get("width", picture.width)) * 0.75
        width = min(FULL_WIDTH, wide, TALLEST_PICTURE * picture.width / picture.height)
        return f"#output-picture({file}, {string(alt or 'Picture')}, {width:.2f}pt, auto);\n"


def _only_picture(token: Token) -> Token | None:
    """Return the picture of a paragraph that holds nothing else."""
    shown = [
        t
        for t in token.children or []
        if t.type not in ("softbreak",) and (t.type != "text" or t.content.strip())
    ]
    return shown[0] if len(shown) == 1 and shown[0].type == "image" else None


def _formula(token: Token) -> str:
    display = token.type == "math_block"
    formula = equation(token.content, display)
    if formula is None:
        return f"#raw({string(token.content.strip())}); #unshown({string(mathematics.NOT_READ)});"
    return f"#formula({formula});\n\n" if display else f"#{formula};"
