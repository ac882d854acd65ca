"""Reads a drawing back: its texts with the boxes they fill, its colours and ids."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from itertools import combinations

from milaid.blocks.palette import LEAST_CONTRAST, ROLES
from milaid.charts.bounds import Bounds
from milaid.charts.style import Drawings, text_width

_SVG = "{http://www.w3.org/2000/svg}"
_SIZE = re.compile(r"font-size: ([\d.]+)px")
_WEIGHT = re.compile(r"font-weight: (\d+)")
_ANCHOR = re.compile(r"text-anchor: (\w+)")
_MOVED = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\) rotate\(-90\)|rotate\(-90 ([-\d.]+) ([-\d.]+)\)")
_COLOUR = re.compile(r"(?:fill|stroke): ([^;\"]+)")
# What letters fill in fact: from the top of capitals to the foot of commas, a little less than a line box.
_ABOVE, _BELOW = 0.71, 0.14


@dataclass(frozen=True)
class Text:
    """A text of a drawing, the box its letters fill, its size, weight and colour."""

    text: str
    box: Bounds
    size: float
    weight: int
    colour: str


def texts(svg: str) -> list[Text]:
    """Return all texts of a drawing with their measured boxes."""
    found = []
    for element in ElementTree.fromstring(svg).iter(f"{_SVG}text"):
        style = element.attrib["style"]
        size = float(_SIZE.search(style)[1])
        weight = int(match[1]) if (match := _WEIGHT.search(style)) else 400
        anchor = match[1] if (match := _ANCHOR.search(style)) else "start"
        content = element.text or ""
        width = text_width(content, size, weight)
        moved = _MOVED.search(element.attrib.get("transform", ""))
        if moved:
            x, y = (float(value) for value in moved.groups() if value is not None)
            box = Bounds(x - _ABOVE * size, y - width, x + _BELOW * size, y)
        else:
            x, y = float(element.attrib["x"]), float(element.attrib["y"])
            left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
            box = Bounds(left, y - _ABOVE * size, left + width, y + _BELOW * size)
        colour = re.search(r"fill: (#\w+)", style)[1]
        found.append(Text(content, box, size, weight, colour))
    return found


def words(svg: str) -> list[str]:
    """Return the texts of a drawing."""
    return [text.text for text in texts(svg)]


def overlaps(svg: str) -> list[tuple[str, str]]:
    """Return the pairs of texts that touch each other by more than half a px."""
    return [
        (one.text, two.text)
        for one, two in combinations(texts(svg), 2)
        if one.box.grown(-0.25).overlap(two.box.grown(-0.25)) > 0
    ]


def outside(svg: str) -> list[str]:
    """Return the texts that reach over the edge of the drawing by more than a px."""
    width, height = (float(value) for value in ElementTree.fromstring(svg).attrib["viewBox"].split()[2:])
    sheet = Bounds(-1, -1, width + 1, height + 1)
    return [text.text for text in texts(svg) if not text.box.inside(sheet)]


def strange_colours(svg: str) -> set[str]:
    """Return the paints of a drawing that are no light colour of a role."""
    roles = {light for light, _ in ROLES.values()} | {"none"}
    return {colour.strip() for colour in _COLOUR.findall(svg)} - roles


def contrast(role: str, dark: bool = False) -> float:
    """Return the contrast of a role to paper after WCAG 2.2."""
    one, other = sorted((_luminance(ROLES[role][dark]), _luminance(ROLES["paper"][dark])))
    return (other + 0.05) / (one + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def faint_fills(svg: str) -> set[str]:
    """Return the roles of fills that neither stand out from paper, light and dark, nor have an outline that does."""
    role_of = {light: role for role, (light, _) in ROLES.items()}
    found = set()
    for element in ElementTree.fromstring(svg).iter():
        paints = dict(re.findall(r"(fill|stroke): (#\w+)", element.attrib.get("style", "")))
        roles = [role_of[paints[name]] for name in ("fill", "stroke") if name in paints]
        if roles and "fill" in paints and roles[0] != "paper":
            best = max(min(contrast(role), contrast(role, dark=True)) for role in roles)
            found |= {roles[0]} if best < LEAST_CONTRAST else set()
    return found


def ids(svg: str) -> list[str]:
    """Return all ids of a drawing."""
    return [element.attrib["id"] for element in ElementTree.fromstring(svg).iter() if "id" in element.attrib]


def check(drawings: Drawings, key: str) -> None:
    """Assert what holds for every figure: size, colours, ids, and texts inside and apart."""
    for svg, sheet, width in ((drawings.wide, "wide", 760), (drawings.narrow, "narrow", 358)):
        root = ElementTree.fromstring(svg)
        assert float(root.attrib["viewBox"].split()[2]) == width
        assert strange_colours(svg) == set()
        assert all(name.startswith(f"{key}-{sheet}-") for name in ids(svg))
        assert len(set(ids(svg))) == len(ids(svg))
        assert "<style" not in svg and "clip-path" not in svg and "<metadata" not in svg
        assert faint_fills(svg) == set()
        assert outside(svg) == []
        assert overlaps(svg) == []
        assert all(text.size >= 10 for text in texts(svg))
