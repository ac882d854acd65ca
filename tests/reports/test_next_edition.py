"""An edition that no line of code knows, from six new files to the report of its year.

The edition is made up: a new year, a new spelling of a country, a new program and a total that is printed
wrongly. The project has three older documents, which are gone when the edition comes.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from fmtr_documents import Country, Program, dollars, people
from milaid import paths
from milaid.cli import main
from small_project import NEW_PROGRAM, NEW_SPELLING, NEXT_EDITION, Project, small_project, worked_in

pytestmark = pytest.mark.usefixtures("forked_kernels")

NOTEBOOKS = paths.notebooks_dir()
DRAWN = [
    (region, country.name, program)
    for region, countries in NEXT_EDITION.items()
    for country in countries
    for program in country.programs
    if isinstance(country, Country) and isinstance(program, Program)
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """The project with its tables and its notebook, and without any official file."""
    monkeypatch.delenv("MILAID_SOURCES", raising=False)
    with worked_in(tmp_path):
        made = small_project(tmp_path)
        made.build()
        shutil.rmtree(made.sources)
        shutil.copytree(NOTEBOOKS, tmp_path / "notebooks")
        yield made


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """Return exit code, output and error output of a command."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    shown = capsys.readouterr()
    return int(ended.value.code), shown.out, shown.err


def paste(project: Project, message: str, table: str, when: str, *filled: str) -> None:
    """Add to a table the lines that a report gives for it, with what is to be filled in."""
    block = re.search(rf"^Lines? for data/reference/{table}\.csv, {when}.*:\n((?:.+\n)+)", message, re.M)
    assert block, f"no line for {table}, {when}, in:\n{message}"
    lines = block[1]
    for value in filled:
        lines = lines.replace("???", value, 1)
    with project.table(table).open("a", encoding="utf-8", newline="") as stream:
        stream.write(lines)


def test_the_next_edition_is_added_without_a_line_of_code(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = project.offer_edition()
    command = ("data", "add", inbox, "--edition", "2021-2022")

    _what_is_not_known_is_filled_in(project, capsys, command)

    before = project.everything()
    code, said, _ = run(capsys, *command, "--dry-run")
    assert (code, project.everything()) == (0, before)
    assert "edition 2021-2022 can be added" in said

    code, said, progress = run(capsys, *command)
    assert code == 0
    assert "edition 2021-2022 added" in said
    assert "Reading documents: done, 6\n" in progress
    figures = dict(re.findall(r"^  (\S.*?)  +(.+)$", said, re.M))
    assert figures == {
        "documents": "6",
        "activities": "27",
        "participants": f"{sum(people(program.activities()) for *_, program in DRAWN)}",
        "dollars": f"${sum(dollars(program.activities()) for *_, program in DRAWN):,}",
        "recipients": "8",
        "programs": "5",
        "printed totals that agree": "16 of 17, 1 are known issues",
        "documents parsed": "6",
        "documents kept as they were": "3",
    }
    _rows_are_those_drawn(project)
    _every_row_has_its_document(project)

    code, said, _ = run(capsys, "check")
    assert code == 0
    [line] = [line.split() for line in said.splitlines() if "2021-2022" in line]
    assert line[-4:] == ["8/9", "8/8", "1", "0"]

    _the_report_of_its_year_shows_it(project, capsys, figures["participants"])

    after = project.everything()
    code, _, message = run(capsys, *command)
    assert code == 2
    assert message.count("documents.csv has it as 2021_2022_") == 6
    assert project.everything() == after


def _what_is_not_known_is_filled_in(
    project: Project, capsys: pytest.CaptureFixture[str], command: tuple[str | Path, ...]
) -> None:
    """See that the first try changes nothing, and do what its message asks for."""
    before = project.everything()
    code, _, message = run(capsys, *command)
    assert code == 4
    assert project.everything() == before
    assert f"country name «{NEW_SPELLING}»" in message
    assert f"program label «{NEW_PROGRAM}»" in message
    assert "2021-2022, Belize, IMET-1, program total of quantity: printed 19, rows 9" in message

    paste(project, message, "countries", "if the nearest is what is meant")
    paste(project, message, "program_labels", "for a program that is new")
    paste(project, message, "programs", "for a program that is new",
          "Partner reserve training", "Partner reserve", "Defense", "Active.", "Trains reserves.")  # fmt: skip
    paste(project, message, "known_issues", "if the document is at fault", "The total is misprinted.")


def _the_report_of_its_year_shows_it(
    project: Project, capsys: pytest.CaptureFixture[str], participants: str
) -> None:
    """See that the annual report of the year has the edition, and says what the project has no table of."""
    code, _, _ = run(capsys, "report", "annual", "--fiscal-year", "2021", "--format", "html")
    assert code == 0
    page = (project.data.parent / "reports/annual/2021.html").read_text(encoding="utf-8")
    assert participants in page
    assert "Partner reserve" in page
    assert "Côte d’Ivoire" in page
    assert page.count("This project has no table of aid") == 3
    assert page.count("This project has no table of arms sales") == 1
    assert page.count("This project has no table of excess defense articles") == 1
    for heading in ("Military and economic aid", "IMET", "Arms sales", "Training beside aid"):
        assert re.search(rf"<h2[^>]*>\s*{heading}\s*</h2>", page), heading


def _rows_are_those_drawn(project: Project) -> None:
    """Compare the table of the year with what was drawn, by region, country and program."""
    found = duckdb.sql(
        "SELECT region, country, program_printed, count(*), sum(quantity), sum(cost_usd) "
        f"FROM '{project.data}/trainings/fy2021.parquet' "
        "WHERE fiscal_year = 2021 AND edition = '2021-2022' AND status = 'actual' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert found == sorted(
        (
            region,
            country,
            program.label,
            len(program.activities()),
            people(program.activities()),
            dollars(program.activities()),
        )
        for region, country, program in DRAWN
    )
    named = duckdb.sql(
        f"SELECT DISTINCT recipient, iso3, program FROM '{project.data}/trainings/fy2021.parquet' "
        f"WHERE country = '{NEW_SPELLING}' OR program_printed = '{NEW_PROGRAM}' ORDER BY ALL"
    ).fetchall()
    assert named == [("Angola", "AGO", "Partner-Reserve"), ("Côte d’Ivoire", "CIV", "PKO")]


def _every_row_has_its_document(project: Project) -> None:
    """Check by SQL that every row points to a document of the manifest that lies in the store."""
    missing = duckdb.sql(
        f"SELECT document FROM '{project.data}/trainings/fy*.parquet' "
        f"ANTI JOIN read_csv('{project.table('documents')}') AS listed ON document = listed.file"
    ).fetchall()
    assert missing == []
    stored = {path.name for path in (project.data / "official/fmtr/2021_2022").iterdir()}
    listed = duckdb.sql(
        f"SELECT file FROM read_csv('{project.table('documents')}') WHERE edition = '2021-2022' AND fiscal_year = 2021"
    ).fetchall()
    assert stored == {name for (name,) in listed}
    assert len(stored) == 6
