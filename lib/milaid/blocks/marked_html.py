"""Marked text as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from html import escape

from markdown_it.token import Token

from milaid.blocks import marked, mathematics
from milaid.blocks.explained import Explained
from milaid.blocks.numbering import References
from milaid.blocks.targets import NO_LINKS, SCHEME, Links

_MOST_KEPT = 40
"""Letters up to which a text is kept with its HTML."""


def text(value: str) -> str:
    """Return plain text as HTML, letter for letter; ranges and amounts stay on one line."""
    # Tables say the same few words and numbers again and again.
    return _kept(value) if len(value) <= _MOST_KEPT else _written(value)


@lru_cache(maxsize=8192)
def _kept(value: str) -> str:
    return _written(value)


def _written(value: str) -> str:
    parts = marked.TOGETHER.split(escape(marked.showable(value), quote=True))
    return "".join(f'<span class="together">{part}</span>' if i % 2 else part for i, part in enumerate(parts))


def attribute(value: str) -> str:
    """Return plain text for use between the quotes of an attribute."""
    return escape(marked.showable(value), quote=True)


class HtmlWriter:
    """Writes tokens as HTML; collects the footnotes, which the page shows at its end, and the styles
    of single exhibits, which stand in its head.

    ``prefix`` keeps the ids of several fragments on one page apart. ``links`` knows where the page lies and which
    reports it may link to. ``explained`` marks terms; links, headings, footnotes and code stay without marks.
    """

    def __init__(
        self,
        references: References,
        prefix: str = "",
        links: Links = NO_LINKS,
        explained: Explained | None = None,
    ) -> None:
        self.references = references
        self.prefix = prefix
        self.links = links
        self.footnotes: list[str] = []
        self.styles: list[str] = []
        self.explained = explained or Explained(())
        self._closings: list[str] = []
        self._silent = 0
        self._places: dict[str, int] = {}

    def place_of(self, name: str) -> str:
        """Return the id for what is shown under a name: the name, with a count from the second time on."""
        count = self._places[name] = self._places.get(name, 0) + 1
        return self.prefix + (name if count == 1 else f"{name}-again-{count}")

    @contextmanager
    def part(self) -> Iterator[None]:
        """Explain terms within as if nothing had: a section, or an exhibit, which may be shown alone."""
        before, self.explained.seen = self.explained.seen, set()
        yield
        self.explained.seen = before

    @contextmanager
    def unexplained(self) -> Iterator[None]:
        """Mark no term within."""
        self._silent += 1
        yield
        self._silent -= 1

    def words(self, value: str) -> str:
        """Return plain text as HTML, its terms marked."""
        if self._silent or self._closings:
            return text(value)
        return self.explained.marked(value, text)

    def meanings(self) -> str:
        """Return what the marked terms mean, for the end of the page; "" for none."""
        with self.unexplained():
            items = "".join(
                f'<p class="meaning" id="{term.anchor}" role="tooltip"><b>{text(term.name)}.</b> {self.inline(term.meaning)}</p>'
                for term in self.explained.used
            )
        return f'<div class="meanings">{items}</div>' if items else ""

    def blocks(self, value: str, lead: str = "") -> str:
        """Return a marked text of paragraphs as HTML, the first one behind a lead of HTML."""
        tokens = marked.parse(value)
        if not lead:
            return self.tokens(tokens)
        if tokens and tokens[0].type == "paragraph_open":
            return f"<p>{lead} {self.tokens(tokens[1:])}"
        return f"<p>{lead}</p>{self.tokens(tokens)}"

    def inline(self, value: str) -> str:
        """Return a marked text of one paragraph as HTML without the paragraph."""
        return self.tokens(marked.parse_inline(value))

    def reference(self, key: str, label: str = "") -> str:
        """Return the linked number of an exhibit, or ``label`` for it; the key in brackets while it has none."""
        number = self.references.number(key)
        if number is None:
            return f'<span class="reference">[{text(key)}]</span>'
        return f'<a class="reference" href="#{self.prefix}{number.anchor}">{label or number.label}</a>'

    def tokens(self, tokens: Sequence[Token]) -> str:
        """Return tokens as HTML."""
        return "".join(self._token(token) for token in tokens)

    def _token(self, token: Token) -> str:
        match token.type:
            case "text":
                return self.words(token.content)
            case "inline":
                return self.tokens(token.children or [])
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "<br>"
            case "code_inline":
                return f"<code>{escape(token.content)}</code>"
            case "code_block" | "fence":
                return f"<pre><code>{escape(token.content)}</code></pre>\n"
            case "preformatted":
                return f"<pre>{escape(marked.showable(token.content), quote=True)}</pre>\n"
            case "reference":
                return self.reference(token.meta["key"])
            case "footnote":
                return self._footnote(token)
            case "image":
                return self._image(token)
            case "math_inline" | "math_block":
                return self._formula(token)
            case "unshown":
                return f'<span class="unshown">{text(token.content)}</span>'
            case "hr":
                return "<hr>\n"
            case "th_open" | "td_open":
                return self._table_cell(token)
            case "table_open":
                return '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>'
            case "table_close":
                return "</table></div>\n"
            case "link_open":
                opening, closing = self._link(str(token.attrs.get("href", "")))
                self._closings.append(closing)
                return opening
            case "link_close":
                return self._closings.pop()
            case "heading_open" | "heading_close":
                level = max(3, int(token.tag[1:]))
                self._silent += token.nesting
                return f"<{'/' if token.nesting < 0 else ''}h{level}>"
            case "ordered_list_open":
                return f'<ol start="{token.attrs["start"]}">' if "start" in token.attrs else "<ol>"
        if token.hidden:
            return ""
        return f"<{token.tag}>" if token.nesting > 0 else f"</{token.tag}>"

    def _link(self, href: str) -> tuple[str, str]:
        """Return what stands before and behind the text of a link; nothing where it is to stand plain."""
        address = self.links.address(href.removeprefix(SCHEME)) if href.startswith(SCHEME) else href
        return ("", "") if address is None else (f'<a href="{attribute(address)}">', "</a>")

    def _footnote(self, token: Token) -> str:
        position = len(self.footnotes)
        self.footnotes.append("")
        with self.unexplained():
            self.footnotes[position] = self.tokens(token.children or [])
        name = f"{self.prefix}note-{position + 1}"
        return (
            f'<sup class="footnote"><a href="#{name}" id="{name}-mark" aria-label="Footnote {position + 1}">'
            f"{position + 1}</a></sup>"
        )

    def footnote_list(self) -> str:
        """Return the footnotes collected so far as a list, "" without any."""
        if not self.footnotes:
            return ""
        items = []
        for count, content in enumerate(self.footnotes, start=1):
            name = f"{self.prefix}note-{count}"
            label = f"Back to the text of footnote {count}"
            back = f'<a class="back" href="#{name}-mark" aria-label="{label}">back</a>'
            items.append(f'<li id="{name}">{content} {back}</li>')
        return f'<ol class="footnotes">{"".join(items)}</ol>'

    def _formula(self, token: Token) -> str:
        display = token.type == "math_block"
        formula = mathematics.mathml(token.content, display)
        if formula is None:
            formula = f'<code>{escape(token.content.strip())}</code> <span class="unshown">{mathematics.NOT_READ}</span>'
        if not display:
            return formula
        return f'<div class="formula" tabindex="0" role="region" aria-label="Formula">{formula}</div>\n'

    def _image(self, token: Token) -> str:
        source = str(token.attrs.get("src", ""))
        alt = marked.plain(token.children or [])
        if source.startswith("data:"):
            width = f' width="{int(token.attrs["width"])}"' if "width" in token.attrs else ""
            return f'<img src="{attribute(source)}" alt="{attribute(alt)}"{width}>'
        # A page that loads nothing from elsewhere links to a picture instead of showing it.
        return f'<a href="{attribute(source)}">{text(alt or source)}</a>'

    def _table_cell(self, token: Token) -> str:
        style = str(token.attrs.get("style", ""))
        numeric = ' class="n"' if "right" in style else ""
        scope = f' scope="{token.attrs.get("scope", "col")}"' if token.tag == "th" else ""
        spans = "".join(
            f' {name}="{token.attrs[name]}"' for name in ("colspan", "rowspan") if name in token.attrs
        )
        return f"<{token.tag}{numeric}{scope}{spans}>"
