"""How much of each page of a PDF is left blank, counted on its pictures."""

from __future__ import annotations

import numpy as np
import pypdfium2

from milaid.publish.files import document, pdf
from milaid.publish.files.pagination import MOST_EMPTY

_MARGINS, _FLIPPED_MARGINS = (76, 60), (64, 50)
_INK = 200


def empty_shares(content: bytes) -> list[float]:
    """Return for each page the share of its text area below the last ink."""
    shares = []
    for page in pypdfium2.PdfDocument(content):
        width, height = page.get_size()
        above, below = _FLIPPED_MARGINS if width > height else _MARGINS
        picture = np.asarray(page.render(scale=1, grayscale=True).to_numpy()).squeeze()
        area = picture[above : int(height) - below]
        inked = np.flatnonzero((area < _INK).any(axis=1))
        shares.append(1 - (inked[-1] + 1 if len(inked) else 0) / len(area))
    return shares


def unfilled(report: document.Document, content: bytes) -> tuple[list[int], int]:
    """Return the numbers of body pages that are left empty for the most part, and how many body pages there are.

    Cover and contents are no body; the last pages of the body and of each turned stretch are not counted, nor is that
    before an appendix, which starts a page.
    """
    opened = pypdfium2.PdfDocument(content)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in opened]
    turned = [page.get_width() > page.get_height() for page in opened]
    appendix = next((s.title for s in report.sections if pdf.is_appendix(s)), None)
    starts = next((n for n in range(2, len(texts)) if appendix and f" {appendix} Table" in texts[n]), None)
    last = {len(texts) - 1} | {n for n in range(len(texts) - 1) if turned[n] != turned[n + 1]}
    last |= {starts - 1} if starts else set()
    shares = empty_shares(content)
    body = [n for n in range(2, len(texts)) if n not in last]
    return [n + 1 for n in body if shares[n] > MOST_EMPTY], len(body)
