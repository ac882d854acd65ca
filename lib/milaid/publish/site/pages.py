"""The pages of the site as HTML, and the feed: written from what is built, equal bytes for equal reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import milaid
from milaid.blocks.marked import showable
from milaid.blocks.words import counted
from milaid.imprint import SERIES_NAME
from milaid.publish.explore.writing import write_explorer
from milaid.publish.files import page
from milaid.publish.files.policy import with_policy
from milaid.publish.registry.known import known
from milaid.publish.registry.places import SITE_PAGES
from milaid.publish.site import accessibility, citing, data_page, feed, glossary
from milaid.publish.site.built_reports import (
    BuiltReport,
    anchors,
    newest_annual,
    size_in_words,
)
from milaid.publish.site.revisions import History
from milaid.replacing import write_whole
from milaid.tables.recipient_codes import slug

_TEMPLATES = Path(__file__).with_name("templates")
_SHAPES = {1: "two", 2: "two", 4: "four"}
_CHANGES_SHOWN = 50


def write_pages(folder: Path, reports: list[BuiltReport], history: History) -> list[Path]:
    """Write every page of the site beside ``reports`` in ``folder``; a file that says the same is left alone."""
    texts = page_texts(folder, reports, history)
    return [
        *(_written(folder / name, text) for name, text in texts.items()),
        write_explorer(folder, in_site=True),
    ]


def page_texts(folder: Path, reports: list[BuiltReport], history: History) -> dict[str, str]:
    """Return the pages beside ``reports`` in ``folder``, and the feed, by name; all but the explorer."""
    return {
        "index.html": _index(folder, reports, history),
        "data.html": _data(folder),
        "glossary.html": _glossary(reports),
        "cite.html": _cite(reports),
        "accessibility.html": _accessibility(),
        feed.FILE_NAME: feed.render(SERIES_NAME, reports, history),
    }


def _written(path: Path, text: str) -> Path:
    content = text.encode("utf-8")
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)
    return path


@cache
def environment() -> Environment:
    """Return what fills the templates of the site."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        finalize=lambda value: showable(value) if type(value) is str else value,
    )
    environment.globals["icon"] = page.icon()
    environment.filters |= {"address": quote, "size": size_in_words, "day": day_in_words, "slug": slug}
    return environment


@cache
def _styles() -> str:
    return "\n".join([*page.sheets(), _template_text("site.css")])


