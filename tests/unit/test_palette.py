from __future__ import annotations

import re

import pytest

from milaid.blocks import palette
from milaid.errors import ReportError


def test_every_light_colour_belongs_to_one_role() -> None:
    lights = [light.upper() for light, _ in palette.ROLES.values()]
    assert len(set(lights)) == len(lights)


def test_colours_become_properties_and_everything_else_stays() -> None:
    svg = '<g clip-path="url(#1f5f99)"><path id="fff" style="fill: #1f5f99; stroke: none" stroke="#C9CFD5"/>'
    assert palette.to_css_variables(svg) == (
        '<g clip-path="url(#1f5f99)"><path id="fff" style="fill: var(--accent); stroke: none" '
        'stroke="var(--rule)"/>'
    )


@pytest.mark.parametrize("stranger", ["#123456", "red", "#000", "rgb(1, 2, 3)"])
def test_any_other_colour_is_named_in_the_error(stranger: str) -> None:
    with pytest.raises(ReportError, match=re.escape(stranger)):
        palette.to_css_variables(f'<path style="fill: {stranger}"/>')


def test_the_style_sheet_sets_every_role_for_light_and_dark() -> None:
    css = palette.css_root()
    for role, (light, dark) in palette.ROLES.items():
        assert f"--{role}:{light}" in css
        assert f"--{role}:{dark}" in css


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("role", ["ink", "ink2", "accent", "other", "homeland"])
@pytest.mark.parametrize("mode", [0, 1])
def test_text_colours_have_enough_contrast_on_paper(role: str, mode: int) -> None:
    one, other = sorted((_luminance(palette.ROLES[role][mode]), _luminance(palette.ROLES["paper"][mode])))
    assert (other + 0.05) / (one + 0.05) >= 4.5
