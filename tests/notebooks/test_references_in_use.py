"""Numbers, links and anchors of a notebook in use, run cell by cell in a kernel as JupyterLab runs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat import v4

from exported import words
from milaid.publish.run.environment import RunningPython, environment

TESTS = Path(__file__).parents[1]
SETUP = "import milaid.exhibits, samples\nfrom dataclasses import replace"
FACTS = "samples.key_facts()"
FINDINGS = "samples.findings()"
A = "samples.figure('long_series', note='')"
B = "samples.short_table('top', note='See [[long_series]] and [[all]].')"
PATIENCE = 60


class Notebook:
    """Cells by name in their order, each with the HTML it shows, and a kernel that is told which cell it runs."""

    def __init__(self, kernel: BlockingKernelClient) -> None:
        self._kernel = kernel
        self.cells: dict[str, str] = {}
        self.shown: dict[str, str] = {}

    def run(self, *names: str) -> None:
        """Run cells, all in their order where none is named."""
        for name in names or tuple(self.cells):
            self.shown[name] = "".join(self._outputs(name, self.cells[name]))

    def _outputs(self, name: str, code: str) -> Iterator[str]:
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": True,
        }  # fmt: skip
        asked = self._kernel.session.msg("execute_request", content, metadata={"cellId": name})
        self._kernel.shell_channel.send(asked)
        while True:
            told: dict[str, Any] = self._kernel.get_iopub_msg(timeout=PATIENCE)
            if told["parent_header"].get("msg_id") != asked["header"]["msg_id"]:
                continue
            assert told["msg_type"] != "error", told["content"]["traceback"]
            yield told["content"].get("data", {}).get("text/html", "")
            if told["msg_type"] == "status" and told["content"]["execution_state"] == "idle":
                return

    def said(self, name: str) -> str:
        return words(self.shown[name])

    def check(self) -> None:
        """Every id is there once, every link to an exhibit leads to one, and no key is left as it is."""
        page = "".join(self.shown.values())
        _check(page)


def _check(page: str) -> None:
    ids = re.findall(r' id="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))
    links = re.findall(r' href="#([^"]*)"', page)
    assert set(links) <= set(ids)
    assert not re.search(r"\[\[?\w+\]", words(page))


@pytest.fixture(scope="module")
def kernel() -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(TESTS), env=environment(str(TESTS)))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def notebook(kernel: BlockingKernelClient) -> Notebook:
    made = Notebook(kernel)
    # A kernel of its own takes seconds; what it knew of the cells before is forgotten instead.
    made.cells = {
        "forget": "from milaid.blocks import live\nlive._live.__init__()\nget_ipython().reset(new_session=True)"
    }
    made.run()
    made.cells, made.shown = (
        {"parameters": "year = 2014\ntop_n = 10", "setup": SETUP, "front": "samples.front()"},
        {},
    )
    return made


def test_what_is_shown_twice_has_ids_of_its_own_also_when_it_runs_again(notebook: Notebook) -> None:
    notebook.cells |= {
        "facts": FACTS, "a": A, "b": B, "prose": "samples.Prose('One^[a note] [[long_series]]')", "again": A,
        "twice": "from IPython.display import display\ndisplay(samples.short_table('top', note=''), samples.short_table('top', note=''))",
        "facts-again": FACTS, "prose-again": "samples.Prose('Two^[a note] [[top]]')",
    }  # fmt: skip
    notebook.run()
    notebook.check()
    for name in ("again", "a", "twice", "prose", "facts"):
        notebook.run(name)
        notebook.check()
    notebook.run()
    notebook.check()
    assert 'id="long_series-exhibit"' in notebook.shown["a"]
    assert "Figure\u00a01" in notebook.said("again").replace("Figure 1", "Figure\u00a01")


def test_cells_that_are_alike_are_two_places_where_no_one_names_them() -> None:
    made = v4.new_notebook(cells=[v4.new_code_cell(source) for source in (SETUP, A, A, FACTS, FACTS)])
    NotebookClient(made, kernel_manager_class=RunningPython, kernel_name="python3").execute(
        env=environment(str(TESTS)), cwd=str(TESTS)
    )
    _check("".join(output["data"]["text/html"] for cell in made.cells for output in cell.outputs))


def test_what_is_never_shown_is_named_in_words_by_facts_findings_and_notes(notebook: Notebook) -> None:
    notebook.cells |= {"facts": FACTS, "findings": FINDINGS, "a": A, "b": B}
    notebook.run()
    notebook.check()
    assert "the exhibit on long series" in notebook.said("facts")
    assert "See Figure" in notebook.said("b") and "the exhibit on all" in notebook.said("b")
    notebook.run()
    notebook.check()
    assert "Figure" in notebook.said("facts") and "the exhibit on matrix" in notebook.said("facts")
    assert "Figure" in notebook.said("findings")


def test_another_value_with_the_same_front_numbers_anew_on_run_all(notebook: Notebook) -> None:
    shown = "samples.figure('new', note='') if top_n == 5 else None"
    notebook.cells |= {
        "facts": FACTS,
        "new": shown,
        "a": A,
        "own": "extra = 1",
        "see": "samples.Prose('[[long_series]]')",
    }
    notebook.run()
    notebook.run()
    assert "Figure 1" in notebook.said("facts").replace("\u00a0", " ")
    notebook.cells["parameters"] = "year = 2014\ntop_n = 5"
    notebook.run()
    notebook.check()
    assert "the exhibit on long series" in notebook.said("facts"), (
        "the number of before is that of another report"
    )
    told = {name: notebook.said(name).replace("\u00a0", " ") for name in ("new", "a", "see")}
    assert "Figure 1" in told["new"] and "Figure 2" in told["a"] and "Figure 2" in told["see"]


def test_a_cell_that_is_run_again_alone_keeps_its_number_and_so_does_the_front(notebook: Notebook) -> None:
    notebook.cells |= {"a": "samples.figure('one', note='')", "b": "samples.figure('two', note='')"}
    notebook.run()
    notebook.run("b", "front", "b", "a")
    assert "Figure 2" in notebook.said("b").replace("\u00a0", " ")
    assert "Figure 1" in notebook.said("a").replace("\u00a0", " ")
    notebook.check()
