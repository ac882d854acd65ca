"""The front door in Python: its examples run, its page is made of them, and its queries give the numbers shown."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import milaid as m
from milaid.api import reference
from milaid.api.reports import Exhibits
from milaid.blocks.block import Exhibit
from milaid.errors import RequestError
from milaid.paths import project_root, trainings_dir
from milaid.tables import store
from report_reading import without_drawing

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)
FUNCTIONS = {**{f"m.{name}": getattr(m, name) for name in m.__all__}, **reference.OF_EXHIBITS}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_name_has_an_example_that_gives_what_it_says(name: str) -> None:
    tests = doctest.DocTestFinder(recurse=False).find(FUNCTIONS[name], name, globs={})
    examples = [example for test in tests for example in test.examples if example.want]
    assert examples, f"{name} has no example"
    said: list[str] = []
    for test in tests:
        doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert not said, "".join(said)


def test_the_page_is_made_of_the_docstrings() -> None:
    written = (project_root() / "docs" / "api.md").read_bytes()
    assert written == reference.page().encode(), "python -m milaid.api.reference > docs/api.md"


def test_type_checkers_and_completion_know_every_name() -> None:
    stub = Path(m.__file__).with_name("__init__.pyi").read_text(encoding="utf-8")
    imports = [node for node in ast.parse(stub).body if isinstance(node, ast.ImportFrom)]
    named = {alias.asname: node.module for node in imports for alias in node.names}
    assert set(named) == set(m.__all__) <= set(dir(m))
    assert all(getattr(m, name).__module__ == module for name, module in named.items())


@pytest.mark.parametrize("module", ["milaid", "milaid.cli"])
def test_nothing_heavy_is_imported_before_it_is_used(module: str) -> None:
    code = f"import {module}, sys; print(*(name for name in sys.modules if name.split('.')[0] in ('pandas', 'matplotlib') or name.startswith('milaid.api')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_pages_of_the_site_are_written_without_what_draws() -> None:
    code = "import milaid.publish.site.pages, milaid.publish.site.shown, sys; print(*{'matplotlib', 'seaborn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_names_are_completed_by_tab() -> None:
    from IPython.core.completer import provisionalcompleter
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.user_ns |= {"m": m, "mali": opened()["country"]}
    for text, wanted in (
        ("m.tr", "m.trainings"),
        ("mali.aid_s", "mali.aid_series"),
        ("mali.totals_t", "mali.totals_table"),
    ):
        with provisionalcompleter():
            names = {completion.text for completion in shell.Completer.completions(text, len(text))}
        assert {wanted, wanted.partition(".")[2], f".{wanted.partition('.')[2]}"} & names, (text, names)


def test_a_name_that_is_not_there_is_no_name() -> None:
    with pytest.raises(AttributeError, match="trainigs"):
        m.trainigs  # noqa: B018


KINDS = ("country", "program", "region", "annual", "comparison", "programs compared")


@cache
def opened() -> dict[str, Exhibits]:
    return {
        "country": m.country("Mali", year=2020),
        "program": m.program("IMET", year=2018),
        "region": m.region("Africa", year=2017),
        "annual": m.year(2014),
        "comparison": m.comparison(["Kenya", "Ethiopia", "Uganda"], year=2020),
        "programs compared": m.comparison("IMET, FMF", year=2019, compare="program"),
    }


@cache
def shown(kind: str) -> dict[str, Exhibit]:
    """Return the exhibits of a report by the name of their method."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        without_drawing(patch)
        for method in opened()[kind]:
            if method.section != "Data and method":
                # A cell may have nothing to show of this subject.
                with suppress(RequestError):
                    found[method.name] = method()
    return {name: block for name, block in found.items() if isinstance(block, Exhibit)}


NO_SUM = {
    "units", "activities", "large_rows",  # the rows themselves
    "concentration",  # of ranked shares
    "known_issues",  # what is printed
    "key_figures",  # several measures, a row each
}  # fmt: skip
"""Exhibits that are no sums by group; all others must have a query."""


@pytest.mark.parametrize("kind", KINDS)
def test_queries_give_the_numbers_of_exhibits(kind: str) -> None:
    exhibits = shown(kind)
    queries = {name: exhibit.how().query for name, exhibit in exhibits.items()}
    assert {name for name, query in queries.items() if not query} <= NO_SUM
    for name, query in queries.items():
        if query:
            agree(name, exhibits[name].frame, query)


