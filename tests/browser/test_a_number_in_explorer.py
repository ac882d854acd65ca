"""The explorer says of a number what ``m.claim`` says, and can be asked by everyone."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from browsing import Browser
from explorer_shown import Explorer

import milaid as m
from milaid.analysis.claimed_number import read_claimed
from milaid.publish.claim import WHY_OTHERS_DIFFER
from milaid.publish.explore.writing import write_explorer
from milaid.tables import store, subjects

pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
NUMBERS, OF_ANY_YEAR = 50, 4
OF = ("recipient", "region", "program", "department", "category", "account")


@pytest.fixture(scope="module")
def explorer(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    shown = Explorer(browser, write_explorer(tmp_path_factory.mktemp("explorer")))
    shown.open()
    yield shown


def said_of(explorer: Explorer, given: dict[str, Any]) -> dict[str, Any]:
    if explorer.browser.run("typeof milaid") == "undefined":
        explorer.open()
    return json.loads(explorer.browser.run(f"JSON.stringify(milaid.claim({json.dumps(given)}))"))


def _claims() -> Iterator[tuple[str, dict[str, str], str | None]]:
    """Yield numbers, what they are about and of which year: sums of activities, of aid and of neither."""
    draw = random.Random(20261127)
    choices = {
        "country": [(each.code, each.name) for each in subjects.recipients()],
        "region": [(each.code, each.name) for each in subjects.regions()],
        "program": [(each.code, each.code) for each in subjects.programs()],
        "department": [("DoD", "DoD"), ("DoS", "DoS")],
    }
    for place in range(NUMBERS):
        kinds = draw.choice(
            [
                (),
                ("country",),
                ("country",),
                ("region",),
                ("program",),
                ("country", "program"),
                ("region", "department"),
            ]
        )
        codes = {kind: draw.choice(choices[kind]) for kind in kinds}
        year = draw.randrange(1999, 2021)
        years = (
            None
            if place < OF_ANY_YEAR
            else draw.choice([f"{year}", f"{year}", f"{max(year - 3, 1999)}-{min(year, 2019)}"])
        )
        value = int(10 ** draw.uniform(1, 8))
        number = draw.choice(
            [
                f"{value:,}",
                f"{value} people",
                f"${value / 1e6:.1f} million" if value > 1e6 else f"{value // 7}",
            ]
        )
        yield number, codes, years


def _of_python(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    # The page holds aid and agreements from the first year of training on.
    rows = frame[frame["first_year"] >= 1999].astype("object")
    return [
        (
            row["fit"],
            round(float(row["difference_percent"]), 1),
            row["measure"],
            row["unit"],
            float(row["value"]),
            row["first_year"],
            row["last_year"],
            row["status"],
            row["rows"],
            *(row[name] if isinstance(row[name], str) else None for name in OF),
        )
        for row in rows.to_dict("records")
    ]


def _of_page(said: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            row["fit"],
            round(row["difference"], 1),
            row["measure"],
            row["unit"],
            float(row["value"]),
            row["first"],
            row["last"],
            row["status"],
            row["rows"],
            *(row["of"].get(name) for name in OF),
        )
        for row in said["sums"]
    ]


def test_fifty_random_numbers_come_from_the_sums_that_the_front_door_names_in_its_order(
    explorer: Explorer,
) -> None:
    given = list(_claims())
    found = 0
    for number, codes, years in given:
        about = [name for _, name in codes.values()]
        wanted = m.claim(number, about=about, year=years)
        said = said_of(
            explorer,
            {
                "number": number,
                **{kind: code for kind, (code, _) in codes.items()},
                **({"years": years} if years else {}),
            },
        )
        page, python = _of_page(said), _of_python(wanted)
        assert [row[2:] for row in page] == [row[2:] for row in python], (number, about, years)
        assert [row[0] for row in page] == [row[0] for row in python]
        assert all(abs(one[1] - other[1]) < 0.11 for one, other in zip(page, python, strict=True))
        others = [
            (one["publisher"], one["fiscal_year"], one["place"], one["measure"], one["fit"], one["agrees"])
            for one in wanted.attrs["published"]
        ]
        assert [
            (one["publisher"], one["fiscal_year"], one["place"], one["measure"], one["fit"], one["agrees"])
            for one in said["published"]
        ] == others
        found += len(page)
    assert found > 500


@pytest.mark.parametrize(
    "written",
    ["528", "1,234", "1 234 567", "$4.1 million", "US$ 3bn", "12.5 thousand trainees", "nearly 6,244 people", "56k", "7.5 million dollars",
     "0.7 bn", "4.0", "1,5", "ca. 90 courses", "", "many", "12 apples", "1,23,4", "5 zillion", "12%", "3 constructor"],
)  # fmt: skip
def test_a_number_is_read_as_the_front_door_reads_it(explorer: Explorer, written: str) -> None:
    said = said_of(explorer, {"number": written, "country": "UGA", "years": "2012"})
    try:
        wanted = read_claimed(written)
    except ValueError:
        assert "cannot be read as a number" in said["problem"]
        return
    claimed = said["claimed"]
    assert (claimed["value"], claimed["within"], claimed["unit"]) == (
        float(wanted.value),
        float(wanted.within),
        wanted.unit,
    )


def test_a_number_is_typed_and_kept_in_the_address_with_its_year_and_subject(explorer: Explorer) -> None:
    browser = explorer.open("view=claim&country=UGA&years=2012")
    browser.run("document.getElementById('number').focus()")
    browser.type("528")
    shown = "new Promise((done) => { const wait = () => document.getElementById('claimed').textContent ? done(document.getElementById('claimed').textContent) : setTimeout(wait, 20); wait(); })"
    assert "give 528" in browser.run(shown) or "gives 528" in browser.run(shown)
    assert "number=528" in browser.run("location.hash") and "country=UGA" in browser.run("location.hash")
    assert browser.run("document.activeElement.id") == "number"
    browser.press("Tab")
    assert browser.run("document.activeElement.selectedOptions[0].textContent") == "Uganda"
    browser.press("Tab")
    assert browser.run("document.activeElement.value") == "2012"


def test_a_sum_opens_the_rows_that_it_adds_up(explorer: Explorer) -> None:
    tried = set()
    for fragment in (
        "number=528&country=UGA&years=2012",
        "number=$36%20million&country=KEN&years=2013",
        "number=$1bn&years=2015",
    ):
        browser = explorer.open(f"view=claim&{fragment}")
        items = browser.run("""[...document.querySelectorAll('.claims li')].map((one) => [one.children[0].textContent, one.children[1].textContent,
            one.querySelector('a')?.getAttribute('href') ?? '', one.querySelector('a')?.textContent ?? ''])""")
        for value, what, address, rows in items[:12]:
            if not address.startswith("#view=activities"):
                continue
            shown = explorer.open(address.removeprefix("#")).run(
                "document.querySelector('.sums').textContent"
            )
            # Cost is said in millions there; rows and people whole.
            assert shown.startswith(f"{rows.split(' ')[0]} ") and (
                "people" not in value or value.split(" ")[0] in shown
            ), (value, what, shown)
            if "US dollars" in value and "Cost:" not in what:
                assert f"${value.split(' ')[0]}" in shown, (value, shown)
            tried.add(what.split(":")[0])
    assert {"Participants", "Aid"} <= tried


def test_none_is_said_plainly_with_what_is_here_the_figures_of_others_and_the_reasons(
    explorer: Explorer,
) -> None:
    browser = explorer.open("view=claim&number=6,244&country=BDI&years=2014")
    said = browser.run("document.getElementById('claimed').textContent")
    assert said.startswith("None: no sum here gives 6,244 about Burundi in FY2014")
    text = browser.run("document.getElementById('answer').textContent")
    assert "5,449 people (−12.73%)" in text and "Security Assistance Monitor" in text
    assert all(reason in text for reason in WHY_OTHERS_DIFFER)


def test_a_number_with_several_countries_is_refused_in_words(explorer: Explorer) -> None:
    assert said_of(explorer, {"number": "528", "country": "UGA,KEN"})["problem"].startswith(
        "Choose one country"
    )


@pytest.mark.parametrize(
    "fragment", ["", "&number=528&country=UGA&years=2012", "&number=6,244&country=BDI&years=2014"]
)
def test_a_phone_scrolls_no_answer_sideways(explorer: Explorer, fragment: str) -> None:
    browser = explorer.open(f"view=claim{fragment}", width=390)
    assert browser.run("document.documentElement.scrollWidth") == 390
    assert (
        browser.run("""[...document.querySelectorAll('input, select, button, a')].filter((one) =>
        !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length)).length""")
        == 0
    )
