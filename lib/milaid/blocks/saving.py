"""One exhibit as a file of its own: picture, page, table or sheet.

Importing this module gives every block its ``save`` (:func:`milaid.blocks.block.save_as`). A picture or a page holds the
whole exhibit, with title, note and sources; the SVG of a figure is its drawing alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import milaid
from milaid.blocks import block as blocks
from milaid.blocks.csv_form import csv_file
from milaid.blocks.text_form import plain, without_references
from milaid.errors import ReportError
from milaid.temporary import temporary_folder

_MARGIN = 20.0
_PIXELS_PER_INCH = 200.0
# The head without a number; the page is as long as what stands on it.
_PAGE = """
#set document(title: {title})
#set text(font: serif, size: 10pt, lang: "en", fill: palette.ink, fallback: false, hyphenate: false)
#set par(leading: 0.72em, spacing: 1.3em, justify: false)
#set strong(delta: 200)
#set page(width: {width}pt, height: auto, margin: {margin}pt)
#show heading: it => block(above: 0pt, below: 0pt, {{ set par(leading: 6pt); it.body }})
#let exhibit-head(anchor, level, number, title, subtitle, sticky: false) = tight(width: 100%, {{
  heading(level: 1, outlined: false, weighty(12pt, title))
  if subtitle != "" {{ v(6pt); plain(9pt, subtitle) }}
}})
#let exhibit(head, body, notes) = {{ set block(spacing: 0pt); head; v(11pt); body; v(9pt); notes }}
#let long-exhibit(head, body) = {{ set block(spacing: 0pt); head; v(11pt); body }}
#let text-column(body, sticky: false) = body
#let reference(anchor, shown) = shown
"""


@dataclass(frozen=True)
class _Alone:
    """The number of what stands alone: none."""

    label: str = ""
    anchor: str = "exhibit"
    kind: str = ""
    mark: str = ""


class _NoNumbers:
    def number(self, key: str) -> _Alone:
        return _Alone()


def csv(block: blocks.Block) -> bytes:
    """Return the table of what an exhibit shows."""
    return csv_file(_with_table(block).csv)


def svg(block: blocks.Block) -> bytes:
    """Return the drawing of a figure; of a table its picture."""
    if isinstance(block, blocks.Figure):
        return block.wide.encode("utf-8")
    return _typeset(block, "svg")


def png(block: blocks.Block) -> bytes:
    """Return an exhibit as a picture."""
    return _typeset(block, "png")


def pdf(block: blocks.Block) -> bytes:
    """Return an exhibit as a page."""
    return _typeset(block, "pdf")


def xlsx(block: blocks.Block) -> bytes:
    """Return the table of an exhibit as a workbook, with sheets that say what it is and how to read it."""
    # Imported here: a notebook that saves nothing needs neither this nor Typst.
    from milaid.blocks.sheets import WorkSheet
    from milaid.blocks.workbook import workbook

    table = _with_table(block)
    columns = table.columns if isinstance(table, blocks.Table) else ()
    named = frozenset(column.name for column in columns if column.kind == "text")
    title, subtitle, alt = "Key facts", "", ""
    if isinstance(table, blocks.Exhibit):
        title, subtitle, alt = table.title, table.subtitle, table.alt
    sheet = WorkSheet("Table", title, subtitle, plain(table.note), alt, table.sources, table.csv, named)
    return workbook(title, [f"milaid version {milaid.__version__} of {milaid.__released__}"], [sheet])


def _with_table(block: blocks.Block) -> blocks.Exhibit | blocks.KeyFacts:
    if not isinstance(block, blocks.Exhibit | blocks.KeyFacts):
        raise ReportError(f"a block of kind {block.block!r} has no table; it can be saved as pdf, png or svg")
    return block


def _typeset(block: blocks.Block, format: Literal["svg", "png", "pdf"]) -> bytes:
    import typst

    from milaid.blocks import typst as markup
    from milaid.blocks.fonts import fonts_dir
    from milaid.blocks.glyphs import fallback_fonts_dir, string
    from milaid.blocks.marked_typst import TypstWriter
    from milaid.blocks.typst_table import FULL_WIDTH

    shown = without_references(block)
    writer = TypstWriter(_NoNumbers())  # type: ignore[arg-type]
    body = markup.render(shown, writer)
    title = getattr(block, "title", block.block)
    page = _PAGE.format(title=string(title), width=FULL_WIDTH + 2 * _MARGIN, margin=_MARGIN)
    with temporary_folder() as folder:
        for name, content in writer.assets.items():
            (folder / name).write_bytes(content)
        main = folder / "exhibit.typ"
        main.write_bytes(f"{markup.preamble()}{page}\n{body}".encode())
        try:
            made = typst.compile(
                str(main),
                root=str(folder),
                format=format,
                ppi=_PIXELS_PER_INCH,
                font_paths=[str(fonts_dir()), str(fallback_fonts_dir())],
                ignore_system_fonts=True,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise ReportError(f"{title!r} cannot be set as {format}: {error}") from error
    pages = made if isinstance(made, list) else [made]
    if len(pages) != 1:
        raise ReportError(f"{title!r} makes {len(pages)} pages as {format}; save it as pdf")
    return pages[0]


for _suffix, _write in {".csv": csv, ".svg": svg, ".png": png, ".pdf": pdf, ".xlsx": xlsx}.items():
    blocks.save_as(_suffix, _write)
