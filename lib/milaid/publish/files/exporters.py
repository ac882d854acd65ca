"""The nbconvert exporters of milaid: ``jupyter nbconvert --to milaid-html`` and ``--to milaid-pdf``.

By their entry points they also stand in JupyterLab's menu File, Save and Export Notebook As.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Enum

from milaid.errors import ReportError
from milaid.publish.files import document, page, pdf


class MilaidHTMLExporter(Exporter):
    """Turns an executed notebook into one HTML file."""

    export_from_notebook = "milaid HTML"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the page as text; warns of a page over 1.5 MB."""
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        content = page.render(document.build(notebook, _name(resources), _folder(resources)))
        size = len(content.encode("utf-8"))
        if size > page.MOST_BYTES:
            self.log.warning("the page has %.1f MB; it should stay below 1.5 MB", size / 1e6)
        return content, resources


class MilaidPDFExporter(Exporter):
    """Turns an executed notebook into a PDF for print."""

    export_from_notebook = "milaid PDF"
    output_mimetype = "application/pdf"

    paper = Enum(
        sorted(pdf.PAPERS),
        default_value=None,
        allow_none=True,
        help="Paper size: a4 or letter. Default: milaid.paper in the notebook's metadata, else a4.",
    ).tag(config=True)

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the PDF as bytes; raises ReportError for a paper that is not known."""
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        paper = self.paper or notebook.metadata.get("milaid", {}).get("paper", "a4")
        if paper not in pdf.PAPERS:
            raise ReportError(
                f"milaid.paper in the notebook's metadata is {paper!r}; allowed: {', '.join(pdf.PAPERS)}"
            )
        return pdf.render(document.build(notebook, _name(resources), _folder(resources)), paper), resources


def _name(resources: Any) -> str:
    """Return a title for a notebook that has none: the name of its file in words."""
    name = str(resources.get("metadata", {}).get("name") or "Notebook")
    return name.replace("_", " ").strip() or "Notebook"


def _folder(resources: Any) -> Path | None:
    """Return where the notebook lies, None where that is not known."""
    path = resources.get("metadata", {}).get("path")
    return Path(path) if path is not None else None
