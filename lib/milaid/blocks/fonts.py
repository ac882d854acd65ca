"""The two type families of the reports, Literata and Public Sans (SIL Open Font License 1.1).

The TTF files serve matplotlib and Typst, the smaller WOFF2 files the HTML page.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SERIF = "Literata"
SANS = "Public Sans"


@dataclass(frozen=True)
class Face:
    """One face of a family: its file name without suffix, CSS weight and CSS style."""

    family: str
    file: str
    weight: int
    style: str = "normal"


FACES = (
    Face(SERIF, "Literata-Regular", 400),
    Face(SERIF, "Literata-Italic", 400, "italic"),
    Face(SERIF, "Literata-SemiBold", 600),
    Face(SANS, "PublicSans-Regular", 400),
    Face(SANS, "PublicSans-SemiBold", 600),
)


def fonts_dir() -> Path:
    """Return the directory of the font files, TTF and WOFF2."""
    return Path(__file__).with_name("fonts")


@cache
def data_uri(face: Face) -> str:
    """Return the WOFF2 file of a face as a ``data:`` address."""
    content = (fonts_dir() / f"{face.file}.woff2").read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(content).decode('ascii')}"


@cache
def font_face_css() -> str:
    """Return the ``@font-face`` rules of all faces, files inside."""
    return "\n".join(
        f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};font-style:{face.style};"
        f"font-display:swap;src:url({data_uri(face)}) format('woff2')}}"
        for face in FACES
    )


@cache
def matplotlib_fonts() -> tuple[str, ...]:
    """Make the faces known to matplotlib in this process; returns the family names."""
    from matplotlib import font_manager

    for face in FACES:
        font_manager.fontManager.addfont(fonts_dir() / f"{face.file}.ttf")
    return (SERIF, SANS)
