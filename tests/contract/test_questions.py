"""The page of questions and answers: each query gives what the page prints, and so does a second way in Python."""

from __future__ import annotations

import re

import duckdb
import pandas as pd
import pytest

from milaid.paths import project_root, trainings_dir
from milaid.tables import store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)
FOUR_YEARS = [2017, 2018, 2019, 2020]
_QUESTION = re.compile(r"^## (\d+)\. .+?\n```sql\n(.+?)\n```\n\n(\|.+?)\n(?=\n|$)", re.MULTILINE | re.DOTALL)


def page() -> dict[int, tuple[str, list[list[str]]]]:
    """Return query and printed answer by number of the question, the heads of the columns first."""
    text = (project_root() / "docs" / "questions.md").read_text(encoding="utf-8")
    return {
        int(number): (
            query,
            [line.strip("| ").split(" | ") for line in table.splitlines() if "---" not in line],
        )
        for number, query, table in _QUESTION.findall(text)
    }


PAGE = page()


def shown(rows: list[tuple[object, ...]]) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in rows]


def aid() -> pd.DataFrame:
    frame = store.load_aid()
    return frame[frame["period"] == "year"]


def by_year(frame: pd.DataFrame, values: str = "obligations_usd") -> dict[int, int]:
    return {int(year): int(total) for year, total in frame.groupby("fiscal_year")[values].sum().items()}


def military(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["category"] == "Military") & frame["fiscal_year"].isin(FOUR_YEARS)]


def most(trainings: pd.DataFrame, count: int) -> list[tuple[object, ...]]:
    people = trainings.groupby("recipient")["quantity"].sum().sort_values(ascending=False)
    return [(name, int(value)) for name, value in people.head(count).items()]


def egypt() -> list[tuple[object, ...]]:
    frame = aid()
    return list(by_year(military(frame[frame["recipient_harmonised"] == "Egypt"])).items())


def near_east() -> list[tuple[object, ...]]:
    frame = aid()
    return list(by_year(military(frame[frame["region_harmonised"] == "Near East"])).items())


def africa(program: str | None = None) -> list[tuple[object, ...]]:
    rows = store.load_trainings(2017)
    rows = rows[rows["region_harmonised"] == "Africa"]
    return most(rows if program is None else rows[rows["program"] == program], 3)


def niger() -> list[tuple[object, ...]]:
    frame = aid()
    frame = frame[frame["recipient_harmonised"] == "Niger"]
    armed, civil = by_year(military(frame)), by_year(frame[frame["category"] == "Economic"])
    return [(year, armed[year], civil[year], round(armed[year] / civil[year], 3)) for year in FOUR_YEARS]


def saudi_arabia() -> list[tuple[object, ...]]:
    frame = store.load_arms_sales()
    frame = frame[(frame["recipient_harmonised"] == "Saudi Arabia") & frame["fiscal_year"].notna()]
    columns = ["fiscal_year", "fms_agreements_usd", "fmf_funded_agreements_usd", "page"]
    return [tuple(int(value) for value in row) for row in frame[columns].itertuples(index=False)]


def cameroon() -> list[tuple[object, ...]]:
    rows, frame = store.load_trainings(), aid()
    people = by_year(rows[(rows["recipient"] == "Cameroon") & (rows["program"] == "IMET")], "quantity")
    of_account = frame["account_code"] == "IMET"
    dollars = by_year(frame[(frame["recipient_harmonised"] == "Cameroon") & of_account])
    return [(year, dollars[year], people[year]) for year in sorted(people)]


def per_million() -> list[tuple[object, ...]]:
    population = store.load_population()
    here = population[population["year"] == 2019].set_index("iso3")["population"]
    people = store.load_trainings(2019).groupby(["recipient", "iso3"])["quantity"].sum()
    rows = [
        (name, int(count), int(here[code]), round(1e6 * int(count) / int(here[code]), 1))
        for (name, code), count in people.items()
        if code in here.index
    ]
    return sorted(rows, key=lambda row: -row[3])[:10]


def fellowships() -> list[tuple[object, ...]]:
    rows = store.load_trainings(2012)
    rows = rows[(rows["program"] == "CTFP") & (rows["quantity"] > 0)]
    return sorted((kind, len(set(names))) for kind, names in rows.groupby("recipient_kind")["recipient"])


SECOND_WAY = {
    1: egypt, 2: near_east, 3: africa, 4: lambda: africa("PKO"), 5: niger, 6: saudi_arabia, 7: cameroon,
    8: per_million, 9: fellowships,
}  # fmt: skip


def test_every_question_has_an_answer_and_a_second_way():
    text = (project_root() / "docs" / "questions.md").read_text(encoding="utf-8")
    assert set(PAGE) == set(SECOND_WAY) == {int(n) for n in re.findall(r"^## (\d+)\.", text, re.MULTILINE)}


@pytest.mark.parametrize("number", SECOND_WAY)
def test_the_query_gives_the_answer_of_the_page(number, monkeypatch):
    query, (heads, *answer) = PAGE[number]
    monkeypatch.chdir(project_root())
    found = duckdb.sql(query)
    assert found.columns == heads
    assert shown(found.fetchall()) == answer


@pytest.mark.parametrize("number", SECOND_WAY)
def test_another_way_gives_the_same_answer(number):
    assert shown(SECOND_WAY[number]()) == PAGE[number][1][1:]
