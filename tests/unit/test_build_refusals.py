"""The build of data/ refuses what is damaged, unknown or does not add up, and leaves the tables as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fmtr_documents import Country, Document, Program, write, write_other_pdf
from milaid.errors import DataError, MilaidError, RequestError, SourceError
from milaid.publish.check import compare
from milaid.replacing import ROOM
from milaid.tables import store
from milaid.tables.build.data import build_data
from milaid.tables.source_files import BOUNDARIES_SOURCE, DEFLATOR_SOURCE
from milaid.tables.state import BuildState, file_digest
from small_project import AFRICA, EUROPE, break_off_after, write_rows


def refused(project, kind: type[MilaidError]) -> str:
    """Return the message of a build that must fail and leave data/ just as it was."""
    content, entries = project.content(), project.entries()
    with pytest.raises(kind) as caught:
        project.build()
    assert project.content() == content
    assert project.entries() == entries
    return str(caught.value)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


DAMAGE = {
    "cut off": (cut_off, "the PDF is cut off"),
    "something else": (write_other_pdf, "this is a PDF of 1 pages, but not a section of the training report"),
    "encrypted": (lambda path: write(path, replace(EUROPE, password="secret")), "the PDF is encrypted"),
    "HTML": (lambda path: path.write_bytes(b"<html>503</html>"), "this is an HTML page, not a PDF"),
    "empty": (lambda path: path.write_bytes(b""), "the file is empty"),
    "missing region": (Path.unlink, "missing (edition 2014-2015, Europe)"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_document_is_one_error_that_names_file_and_cause(built, kind):
    damage, cause = DAMAGE[kind]
    damage(built.source("europe.pdf"))
    message = refused(built, SourceError)
    assert f"{built.source('europe.pdf')}: {cause}" in message
    assert "africa.pdf" not in message
    assert "data/ was left as it was" in message
    assert SourceError.exit_code == 3


@pytest.mark.parametrize("kind", [kind for kind in DAMAGE if kind != "missing region"])
def test_a_damaged_document_is_found_even_where_the_manifest_names_it(built, kind):
    damage, cause = DAMAGE[kind]
    damage(built.source("europe.pdf"))
    built.accept("europe.pdf")
    message = refused(built, SourceError)
    assert f"{built.source('europe.pdf')}: {cause}" in message
    assert "Documents that cannot be read:" in message


def test_several_damaged_documents_come_in_one_message(built):
    built.source("africa.pdf").write_bytes(b"<html></html>")
    built.source("europe.pdf").unlink()
    cut_off(built.source("africa_2013.pdf"))
    (built.sources / DEFLATOR_SOURCE).write_text("changed", encoding="utf-8")
    message = refused(built, SourceError)
    for cause in (
        "africa.pdf: this is an HTML page",
        "europe.pdf: missing (edition 2014-2015, Europe); official address: https://example.org/europe.pdf",
        "africa_2013.pdf: the PDF is cut off",
        "csis_gdp_deflators_by_fiscal_year.csv: its content is not that of the official file",
    ):
        assert message.count(cause) == 1, message


def test_several_documents_that_cannot_be_parsed_come_in_one_message(built):
    for name in ("africa.pdf", "europe.pdf"):
        write_other_pdf(built.source(name))
        built.accept(name)
    message = refused(built, SourceError)
    assert message.count("not a section of the training report") == 2


def test_a_first_build_that_fails_leaves_no_table_behind(project):
    project.source("europe.pdf").write_bytes(b"")
    refused(project, SourceError)
    assert project.content() == {}


def test_a_table_that_cannot_be_written_leaves_all_tables_and_no_temporary_directory(built, monkeypatch):
    built.add("europe.pdf", replace(EUROPE, countries=(Country("Georgia"),)))
    content, entries = built.content(), built.entries()

    def full_disk(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(BuildState, "write", full_disk)
    with pytest.raises(OSError, match="no space left"):
        built.build()
    assert (built.content(), built.entries()) == (content, entries)


def test_an_unknown_department_is_named_with_the_nearest(built):
    built.add("africa.pdf", Document((Country("Angola", (Program(department="Departement of State"),)),)))
    message = refused(built, DataError)
    assert "department «Departement of State» (africa.pdf, page 1) is not in FUNDERS" in message
    assert "nearest: «Department of State»" in message


@pytest.mark.parametrize("moved", [0, 3, 7])
def test_a_build_broken_off_while_its_files_are_moved_is_made_good_by_the_next(built, monkeypatch, moved):
    built.add("europe.pdf", replace(EUROPE, countries=(Country("Georgia"),)))
    break_off_after(moved, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        built.build()
    monkeypatch.undo()
    monkeypatch.setenv("MILAID_ROOT", str(built.data.parent))
    assert not built.build().files, "the rows were written by the build that was broken off"
    assert set(store.load_trainings(2014)["country"]) == {"Angola", "Benin", "Georgia"}
    assert not (built.data / ROOM).exists()


def test_another_document_of_the_series_under_the_name_is_refused(built):
    write(built.source("europe.pdf"), AFRICA)
    assert "a readable section of the training report, but not the file that the manifest names" in refused(
        built, SourceError
    )


def test_other_sources_of_another_kind_are_named(built):
    rows = []
    for name in (DEFLATOR_SOURCE, BOUNDARIES_SOURCE):
        (built.sources / name).write_text("a,b\n1,2\n", encoding="utf-8")
        known = {"title": "t", "publisher": "p", "url": "u", "file_url": "", "licence": "l"}
        rows.append({"path": name, **known, "sha256": file_digest(built.sources / name)})
    write_rows(built.table("other_sources"), rows)
    assert "not the table of deflators: no column Fiscal_Year, OMB25_GDP23" in refused(built, SourceError)


def test_a_directory_that_does_not_exist_is_a_wrong_request(project):
    with pytest.raises(RequestError, match="there is no such directory") as caught:
        build_data(project.sources / "nowhere")
    assert caught.value.exit_code == 2


def test_unknown_names_and_labels_are_named_together_with_the_nearest_spellings(built):
    built.add(
        "africa.pdf",
        Document((Country("Angolla"), Country("Benin", (Program("IMET-11"),)), Country("Xyzzy"))),
    )
    message = refused(built, DataError)
    assert "country name «Angolla» (africa.pdf, page 1) is not in countries.csv; nearest: «Angola»" in message
    assert "country name «Xyzzy»" in message and "nearest: none near" in message
    assert (
        "program label «IMET-11» (africa.pdf, page 1) is not in program_labels.csv; nearest: «IMET-1»"
        in message
    )
    assert DataError.exit_code == 4


WRONG = Document((Country("Angola", (Program(total=("12", "$3,400")),), ("1", "$100")),))
ISSUE = {
    "edition": "2014-2015",
    "document": "africa.pdf",
    "page": 1,
    "region": "Africa",
    "country": "Angola",
    "program_printed": "IMET-1",
    "level": "program",
    "reason": "misprint",
}
PEOPLE = {**ISSUE, "measure": "quantity", "printed_value": "12", "computed_value": "1"}
DOLLARS = {**ISSUE, "measure": "cost_usd", "printed_value": "3400", "computed_value": "100"}


def test_a_wrong_total_fails_the_build_with_both_values_and_the_page(built):
    built.add("africa.pdf", WRONG)
    message = refused(built, DataError)
    place = "(africa.pdf, page 1)"
    assert f"2014-2015, Angola, IMET-1, program total of quantity: printed 12, rows 1 {place}" in message
    assert f"2014-2015, Angola, IMET-1, program total of cost_usd: printed 3400, rows 100 {place}" in message
    assert message.count("printed") == 2
    assert "known_issues.csv" in message


def test_a_difference_that_is_named_with_its_values_and_reason_is_let_through(built):
    built.add("africa.pdf", WRONG)
    built.append("known_issues", PEOPLE, DOLLARS)
    assert built.build().parsed == 1
    assert any(line.split()[-4:] == ["1/2", "2/2", "1", "0"] for line in compare().text.splitlines())


def test_a_known_issue_with_another_value_is_refused(built):
    built.add("africa.pdf", WRONG)
    built.append("known_issues", PEOPLE, {**DOLLARS, "printed_value": "3401"})
    assert "cost_usd: printed 3400, rows 100" in refused(built, DataError)


def test_a_known_issue_that_no_longer_differs_is_refused(built):
    built.append("known_issues", {**PEOPLE, "printed_value": "12", "computed_value": "5"})
    message = refused(built, DataError)
    assert "listed as printed 12, rows 5; it no longer differs" in message


def test_the_comparison_alone_refuses_rows_that_do_not_add_up(built):
    built.append("known_issues", PEOPLE)
    with pytest.raises(DataError, match="no longer differs"):
        compare().require()


def test_corrections_that_do_not_fit_are_named_for_all_documents(built):
    for name, page in (("africa.pdf", 1), ("europe.pdf", 5)):
        built.append(
            "corrections",
            {
                "edition": "2014-2015",
                "document": name,
                "page": page,
                "row_on_page": 1,
                "field": "cost",
                "as_printed": "$7",
                "reason": "x",
            },
        )
    message = refused(built, DataError)
    assert "africa.pdf, page 1, row 1, cost: expected «$7», read «$100»" in message
    assert "europe.pdf, page 5, row 1: there is no such row" in message
    assert "data/ was left as it was" in message


def test_the_command_ends_with_3_for_a_damaged_file_and_with_4_for_an_unknown_name(built, capsys):
    from milaid.cli import main

    def exit_code():
        with pytest.raises(SystemExit) as ended:
            main(["data", "--sources", str(built.sources)])
        return ended.value.code

    assert exit_code() == 0
    built.add("africa.pdf", Document((Country("Angolla"),)))
    assert exit_code() == 4
    built.source("europe.pdf").write_bytes(b"")
    assert exit_code() == 3
    shown = capsys.readouterr()
    assert "data/ is up to date" in shown.out
    assert "«Angolla»" in shown.err
    assert "europe.pdf: the file is empty" in shown.err
    assert "Traceback" not in shown.err
