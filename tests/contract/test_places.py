"""Every report that can be made has a place that can be linked to, and the names in tables lead to it."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from milaid.blocks.targets import is_target
from milaid.exhibits import links
from milaid.exhibits.subject import open_subject
from milaid.exhibits.training.recipients import recipients_table
from milaid.paths import reference_dir, trainings_dir
from milaid.publish.registry.checking import check
from milaid.publish.registry.known import known
from milaid.publish.registry.places import SITE_PAGES, is_place
from milaid.tables import subjects


@pytest.mark.parametrize("kind", known())
def test_a_report_of_each_kind_lies_at_a_place(kind: str) -> None:
    place = check(kind, {}).place
    assert is_target(place) and is_place(place, known().values())
    assert [report.kind for report in known().values() if report.has(place)] == [kind]


@pytest.mark.parametrize("page", SITE_PAGES)
def test_a_page_of_the_site_can_be_linked_to(page: str) -> None:
    assert is_target(page) and is_place(page, known().values())


@pytest.mark.parametrize(
    "wrong", ["countries/CMR", "annual/abcd", "annual", "country/a_b", "quality", "data-quality/x"]
)
def test_a_place_of_no_kind_cannot_be_linked_to(wrong: str) -> None:
    assert not is_place(wrong, known().values())


def test_the_names_in_tables_lead_to_the_places_of_their_reports() -> None:
    reports = known().values()
    for find, named, kind, value in (
        (links.country, subjects.recipients(), "country", "name"),
        (links.program, subjects.programs(), "program", "code"),
        (links.region, subjects.regions(), "region", "name"),
    ):
        assert named
        for subject in named:
            place = (
                check(kind, {kind: subject.code}).place if kind != "country" else f"country/{subject.code}"
            )
            assert find(getattr(subject, value)) == place
            assert is_place(place, reports)
    assert links.annual(2014) == links.annual("FY2014") == "annual/2014"
    assert links.annual(1898) is links.country("Atlantis") is links.program("UNREAD") is None


def test_a_column_of_names_keeps_its_index_and_its_gaps() -> None:
    names = pd.Series(["Cameroon", None, pd.NA, "Atlantis"], index=[7, 3, 1, 0], dtype="object")
    found = links.country(names)
    assert list(found) == ["country/CMR", None, None, None] and list(found.index) == [7, 3, 1, 0]


def test_pages_of_recipients_lead_to_that_page_of_the_official_document() -> None:
    made = recipients_table(open_subject(2014))
    names = [column.name for column in made.columns]
    targets = dict(made.links)
    expected = dict(
        duckdb.sql(
            f"""select recipient, url || '#page=' || cast(page as varchar) from (
                  select recipient, document, min(page) as page from '{trainings_dir()}/fy2014.parquet'
                  where status = 'actual' group by all)
                join '{reference_dir()}/documents.csv' on file = document where kind = 'official file'"""
        ).fetchall()
    )
    shown = {
        row[names.index("recipient")]: target for row, target in zip(made.rows, targets["place"], strict=True)
    }
    plain = {name: target for name, target in shown.items() if target}
    assert len(plain) == 20
    assert all(expected[name] == target for name, target in plain.items())
    assert shown["All recipients"] is None
