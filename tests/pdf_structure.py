"""The structure tree of a PDF: what programs that read it aloud go by."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True)
class Part:
    """An element of the tree: its type, alternative text and attributes, and what lies in it."""

    type: str
    alt: str
    attributes: dict[str, str]
    children: tuple[Part, ...]

    def walk(self) -> Iterator[Part]:
        """Yield the element and all that lies in it."""
        yield self
        for child in self.children:
            yield from child.walk()


def structure(content: bytes) -> list[Part]:
    """Return the elements of the trees of all pages, in order; one that goes on over pages is in each of them."""
    found: list[Part] = []
    for page in pypdfium2.PdfDocument(content):
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for position in range(raw.FPDF_StructTree_CountChildren(tree)):
            child = raw.FPDF_StructTree_GetChildAtIndex(tree, position)
            if child:
                found.append(_part(child))
        raw.FPDF_StructTree_Close(tree)
    return found


def _part(element: Any) -> Part:
    children = (
        raw.FPDF_StructElement_GetChildAtIndex(element, position)
        for position in range(max(raw.FPDF_StructElement_CountChildren(element), 0))
    )
    return Part(
        _text(lambda *to: raw.FPDF_StructElement_GetType(element, *to)),
        _text(lambda *to: raw.FPDF_StructElement_GetAltText(element, *to)),
        _attributes(element),
        tuple(_part(child) for child in children if child),
    )


def _text(read: Callable[..., int]) -> str:
    length = read(None, 0)
    if length <= 2:
        return ""
    held = ctypes.create_string_buffer(length)
    read(held, length)
    return held.raw[:length].decode("utf-16-le").rstrip("\0")


def _attributes(element: Any) -> dict[str, str]:
    """Return the attributes that are names, such as the scope of a head."""
    found = {}
    for place in range(max(raw.FPDF_StructElement_GetAttributeCount(element), 0)):
        held = raw.FPDF_StructElement_GetAttributeAtIndex(element, place)
        for position in range(max(raw.FPDF_StructElement_Attr_GetCount(held), 0)):
            name, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
            raw.FPDF_StructElement_Attr_GetName(held, position, name, 64, ctypes.byref(length))
            value = raw.FPDF_StructElement_Attr_GetValue(held, name.value)
            text = ctypes.create_string_buffer(128)
            if value and raw.FPDF_StructElement_Attr_GetStringValue(value, text, 128, ctypes.byref(length)):
                found[name.value.decode()] = text.raw[: length.value].decode("utf-16-le").rstrip("\0")
    return found
