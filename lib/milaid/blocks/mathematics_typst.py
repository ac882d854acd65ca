"""LaTeX mathematics as Typst: the elements of MathML as calls of Typst's functions for mathematics.

Letters reach Typst as string literals, so no character of a formula can be read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from xml.etree.ElementTree import Element

from milaid.blocks import mathematics
from milaid.blocks.glyphs import string
from milaid.blocks.mathematics import LEAVES

_ACCENTS = {
    "^": "\u0302", "~": "\u0303", "¯": "\u0304", "˙": "\u0307", "¨": "\u0308", "→": "\u20d7", "ˇ": "\u030c", "`": "\u0300",
    "´": "\u0301", "˘": "\u0306", "˜": "\u0303", "ˆ": "\u0302",
}  # fmt: skip
_LINES = {("mover", "―"): "overline", ("munder", "―"): "underline", ("mover", "¯"): "overline"}
_BRACES = {
    ("munder", "⏟"): "underbrace", ("mover", "⏞"): "overbrace", ("munder", "⎵"): "underbracket",
    ("mover", "⎴"): "overbracket",
}  # fmt: skip
_VARIANTS = {"normal": "upright", "bold": "bold", "bold-italic": "bold", "italic": "italic"}
_BIG = "∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀"
_LIMITS = ("lim", "max", "min", "sup", "inf", "limsup", "liminf", "argmax", "argmin", "det", "gcd", "Pr")


def equation(latex: str, display: bool) -> str | None:
    """Return a formula as a Typst expression without ``#``; None where it cannot be read or drawn."""
    root = mathematics.elements(latex)
    if root is None or not all(
        set(leaf.text or "") <= _drawn() for leaf in root.iter() if leaf.tag in LEAVES
    ):
        return None
    block = "true" if display else "false"
    return f"math.equation(block: {block}, alt: {string(latex.strip())}, {_group(list(root))})"


@cache
def _drawn() -> frozenset[str]:
    """Return the characters that the font for mathematics of Typst is known to have."""
    ranges = ((0x20, 0x7E), (0xA0, 0xFF), (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9), (0x1D400, 0x1D7FF))
    others = (
        "ϑϕϖϱϵϰ∂∇∞∑∏∐∫∬∭∮±∓×÷∗⋆∘∙·⋅∩∪⊂⊃⊆⊇∈∉∋∀∃∄∅¬∧∨⊕⊗⊥⊤∥∣∠≤≥≪≫≠≡≈∼≃≅∝≺≻→←↔⇒⇐⇔↦↑↓⟶⟵⟹⟺⋯…⋮⋱′″‴√⟨⟩⌈⌉⌊⌋‖ℝℕℤℚℂℙℓℏℜℑℵ−"
        "⏟⏞―ˆ˜¯˙¨ˇ˘⃗⋃⋂⨁⨂⋁⋀\u200b\u2061"
    )
    return frozenset(chr(c) for first, last in ranges for c in range(first, last + 1)) | frozenset(others)


