"""From the SVG that matplotlib writes to one that can lie inside a page beside others.

The page must get no style sheet, no strange colour and no id that another figure has too, and the same
drawing must always be the same text.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from milaid.blocks.palette import ROLES
from milaid.errors import ReportError, list_problems

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_DEFAULTS = "stroke-linejoin: round; stroke-linecap: butt; text-rendering: geometricPrecision"
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COMMAND = re.compile(r"([MLCQZz])([^MLCQZz]*)")
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
_LIGHT = {light.lower(): light for light, _ in ROLES.values()}


def clean(text: str, prefix: str) -> str:
    """Return the elements of a figure's SVG with coordinates of one decimal, ids of its own and role colours only.

    ``prefix`` begins every id. Raises ReportError naming colours that belong to no role.
    """
    root = ElementTree.fromstring(text)
    _check_colours(text)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    names = _rename(root, prefix)
    for element in root.iter():
        _simplify(element, names)
    _unwrap(root)
    return "\n".join(_serialise(child) for child in root)


def document(width: float, height: float, elements: Iterable[str]) -> str:
    """Return elements as a whole drawing of so many px."""
    return (
        f'<svg xmlns="{_SVG}" xmlns:xlink="{_XLINK}" viewBox="0 0 {short(width)} {short(height)}" '
        f'width="{short(width)}" height="{short(height)}">\n'
        f'<g style="{_DEFAULTS}">\n' + "\n".join(elements) + "\n</g>\n</svg>\n"
    )


def path_data(points: Iterable[tuple[float, float]], closed: bool = False) -> str:
    """Return the path through points in tenths of a px, steps relative, repeated points left out."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    parts = ["M" + _join([*tenths[0]])]
    for (x0, y0), (x, y) in pairwise(tenths):
        if x != x0 or y != y0:
            across, down = _shown(x - x0), _shown(y - y0)
            parts.append(f"l{across}{down}" if down[0] == "-" else f"l{across} {down}")
    return "".join([*parts, *(["z"] if closed else [])])


def compact_path(d: str) -> str:
    """Return path data in tenths of a px, straight lines as relative steps, repeated points left out."""
    parts: list[str] = []
    x = y = 0
    for command, arguments in _COMMAND.findall(d):
        tenths = [round(float(value) * 10) for value in arguments.split()]
        if command in "Zz":
            parts.append("z")
        elif command == "L":
            if (tenths[0], tenths[1]) != (x, y):
                parts.append("l" + _join([tenths[0] - x, tenths[1] - y]))
        else:
            parts.append(command + _join(tenths))
        if tenths:
            x, y = tenths[-2:]
    return "".join(parts)


def _join(tenths: list[int]) -> str:
    text = ""
    for value in tenths:
        shown = _shown(value)
        text += shown if not text or shown.startswith("-") else f" {shown}"
    return text


@lru_cache(maxsize=8192)
def _shown(tenths: int) -> str:
    return short(tenths / 10)


def short(value: float) -> str:
    """Return a length in px with at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _check_colours(text: str) -> None:
    strangers = sorted({colour for colour in _HEX.findall(text) if colour.lower() not in _LIGHT})
    if strangers:
        raise ReportError(
            list_problems(
                "a figure uses colours that belong to no role:", strangers, "draw with role colours"
            )
        )


def _rename(root: ElementTree.Element, prefix: str) -> dict[str, str]:
    """Return the new name of every id that something in the drawing points to."""
    used = {element.attrib[_HREF].removeprefix("#") for element in root.iter() if _HREF in element.attrib}
    ordered = [element.attrib["id"] for element in root.iter() if element.attrib.get("id") in used]
    return {old: f"{prefix}-{count}" for count, old in enumerate(dict.fromkeys(ordered), start=1)}


def _simplify(element: ElementTree.Element, names: dict[str, str]) -> None:
    attributes = element.attrib
    if "id" in attributes:
        old = attributes.pop("id")
        if old in names:
            attributes["id"] = names[old]
    if _HREF in attributes:
        attributes[_HREF] = f"#{names[attributes[_HREF].removeprefix('#')]}"
    if "style" in attributes:
        attributes["style"] = _HEX.sub(lambda found: _LIGHT[found[0].lower()], attributes["style"])
    if attributes.get("transform", "").startswith("rotate(-0 "):
        del attributes["transform"]
    if "d" in attributes:
        attributes["d"] = compact_path(attributes["d"])
    for name in ("x", "y", "transform", "style"):
        if name in attributes:
            attributes[name] = _NUMBER.sub(lambda found: short(float(found[0])), attributes[name])


def _unwrap(parent: ElementTree.Element) -> None:
    """Take the children out of groups that say nothing, and drop what is empty."""
    children: list[ElementTree.Element] = []
    for child in list(parent):
        _unwrap(child)
        bare = child.tag in (f"{{{_SVG}}}g",) and not child.attrib
        if bare:
            children.extend(child)
        elif child.tag != f"{{{_SVG}}}defs" or len(child):
            children.append(child)
    parent[:] = children


def _serialise(element: ElementTree.Element) -> str:
    name = element.tag.removeprefix(f"{{{_SVG}}}")
    attributes = "".join(
        f" {key.replace(f'{{{_XLINK}}}', 'xlink:')}={quoteattr(value)}"
        for key, value in element.attrib.items()
    )
    inner = escape((element.text or "").strip()) + "".join(_serialise(child) for child in element)
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"
