"""The blocks of a report as HTML: on the page of a report and, by :func:`live`, in a notebook.

The HTML names no colour and loads nothing: colours are the custom properties of
:mod:`milaid.exhibits.palette`, figures are inline SVG, and the data of each exhibit lie in its link.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from urllib.parse import quote

from milaid.errors import ReportError
from milaid.exhibits import exhibit as blocks
from milaid.exhibits import html_table, marked, palette
from milaid.exhibits.fonts import font_face_css
from milaid.exhibits.marked_html import HtmlWriter, attribute, text
from milaid.exhibits.numbering import KEY_FACTS, Number, Numbering, labelled
from milaid.exhibits.targets import is_web_address

_ROOT = re.compile(r"<svg\b([^>]*)>")
_OUTSIDE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
_MATPLOTLIB_STYLE = re.compile(r"(<defs>\s*)?<style[^>]*>\s*\*\{[^}]*\}\s*</style>(?(1)\s*</defs>)")
_ID = re.compile(r"(\bid=\"|url\(#|href=\"#)")
_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")


@cache
def stylesheet() -> str:
    """Return the style sheet of the blocks."""
    return Path(__file__).with_name("exhibits.css").read_text(encoding="utf-8")


def render(block: blocks.Block, writer: HtmlWriter) -> str:
    """Return a block as HTML; raises ReportError for a reference or a block that is not known."""
    match block:
        case blocks.Figure():
            return _figure(block, writer)
        case blocks.Table():
            return _table(block, writer)
        case blocks.KeyFacts():
            return _key_facts(block, writer)
        case blocks.Findings():
            return _findings(block, writer)
        case blocks.Prose():
            return f'<div class="text">{writer.blocks(block.text)}</div>'
        case blocks.Box():
            lead = f'<span class="lead">{text(sentence(block.lead))}</span>'
            return f'<aside class="box">{writer.blocks(block.text, lead)}</aside>'
        case blocks.Definitions():
            return _definitions(block, writer)
        case blocks.Related():
            return _related(block, writer)
        case blocks.Front():
            return (
                f'<p class="kind">{text(block.kind)}</p><h1>{text(block.title)}</h1>'
                f'<p class="standfirst">{text(block.standfirst)}</p>'
            )
    raise ReportError(f"no HTML for a block of kind {type(block).__name__}")


def sentence(lead: str) -> str:
    """Return a lead that ends like a sentence."""
    return lead if lead.rstrip().endswith((".", "!", "?", ":")) else f"{lead.rstrip()}."


def inline_svg(svg: str, prefix: str, alt: str, css_class: str) -> str:
    """Return an SVG file as an element of a page: role colours as properties, its ids under ``prefix``.

    Raises ReportError for a colour that belongs to no role or an SVG without size.
    """
    body = _MATPLOTLIB_STYLE.sub("", _OUTSIDE.sub("", svg)).strip()
    root = _ROOT.search(body)
    if not root:
        raise ReportError(f"figure {prefix.rstrip('-')}: this is no SVG: {svg[:60]!r}")
    view_box = view_box_of(svg)
    body = palette.to_css_variables(body[root.end() :])
    body = _ID.sub(rf"\g<1>{prefix}", body.replace("xlink:href", "href"))
    size = " ".join(f"{value:g}" for value in view_box)
    return (
        f'<svg class="{css_class}" viewBox="{size}" role="img" aria-label="{attribute(alt)}">'
        f"{_BETWEEN_TAGS.sub('><', body)}"
    )


def view_box_of(svg: str) -> tuple[float, float, float, float]:
    """Return the view box of an SVG: x, y, width, height; raises ReportError without one."""
    root = _ROOT.search(svg)
    found = re.search(r'viewBox="([^"]*)"', root[1] if root else "")
    values = [float(value) for value in re.split(r"[\s,]+", found[1].strip())] if found else []
    if len(values) != 4 or not (values[2] > 0 and values[3] > 0):
        raise ReportError(f"a figure's SVG has no usable viewBox: {(root[0] if root else svg)[:80]!r}")
    return values[0], values[1], values[2], values[3]


def data_link(file: str, content: str) -> str:
    """Return a download link that holds the data itself."""
    percent = f"data:text/csv;charset=utf-8,{quote(content, safe=',;:/()+*!$@=._~-')}"
    base64 = f"data:text/csv;charset=utf-8;base64,{b64encode(content.encode('utf-8')).decode('ascii')}"
    address = min(percent, base64, key=len)
    return f'<a class="data" download="{attribute(file)}" href="{address}">Data ({text(file)})</a>'


def _sources(sources: tuple[blocks.Source, ...], data: str) -> str:
    """Return the source line: what the exhibit draws on, linked, and its data."""
    parts = [
        f'<a href="{attribute(str(source.url))}">{text(source.text.rstrip("."))}</a>'
        if is_web_address(source.url)
        else text(source.text.rstrip("."))
        for source in sources
    ]
    label = "Source:" if len(sources) == 1 else "Sources:"
    return f'<p class="sources"><b>{label}</b> {"; ".join(parts)}. {data}</p>'


def _notes(note: str, sources: tuple[blocks.Source, ...], data: str, writer: HtmlWriter) -> str:
    """Return the note and the source line below an exhibit."""
    above = writer.blocks(note, "<b>Note:</b>") if note.strip() else ""
    return f'<div class="notes">{above}{_sources(sources, data)}</div>'


def _head(block: blocks.Exhibit, number: Number, name: str) -> str:
    subtitle = f'<p class="subtitle">{text(block.subtitle)}</p>' if block.subtitle else ""
    return (
        f'<p class="number">{number.label}</p>'
        f'<h3 class="title" id="{name}-title">{text(block.title)}</h3>{subtitle}'
    )


def _number(block: blocks.Exhibit, writer: HtmlWriter) -> Number:
    number = writer.references.number(block.key)
    if number is None:
        raise ReportError(f"exhibit {block.key!r} has no number")
    return number


def _figure(block: blocks.Figure, writer: HtmlWriter) -> str:
    number = _number(block, writer)
    name = writer.prefix + number.anchor
    wide = inline_svg(block.wide, f"{name}-w-", block.alt, "plot wide" if block.narrow else "plot")
    narrow = inline_svg(block.narrow, f"{name}-n-", block.alt, "plot narrow") if block.narrow else ""
    data = data_link(f"{number.anchor}.csv", block.csv)
    return (
        f'<figure class="exhibit" id="{name}" aria-labelledby="{name}-title"><figcaption>'
        f"{_head(block, number, name)}</figcaption>\n{wide}\n{narrow}\n"
        f"{_notes(block.note, block.sources, data, writer)}</figure>\n"
    )


def _table(block: blocks.Table, writer: HtmlWriter) -> str:
    number = _number(block, writer)
    name = writer.prefix + number.anchor
    data = data_link(f"{number.anchor}.csv", block.csv)
    many = " many" if len(block.columns) > 3 else ""
    turned = " turned" if any(column.turned for column in block.columns) else ""
    rows = html_table.plain_rows(block)
    sortable = " sortable" if rows > html_table.FEW_ROWS else ""
    huge = " huge" if html_table.is_huge(block) else ""
    if huge:
        writer.styles.append(html_table.column_styles(block, name))
    caption = f"{number.label}. {sentence(block.title)} {block.alt}"
    return (
        f'<div class="exhibit{many}{turned}{sortable}{huge}" id="{name}" role="group" aria-labelledby="{name}-title">'
        f"{_head(block, number, name)}"
        '<p class="hint">Scroll sideways to see all columns.</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{name}-title">'
        f"{html_table.table(block, caption, writer.links)}</div>\n"
        f"{_notes(block.note, block.sources, data, writer)}</div>\n"
    )


def _key_facts(block: blocks.KeyFacts, writer: HtmlWriter) -> str:
    items = []
    for fact in block.facts:
        unit = f' <span class="unit">{text(fact.unit)}</span>' if fact.unit else ""
        ref = f'<p class="ref">{writer.reference(fact.ref)}</p>' if fact.ref else ""
        items.append(
            f'<li><p class="value">{text(fact.value)}{unit}</p><p class="label">{text(fact.label)}</p>'
            f'<p class="comparison">{text(fact.comparison)}</p>{ref}</li>'
        )
    columns = {1: "two", 2: "two", 4: "four"}.get(len(items), "three")
    name = writer.prefix + KEY_FACTS
    data = data_link(f"{KEY_FACTS}.csv", block.csv)
    return (
        f'<div class="key-facts" id="{name}"><ul class="facts {columns}">'
        f"{''.join(items)}</ul>{_notes(block.note, block.sources, data, writer)}</div>\n"
    )


def references(keys: tuple[str, ...], writer: HtmlWriter) -> str:
    """Return linked numbers, each kind named once: Figures 2, 3, Table 1."""
    return ", ".join(writer.reference(key, label) for key, label in labelled(keys, writer.references))


def _findings(block: blocks.Findings, writer: HtmlWriter) -> str:
    items = []
    for finding in block.findings:
        refs = f' <span class="refs">{references(finding.refs, writer)}</span>' if finding.refs else ""
        lead = f'<span class="lead">{text(sentence(finding.lead))}</span>'
        items.append(f"<li>{lead} {writer.inline(finding.text)}{refs}</li>")
    return f'<ol class="findings">{"".join(items)}</ol>'


def _definitions(block: blocks.Definitions, writer: HtmlWriter) -> str:
    rows = []
    for term, meaning in block.items:
        rows.append(f"<div><dt>{text(term)}</dt><dd>{writer.blocks(meaning)}</dd></div>")
    return f'<dl class="definitions">{"".join(rows)}</dl>'


def _related(block: blocks.Related, writer: HtmlWriter) -> str:
    """Return the reports of a list that are part of the suite, "" for none."""
    found = [(label, writer.links.address(place)) for label, place in block.items]
    items = "".join(f'<li><a href="{attribute(to)}">{text(label)}</a></li>' for label, to in found if to)
    if not items:
        return ""
    return f'<nav class="related" aria-label="Related reports"><p>Related reports</p><ul>{items}</ul></nav>\n'


class _LiveReferences:
    """Numbers for a notebook in use: the exhibit shown first is number 1, a re-run cell keeps its number."""

    def __init__(self) -> None:
        self.numbering = Numbering()

    def number(self, key: str) -> Number | None:
        return self.numbering.number(key) if key in self.numbering else None


_live = _LiveReferences()


def live(block: blocks.Block) -> str:
    """Return a block for the output of a notebook cell: with its own styles and a provisional number.

    A reference to an exhibit that has not been shown yet stands as its key in brackets.
    """
    if isinstance(block, blocks.Exhibit):
        _live.numbering.add(block)
    writer = HtmlWriter(_live, prefix=f"{getattr(block, 'key', block.block)}-")
    body = render(block, writer) + writer.footnote_list()
    # Doubled classes outweigh the notebook's own rules for tables and headings.
    styles = stylesheet().replace(".milaid ", ".milaid.live.live ")
    fonts = font_face_css() if isinstance(block, blocks.Front) else ""
    return (
        f"<style>{fonts}.milaid.live{{{palette.css_properties()};padding:1px 12px}}"
        f'body[data-jp-theme-light="false"] .milaid.live{{{palette.css_properties(dark=True)}}}'
        f'{styles}{"".join(writer.styles)}</style><div class="milaid live">{body}</div>'
    )


def plain_title(value: str) -> str:
    """Return marked inline text as plain text, for titles and contents."""
    return marked.plain(marked.parse_inline(value))
