"""The colours of the reports as data: one role, one colour on light paper and one on dark.

Figures are drawn once, with the light colours. The PDF takes the drawing as it is; the page replaces each
colour by the CSS property of its role, so that one drawing serves light and dark. For that every light
colour belongs to one role only.
"""

from __future__ import annotations

import re

from milaid.errors import ReportError, list_problems

ROLES: dict[str, tuple[str, str]] = {
    "paper": ("#FFFFFF", "#14181D"),
    "panel": ("#F5F6F7", "#1C2127"),
    "ink": ("#1A1F24", "#E9ECEF"),
    "ink2": ("#515B66", "#AAB3BC"),
    "accent": ("#1F5F99", "#6AAEE8"),
    "other": ("#B4570A", "#E89A4A"),
    "soft": ("#8795A3", "#66788A"),
    "mute": ("#7B8590", "#838D97"),
    "rule": ("#C9CFD5", "#3A424A"),
    "grid": ("#E3E7EA", "#2A3138"),
    "none": ("#DFE3E7", "#333B43"),
    "land": ("#FAFBFB", "#171B20"),
    "m1": ("#BFD7EB", "#1F4465"),
    "m2": ("#8AB6DA", "#2E6594"),
    "m3": ("#4E8EC4", "#4A8DC4"),
    "m4": ("#22629C", "#84B9E6"),
    "m5": ("#0C3B65", "#D0E6F8"),
    "homeland": ("#4B5563", "#C4CBD2"),
    "africa": ("#316E8F", "#2676C3"),
    "western-hemisphere": ("#A75034", "#E0855F"),
    "near-east": ("#72154B", "#AB4C5B"),
    "east-asia-and-pacific": ("#4F9B95", "#88E1D7"),
    "south-and-central-asia": ("#AF8E0B", "#E6CE5B"),
    "europe-and-eurasia": ("#53358F", "#9F9DC8"),
}
"""Role -> (light, dark), upper-case hex."""

MAP_CLASSES = ("m1", "m2", "m3", "m4", "m5")
"""The five classes of the maps, from few to many."""

LEAST_CONTRAST = 3.0
"""The least contrast of what is filled to the page (WCAG 2.2, 1.4.11), light and dark."""

OUTLINED = ("land", "none", "m1", "m2")
"""Fills below that, which say something only with an outline of ``mute``."""

GROUNDS = ("paper", "panel", "rule", "grid")
"""What lies behind, and hairlines: fainter still, and no colour of data."""

DEPARTMENTS = {"DoS": "accent", "DoD": "other", "DHS": "homeland"}
"""Funder as in the trainings table -> role."""

REGIONS = {
    "Africa": "africa",
    "Western Hemisphere": "western-hemisphere",
    "Near East": "near-east",
    "East Asia and Pacific": "east-asia-and-pacific",
    "South and Central Asia": "south-and-central-asia",
    "South Central Asia": "south-and-central-asia",
    "Europe and Eurasia": "europe-and-eurasia",
    "Europe": "europe-and-eurasia",
}
"""Harmonised region -> role."""

MEMBERS = (
    "africa", "western-hemisphere", "near-east", "east-asia-and-pacific", "south-and-central-asia",
)  # fmt: skip
"""Roles of up to five lines of a comparison: the colours of the regions, chosen to be told apart in one plot."""

_ROLE_OF = {light.upper(): role for role, (light, _) in ROLES.items()}
_PAINT = re.compile(
    r"(?P<property>(?<![\w-])(?:fill|stroke|color|stop-color|flood-color)\s*(?:=\s*[\"']|:)\s*)"
    r"(?P<value>url\([^)]*\)|rgba?\([^)]*\)|hsla?\([^)]*\)|[^;\"'}<>\s]+)"
)
_NOT_A_COLOUR = re.compile(r"(none|transparent|currentcolor|inherit|url\(.*|var\(.*)", re.IGNORECASE)


def light(role: str) -> str:
    """Return the light colour of a role as hex."""
    return ROLES[role][0]


def to_css_variables(svg: str) -> str:
    """Return an SVG with every colour as ``var(--role)``; raises ReportError naming any other colour."""
    strangers: set[str] = set()

    def replace(match: re.Match[str]) -> str:
        value = match["value"]
        if _NOT_A_COLOUR.fullmatch(value):
            return match[0]
        role = _ROLE_OF.get(value.upper())
        if role is None:
            strangers.add(value)
            return match[0]
        return f"{match['property']}var(--{role})"

    replaced = _PAINT.sub(replace, svg)
    if strangers:
        raise ReportError(
            list_problems(
                "a figure uses colours that belong to no role:",
                sorted(strangers),
                "draw with the colours of milaid.blocks.palette.ROLES only",
            )
        )
    return replaced


def css_properties(dark: bool = False) -> str:
    """Return the declarations ``--role:colour`` of all roles for light or for dark."""
    return ";".join(f"--{role}:{pair[dark]}" for role, pair in ROLES.items())


def css_root(selector: str = ":root") -> str:
    """Return CSS that sets ``--role`` for light and, on screens of readers who prefer it, for dark."""
    return (
        f"{selector}{{{css_properties()}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{{selector}{{{css_properties(dark=True)}}}}}\n"
    )
