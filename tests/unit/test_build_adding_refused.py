"""`milaid data add`: what is refused, with what words, and that a refusal or a crash leaves no half of anything."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from added_edition import KNOWN, add, manifest, plain, refused
from fmtr_documents import FY2014, Country, Document, Program, Row, write_other_pdf
from milaid.errors import DataError, RequestError, SourceError
from milaid.replacing import ROOM
from milaid.tables import store
from milaid.tables.build import writing
from milaid.tables.state import BuildState
from small_project import break_off_after, next_document


@pytest.mark.parametrize("edition", ["2021", "2021-2023", "2022-2021", "2021/2022", "2021-22", "FY2021"])
def test_an_edition_that_is_none_is_a_wrong_request(built, edition):
    path = built.offer("Africa", plain())
    assert "such as 2021-2022" in refused(built, RequestError, path, edition=edition)


def test_files_that_are_not_there_and_empty_directories_come_in_one_message(built):
    empty = built.data.parent / "empty"
    empty.mkdir()
    (empty / "README.txt").touch()
    message = refused(
        built, RequestError, empty, built.data.parent / "gone.pdf", built.offer("Africa", plain())
    )
    assert f"{empty}: the directory holds no .pdf" in message
    assert "gone.pdf: there is no such file" in message
    assert "Africa_fmtrpt.pdf" not in message


def test_problems_of_all_kinds_of_all_files_come_in_one_message(built):
    inbox = built.data.parent / "inbox"
    built.offer("Africa", plain())
    built.offer("Africa", plain("Africa", Country("Chad")), "second.pdf")
    built.offer("Europe", Document((Country("Albania"),), region="Europe", fiscal_year=2020), "old.pdf")
    columns = tuple(("location", "Place", x) if n == "location" else (n, h, x) for n, h, x in FY2014.columns)
    built.offer("Europe", Document((KNOWN,), 2021, "Europe", replace(FY2014, columns=columns)), "changed.pdf")
    write_other_pdf(inbox / "invoice.pdf")
    (inbox / "page.html").write_bytes(b"<html>404</html>")
    shutil.copy(built.source("africa.pdf"), inbox / "known.pdf")
    built.offer("Near East", plain("Near East", Country("Jordan")), "europe.pdf")
    message = refused(built, SourceError, inbox)
    for text in (
        "second.pdf: a second document of Africa: ",
        "2021_2022_Africa_fmtrpt.pdf is one too",
        "old.pdf: expected fiscal year 2021, the actual year of edition 2021-2022; its headings name fiscal year 2020",
        "changed.pdf, page 1: not the layout",
        "«Place» is no column of this layout",
        "invoice.pdf: this is a PDF of 1 pages, but not a section of the training report",
        "page.html: this is",
        "known.pdf: documents.csv has it as africa.pdf (edition 2014-2015, Africa)",
        "europe.pdf: documents.csv has another document of this name: europe.pdf (edition 2014-2015, Europe); give",
    ):
        assert message.count(text) == 1, text
    assert message.count("\n  - ") == 7


def test_a_document_given_twice_is_taken_once_and_a_copy_of_it_refused(built):
    path = built.offer("Africa", plain())
    copy = shutil.copy(path, path.with_name("copy.pdf"))
    message = refused(built, RequestError, path, copy, path.parent / ".." / "inbox" / path.name)
    assert f"given twice, as {path} too" in message
    assert message.count("\n  - ") == 1


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("start", "2020-10-21", "a day in US order such as 10/21/2013 in the column start_date; seen «2020-10-21»"),
        ("end", "21 Oct 2020", "a day in US order such as 10/21/2013 in the column end_date; seen «21 Oct 2020»"),
        ("quantity", "one", "a number such as 12 in the column quantity; seen «one»"),
    ],
)  # fmt: skip
def test_a_column_printed_in_another_form_is_refused_with_the_first_page_of_it(built, field, value, expected):
    rows = tuple(Row(f"Course {number}", **({field: value} if number > 60 else {})) for number in range(80))
    path = built.offer("Africa", plain("Africa", Country("Angola", (Program(rows=rows),))))
    message = refused(built, SourceError, path)
    assert f"page 2: expected {expected}, and 19 of 80 rows like it cannot be read" in message


def test_one_report_names_every_unknown_and_difference_with_the_lines_that_settle_it(built):
    built.offer_edition()
    odd = Country(
        "Nepal",
        (Program("IMET-3", (Row(), Row(end="later"), *(Row(),) * 20), "Dept. of State"),),
    )
    built.offer("South Central Asia", next_document("South Central Asia", odd))
    message = refused(built, DataError, built.data.parent / "inbox")
    africa = "2021_2022_Africa_fmtrpt.pdf, page 1"
    for text in (
        f"country name «Cote d Ivoire» ({africa}) is not in countries.csv; nearest: «Cote D'Ivoire», «Cote D'Ivoire, Republic of»",
        f"program label «Partner Reserve» ({africa}) is not in program_labels.csv; nearest: none near",
        "program label «IMET-3» (2021_2022_South_Central_Asia_fmtrpt.pdf, page 1) is not in program_labels.csv; "
        "nearest: «IMET",
        "department «Dept. of State» (2021_2022_South_Central_Asia_fmtrpt.pdf, page 1) is not in FUNDERS",
        "\nCote d Ivoire,CIV,Côte d’Ivoire,Africa,country,,,\n",
        "program_labels.csv, if the nearest is what is meant:\nIMET-3,IMET\n",
        "\nPartner Reserve,Partner-Reserve\n",
        "\nPartner-Reserve,???,???,DoD,,,not verified,???,,,not verified,???,Not established,???,,,,,,Partner Reserve\n",
        "Belize, IMET-1, program total of quantity: printed 19, rows 9 (2021_2022_Western_Hemisphere_fmtrpt.pdf, page 1)",
        "\n2021-2022,2021_2022_Western_Hemisphere_fmtrpt.pdf,1,Western Hemisphere,Belize,IMET-1,program,,quantity,19,9,???\n",
        "Cells that cannot be read and stay empty: 1\n",
        "2021_2022_South_Central_Asia_fmtrpt.pdf, page 1, row 2, end_date: «later»",
        "Nothing was written.",
    ):  # fmt: skip
        assert message.count(text) == 1, text
    assert DataError.exit_code == 4


def test_a_name_like_no_other_gets_the_region_of_its_document_and_asks_for_its_code(built):
    message = refused(built, DataError, built.offer("Africa", plain("Africa", KNOWN, Country("Xyzzy"))))
    assert "\nXyzzy,???,Xyzzy,Africa,country,,,\n" in message


def test_lines_pasted_without_being_filled_in_are_refused(built):
    path = built.offer("Africa", plain("Africa", KNOWN, Country("Xyzzy")))
    line = {"printed": "Xyzzy", "iso3": "???", "recipient": "Xyzzy", "region": "Africa", "kind": "country"}
    built.append("countries", line)
    assert "countries.csv, Xyzzy ??? Xyzzy Africa: «???» is to be filled in" in refused(
        built, DataError, path
    )


@pytest.mark.parametrize(
    ("table", "row", "problem"),
    [
        ("countries", {"iso3": "xyz"}, "countries.csv, Xyzzy: iso3 «xyz» is not three capital letters"),
        ("countries", {"region": "Afrika"}, "column 'region': 'Afrika' is not allowed; allowed: Africa, East Asia"),
        ("countries", {"recipient": "Angola"}, "countries.csv, Angola: iso3 is AGO and XYZ"),
        ("program_labels", {"printed": "X", "code": "IMETT"}, "column 'code': 'IMETT' is not in the column 'code' of programs.csv; did you mean 'IMET'?"),
    ],
)  # fmt: skip
def test_reference_tables_that_contradict_each_other_are_refused(built, table, row, problem):
    name = {"printed": "Xyzzy", "iso3": "XYZ", "recipient": "Xyzzy", "region": "Africa", "kind": "country"}
    built.append(table, {**name, **row} if table == "countries" else row)
    assert problem in refused(built, DataError, built.offer("Africa", plain()))


def test_addresses_that_fit_no_file_come_in_one_message(built):
    files = built.offer("Africa", plain()), built.offer("Europe", plain("Europe"))
    urls = ("africa", "https://x.org/other.pdf", *["https://x.org/2021_2022_Africa_fmtrpt.pdf"] * 2)
    message = refused(built, RequestError, *files, urls=urls)
    assert "africa: not a web address" in message
    assert "other.pdf: ends with none of the names" in message
    assert "the second address of 2021_2022_Africa_fmtrpt.pdf" in message


def test_documents_whose_parser_changed_must_be_there(built, monkeypatch):
    monkeypatch.setattr("milaid.tables.state._code_digest", lambda *_, **__: "another parser")
    path = built.offer("Africa", plain())
    message = refused(built, SourceError, path)
    assert message.count(": missing (") == 5
    assert "have changed since data/ was built" in message
    assert dict(add(path, sources=built.sources).figures)["documents parsed"] == "4"


def test_a_directory_of_official_files_that_is_not_there_is_a_wrong_request(built):
    path = built.offer("Africa", plain())
    assert "there is no such directory" in refused(built, RequestError, path, sources=built.data / "nowhere")


@pytest.mark.parametrize("step", ["copyfile", "write_outputs", "write", "replace"])
def test_a_failure_before_the_change_is_decided_leaves_everything_as_it_was(built, monkeypatch, step):
    def full_disk(*_, **__):
        raise OSError("no space left on device")

    path = built.offer("Africa", plain())
    owner = {"copyfile": shutil, "write_outputs": writing, "write": BuildState, "replace": Path}[step]
    before, entries = built.everything(), built.entries()
    with monkeypatch.context() as patched:
        patched.setattr(owner, step, full_disk)
        with pytest.raises(OSError, match="no space left"):
            add(path)
    assert (built.everything(), built.entries()) == (before, entries)
    assert dict(add(path).figures)["documents"] == "1"


@pytest.mark.parametrize("moved", [0, 1, 6, 10, 11])
def test_an_addition_broken_off_while_its_files_are_moved_is_finished_by_the_next_command(
    built, monkeypatch, moved
):
    path = built.offer("Africa", plain("Africa", KNOWN, Country("Chad")))
    root = str(built.data.parent)
    break_off_after(moved, monkeypatch)
    try:
        add(path)
    except KeyboardInterrupt:
        pass
    else:
        assert moved == 11, "one file more than there are"
    monkeypatch.undo()
    monkeypatch.setenv("MILAID_ROOT", root)
    assert "documents.csv has it as" in refused_again(built, path)
    assert manifest(built)[-1]["file"] == path.name
    assert set(store.load_trainings(2021)["country"]) == {"Angola", "Chad"}
    assert (built.data / "official" / manifest(built)[-1]["path"]).read_bytes() == path.read_bytes()
    assert not (built.data / ROOM).exists()
    assert not built.build().files


def refused_again(project, path: Path) -> str:
    with pytest.raises(RequestError) as caught:
        add(path)
    return str(caught.value)


def test_a_table_edited_while_documents_were_read_is_not_written_over(built, monkeypatch):
    from milaid.tables.build import adding

    parse = adding.parse_documents

    def while_somebody_edits(*given):
        built.append("countries", {"printed": "Elsewhere"})
        return parse(*given)

    monkeypatch.setattr(adding, "parse_documents", while_somebody_edits)
    with pytest.raises(DataError) as caught:
        add(built.offer("Africa", plain()))
    assert "Elsewhere" in built.table("countries").read_text(encoding="utf-8")
    years = sorted(path.stem for path in (built.data / "trainings").glob("fy*.parquet"))
    assert years == ["fy2013", "fy2014"]
    assert "column 'recipient': is empty" in str(caught.value) or "changed meanwhile" in str(caught.value)


def test_the_rows_of_all_documents_count_when_totals_are_compared(built):
    built.append("known_issues", {"edition": "2014-2015", "document": "africa.pdf", "page": 1, "region": "Africa", "country": "Angola", "program_printed": "IMET-1", "level": "program", "measure": "quantity", "printed_value": "12", "computed_value": "5", "reason": "misprint"})  # fmt: skip
    message = refused(built, DataError, built.offer("Africa", plain()))
    assert "listed as printed 12, rows 5; it no longer differs" in message
