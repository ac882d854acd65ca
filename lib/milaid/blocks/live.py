"""A block in a notebook in use: as HTML with its own styles and a provisional number.

Importing this module makes every block show itself this way (:func:`milaid.blocks.block.show_as`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from milaid.blocks import block as blocks
from milaid.blocks import html, in_force, palette
from milaid.blocks.cells import with_rows
from milaid.blocks.fonts import SANS, font_face_css
from milaid.blocks.inline_style import TRUSTED, with_inline_styles
from milaid.blocks.live_references import LiveReferences
from milaid.blocks.marked_html import HtmlWriter, attribute, text
from milaid.blocks.percent import percent_encoded

MOST_ROWS = 100
"""Rows of a table that a cell shows; the reports have all."""
_QUOTED = re.compile(r'="([^"\']*)"')
_AS_THEY_ARE = " =:/;,()'!*+@?$|[]{}"
"""What stands in the address of a picture as it is; quotes, angle brackets, # and % among others do not."""

_live = LiveReferences()


def _prefix(name: str, place: int) -> str:
    return f"{name}-" if place == 0 else f"{name}-again-{place + 1}-"


class _LiveWriter(HtmlWriter):
    """Writes ids and references for cells that stand on one page: each exhibit is in the output of a cell of its own."""

    def place_of(self, name: str) -> str:
        """Return the id of what is shown; the number of an exhibit is not in it, as it may be another one later."""
        return f"{self.prefix}exhibit"

    def reference(self, key: str, label: str = "") -> str:
        """Return the linked number of an exhibit; its key in words while it has none."""
        number = self.references.number(key)
        if number is None:
            return f'<span class="reference">the exhibit on {text(_in_words(key))}</span>'
        return f'<a class="reference" href="#{_prefix(key, 0)}exhibit">{label or number.label}</a>'


def _in_words(key: str) -> str:
    return re.sub(r"[_.-]+", " ", key).strip()


def live(block: blocks.Block) -> str:
    """Return a block for the output of a notebook cell: with its own styles and a provisional number.

    What is shown again in another cell has ids of its own; links lead to where it was shown first. A reference to an
    exhibit that has not been shown yet names it in words.
    """
    name, place = _live.show(block)
    writer = _LiveWriter(_live, prefix=_prefix(name, place))  # type: ignore[arg-type]
    body = with_inline_styles(html.render(_in_a_cell(block), writer)) + writer.footnote_list()
    if isinstance(block, blocks.Figure):
        body = _with_picture(body, block)
    # A style counts for the whole notebook: that of the front does for all that follows it.
    styles = _styles(block) if isinstance(block, blocks.Front) or _live.front is None else ""
    own = f"<style>{styles}{''.join(writer.styles)}</style>" if styles or writer.styles else ""
    return (
        f'{own}<div class="milaid live">{_untrusted(block)}{_overridden(block)}{_of_many(block)}{body}</div>'
    )


def _styles(block: blocks.Block) -> str:
    fonts = font_face_css() if isinstance(block, blocks.Front) else ""
    # Doubled classes outweigh the notebook's own rules for tables and headings.
    styles = html.stylesheet().replace(".milaid ", ".milaid.live.live ")
    return (
        f"{fonts}.milaid.live{{{palette.css_properties()};padding:1px 12px}}"
        f'body[data-jp-theme-light="false"] .milaid.live{{{palette.css_properties(dark=True)}}}'
        f"{styles}.milaid.live.live .untrusted{{display:none}}.milaid.live.live .trusted{{display:block!important}}{TRUSTED}"
    )


def _in_a_cell(block: blocks.Block) -> blocks.Block:
    """Return what a cell shows of a block: the wide drawing, and the first rows of a long table."""
    if isinstance(block, blocks.Figure):
        return replace(block, narrow="")
    if isinstance(block, blocks.Table):
        # What print leaves out is told of the report, not of a cell.
        block = replace(block, pdf_rows=None)
    if isinstance(block, blocks.Table) and len(block.rows) > MOST_ROWS:
        return with_rows(block, range(MOST_ROWS))
    return block


def _of_many(block: blocks.Block) -> str:
    if not isinstance(block, blocks.Table) or len(block.rows) <= MOST_ROWS:
        return ""
    return (
        f"<p>The first {MOST_ROWS} of {len(block.rows):,} rows. All are in the exported report, and in "
        "<code>.frame</code> of what the cell returns.</p>"
    )


def _with_picture(body: str, figure: blocks.Figure) -> str:
    """Return a figure followed by the same as a picture, for a notebook that may not show drawings of its own."""
    # A picture sees no fonts but those of the system.
    drawn = figure.wide.replace(f"'{SANS}'", f"'{SANS}', Arial, sans-serif")
    # As text with percents, which is a fifth shorter than base64.
    drawn = _QUOTED.sub(r"='\1'", drawn).replace("\n", " ")
    picture = percent_encoded(drawn, _AS_THEY_ARE)
    shown = (
        f'<img class="untrusted" alt="{attribute(figure.alt)}" style="max-width:100%;background:#fff" '
        f'src="data:image/svg+xml,{picture}">'
    )
    # What is not trusted loses the tags of a drawing, not its texts: they would stand there as one word.
    head, drawing, rest = body.partition("<svg ")
    inside, end, notes = rest.partition("</svg>")
    return f'{head}{shown}<div class="trusted" style="display:none">{drawing}{inside}{end}</div>{notes}'


def _untrusted(block: blocks.Block) -> str:
    """Return the line that only a notebook shows which JupyterLab does not trust yet: it leaves styles out there."""
    if not isinstance(block, blocks.Front):
        return ""
    return (
        '<p class="untrusted">This notebook is shown without its styles, as it was made on another machine. To see it as '
        "published: View, Activate Command Palette, Trust Notebook.</p>"
    )


def _overridden(block: blocks.Block) -> str:
    """Return what the front says where a cell below that of parameters undoes what it sets."""
    if not isinstance(block, blocks.Front):
        return ""
    told = "".join(f"<p>{text(in_force.sentence(found))}</p>" for found in in_force.overridden())
    return f'<aside class="box">{told}</aside>' if told else ""


blocks.show_as("text/html", live)
