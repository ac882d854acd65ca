"""A few small reports in a directory, to make a site of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import v4

from milaid.blocks.block import Fact, KeyFacts, Prose
from milaid.publish.files import archive, document, page, workbook
from milaid.publish.inputs.digests import REMEMBERED
from milaid.publish.inputs.gathered import Inputs
from milaid.publish.report import tables
from milaid.publish.site.current import STATE
from milaid.publish.suite.planned import READ_PLAN
from milaid.publish.suite.record import RECORD, read_record
from samples import REPORT, figure, front, notebook, short_table

REMEMBERED_HERE = (REMEMBERED, READ_PLAN, STATE)
"""What a machine remembers of files; it lies beside the reports and is put nowhere else."""


def add_report(
    reports: Path,
    place: str,
    title: str = "Foreign military training in fiscal year 2014",
    year: int = 2014,
    participants: int = 40032,
    text: str = "Section IV lists 155 recipients.",
    made_from: dict[str, str] | None = None,
    country: str = "",
) -> Path:
    """Write notebook, page, workbook, archive and tables of a report; returns its notebook."""
    target = reports / place
    target.mkdir(parents=True, exist_ok=True)
    said = made_from or {"version": "0.1.0", "data": "d1", "code": "c1"}
    values = tuple([f'country = "{country}"'] * bool(country) + [f"fiscal_year = {year}"])
    of_report = _files(place, title, participants, text, tuple(said.items()), values)
    for name, content in of_report.items():
        (target / name).write_bytes(content)
    record(reports, place)
    return target.with_name(f"{target.name}.ipynb")


@lru_cache(maxsize=64)
def _files(
    place: str,
    title: str,
    participants: int,
    text: str,
    made_from: tuple[tuple[str, str], ...],
    values: tuple[str, ...],
) -> Mapping[str, bytes]:
    """Return the files of a report, as seen from the folder of its tables; many tests begin with the same ones."""
    shown = f"{participants:,}"
    facts = KeyFacts(
        (Fact(shown, "course participants", "−24.0% on FY2013 (52,675)", ref="long_series"),),
        (REPORT,),
        f'fact,value\ncourse participants,"{shown}"\n',
    )
    series = figure(csv=f"fiscal_year,participants\n2013,52675\n2014,{participants}\n", note="Counted twice.")
    made = notebook(
        [replace(front(), title=title), "## Key facts", facts, "## The total", Prose(text), series,
         short_table("table", note="")],
        milaid={"report": place.split("/")[0], "paper": "a4"},
        milaid_inputs=dict(made_from),
    )  # fmt: skip
    parameters = v4.new_code_cell("\n".join(["# Parameters", *values]), metadata={"tags": ["parameters"]})
    parameters["id"] = "parameters"
    made.cells.insert(0, parameters)
    built = document.build(made)
    of_tables = tables(built)
    beside = f"../{Path(place).name}"
    return {
        **of_tables,
        f"{beside}.html": page.render(built).encode(),
        f"{beside}.xlsx": workbook.render(built),
        f"{beside}.zip": archive.pack(of_tables),
        f"{beside}.ipynb": f"{nbformat.writes(made)}\n".encode(),
    }


def record(reports: Path, place: str) -> None:
    """Note that a report was built as it is there now."""
    beside = (reports / place).parent
    name = Path(place).name
    patterns = (f"{name}/[!.]*.csv", f"{name}/card.png", f"{name}.*", f"{name}-brief.*")
    files = [path for pattern in patterns for path in beside.glob(pattern)]
    read_record(reports).keep(place, Inputs({}), (), files)


def small_suite(reports: Path) -> Path:
    """Write two annual reports, one on a country and one on data quality; returns the directory."""
    add_report(reports, "annual/2014")
    add_report(reports, "annual/2013", "Foreign military training in fiscal year 2013", 2013, 52675)
    add_report(reports, "country/CIV", "Côte d’Ivoire <b>&amp; co</b>", 2014, 7)
    add_report(reports, "data-quality", "How good are the numbers?")
    return reports


def of_build(files: dict[str, bytes]) -> dict[str, object]:
    """Return what a build makes among files: not what a machine remembers of them, the record as what it says.

    The lines of a record stand in the order in which reports were done.
    """
    found: dict[str, object] = {
        name: content for name, content in files.items() if name not in REMEMBERED_HERE
    }
    if RECORD in files:
        lines = [json.loads(line) for line in files[RECORD].splitlines()]
        reports = {line["place"]: line for line in lines if "place" in line}
        groups = {line["group"]: line["inputs"] for line in lines if "group" in line}
        found[RECORD] = {
            place: {**line, "inputs": {name: groups[digest] for name, digest in line["inputs"].items()}}
            for place, line in reports.items()
        }
    return found


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
