"""Whole volumes of the report, put together from front matter and the sections of its regions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2 as pdfium

from fmtr_documents import Document, write, write_other_pdf


def join(target: Path, parts: Iterable[Path]) -> Path:
    """Write one PDF with the pages of several, and return where it lies."""
    with pdfium.PdfDocument.new() as volume:
        for part in parts:
            with pdfium.PdfDocument(part) as pages:
                volume.import_pages(pages)
        volume.save(target)
    return target


def draw_volume(target: Path, *regions: Document) -> Path:
    """Draw a volume: contents that name the first region as its pages do, a foreword, then the regions."""
    folder = target.parent / f"{target.stem}-parts"
    folder.mkdir(exist_ok=True)
    contents = f"Volume I Section IV-I - {regions[0].region}" if regions else "Contents"
    parts = [write_other_pdf(folder / "contents.pdf", contents), write_other_pdf(folder / "foreword.pdf")]
    parts += [write(folder / f"{number}.pdf", region) for number, region in enumerate(regions)]
    return join(target, parts)
