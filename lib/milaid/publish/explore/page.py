"""``explore.html`` as text: the record, the scripts and the styles of ``parts/`` in one page that loads nothing.

Its policy (:mod:`milaid.publish.files.policy`) allows the one script and the one style sheet that stand in it, and nothing else.
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import milaid
from milaid import memory
from milaid.imprint import SERIES_NAME
from milaid.publish.explore.claims import pack_claims
from milaid.publish.explore.known import known_of
from milaid.publish.explore.packing import Packing
from milaid.publish.explore.record import activities, pack
from milaid.publish.files.page import sheets
from milaid.publish.files.policy import hash_of, with_policy
from milaid.publish.registry.places import SITE_PAGES
from milaid.tables.store import require_years

PARTS = Path(__file__).with_name("parts")
CORE = (
    "record.js", "words.js", "index.js", "search.js", "variants.js", "selection.js", "found.js", "sums.js", "measures.js", "citing.js", "csv.js",
    "marks.js", "python.js", "claimed.js", "claims.js", "opening.js", "formats.js",
)  # fmt: skip
"""The scripts that answer; they know no page and run wherever JavaScript does."""
DRAWING = ("scales.js", "charts.js", "world_map.js")
"""The scripts that draw."""
SHOWING = (
    "elements.js", "taking.js", "filters.js", "hits.js", "activities.js", "numbers.js", "dossier.js", "claim.js", "page.js",
)  # fmt: skip
"""The scripts that show answers and take questions."""
MADE_FROM = '<meta name="made-from" content="{}">'
_RECORD = "@the record@"
"""Stands for the record until the rest of the page is written."""
MOST_BYTES = 6_000_000
"""The page is to stay below this size, so that it can be sent by mail."""


def page(in_site: bool, made_from: str) -> str:
    """Return the page of all tables in data/, with the menu of the site where it lies ``in_site``; equal text for equal tables.

    ``made_from`` is a digest of all that the page is made from, kept in its head.
    """
    require_years()
    # What takes most room for a moment comes before all that stays.
    memory.give_back()
    packing = Packing()
    pack_claims(packing)
    rows = activities()
    known = known_of(rows)
    first, last = int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max())
    memory.give_back()
    pack(packing, first)
    memory.give_back()
    record = base64.b64encode(packing.written(**known)).decode("ascii")
    text = (
        _environment()
        .get_template("explore.html.j2")
        .render(
            series=SERIES_NAME,
            version=milaid.__version__,
            released=milaid.__released__,
            menu=SITE_PAGES.items(),
            in_site=in_site,
            made_from=Markup(MADE_FROM.format(made_from)),
            script=Markup(script_text()),
            style=Markup(style_text()),
            record=_RECORD,
            activities=f"{len(rows):,}",
            first=first,
            last=last,
        )
    )
    # Pictures that it gives are made in the browser; no element has a style of its own, so that none is allowed anywhere.
    text = with_policy(text, {"img-src": "data: blob:", "style-src": hash_of(style_text())})
    # Last, as it is most of the page and each step before would hold it once more; data, of which no policy speaks.
    return text.replace(_RECORD, record, 1)


@cache
def script_text() -> str:
    """Return the scripts as one, in their order, in a scope of their own."""
    files = "\n".join(_part(name) for name in (*CORE, *DRAWING, *SHOWING))
    return f"(() => {{\n'use strict';\n{files}}})();\n"


@cache
def style_text() -> str:
    """Return the style sheets as one: colours, fonts, blocks, the frame of the pages of reports, and that of this page."""
    return "\n".join([*sheets(), _part("explore.css")])


def _part(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(PARTS), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
