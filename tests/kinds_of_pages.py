"""One page of every kind that the suite makes, small enough to be looked at whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from milaid.blocks.block import Block, Table
from milaid.blocks.cells import with_rows
from milaid.paths import project_root
from milaid.publish.files import brief, brief_page, document, page
from milaid.publish.registry.known import known
from milaid.publish.site.writing import write_site
from report_reading import Cell, run_cells
from samples import full_report, notebook
from small_suite import small_suite

REPORTS: dict[str, tuple[str, dict[str, object]]] = {
    "annual": ("annual_trends", {"fiscal_year": 2004}),
    "country": ("country_profile", {"country": "KEN", "fiscal_year": 2011}),
    "region": ("region_profile", {"region": "south-and-central-asia", "fiscal_year": 2014}),
    "program": ("program_profile", {"program": "CTFP", "fiscal_year": 2012}),
    "comparison": ("comparison", {"compare": "country", "members": "KEN,ETH", "fiscal_year": 2014}),
    "program-guide": ("program_guide", {}),
    "data-quality": ("data_quality", {}),
}
"""Each kind of report with its notebook and values."""
MOST_ROWS = 12
"""Rows of a table that are kept: more would be looked at longer and show nothing else."""
SITE = ("index", "data", "glossary", "cite", "accessibility")


def document_of(
    kind: str, name: str, values: dict[str, object], most_rows: int | None = None
) -> document.Document:
    """Return the report that the cells of a notebook make with these values, run without a kernel.

    Tables have ``most_rows`` rows at most.
    """
    return document_from(kind, run_cells(f"{name}.ipynb", **values), most_rows)


def document_from(
    kind: str, cells: Iterable[tuple[Cell, object]], most_rows: int | None = None
) -> document.Document:
    """Return the report of cells and what they show."""
    parts: list[str | Block] = []
    section = ""
    for cell, block in cells:
        if cell.section != section:
            section = cell.section
            parts.append(f"## {section}")
        if isinstance(block, Block):
            parts.append(_cut(block, most_rows))
    made = notebook(parts)
    made.metadata["milaid"] = {"report": kind}
    return document.build(made)


def _cut(block: Block, most: int | None) -> Block:
    """Return a block, a long table with its first rows alone."""
    if most is None or not isinstance(block, Table) or len(block.rows) <= most:
        return block
    return replace(with_rows(block, range(most)), pdf_rows=None)


@lru_cache(maxsize=1)
def _document(kind: str) -> document.Document:
    return document_of(kind, *REPORTS[kind], most_rows=MOST_ROWS)


def _report(kind: str, folder: Path) -> str:
    return page.render(_document(kind))


def _brief(kind: str, folder: Path) -> str:
    return brief_page.render(brief.choose(_document(kind), known()[kind].brief), ("html",))


def _sample(name: str, folder: Path) -> str:
    """Return a page of blocks of every kind, with a table of many rows, which scripts sort and page through."""
    return page.render(document.build(notebook(full_report())))


def _site(name: str, folder: Path) -> str:
    reports = folder / "reports"
    if not reports.exists():
        write_site(small_suite(reports), with_data=False)
    return (reports / f"{name}.html").read_text(encoding="utf-8")


def _style_guide(name: str, folder: Path) -> str:
    return (project_root() / "docs" / "style-guide.html").read_text(encoding="utf-8")


PAGES: dict[str, tuple[Callable[[str, Path], str], str]] = {
    **{kind: (_report, kind) for kind in REPORTS},
    "brief": (_brief, "country"),
    "of everything": (_sample, ""),
    **{name: (_site, name) for name in SITE},
    "style guide": (_style_guide, ""),
}
"""Each kind of page with what makes it; ``html_of`` calls it."""


def html_of(name: str, folder: Path) -> str:
    """Return the page of a kind; what it needs is written into ``folder``."""
    make, of = PAGES[name]
    return make(of, folder)
