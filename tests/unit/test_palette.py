from __future__ import annotations

import re

import pytest

from drawing_texts import contrast, faint_fills
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


@pytest.mark.parametrize("role", ["ink", "ink2", "accent", "other", "homeland"])
@pytest.mark.parametrize("mode", [0, 1])
def test_text_colours_have_enough_contrast_on_paper(role: str, mode: int) -> None:
    assert contrast(role, dark=bool(mode)) >= 4.5


@pytest.mark.parametrize("role", sorted(set(palette.ROLES) - set(palette.GROUNDS)))
def test_fills_stand_out_from_paper_or_are_named_as_outlined(role: str) -> None:
    least = min(contrast(role), contrast(role, dark=True))
    assert (least < palette.LEAST_CONTRAST) == (role in palette.OUTLINED)


def test_the_outline_of_faint_fills_stands_out_from_paper() -> None:
    assert min(contrast("mute"), contrast("mute", dark=True)) >= palette.LEAST_CONTRAST


def test_a_faint_fill_is_found_and_one_with_an_outline_is_not() -> None:
    light, edge = palette.light("m1"), palette.light("mute")
    drawn = '<svg xmlns="http://www.w3.org/2000/svg"><path style="fill: {}"/></svg>'
    assert faint_fills(drawn.format(light)) == {"m1"}
    assert faint_fills(drawn.format(f"{light}; stroke: {edge}")) == set()
