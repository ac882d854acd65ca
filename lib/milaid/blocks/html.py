"""The blocks of a report as HTML: on the page of a report and, by :func:`live`, in a notebook.

The HTML names no colour and loads nothing: colours are the custom properties of
:mod:`milaid.blocks.palette`, figures are inline SVG, and the data of each exhibit lie in its link.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from itertools import zip_longest
from pathlib import Path

from milaid.blocks import block as blocks
from milaid.blocks import html_table
from milaid.blocks.cells import FEW_ROWS, fact_columns, left_out_in_words, plain_rows
from milaid.blocks.csv_form import csv_file
from milaid.blocks.drawing import inline_svg
from milaid.blocks.marked_html import HtmlWriter, attribute, text
from milaid.blocks.numbering import KEY_FACTS, Number, labelled
from milaid.blocks.percent import percent_encoded
from milaid.blocks.targets import is_web_address
from milaid.blocks.words import as_sentence
from milaid.errors import ReportError


@cache
def stylesheet() -> str:
    """Return the style sheet of the blocks."""
    return Path(__file__).with_name("exhibits.css").read_text(encoding="utf-8")


def render(block: blocks.Block, writer: HtmlWriter) -> str:
    """Return a block as HTML; raises ReportError for a reference or a block that is not known."""
    match block:
        case blocks.Figure() | blocks.Table():
            with writer.part():
                return _figure(block, writer) if isinstance(block, blocks.Figure) else _table(block, writer)
        case blocks.KeyFacts():
            return _key_facts(block, writer)
        case blocks.Findings():
            return _findings(block, writer)
        case blocks.Prose():
            return f'<div class="text">{writer.blocks(block.text)}</div>'
        case blocks.Box():
            lead = f'<span class="lead">{text(as_sentence(block.lead))}</span>'
            return f'<aside class="box">{writer.blocks(block.text, lead)}</aside>'
        case blocks.Definitions():
            with writer.unexplained():
                return _definitions(block, writer)
        case blocks.Related():
            return _related(block, writer)
        case blocks.Front():
            return (
                f'<p class="kind">{text(block.kind)}</p><h1>{text(block.title)}</h1>'
                f'<p class="standfirst">{text(block.standfirst)}</p>'
            )
    raise ReportError(f"no HTML for a block of kind {type(block).__name__}")


MOST_EMBEDDED = 60_000
"""Characters of data that a page holds itself; the file of a larger one lies beside the page, in its folder."""


def data_link(file: str, content: str, place: str = "") -> str:
    """Return a download link that holds the data itself, or leads to its file where it would weigh too much.

    ``place`` is that of the report. Without one, in a notebook, too large a file is told of without a link.
    """
    if len(content) > MOST_EMBEDDED:
        beside = f"{place.rsplit('/', 1)[-1]}/{file}"
        if not place:
            return f'<span class="data">Data ({text(file)} of the report)</span>'
        return f'<a class="data" href="{attribute(beside)}">Data ({text(beside)}, beside this page)</a>'
    held = csv_file(content)
    percent = f"data:text/csv;charset=utf-8,{percent_encoded(held.decode('utf-8'), ',;:/()+*!$@=')}"
    base64 = f"data:text/csv;charset=utf-8;base64,{b64encode(held).decode('ascii')}"
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


def _head(block: blocks.Exhibit, number: Number, name: str, writer: HtmlWriter) -> str:
    subtitle = f'<p class="subtitle">{writer.words(block.subtitle)}</p>' if block.subtitle else ""
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
    name = writer.place_of(number.anchor)
    wide = inline_svg(block.wide, f"{name}-w-", block.alt, "plot wide" if block.narrow else "plot")
    narrow = inline_svg(block.narrow, f"{name}-n-", block.alt, "plot narrow") if block.narrow else ""
    data = data_link(f"{number.anchor}.csv", block.csv, writer.links.place)
    return (
        f'<figure class="exhibit" id="{name}" aria-labelledby="{name}-title"><figcaption>'
        f"{_head(block, number, name, writer)}</figcaption>\n{wide}\n{narrow}\n"
        f"{_notes(block.note, block.sources, data, writer)}</figure>\n"
    )


def _table(block: blocks.Table, writer: HtmlWriter) -> str:
    number = _number(block, writer)
    name = writer.place_of(number.anchor)
    data = data_link(f"{number.anchor}.csv", block.csv, writer.links.place)
    many = " many" if len(block.columns) > 3 else ""
    turned = " turned" if any(column.turned for column in block.columns) else ""
    rows = plain_rows(block)
    sortable = " sortable" if rows > FEW_ROWS else ""
    huge = " huge" if html_table.is_huge(block) else ""
    if huge:
        writer.styles.append(html_table.column_styles(block, name))
    cut = left_out_in_words(block, f"{number.anchor}.csv")
    prints = f' data-printed="{block.pdf_rows}"' if cut else ""
    below = f'<p class="cut"><b>Rows:</b> {text(cut)}</p>' if cut else ""
    caption = f"{number.label}. {as_sentence(block.title)} {block.alt}"
    return (
        f'<div class="exhibit{many}{turned}{sortable}{huge}" id="{name}"{prints} role="group" aria-labelledby="{name}-title">'
        f"{_head(block, number, name, writer)}"
        '<p class="hint">Scroll sideways to see all columns.</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{name}-title">'
        f"{html_table.table(block, caption, writer.links)}</div>\n{below}"
        f"{_notes(block.note, block.sources, data, writer)}</div>\n"
    )


def _key_facts(block: blocks.KeyFacts, writer: HtmlWriter) -> str:
    items = []
    for fact in block.facts:
        unit = f' <span class="unit">{text(fact.unit)}</span>' if fact.unit else ""
        ref = f'<p class="ref">{writer.reference(fact.ref)}</p>' if fact.ref else ""
        items.append(
            f'<li><p class="value">{text(fact.value)}{unit}</p><p class="label">{writer.words(fact.label)}</p>'
            f'<p class="comparison">{writer.words(fact.comparison)}</p>{ref}</li>'
        )
    columns = {2: "two", 3: "three", 4: "four"}[fact_columns(len(items))]
    name = writer.place_of(KEY_FACTS)
    data = data_link(f"{KEY_FACTS}.csv", block.csv, writer.links.place)
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
        lead = f'<span class="lead">{writer.words(as_sentence(finding.lead))}</span>'
        items.append(f"<li>{lead} {writer.inline(finding.text)}{refs}</li>")
    return f'<ol class="findings">{"".join(items)}</ol>'


def _definitions(block: blocks.Definitions, writer: HtmlWriter) -> str:
    rows = []
    # A term that is defined twice stands once, with both meanings.
    for term in dict.fromkeys(term for term, _ in block.items):
        of_term = [pair for pair in zip_longest(block.items, block.anchors) if pair[0][0] == term]
        shown = "".join(f"<dd>{writer.blocks(meaning)}</dd>" for (_, meaning), _ in of_term)
        anchor = next((anchor for _, anchor in of_term if anchor), "")
        named = f' id="{attribute(writer.place_of(anchor))}"' if anchor else ""
        rows.append(f"<div{named}><dt>{text(term)}</dt>{shown}</div>")
    return f'<dl class="definitions">{"".join(rows)}</dl>'


def _related(block: blocks.Related, writer: HtmlWriter) -> str:
    """Return the reports of a list that are part of the suite, "" for none."""
    found = [(label, writer.links.address(place)) for label, place in block.items]
    items = "".join(f'<li><a href="{attribute(to)}">{text(label)}</a></li>' for label, to in found if to)
    if not items:
        return ""
    return f'<nav class="related" aria-label="Related reports"><p>Related reports</p><ul>{items}</ul></nav>\n'
