"""Events that charts mark: each with a source, and where they concern the subject."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from milaid import exhibits, paths
from milaid.exhibits import events, scope
from milaid.exhibits.subject import open_subject
from milaid.tables import store
from milaid.tables.schema_fields import REGIONS

MOST_LETTERS = 24
OVER_YEARS = {"long_series", "lines", "columns_by_year", "small_multiples", "top_shares"}
"""The kinds of charts that draw a measure over the years."""


def marked(of: scope.Scope) -> set[str]:
    return set(of.events(store.load_events())["label"])


def test_every_event_has_an_official_source_and_a_short_label() -> None:
    listed = store.load_events()
    assert len(listed)
    official = listed["source_url"].str.match(r"https://www\.(?:govinfo|federalregister|congress)\.gov/")
    assert official.all()
    assert (listed["label"].str.len() <= MOST_LETTERS).all()


@pytest.mark.skipif(not store.available_years(), reason=f"no activities in {paths.trainings_dir()}")
def test_what_events_concern_is_known() -> None:
    known = {"all", "world", *REGIONS, *store.load_countries()["iso3"].dropna()}
    named = {name for cell in store.load_events()["concerns"] for name in cell.split("; ")}
    assert named <= known


def test_a_chart_marks_what_concerns_its_subject() -> None:
    assert marked(scope.EVERYTHING) == {"Iraq war", "COVID-19"}
    assert marked(scope.recipient("COL")) == {"Plan Colombia", "COVID-19"}
    assert marked(scope.recipient("KEN")) == {"COVID-19"}
    assert marked(scope.program("IMET")) == {"Iraq war", "COVID-19"}
    assert marked(scope.region("near-east")) == {"Iraq war", "COVID-19"}


def test_every_chart_over_the_years_marks_the_events() -> None:
    calls, without = 0, []
    for path in Path(exhibits.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            drawn = isinstance(node, ast.Call) and "key" in {word.arg for word in node.keywords}
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if drawn else ""
            if name in OVER_YEARS:
                calls += 1
                if "events" not in {word.arg for word in node.keywords}:
                    without.append(f"{path.name}:{node.lineno} {name}")
    assert calls > len(OVER_YEARS) and not without, without


@pytest.mark.skipif(not store.available_years(), reason=f"no activities in {paths.trainings_dir()}")
def test_subjects_that_are_compared_have_the_events_of_each() -> None:
    members = [open_subject(2020, 10, 10, scope.recipient(code)) for code in ("COL", "MEX")]
    assert events.labels(*members) == {2000: "Plan Colombia", 2008: "Mérida Initiative", 2020: "COVID-19"}
    assert [source.text.split(":")[0] for source in events.sources(*members)] == [
        *events.labels(*members).values()
    ]
