"""The Atom feed of the reports: one entry each, with an identifier that no address and no machine is part of."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from xml.etree import ElementTree

import milaid
from milaid.blocks.marked import showable
from milaid.imprint import LICENCE
from milaid.publish.registry.checking import BRIEF
from milaid.publish.site.built_reports import BuiltReport
from milaid.publish.site.revisions import History

FILE_NAME = "feed.atom"
ATOM = "http://www.w3.org/2005/Atom"
# Made once for this suite; with it the place of a report gives the same identifier everywhere.
_SUITE = uuid.UUID("5b0a3a52-7d0c-4c39-8f0e-1d5a4a9c7f21")


def identifier(place: str) -> str:
    """Return the lasting identifier of a report, or of the feed for ""."""
    return uuid.uuid5(_SUITE, place).urn


def render(title: str, reports: Iterable[BuiltReport], history: History) -> str:
    """Return the feed as XML: what was updated last first; days as in the history, else that of the version."""
    dated = [(_updated(report, history), report) for report in reports]
    # Two passes: the newest day first, and within a day the order of the index.
    dated.sort(key=lambda pair: pair[0], reverse=True)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    newest = max([day for day, _ in dated], default=milaid.__released__)
    _add(feed, "id", identifier(""))
    _add(feed, "title", title)
    _add(feed, "updated", f"{newest}T00:00:00Z")
    _add(_add(feed, "author"), "name", "the milaid authors")
    _add(feed, "link", rel="self", type="application/atom+xml", href=FILE_NAME)
    _add(feed, "link", rel="alternate", type="text/html", href="index.html")
    _add(feed, "generator", "milaid", version=milaid.__version__)
    _add(feed, "rights", f"{LICENCE}.")
    for day, report in dated:
        entry = _add(feed, "entry")
        _add(entry, "id", identifier(report.place))
        _add(entry, "title", report.title)
        _add(entry, "updated", f"{day}T00:00:00Z")
        _add(entry, "link", rel="alternate", type=_media_type(report), href=report.page)
        _add(entry, "category", term=report.kind)
        _add(entry, "summary", _summary(report, history))
    ElementTree.indent(feed, " ")
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = showable(text) or None
    return child


def _updated(report: BuiltReport, history: History) -> str:
    return history[report.place].updated if report.place in history else milaid.__released__


def _media_type(report: BuiltReport) -> str:
    kinds = {"html": "text/html", "pdf": "application/pdf", BRIEF: "application/pdf"}
    return kinds.get(report.downloads[0].suffix, "application/x-ipynb+json")


def _summary(report: BuiltReport, history: History) -> str:
    """Return what a report is about, and what its last revision changed."""
    said = report.standfirst or report.title
    revisions = history[report.place].revisions if report.place in history else ()
    if not revisions:
        return said
    last = revisions[-1]
    return f"{last.date}. {last.heading}: {last.reason.rstrip('.')}. {said}"
