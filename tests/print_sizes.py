"""The sizes of type in a finished PDF, drawings included, as they stand on the page."""

from __future__ import annotations

import ctypes
from collections import Counter
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

LEAST_POINTS = 7.5
"""The least size of type in print."""


def smaller_than(pdf: Path | bytes, points: float) -> dict[float, str]:
    """Return the letters that are set under so many points, by size; what shows nothing is left out."""
    found: dict[float, Counter[str]] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for position in range(text.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(text.raw, position))
                matrix = raw.FS_MATRIX()
                if not letter.strip() or raw.FPDFText_IsGenerated(text.raw, position):
                    continue
                if not raw.FPDFText_GetMatrix(text.raw, position, ctypes.byref(matrix)):
                    continue
                scale = (matrix.c**2 + matrix.d**2) ** 0.5
                size = raw.FPDFText_GetFontSize(text.raw, position) * scale
                if size < points - 0.01:
                    found.setdefault(round(size, 2), Counter())[letter] += 1
    return {size: "".join(letters) for size, letters in sorted(found.items())}
