"""Events that charts mark: each with a source, and where they concern the subject."""

from __future__ import annotations

import pytest

from milaid import paths
from milaid.exhibits import scope
from milaid.tables import store
from milaid.tables.schema_fields import REGIONS

MOST_LETTERS = 24


def marked(of: scope.Scope) -> set[str]:
    return set(of.events(store.load_events())["label"])


def test_every_event_has_an_official_source_and_a_short_label() -> None:
    events = store.load_events()
    assert len(events)
    official = events["source_url"].str.match(r"https://www\.(?:govinfo|federalregister|congress)\.gov/")
    assert official.all()
    assert (events["label"].str.len() <= MOST_LETTERS).all()


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
