"""From the drawing of a chart to a picture that looks the same anywhere: paper behind it, letters as outlines.

A page that shows an SVG file as an image gives it no fonts, so that its texts would come in any other.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from milaid.blocks.fonts import FACES, SANS, fonts_dir
from milaid.blocks.palette import light

_SVG = "http://www.w3.org/2000/svg"
_MARGIN = 12
_UNITS = 250
"""Outlines are drawn on a grid of so many units to the size of the type."""
_STYLE = re.compile(r"([a-z-]+): ([^;]+)")
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Letters:
    """The letters of one weight of the sans serif face."""

    def __init__(self, weight: int) -> None:
        face = next(face for face in FACES if (face.family, face.weight) == (SANS, weight))
        font = TTFont(fonts_dir() / f"{face.file}.ttf")
        self._glyphs, self._names = font.getGlyphSet(), font.getBestCmap()
        self._scale = _UNITS / font["head"].unitsPerEm

    def advance(self, letter: str) -> float:
        """Return how far a letter moves the next one, in units."""
        return self._glyphs[self._names[ord(letter)]].width * self._scale

    def outline(self, letter: str) -> str:
        """Return the path of a letter in units, y upwards; "" for a blank."""
        pen = SVGPathPen(self._glyphs, ntos=lambda number: str(round(number)))
        scaled = TransformPen(pen, (self._scale, 0, 0, self._scale, 0, 0))
        self._glyphs[self._names[ord(letter)]].draw(scaled)
        return str(pen.getCommands())


@cache
def letters(weight: int) -> Letters:
    """Return the letters of a weight, read once."""
    return Letters(weight)


def picture(svg: str) -> str:
    """Return a drawing as a file of its own: on paper, with a margin, and with its texts as outlines."""
    for prefix, address in (("", _SVG), ("xlink", "http://www.w3.org/1999/xlink")):
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.fromstring(svg)
    used: dict[str, str] = {}
    for element in root.iter(f"{{{_SVG}}}text"):
        _to_outlines(element, used)
    definitions = ElementTree.Element(f"{{{_SVG}}}defs")
    for name, outline in sorted(used.items()):
        ElementTree.SubElement(definitions, f"{{{_SVG}}}path", {"id": name, "d": outline})
    width, height = (float(root.attrib[side]) + 2 * _MARGIN for side in ("width", "height"))
    paper = {
        "x": f"{-_MARGIN}",
        "y": f"{-_MARGIN}",
        "width": "100%",
        "height": "100%",
        "fill": light("paper"),
    }
    root.attrib |= {
        "viewBox": f"{-_MARGIN} {-_MARGIN} {width:g} {height:g}",
        "width": f"{width:g}",
        "height": f"{height:g}",
    }
    root.insert(0, ElementTree.Element(f"{{{_SVG}}}rect", paper))
    root.insert(0, definitions)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _to_outlines(element: ElementTree.Element, used: dict[str, str]) -> None:
    """Turn a text element into a group of letters; ``used`` takes up their outlines by name."""
    style = dict(_STYLE.findall(element.attrib.pop("style")))
    weight = int(style.get("font-weight", 400))
    size = float(style["font-size"].removesuffix("px"))
    text, element.text = element.text or "", None
    face = letters(weight)
    x = -_ANCHORS[style.get("text-anchor", "start")] * sum(map(face.advance, text))
    element.tag = f"{{{_SVG}}}g"
    place = f"translate({element.attrib.pop('x')} {element.attrib.pop('y')})"
    scale = size / _UNITS
    turned = element.attrib.get("transform", "")
    element.attrib |= {
        "fill": style["fill"],
        "transform": f"{turned} {place} scale({scale:g} {-scale:g})".strip(),
    }
    for letter in text:
        outline = face.outline(letter)
        if outline:
            name = f"{'b' if weight > 400 else 'a'}{ord(letter):x}"
            used[name] = outline
            ElementTree.SubElement(element, f"{{{_SVG}}}use", {"href": f"#{name}", "x": f"{x:.0f}"})
        x += face.advance(letter)
