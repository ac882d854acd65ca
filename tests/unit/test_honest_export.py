"""A notebook is exported where its outputs are what its cells give; else it is refused or marked as a draft."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nbformat import NotebookNode, v4

from exported import words, words_of
from milaid.blocks import ran
from milaid.errors import ReportError
from milaid.publish.files import execution, reanalysis
from milaid.publish.files.exporters import MilaidBriefExporter, MilaidHTMLExporter, MilaidPDFExporter
from samples import front, notebook

ERROR = v4.new_output("error", ename="ValueError", evalue="no", traceback=["ValueError: no"])


def cells(*counts: int | None) -> NotebookNode:
    """Return a notebook of these execution counts; the first line of each cell is its number."""
    made = v4.new_notebook()
    made.cells = [
        v4.new_code_cell(f"# Comment\nstep_{n} = 1", execution_count=count)
        for n, count in enumerate(counts, start=1)
    ]
    return made


def refused(made: NotebookNode) -> str:
    with pytest.raises(ReportError) as caught:
        MilaidHTMLExporter().from_notebook_node(made)
    return str(caught.value)


@pytest.mark.parametrize("counts", [(1, 2, 3), (4, 5, 9), ()])
def test_cells_that_ran_one_after_the_other_are_exported_unmarked(counts: tuple[int, ...]) -> None:
    html, _ = MilaidHTMLExporter().from_notebook_node(cells(*counts))
    assert "Draft" not in html
    assert 'class="ribbon"' not in html


def test_cells_that_have_not_run_are_named_with_their_first_line() -> None:
    message = refused(cells(1, None, 3, None))
    assert "cell 2 (step_2 = 1) has not run" in message
    assert "cell 4 (step_4 = 1) has not run" in message
    assert "Restart Kernel and Run All Cells" in message
    assert "the tag 'draft'" in message
    assert "no cell has run" in refused(cells(None, None))


def test_cells_out_of_order_are_named() -> None:
    message = refused(cells(1, 7, 3, 4))
    assert "cell 3 (step_3 = 1) ran before cell 2 (step_2 = 1), which stands above it" in message
    assert "cell 2 (step_2 = 1) ran before" not in message
    many = refused(cells(99, *range(1, 60)))
    assert "and 52 more" in many


def test_a_notebook_that_failed_half_way_is_refused_with_the_cell() -> None:
    made = cells(1, 2, None)
    made.cells[1].outputs = [ERROR]
    message = refused(made)
    assert "cell 2 (step_2 = 1) ended in an error: ValueError" in message
    assert "cell 3 (step_3 = 1) has not run" in message


def test_an_error_that_did_not_stop_the_rest_is_exported_as_a_draft() -> None:
    made = cells(1, 2, 3)
    made.cells[1].outputs = [ERROR]
    html, _ = MilaidHTMLExporter().from_notebook_node(made)
    assert 'class="ribbon">Draft<' in html
    assert "cell 2 (step_2 = 1) ended in an error: ValueError" in words(html)
    made.cells[1].metadata["tags"] = ["raises-exception"]
    assert 'class="ribbon"' not in MilaidHTMLExporter().from_notebook_node(made)[0]


def test_empty_cells_and_cells_that_are_no_part_of_the_report_need_not_run() -> None:
    made = cells(1, None, None)
    made.cells[1].source = "\n"
    made.cells[2].metadata["tags"] = ["notebook-only"]
    MilaidHTMLExporter().from_notebook_node(made)


def _by_option(made: NotebookNode) -> dict[str, bool]:
    return {"draft": True}


def _by_tag(made: NotebookNode) -> dict[str, bool]:
    made.cells[0].metadata["tags"] = ["draft"]
    return {}


def _by_metadata(made: NotebookNode) -> dict[str, bool]:
    made.metadata["milaid"] = {"draft": True}
    return {}


@pytest.mark.parametrize("ask", [_by_option, _by_tag, _by_metadata])
def test_a_draft_is_marked_on_cover_and_page(ask: Callable[[NotebookNode], dict[str, bool]]) -> None:
    made = cells(1, None)
    options = ask(made)
    html, _ = MilaidHTMLExporter(**options).from_notebook_node(made)
    assert 'class="ribbon">Draft<' in html
    assert "<title>Draft: " in html
    assert "cell 2 (step_2 = 1) has not run" in words(html)
    print_ = words_of(MilaidPDFExporter(**options).from_notebook_node(made)[0])
    assert print_.startswith("Draft What is shown is not what the cells of the notebook give:")
    assert "cell 2 (step_2 = 1) has not run" in print_


def test_a_draft_that_is_asked_for_is_marked_though_all_is_in_order() -> None:
    [mark] = execution.marks(cells(1, 2), draft=True)
    assert (mark.word, mark.lines) == ("Draft", ())


def _told(made: NotebookNode, shown_by: int, **before: str) -> None:
    """Let a cell show an output that tells of its source and of those before it."""
    cell = made.cells[shown_by]
    said = {
        "source": ran.digest(cell.source),
        "before": {count[1:]: ran.digest(text) for count, text in before.items()},
    }
    cell.outputs = [v4.new_output("display_data", {"text/plain": "x"}, metadata={ran.KEY: said})]


def test_an_edited_cell_is_known_by_what_its_own_output_tells() -> None:
    made = cells(1, 2)
    _told(made, 1)
    MilaidHTMLExporter().from_notebook_node(made)
    made.cells[1].source = "# Another comment\nstep_2 = 1  \n"
    MilaidHTMLExporter().from_notebook_node(made)
    made.cells[1].source = "step_2 = 2"
    assert "cell 2 (step_2 = 2) was changed after it ran" in refused(made)


def test_an_edited_cell_without_output_is_known_by_those_below() -> None:
    made = cells(1, 2)
    _told(made, 1, n1="step_1 = 1")
    MilaidHTMLExporter().from_notebook_node(made)
    made.cells[0].source = "step_1 = 2018"
    assert "cell 1 (step_1 = 2018) was changed after it ran" in refused(made)


def test_outputs_of_two_sessions_with_other_parameters_are_refused() -> None:
    made = cells(1, 2, 3)
    _told(made, 1, n1="step_1 = 1")
    _told(made, 2, n1="step_1 = 0")
    assert "cell 1 (step_1 = 1) was changed after it ran" in refused(made)


def test_without_a_block_order_and_runs_are_told_and_edits_are_not_guessed() -> None:
    made = cells(1, 2, 3)
    made.cells[1].source = "step_2 = 2018"
    html, _ = MilaidHTMLExporter().from_notebook_node(made)
    assert 'class="ribbon"' not in html
    made.cells[0].execution_count = 4
    assert "cell 2 (step_2 = 2018) ran before cell 1" in refused(made)
    made.cells[0].execution_count = None
    assert "cell 1 (step_1 = 1) has not run" in refused(made)


def test_of_the_cells_below_the_last_block_edits_are_not_guessed_either() -> None:
    made = cells(1, 2, 3)
    _told(made, 1, n1="step_1 = 1")
    made.cells[2].source = "step_3 = 2018"
    MilaidHTMLExporter().from_notebook_node(made)
    made.cells[0].source = "step_1 = 2018"
    assert "cell 1 (step_1 = 2018) was changed after it ran" in refused(made)


def _of_suite(*texts: str, tag: str = "parameters") -> NotebookNode:
    made = notebook([front(), "## One", *texts])
    parameters = v4.new_code_cell("year = 2014\ntop = 10", execution_count=0, metadata={"tags": [tag]})
    made.cells.insert(0, parameters)
    return made


def _marked(made: NotebookNode) -> tuple[str, ...]:
    return tuple(line for mark in reanalysis.marks(made) for line in mark.lines)


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters"])
def test_what_differs_from_the_suites_notebook_is_said(tag: str) -> None:
    made = _of_suite("text", "more", tag=tag)
    made.metadata["milaid"] = {"report": "annual", **reanalysis.record(made)}
    assert _marked(made) == ()
    made.cells[0].source = "year: int = 2018\nmine = [1]"
    made.cells[3].source = "other text"
    made.cells.append(v4.new_markdown_cell("mine"))
    del made.cells[4]
    there = "in the suite's notebook:"
    assert _marked(made) == (
        f"year = 2018 ({there} 2014)",
        f"top is not set ({there} 10)",
        f"mine = [1] ({there} none)",
        "cell 4 is changed: other text",
        "cell 5 is new: mine",
        "left out: cell-4",
    )
    html, _ = MilaidHTMLExporter().from_notebook_node(made)
    assert 'class="ribbon">Re-analysis<' in html
    print_ = words_of(MilaidPDFExporter().from_notebook_node(made)[0])
    assert print_.startswith("Re-analysis Made by hand from a notebook of the suite.")
    assert print_.count("Re-analysis. ") >= 1  # in the running head of each page behind the cover


def test_a_brief_is_marked_like_the_report() -> None:
    made = cells(1, None, 3)
    made.metadata["milaid"] = {"draft": True}
    content, resources = MilaidBriefExporter().from_notebook_node(made)
    assert words_of(content).startswith("Draft What is shown is not what the cells of the notebook give:")
    assert resources["output_extension"] == "-brief.pdf"
    del made.metadata["milaid"]
    with pytest.raises(ReportError, match=r"cell 2 \(step_2 = 1\) has not run"):
        MilaidBriefExporter().from_notebook_node(made)


def test_a_changed_heading_is_a_change() -> None:
    made = _of_suite("# text")
    made.metadata["milaid"] = reanalysis.record(made)
    made.cells[2].source = "## Two"
    assert _marked(made) == ("cell 3 is changed: ## Two",)


def test_a_notebook_of_ones_own_is_no_re_analysis() -> None:
    assert reanalysis.marks(_of_suite("text")) == ()


def test_both_marks_stand_side_by_side() -> None:
    made = _of_suite("text")
    made.metadata["milaid"] = {**reanalysis.record(made), "draft": True}
    made.cells[0].source = "year = 2018\ntop = 10"
    assert 'class="ribbon">Draft · Re-analysis<' in MilaidHTMLExporter().from_notebook_node(made)[0]
