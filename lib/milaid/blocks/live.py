"""A block in a notebook in use: as HTML with its own styles and a provisional number.

Importing this module makes every block show itself this way (:func:`milaid.blocks.block.show_as`).
"""

from __future__ import annotations

import re

from milaid.blocks import block as blocks
from milaid.blocks import html, palette
from milaid.blocks.fonts import font_face_css
from milaid.blocks.marked_html import HtmlWriter, text
from milaid.blocks.numbering import Number, Numbering


class _LiveReferences:
    """Numbers for a notebook in use: the exhibit shown first is number 1, a re-run cell keeps its number.

    The front of another report, such as that of another year, begins them anew.
    """

    def __init__(self) -> None:
        self.numbering = Numbering()
        self.front: blocks.Front | None = None

    def show(self, block: blocks.Block) -> None:
        """Take note of a block that is shown."""
        if isinstance(block, blocks.Front) and block != self.front:
            self.numbering, self.front = Numbering(), block
        if isinstance(block, blocks.Exhibit):
            self.numbering.add(block)

    def number(self, key: str) -> Number | None:
        return self.numbering.number(key) if key in self.numbering else None


_live = _LiveReferences()


class _LiveWriter(HtmlWriter):
    """Writes references for cells that stand on one page: each exhibit is in the output of a cell of its own."""

    def reference(self, key: str, label: str = "") -> str:
        """Return the linked number of an exhibit; its key in words while it has none."""
        number = self.references.number(key)
        if number is None:
            return f'<span class="reference">the exhibit on {text(_in_words(key))}</span>'
        return f'<a class="reference" href="#{_prefix(key)}{number.anchor}">{label or number.label}</a>'


def _in_words(key: str) -> str:
    return re.sub(r"[_.-]+", " ", key).strip()


def _prefix(name: str) -> str:
    return f"{name}-"


def live(block: blocks.Block) -> str:
    """Return a block for the output of a notebook cell: with its own styles and a provisional number.

    A reference to an exhibit that has not been shown yet names it in words.
    """
    _live.show(block)
    writer = _LiveWriter(_live, prefix=_prefix(getattr(block, "key", block.block)))
    body = html.render(block, writer) + writer.footnote_list()
    # Doubled classes outweigh the notebook's own rules for tables and headings.
    styles = html.stylesheet().replace(".milaid ", ".milaid.live.live ")
    fonts = font_face_css() if isinstance(block, blocks.Front) else ""
    return (
        f"<style>{fonts}.milaid.live{{{palette.css_properties()};padding:1px 12px}}"
        f'body[data-jp-theme-light="false"] .milaid.live{{{palette.css_properties(dark=True)}}}'
        f'{styles}{"".join(writer.styles)}</style><div class="milaid live">{body}</div>'
    )


blocks.show_as("text/html", live)
