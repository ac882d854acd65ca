"""What of a report its brief takes over, in which order, and what it leaves out; its two pages, however long the texts are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import pypdfium2
import pytest
from nbformat import v4

from milaid.blocks import block as blocks
from milaid.blocks.block import Box, Column, Fact, Figure, Finding, Findings, KeyFacts, Prose, Source, Table
from milaid.blocks.numbering import Numbering
from milaid.blocks.targets import Links
from milaid.publish.files import brief, brief_page, brief_pdf
from milaid.publish.files.document import Document, Element, Mark, Section
from milaid.publish.registry.folders import read_folder

SOURCE = Source("A report to Congress", "https://example.org/report")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{height}" viewBox="0 0 760 {height}">'
    '<text x="10" y="40" font-size="12">a label</text></svg>'
)
EVERYONE = "A person on two courses counts twice."
WANTED = ("second", "rows", "first", "third", "others")


def figure(key: str, note: str = "", height: int = 300) -> Figure:
    wide = SVG.format(height=height)
    return Figure(
        key,
        f"The {key} figure",
        "Subtitle",
        f"Alt of {key}",
        note,
        (SOURCE,),
        "a\n1\n",
        wide=wide,
        narrow=wide,
    )


def table(key: str, names: list[str], roles: tuple[str, ...] = (), note: str = "") -> Table:
    rows = tuple((name, 10 * position) for position, name in enumerate(names, start=1))
    columns = (Column("name", "Name"), Column("participants", "Participants", "integer"))
    given = roles or ("",) * len(rows)
    links = (("name", tuple("country/CMR" for _ in rows)),)
    flags = (("participants", tuple("e" if name.startswith("Row") else "" for name in names)),)
    return Table(
        key, f"The {key} table", "", f"Alt of {key}", note, (SOURCE,), "a\n1\n",
        columns=columns, rows=rows, roles=given, links=links, flags=flags,
    )  # fmt: skip


def document(*shown: blocks.Block, marks: tuple[Mark, ...] = (), title: str = "A title") -> Document:
    numbering = Numbering()
    for block in shown:
        if isinstance(block, blocks.Exhibit):
            numbering.add(block)
    sections = [Section((), "", [Element(block, 1) for block in shown])]
    linked = frozenset({"index", "country/CMR", "country/KEN-brief"})
    return Document(title, "en", None, sections, numbering, "country", Links("country/KEN", linked), marks)


def findings(count: int, words: int = 6) -> Findings:
    made = (
        Finding(f"Lead {n}", " ".join(["word"] * words) + ".", ("first", "others"))
        for n in range(1, count + 1)
    )
    return Findings(tuple(made))


def facts(count: int, words: int = 3) -> KeyFacts:
    made = (Fact(str(n), " ".join(["label"] * words), "a comparison") for n in range(1, count + 1))
    return KeyFacts(tuple(made), (SOURCE,), "a\n1\n", note=EVERYONE)


def usual(**changed: object) -> Document:
    names = [f"Row {n}" for n in range(1, 13)]
    shown = {
        "facts": facts(6),
        "findings": findings(7),
        "box": Box("How to read the numbers.", "A participant is one place on one course."),
        "first": figure("first", f"{EVERYONE} Of the first alone."),
        "others": table("others", names),
        "second": figure("second", f"{EVERYONE} A participant is one place on one course."),
        "third": figure("third"),
        "rows": table("rows", [*names, "All other", "Total"], ("",) * 12 + ("other", "total")),
        "citation": Prose("*A title*. A series, 2026.\n\nMore on it."),
    } | changed
    return document(*shown.values())  # type: ignore[arg-type]


def pages(shown: brief.Brief, paper: str = "a4") -> list[str]:
    opened = pypdfium2.PdfDocument(brief_pdf.render(shown, paper))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def test_figures_and_table_are_the_first_of_those_wanted_that_the_report_shows() -> None:
    shown = brief.choose(usual(), ("absent", *WANTED))
    assert [figure.key for figure in shown.figures] == ["second", "first"]
    assert shown.table and shown.table.key == "rows"
    few = brief.choose(document(facts(2), findings(2), table("others", ["A"])), WANTED)
    assert (few.figures, few.table and few.table.key, len(few.findings)) == ((), "others", 2)


def test_a_table_of_many_columns_is_no_choice() -> None:
    columns = tuple(Column(f"c{n}", f"C{n}") for n in range(15))
    wide = replace(table("rows", ["A"]), columns=columns, rows=(("x",) * 15,), links=(), flags=())
    shown = brief.choose(document(wide, table("others", ["A"])), WANTED)
    assert shown.table and shown.table.key == "others"


def test_blocks_are_those_of_the_report_but_for_their_notes() -> None:
    report = usual()
    shown = brief.choose(report, WANTED)
    of_report = {exhibit.key: exhibit for exhibit in report.exhibits()}
    for exhibit in (*shown.figures, shown.table):
        assert exhibit and replace(exhibit, note="") == replace(of_report[exhibit.key], note="")
    assert shown.findings == next(b for b in report.blocks() if isinstance(b, Findings)).findings[:5]
    assert shown.citation == "*A title*. A series, 2026."


def test_what_several_notes_or_the_explanation_say_stands_once() -> None:
    shown = brief.choose(usual(), WANTED)
    assert shown.notes == (EVERYONE,)
    assert [figure.note for figure in shown.figures] == ["", "Of the first alone."]
    assert [source.text for source in shown.sources] == [SOURCE.text]


def test_a_long_note_is_cut_between_its_sentences_and_says_so() -> None:
    long = f"{' '.join(['A'] * 40)}. {' '.join(['B'] * 40)}."
    shown = brief.choose(usual(first=figure("first", long)), WANTED)
    assert shown.figures[1].note == f"{' '.join(['A'] * 40)}. More in the report."


def test_a_table_is_cut_to_its_first_rows_and_its_total() -> None:
    rows = brief.choose(usual(), WANTED).table
    assert rows
    short = brief.short_table(rows, 10)
    assert [row[0] for row in short.rows] == [*(f"Row {n}" for n in range(1, 11)), "Total"]
    assert [
        len(dict(beside)[name]) for beside, name in ((short.links, "name"), (short.flags, "participants"))
    ] == [11, 11]
    assert (
        brief.left_out(rows, 10, "Table 2")
        == "The first 10 rows of 12; Table 2 of the report has all. The total is that of all rows."
    )
    assert brief.short_table(rows, 12).rows == rows.rows
    assert brief.left_out(rows, 12, "Table 2") == ""


def test_of_years_that_end_with_the_newest_the_last_rows_stay() -> None:
    years = table("rows", [f"FY{year}" for year in range(1999, 2021)])
    assert [row[0] for row in brief.short_table(years, 3).rows] == ["FY2018", "FY2019", "FY2020"]
    assert brief.left_out(years, 3, "Table 1").startswith("The last 3 rows of 22;")


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_pdf_says_what_the_brief_holds_with_the_numbers_of_the_report(paper: str) -> None:
    first, second = pages(brief.choose(usual(), WANTED), paper)
    for said in ("A title", "Key facts", "Lead 5 .", "Figure 2 of the report", "The second figure"):
        assert said.replace(" .", ".") in first
    assert "Lead 6" not in first + second
    for said in (
        "Figure 1 of the report",
        "Table 2 of the report",
        "Row 10",
        "How to read the numbers",
        SOURCE.text,
        "country/KEN.html",
    ):
        assert said in second
    assert "Row 11" not in second
    assert f"{first} {second}".count(EVERYONE) == 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    "changed",
    [
        {"findings": findings(5, words=300)},
        {"findings": findings(5, words=120), "facts": facts(10, words=12)},
        {"first": figure("first", height=1900), "second": figure("second", height=1900)},
        {"rows": table("rows", [" ".join(["Name"] * 150) for _ in range(12)])},
        {"box": Box("How to read", " ".join(["word"] * 420))},
        {"facts": replace(facts(6), sources=tuple(Source(f"{n} " + "source " * 12) for n in range(60)))},
    ],
    ids=["findings", "findings and facts", "figures", "rows", "explanation", "sources"],
)
def test_long_texts_take_no_third_page_and_no_small_type(changed: dict[str, object], paper: str) -> None:
    content = brief_pdf.render(brief.choose(usual(**changed), WANTED), paper)
    opened = pypdfium2.PdfDocument(content)
    assert len(opened) <= brief_pdf.PAGES
    for page in opened:
        left, bottom, right, top = page.get_mediabox()
        for found in page.get_objects(filter=[1]):
            x0, y0, x1, y1 = found.get_pos() if hasattr(found, "get_pos") else found.get_bounds()
            assert left <= x0 and x1 <= right and bottom <= y0 and y1 <= top


def test_fewer_findings_are_shown_before_a_figure_is_left_out() -> None:
    first, _ = pages(brief.choose(usual(findings=findings(5, words=120)), WANTED))
    assert "Lead 1" in first and "Lead 5" not in first
    assert "Figure 2 of the report" in first


def test_what_is_too_long_in_any_choice_is_an_error_that_says_so() -> None:
    endless = usual(box=Box("How to read", " ".join(["word"] * 4000)))
    with pytest.raises(blocks.ReportError, match=r"the brief of 'A title' takes \d+ pages, 2 is the limit"):
        brief_pdf.render(brief.choose(endless, WANTED))


def test_marks_stand_on_both() -> None:
    report = usual()
    report.marks = (Mark("Draft", "Not finished; not to be cited.", ("a line",)),)
    shown = brief.choose(report, WANTED)
    first, second = pages(shown)
    page = brief_page.render(shown, ("html", "pdf"))
    assert "Not finished; not to be cited." in first and "Draft. A title" in second
    assert '<p class="ribbon">Draft</p>' in page and "Not finished; not to be cited." in page


def test_the_page_leads_to_the_report_for_what_it_does_not_show() -> None:
    page = brief_page.render(brief.choose(usual(), WANTED), ("html", "pdf", "brief"))
    assert '<a class="reference" href="KEN.html#table-1">' in page
    assert '<a class="reference" href="#figure-1">' in page
    assert '<a href="KEN-brief.pdf">' in page and '<a href="KEN.pdf">PDF</a>' in page
    assert 'href="CMR.html"' in page
    alone = brief_page.render(brief.choose(usual(), WANTED), ("brief",))
    assert "KEN.html" not in alone and "KEN.pdf" not in alone


@pytest.mark.parametrize(
    ("line", "keys"), [("brief: a, b", ("a", "b")), ("brief: [a, b]", ("a", "b")), ("lead: none", ())]
)
def test_a_notebook_of_a_folder_names_the_exhibits_of_its_brief(
    tmp_path: Path, line: str, keys: tuple[str, ...]
) -> None:
    write_kind(tmp_path, line)
    ((_, report),), problems = read_folder(tmp_path)
    assert (report.brief, problems) == (keys, [])


def test_what_are_no_keys_of_a_brief_is_told(tmp_path: Path) -> None:
    write_kind(tmp_path, "brief: {a: b}")
    found, problems = read_folder(tmp_path)
    assert found == [] and "brief: {'a': 'b'} is no list of keys of exhibits" in problems[0]


def write_kind(folder: Path, line: str) -> None:
    said = f"---\nkind: own\ntitle: Own\nplace: own\n{line}\n---"
    nbformat.write(v4.new_notebook(cells=[v4.new_raw_cell(said)]), folder / "own.ipynb")


def test_abbreviations_are_written_out_where_the_brief_first_uses_them() -> None:
    told = Findings((Finding("IMET fell", "Of IMET."),))
    made = document(facts(2), told, figure("first", "Of FMF."), table("rows", ["PKO"]))
    shown = brief.choose(made, ("first", "rows"))
    assert shown.findings[0].lead == "International Military Education and Training (IMET) fell"
    assert shown.findings[0].text == "Of IMET."
    assert shown.figures[0].note == "Of Foreign Military Financing (FMF)."
    assert shown.notes[-1] == "Abbreviations: PKO, Peacekeeping Operations."
    made.kind = "one-of-my-own"
    assert brief.choose(made, ("first", "rows")).findings == told.findings


def test_the_page_of_a_brief_explains_terms_and_runs_without_their_script() -> None:
    html = brief_page.render(brief.choose(usual(), WANTED), ("html",))
    assert 'aria-describedby="term-participant"' in html and 'id="term-participant" role="tooltip"' in html
    assert html.index('id="term-participant"') < html.index("</main>") < html.index("<script>")
