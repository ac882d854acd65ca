"""A document as one HTML page: nothing is loaded from elsewhere, data and fonts lie inside."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from milaid.blocks import html, palette
from milaid.blocks.block import Block, Findings, KeyFacts
from milaid.blocks.fonts import font_face_css
from milaid.blocks.marked_html import HtmlWriter, text
from milaid.blocks.targets import EXPLORE, INDEX
from milaid.publish.files import card, crate, described
from milaid.publish.files.cited import Cited
from milaid.publish.files.document import Document, Element, Output, Section, Text
from milaid.publish.files.edited import edited
from milaid.publish.files.explained import explained
from milaid.publish.files.policy import with_policy
from milaid.publish.registry.entries import SUITE
from milaid.publish.registry.known import known
from milaid.publish.registry.places import brief_of

TEMPLATES = Path(__file__).with_name("templates")
MOST_BYTES = 1_500_000
"""A page is to stay below this size, so that it can be sent by mail and opens on a phone."""

_SCRIPTS = ("page.js", "sharing.js", "tables.js", "values.js", "terms.js")
_STRING = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
_AROUND_SIGN = re.compile(r" *([=,;:?{}()<>&|*]+) *| (\+) (?!\+)")
_NEEDLESS_END = re.compile(r";\n(?=})|([;{,(])\n|(})\n(?=})")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@cache
def icon() -> Markup:
    """Return the link to the icon of every page, which lies in the link itself: three bars in the accent colour."""
    bars = "".join(f"<path d='M{x} 14V{top}h4v{14 - top}z'/>" for x, top in ((1, 8), (6, 5), (11, 2)))
    fill = palette.light("accent")
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='{fill}'>{bars}</svg>"
    return Markup(f'<link rel="icon" href="data:image/svg+xml,{quote(drawing, safe="")}">')


@cache
def template_environment() -> Environment:
    """Return what fills the templates of the pages of reports."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals["icon"] = icon()
    return environment


def sheets() -> list[str]:
    """Return the style sheets of every page: colours, fonts, blocks, the frame around them."""
    frame = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    return [palette.css_root(), font_face_css(), html.stylesheet(), frame]


@cache
def styles() -> str:
    """Return the style sheets of every page as one text without comments."""
    return _COMMENT.sub("", "\n".join(sheets()))


@cache
def script(*names: str) -> str:
    """Return scripts of a page without comments, indentation and the spaces around signs."""
    files = (TEMPLATES / name for name in names)
    lines = (line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines())
    short = "\n".join(_compact(line) for line in lines if line and not line.startswith("//"))
    return _NEEDLESS_END.sub(r"\1\2", short)


def _compact(line: str) -> str:
    """Return a line of a script without the spaces around signs, its strings as they are."""
    parts = _STRING.split(line)
    return "".join(part if i % 2 else _AROUND_SIGN.sub(r"\1\2", part) for i, part in enumerate(parts))


def render(document: Document) -> str:
    """Return the page of a document as HTML text."""
    document = edited(document)
    writer = HtmlWriter(document.numbering, links=document.links, explained=explained(document))
    front = document.front
    sections = [_section(section, writer) for section in document.sections]
    contents = [
        {"anchor": section.anchor, "title": section.title} for section in document.sections if section.anchor
    ]
    exhibits = []
    for exhibit in document.exhibits():
        number = document.numbering.number(exhibit.key)
        exhibits.append({"anchor": number.anchor, "number": number.label, "title": exhibit.title})
    head = html.render(front, writer) if front else f"<h1>{text(document.title)}</h1>"
    cited, files = _cited(document), _files(document)
    meanings = writer.meanings()
    return with_policy(
        template_environment()
        .get_template("page.html.j2")
        .render(
            document=document,
            front=front,
            navigation=navigation(document),
            explore=explore_address(document),
            description=front.standfirst if front else document.title,
            version=version("milaid"),
            has_huge_table=bool(writer.styles),
            styles=Markup("\n".join([styles(), *writer.styles, writer.explained.styles()])),
            script=Markup(script(*_SCRIPTS)),
            head=Markup(head),
            name=_name(document),
            cited=cited,
            files=files,
            made=_made(document),
            manifest=f"{_name(document)}/{crate.NAME}" if files else "",
            social=described.social_tags(document, _card(document)),
            json_ld=Markup(described.json_ld(document, cited, files, _card(document))),
            sections=sections,
            contents=contents,
            exhibits=exhibits,
            brief=_brief(document),
            footnotes=Markup(writer.footnote_list()),
            meanings=Markup(meanings),
            statement=statement(document),
        )
    )


def _name(document: Document) -> str:
    """Return the name of the files of a report, without suffix."""
    return document.links.place.rpartition("/")[2] or "report"


def _cited(document: Document) -> Cited | None:
    """Return how a report of the suite is cited; None for another one and for one that is not as it was published."""
    report = next((report for report in SUITE if report.kind == document.kind), None)
    if report is None or document.marks or document.front is None:
        return None
    return Cited(document.title, document.front.series, report.title, document.links.place or document.kind)


