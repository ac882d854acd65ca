"""Tables that are as they were built, but whose rows do not meet the totals that the documents print, give no report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from milaid import cli, paths
from milaid.tables import store
from milaid.tables.digests import PACKAGE, are_reconciled, require_as_built
from milaid.tables.state import STATE_FILE, file_digest, read_state

pytestmark = [
    pytest.mark.usefixtures("forked_kernels"),
    pytest.mark.skipif(2014 not in store.available_years(), reason="no activities; run make data"),
]
YEAR = "trainings/fy2014.parquet"
EARLIER = "trainings/fy2012.parquet"
SAID = (
    "2014-2015, Kenya, CTFP, program total of quantity: printed 20, rows 25 (243029.pdf, page 23)",
    "2014-2015, Kenya, country total of quantity: printed 236, rows 241 (243029.pdf, page 25)",
)
REPORTS = {
    "annual": ["--fiscal-year", "2014"],
    "country": ["--country", "KEN", "--fiscal-year", "2014"],
    "region": ["--region", "africa", "--fiscal-year", "2014"],
    "program": ["--program", "CTFP", "--fiscal-year", "2014"],
    "comparison": ["--members", "UGA,KEN", "--fiscal-year", "2014"],
}


def _described_anew(data: Path, changed: str) -> None:
    """Have the data package and the state of the build say that the tables are as they were built."""
    package = data / PACKAGE
    described = json.loads(package.read_text(encoding="utf-8"))
    for each in described["resources"]:
        if each["path"] == changed:
            each["hash"] = f"sha256:{file_digest(data / changed)}"
    package.write_text(json.dumps(described), encoding="utf-8")
    state = read_state(data)
    state.outputs[PACKAGE] = file_digest(package)
    state.write(data)


def _changed(root: Path, name: str) -> Path:
    """Make a copy of the tables in which five people more than printed went on one course, and no digest tells."""
    shutil.copytree(paths.data_dir(), root / "data", ignore=shutil.ignore_patterns("official"))
    shutil.copytree(paths.notebooks_dir(), root / "notebooks")
    table = pq.ParquetFile(root / "data" / name).read()
    quantities = table["quantity"].to_pylist()
    rows = zip(
        *(table[column].to_pylist() for column in ("recipient", "program", "status", "quantity")), strict=True
    )
    wanted = ("Kenya", "CTFP", "actual")
    quantities[next(n for n, row in enumerate(rows) if row[:3] == wanted and row[3])] += 5
    place = table.schema.get_field_index("quantity")
    changed = table.set_column(
        place, table.schema.field(place), pa.array(quantities, table.schema.field(place).type)
    )
    pq.write_table(changed, root / "data" / name, compression="zstd")
    _described_anew(root / "data", name)
    return root


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables that were changed in the year of the report."""
    return _changed(tmp_path_factory.mktemp("project"), YEAR)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables that were changed in a year that the report shows besides."""
    return _changed(tmp_path_factory.mktemp("earlier"), EARLIER)


@pytest.mark.parametrize("kind", ("country", "program", "comparison"))
def test_a_report_stops_for_another_year_that_it_shows(kind, earlier, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("MILAID_ROOT", str(earlier))
    require_as_built()
    assert not are_reconciled()
    with pytest.raises(SystemExit) as ended:
        cli.main(["report", kind, *REPORTS[kind], "--format", "html", "--out", str(tmp_path)])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "Printed totals and rows do not agree:" in said and "Traceback" not in said
    assert "2012-2013, Kenya, CTFP, program total of quantity: printed" in said
    assert said.count(" total of quantity: ") == (1 if kind == "program" else 2)
    assert not list(tmp_path.rglob("*.html"))


def test_a_build_holds_every_year_so_that_a_report_need_not(monkeypatch) -> None:
    monkeypatch.delenv("MILAID_ROOT", raising=False)
    assert are_reconciled()


@pytest.mark.parametrize("part", ("inputs", "outputs"))
def test_tables_without_the_record_of_a_build_are_held_by_each_report(part, tmp_path, monkeypatch) -> None:
    (tmp_path / "data").mkdir()
    for name in (PACKAGE, STATE_FILE):
        shutil.copyfile(paths.data_dir() / name, tmp_path / "data" / name)
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    assert are_reconciled()
    state = read_state(tmp_path / "data")
    setattr(state, part, {})
    state.write(tmp_path / "data")
    assert not are_reconciled()


@pytest.mark.parametrize("kind", REPORTS)
def test_a_report_stops_and_names_each_total(project, kind, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("MILAID_ROOT", str(project))
    require_as_built()
    with pytest.raises(SystemExit) as ended:
        cli.main(["report", kind, *REPORTS[kind], "--format", "html", "--out", str(tmp_path)])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    expected = SAID[:1] if kind == "program" else SAID
    assert "Printed totals and rows do not agree:" in said and "Traceback" not in said
    assert [line.strip("- ") for line in said.splitlines() if " total of quantity: " in line] == [*expected]
    assert not list(tmp_path.rglob("*.html")) and not list(tmp_path.rglob("*.ipynb"))
