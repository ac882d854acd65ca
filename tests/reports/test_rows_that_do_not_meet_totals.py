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
from milaid.tables.digests import PACKAGE, require_as_built
from milaid.tables.state import file_digest, read_state

pytestmark = pytest.mark.skipif(2014 not in store.available_years(), reason="no activities; run make data")
YEAR = "trainings/fy2014.parquet"
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


def _described_anew(data: Path) -> None:
    """Have the data package and the state of the build say that the tables are as they were built."""
    package = data / PACKAGE
    described = json.loads(package.read_text(encoding="utf-8"))
    for each in described["resources"]:
        if each["path"] == YEAR:
            each["hash"] = f"sha256:{file_digest(data / YEAR)}"
    package.write_text(json.dumps(described), encoding="utf-8")
    state = read_state(data)
    state.outputs[PACKAGE] = file_digest(package)
    state.write(data)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tables in which five people more than printed went on one course, and no digest tells."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(paths.data_dir(), root / "data", ignore=shutil.ignore_patterns("official"))
    shutil.copytree(paths.notebooks_dir(), root / "notebooks")
    table = pq.ParquetFile(root / "data" / YEAR).read()
    quantities = table["quantity"].to_pylist()
    rows = zip(table["recipient"].to_pylist(), table["program"].to_pylist(), quantities, strict=True)
    quantities[next(n for n, row in enumerate(rows) if row[:2] == ("Kenya", "CTFP") and row[2])] += 5
    place = table.schema.get_field_index("quantity")
    changed = table.set_column(
        place, table.schema.field(place), pa.array(quantities, table.schema.field(place).type)
    )
    pq.write_table(changed, root / "data" / YEAR, compression="zstd")
    _described_anew(root / "data")
    return root


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
