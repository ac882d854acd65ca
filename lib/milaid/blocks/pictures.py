"""Pictures that somebody else made: checked, so that a page and a print can show them, and held as ``data:`` addresses."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError

from milaid.blocks import svg

_DATA_ADDRESS = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)(;[^,]*)?,(.*)", re.DOTALL)
_KEPT = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp"}
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "em": 16.0}
_LENGTH = re.compile(r"\s*([\d.]+(?:e-?\d+)?)\s*([a-z]*)\s*")


@dataclass(frozen=True)
class Picture:
    """A picture: how its file ends, its content, and its size in pixels of a screen."""

    suffix: str
    content: bytes
    width: float
    height: float

    @property
    def address(self) -> str:
        """The picture as a ``data:`` address."""
        mime = "svg+xml" if self.suffix == "svg" else self.suffix
        return f"data:image/{mime};base64,{base64.b64encode(self.content).decode('ascii')}"


def read(content: bytes) -> Picture | None:
    """Return a picture, in a form that both page and print know; None for what is none, or is damaged."""
    if content.lstrip()[:1] == b"<" or content.startswith(b"\xef\xbb\xbf"):
        drawing = svg.cleaned(content)
        size = _size_of_drawing(drawing) if drawing else None
        return Picture("svg", drawing, *size) if drawing and size else None
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            width, height, kind = image.width, image.height, image.format or ""
            if kind in _KEPT:
                return Picture(_KEPT[kind], content, width, height)
            buffer = io.BytesIO()
            image.convert("RGBA").save(buffer, "PNG")
            return Picture("png", buffer.getvalue(), width, height)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        return None


def _size_of_drawing(content: bytes) -> tuple[float, float] | None:
    root = ElementTree.fromstring(content)
    box = [float(part) for part in re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))]
    sizes = []
    for name in ("width", "height"):
        match = _LENGTH.fullmatch(root.get(name, ""))
        sizes.append(float(match[1]) * _PIXELS[match[2]] if match and match[2] in _PIXELS else 0.0)
    width, height = sizes
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        width = width or (height * box[2] / box[3] if height else box[2])
        height = height or width * box[3] / box[2]
    return (width, height) if width > 0 and height > 0 else (300.0, 150.0) if not box else None


def of_address(address: str) -> tuple[str, bytes] | None:
    """Return suffix and content of the picture in a ``data:`` address, or None."""
    match = _DATA_ADDRESS.fullmatch(address)
    if not match:
        return None
    suffix = "svg" if match[1] == "svg+xml" else match[1]
    content = unquote_to_bytes(match[3])
    try:
        return suffix, base64.b64decode(content) if "base64" in (match[2] or "") else content
    except ValueError:
        return None
