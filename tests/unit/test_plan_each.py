"""Entries of a plan that stand for a report for each value of two parameters together."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from listed_activities import write_listed
from milaid import paths
from milaid.errors import RequestError
from milaid.publish.suite.plan import Plan, expand
from milaid.tables import subjects

SLUG = "slug: '{code}-{fiscal_year}'"
EACH = f"report: country, each: [country, fiscal_year], {SLUG}"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    write_listed(tmp_path)
    return tmp_path


def plan(entry: str) -> Plan:
    return expand(f"reports:\n  - {{{entry}}}\n", "plan.yml")


def places(entry: str) -> list[str]:
    return [found.place.removeprefix("country/") for found in plan(entry).entries]


def test_every_country_has_a_report_for_each_of_its_own_years(project: Path) -> None:
    every = places(EACH)
    assert every[:2] == ["CMR-2007", "CMR-2013"]
    assert "CMR-2014" not in every and "KEN-2014" in every
    own = {subject.code: subject.fiscal_years for subject in subjects.recipients()}
    assert every == [f"{code}-{year}" for code, years in own.items() for year in years]


@pytest.mark.parametrize("each", ["[fiscal_year, country]", "'country, fiscal_year'"])
def test_the_order_in_which_they_are_named_does_not_matter(project: Path, each: str) -> None:
    assert places(f"report: country, each: {each}, {SLUG}") == places(EACH)


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ("only: {country: [ken, Cameroon], fiscal_year: [2013, 2014]}", ["KEN-2013", "KEN-2014", "CMR-2013"]),
        ("only: {country: CMR}, exclude: {fiscal_year: 2007}", ["CMR-2013"]),
        ("only: {country: [CMR, KEN]}, exclude: {fiscal_year: [2013, 2014]}", ["CMR-2007"]),
        ("only: {fiscal_year: [2007]}", ["CMR-2007", "SERBIA-AND-MONTENEGRO-2007"]),
    ],
)
def test_values_are_chosen_by_parameter_and_years_that_a_country_lacks_are_passed_over(
    project: Path, chosen: str, left: list[str]
) -> None:
    assert places(f"{EACH}, {chosen}") == left


def test_the_list_of_one_parameter_may_stand_under_its_name(project: Path) -> None:
    alone = "report: country, each: country"
    assert places(f"{alone}, only: {{country: [KEN]}}") == places(f"{alone}, only: [KEN]") == ["KEN"]


def test_title_and_values_are_those_of_each_pair(project: Path) -> None:
    (entry,) = plan(
        f"{EACH}, only: {{country: KEN, fiscal_year: 2014}}, title: '{{name}}, {{fiscal_year}}'"
    ).entries
    assert entry.title == "Kenya, 2014"
    assert (entry.values["country"], entry.values["fiscal_year"]) == ("KEN", 2014)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            "report: country, each: [country, fiscal_year]",
            'slug: without it there are only 5 places for 9 reports; write slug: "{code}-{fiscal_year}"',
        ),
        (
            "report: country, each: [country, fiscal_year], slug: 'of-{fiscal_year}'",
            "slug: 'of-{fiscal_year}' gives only 3 places for 9 reports; write slug: \"{code}-{fiscal_year}\"",
        ),
        (f"{EACH}, only: [KEN]", "only: does not say of which parameter; write only: {country: [...], fiscal_year: [...]}"),
        (f"{EACH}, only: {{contry: [KEN]}}", "only: 'contry' does not stand in 'each'; did you mean 'country'?"),
        (f"{EACH}, only: {{country: [KNE]}}", "only: country: 'KNE' is not allowed"),
        (f"{EACH}, only: {{fiscal_year: [1950]}}", "only: fiscal_year: '1950' is not allowed for any country"),
        (f"{EACH}, exclude: {{fiscal_year: [abc]}}", "exclude: fiscal_year: 'abc' is not allowed for any country"),
        (
            f"{EACH}, only: {{country: CMR}}, exclude: {{fiscal_year: [2007, 2013]}}",
            "exclude: leaves no country and fiscal_year",
        ),
        (f"report: country, each: [country, country], {SLUG}", "each: 'country' stands twice"),
        (
            f"report: country, each: [country, top_n], {SLUG}",
            "each: 'top_n' has no list of values; possible here: country, fiscal_year",
        ),
        (f"{EACH}, parameters: {{fiscal_year: 2014}}", "fiscal_year: stands in 'each' and in 'parameters'"),
        (f"{EACH}, only: {{country: {{KEN: 1}}}}", "only: country: {'KEN': '1'} is no text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(project: Path, entry: str, said: str) -> None:
    with pytest.raises(RequestError) as caught:
        plan(entry)
    assert said in str(caught.value)


def test_the_example_in_the_head_of_the_plan_holds_every_country_in_every_year() -> None:
    """The example is checked with the data of the project, as `milaid build` would."""
    head = paths.plan_file().read_text(encoding="utf-8").split("\nformats:")[0]
    lines = [line.removeprefix("#") for line in head.splitlines()]
    start = next(number for number, line in enumerate(lines) if "each: [country, fiscal_year]" in line) - 1
    example = "\n".join(lines[start : start + 4])
    entries = expand(f"reports:\n{example}", "plan.yml").entries
    wanted = Counter({subject.code: len(subject.fiscal_years) for subject in subjects.recipients()})
    assert Counter(entry.values["country"] for entry in entries) == wanted
    assert len({entry.place for entry in entries}) == wanted.total() > 3000
