"""What the sources tell of exhibits: which no cell shows, and which a test names."""

from __future__ import annotations

import pytest

from exhibit_functions import functions, is_named, named_by, not_shown

MODULE = "milaid.exhibits.training.weeks"
NOTEBOOK = "from milaid.exhibits.training import weeks\nfront = weeks.shown(subject)\nfront"


def lost(*lines: str, notebook: str = NOTEBOOK) -> list[str]:
    """Return the names of the functions of a module that no cell shows, beside ``shown`` which one does."""
    return [function.name for function in not_shown({MODULE: "\n".join(lines)}, [notebook])]


@pytest.mark.parametrize(
    "said", ["Figure", "Table | None", "Prose | Table", "block.Figure", "tuple[Figure, ...]"]
)
def test_an_exhibit_that_no_cell_calls_is_lost(said: str) -> None:
    assert lost("def shown(subject) -> Figure: ...", f"def new(subject) -> {said}: ...") == ["new"]


def test_one_that_does_not_say_what_it_returns_may_be_an_exhibit() -> None:
    assert lost("def shown(subject): ...", "def new(subject): ...") == ["new"]


def test_private_functions_and_those_without_a_block_are_no_exhibits() -> None:
    assert (
        lost("def shown(subject) -> Figure: ...", "def _new(subject) -> Figure: ...", "def f(x) -> str: ...")
        == []
    )


@pytest.mark.parametrize(
    "body",
    [
        "return new(subject)",
        "return new(subject) if subject else None",
        "return subject and (made := new(subject))",
        "made = new(subject)\n    if made is None:\n        made = made\n    return made",
        "return _part(subject)\ndef _part(subject):\n    return new(subject)",
        "return weeks.new(subject)\nfrom milaid.exhibits.training import weeks",
    ],
)
def test_what_a_shown_function_returns_as_it_is_is_shown(body: str) -> None:
    assert lost(f"def shown(subject) -> Figure:\n    {body}", "def new(subject) -> Figure: ...") == []


@pytest.mark.parametrize(
    "body",
    [
        "new(subject)\n    return Figure()",
        "return Prose(new(subject).title)",
        "return [new][0]",
        "return other.new(subject)",
    ],
)
def test_what_it_only_uses_is_not(body: str) -> None:
    assert lost(f"def shown(subject) -> Figure:\n    {body}", "def new(subject) -> Figure: ...") == ["new"]


def test_a_function_of_the_same_name_elsewhere_is_another() -> None:
    other = NOTEBOOK.replace("import weeks", "import months as weeks")
    assert lost("def shown(subject) -> Figure: ...", notebook=other) == ["shown"]


@pytest.mark.parametrize(
    ("test", "named"),
    [
        ("from milaid.exhibits.training import weeks\nweeks.new(1)", {"new"}),
        ("from milaid.exhibits.training.weeks import new\nassert new(1)", {"new"}),
        ("from milaid.exhibits.training.weeks import new", set()),
        ("def new(): ...\nnew()", set()),
        ("from milaid.exhibits.training.weeks import Weeks\nassert Weeks().first", {"Weeks.first"}),
        ("from milaid.exhibits.training import months\nassert months.Weeks().first", set()),
        ("made.first\nfrom milaid.exhibits.training import weeks", {"Weeks.first"}),
    ],
)
def test_a_test_names_what_it_imports_and_uses(test: str, named: set[str]) -> None:
    source = "def new(x): ...\nclass Weeks:\n    @property\n    def first(self): ..."
    names = named_by([test])
    assert {each.name for each in functions({MODULE: source}) if is_named(each, names)} == named
