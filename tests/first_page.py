"""Where the findings of a report stand in its PDF."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pypdfium2

from milaid.blocks.block import Findings
from milaid.publish.files import document
from milaid.publish.files.in_full import in_full


def findings_elsewhere(pdf: Path) -> list[str]:
    """Return the leads of findings that do not stand on the first page of text of a report, with its notebook beside it.

    That page is the first behind cover and contents, which the first bookmark leads to.
    """
    printed = pypdfium2.PdfDocument(pdf)
    first = next(iter(printed.get_toc())).get_dest().get_index()
    text = _plain(printed[first].get_textpage().get_text_range())
    # Abbreviations are written out on page and in print, not in the notebook.
    shown = in_full(document.build(nbformat.read(pdf.with_suffix(".ipynb"), 4)))
    found = [each for block in shown.blocks() if isinstance(block, Findings) for each in block.findings]
    assert found, f"{pdf} has no findings"
    return [each.lead for each in found if _plain(each.lead + each.text) not in text]


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)
