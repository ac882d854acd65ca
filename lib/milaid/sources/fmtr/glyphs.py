"""Characters that pdfium reads otherwise than the page shows them.

The extracts of the report were made with Ghostscript, which flags some simple fonts as symbolic and gives
them the encoding of Windows without a map to Unicode. pdfium reads their characters above ASCII as those of
the Macintosh: ``San JosÈ`` where the page prints ``San José``. In the same files the fonts with a map are
read rightly, so the repair is made font by font. Checked on all pages of the editions 2007-2008 to
2020-2021 against a reading by another program, which takes the Windows encoding.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_SYMBOLIC = 4
_NAME_LENGTH = 200
_SAME_SPOT = 0.01

# Where PDF's Macintosh encoding has no character, pdfium takes that of Windows, which is right already.
_ALREADY_RIGHT = bytes.fromhex("AD B0 B2 B3 B6 B7 B8 B9 BA BD C3 C5 C6 D7 F0")
_MACINTOSH_TO_WINDOWS = {
    bytes([code]).decode("mac_roman"): bytes([code]).decode("cp1252", "replace")
    for code in range(0x80, 0x100)
    if code not in _ALREADY_RIGHT
} | {
    # Python and pdfium place these three otherwise; the pages show what stands here.
    "£": "Á",
    "°": "°",
    "º": "º",
}


def made_with_ghostscript(document: pdfium.PdfDocument) -> bool:
    """Return whether a document is one whose fonts need the repair."""
    return "Ghostscript" in document.get_metadata_value("Producer")


def repaired(text: Any, index: int, character: str) -> str:
    """Return the character that the page shows for one above ASCII of a Ghostscript document."""
    if character in _MACINTOSH_TO_WINDOWS and _is_symbolic_simple(text, index):
        return _MACINTOSH_TO_WINDOWS[character]
    return character


def _is_symbolic_simple(text: Any, index: int) -> bool:
    """Return whether a character is set in a simple font, embedded whole, that is flagged as symbolic."""
    text_object = pdfium_c.FPDFText_GetTextObject(text, index)
    font = pdfium_c.FPDFTextObj_GetFont(text_object) if text_object else None
    if not font:
        return False
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    pdfium_c.FPDFFont_GetBaseFontName(font, name, _NAME_LENGTH)
    simple = b"+" not in name.value and not name.value.startswith(b"CIDFont")
    return simple and bool(pdfium_c.FPDFFont_GetFlags(font) & _SYMBOLIC)


def completes_sharp_s(characters: list[str], xs: list[float], across: float) -> bool:
    """Return whether an ``l`` stands on the spot of the ``f`` before it: a ß that pdfium takes for a ligature."""
    return bool(xs) and characters[-1] == "f" and abs(across - xs[-1]) < _SAME_SPOT