def _template_text(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8").strip()


def day_in_words(day: str) -> str:
    """Return a day as readers see it: ``23 November 2026`` for 2026-11-23."""
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"


def _page(name: str, kind: str, title: str, standfirst: str, **content: Any) -> str:
    """Return one page; ``about`` and ``contents`` fill its rail."""
    return with_policy(
        environment()
        .get_template(f"{name}.html.j2")
        .render(
            **{
                "series": SERIES_NAME,
                "version": milaid.__version__,
                "released": day_in_words(milaid.__released__),
                "styles": Markup(_styles()),
                "menu": SITE_PAGES.items(),
                "here": name,
                "kind": kind,
                "title": title,
                "standfirst": standfirst,
                "about": [
                    ("Published", f"{day_in_words(milaid.__released__)}, version {milaid.__version__}")
                ],
                "contents": [],
                **content,
            }
        )
    )


def _index(folder: Path, reports: list[BuiltReport], history: History) -> str:
    newest = newest_annual(reports)
    sections = list(_sections(reports))
    revised = _revised(reports, history)
    contents = [_entry("newest", "Newest annual report")] if newest else []
    contents.append(_entry("search", "Find a report", scripted=True))
    contents += [_entry(s["anchor"], s["title"], s["count"] if s["count"] > 1 else 0) for s in sections]
    contents.append(_entry("data", "Data and help"))
    if revised:
        contents.append(_entry("revisions", "Revisions", len(revised)))
    return _page(
        "index",
        "All reports",
        SERIES_NAME,
        "Whom the United States trains, under which program, where and at what cost, as the Departments of State and "
        "Defense report it to Congress. Every number can be followed to a page of a government document.",
        about=[
            ("Published", f"{day_in_words(milaid.__released__)}, version {milaid.__version__}"),
            ("Contents", counted(len(reports), "report")),
        ],
        contents=contents,
        newest=newest,
        shape=_SHAPES.get(len(newest.facts), "three") if newest else "",
        anchors=anchors(folder, newest) if newest else {},
        sections=sections,
        history=history,
        revised=revised,
        quality=next((report for report in reports if report.kind == "data-quality"), None),
        script=Markup(_template_text("search.js")),
    )


def _sections(reports: Iterable[BuiltReport]) -> Iterable[dict[str, Any]]:
    """Yield the lists of the index: reports of a kind, countries by region."""
    for kind, group in groupby(reports, key=lambda report: report.kind):
        listed = list(group)
        entry = known()[kind]
        by_region = entry.subject == "country"
        lead = entry.lead if entry.folder else listed[0].standfirst
        regions: dict[str, list[BuiltReport]] = {}
        for report in listed:
            regions.setdefault(report.region if by_region else "", []).append(report)
        groups = [
            {"title": name or ("No region" if by_region else ""), "reports": regions[name]}
            for name in sorted(regions, key=lambda name: (name in ("", "Not stated"), name))
        ]
        yield {
            "anchor": kind,
            "title": entry.listed_as,
            "lead": lead,
            "count": len(listed),
            "groups": groups,
        }


def _revised(reports: Iterable[BuiltReport], history: History) -> list[dict[str, Any]]:
    """Return the revisions of published reports, the last one first."""
    names = {report.place: report.title if report.kind == "annual" else report.name for report in reports}
    entries = [
        (revision.date, position, place, revision)
        for place in history
        for position, revision in enumerate(history[place].revisions)
    ]
    return [
        {
            "day": day_in_words(day),
            "name": names.get(place, place),
            "heading": revision.heading,
            "reason": revision.reason,
            "changes": revision.changes[:_CHANGES_SHOWN],
            "more": max(revision.numbers_moved - _CHANGES_SHOWN, 0),
        }
        for day, _, place, revision in sorted(entries, key=lambda entry: entry[:3], reverse=True)
    ]


def _data(folder: Path) -> str:
    content = data_page.content(folder)
    contents = [
        _entry("counting", "Before you use a number"),
        _entry("all", "Everything at once" if content["whole"] else "Not in this copy"),
        *(
            entry
            for group in content["groups"]
            for entry in (
                _entry(group["anchor"], group["title"]),
                *(_entry(table["anchor"], table["title"], sub=True) for table in group["tables"]),
            )
        ),
        *([_entry("check", "To check what arrived")] if content["whole"] else []),
    ]
    return _page(
        "data",
        "Full data set",
        "The data behind the reports",
        "Every table as CSV and Parquet, with each column described, licence, source, size and checksum. A row of the "
        "activities is one row of the report to Congress, with the document and the page it stands on.",
        contents=contents,
        **content,
    )


def _glossary(reports: Iterable[BuiltReport]) -> str:
    pages = {report.code: report.page for report in reports if report.kind == "program"}
    content = glossary.content(pages)
    return _page(
        "glossary",
        "Glossary",
        "What the words mean",
        "Terms, programs and abbreviations of the reports, and how participants and dollars are counted.",
        contents=_contents(
            terms="Terms",
            counting="How to count",
            programs="Programs",
            abbreviations="Abbreviations",
            symbols="Signs in tables",
        ),
        **content,
    )


def _cite(reports: list[BuiltReport]) -> str:
    parts = citing.parts(newest_annual(reports) or next(iter(reports), None))
    return _page(
        "cite",
        "How to cite",
        "How to cite reports, numbers and rows",
        "A number is cited with the document and page that it comes from, so that a reader can look it up.",
        contents=_contents(**{part["anchor"]: part["title"] for part in parts}, revisions="Revisions"),
        parts=parts,
    )


def _accessibility() -> str:
    return _page(
        "accessibility",
        "Accessibility",
        "Accessibility of the reports",
        accessibility.STANDFIRST,
        contents=[_entry(anchor, title) for anchor, title, _ in accessibility.STATEMENT],
        parts=accessibility.STATEMENT,
    )


def _contents(**sections: str) -> list[Mapping[str, Any]]:
    return [_entry(anchor, label) for anchor, label in sections.items()]


def _entry(
    anchor: str, label: str, count: int = 0, scripted: bool = False, sub: bool = False
) -> Mapping[str, Any]:
    """Return one line of the contents; a ``scripted`` one is shown where scripts run, a ``sub`` one set in."""
    return {"anchor": anchor, "label": label, "count": count, "scripted": scripted, "sub": sub}
