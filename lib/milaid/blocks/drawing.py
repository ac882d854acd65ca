"""The drawing of a figure, an SVG in role colours, as an element of a page."""

from __future__ import annotations

import re

from milaid.blocks import palette
from milaid.blocks.marked_html import attribute
from milaid.errors import ReportError

_ROOT = re.compile(r"<svg\b([^>]*)>")
_OUTSIDE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
_MATPLOTLIB_STYLE = re.compile(r"(<defs>\s*)?<style[^>]*>\s*\*\{[^}]*\}\s*</style>(?(1)\s*</defs>)")
_ID = re.compile(r"(\bid=\"|url\(#|href=\"#)")
_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")


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
    body = _BETWEEN_TAGS.sub("><", body).removesuffix("</svg>")
    size = " ".join(f"{value:g}" for value in view_box)
    return (
        f'<svg class="{css_class}" viewBox="{size}" role="img" aria-label="{attribute(alt)}">'
        # Browsers hand the labels inside on too, and a reader of screens would say them after the text that has them.
        f'<g aria-hidden="true">{body}</g></svg>'
    )


def view_box_of(svg: str) -> tuple[float, float, float, float]:
    """Return the view box of an SVG: x, y, width, height; raises ReportError without one."""
    root = _ROOT.search(svg)
    found = re.search(r'viewBox="([^"]*)"', root[1] if root else "")
    values = [float(value) for value in re.split(r"[\s,]+", found[1].strip())] if found else []
    if len(values) != 4 or not (values[2] > 0 and values[3] > 0):
        raise ReportError(f"a figure's SVG has no usable viewBox: {(root[0] if root else svg)[:80]!r}")
    return values[0], values[1], values[2], values[3]
