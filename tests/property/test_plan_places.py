"""Whatever a plan holds: it is refused in words, or every report of it has a place of its own below reports/."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from listed_activities import write_listed
from milaid.errors import RequestError
from milaid.publish.registry.places import SITE_PAGES
from milaid.publish.suite.plan import expand

CODES = ("KEN", "ken", "CMR", "Côte d’Ivoire", "JOR", "IMET", "SERBIA-AND-MONTENEGRO", "XXX", "")
SLUGS = (
    "",
    "index",
    "ken",
    "KEN",
    "Ken-2013",
    "{code}",
    "{fiscal_year}",
    "{code}-{fiscal_year}",
    "../x",
    "country",
)
sound = st.one_of(
    st.fixed_dictionaries(
        {"report": st.just(kind), "each": st.sampled_from(each)},
        optional={
            "slug": st.sampled_from(("{code}", "{fiscal_year}", "x-{fiscal_year}", "{code}-{fiscal_year}"))
        },
    )
    for kind, each in (
        ("annual", ("fiscal_year",)),
        ("country", ("country", "fiscal_year")),
        ("program", ("program", "fiscal_year")),
        ("region", ("region", "fiscal_year")),
    )
)
odd = st.fixed_dictionaries(
    {
        "report": st.sampled_from(
            ("annual", "country", "program", "region", "comparison", "data-quality", "no")
        )
    },
    optional={
        "each": st.sampled_from(("fiscal_year", "country", "program", "region", "top_n")),
        "only": st.lists(st.sampled_from(CODES), max_size=2),
        "exclude": st.lists(st.sampled_from(CODES), max_size=2),
        "slug": st.sampled_from(SLUGS) | st.text(max_size=5),
        "title": st.sampled_from(("{name}", "{fiscal_year}")) | st.text(max_size=9),
        "parameters": st.dictionaries(
            st.sampled_from(("country", "fiscal_year", "members", "top_n", "program")),
            st.sampled_from((*CODES, "2013", "2014", "KEN,CMR", "KEN,JOR")),
            max_size=2,
        ),
    },
)


@pytest.fixture(scope="module", autouse=True)
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("project")
    write_listed(root)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MILAID_ROOT", str(root))
        yield root


@given(st.lists(sound, max_size=2), st.lists(odd, max_size=1))
def test_no_two_reports_of_a_plan_have_the_same_place(sound: list[dict], odd: list[dict]) -> None:
    try:
        # JSON is YAML, in which no text can be taken for something else.
        plan = expand(json.dumps({"reports": [*sound, *odd]}), "plan.yml")
    except RequestError:
        event("refused")
        return
    event("expanded")
    places = [entry.place for entry in plan.entries]
    assert len({place.casefold() for place in places}) == len(places)
    assert all(re.fullmatch(r"([a-z]+/)?[A-Za-z0-9_-]+", place) for place in places)
    assert plan.places == {*places, *SITE_PAGES}
    assert not set(SITE_PAGES) & {place.casefold() for place in places}
    assert all(entry.title for entry in plan.entries)


@given(st.text(alphabet="reports:-{}[]\n \t'\"&*!|>#%@é0a,", max_size=60))
def test_any_text_is_a_plan_or_refused_in_words(text: str) -> None:
    try:
        plan = expand(f"reports:\n  - report: annual\n{text}", "plan.yml")
    except RequestError as error:
        assert str(error)
    else:
        assert len(plan.entries) >= 1