def _letters(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\u200b", "").replace("\u2061", "")
    return f'"{escaped}"'


def _group(elements: Sequence[Element]) -> str:
    """Return elements side by side; the brackets around a table are as tall as it is."""
    if not elements:
        return "[]"
    parts: list[str] = []
    position = 0
    while position < len(elements):
        three = elements[position : position + 3]
        if len(three) == 3 and three[0].tag == three[2].tag == "mo" and _is_table(three[1]):
            parts.append(f"math.lr({{{'; '.join(map(_one, three))}}})")
            position += 3
        else:
            parts.append(_one(three[0]))
            position += 1
    return "{" + "; ".join(parts) + "}"


def _is_table(element: Element) -> bool:
    return element.tag == "mtable" or (element.tag == "mfrac" and element.get("linethickness") == "0")


def _one(element: Element) -> str:
    parts = list(element)
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            return _leaf(element)
        case "mfrac":
            if element.get("linethickness") == "0":
                return f"math.mat(delim: none, ({_one(parts[0])},), ({_one(parts[1])},))"
            return f"math.frac({_one(parts[0])}, {_one(parts[1])})"
        case "msqrt":
            return f"math.sqrt({_group(parts)})"
        case "mroot":
            return f"math.root({_one(parts[1])}, {_one(parts[0])})"
        case "msub":
            return f"math.attach({_one(parts[0])}, b: {_one(parts[1])})"
        case "msup":
            return f"math.attach({_one(parts[0])}, t: {_one(parts[1])})"
        case "msubsup" | "munderover":
            base = _one(parts[0]) if element.tag == "msubsup" else _with_limits(parts[0])
            return f"math.attach({base}, b: {_one(parts[1])}, t: {_one(parts[2])})"
        case "munder" | "mover":
            return _above_or_below(element)
        case "mtable":
            return _table(element)
        case "menclose":
            return f"math.cancel({_group(parts)})"
        case "mphantom":
            return f"hide({_group(parts)})"
        case "mspace":
            return "linebreak()" if element.get("linebreak") else f"h({_em(element.get('width', ''))})"
    stretched = any(part.get("stretchy") == "true" and part.get("fence") == "true" for part in parts)
    return f"math.lr({_group(parts)})" if stretched else _group(parts)


def _em(width: str) -> str:
    number = width.removesuffix("em")
    try:
        return f"{float(number):.3f}em"
    except ValueError:
        return "0.3em"


def _leaf(element: Element) -> str:
    value = element.text or ""
    if not value:
        return "[]"
    if element.tag == "mtext":
        return f"math.upright({_letters(value)})"
    if element.tag == "mn":
        return f"[#{_letters(value)}]"
    name = value.strip("\u200b\u2061 ")
    if len(name) > 1 and name.isascii() and name.isalpha():
        return f"math.op({_letters(name)}, limits: {'true' if name in _LIMITS else 'false'})"
    letters = "".join(f"#symbol({_letters(letter)});" for letter in name)
    variant = _VARIANTS.get(element.get("mathvariant", ""))
    return f"math.{variant}([{letters}])" if variant else f"[{letters}]"


def _with_limits(base: Element) -> str:
    """Return what has something above or below it, not beside it."""
    if base.tag == "mo" and (base.text or "") in _BIG:
        return _one(base)
    return f"math.limits({_one(base)})"


def _above_or_below(element: Element) -> str:
    base, mark = list(element)
    sign = (mark.text or "").strip() if mark.tag == "mo" else ""
    if (element.tag, sign) in _BRACES:
        return f"math.{_BRACES[element.tag, sign]}({_one(base)})"
    is_long = len(base) > 1
    if (element.tag, sign) in _LINES and (is_long or sign == "―"):
        return f"math.{_LINES[element.tag, sign]}({_one(base)})"
    if element.tag == "mover" and sign in _ACCENTS:
        return f"math.accent({_one(base)}, {_letters(_ACCENTS[sign])})"
    place = "t" if element.tag == "mover" else "b"
    return f"math.attach({_with_limits(base)}, {place}: {_one(mark)})"


def _table(element: Element) -> str:
    """Return rows as a matrix without delimiters, which MathML writes beside it."""
    rows = [row for row in element if row.tag == "mtr"]
    width = max((len(row) for row in rows), default=0)
    aligned = "columnspacing" in element.attrib
    lines = []
    for row in rows:
        cells = [_group(list(cell)) for cell in row] + ["[]"] * (width - len(row))
        lines.append(f"({', '.join(cells)},)")
    first = next((cell.get("columnalign") for row in rows for cell in row), None)
    align = "right" if aligned else first if first in ("left", "right") else "center"
    gap = ", column-gap: 0.3em" if aligned else ""
    return f"math.mat(delim: none, align: {align}{gap}, {', '.join(lines)})" if width else "[]"
