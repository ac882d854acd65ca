"""What others wrote in JSON and YAML: of another shape, nested or aliased without end, it is refused in a few words."""

from __future__ import annotations

import json

import pytest

from milaid.errors import MilaidError, RequestError
from milaid.parsing import parse_json, parse_yaml, shortened
from milaid.publish.lab.copies import request_of
from milaid.publish.registry.folders import folders_of_plan, read_folder
from milaid.publish.registry.notebook_file import read_notebook
from milaid.publish.suite.explain import read_build
from milaid.publish.suite.plan import load_plan
from milaid.publish.suite.plan_file import read_plan

DEEP = "[" * 100_000
LAUGHS = "\n".join(
    [
        "a0: &a0 [ha, ha]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)),
        "reports:",
        "  - *a29",
        "  - report: annual",
        "    parameters: *a29",
        "    title: *a29",
        "    only: {region: *a29}",
        "",
    ]
)


def test_a_text_that_is_nested_too_deeply_is_a_wrong_value():
    for parse in (parse_json, parse_yaml):
        with pytest.raises(ValueError, match="nested too deeply"):
            parse(DEEP)


@pytest.mark.parametrize(
    "value", ["x" * 10_000, [["y"] * 1000] * 1000, {n: {n: n} for n in range(5000)}, 10**400]
)
def test_a_value_is_shown_in_two_hundred_letters(value):
    assert len(shortened(value)) <= 200


def test_a_value_that_holds_itself_many_times_over_is_shown_at_once():
    value: list[object] = ["ha"]
    for _ in range(60):
        value = [value] * 9
    assert len(shortened(value)) <= 200


def test_a_plan_whose_aliases_grow_without_end_is_refused_in_short_lines():
    _, _, problems = read_plan(LAUGHS, "plan.yml")
    assert any("is no entry" in problem for problem in problems)
    assert any(problem.startswith("entry 2 (annual") and "parameters" in problem for problem in problems)
    assert all(len(problem) < 600 for problem in problems)


@pytest.mark.parametrize(
    "text",
    [DEEP, "reports: " + DEEP, "reports: {a: b}", "- 1", "reports: &a [*a]", "a: " + "x" * 10_000, "reports:\n- " + "{a: " * 5000, "notebooks: " + DEEP],
    ids=["deep", "deep below", "no list", "a list", "holds itself", "no reports", "deep mapping", "deep folders"],
)  # fmt: skip
def test_a_plan_of_another_shape_is_one_short_message(text, tmp_path):
    path = tmp_path / "plan.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as refused:
        load_plan(path)
    assert str(path) in str(refused.value)
    assert len(str(refused.value)) < len(str(path)) + 1000


def test_a_plan_that_an_editor_saved_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "plan.yml"
    path.write_bytes(b"\xef\xbb\xbfreports:\r\n  - report: annual\r\n    parameters: {fiscal_year: 2014}\r\n")
    assert [entry.place for entry in load_plan(path).entries] == ["annual/2014"]


SHAPES = {
    "nothing": "",
    "no JSON": "{",
    "deep": DEEP,
    "a list": "[]",
    "no cells": "{}",
    "cells of another kind": '{"cells": {}, "metadata": {}}',
    "a cell that is none": '{"cells": [1], "metadata": {}}',
    "a cell without a kind": '{"cells": [{"source": "x"}], "metadata": {}}',
    "a source that is none": '{"cells": [{"cell_type": "code", "source": [1], "metadata": {}}]}',
    "metadata that are none": '{"cells": [], "metadata": []}',
    "what it is from is none": json.dumps(
        {"cells": [], "metadata": {"milaid": [1]}, "nbformat": 4, "nbformat_minor": 5}
    ),
    "not UTF-8": "\udcff",
}
READERS = {
    "a notebook": read_notebook,
    "milaid lab": request_of,
    "milaid explain": read_build,
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_notebook_of_another_shape_is_one_short_message(shape, read, tmp_path):
    path = tmp_path / "2014.ipynb"
    path.write_bytes(SHAPES[shape].encode("utf-8", "surrogateescape"))
    if shape == "what it is from is none" and read is read_notebook:
        read(path)
        return
    with pytest.raises(RequestError) as refused:
        read(path)
    assert str(path) in str(refused.value)
    assert len(str(refused.value)) < len(str(path)) + 600


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "what it is from is none"])
def test_a_notebook_of_another_shape_in_a_folder_of_the_plan_is_named(shape, tmp_path):
    path = tmp_path / "own.ipynb"
    path.write_bytes(SHAPES[shape].encode("utf-8", "surrogateescape"))
    _, problems = read_folder(tmp_path)
    assert len(problems) == 1 and str(tmp_path) in problems[0] and len(problems[0]) < 600


@pytest.mark.parametrize(
    "said",
    [LAUGHS.replace("reports:", "kind: *a29\nparameters: *a29\nbrief:"), "kind: [a]", "title: {a: b}", "kind: " + DEEP, "place: &a [*a]"],
    ids=["aliases", "a list", "a mapping", "deep", "itself"],
)  # fmt: skip
def test_what_a_notebook_says_of_itself_in_another_shape_is_told_shortly(said, tmp_path):
    cell = {"cell_type": "raw", "source": f"---\n{said}\n---", "metadata": {}, "id": "a"}
    (tmp_path / "own.ipynb").write_text(
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    found, problems = read_folder(tmp_path)
    assert not found and problems
    assert all(len(problem) < 700 for problem in problems)


def test_folders_of_a_plan_with_names_that_no_system_knows_are_none(tmp_path):
    path = tmp_path / "plan.yml"
    path.write_text('notebooks: ["a\\0b", own]\n', encoding="utf-8")
    assert folders_of_plan(path) == ((tmp_path / "own").resolve(),)


def test_a_record_of_another_shape_is_no_record(tmp_path):
    from milaid.publish.suite.record import RECORD, read_record

    (tmp_path / RECORD).write_text(f'{DEEP}\n[]\n1\n"group"\nnull\n', encoding="utf-8")
    assert not read_record(tmp_path).reports


def test_a_history_that_is_nested_without_end_is_told(tmp_path):
    from milaid.publish.site.revisions import FILE_NAME, read_history

    (tmp_path / FILE_NAME).write_text(DEEP, encoding="utf-8")
    with pytest.raises(MilaidError, match="no history of published reports"):
        read_history(tmp_path)
