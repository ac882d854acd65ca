"""The page of questions and answers: its queries and its Python give what it prints, and so do the plain rows."""

from __future__ import annotations

import csv
import io
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass

import duckdb
import pandas as pd
import pytest

from milaid.paths import project_root, trainings_dir
from milaid.tables import store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)
FOUR_YEARS = [2017, 2018, 2019, 2020]
_QUESTION = re.compile(
    r"^## (\d+)\. .+?\n```sql\n(.+?)\n```\n\n```python\n(.+?)\n```\n\n(\|.+?)\n(?=\n|$)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Question:
    """What stands below one heading of the page."""

    query: str
    program: str
    heads: list[str]
    answer: list[list[str]]


def text() -> str:
    return (project_root() / "docs" / "questions.md").read_text(encoding="utf-8")


def page() -> dict[int, Question]:
    found = {}
    for number, query, program, table in _QUESTION.findall(text()):
        heads, *answer = [line.strip("| ").split(" | ") for line in table.splitlines() if "---" not in line]
        found[int(number)] = Question(query, program, heads, answer)
    return found


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


def accounts() -> list[tuple[object, ...]]:
    frame, names = aid(), store.load_aid_accounts().set_index("printed")["name"]
    frame = frame[(frame["category"] == "Military") & (frame["fiscal_year"] == 2019)]
    sums = (
        frame["obligations_usd"]
        .groupby(frame["account"].map(names).fillna(frame["account"]))
        .sum()
        .sort_values(ascending=False)
    )
    return [(n, int(v), round(100 * int(v) / int(sums.sum()), 1)) for n, v in sums.items() if v > 10**8]


def colombia() -> list[tuple[object, ...]]:
    frame = aid()
    frame = frame[(frame["recipient_harmonised"] == "Colombia") & (frame["fiscal_year"] > 2010)]
    armed, both = by_year(frame[frame["category"] == "Military"]), by_year(frame)
    return [(y, armed[y], both[y], round(100 * armed[y] / both[y], 1)) for y in sorted(both)]


def morocco() -> list[tuple[object, ...]]:
    frame = store.load_excess_defense_articles()
    frame = frame[(frame["recipient_harmonised"] == "Morocco") & (frame["status"] == "EDA Delivered")]
    values = frame.groupby(["fiscal_year", "transfer_authority"], observed=True)["acquisition_value_usd"]
    return [(*key, len(rows), int(rows.sum())) for key, rows in values]


def largest_agreements() -> list[tuple[object, ...]]:
    sales, frame = store.load_arms_sales(), aid()
    sales = sales[sales["fiscal_year"] == 2020].nlargest(5, "total_agreements_usd")
    frame = frame[(frame["category"] == "Military") & (frame["fiscal_year"] == 2020)]
    dollars = frame.groupby("recipient_harmonised")["obligations_usd"].sum()
    pairs = zip(sales["recipient_harmonised"], sales["total_agreements_usd"], strict=True)
    return [(name, int(total), int(dollars.get(name, 0))) for name, total in pairs]


def cost_of_imet() -> list[tuple[object, ...]]:
    rows = store.load_trainings(2019)
    rows = rows[rows["program"] == "IMET"]
    people, cost = int(rows["quantity"].sum()), int(rows["cost_usd"].sum())
    priced = int(rows.loc[rows["cost_usd"] > 0, "quantity"].sum())
    return [(people, priced, cost, round(cost / priced))]


def israel() -> list[tuple[object, ...]]:
    frame = aid()
    frame = frame[(frame["recipient_harmonised"] == "Israel") & (frame["category"] == "Military")]
    current, constant = by_year(frame), by_year(frame, "obligations_usd_constant")
    return [(year, current[year], constant[year]) for year in (2000, 2020)]


def per_head() -> list[tuple[object, ...]]:
    population, frame = store.load_population(), aid()
    here = population[population["year"] == 2020].set_index("iso3")["population"]
    frame = frame[(frame["category"] == "Military") & (frame["fiscal_year"] == 2020)]
    rows = [
        (name, int(dollars), int(here[code]), round(int(dollars) / int(here[code]), 2))
        for (name, code), dollars in frame.groupby(["recipient_harmonised", "iso3"])["obligations_usd"]
        .sum()
        .items()
        if code in here.index
    ]
    return sorted(rows, key=lambda row: -row[3])[:5]


SECOND_WAY = {
    1: egypt, 2: near_east, 3: africa, 4: lambda: africa("PKO"), 5: niger, 6: saudi_arabia, 7: cameroon,
    8: per_million, 9: fellowships, 10: accounts, 11: colombia, 12: morocco, 13: largest_agreements,
    14: cost_of_imet, 15: israel, 16: per_head,
}  # fmt: skip


def of_csv(printed: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(printed)) if row]


def test_every_question_has_an_answer_and_another_way():
    assert set(PAGE) == set(SECOND_WAY) == {int(n) for n in re.findall(r"^## (\d+)\.", text(), re.MULTILINE)}


@pytest.mark.parametrize("number", SECOND_WAY)
def test_the_query_gives_the_answer_of_the_page(number, monkeypatch):
    monkeypatch.chdir(project_root())
    found = duckdb.sql(PAGE[number].query)
    assert found.columns == PAGE[number].heads
    assert shown(found.fetchall()) == PAGE[number].answer


@pytest.mark.parametrize("number", SECOND_WAY)
def test_the_python_of_the_page_prints_its_answer(number, capsys):
    exec(compile(PAGE[number].program, f"question {number}", "exec"), {})
    assert of_csv(capsys.readouterr().out) == [PAGE[number].heads, *PAGE[number].answer]


@pytest.mark.parametrize("number", SECOND_WAY)
def test_the_plain_rows_give_the_same_answer(number):
    assert shown(SECOND_WAY[number]()) == PAGE[number].answer


def test_the_commands_of_the_page_run_what_is_pasted():
    sql, python = (
        [sys.executable, *shlex.split(line)[1:]]
        for line in text().splitlines()
        if line.startswith("    .venv/bin/python ")
    )
    run = {"cwd": project_root(), "capture_output": True, "text": True, "encoding": "utf-8", "check": True}
    drawn = subprocess.run(sql, input=PAGE[7].query + "\n", **run).stdout
    assert all(cell in drawn for row in PAGE[7].answer for cell in row)
    printed = subprocess.run(python, input=PAGE[7].program + "\n", **run).stdout
    assert of_csv(printed) == [PAGE[7].heads, *PAGE[7].answer]
