"""The picture that social networks show beside a link to a report: title, key sentence and the bars of its cover."""

from __future__ import annotations

from milaid.blocks.block import Front
from milaid.blocks.drawing import view_box_of
from milaid.blocks.glyphs import string

NAME = "card.png"
"""It lies in the folder of the tables, beside the page."""
WIDTH, HEIGHT = 1200, 630
"""Its size in pixels, two to a point."""

_SOURCE = """
#set page(width: 600pt, height: 315pt, margin: (x: 36pt, y: 30pt), fill: white)
#set text(font: "Public Sans", size: 11.5pt, fill: palette.ink2)
#set par(leading: 0.5em, justify: false)
#block(below: 15pt, text(weight: 600, fill: palette.accent, SERIES))
#block(below: 13pt, text(font: "Literata", size: SIZE, weight: 600, fill: palette.ink, TITLE))
#block(text(LEAD))
"""


def source(front: Front, palette: str, cover: str) -> str:
    """Return the Typst source of the card; ``palette`` defines the colours, ``cover`` names the file of the bars."""
    title = " ".join(front.title.split())
    fields = {
        "SERIES": string(front.series or front.kind),
        "SIZE": "27pt" if len(title) < 70 else "20pt",
        "TITLE": string(title),
        "LEAD": string(front.cover_lead),
    }
    body = _SOURCE
    for name, value in fields.items():
        body = body.replace(name, value, 1)
    parts = [palette, f"#set document(title: {string(title)})\n", body]
    if front.cover:
        _, _, width, height = view_box_of(front.cover)
        shown = min(528.0, 160 * width / height)
        parts.append(
            f"#place(bottom, image({string(cover)}, alt: {string(front.cover_alt)}, width: {shown:.2f}pt))\n"
        )
    return "".join(parts)
