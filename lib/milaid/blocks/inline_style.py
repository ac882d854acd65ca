"""How a block looks where a notebook is not trusted: styles in its elements, which JupyterLab leaves there.

JupyterLab takes style sheets and drawings out of what it does not trust, and of the styles of elements it leaves the
properties that its sanitizer lists (``@jupyterlab/apputils``, ``sanitizer.ts``). Text keeps the colour of the theme, and lines
are of a grey that is seen on light and on dark. Where the notebook is trusted :data:`TRUSTED` gives back what the style
sheet says otherwise.
"""

from __future__ import annotations

import re

_LINE = "1px solid #8885"
_STRONG = "1px solid #888"
_TAG = re.compile(r"<(?P<tag>/?[a-z][a-z0-9]*)(?P<attributes>[^<>]*)>")
_CLASS = re.compile(r' class="([^"]*)"')
_DRAWING = re.compile(r"(<svg .*?</svg>)", re.DOTALL)
_COLUMNS = {"two": 2, "three": 3, "four": 4}

_OF_CLASS = {
    "exhibit": "margin:40px 0 52px;max-width:760px",
    "number": "margin:0 0 5px;font-size:13px;font-weight:600",
    "title": "margin:0;font-size:19px;font-weight:600;line-height:1.3",
    "subtitle": "margin:4px 0 0;font-size:14.5px;line-height:1.45",
    "scroll": "overflow-x:auto;margin:14px 0 0",
    "unseen": "position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden",
    "notes": "margin:16px 0 0;font-size:13px;max-width:718px",
    "key-facts": "margin:32px 0 56px",
    "value": "margin:0;font-size:30px;font-weight:600;line-height:1.2;white-space:nowrap",
    "unit": "font-size:17px",
    "label": "margin:2px 0 6px;font-size:14px;font-weight:600;line-height:1.35",
    "comparison": "margin:0 0 8px;font-size:13.5px;line-height:1.45",
    "ref": "margin:auto 0 0;font-size:13.5px",
}
"""Styles by class; the values are those of the style sheet of the blocks."""

TRUSTED = (
    ".milaid.live.live tr{border:0!important}"
    ".milaid.live.live thead th,.milaid.live.live tr.total>*{border-color:var(--ink)!important}"
    ".milaid.live.live .facts{border-color:var(--ink)!important}"
    ".milaid.live.live .facts li{border-color:var(--rule)!important}"
    "@media screen and (max-width:759px){"
    ".milaid.live.live .facts{grid-template-columns:repeat(2,minmax(0,1fr))!important}"
    ".milaid.live.live .facts li{padding:14px 12px 16px 16px!important;border-left-width:1px!important}"
    ".milaid.live.live .facts li:nth-child(odd){padding-left:0!important;border-left-width:0!important}"
    ".milaid.live.live .facts .value{font-size:23px!important}.milaid.live.live .facts .unit{font-size:15px!important}}"
    "@media screen and (max-width:599px){.milaid.live.live .exhibit .title{font-size:17.5px!important}}"
)
"""The rules of a trusted notebook where styles in elements would undo those of the style sheet."""


def with_inline_styles(html: str) -> str:
    """Return the HTML of a block with styles in its elements; drawings and what has a style already stay as they are."""
    styles = _Styles()
    parts = _DRAWING.split(html)
    return "".join(part if number % 2 else _TAG.sub(styles.put, part) for number, part in enumerate(parts))


class _Styles:
    """Styles for the elements of a block in their order: what a cell or a fact is given depends on those before it."""

    def __init__(self) -> None:
        self._row: frozenset[str] = frozenset()
        self._in_head = False
        self._facts, self._columns = 0, 0
        self._turned = False

    def put(self, match: re.Match[str]) -> str:
        """Return a tag with its style."""
        tag, attributes = match["tag"], match["attributes"]
        found = _CLASS.search(attributes)
        classes = frozenset(found[1].split()) if found else frozenset()
        style = self._of(tag, classes, attributes)
        if not style or " style=" in attributes:
            return match[0]
        return f'<{tag}{attributes} style="{style}">'

    def _of(self, tag: str, classes: frozenset[str], attributes: str) -> str:
        self._turned |= "turned" in classes
        match tag:
            case "table":
                return "width:100%;margin:0;table-layout:auto;font-size:13.5px"
            case "thead" | "/thead":
                self._in_head = tag == "thead"
            case "tr":
                self._row = classes
                return "" if self._in_head else f"background:none;border-bottom:{self._below()}"
            case "th" | "td":
                return self._cell(tag, classes, attributes)
            case "ul" if "facts" in classes:
                self._columns = next(count for name, count in _COLUMNS.items() if name in classes)
                columns = f"repeat({self._columns},minmax(0,1fr))"
                return f"display:grid;grid-template-columns:{columns};margin:0;padding:0;border-top:{_STRONG}"
            case "li" if self._columns:
                return self._fact()
            case "p" if "hint" in classes:
                # It stands above what has its heads turned on their side, and on a phone.
                return "" if self._turned else "display:none"
        return next((_OF_CLASS[name] for name in classes if name in _OF_CLASS), "")

    def _below(self) -> str:
        return "0" if {"total", "before-total"} & self._row else _LINE

    def _cell(self, tag: str, classes: frozenset[str], attributes: str) -> str:
        styles = []
        if "t" in classes or "stub" in classes or 'scope="row' in attributes:
            styles.append("text-align:left")
        if self._in_head:
            return ";".join([*styles, f"border-bottom:{_STRONG}"])
        bold = bool({"total", "group"} & self._row) or "m" in classes
        if bold or tag == "th":
            styles.append(f"font-weight:{600 if bold else 400}")
        if "total" in self._row:
            styles.append(f"border-top:{_STRONG}")
        return ";".join(styles)

    def _fact(self) -> str:
        first = self._facts % self._columns == 0
        self._facts += 1
        left = "0" if first else _LINE
        return (
            f"display:flex;flex-direction:column;margin:0;padding:16px 18px 18px {'0' if first else '18px'};"
            f"border-left:{left};border-bottom:{_LINE}"
        )
