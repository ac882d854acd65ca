"""What a page says of its report to programs: schema.org as JSON-LD, and the tags that social networks read."""

from __future__ import annotations

import json
from typing import Any

import milaid
from milaid.publish.files import card
from milaid.publish.files.cited import AUTHOR, Cited
from milaid.publish.files.document import Document

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DATA = {
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ENCODINGS = {"pdf": "application/pdf", "ipynb": "application/x-ipynb+json"}


def json_ld(document: Document, cited: Cited | None, files: list[dict[str, str]], picture: str) -> str:
    """Return the report and the data set of its tables as JSON-LD that can stand in a page.

    ``cited`` is None for a report that is none of the suite: who made it, and under which licence, is not known then.
    ``files`` lie beside the page, each with its suffix and address; ``picture`` is the address of its card, "" for none.
    """
    front = document.front
    shared: dict[str, Any] = {"inLanguage": document.language}
    if cited:
        publisher = {"@type": "Organization", "name": AUTHOR}
        shared |= {"license": LICENCE, "author": publisher, "publisher": publisher}
        shared |= {"datePublished": milaid.__released__, "version": milaid.__version__}
    report: dict[str, Any] = {"@type": "Report", "@id": "#report", "name": document.title, **shared}
    if front:
        report["description"] = front.standfirst
        report["genre"] = front.kind
        if front.series:
            report["isPartOf"] = {"@type": "CreativeWorkSeries", "name": front.series}
        if front.keywords:
            report["keywords"] = list(front.keywords)
    report["image"] = picture
    report["encoding"] = _media(files, _ENCODINGS, "MediaObject")
    graph = [_filled(report)]
    tables = [
        {"@type": "DataDownload", "name": exhibit.title, "encodingFormat": "text/csv", "url": f"#{anchor}"}
        for exhibit in document.exhibits()
        for anchor in [document.numbering.number(exhibit.key).anchor]
    ]
    if tables:
        graph.append(_filled(_dataset(document, shared, [*_media(files, _DATA, "DataDownload"), *tables])))
    content = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":")
    )
    # A page ends its script at the first "<" of a closing tag, wherever it stands.
    return content.replace("<", "\\u003c").replace("&", "\\u0026")


def _dataset(document: Document, shared: dict[str, Any], downloads: list[dict[str, str]]) -> dict[str, Any]:
    front = document.front
    sources = {
        source.text.rstrip("."): source.url for block in document.exhibits() for source in block.sources
    }
    return {
        "@type": "Dataset",
        "@id": "#data",
        "name": f"Tables of: {document.title}",
        "description": f"The numbers behind each figure and table of the report. {front.standfirst if front else ''}".strip(),
        **shared,
        "isPartOf": {"@id": "#report"},
        "isBasedOn": [
            {"@type": "CreativeWork", "name": name, "url": url} for name, url in sources.items() if url
        ],
        "distribution": downloads,
    }


def _media(files: list[dict[str, str]], kinds: dict[str, str], what: str) -> list[dict[str, str]]:
    return [
        {"@type": what, "encodingFormat": kinds[file["suffix"]], "contentUrl": file["address"]}
        for file in files
        if file["suffix"] in kinds
    ]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [], None)}


def social_tags(document: Document, picture: str) -> list[tuple[str, str, str]]:
    """Return the tags of a link to the page as attribute, name and content.

    ``picture`` is the address of its card, "" for none. It is relative: only who publishes knows the whole one.
    """
    front = document.front
    shown = (
        ("og:image", picture),
        ("og:image:width", str(card.WIDTH)),
        ("og:image:height", str(card.HEIGHT)),
        ("og:image:alt", front.cover_alt if front else ""),
    )
    tags = [
        ("property", "og:type", "article"),
        ("property", "og:title", document.title),
        ("property", "og:description", front.standfirst if front else ""),
        ("property", "og:site_name", front.series if front else ""),
        *(("property", name, content) for name, content in shown if picture),
        ("name", "twitter:card", "summary_large_image" if picture else "summary"),
    ]
    return [tag for tag in tags if tag[2]]
