"""When a report is left as it is, when its files are made again, when its cells are run; and what is said of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import milaid
from milaid.errors import RequestError
from milaid.publish.inputs import gathered
from milaid.publish.inputs.digests import Digests
from milaid.publish.suite.plan import Entry, Plan, expand
from milaid.publish.suite.record import RECORD, read_record
from milaid.publish.suite.stock import Work, take_stock
from milaid.publish.suite.why import why
from small_reports import write_notebook

LINKED = frozenset({"index", "annual/2013"})
LINKS = ("annual/2013", "country/KEN", "index")
OWN = Path(milaid.__file__).parent
FILES = ("annual/2014.html", "annual/2014.pdf", "annual/2014.ipynb", "annual/2014/figure-1.csv")
CELL = """from milaid.exhibits.training import places
from milaid.tables import store
import own_module
store.load_laws()
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of milaid in a place of its own, to be changed there."""
    copied = tmp_path_factory.mktemp("code") / "milaid"
    shutil.copytree(OWN, copied, ignore=shutil.ignore_patterns("__pycache__"))
    return copied


@pytest.fixture
def root(tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two years with a built report, whose notebook imports a module and loads a table of laws."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    monkeypatch.setattr(milaid, "__file__", str(package / "__init__.py"))
    monkeypatch.setattr(gathered, "installed", lambda: {"package numpy": "2.0", "Python": "3.11"})
    for name in (
        "data/trainings/fy2013.parquet",
        "data/trainings/fy2014.parquet",
        "data/reference/laws.csv",
        "data/reference/guide_programs.csv",
        "data/gdp.csv",
        "own_module.py",
        "unused_module.py",
        *(f"reports/{name}" for name in FILES),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"'the text of {name}'")
    (tmp_path / "notebooks").mkdir()
    write_notebook(tmp_path, "annual_trends.ipynb", CELL, "# A text", "'data/extra.txt'")
    keep(tmp_path)
    return tmp_path


def keep(root: Path, targets: tuple[str, ...] = LINKS) -> None:
    stock = take_stock([the_entry()], LINKED, root / "reports")
    inputs = stock.reports[0].inputs_with_links(LINKS, LINKED)
    stock.record.keep("annual/2014", inputs, targets, [root / "reports" / name for name in FILES])


def plan(parameters: str = "") -> Plan:
    return expand(f"reports:\n  - {{report: annual, parameters: {{{parameters}}}}}", "plan.yml")


def the_entry() -> Entry:
    return plan().entries[0]


def work(root: Path, entry: Entry | None = None, linked: frozenset[str] = LINKED) -> Work:
    return take_stock([entry or the_entry()], linked, root / "reports").reports[0].work


def reasons(root: Path, place: str = "annual/2014") -> list[str]:
    both = expand("reports:\n  - {report: annual, each: fiscal_year}", "plan.yml")
    return why(both, place, root / "reports").splitlines()


def test_a_report_is_left_alone_when_nothing_has_changed(root: Path) -> None:
    assert work(root) == Work.NOTHING
    assert reasons(root)[0] == "annual/2014: nothing will be done"


PROJECT = {
    "data/trainings/fy2013.parquet": (Work.RUN, "table trainings/fy2013.parquet"),
    "data/reference/laws.csv": (Work.RUN, "table reference/laws.csv"),
    "own_module.py": (Work.RUN, "module own_module"),
    "data/extra.txt": (Work.RUN, "file data/extra.txt"),
    "data/reference/guide_programs.csv": (Work.NOTHING, ""),
    "data/gdp.csv": (Work.NOTHING, ""),
    "unused_module.py": (Work.NOTHING, ""),
    "data/official/volume.pdf": (Work.NOTHING, ""),
    "data/.build-x/t.csv": (Work.NOTHING, ""),
    "reports/notes.txt": (Work.NOTHING, ""),
    "reports/annual/2014.html": (Work.RENDER, "annual/2014.html"),
    "reports/annual/2014/figure-1.csv": (Work.RENDER, "annual/2014/figure-1.csv"),
    "reports/annual/2014.ipynb": (Work.RUN, "annual/2014.ipynb"),
}


@pytest.mark.parametrize("name", PROJECT)
def test_a_file_of_the_project_that_was_written(root: Path, name: str) -> None:
    path, (expected, reason) = root / name, PROJECT[name]
    # Cells with a module that is not milaid's may read any table; here they use none.
    if expected == Work.NOTHING and name.startswith("data/"):
        without_a_module_of_its_own(root)
    before = path.read_bytes() if path.is_file() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text("'another'")
    assert work(root) == expected
    assert any(line.startswith(f"  {reason} ") for line in reasons(root)) == bool(reason)
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    assert work(root) == Work.NOTHING, "what counts is the content, not the time"


def without_a_module_of_its_own(root: Path) -> None:
    write_notebook(root, "annual_trends.ipynb", CELL.replace("import own_module\n", ""), "# A text")
    keep(root)


def test_cells_that_use_more_than_milaid_may_read_any_table(root: Path) -> None:
    (root / "data/gdp.csv").write_text("other")
    assert work(root) == Work.RUN


PACKAGE = {
    "exhibits/training/places.py": Work.RUN,
    "exhibits/quality/subject.py": Work.NOTHING,
    "exhibits/__init__.py": Work.RUN,
    "publish/run/engine.py": Work.RUN,
    "blocks/exhibits.css": Work.RUN,
    "blocks/fonts/PublicSans-Regular.ttf": Work.RUN,
    "blocks/exhibits.typ": Work.RENDER,
    "blocks/typst.py": Work.RENDER,
    "publish/files/pdf.py": Work.RENDER,
    "publish/files/templates/page.css": Work.RENDER,
    "publish/files/templates/page.html.j2": Work.RENDER,
    "publish/files/templates/report.typ": Work.RENDER,
    "publish/files/templates/new.css": Work.RENDER,
    "publish/site/templates/index.html.j2": Work.NOTHING,
    "exhibits/country/arms.py": Work.NOTHING,
    "blocks/__pycache__/html.pyc": Work.NOTHING,
}


@pytest.mark.parametrize("name", PACKAGE)
def test_a_file_of_the_code_that_was_written(root: Path, package: Path, name: str) -> None:
    path, expected = package / name, PACKAGE[name]
    before = path.read_bytes() if path.is_file() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((before or b"") + b"\n")
    try:
        assert work(root) == expected
        named = any(line.startswith(f"  milaid/{name} ") for line in reasons(root))
        assert named == (expected != Work.NOTHING)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def test_every_file_that_only_one_module_reads_is_named_in_that_module() -> None:
    for name, module in gathered._READ_BY.items():
        own = OWN.parent / f"{module.replace('.', '/')}.py"
        naming = {path for path in OWN.rglob("*.py") if Path(name).name in path.read_text("utf-8")}
        assert naming - {OWN / "publish/inputs/gathered.py"} == {own}


def test_a_text_of_the_notebook_needs_no_cell_to_be_run(root: Path) -> None:
    write_notebook(root, "annual_trends.ipynb", CELL, "# Another text", "'data/extra.txt'")
    assert work(root) == Work.RENDER
    assert any(line.startswith("  annual_trends.ipynb: whole ") for line in reasons(root))


@pytest.mark.parametrize("cells", [(f"{CELL}1",), (CELL, "1")], ids=["another cell", "one more"])
def test_a_cell_of_the_notebook_is_run(root: Path, cells: tuple[str, ...]) -> None:
    write_notebook(root, "annual_trends.ipynb", *cells)
    assert work(root) == Work.RUN
    assert any(line.startswith("  annual_trends.ipynb: code cells ") for line in reasons(root))


@pytest.mark.parametrize(
    "cell", ["%matplotlib inline", "exec('import x')", "import importlib as i; i.import_module('x')"]
)
def test_where_cells_do_not_say_what_they_run_all_code_and_tables_count(
    root: Path, package: Path, cell: str
) -> None:
    write_notebook(root, "annual_trends.ipynb", cell)
    keep(root)
    (root / "data/gdp.csv").write_text("other")
    path = package / "exhibits/country/arms.py"
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    found = reasons(root)
    path.write_bytes(before)
    for name in ("milaid/exhibits/country/arms.py", "table gdp.csv"):
        assert any(line.startswith(f"  {name} ") for line in found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda entry: replace(entry, formats=("html",)), Work.RENDER),
        (lambda entry: replace(entry, formats=(*entry.formats, "brief")), Work.RENDER),
        (lambda entry: replace(entry, report=replace(entry.report, brief=("changes",))), Work.NOTHING),
        (lambda entry: replace(entry, output={"paper": "letter"}), Work.RENDER),
        (lambda entry: replace(entry, values={**entry.values, "top_n": 11}), Work.RUN),
        (lambda entry: replace(entry, title="Another"), Work.NOTHING),
        (lambda entry: replace(entry, slug="newest"), Work.RUN),
    ],
    ids=[
        "formats",
        "a brief more",
        "exhibits of a brief that is not made",
        "paper",
        "values",
        "a title, which only the index shows",
        "another place",
    ],
)
def test_another_request(root: Path, change: Callable[[Entry], Entry], expected: Work) -> None:
    assert work(root, change(the_entry())) == expected


def test_other_exhibits_of_a_brief_that_is_made_give_other_files(root: Path) -> None:
    entry = replace(the_entry(), formats=("html", "brief"))
    stock = take_stock([entry], LINKED, root / "reports")
    inputs = stock.reports[0].inputs_with_links(LINKS, LINKED)
    stock.record.keep("annual/2014", inputs, LINKS, [root / "reports" / name for name in FILES])
    assert work(root, entry) == Work.NOTHING
    assert work(root, replace(entry, report=replace(entry.report, brief=("changes",)))) == Work.RENDER


def test_only_places_that_a_report_links_to_matter(root: Path) -> None:
    assert work(root, linked=LINKED | {"country/KEN"}) == Work.RENDER
    assert work(root, linked=LINKED - {"annual/2013"}) == Work.RENDER
    assert work(root, linked=LINKED | {"country/CMR"}) == Work.NOTHING
    said = why(plan(), "annual/2014", root / "reports").splitlines()
    assert "  link to annual/2013  in the plan  not in the plan" in said


def test_another_version_of_a_package(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "installed", lambda: {"package numpy": "2.1", "Python": "3.11"})
    assert work(root) == Work.RUN
    assert "  package numpy  2.0  2.1" in reasons(root)


@pytest.mark.parametrize("name", ["reports/annual/2014.pdf", f"reports/{RECORD}"])
def test_a_file_that_is_gone(root: Path, name: str) -> None:
    (root / name).unlink()
    assert work(root) == (Work.RUN if name.endswith(RECORD) else Work.RENDER)
    said = "was never built there" if name.endswith(RECORD) else "annual/2014.pdf is not there any more"
    assert said in "\n".join(reasons(root))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"place": 1}', '{"place": "annual/2014"}', '{"place": "annual/2014", "inputs": 1}',
     '{"place": "annual/2014", "inputs": {}, "files": {}, "targets": []}'],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_none(root: Path, text: str) -> None:
    (root / "reports" / RECORD).write_text(text)
    assert work(root) == Work.RUN


def test_a_line_that_was_broken_off_costs_no_other(root: Path) -> None:
    with (root / "reports" / RECORD).open("a") as record:
        record.write('{"place": "annual/2013", "inp')
    assert work(root) == Work.NOTHING


def test_the_record_stays_small_and_says_the_same(root: Path) -> None:
    for year in range(1990, 2005):
        keep(root, (*LINKS, f"annual/{year}"))
    record = read_record(root / "reports")
    before = (root / "reports" / RECORD).stat().st_size
    record.compact()
    again = read_record(root / "reports")
    assert (root / "reports" / RECORD).stat().st_size < before
    assert (again.reports, again.groups) == (record.reports, record.groups)


def test_the_record_holds_names_below_its_directory_only(root: Path) -> None:
    lines = (root / "reports" / RECORD).read_text().splitlines()
    report = next(content for content in map(json.loads, lines) if "place" in content)
    assert set(report["files"]) == set(FILES)
    assert str(root) not in (root / "reports" / RECORD).read_text()


def test_a_file_that_a_report_has_no_more_is_removed(root: Path) -> None:
    stock = take_stock([the_entry()], LINKED, root / "reports")
    left = [root / "reports" / name for name in FILES if not name.endswith(".pdf")]
    stock.record.keep("annual/2014", stock.reports[0].inputs_with_links((), LINKED), (), left)
    assert not (root / "reports/annual/2014.pdf").exists()
    assert (root / "reports/annual/2014.html").exists()


def test_a_place_that_the_plan_does_not_have_is_told_with_the_nearest(root: Path) -> None:
    with pytest.raises(RequestError, match=r"no report at 'anual/2014'; did you mean 'annual/2014'"):
        reasons(root, "anual/2014")


def test_a_digest_is_remembered_only_of_a_file_that_rests(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("one")
    digests = Digests(tmp_path)
    first = digests.of(path)
    path.write_text("two")
    assert digests.of(path) != first, "written within the same tick, of the same size"
    assert digests.of(tmp_path / "none") == ""
