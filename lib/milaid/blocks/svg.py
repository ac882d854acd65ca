"""An SVG that somebody else drew, without what could run or be loaded."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_NOT_DRAWN = ("script", "foreignObject", "iframe", "audio", "video", "handler", "listener", "set", "animate")
_LOADS = re.compile(r"@import[^;]*;?|url\(\s*['\"]?(?!#|data:)[^)]*\)", re.IGNORECASE)


def cleaned(content: bytes) -> bytes | None:
    """Return an SVG with its own shapes, text and styles only; None for what is no SVG."""
    text = content.decode("utf-8", "replace").strip()
    if "xmlns:xlink" not in text and "xlink:" in text:
        text = re.sub(r"<svg\b", f'<svg xmlns:xlink="{_XLINK}"', text, count=1)
    if not re.search(r"<svg\b[^>]*\sxmlns\s*=", text):
        text = re.sub(r"<svg\b", f'<svg xmlns="{_SVG}"', text, count=1)
    try:
        root = ElementTree.fromstring(text.encode("utf-8"))
    except ElementTree.ParseError:
        return None
    if root.tag != f"{{{_SVG}}}svg":
        return None
    _clean(root)
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    return ElementTree.tostring(root, encoding="utf-8")


def _clean(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        plain = name.rpartition("}")[2].lower()
        if plain.startswith("on") or (
            plain in ("href", "src") and not value.strip().startswith(("#", "data:image/"))
        ):
            del element.attrib[name]
        else:
            element.attrib[name] = _LOADS.sub("none", value)
    if element.text and element.tag == f"{{{_SVG}}}style":
        element.text = _LOADS.sub("", element.text)
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in _NOT_DRAWN:
            element.remove(child)
        else:
            _clean(child)
