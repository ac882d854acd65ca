"""The cell of parameters of a notebook: values written into it, and the values in force."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode, v4

from milaid.errors import WHOLE_TRACEBACK, RequestError
from milaid.exhibits.subject import read_values
from milaid.publish.files import document
from milaid.publish.run.parameters import names_set, values_in, with_values

SOURCE = """# The recipient (its code) – and the year.
country = "CMR"  # such as "KEN"
fiscal_year: int = 2020
top_n = 10"""


def notebook(source: str = SOURCE, injected: str = "") -> NotebookNode:
    cells = [v4.new_code_cell(source, metadata={"tags": ["parameters"]}), v4.new_code_cell("country")]
    if injected:
        cells.insert(1, v4.new_code_cell(injected, metadata={"tags": ["injected-parameters"]}))
    return v4.new_notebook(cells=cells)


def test_values_are_written_into_the_cell_and_its_comments_stay() -> None:
    made = with_values(notebook(), {"country": 'Côte "d’Ivoire"', "fiscal_year": 2014})
    lines = made.cells[0].source.splitlines()
    assert lines[0] == SOURCE.splitlines()[0]
    assert lines[1].endswith('  # such as "KEN"')
    assert lines[2:] == ["fiscal_year: int = 2014", "top_n = 10"]
    assert values_in(made) == {"country": 'Côte "d’Ivoire"', "fiscal_year": 2014, "top_n": 10}


def test_a_value_that_stands_there_already_is_left_as_it_is_written() -> None:
    source = "country = 'KEN'\ntop_n = 1_0"
    assert with_values(notebook(source), {"country": "KEN", "top_n": 10}).cells[0].source == source


def test_only_the_cell_of_parameters_is_written() -> None:
    assert with_values(notebook(), {"country": "KEN"}).cells[1].source == "country"
    assert names_set(notebook()) == {"country", "fiscal_year", "top_n"}


def test_what_papermill_puts_below_the_cell_overrides_it() -> None:
    assert values_in(notebook(injected="fiscal_year = 2012"))["fiscal_year"] == 2012


def test_a_cell_that_is_no_python_sets_nothing() -> None:
    assert values_in(notebook("fiscal_year = = 3")) == {}


@pytest.mark.parametrize(
    ("source", "place", "linked"),
    [
        ("fiscal_year = 2014\nlookback_years = 10\ntop_n = 10", "annual/special", {"index"}),
        ('fiscal_year = "FY2014"\nlookback_years = 10\ntop_n = "10"', "annual/special", {"index"}),
        ("fiscal_year = 2012\nlookback_years = 10\ntop_n = 10", "annual/2012", set()),
    ],
)
def test_a_report_lies_where_its_values_say(source: str, place: str, linked: set[str]) -> None:
    made = notebook(source)
    values = {"fiscal_year": 2014, "lookback_years": 10, "top_n": 10}
    made.metadata["milaid"] = {
        "report": "annual", "place": "annual/special", "links": ["index"], "parameters": values
    }  # fmt: skip
    links = document.build(made).links
    assert (links.place, links.linked) == (place, linked)


def test_bounds_are_those_of_the_command_line_and_numbers_may_be_text() -> None:
    assert read_values("2014", "10", " 5 ", (2013, 2014)) == (2014, 10, 5)
    for lookback, top, said in (
        (1, 10, "lookback_years: 1 is not allowed; allowed: 2 to 30"),
        (10, 99, "top_n: 99 is not allowed; allowed: 3 to 30"),
        ("ten", 10, "lookback_years: 'ten' is not a whole number; allowed: 2 to 30"),
    ):
        with pytest.raises(RequestError, match=f"^{said}$"):
            read_values(2014, lookback, top, (2013, 2014))


def test_a_wrong_value_shows_the_message_alone_in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WHOLE_TRACEBACK, raising=False)
    shown = RequestError("country: 'Kenia' is not allowed")._render_traceback_()
    assert shown[0] == "country: 'Kenia' is not allowed" and "cell of parameters" in shown[-1]


def test_where_a_report_is_made_the_traceback_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WHOLE_TRACEBACK, "1")
    assert not hasattr(RequestError("wrong"), "_render_traceback_")