_OFFERED = (("pdf", "PDF"), ("xlsx", "Workbook (XLSX)"), ("zip", "Tables (CSV, ZIP)"), ("ipynb", "Notebook"))


def _files(document: Document) -> list[dict[str, str]]:
    """Return the files beside the page, [] for a page that was exported alone or is not as it was published."""
    formats = document.made.formats
    if document.marks or not formats:
        return []
    name = _name(document)
    return [
        {"suffix": suffix, "label": label, "address": f"{name}.{suffix}"}
        for suffix, label in _OFFERED
        if suffix != "pdf" or suffix in formats
    ]


def _card(document: Document) -> str:
    """Return the address of the picture of a report, which is made with its PDF; "" for none."""
    has_one = document.front and "pdf" in document.made.formats and not document.marks
    return f"{_name(document)}/{card.NAME}" if has_one else ""


def _made(document: Document) -> list[tuple[str, str]]:
    """Return what is known of the making of a report as terms and their meanings."""
    made = document.made
    if document.marks or not made.version:
        return []
    values = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in made.values.items())
    facts = (
        ("Parameters", values or "none"),
        ("Software", f"milaid {made.version}, code {made.code}"),
        ("Data", made.data),
        ("To make it again", made.command(document.kind)),
    )
    return [(term, meaning) for term, meaning in facts if meaning]


def _brief(document: Document) -> dict[str, str]:
    """Return the files of the brief of a report, by what they are; none where none is made."""
    address = document.links.address(brief_of(document.links.place))
    return {"web page": address, "PDF, two pages": f"{address.removesuffix('.html')}.pdf"} if address else {}


def navigation(document: Document) -> list[dict[str, str]]:
    """Return the way to the index and to the kind of report in it; nothing where there is no index to go to."""
    steps = [("All reports", INDEX)]
    report = known().get(document.kind)
    if report and report.folder:
        steps.append((report.several, f"{INDEX}#{document.kind}"))
    addresses = ((label, document.links.address(target)) for label, target in steps)
    return [{"label": label, "address": address} for label, address in addresses if address]


def statement(document: Document) -> str:
    """Return the address of the statement of accessibility, which lies beside the index; "" where there is none."""
    index = document.links.address(INDEX)
    return f"{index.removesuffix(f'{INDEX}.html')}accessibility.html" if index else ""


_CHOSEN = {
    "country": ("country", "country"),
    "region": ("region", "region"),
    "program": ("program", "program"),
    "annual": ("years", "fiscal_year"),
}
"""Kind of report -> what the explorer calls its subject, and the parameter of the report that names it."""


def explore_address(document: Document) -> str:
    """Return the address of the explorer with the subject of a report chosen; "" where there is none to go to."""
    kind, _, named = document.links.place.partition("/")
    chosen, parameter = _CHOSEN.get(kind, ("", ""))
    address = document.links.address(EXPLORE) if chosen and not document.marks else None
    # A plan may name the file of a report otherwise than its subject.
    return f"{address}#{chosen}={document.made.values.get(parameter, named)}&view=numbers" if address else ""


def _section(section: Section, writer: HtmlWriter) -> dict[str, object]:
    """Return what the template shows of a section."""
    first = section.elements[0].content if section.elements else None
    with writer.unexplained():
        heading = writer.tokens(section.heading)
    with writer.part():
        body = "".join(_element(element, writer) for element in section.elements)
    return {
        "anchor": section.anchor,
        "heading": Markup(heading),
        # Key facts speak for themselves; their heading stays for screen readers and the contents.
        "heading_unseen": isinstance(first, KeyFacts),
        # What stands open on a phone, where the other sections are folded.
        "summary": any(isinstance(block, KeyFacts | Findings) for block in section.blocks()),
        "body": Markup(body),
    }


def _element(element: Element, writer: HtmlWriter) -> str:
    match element.content:
        case Text(tokens=tokens):
            return f'<div class="text">{writer.tokens(tokens)}</div>\n'
        case Block() as block:
            return html.render(block, writer)
        case Output() as output:
            return _output(output, writer)


_LABELS = {"error": "Error", "stderr": "Warnings and messages"}


def _output(output: Output, writer: HtmlWriter) -> str:
    """Return an output that is no block; a wide one scrolls by itself."""
    [*tokens] = output.tokens
    if len(tokens) == 1 and tokens[0].meta.get("figure"):
        return f'<figure class="output">{writer.tokens(tokens)}</figure>\n'
    label = f'<p class="label">{_LABELS[output.kind]}</p>' if output.kind else ""
    wrong = " wrong" if output.kind == "error" else ""
    name = f"Output of cell {output.cell}"
    return (
        f'<div class="output{wrong}" tabindex="0" role="region" aria-label="{name}">{label}'
        f"{writer.tokens(tokens)}</div>\n"
    )