def agree(name: str, frame: pd.DataFrame, query: str) -> None:
    """Check that each number of a column that a query gives is that of the row with the same names."""
    with duckdb.connect() as connection:
        connection.execute(f"set file_search_path = '{project_root().as_posix()}'")
        given = connection.execute(query)
        columns = [column[0] for column in given.description]
        rows = given.fetchall()
    count = query.partition("\ngroup by ")[2].partition(" order by")[0].count(",") + 1
    keys, measures = columns[:count], columns[count:]
    known = {tuple(map(str, row[:count])): row[count:] for row in rows}
    compared = 0
    for record in frame.to_dict("records"):
        numbers = [record[measure] for measure in measures]
        there = known.get(tuple(str(record[key]) for key in keys))
        if there is None:
            rest = any(str(record[key]).startswith(("Other", "All other")) for key in keys)
            assert rest or not any(pd.notna(number) and number for number in numbers), (name, record)
            continue
        for number, other in zip(numbers, there, strict=True):
            assert float(0 if pd.isna(number) else number) == pytest.approx(float(other or 0)), (name, record)
        compared += 1
    assert compared * 2 >= len(frame), name


@pytest.mark.parametrize("kind", KINDS)
def test_a_method_is_named_as_its_exhibit(kind: str) -> None:
    other = {name: exhibit.key for name, exhibit in shown(kind).items() if name != exhibit.key}
    # Functions that show one exhibit or another under its own key, or take the key from what they show.
    assert set(other) <= {"account_years", "ratio_years"}


def test_a_report_lists_what_it_shows_and_names_the_nearest() -> None:
    mali = opened()["country"]
    assert "totals_table()" in repr(mali) and {"totals_table", "aid_series", "totals_lead"} <= set(dir(mali))
    with pytest.raises(AttributeError, match="did you mean 'totals_table'"):
        mali.total_table  # noqa: B018
    notebook = mali.request.report.notebook_path.read_text(encoding="utf-8")
    for method in mali:
        assert method.section in notebook


TOTALS = [
    ({"by": "program", "department": "State", "country": "Kenya"}, "program",
     "recipient = 'Kenya' and if(funder = 'not stated', usual, funder) = 'DoS'"),
    ({"by": "fiscal_year", "department": ["Pentagon", "not stated"]}, "fiscal_year",
     "if(funder = 'not stated', usual, funder) in ('DoD', 'not stated')"),
    ({"by": "fiscal_year", "country": "Kenya"}, "fiscal_year", "recipient = 'Kenya'"),
    ({"by": "program", "years": "2010-2012"}, "program", "fiscal_year between 2010 and 2012"),
    ({"by": ["region", "fiscal_year"], "program": "IMET"}, "region_harmonised, fiscal_year", "program = 'IMET'"),
    ({"by": "place", "region": "Africa", "years": 2019}, "place", "region_harmonised = 'Africa' and fiscal_year = 2019"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "columns", "where"), TOTALS)
def test_totals_are_those_of_the_rows(asked: dict, columns: str, where: str) -> None:
    measures = ["participants", "cost_usd", "activities", "recipients"]
    frame = m.totals(measure=measures, **asked)
    given = duckdb.sql(
        f"select {columns}, sum(quantity), sum(cost_usd), count(*), count(distinct case when quantity > 0 then recipient end) "
        f"from '{trainings_dir()}/*.parquet' join (select code as program, funder as usual from "
        f"'{project_root()}/data/reference/programs.csv') using (program) where status = 'actual' and {where} group by {columns}"
    ).fetchall()
    wanted = sorted([tuple("" if v is None else str(v) for v in row) for row in given])
    seen = frame.astype("object").where(frame.notna(), None).itertuples(index=False, name=None)
    assert sorted([tuple("" if v is None else str(v) for v in row) for row in seen]) == wanted
    again = duckdb.sql(frame.attrs["query"].replace("'data/", f"'{project_root()}/data/")).fetchall()
    assert sorted([tuple("" if v is None else str(v) for v in row) for row in again]) == wanted


def test_constant_dollars_and_departments_by_query() -> None:
    frame = m.totals(["fiscal_year", "department"], "cost_usd", years="2003-2006", constant=2020)
    given = duckdb.sql(frame.attrs["query"].replace("'data/", f"'{project_root()}/data/")).df()
    assert frame["cost_usd"].to_list() == given["cost_usd"].to_list()
    assert frame["cost_usd_constant"].to_list() == pytest.approx(given["cost_usd_constant"].to_list())


