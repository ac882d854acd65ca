"""The brief of a report as one HTML page, in the styles of the page of the report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from importlib.metadata import version

from markupsafe import Markup

from milaid.blocks import html
from milaid.blocks.block import Findings
from milaid.blocks.explained import Explained
from milaid.blocks.marked_html import HtmlWriter, attribute, text
from milaid.blocks.numbering import References
from milaid.blocks.words import as_sentence
from milaid.publish.files import brief, page
from milaid.publish.files.brief import Brief
from milaid.publish.files.explained import explained
from milaid.publish.files.policy import with_policy
from milaid.publish.registry.places import brief_of


class _Writer(HtmlWriter):
    """Leads from references to what the brief does not show to the page of the report."""

    def __init__(
        self, references: References, links: brief.BesideReport, shown: frozenset[str], explained: Explained
    ) -> None:
        super().__init__(references, links=links, explained=explained)
        self._shown = shown

    def reference(self, key: str, label: str = "") -> str:
        """Return the number of an exhibit, linked to where it is shown."""
        number = self.references.number(key)
        if key in self._shown or number is None:
            return super().reference(key, label)
        address = self.links.address(f"{self.links.place}#{number.anchor}") if self.links.place else None
        words = label or number.label
        return f'<a class="reference" href="{attribute(address)}">{words}</a>' if address else words


def render(shown: Brief, formats: Collection[str]) -> str:
    """Return the page as HTML text; ``formats`` are those in which the report is made beside it."""
    document = shown.document
    links = brief.links_of(document, formats)
    writer = _Writer(document.numbering, links, shown.keys, explained(document))
    front = document.front
    name = links.place.rpartition("/")[2]
    files = [
        (label, f"{name}.{suffix}")
        for suffix, label in (("html", "web page"), ("pdf", "PDF"))
        if suffix in formats
    ]
    parts = [(title, anchor, Markup(body)) for title, anchor, body in _parts(shown, writer) if body]
    with writer.part():
        reading = _reading(shown, writer)
    meanings = writer.meanings()
    return with_policy(
        page.template_environment()
        .get_template("brief.html.j2")
        .render(
            document=document,
            front=front,
            navigation=page.navigation(document),
            description=front.standfirst if front else document.title,
            version=version("milaid"),
            styles=Markup("\n".join([page.styles(), writer.explained.styles()])),
            script=Markup(page.script("terms.js")) if meanings else "",
            head=Markup(
                html.render(replace(front, kind=f"{front.kind}: brief"), writer)
                if front
                else f"<h1>{text(document.title)}</h1>"
            ),
            parts=parts,
            reading=Markup(reading),
            meanings=Markup(meanings),
            statement=page.statement(document),
            citation=Markup(writer.inline(shown.citation)),
            files=files if name else [],
            print_file=f"{brief_of(name)}.pdf" if name else "",
            footnotes=Markup(writer.footnote_list()),
        )
    )


def _parts(shown: Brief, writer: HtmlWriter) -> list[tuple[str, str, str]]:
    """Return the parts with their headings and names for links."""
    with writer.part():
        facts = html.render(shown.key_facts, writer) if shown.key_facts else ""
    with writer.part():
        findings = html.render(Findings(shown.findings), writer) if shown.findings else ""
    exhibits = [html.render(figure, writer) for figure in shown.figures]
    if shown.table:
        label = shown.document.numbering.number(shown.table.key).label
        said = brief.left_out(shown.table, brief.MOST_ROWS, label)
        table = replace(
            brief.short_table(shown.table, brief.MOST_ROWS), note=f"{said} {shown.table.note}".strip()
        )
        exhibits.append(html.render(table, writer))
    return [
        ("Key facts", "facts", facts),
        ("Findings", "findings", findings),
        ("Figures and table", "exhibits", "".join(exhibits)),
    ]


def _reading(shown: Brief, writer: HtmlWriter) -> str:
    """Return how the numbers are to be read, and what the notes of several exhibits say."""
    box = shown.how_to_read
    lead = f'<span class="lead">{text(as_sentence(box.lead if box else "Notes"))}</span>'
    said = " ".join([*([box.text] if box else []), *shown.notes])
    return f'<aside class="box" aria-label="Notes">{writer.blocks(said, lead)}</aside>' if said else ""
