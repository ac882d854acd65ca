"""Text as Typst string literals, in which every character has a glyph.

A character that no font of the PDF has is shown by its number, ``[U+4E2D]``: PDF/UA forbids a missing glyph, and a reader
can still look it up.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from milaid.blocks import fonts, marked

_STRING_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\n", "\t": "\\t"}


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