@pytest.mark.parametrize(
    "frame",
    [
        lambda: m.aid("Egypt", by=["fiscal_year", "category"]),
        lambda: m.aid(region="Africa", account="FMF", by="country"),
        lambda: m.arms("Colombia")[["fiscal_year", "recipient", "fms_agreements_usd", "fmf_funded_agreements_usd", "total_agreements_usd"]],
        lambda: m.arms(kind="excess")[["fiscal_year", "recipient", "transfer_authority", "requested_items", "delivered_items"]],
        lambda: m.population("Mali", years="2000-2005")[["iso3", "year", "population"]],
        lambda: m.change(2018, 2020, by="region", measure="cost_usd").iloc[:, :3],
        lambda: m.places(region="Africa", years=2020)[["place", "us_state", "location_country", "participants"]],
    ],
)  # fmt: skip
def test_other_frames_are_what_their_query_gives(frame) -> None:
    made = frame()
    given = duckdb.sql(made.attrs["query"].replace("'data/", f"'{project_root()}/data/")).df()[
        list(made.columns)
    ]
    rows = [
        sorted(
            [
                tuple("" if pd.isna(v) else str(v) for v in row)
                for row in each.astype("object").itertuples(index=False)
            ]
        )
        for each in (made, given)
    ]
    if "place" in made.columns:
        # Where a place is the same, frames tell at home from abroad.
        rows = [sorted({row[:3] for row in each}) for each in rows]
    assert rows[0] == rows[1]


def test_departments_are_a_filter_wherever_programs_are() -> None:
    of_state = m.trainings("Mali", department="State Department")
    every = m.totals("department", "activities", country="Mali").set_index("department")["activities"]
    assert len(of_state) == every["DoS"] and of_state.attrs["filters"]["department"] == "Department of State"
    for asked in (
        lambda department: m.courses(country="Mali", department=department)["participants"].sum(),
        lambda department: m.places(country="Mali", department=department)["participants"].sum(),
        lambda department: len(m.units("regiment", "Mali", department=department, rows=True)),
        lambda department: m.change(2019, 2020, "place", country="Mali", department=department)["participants_2020"].sum(),
    ):  # fmt: skip
        assert 0 < asked("DoS") < asked(None)
        assert asked("dod") + asked("State") == asked(None)
    with pytest.raises(
        RequestError, match=r"department: 'Stat' is not allowed; did you mean Department of State"
    ):
        m.totals(department="Stat")


def test_a_change_of_a_frame_is_that_of_the_selection() -> None:
    rows = m.trainings("Kenya", years=[2018, 2019, 2020])
    pd.testing.assert_frame_equal(
        m.change(2018, 2020, by="program", frame=rows), m.change(2018, 2020, by="program", country="Kenya")
    )
    own = pd.DataFrame(
        {"fiscal_year": [2019, 2020, 2020], "unit": ["a", "a", "b"], "hours": [100.5, 150.25, 3.0]}
    )
    made = m.change(2019, 2020, by="unit", measure="hours", frame=own)
    assert made["change"].to_list() == [49.75, 3.0]
    # Rows of the reports are not compared across a break, whatever was done to them.
    across = m.trainings(years=range(2003, 2005)).reset_index()
    across.attrs = {}
    assert m.change(2003, 2004, by="region", frame=across)["change"].isna().all()
    for wrong, said in (
        (lambda: m.change(rows, 2019, 2020), "is given by name"),
        (lambda: m.change(2019, 2020, by="prog", frame=rows, country="Mali"), "select rows before.*did you mean 'program'"),
        (lambda: m.change(2019, 2020, measure="recipient", frame=rows), "is no column of numbers"),
        (lambda: m.change(2001, 2020, frame=rows), "2001 has no data; there are FY2018–FY2020"),
        (lambda: m.change(2019, 2020, frame=rows[["program"]]), "it has no column fiscal_year"),
    ):  # fmt: skip
        with pytest.raises(RequestError, match=f"(?s){said}"):
            wrong()


def test_all_rows_are_those_of_the_store_and_small_enough() -> None:
    rows = m.trainings()
    pd.testing.assert_frame_equal(rows, store.load_trainings())
    assert rows.memory_usage(deep=True).sum() <= 150e6
    both = m.trainings("Mali", status=None)
    assert len(both) == len(store.load_trainings(status=None, where={"recipient": "Mali"}))
