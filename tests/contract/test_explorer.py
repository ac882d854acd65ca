"""The explorer: its numbers by DuckDB, its code run alone, its notebook run, its rows and files, its controls without a browser."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import duckdb
import nbformat
import pandas as pd
import pytest

from milaid.blocks.block import Figure, Table
from milaid.errors import RequestError
from milaid.explorer import written
from milaid.explorer.answer import answer, rows_behind
from milaid.explorer.code import code_of
from milaid.explorer.controls import explore
from milaid.explorer.notebook import notebook_of, page_of
from milaid.explorer.selection import GROUPS, MEASURES, SHOWN, Selection
from milaid.paths import data_dir, trainings_dir
from milaid.tables import store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)
DATA = data_dir().as_posix()
DONE = (
    f"(select t.* exclude (country), if(t.funder = 'not stated', p.funder, t.funder) as department, recipient as country, region_harmonised as rh "
    f"from '{DATA}/trainings/*.parquet' t left join '{DATA}/reference/programs.csv' p on p.code = t.program where t.status = 'actual')"
)
AID = f"(select *, recipient_harmonised as country, coalesce(region_harmonised, 'No region') as rh from '{DATA}/aid.parquet' where period = 'year')"
IN_2020 = f"(select gdp_deflator from '{DATA}/deflator.csv' where fiscal_year = 2020)"
WORLD = f"(select sum(quantity) from {DONE} where fiscal_year = 2014)"

CASES = [
    (Selection(), f"select fiscal_year, sum(quantity) from {DONE} group by all"),
    (
        Selection(by=("region",), first_year=2010, last_year=2012, departments=("DoD",)),
        f"select rh, sum(quantity) from {DONE} where department = 'DoD' and fiscal_year between 2010 and 2012 group by all",
    ),
    (
        Selection("cost", ("fiscal_year", "program"), countries=("Mali", "Côte d’Ivoire")),
        f"select fiscal_year, program, sum(cost_usd) from {DONE} where country in ('Mali', 'Côte d’Ivoire') group by all",
    ),
    (
        Selection("cost_constant", ("department",), regions=("Africa",), programs=("IMET", "PKO"), departments=("DoS", "DoD")),
        f"select department, sum(cost_usd * {IN_2020} / gdp_deflator) from {DONE} join '{DATA}/deflator.csv' using (fiscal_year) "
        "where rh = 'Africa' and program in ('IMET', 'PKO') and department in ('DoS', 'DoD') group by all",
    ),
    (
        Selection("per_million", countries=("Kenya",), departments=("DoD", "DoS")),
        f"select fiscal_year, 1e6 * sum(quantity) / any_value(population) from {DONE} join '{DATA}/population.csv' w "
        "on w.iso3 = 'KEN' and w.year = fiscal_year where country = 'Kenya' and department in ('DoD', 'DoS') group by all",
    ),
    (
        Selection("participants_share", ("region",), 2014, 2014, programs=("IMET",)),
        f"select rh, 100 * sum(quantity) / {WORLD} from {DONE} where program = 'IMET' and fiscal_year = 2014 group by all",
    ),
    (
        Selection("cost_share", countries=("Colombia",)),
        f"select fiscal_year, 100 * sum(cost_usd) filter (country = 'Colombia') / sum(cost_usd) from {DONE} group by all "
        "having count(*) filter (country = 'Colombia') > 0",
    ),
    (
        Selection("military_aid", ("country",), 1946, 2020, regions=("Near East",)),
        f"select country, sum(obligations_usd) from {AID} where category = 'Military' and rh = 'Near East' group by all",
    ),
    (
        Selection("economic_aid_constant", ("fiscal_year", "region"), 2018, 2020),
        f"select fiscal_year, rh, sum(obligations_usd_constant) from {AID} where category = 'Economic' and fiscal_year >= 2018 group by all",
    ),
]  # fmt: skip
IDS = [f"{case.measure} by {' and '.join(case.by)}" for case, _ in CASES]


def told(rows: list[tuple[object, ...]]) -> dict[tuple[str, ...], float | None]:
    return {tuple(map(str, row[:-1])): None if pd.isna(row[-1]) else float(row[-1]) for row in rows}


def numbers(frame: pd.DataFrame) -> dict[tuple[str, ...], float | None]:
    return told(list(frame.astype("object").itertuples(index=False, name=None)))


@pytest.mark.parametrize(("selection", "query"), CASES, ids=IDS)
def test_numbers_are_those_that_sql_gives(selection: Selection, query: str) -> None:
    given = answer(selection)
    assert given.problem == ""
    wanted = told(duckdb.sql(query).fetchall())
    seen = numbers(given.frame)
    assert seen.keys() == wanted.keys()
    assert len(seen) == len(given.frame)
    assert all(seen[key] == pytest.approx(wanted[key]) for key in wanted)


@pytest.mark.parametrize("selection", [case for case, _ in CASES], ids=IDS)
def test_the_code_run_alone_gives_what_the_explorer_shows(selection: Selection) -> None:
    names: dict[str, object] = {}
    exec(code_of(selection), names)
    given = answer(selection)
    pd.testing.assert_frame_equal(names["frame"], given.frame)
    assert given.exhibit is not None
    assert names["exhibit"].csv == given.exhibit.csv


@pytest.mark.parametrize("measure", MEASURES)
def test_what_goes_together_is_answered_and_the_rest_says_why(measure: str) -> None:
    answered = 0
    for by in GROUPS:
        for shown in SHOWN:
            try:
                selection = Selection(measure, by, 2019, 2020, shown=shown)
            except RequestError as error:
                assert ": " in str(error)
                continue
            given = answer(selection)
            assert given.problem == ""
            assert isinstance(given.exhibit, Table if shown == "table" else Figure)
            assert given.notes[0]
            answered += 1
    assert answered >= 2


def test_breaks_are_noted_and_what_cannot_be_drawn_is_a_table() -> None:
    assert "NATO" in " ".join(answer(Selection(regions=("Europe and Eurasia",))).notes)
    below = answer(Selection("military_aid", countries=("Iraq",), first_year=1946, last_year=1998))
    assert below.exhibit is not None
    none = answer(Selection(first_year=1950, last_year=1960))
    assert none.exhibit is None
    assert "1999" in none.problem


def test_rows_behind_add_up_to_the_number_and_lead_to_a_page() -> None:
    selection = Selection(by=("fiscal_year", "region"), departments=("DoD",))
    for keys in ({"fiscal_year": 2003, "region": "Africa"}, {"fiscal_year": 2020, "region": "Near East"}):
        rows, cited = rows_behind(selection, keys)
        frame = answer(selection).frame
        there = (frame["fiscal_year"] == keys["fiscal_year"]) & (frame["region"] == keys["region"])
        assert int(rows["quantity"].sum()) == int(frame.loc[there, "participants"].item())
        assert cited["source_url"].str.startswith("https://").all()
        assert cited["citation"].str.contains(r"p\. |page ").all()
        assert written.rows(rows, cited).count("<a href=") == len(cited) <= 50
    aid = Selection("economic_aid", ("fiscal_year", "region"), 2019, 2019)
    for number in answer(aid).frame.to_dict("records"):
        rows, _ = rows_behind(aid, {"fiscal_year": 2019, "region": number["region"]})
        assert int(rows["obligations_usd"].sum()) == number["obligations_usd"]
    aid = Selection("economic_aid", ("country",), 2019, 2019)
    for number in answer(aid).frame.nlargest(3, "obligations_usd").to_dict("records"):
        rows, _ = rows_behind(aid, {"country": number["country"]})
        assert int(rows["obligations_usd"].sum()) == number["obligations_usd"]


@pytest.mark.parametrize("shown", SHOWN)
def test_a_saved_notebook_runs_and_shows_the_same(shown: str) -> None:
    selection = Selection(
        "cost", ("country",), 2019, 2020, regions=("Africa",), departments=("DoS",), shown=shown
    )
    names: dict[str, object] = {}
    cells = [cell for cell in notebook_of(selection).cells if cell.cell_type == "code"]
    kept = {}
    for cell in cells:
        exec(cell.source, names)
        kept[cell.id] = names.get("exhibit")
    given = answer(selection)
    pd.testing.assert_frame_equal(names["frame"], given.frame)
    assert kept["exhibit"].csv == given.exhibit.csv
    # An export refuses two exhibits of one key.
    assert shown == "table" or kept["table"].key != kept["exhibit"].key
    assert int(names["rows"]["cost_usd"].sum()) == int(given.frame["cost_usd"].sum())


def test_files_hold_what_is_shown_and_none_is_written_over(tmp_path: Path) -> None:
    given = answer(Selection(countries=("Mali",), last_year=2003))
    first = written.write(given, "csv", tmp_path / "new")
    again = written.write(given, "csv", tmp_path / "new")
    assert first != again
    lines = list(csv.reader(io.StringIO(first.read_text(encoding="utf-8-sig"))))
    assert lines[1:] == [[str(value) for value in row] for row in given.frame.itertuples(index=False)]
    page = written.write(given, "html", tmp_path).read_text(encoding="utf-8")
    assert page == page_of(given.exhibit)
    assert "<svg" in page
    assert "<script" not in page
    nbformat.validate(nbformat.read(written.write(given, "ipynb", tmp_path), as_version=4))
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RequestError, match="cannot be written"):
        written.write(given, "csv", tmp_path / "file")


def test_names_in_a_table_of_rows_are_text_not_markup() -> None:
    rows = pd.DataFrame(
        {"course_title": ["<b>A & B</b>"], "citation": ["p. 1"], "source_url": ['https://a.b/?c="d']}
    )
    shown = written.rows(rows, rows)
    assert "<b>" not in shown
    assert "&lt;b&gt;A &amp; B" in shown
    assert '"https://a.b/?c=&quot;d"' in shown


def test_controls_select_answer_and_save(tmp_path: Path) -> None:
    explorer = explore(countries=("Mali",))
    assert "Mali" in explorer.shown.value
    explorer.chosen["by"].value = ("program",)
    assert explorer.selection == Selection(by=("program",), countries=("Mali",))
    pd.testing.assert_frame_equal(explorer.answer.frame, answer(explorer.selection).frame)
    assert explorer.code.value == code_of(explorer.selection)
    label, keys = explorer.behind.options[1]
    explorer.behind.value = keys
    assert label.startswith(f"{keys['program']}: ")
    assert "<a href=" in explorer.rows.value
    explorer.chosen["measure"].value = "military_aid"
    assert "no program" in explorer.message.value
    assert explorer.shown.value == explorer.code.value == explorer.rows.value == ""
    explorer.saves["csv"].click()
    assert "nothing to save" in explorer.saved.value
    explorer.chosen["by"].value = ("country",)
    explorer.clear.click()
    assert explorer.selection == Selection("military_aid", ("country",))
    explorer.folder.value = str(tmp_path)
    explorer.saves["html"].click()
    assert [path.suffix for path in tmp_path.iterdir()] == [".html"]


@pytest.mark.parametrize("by", GROUPS)
def test_notes_speak_words_and_name_no_columns(by: tuple[str, ...]) -> None:
    given = answer(
        Selection(by=by, first_year=2019, last_year=2020, countries=("Mali", "Kenya"), departments=("DoS",))
    )
    assert given.frame.attrs["filters"]["department"] == "Department of State"
    for note in (*given.notes, *given.frame.attrs["filters"].values()):
        assert not re.search(r"[a-z]_[a-z]", note), note


def test_every_control_has_a_label() -> None:
    explorer = explore()
    controls = [
        *explorer.chosen.values(),
        explorer.clear,
        explorer.behind,
        explorer.code,
        explorer.folder,
        *explorer.saves.values(),
    ]
    assert all(control.description for control in controls)
