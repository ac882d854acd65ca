"""Random questions to the explorer, and what DuckDB answers from the tables in data/."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import duckdb

from milaid.paths import data_dir
from milaid.tables import store, subjects
from milaid.tables.recipient_codes import slug

Cells = dict[tuple[Any, ...], float | None]
_DEPARTMENT = "if(funder = 'not stated', usual, funder)"
KEYS = {
    "fiscal_year": "fiscal_year", "country": "recipient", "region": "region_harmonised", "program": "program",
    "department": _DEPARTMENT, "institution": "institution", "course": "course_title",
}  # fmt: skip
MEASURES = {
    "participants": "coalesce(sum(quantity), 0)", "activities": "count(*)", "cost_usd": "sum(cost_usd)",
    "cost_usd_constant": "sum(cost_usd * base / gdp_deflator)",
    "participants_per_million": "sum(quantity) / any_value(population) * 1e6",
}  # fmt: skip
_FEW = ("fiscal_year", "country", "region", "program", "department")
_OTHERS = {
    "military_aid": ("aid", "obligations_usd", "category = 'Military'"),
    "economic_aid_constant": ("aid", "obligations_usd_constant", "category = 'Economic'"),
    "account-IMET": ("aid", "obligations_usd", "account_code = 'IMET'"),
    "account-FMF_constant": ("aid", "obligations_usd_constant", "account_code = 'FMF'"),
    "agreements": ("arms", "total_agreements_usd", "true"),
    "fmf_funded": ("arms", "fmf_funded_agreements_usd", "true"),
    "excess": ("excess", "current_value_usd", "true"),
}


@dataclass
class Question:
    """What the page is asked, as in its address, and the SQL condition that chooses the same rows."""

    given: dict[str, Any]
    where: list[str] = field(default_factory=lambda: ["true"])

    @property
    def condition(self) -> str:
        """The condition of all filters."""
        return " and ".join(self.where)

    @property
    def by(self) -> list[str]:
        """The dimensions of rows and columns."""
        return [self.given[name] for name in ("rows", "columns") if self.given.get(name)]


class Tables:
    """The tables as DuckDB reads them from data/."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        folder = data_dir().as_posix()
        self.connection.execute(f"""
            create table trainings as
            select t.*, usual, gdp_deflator, population,
                (select gdp_deflator from '{folder}/deflator.csv' where fiscal_year = 2020) as base
            from (select * from '{folder}/trainings/*.parquet' where status = 'actual') t
            left join (select code as program, funder as usual from '{folder}/reference/programs.csv') using (program)
            left join '{folder}/deflator.csv' using (fiscal_year)
            left join '{folder}/population.csv' p
                on p.iso3 = t.iso3 and p.year = t.fiscal_year and t.recipient_kind <> 'former state';
            create table aid as select *, recipient_harmonised as whose from '{folder}/aid.parquet'
                where period = 'year' and fiscal_year >= 1999;
            create table arms as select *, recipient_harmonised as whose from '{folder}/arms_sales.parquet'
                where fiscal_year is not null;
            create table excess as select *, recipient_harmonised as whose
                from '{folder}/excess_defense_articles.parquet'
                where status = 'EDA Delivered' and fiscal_year >= 1999;
        """)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query gives."""
        return self.connection.execute(query).fetchall()

    def sums(self, question: Question) -> tuple[Any, ...]:
        """Return activities, participants, dollars and constant dollars of what a question chooses."""
        return self.rows(
            f"select count(*), coalesce(sum(quantity), 0)::bigint, sum(cost_usd)::bigint, {MEASURES['cost_usd_constant']} "
            f"from trainings where {question.condition}"
        )[0]

    def cells(self, question: Question) -> Cells:
        """Return the numbers of a question by the values of its dimensions."""
        measure = question.given["measure"]
        keys, table, value = [KEYS[name] for name in question.by], "trainings", MEASURES.get(measure, "")
        condition = question.condition
        if measure in _OTHERS:
            table, amount, also = _OTHERS[measure]
            keys = ["whose" if key == "recipient" else key for key in keys]
            value, condition = (
                f"sum({amount})",
                f"({condition.replace('recipient in', 'whose in')}) and {also}",
            )
        listed = ", ".join(keys)
        found = self.rows(f"select {listed}, {value} from {table} where {condition} group by {listed}")
        return {tuple(row[:-1]): None if row[-1] is None else float(row[-1]) for row in found}


class Asker:
    """Makes questions, the same ones each time."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._countries = [(each.code, each.name) for each in subjects.recipients()]
        self._regions = sorted({each.region for each in subjects.recipients()})
        self._programs = [each.code for each in subjects.programs()]
        self._years = store.available_years()

    def question(self) -> Question:
        """Return filters and a table of one or two dimensions."""
        draw = self._random
        others = draw.random() < 0.25
        question = Question({"view": "numbers"})
        self._filter(question, others)
        names = ["fiscal_year", "country", "region"] if others else list(_FEW)
        if question.given.get("country") and not others:
            names += ["institution", "course"]
        question.given["rows"] = draw.choice(names)
        if draw.random() < 0.6:
            question.given["columns"] = draw.choice(
                [name for name in _FEW if name in names and name != question.given["rows"]]
            )
        known = list(_OTHERS if others else MEASURES)
        question.given["measure"] = draw.choice(known)
        if question.given["measure"] == "participants_per_million":
            question.given |= {"rows": "country", "columns": "fiscal_year"}
        return question

    def _filter(self, question: Question, others: bool) -> None:
        draw = self._random
        if draw.random() < 0.5:
            chosen = draw.sample(self._countries, draw.randint(1, 4))
            question.given["country"] = [code for code, _ in chosen]
            question.where.append(f"recipient in ({', '.join(map(_quoted, (name for _, name in chosen)))})")
        elif draw.random() < 0.4:
            regions = draw.sample(
                [name for name in self._regions if name != subjects.NOT_STATED], draw.randint(1, 2)
            )
            question.given["region"] = [slug(name) for name in regions]
            question.where.append(f"region_harmonised in ({', '.join(map(_quoted, regions))})")
        if draw.random() < 0.5:
            first, last = sorted(draw.choices(self._years, k=2))
            question.given["years"] = f"{first}-{last}"
            question.where.append(f"fiscal_year between {first} and {last}")
        if others:
            return
        if draw.random() < 0.3:
            programs = draw.sample(self._programs, draw.randint(1, 3))
            question.given["program"] = programs
            question.where.append(f"program in ({', '.join(map(_quoted, programs))})")
        if draw.random() < 0.2:
            department = draw.choice(["DoS", "DoD", "DHS"])
            question.given["department"] = [department]
            question.where.append(f"{_DEPARTMENT} = '{department}'")
        if draw.random() < 0.25:
            question.given["where"] = draw.choice(["us", "abroad"])
            question.where.append(
                f"in_united_states is {'true' if question.given['where'] == 'us' else 'false'}"
            )

    def words(self, tables: Tables) -> Question:
        """Return a search under one recipient: words of one of its units, one of them with a slip."""
        draw = self._random
        code, name = draw.choice([each for each in self._countries if self._has_units(tables, each[1])])
        units = tables.rows(
            f"select distinct student_unit_clean from trainings where recipient = {_quoted(name)} and student_unit_clean is not null "
            "order by 1"
        )
        words = draw.choice(units)[0].split()
        place = draw.randrange(len(words))
        if len(words[place]) > 5:
            cut = draw.randrange(1, len(words[place]) - 1)
            words[place] = words[place][:cut] + words[place][cut + 1 :]
        draw.shuffle(words)
        return Question({"q": " ".join(words[:5]), "country": [code]}, [f"recipient = {_quoted(name)}"])

    def _has_units(self, tables: Tables, name: str) -> bool:
        return name in _recipients_with_units(tables)


def _recipients_with_units(tables: Tables) -> set[str]:
    if not hasattr(tables, "with_units"):
        found = tables.rows("select distinct recipient from trainings where student_unit_clean is not null")
        tables.with_units = {row[0] for row in found}  # type: ignore[attr-defined]
    return tables.with_units  # type: ignore[attr-defined]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
