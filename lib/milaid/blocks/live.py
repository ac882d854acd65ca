"""A block in a notebook in use: as HTML with its own styles and a provisional number.

Importing this module makes every block show itself this way (:func:`milaid.blocks.block.show_as`).
"""

from __future__ import annotations

from milaid.blocks import block as blocks
from milaid.blocks import html, palette
from milaid.blocks.fonts import font_face_css
from milaid.blocks.marked_html import HtmlWriter
from milaid.blocks.numbering import Number, Numbering


class _LiveReferences:
    """Numbers for a notebook in use: the exhibit shown first is number 1, a re-run cell keeps its number."""

    def __init__(self) -> None:
        self.numbering = Numbering()

    def number(self, key: str) -> Number | None:
        return self.numbering.number(key) if key in self.numbering else None


_live = _LiveReferences()


def live(block: blocks.Block) -> str:
    """Return a block for the output of a notebook cell: with its own styles and a provisional number.

    A reference to an exhibit that has not been shown yet stands as its key in brackets.
    """
    if isinstance(block, blocks.Exhibit):
        _live.numbering.add(block)
    writer = HtmlWriter(_live, prefix=f"{getattr(block, 'key', block.block)}-")
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
