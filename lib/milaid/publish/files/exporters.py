"""The nbconvert exporters of milaid: ``jupyter nbconvert --to milaid-html``, ``milaid-pdf`` and ``milaid-brief``.

By their entry points they also stand in JupyterLab's menu File, Save and Export Notebook As. They refuse a notebook whose
outputs are not what its cells give, unless a draft is asked for, and mark what differs from a notebook of the suite.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Bool, Enum
from traitlets.config import Application

from milaid.errors import MilaidError, ReportError
from milaid.publish.files import brief, brief_pdf, document, execution, page, pdf, reanalysis
from milaid.publish.registry.known import known
from milaid.publish.registry.places import BRIEF_ENDING

_COMMAND = "jupyter-nbconvert"


class MilaidExporter(Exporter):
    """What the exporters share: the document of a notebook that may be exported."""

    draft = Bool(
        False,
        help="Export a notebook whose cells have not all run, in order and as they stand, with the mark Draft. "
        "The tag 'draft' of a cell, or milaid.draft in the notebook's metadata, says the same.",
    ).tag(config=True)

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return what the notebook becomes; raises ReportError where it cannot be exported, and says why."""
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        try:
            return self._made(self._document(notebook, resources), notebook), resources
        except MilaidError as error:
            if Application.initialized() and Application.instance().name == _COMMAND:
                # On the command line a message is enough; nbconvert would print its own lines of code.
                raise SystemExit(f"{_name(resources)}: {error}") from error
            raise

    def _document(self, notebook: NotebookNode, resources: Any) -> document.Document:
        marks = (*execution.marks(notebook, self.draft), *reanalysis.marks(notebook))
        folder = _folder(resources)
        made = document.build(notebook, _name(resources), folder)
        made.marks = marks
        if folder is not None and not (folder / f"{made.links.place.rpartition('/')[2]}.zip").is_file():
            # A copy that is exported elsewhere has none of the files of the report beside it.
            made.made = replace(made.made, formats=())
        return made

    def _made(self, made: document.Document, notebook: NotebookNode) -> Any:
        raise NotImplementedError


class MilaidHTMLExporter(MilaidExporter):
    """Turns an executed notebook into one HTML file."""

    export_from_notebook = "milaid HTML"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def _made(self, made: document.Document, notebook: NotebookNode) -> str:
        """Return the page as text; warns of a page over 1.5 MB."""
        content = page.render(made)
        size = len(content.encode("utf-8"))
        if size > page.MOST_BYTES:
            self.log.warning("the page has %.1f MB; it should stay below 1.5 MB", size / 1e6)
        return content


class MilaidPDFExporter(MilaidExporter):
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

    def _made(self, made: document.Document, notebook: NotebookNode) -> bytes:
        """Return the PDF as bytes; raises ReportError for a paper that is not known."""
        paper = self.paper or notebook.metadata.get("milaid", {}).get("paper", "a4")
        if paper not in pdf.PAPERS:
            raise ReportError(
                f"milaid.paper in the notebook's metadata is {paper!r}; allowed: {', '.join(pdf.PAPERS)}"
            )
        return self._printed(made, notebook, paper)

    def _printed(self, made: document.Document, notebook: NotebookNode, paper: str) -> bytes:
        return pdf.render(made, paper)


class MilaidBriefExporter(MilaidPDFExporter):
    """Turns an executed notebook into a brief of two pages; the file has another name than its PDF.

    A notebook of no kind of report that has a brief shows its first figures and its first table.
    """

    export_from_notebook = "milaid brief"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the brief as bytes; raises ReportError where it cannot be exported, and says why."""
        content, resources = super().from_notebook_node(nb, resources, **options)
        resources["output_extension"] = f"{BRIEF_ENDING}.pdf"
        return content, resources

    def _printed(self, made: document.Document, notebook: NotebookNode, paper: str) -> bytes:
        report = known().get(reanalysis.kind_of(notebook))
        wanted = report.brief if report else ()
        return brief_pdf.render(
            brief.choose(made, wanted or [exhibit.key for exhibit in made.exhibits()]), paper
        )


def _name(resources: Any) -> str:
    """Return a title for a notebook that has none: the name of its file in words."""
    name = str(resources.get("metadata", {}).get("name") or "Notebook")
    return name.replace("_", " ").strip() or "Notebook"


def _folder(resources: Any) -> Path | None:
    """Return where the notebook lies, None where that is not known."""
    path = resources.get("metadata", {}).get("path")
    return Path(path) if path is not None else None
