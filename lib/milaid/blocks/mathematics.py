"""LaTeX mathematics as MathML, which browsers set themselves; print is made from the same elements.

latex2mathml reads the LaTeX. Of what it returns only known elements and attributes are kept; a formula that it reads in
part only counts as not read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from latex2mathml.converter import convert
from latex2mathml.exceptions import (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    InvalidStyleForGenfracError,
    InvalidWidthError,
    LimitsMustFollowMathOperatorError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
)

from milaid.blocks import marked

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_CHILDREN = {
    "mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mroot": 2,
}  # fmt: skip
"""Elements that need so many parts."""

LEAVES = ("mi", "mn", "mo", "mtext")
_GROUPS = ("mrow", "msqrt", "mstyle", "mpadded", "mphantom", "menclose", "mtable", "mtr", "mtd", "mspace")
_ATTRIBUTES = frozenset(
    (
        "mathvariant", "stretchy", "fence", "form", "accent", "displaystyle", "scriptlevel", "columnalign", "linethickness",
        "notation", "width", "minsize", "maxsize", "rowspacing", "columnspacing", "separator", "movablelimits",
    )
)  # fmt: skip
_LOOSE_AND = re.compile(r"&(?!#x?[0-9A-Fa-f]+;|(?:amp|lt|gt|quot|apos);)")
_ESCAPED = re.compile(r"\\([%$&#_{}])")
_ENVIRONMENTS = re.compile(r"\\(begin|end)\{(aligned|split|gathered|eqnarray|gather)(\*?)\}")
_UNREADABLE = (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    InvalidStyleForGenfracError,
    InvalidWidthError,
    LimitsMustFollowMathOperatorError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
    ElementTree.ParseError,
    # What its reader stumbles over in what is no LaTeX.
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    StopIteration,
    RuntimeError,
)


NOT_READ = "(This formula cannot be set; it stands as it was written in LaTeX.)"


@lru_cache(maxsize=256)
def elements(latex: str) -> ElementTree.Element | None:
    """Return a formula as elements of MathML without namespace, or None where it cannot be read whole."""
    source = _ENVIRONMENTS.sub(r"\\\1{align*}", marked.showable(latex).strip())
    if not source:
        return None
    try:
        root = ElementTree.fromstring(_LOOSE_AND.sub("&amp;", convert(source)))
        return root if _is_whole(root) else None
    except _UNREADABLE:
        return None


def _is_whole(element: ElementTree.Element) -> bool:
    """Take names and attributes down to those that are known; return whether every part of the formula was read."""
    element.tag = element.tag.removeprefix(_NAMESPACE)
    for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
        del element.attrib[name]
    if element.tag == "mtext":
        element.text = _ESCAPED.sub(r"\1", element.text or "")
    if element.tag in LEAVES:
        return len(element) == 0 and "\\" not in (element.text or "")
    known = element.tag in ("math", *_GROUPS) or element.tag in _CHILDREN
    enough = len(element) == _CHILDREN.get(element.tag, len(element))
    return known and enough and all(_is_whole(child) for child in element)


def mathml(latex: str, display: bool) -> str | None:
    """Return a formula as HTML, or None where it cannot be read; the LaTeX is its alternative text."""
    root = elements(latex)
    if root is None:
        return None
    copy = ElementTree.Element(
        "math", {"display": "block" if display else "inline", "alttext": latex.strip()}
    )
    copy.extend(root)
    return ElementTree.tostring(copy, encoding="unicode")
