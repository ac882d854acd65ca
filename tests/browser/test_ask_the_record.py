"""The explorer answers as DuckDB does from the tables, finds names as ``m.units`` does, and can be used by everyone."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pandas as pd
import pytest
from browsing import Browser
from explorer_shown import Explorer

import milaid as m
from explorer_questions import Asker, Question, Tables
from milaid.analysis.name_search import LEAST_SCORE, Index
from milaid.analysis.named_countries import find_units
from milaid.blocks.csv_form import csv_file, csv_rows, text_of_file
from milaid.publish.explore.writing import write_explorer
from milaid.tables import citation, store

pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
QUESTIONS, SEARCHES, AT_ONCE = 850, 150, 50


@pytest.fixture(scope="module")
def explorer(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    shown = Explorer(browser, write_explorer(tmp_path_factory.mktemp("explorer")))
    shown.open()
    yield shown


@pytest.fixture(autouse=True)
def at_the_start(explorer: Explorer) -> None:
    """Each test finds the page open and ready."""
    if explorer.browser.run("typeof milaid") == "undefined":
        explorer.open()


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables()


def _batches(questions: list[Question]) -> Iterator[list[Question]]:
    for first in range(0, len(questions), AT_ONCE):
        yield questions[first : first + AT_ONCE]


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)


def _assert_sums(said: dict[str, Any], wanted: tuple[Any, ...], question: Question) -> None:
    found = [said["sums"][name] for name in ("activities", "participants", "cost_usd", "cost_usd_constant")]
    assert all(map(_same, found, wanted)), (question.given, found, wanted)


def _cells(said: dict[str, Any], question: Question) -> dict[tuple[Any, ...], float | None]:
    columns = said["columns"] if question.given.get("columns") else [None]
    found = {}
    for row, values in zip(said["rows"], said["values"], strict=True):
        for column, value in zip(columns, values, strict=True):
            found[(row, column)[: len(question.by)]] = value
    return found


def test_a_thousand_random_questions_are_answered_as_duckdb_answers_them(
    explorer: Explorer, tables: Tables
) -> None:
    asker = Asker(20260823)
    for questions in _batches([asker.question() for _ in range(QUESTIONS)]):
        for question, said in zip(questions, explorer.ask(*(q.given for q in questions)), strict=True):
            assert said["refused"] == "", question.given
            if question.given["measure"] in ("participants", "activities", "cost_usd", "cost_usd_constant"):
                _assert_sums(said, tables.sums(question), question)
            found, wanted = _cells(said, question), tables.cells(question)
            there = {key: value for key, value in found.items() if value is not None or key in wanted}
            assert set(there) == set(wanted), (question.given, set(there) ^ set(wanted))
            wrong = {key: (there[key], wanted[key]) for key in wanted if not _same(there[key], wanted[key])}
            assert not wrong, (question.given, wrong)
    searches = [asker.words(tables) for _ in range(SEARCHES)]
    for questions in _batches(searches):
        for question, said in zip(questions, explorer.ask(*(q.given for q in questions)), strict=True):
            names = [
                row[0]
                for row in tables.rows(
                    f"select student_unit_clean from trainings where {question.condition} and student_unit_clean is not null "
                    "group by 1 order by 1"
                )
            ]
            said_by = find_units(Index(names), question.given["q"], LEAST_SCORE)
            here = f"recipient = '{said_by.recipient}'" in question.where
            hits = sorted(
                {names[hit.name] for hit in (*said_by.everywhere, *(said_by.there if here else ()))}
            )
            listed = ", ".join("'" + name.replace("'", "''") + "'" for name in hits) or "null"
            chosen = Question(question.given, [*question.where, f"student_unit_clean in ({listed})"])
            _assert_sums(said, tables.sums(chosen), question)


@pytest.mark.parametrize(
    ("query", "country"),
    [
        ("bir", "CMR"), ("rapid intervention batalion", "CMR"), ("33 parachute regiment", "MLI"), ("tigres", "HND"), ("police special forces colombia", ""), ("kaibiles guatemala", ""), ("BIR Cameroun", ""), ("iraqi federal police", ""), ("erd iraq", ""),
        ("guardia presidencial", "MLI"), ("scout rangers", "PHL"), ("infantery bn 3rd", "COL"), ("gendarmerie", "NER"),
    ],
)  # fmt: skip
def test_units_are_grouped_as_the_front_door_groups_them(
    explorer: Explorer, query: str, country: str
) -> None:
    (said,) = explorer.ask({"q": query, "country": country})
    columns = ["score", "unit", "recipient", "participants", "activities", "spellings"]
    wanted = sorted(
        m.units(query, country=country or None)[columns].astype("object").itertuples(index=False, name=None)
    )
    found = sorted(
        (
            hit["score"],
            hit["name"],
            hit["recipient"],
            hit["participants"],
            hit["activities"],
            len(hit["others"]) + 1,
        )
        for hit in said["hits"]
    )
    assert found == wanted


@pytest.mark.parametrize(
    ("query", "kind", "country", "contains"),
    [
        ("batallon fuerzas especiales 1", "unit", "HND", "1ST SPECIAL FORCES BN"),
        ("ranger kenya regiment", "unit", "KEN", "Kenya Ranger Regiment"),
        ("lancero", "unit", "COL", "LANCERO"),
        ("natonal police colombia", "unit", "COL", "Colombian National Police"),
        ("maritime police zarate port", "unit", "ARG", "Z\N{REPLACEMENT CHARACTER}rate Port Delegation"),
        ("infantry bn pasto nariño", "unit", "COL", "NARI\N{REPLACEMENT CHARACTER}hO"),
        ("JPA cañar", "unit", "ECU", "JPA-CA\N{REPLACEMENT CHARACTER}hAR"),
        ("sector naval lerma", "unit", "MEX", "Sector Naval Lerma"),
        ("captan career infantry", "course", "", "CAREER"),
        ("fort bening", "place", "", "Fort Benning, GA"),
        ("marshal center", "institution", "", "Marshall"),
    ],
)
def test_names_are_found_as_people_write_them(
    explorer: Explorer, query: str, kind: str, country: str, contains: str
) -> None:
    (said,) = explorer.ask({"q": query, "in": kind, "country": country})
    assert any(contains in name for hit in said["hits"] for name in (hit["name"], *hit["others"]))


def _csv(explorer: Explorer, given: dict[str, Any]) -> bytes:
    return explorer.browser.run(f"milaid.csv({json.dumps(given)})").encode("utf-8")


@pytest.mark.parametrize(
    "given",
    [{"country": "MLI"}, {"country": "TKL,UKR", "years": "1999-2007"}, {"years": "2001", "region": "africa"}],
)
def test_rows_have_every_field_and_their_citation(explorer: Explorer, given: dict[str, Any]) -> None:
    content = _csv(explorer, given)
    assert csv_file(text_of_file(content)) == content
    head, *rows = csv_rows(text_of_file(content))
    found = pd.DataFrame(rows, columns=head).set_index("row_id")
    names = {"MLI": "Mali", "TKL": "Tokelau", "UKR": "Ukraine"}
    wanted = m.trainings(
        [names[code] for code in given["country"].split(",")] if "country" in given else None,
        region="Africa" if "region" in given else None,
        years=given.get("years"),
    )
    wanted = citation.cited(wanted, store.load_documents()).set_index("row_id").loc[found.index]
    assert len(found) == len(wanted) > 0
    for name in found.columns:
        texts = wanted[name].astype("object")
        if name.endswith("_date"):
            texts = wanted[name].dt.strftime("%Y-%m-%d").astype("object")
        texts = texts.where(texts.notna(), "").astype("str")
        differ = found[name] != texts
        assert not differ.any(), (name, found.loc[differ, name].head(), texts[differ].head())


SELECTIONS = [
    {"country": "MLI", "years": "2018-2020"},
    {"country": "MLI", "measure": "cost_usd_constant", "columns": "program", "rows": "fiscal_year"},
    {"country": "MLI,NER", "measure": "participants_per_million", "rows": "fiscal_year", "columns": "country", "years": "2015-2020"},
    {"region": "africa", "rows": "country", "measure": "activities", "where": "us", "years": "2012"},
    {"country": "CIV", "department": "DoD", "rows": "course", "measure": "cost_usd"},
    {"program": "IMET", "rows": "department", "columns": "region", "years": "2001-2003", "where": "abroad"},
    {"q": "bir", "country": "CMR", "rows": "fiscal_year", "measure": "cost_usd_constant"},
    {"q": "fort bening", "in": "place", "country": "COL", "rows": "fiscal_year"},
    {"country": "EGY", "measure": "military_aid", "years": "2017-2020"},
    {"region": "near-east", "measure": "account-FMF_constant", "rows": "country", "columns": "fiscal_year", "years": "2018-2020"},
    {"measure": "agreements", "rows": "country", "region": "africa", "years": "2020"},
    {"measure": "excess", "rows": "fiscal_year", "country": "MLI"},
]  # fmt: skip


@pytest.mark.parametrize("given", SELECTIONS, ids=lambda given: " ".join(map(str, given.values())))
def test_a_selection_is_python_of_the_front_door_that_gives_the_same_numbers(
    explorer: Explorer, given: dict[str, Any]
) -> None:
    question = Question({"view": "numbers", "measure": "participants", "rows": "fiscal_year", **given})
    (said,) = explorer.ask(question.given)
    names: dict[str, Any] = {}
    exec(compile(said["python"], "<explorer>", "exec"), names)
    frame = names["frame"]
    value = frame.columns[-1]
    wanted = {
        tuple(None if pd.isna(key) else key for key in row[:-1]): None if pd.isna(row[-1]) else float(row[-1])
        for row in frame.astype("object").itertuples(index=False, name=None)
    }
    found = {key: one for key, one in _cells(said, question).items() if one is not None or key in wanted}
    assert set(found) == set(wanted), value
    assert all(_same(found[key], wanted[key]) for key in wanted)


OPENED = [
    {"country": "MLI", "rows": "fiscal_year", "row": "2020"},
    {"region": "africa", "rows": "department", "columns": "fiscal_year", "row": "DoD", "column": "2001"},
    {"country": "KEN", "rows": "institution", "row": "(none)", "where": "us"},
    {"country": "EGY", "measure": "military_aid", "rows": "fiscal_year", "row": "2020"},
    {"measure": "agreements", "rows": "country", "columns": "fiscal_year", "row": "Kenya", "column": "2020"},
]


@pytest.mark.parametrize("given", OPENED, ids=lambda given: " ".join(map(str, given.values())))
def test_the_rows_behind_a_number_are_python_and_csv_alike(explorer: Explorer, given: dict[str, Any]) -> None:
    (said,) = explorer.ask({"view": "activities", **given})
    names: dict[str, Any] = {}
    exec(compile(said["python"].replace("m.cite(rows)", "cited = m.cite(rows)"), "<explorer>", "exec"), names)
    head, *rows = csv_rows(text_of_file(_csv(explorer, {"view": "activities", **given})))
    for name in ("citation", "source_url"):
        assert sorted(row[head.index(name)] for row in rows) == sorted(names["cited"][name].astype("str"))
    assert len(rows) > 0


@pytest.mark.parametrize("view", ["numbers", "search"])
def test_a_selection_is_a_notebook_that_runs(explorer: Explorer, view: str) -> None:
    (said,) = explorer.ask({"view": view, "q": "bir", "country": "CMR", "rows": "fiscal_year"})
    notebook = nbformat.from_dict(said["notebook"])
    nbformat.validate(notebook)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "<notebook>", "exec"), names)
    assert len(names["cited"]) and names["cited"]["source_url"].str.startswith("http").all()


def test_what_is_typed_is_found_and_kept_in_the_address(explorer: Explorer) -> None:
    browser = explorer.open("country=CMR")
    browser.run("document.getElementById('query').focus()")
    browser.type("rapid intervention batalion")
    browser.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert "country=CMR" in browser.run("location.hash") and "rapid" in browser.run("location.hash")
    assert browser.run("document.querySelector('.hits .name').textContent") == "BIR"
    browser.run("document.querySelector('.hits .name a').click()")
    browser.run("new Promise((done) => setTimeout(done))")
    assert browser.run("document.querySelector('#subject h2').textContent") == "BIR"
    assert browser.run("document.querySelector('.activities .meta a').href").startswith("http")
    browser.run("history.back()")


def test_another_address_is_what_the_field_says_also_while_it_is_written_in(explorer: Explorer) -> None:
    page = explorer.open("q=guardia%20nacional")
    page.run("document.getElementById('query').focus()")
    asked = "new Promise((done) => { addEventListener('hashchange', () => setTimeout(done)); location.hash = '%s'; })"
    page.run(asked % "country=MLI&view=numbers")
    assert page.run("document.getElementById('query').value") == ""
    page.run("document.getElementById('query').focus()")
    page.run(asked % "q=gendarmerie")
    assert page.run("document.getElementById('query').value") == "gendarmerie"


def test_the_first_link_skips_to_the_content_and_keeps_what_is_asked(explorer: Explorer) -> None:
    browser = explorer.open("view=numbers&country=MLI")
    browser.press("Tab")
    assert browser.run("document.activeElement.id") == "skip"
    browser.press("Enter")
    browser.run("new Promise((done) => setTimeout(done))")
    assert browser.run("document.querySelector('.tabs [aria-current]').textContent") == "Numbers"
    for _ in range(40):
        browser.press("Tab")
        if browser.run("document.activeElement.dataset.filter") == "as":
            break
    assert browser.run("document.activeElement.labels[0].textContent").startswith("Shown as")


@pytest.mark.parametrize("form", ["lines", "bars", "heat", "map"])
def test_a_picture_stands_alone(explorer: Explorer, form: str) -> None:
    browser = explorer.open(f"view=numbers&rows=country&columns=fiscal_year&region=africa&as={form}")
    made = """new Promise((done) => {{ const keep = URL.createObjectURL; const blobs = [];
        URL.createObjectURL = (blob) => {{ blobs.push(blob); return keep.call(URL, blob); }};
        [...document.querySelectorAll('.take button')].find((one) => one.textContent === '{}').click();
        const wait = () => blobs.some((blob) => blob.type === '{}') ? done(blobs.at(-1)) : setTimeout(wait, 20);
        wait(); }}).then((blob) => blob.{})"""
    text = browser.run(made.format("SVG", "image/svg+xml", "text()"))
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("svg") and "var(--" not in text and "Public Sans" in text
    assert any(
        "FY1999 to FY2020" in (one.text or "") for one in root.iter("{http://www.w3.org/2000/svg}text")
    )
    assert browser.run(made.format("PNG", "image/png", "size")) > 10_000


def test_each_number_opens_its_rows(explorer: Explorer) -> None:
    browser = explorer.open("view=numbers&country=MLI")
    said = browser.run(
        "[...document.querySelectorAll('.exhibit td a')].map((a) => [a.textContent, a.getAttribute('href')])"
    )
    assert len(said) == len(m.totals(country="Mali")) > 20
    number, address = said[-1]
    shown = explorer.open(address.removeprefix("#"))
    assert f"{number} participants" in shown.run("document.querySelector('.sums').textContent")


@pytest.mark.parametrize(
    "view",
    [
        "search&q=army",
        "numbers&rows=country&columns=fiscal_year&as=heat",
        "numbers&rows=country&as=map",
        "activities&country=MLI",
        "dossier&country=MLI&years=2020",
    ],
)
def test_a_phone_scrolls_no_page_sideways(explorer: Explorer, view: str) -> None:
    browser = explorer.open(f"view={view}", width=390)
    assert browser.run("document.documentElement.scrollWidth") == 390


def test_controls_are_named_and_the_policy_is_kept(explorer: Explorer) -> None:
    browser = explorer.open("view=numbers&rows=country&columns=region&measure=cost_usd&beside=military_aid")
    nameless = browser.run("""[...document.querySelectorAll('input, select, button, a')].filter((one) =>
        !one.closest('svg') && !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length)).length""")
    assert nameless == 0
    assert (
        browser.run(
            "performance.getEntriesByType('resource').filter((one) => !one.name.startsWith('data:')).length"
        )
        == 0
    )
    blocked = browser.run("""new Promise((done) => { document.addEventListener('securitypolicyviolation', () => done(true));
        const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script);
        setTimeout(() => done(false), 1000); })""")
    assert blocked and browser.run("typeof ran") == "undefined"


def test_a_reader_of_screens_hears_each_thing_once(explorer: Explorer) -> None:
    heard = "[...document.querySelectorAll('[role=status]')].filter((one) => one.checkVisibility()).map((one) => one.textContent).filter(Boolean)"
    browser = explorer.open("q=bir&country=CMR")
    assert len(said := browser.run(heard)) == 1 and "units found, in" in said[0]
    names = browser.run("[...document.querySelectorAll('.hits .name a')].map((one) => one.ariaLabel)")
    assert names[0] == "BIR, Cameroon" and len(names) == len(set(names))
    assert "“bir”" in browser.run("document.getElementById('answer').ariaLabel")
    browser = explorer.open("view=activities&country=MLI&rows=fiscal_year&row=2020")
    shown = browser.run("document.querySelector('.sums a').textContent")
    assert browser.run(heard) == [f"{shown.split(' ')[0]} of {len(m.trainings('Mali')):,} activities"]
    browser = explorer.open("view=claim&number=528&country=UGA&years=2012")
    assert len(said := browser.run(heard)) == 1 and said[0].endswith("gives 528.")
    assert said[0] not in browser.run("document.getElementById('answer').textContent")
    browser = explorer.open("view=numbers&country=MLI")
    drawn = browser.run(
        "[...document.querySelectorAll('svg.plot a')].map((one) => !!one.closest('[aria-hidden=true]'))"
    )
    assert len(drawn) > 20 and all(drawn)
    assert browser.run("document.querySelector('.exhibit [role=img]').ariaLabel").startswith("Lines: ")


def test_without_scripts_there_is_a_way_to_the_tables(explorer: Explorer, tmp_path: Path) -> None:
    browser = explorer.browser
    page = write_explorer(tmp_path, in_site=True)
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page)
        assert "data.html" in browser.run("document.querySelector('noscript').innerHTML")
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)
        explorer.open()
